"""What crosses HTTP, declared once; `labextension/src/api/_schema.ts` is generated from this file.

Every path is a contents path: relative to the Jupyter server's root, `/` between its parts.
Times are ISO 8601 in UTC, durations are seconds, cells are counted from 0.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

KindName = Literal["exploration", "cleaning", "experiment", "deployment"]
Severity = Literal["error", "warn", "info"]
RunState = Literal["queued", "running", "succeeded", "failed", "cancelled", "lost"]
Verdict = Literal["identical", "within tolerance", "different", "not checked"]
ParameterType = Literal["int", "float", "bool", "str", "dataset", "json"]


class Message(BaseModel):
    """Base of all messages: read-only, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Refusal(Message):
    """The body of every answer that is not a success."""

    message: str
    reason: str
    traceback: None = None


class KindInfo(Message):
    """One of the four kinds, as the launcher and the create dialog show it."""

    kind: KindName
    label: str
    caption: str
    prompt: str


class ProjectInfo(Message):
    """The project a path lies in; `initialised` is false where there is none yet."""

    root: str
    name: str
    initialised: bool
    git: bool
    kinds: list[KindInfo]


class InitRequest(Message):
    """Make the folder `path` an mlnb project."""

    path: str


class NotebookInfo(Message):
    """A notebook of the project."""

    path: str
    name: str
    kind: KindName | None
    title: str
    number: int | None


class DatasetInfo(Message):
    """One version of a dataset. `ref` is what `mlnb.load` takes."""

    ref: str
    name: str
    date: str
    features: str
    path: str
    rows: int
    columns: list[str]
    size: int
    sha256: str
    made_by: str | None
    newest: bool


class DatasetList(Message):
    """All datasets of a project, newest version of each name first."""

    datasets: list[DatasetInfo]


class AddDatasetRequest(Message):
    """Register the file `path` as a dataset version of the project it lies in."""

    path: str
    name: str
    date: str
    features: str


class CreateOptions(Message):
    """What the create dialog offers for one kind in one folder."""

    project: ProjectInfo
    parents: list[NotebookInfo]
    datasets: list[DatasetInfo]
    parent: str | None
    dataset: str | None


class CreateRequest(Message):
    """Create a notebook, or say what it would be called."""

    cwd: str
    kind: KindName
    title: str = Field(max_length=1000)
    parent: str | None = None
    dataset: str | None = None


class CreatePreview(Message):
    """The path the notebook would get, or the reason why the title will not do."""

    path: str | None
    problem: str | None


class Created(Message):
    """The new notebook, as contents path."""

    path: str


class DiagnosticInfo(Message):
    """A finding with its place. `line` and `column` count from 1 within the cell."""

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    cell: int | None
    cell_id: str | None
    line: int | None
    column: int | None


class CheckReport(Message):
    """The findings in one notebook; `skipped` says why it was not checked."""

    path: str
    kind: KindName | None
    number: int | None
    title: str
    skipped: str | None
    diagnostics: list[DiagnosticInfo]


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


class Fragment(Message):
    """A piece of a snippet; `marked` is what the query matched."""

    text: str
    marked: bool


class HitInfo(Message):
    """A notebook or run that a query found, and why. `state` is how a run ended."""

    path: str
    run: str | None
    state: RunState | None
    kind: KindName | None
    title: str
    when: str
    cell: int | None
    cell_id: str | None
    snippet: list[Fragment]
    metrics: dict[str, float]
    datasets: list[str]
    decision: str | None
    reasons: list[str]


class SearchAnswer(Message):
    """Hits, best first. `hint` helps with a query that found nothing or reads oddly."""

    query: str
    hits: list[HitInfo]
    total: int
    took_ms: float
    indexed: int
    unreadable: list[str]
    hint: str | None


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
