"""Messages of run: the form, the records."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from mlnb.server.messages.base import KindName, Message, ParameterType, RunState


class ParameterInfo(Message):
    """A declared parameter, as the run form shows it. `choices` are dataset refs for a dataset."""

    name: str
    type: ParameterType
    default: JsonValue
    help: str
    choices: list[str]


class RunForm(Message):
    """The parameters of a notebook; `problem` says why it cannot be run."""

    path: str
    parameters: list[ParameterInfo]
    problem: str | None


class StartRun(Message):
    """Run the notebook with arguments for some of its parameters."""

    path: str
    arguments: dict[str, JsonValue]


class UsedDataset(Message):
    """A dataset version that a run read or wrote."""

    ref: str
    sha256: str
    role: Literal["input", "output"]


class RunInfo(Message):
    """What ran, with what, and how it ended. `output` is the executed notebook."""

    id: str
    notebook: str
    kind: KindName | None
    title: str
    state: RunState
    verdict: str | None
    message: str | None
    created: str
    duration: float | None
    cells_done: int
    cells_total: int
    failed_cell: int | None
    arguments: dict[str, JsonValue]
    parameters: dict[str, JsonValue]
    datasets: list[UsedDataset]
    metrics: dict[str, float]
    commit: str | None
    dirty: bool
    output: str | None


class RunList(Message):
    """Runs of one notebook or of the whole project, newest first."""

    runs: list[RunInfo]
