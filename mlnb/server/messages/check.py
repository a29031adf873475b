"""Messages of check: the findings in a notebook."""

from __future__ import annotations

from mlnb.server.messages.base import KindName, Message, Severity


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
