"""How a plan of adoption is printed, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.table import Table

from mlnb.adopt.apply import Adopted
from mlnb.adopt.rows import DatasetRow, NotebookRow, Plan
from mlnb.cli.output import as_json, console, line, print_table, table
from mlnb.project import Project

_MOST_REASONS = 2
_BECOMES = 2  # the column of the new names
_SHARE = 0.45  # of the width, at most, that they keep in one piece


def plan(project: Project, found: Plan, *, written: Path | None, edited: Path | None) -> None:
    """The plan as tables, what could not be read, and what to do next."""
    if found.rows:
        _notebooks(project, found)
    if found.datasets:
        _datasets(project, found)
    for path, reason in found.skipped:
        line(f"left alone: {project.relative(path)}: {reason}")
    line(_summary(found))
    if found.rows or found.datasets:
        for text in _next(found, written, edited):
            line(text)


def _notebooks(project: Project, found: Plan) -> None:
    made = table("", "notebook", "becomes", "confidence", "because")
    for row in found.rows:
        why = "; ".join(row.reasons[:_MOST_REASONS])
        made.add_row(_mark(row), project.relative(row.path), _becomes(project, row), row.confidence, row.problem or why)
    _print(made, [_becomes(project, row) for row in found.rows])


def _datasets(project: Project, found: Plan) -> None:
    made = table("", "data", "becomes", "date from", "because")
    for row in found.datasets:
        cells = (project.relative(row.path), _becomes(project, row), row.date_from or "", row.problem or row.date_why)
        made.add_row(_mark(row), *cells)
    _print(made, [_becomes(project, row) for row in found.datasets])


def _print(made: Table, names: list[str]) -> None:
    """New names are read as a whole; reasons can go on in the next line."""
    made.columns[_BECOMES].min_width = min(max(map(cell_len, names)), int(console().width * _SHARE))
    print_table(made)


def _mark(row: NotebookRow | DatasetRow) -> str:
    return "!" if row.apply and row.problem else "✓" if row.apply else "–"


def _becomes(project: Project, row: NotebookRow | DatasetRow) -> str:
    if row.proposed is None:
        return "" if isinstance(row, DatasetRow) or row.kind else "(no kind)"
    # The folder is only worth its room where it changes.
    return row.proposed.name if row.proposed.parent == row.path.parent else project.relative(row.proposed)


def _summary(found: Plan) -> str:
    going = found.applied
    notebooks = sum(isinstance(row, NotebookRow) for row in going)
    parts = [f"{notebooks} of {_count(len(found.rows), 'notebook')} would be renamed"]
    if found.datasets:
        parts.append(f"{len(going) - notebooks} of {_count(len(found.datasets), 'file')} of data")
    if found.canonical:
        parts.append(f"{_count(found.canonical, 'notebook')} named well already")
    return f"{', '.join(parts)}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _next(found: Plan, written: Path | None, edited: Path | None) -> list[str]:
    if written:
        return [f"Next: edit {written}, then `mlnb adopt --plan {written} --apply`"]
    lines = [f"Next: `mlnb adopt --plan {edited} --apply`"] if edited else []
    if not edited:
        lines = ["Next: `mlnb adopt --apply`, or `mlnb adopt --write plan.csv` to edit the plan first"]
    if any(row.date_from and not row.apply and not row.problem for row in found.datasets):
        lines.append("Data is renamed once you confirm its dates: --dates content, or --dates file-time")
    return lines


def adopted(project: Project, done: Adopted) -> None:
    """What was carried out, what was refused, and how to take it back."""
    for path, reason in done.refused:
        line(f"left alone: {project.relative(path)}: {reason}")
    if done.change is None:
        line("Nothing was changed.")
        return
    line(f"{done.change.title}: {_count(done.change.files, 'file')} changed.")
    line(f"Undo: mlnb undo {done.change.id}")


def plan_json(found: Plan) -> None:
    as_json(_plan(found))


def adopted_json(done: Adopted) -> None:
    as_json(
        {
            "change": done.change.id if done.change else None,
            "refused": [{"path": str(path), "reason": reason} for path, reason in done.refused],
            "plan": _plan(done.plan),
        }
    )


def _plan(found: Plan) -> dict[str, Any]:
    return {
        "folder": str(found.folder),
        "git": found.git,
        "notebooks": [_row(row) for row in found.rows],
        "datasets": [_row(row) for row in found.datasets],
        "skipped": [{"path": str(path), "reason": reason} for path, reason in found.skipped],
        "canonical": found.canonical,
        "took_s": found.took_s,
    }


def _row(row: NotebookRow | DatasetRow) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in vars(row).items()}
