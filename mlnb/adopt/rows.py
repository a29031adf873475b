"""The plan of an adoption: what each notebook and each file of data would become."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mlnb.adopt.classify import Confidence
from mlnb.adopt.dates import DateFrom
from mlnb.notebook.kinds import Kind


@dataclass(frozen=True)
class NotebookRow:
    """A notebook. `sha256` is that of the file as it was planned; `problem` says why it cannot be adopted so.

    `folder` is where it goes, `made` the day it came to be, where that has been asked for.
    """

    path: Path
    kind: Kind | None
    confidence: Confidence
    reasons: tuple[str, ...]
    title: str
    number: int | None
    folder: Path
    proposed: Path | None
    references: int
    apply: bool
    problem: str | None
    sha256: str
    made: str | None = None


@dataclass(frozen=True)
class DatasetRow:
    """A file of data without a date in its name. It is applied only once its date is confirmed."""

    path: Path
    name: str
    date: str | None
    date_from: DateFrom | None
    date_why: str
    features: str
    proposed: Path | None
    references: int
    apply: bool
    problem: str | None
    sha256: str


Row = NotebookRow | DatasetRow


@dataclass(frozen=True)
class Plan:
    """All rows, the files that could not be read with the reason, and how many notebooks are named well already."""

    folder: Path
    git: bool
    rows: tuple[NotebookRow, ...]
    datasets: tuple[DatasetRow, ...]
    skipped: tuple[tuple[Path, str], ...]
    canonical: int
    took_s: float

    @property
    def all(self) -> tuple[Row, ...]:
        return (*self.rows, *self.datasets)

    @property
    def applied(self) -> tuple[Row, ...]:
        """The rows that applying the plan would carry out."""
        return tuple(row for row in self.all if row.apply and not row.problem and row.proposed)
