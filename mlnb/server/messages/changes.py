"""Messages about notebooks that change their name or place, and undoing that."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlnb.server.messages.base import Confidence, KindName, Message


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


class MovedFile(Message):
    """A file that has another path than before."""

    old: str
    new: str


class Undone(Message):
    """What undoing restored. A file that was changed since is left alone; `moved` have their old paths back."""

    change: ChangeInfo
    restored: int
    refused: list[RefusedFile]
    moved: list[MovedFile] = Field(default_factory=list)
