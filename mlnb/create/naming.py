"""The name a new notebook gets: the next free number of its kind and a slug of its description."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from mlnb.errors import AlreadyExists, BadName
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.notebook.names import NotebookName, read_name, slugify, unportable
from mlnb.project import Project

_DECADE = 10
_NO_TEXT = {"Cc", "Cs", "Zl", "Zp"}  # control characters, half characters, line and paragraph separators
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # make text read as another one


def new_path(project: Project, kind: Kind, title: str, folder: Path | None = None) -> Path:
    """The path of a new notebook.

    Raises `BadName`, `AlreadyExists` when one of that kind and slug is there, `NotFound` for a folder outside.
    """
    if "\n" in title or "\r" in title:
        raise BadName("a description is one line")
    if any(unicodedata.category(character) in _NO_TEXT or character in _TURNS for character in title):
        raise BadName("a description is plain text, and this one holds characters that do not print: leave them out")
    slug = slugify(title)
    if slug in {word for spec in KINDS.values() for word in (spec.kind.value, *spec.aliases)}:
        raise BadName(f"“{title}” only says the kind: describe what the notebook is about")
    folder = folder or project.notebooks
    project.relative(folder)  # refuses a folder outside the project
    for path in project.notebook_files():
        reading = read_name(path)
        if reading.kind is kind and reading.slug == slug:
            raise AlreadyExists(f"there is {project.relative(path)} already: describe how this one differs")
    number = next_number(kind, project.notebook_files())
    name = NotebookName(kind=kind, slug=slug, number=f"{number:03}")
    if problem := unportable(str(name)):
        raise BadName(f"“{name}” will not do: {problem}")
    return folder / str(name)


def next_number(kind: Kind, paths: Iterable[Path]) -> int:
    """The number after the last one of the kind's ten, else after the last of all."""
    taken = {number for path in paths if (number := read_name(path).number) is not None}
    first = KINDS[kind].first_number
    mine = [number for number in taken if first <= number < first + _DECADE]
    if not mine:
        return first
    following = max(mine) + 1
    if following < first + _DECADE:
        return following
    return max(*taken, 4 * _DECADE + _DECADE - 1) + 1
