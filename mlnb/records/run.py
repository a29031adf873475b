"""The record of a run: what ran, on what data and code, with what arguments, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

State = Literal["queued", "running", "succeeded", "failed", "cancelled", "lost"]
VerdictClass = Literal["ok", "error", "timeout", "kernel died", "interrupted", "cancelled", "lost", "not started"]
FINAL: frozenset[State] = frozenset({"succeeded", "failed", "cancelled", "lost"})


def _inside(path: str) -> str:
    """A record may come from anyone: it must not point out of its project."""
    if len(path) > 1000 or path.startswith(("/", "\\")) or ":" in path or ".." in path.replace("\\", "/").split("/"):
        raise ValueError("it must be a path inside the project")
    return path


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("it must be a time with its zone")
    return text


RelativePath = Annotated[str, AfterValidator(_inside)]
Moment = Annotated[str, AfterValidator(_moment)]


class _Value(BaseModel):
    # JSON knows no NaN; as a string it survives the round trip and any other reader.
    # What a later mlnb adds is passed over, so that its records can be read.
    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="strings")


class Verdict(_Value):
    """How a run ended. `cell` is the index in the executed notebook, `message` one line."""

    reason: VerdictClass
    cell: int | None = None
    message: str | None = None


class DatasetUse(_Value):
    """A dataset version that a run read or wrote; `file` is its full name."""

    reference: str
    file: str
    sha256: str
    role: Literal["input", "output"]


class Code(_Value):
    """The code that ran: hash of the notebook's code cells, and where git was."""

    sha256: str
    commit: str | None = None
    branch: str | None = None
    dirty: bool = False


class Environment(_Value):
    """Where it ran."""

    python: str
    platform: str
    host: str
    kernel: str
    packages: dict[str, str] = {}


class Process(_Value):
    """The supervising process, so that a reader can tell whether it still lives."""

    pid: int = Field(gt=0)
    started: float


class RunRecord(_Value):
    """The whole record; `run.json`, and in the executed notebook as `metadata.mlnb.run`."""

    schema_version: int = 1
    id: str = Field(pattern=r"^[\w-]{1,60}$")
    notebook: RelativePath
    kind: str | None
    title: str
    state: State
    verdict: Verdict | None = None
    created: Moment
    started: Moment | None = None
    ended: Moment | None = None
    arguments: dict[str, JsonValue] = {}
    parameters: dict[str, JsonValue] = {}
    cells_done: int = 0
    cells_total: int = 0
    datasets: tuple[DatasetUse, ...] = ()
    metrics: dict[str, float] = {}
    artifacts: tuple[str, ...] = ()
    decision: str | None = None
    decision_why: str | None = None
    code: Code
    environment: Environment | None = None
    process: Process | None = None

    def with_(self, **changes: object) -> RunRecord:
        """A copy with some fields changed, validated again."""
        return RunRecord.model_validate({**self.model_dump(), **changes})

    @property
    def is_final(self) -> bool:
        return self.state in FINAL
