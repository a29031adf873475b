"""Carry out an edited plan as one change that can be undone: files moved, references to them rewritten."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mlnb.adopt.check import changed, checked
from mlnb.adopt.history import day, times
from mlnb.adopt.means import Means
from mlnb.adopt.naming import numbered
from mlnb.adopt.plan import followed
from mlnb.adopt.rows import NotebookRow, Plan, Row
from mlnb.errors import MlnbError
from mlnb.project import Project
from mlnb.records import changes, moves
from mlnb.records.dataset import DatasetRecord, record_path
from mlnb.records.dataset_name import DatasetName
from mlnb.records.references import Rewrite, rewritten


@dataclass(frozen=True)
class Adopted:
    """What was carried out, what the rows became, and the files that were left alone, each with the reason."""

    change: changes.Change | None
    plan: Plan
    refused: tuple[tuple[Path, str], ...]


def recheck(project: Project, edited: Plan, means: Means) -> Plan:
    """The plan with its names made anew from what was edited, and with what is wrong now."""
    rows = [replace(row, problem=changed(row) if row.apply else None) for row in _with_days(project, edited.rows)]
    datasets = [
        replace(row, problem=(row.problem or changed(row)) if row.apply else row.problem) for row in edited.datasets
    ]
    rows, datasets = checked(project, numbered(project, rows), datasets, means)
    going = [row for row in datasets if row.apply]
    told = {row.path: row for row in followed(project, going, {})}
    datasets = [told.get(row.path, row) for row in datasets]
    return replace(edited, rows=tuple(rows), datasets=tuple(datasets))


def _with_days(project: Project, rows: Sequence[NotebookRow]) -> list[NotebookRow]:
    """Rows that were read back, with the days that names by date need."""
    unknown = [row.path for row in rows if row.made is None]
    if "date" not in project.names.fields or not unknown:
        return list(rows)
    minutes = times(project, unknown)
    return [replace(row, made=row.made or day(minutes[row.path])) for row in rows]


def apply(project: Project, edited: Plan, means: Means) -> Adopted:
    """Carry out what can be. Rows with a problem are refused by name, and the others are carried out."""
    plan = recheck(project, edited, means)
    refused = [(row.path, row.problem) for row in plan.all if row.apply and row.problem]
    records, broken = _records(plan, means)
    going = [row for row in plan.applied if row.path not in dict(broken)]
    if not going:
        return Adopted(None, plan, (*refused, *broken))
    renamed = {row.path: row.proposed for row in going if row.proposed and row.proposed != row.path}
    rewrites = _rewrites(project, renamed)
    with changes.recording(project, "adopt", _title(going)) as change:
        for row in going:
            if reason := changed(row):
                raise MlnbError(f"{project.relative(row.path)}: {reason}; nothing was adopted")
        for rewrite in rewrites:
            if rewrite.path.read_bytes() != rewrite.before.encode():
                raise MlnbError(f"{project.relative(rewrite.path)} is being changed: try again; nothing was adopted")
            change.write(rewrite.path, rewrite.text)
        for old, new in renamed.items():
            change.move(old, new)
        for path, record in records.items():
            change.create(record_path(path), record.model_dump_json(indent=2) + "\n")
        notebooks = {row.path: row.proposed for row in going if isinstance(row, NotebookRow) and row.proposed}
        for new in notebooks.values():
            change.made(new)
        for old, new in notebooks.items():  # where this fails, all of it is taken back
            moves.record(project, old, new, how="adopt")
    done = next(each for each in changes.listing(project) if each.id == change.id)
    return Adopted(done, plan, (*refused, *broken))


def _title(going: Sequence[Row]) -> str:
    notebooks = sum(isinstance(row, NotebookRow) for row in going)
    counts = ((notebooks, "notebook"), (len(going) - notebooks, "dataset"))
    parts = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count]
    return f"adopt {' and '.join(parts)}"


def _rewrites(project: Project, renamed: Mapping[Path, Path]) -> list[Rewrite]:
    """The files that name what is renamed. Raises `MlnbError` where one of them may not be written."""
    rewrites = rewritten(project, renamed)
    for each in rewrites:
        if not os.access(each.path.parent, os.W_OK):
            raise MlnbError(
                f"{project.relative(each.path)} names a file that would be renamed, and may not be written:"
                " allow that, or leave the file out of the plan"
            )
    return rewrites


def _records(plan: Plan, means: Means) -> tuple[dict[Path, DatasetRecord], list[tuple[Path, str]]]:
    """The records of the datasets to be, by the path they will have; and the files that are no tables."""
    found: dict[Path, DatasetRecord] = {}
    broken: list[tuple[Path, str]] = []
    for row in plan.datasets:
        if not (row.apply and row.proposed and not row.problem):
            continue
        try:
            found[row.proposed] = means.dataset_record(
                row.path, DatasetName.parse(row.proposed.name), row.proposed.name
            )
        except MlnbError as error:
            broken.append((row.path, str(error)))
    return found, broken
