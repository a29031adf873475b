"""The name a new notebook gets: the next free number of its kind and a slug of its description."""

from __future__ import annotations

import getpass
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from mlnb.errors import AlreadyExists, BadName
from mlnb.notebook.grammar import Grammar
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.notebook.names import slugify, unportable
from mlnb.project import Project

_DECADE = 10
_NO_TEXT = {"Cc", "Cs", "Zl", "Zp"}  # control characters, half characters, line and paragraph separators
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # make text read as another one


def new_path(project: Project, kind: Kind, title: str, folder: Path | None = None, number: int | None = None) -> Path:
    """The path of a new notebook.

    Raises `BadName`, `AlreadyExists` when one of that kind and slug is there, `NotFound` for a folder outside.
    """
    slug = slug_of(project, title)
    taken: dict[str, Path] = {}
    for path in project.notebook_files():
        reading = project.names.read(path)
        if reading.kind is kind and reading.slug == slug:
            raise AlreadyExists(f"there is {project.relative(path)} already: describe how this one differs")
        taken[_folded(path)] = path
    if number is None:
        number = next_number(kind, taken.values(), project.names)
    path = path_for(project, kind, slug, number, folder)
    if (other := taken.get(_folded(path))) is not None or path.exists():
        raise AlreadyExists(f"there is {project.relative(other or path)} already, and some systems tell no case apart")
    return path


def slug_of(project: Project, title: str) -> str:
    """The slug for a description that a person typed. Raises `BadName`."""
    if "\n" in title or "\r" in title:
        raise BadName("a description is one line")
    if any(unicodedata.category(character) in _NO_TEXT or character in _TURNS for character in title):
        raise BadName("a description is plain text, and this one holds characters that do not print: leave them out")
    slug = project.names.slug(title)
    if slug in project.names.words:
        raise BadName(f"“{title}” only says the kind: describe what the notebook is about")
    return slug


def path_for(project: Project, kind: Kind, slug: str, number: int | None, folder: Path | None = None) -> Path:
    """The path by the project's pattern of names. Raises `BadName`, and `NotFound` for a folder outside."""
    names = project.names
    today = datetime.now(UTC).date().isoformat()
    author = initials(project) if "author" in names.fields else None
    written = names.write(names.name(kind, slug, number=number, date=today, author=author))
    if problem := unportable(PurePosixPath(written).name):
        raise BadName(f"“{written}” will not do: {problem}")
    folder = folder or project.notebooks
    project.inside(project.relative(folder))  # refuses a folder outside the project, links followed
    parts = PurePosixPath(written).parts
    # In a project of one folder per kind, the folder of the kind is not made inside itself.
    if len(parts) > 1 and tuple(part.casefold() for part in folder.parts[1 - len(parts) :]) == tuple(
        part.casefold() for part in parts[:-1]
    ):
        return folder / parts[-1]
    return folder.joinpath(*parts)


def next_number(kind: Kind, paths: Iterable[Path], names: Grammar) -> int:
    """The number after the last one of the kind's ten, else after the last of all.

    Where the kind has a place of its own in the name, each kind counts from 1.
    """
    readings = [names.read(path) for path in paths]
    if "phase" in names.fields:
        return max((reading.number or 0 for reading in readings if reading.kind is kind), default=0) + 1
    taken = {reading.number for reading in readings if reading.number is not None}
    first = KINDS[kind].first_number
    mine = [number for number in taken if first <= number < first + _DECADE]
    if not mine:
        return first
    following = max(mine) + 1
    if following < first + _DECADE:
        return following
    return max(*taken, 4 * _DECADE + _DECADE - 1) + 1


def initials(project: Project) -> str:
    """The initials of the person git knows here, else the beginning of the user's name."""
    try:
        words = slugify(_git_user(project) or getpass.getuser()).split("-")
    except (OSError, KeyError, BadName):
        return "me"
    return "".join(word[0] for word in words)[:4] if len(words) > 1 else words[0][:3]


def _git_user(project: Project) -> str:
    try:
        import git  # late: it is slow, and refuses to be imported where there is no git program
    except ImportError:
        return ""
    try:
        name: str = git.Git(project.root).config("user.name")
    except (git.exc.GitError, OSError):
        return ""
    return name


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()
