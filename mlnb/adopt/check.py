"""Whether the rows of a plan, as proposed or as edited, can be carried out: names, collisions, files that changed."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mlnb.adopt.datasets import named
from mlnb.adopt.means import Means
from mlnb.adopt.naming import folded, path_of
from mlnb.adopt.rows import DatasetRow, NotebookRow, Row
from mlnb.errors import MlnbError, NotFound
from mlnb.project import Project


def checked(
    project: Project, rows: Sequence[NotebookRow], datasets: Sequence[DatasetRow], means: Means
) -> tuple[list[NotebookRow], list[DatasetRow]]:
    """The rows with the paths that their kind, title, number and date make, and with what is wrong.

    A problem that a row comes with is kept.
    """
    author = means.initials(project) if "author" in project.names.fields else None  # git is asked once
    notebooks = [_with_path(project, row, means, author) for row in rows]
    data = [_with_name(project, row, means) for row in datasets]
    everything: list[Row] = [*notebooks, *data]
    wanted = Counter(folded(row.proposed) for row in everything if row.apply and row.proposed)
    there = _Folders()
    return (
        [replace(row, problem=row.problem or _problem(project, row, wanted, there)) for row in notebooks],
        [replace(row, problem=row.problem or _problem(project, row, wanted, there)) for row in data],
    )


def _with_path(project: Project, row: NotebookRow, means: Means, author: str | None) -> NotebookRow:
    if row.kind is None and not row.apply:
        return replace(row, proposed=None)
    try:
        return replace(row, proposed=path_of(project, row, means, author))
    except MlnbError as error:
        return replace(row, proposed=None, problem=row.problem or str(error))


def _with_name(project: Project, row: DatasetRow, means: Means) -> DatasetRow:
    proposed, problem = named(project, row, means)
    return replace(row, proposed=proposed, problem=row.problem or problem)


class _Folders:
    """What lies in folders, each listed once."""

    def __init__(self) -> None:
        self._known: dict[Path, dict[str, Path]] = {}

    def at(self, path: Path) -> Path | None:
        """The file that stands in the way of a path on a system that knows no case."""
        folder = path.parent
        if folder not in self._known:
            try:
                self._known[folder] = {folded(folder / name): folder / name for name in os.listdir(folder)}
            except OSError:
                self._known[folder] = {}
        return self._known[folder].get(folded(path))


def _problem(project: Project, row: Row, wanted: Counter[str], there: _Folders) -> str | None:
    """Why a row cannot be carried out; of a row that is not to be applied only what would be wrong with its name."""
    if row.proposed is None:
        return None
    other = there.at(row.proposed)
    if other is not None and other != row.path and not (other.exists() and os.path.samefile(other, row.path)):
        return f"there is {project.relative(other)} already: change the title or the number"
    if row.apply and wanted[folded(row.proposed)] > 1:
        return "another row of the plan asks for the same name: change the title or the number"
    for folder in (row.path.parent, _existing(row.proposed.parent)):
        if not os.access(folder, os.W_OK):
            return f"the folder {project.relative(folder) or '.'} may not be written"
    return None


def _existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def changed(row: Row) -> str | None:
    """Why the file is not the one that was planned for."""
    try:
        with row.path.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        return "it is gone"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return None if digest == row.sha256 else "it was changed since it was planned: plan again"


def inside(project: Project, path: Path) -> Path:
    """The path of a row, which must lie in the project, links followed. Raises `NotFound`."""
    if "\0" in str(path):
        raise NotFound(f"{str(path).replace(chr(0), ' ')} is no path")
    project.relative(path)
    if not path.resolve().is_relative_to(project.root.resolve()):
        raise NotFound(f"{path} lies outside the project")
    if ".git" in (part.casefold() for part in path.parts):
        raise NotFound(f"{path} belongs to git")
    return path
