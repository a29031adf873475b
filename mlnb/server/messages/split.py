"""Messages of split: the cuts of a long notebook."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlnb.server.messages.base import KindName, Message
from mlnb.server.messages.changes import ChangeInfo


class Crossing(Message):
    """A name that is made before a cut and used after it, and how it would be handed over."""

    name: str
    how: Literal["dataset", "value", "code", "parameter", "refused"]
    detail: str


class SplitOffer(Message):
    """A place to split a notebook: before the cell at index `cell`, whose heading is `heading`.

    Of cells, those with code are counted.
    """

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
    """Where a notebook may be split, thinnest cut first; `problem` says why nowhere.

    `sha256` is that of the file.
    """

    path: str
    is_long: bool
    why: str
    problem: str | None
    offers: list[SplitOffer]
    sha256: str = ""


class SplitRequest(Message):
    """Split the notebook before the cell at index `cell`; the rest becomes a notebook of its own.

    `sha256` is that of the offers: a notebook that was changed since is refused.
    """

    path: str
    cell: int
    kind: KindName
    title: str = Field(max_length=1000)
    sha256: str | None = None


class SplitJob(Message):
    """A split under way, or how it ended: both halves are run before it counts."""

    id: str
    notebook: str
    state: Literal["running", "done", "failed", "cancelled"]
    stage: str
    change: ChangeInfo | None
    path: str | None
    problem: str | None
    notes: list[str] = Field(default_factory=list)
