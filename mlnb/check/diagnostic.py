"""A finding with its exact place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; `off` is never reported."""

    OFF = "off"
    INFO = "info"
    WARN = "warn"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class Place:
    """A cell by index, perhaps with line and column counted from 1; no cell means the file as a whole."""

    cell: int | None = None
    cell_id: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Diagnostic:
    """What is wrong, where, and how much it matters in a notebook of this kind."""

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    place: Place
