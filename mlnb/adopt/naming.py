"""The names of a plan: numbers in order within the ten of each kind, titles that nobody else has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from mlnb.adopt.means import Means
from mlnb.adopt.rows import NotebookRow
from mlnb.errors import BadName, MlnbError
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.notebook.names import unportable
from mlnb.project import Project

_DECADE = 10
_BEYOND = 50  # after the tens of the four kinds
_LAST = 9999


def folded(path: Path) -> str:
    """What tells files apart on a system that knows no case."""
    return unicodedata.normalize("NFC", str(path)).casefold()


class Numbers:
    """Gives out numbers: the next of the kind's ten, else beyond all. Taken ones stay taken."""

    def __init__(self, project: Project, taken: Iterable[tuple[Kind | None, int]]) -> None:
        self._per_kind = "phase" in project.names.fields
        self._is_used = "seq" in project.names.fields
        self._taken = {self._key(kind, number) for kind, number in taken}

    def next(self, kind: Kind) -> int | None:
        if not self._is_used:
            return None
        first = 1 if self._per_kind else KINDS[kind].first_number
        own = range(first, _LAST) if self._per_kind else range(first, first + _DECADE)
        for number in (*own, *range(_BEYOND, _LAST + 1)) if not self._per_kind else own:
            if self._key(kind, number) not in self._taken:
                self._taken.add(self._key(kind, number))
                return number
        return None

    def _key(self, kind: Kind | None, number: int) -> tuple[Kind | None, int]:
        return (kind if self._per_kind else None, number)


def numbered(project: Project, rows: Sequence[NotebookRow]) -> list[NotebookRow]:
    """The rows, with the next free number for those that have a kind and no number yet."""
    if all(row.number is not None or row.kind is None for row in rows):
        return list(rows)
    planned = {row.path for row in rows}
    others = [project.names.read(path) for path in project.notebook_files() if path not in planned]
    taken = [(each.kind, each.number) for each in others] + [(row.kind, row.number) for row in rows]
    numbers = Numbers(project, ((kind, number) for kind, number in taken if number is not None))
    return [replace(row, number=numbers.next(row.kind)) if row.kind and row.number is None else row for row in rows]


def path_of(project: Project, row: NotebookRow, means: Means, author: str | None) -> Path:
    """The path that kind, title, number and folder of a row make. Raises `BadName` and `NotFound`."""
    if row.kind is None:
        raise BadName("choose a kind for it")
    names = project.names
    if row.number is not None and not 0 <= row.number <= _LAST:
        raise BadName(f"{row.number} is no number for a name: use 0 to {_LAST}")
    name = names.name(row.kind, means.slug(project, row.title), number=row.number, date=row.made, author=author)
    parts = PurePosixPath(names.write(name)).parts
    if problem := unportable(parts[-1]):
        raise BadName(f"“{parts[-1]}” will not do: {problem}")
    project.relative(row.folder)  # refuses a folder outside the project
    if not row.folder.resolve().is_relative_to(project.root.resolve()):
        raise BadName(f"{row.folder.name} leads out of the project")
    # In a project of one folder per kind, the folder of the kind is not made inside itself.
    above = parts[:-1]
    if above and row.folder.parts[-len(above) :] == above:
        return row.folder / parts[-1]
    return row.folder.joinpath(*parts)


def different(
    project: Project,
    titles: Mapping[Path, Sequence[str]],
    kinds: Mapping[Path, Kind | None],
    taken: Iterable[tuple[Kind | None, str]],
    means: Means,
) -> dict[Path, str]:
    """A title for each notebook that no other of its kind has.

    A title that several notebooks have, as all those of one course do, says nothing of any of them.
    """
    of_all = Counter(choices[0].casefold() for choices in titles.values())
    of_kind = Counter((kinds[path], choices[0].casefold()) for path, choices in titles.items())
    used = set(taken)
    chosen: dict[Path, str] = {}
    for path, choices in titles.items():
        own = [each for each in choices if of_all[each.casefold()] < 3 and of_kind[kinds[path], each.casefold()] < 2]
        numbered = (f"{(own or choices)[0]} {count}" for count in range(2, _LAST))
        for title in (*own, *choices, *numbered):
            slug = _slug(project, title, means)
            if slug and (kinds[path], slug) not in used:
                used.add((kinds[path], slug))
                chosen[path] = title
                break
    return chosen


def _slug(project: Project, title: str, means: Means) -> str | None:
    try:
        return means.slug(project, title)
    except MlnbError:
        return None
