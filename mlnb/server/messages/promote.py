"""Messages of promote: the job, the steps, the proof."""

from __future__ import annotations

from typing import Literal

from mlnb.server.messages.base import Message, Verdict


class PromoteRequest(Message):
    """Promote the deployment notebook at `path`."""

    path: str


class StepInfo(Message):
    """A function of the pipeline; `cells` are those of the notebook it comes from."""

    name: str
    cells: list[int]
    takes: list[str]
    gives: list[str]


class Comparison(Message):
    """One value of the pipeline against the same value of the notebook."""

    what: str
    step: str
    verdict: Verdict
    detail: str


class Promotion(Message):
    """A promoted version and its proof."""

    name: str
    version: str
    package: str
    verdict: Verdict
    steps: list[StepInfo]
    comparisons: list[Comparison]
    notes: list[str]


class PromoteJob(Message):
    """A promotion under way, or how it ended."""

    id: str
    notebook: str
    state: Literal["running", "done", "failed", "cancelled"]
    stage: str
    result: Promotion | None
    problem: str | None
