"""Messages of adopt: the plan, edited and applied."""

from __future__ import annotations

from typing import Literal

from mlnb.server.messages.base import Confidence, KindName, Message
from mlnb.server.messages.changes import ChangeInfo, RefusedFile


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
