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
Confidence = Literal["high", "medium", "low"]
NodeType = Literal["notebook", "dataset", "run", "pipeline"]
Relation = Literal["next", "reads", "writes", "ran", "promoted"]


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


class VariableInfo(Message):
    """A value that a template asks for. `default` is None where it must be given."""

    name: str
    prompt: str
    type: Literal["str", "int", "float", "bool", "date"]
    default: str | None
    choices: list[str]


class TemplateInfo(Message):
    """A template of a kind. `source` is mlnb, the project's folder or an installed package."""

    name: str
    kind: KindName
    label: str
    description: str
    source: str
    variables: list[VariableInfo]
    problem: str | None


class CreateOptions(Message):
    """What the create dialog offers for one kind in one folder. `template` is the one taken if none is chosen."""

    project: ProjectInfo
    parents: list[NotebookInfo]
    datasets: list[DatasetInfo]
    templates: list[TemplateInfo]
    folders: list[str]
    parent: str | None
    dataset: str | None
    template: str
    folder: str


class CreateRequest(Message):
    """Create a notebook, or say what it would be called. What is None is chosen by the server.

    `handover` is the id of an item of the parent's `HandoverOffers`.
    """

    cwd: str
    kind: KindName
    title: str = Field(max_length=1000)
    parent: str | None = None
    dataset: str | None = None
    number: int | None = Field(default=None, ge=0, le=9999)
    folder: str | None = None
    template: str | None = None
    variables: dict[str, str] = {}
    handover: str | None = None


class CreatePreview(Message):
    """The path the notebook would get, or the reason why the request will not do.

    `outline` holds the headings of the notebook that would be written.
    """

    path: str | None
    problem: str | None
    number: int | None = None
    outline: list[str] = []


class ScratchRequest(Message):
    """Create a temporary notebook in the scratch folder of the project of `cwd`."""

    cwd: str


class Created(Message):
    """The new notebook, as contents path."""

    path: str


class HandoverItem(Message):
    """A finding, idea, output or decision of a notebook that another one can go on with."""

    id: str
    section: str
    text: str
    cell: int
    cell_id: str | None
    kinds: list[KindName]


class HandoverOffers(Message):
    """What a notebook can hand over, and the dataset that is handed over with it."""

    path: str
    kind: KindName | None
    next_kinds: list[KindName]
    items: list[HandoverItem]
    dataset: str | None


class NameGuess(Message):
    """What a notebook would be called, judged by its content. `proposed` is a contents path."""

    path: str
    scratch: bool
    kind: KindName | None
    confidence: Confidence
    title: str
    reasons: list[str]
    proposed: str | None


class RenameRequest(Message):
    """Give a notebook another name or folder. What is None stays as it is, or is chosen by the server."""

    path: str
    kind: KindName
    title: str = Field(max_length=1000)
    number: int | None = Field(default=None, ge=0, le=9999)
    folder: str | None = None


class ReferenceInfo(Message):
    """A file that names a notebook, and how often."""

    path: str
    count: int


class RenamePreview(Message):
    """The path the notebook would get, or why not; what else would change; how many runs go with it."""

    path: str | None
    problem: str | None
    references: list[ReferenceInfo]
    runs: int


class ChangeInfo(Message):
    """A change that mlnb made to several files, which can be undone as one. `paths` are the notebooks it made."""

    id: str
    what: Literal["rename", "split", "adopt"]
    title: str
    when: str
    files: int
    paths: list[str]
    undone: bool


class ChangeList(Message):
    """The changes that mlnb made in a project, newest first."""

    changes: list[ChangeInfo]


class MovedRequest(Message):
    """Somebody moved or renamed a notebook in the file browser."""

    old: str
    new: str


class Moved(Message):
    """What followed from a move: references rewritten as `change`, if any; whether the new name has lost its kind."""

    path: str
    lost_kind: bool
    change: ChangeInfo | None
    references: int


class UndoRequest(Message):
    """Undo a change of the project that `path` lies in: the newest one where no id is given."""

    path: str
    id: str | None = None


class RefusedFile(Message):
    """A file that was left alone, and why."""

    path: str
    reason: str


class Undone(Message):
    """What undoing restored. A file that was changed since is left alone."""

    change: ChangeInfo
    restored: int
    refused: list[RefusedFile]


class Crossing(Message):
    """A name that is made before a cut and used after it, and how it would be handed over."""

    name: str
    how: Literal["dataset", "value", "code", "parameter", "refused"]
    detail: str


class SplitOffer(Message):
    """A place to split a notebook: before the cell at index `cell`, whose heading is `heading`."""

    cell: int
    cell_id: str | None
    heading: str
    kind: KindName
    title: str
    path: str
    crossing: list[Crossing]
    cells_before: int
    cells_after: int


class SplitOffers(Message):
    """Where a notebook may be split, thinnest cut first; `problem` says why nowhere."""

    path: str
    is_long: bool
    why: str
    problem: str | None
    offers: list[SplitOffer]


class SplitRequest(Message):
    """Split the notebook before the cell at index `cell`; the rest becomes a notebook of its own."""

    path: str
    cell: int
    kind: KindName
    title: str = Field(max_length=1000)


class SplitJob(Message):
    """A split under way, or how it ended: both halves are run before it counts."""

    id: str
    notebook: str
    state: Literal["running", "done", "failed", "cancelled"]
    stage: str
    change: ChangeInfo | None
    path: str | None
    problem: str | None


class AdoptRequest(Message):
    """Plan how the notebooks and datasets of a folder come into the convention."""

    path: str


class AdoptRow(Message):
    """A notebook of the plan. `problem` says why it cannot be adopted as proposed; `sha256` is that of the file."""

    path: str
    kind: KindName | None
    confidence: Confidence
    reasons: list[str]
    title: str
    number: int | None
    proposed: str | None
    references: int
    apply: bool
    problem: str | None
    sha256: str


class AdoptDatasetRow(Message):
    """An undated file of data. `date_from` says where the date was found; it is applied only once it is confirmed."""

    path: str
    name: str
    date: str | None
    date_from: Literal["name", "content", "file time"] | None
    date_why: str
    features: str
    proposed: str | None
    references: int
    apply: bool
    problem: str | None
    sha256: str


class AdoptPlan(Message):
    """The whole plan, to be edited and applied. `skipped` are files that could not be read."""

    path: str
    git: bool
    rows: list[AdoptRow]
    datasets: list[AdoptDatasetRow]
    skipped: list[RefusedFile]
    took_s: float


class AdoptApply(Message):
    """Rows of a plan, as edited. Checked again, and applied with `dry_run` off; files that changed are refused."""

    path: str
    rows: list[AdoptRow]
    datasets: list[AdoptDatasetRow]
    dry_run: bool = False


class AdoptResult(Message):
    """What was applied, as one change that can be undone; `plan` is what the rows became, with their problems."""

    change: ChangeInfo | None
    plan: AdoptPlan
    refused: list[RefusedFile]


class LineageNode(Message):
    """A thing of the project. `path` is None where there is no file; `missing` where it is named but gone."""

    id: str
    type: NodeType
    label: str
    kind: KindName | None
    path: str | None
    when: str | None
    state: str | None
    missing: bool
    detail: str


class LineageEdge(Message):
    """`source` led to `target`."""

    source: str
    target: str
    relation: Relation


class LineageInfo(Message):
    """Notebooks, datasets, runs and pipelines, and how they led to each other. `focus` is the node asked about."""

    focus: str | None
    nodes: list[LineageNode]
    edges: list[LineageEdge]
    problems: list[str]


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
    scratch: bool
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
