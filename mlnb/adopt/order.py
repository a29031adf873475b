"""In which order notebooks were made: what their names say, else when they came to be, else who reads whose data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from mlnb.adopt.content import Content

_NUMBER = re.compile(
    r"^(?:(?:notebook|nb|part|step|stage|phase|week|day|lesson|lab|chapter|task|section|ex|session)[\W_]*)?"
    r"(\d{1,4}(?:[._-]\d{1,3})*)(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Dated:
    """A notebook with what its place depends on."""

    path: Path
    content: Content
    minute: int


def in_order(notebooks: Sequence[Dated]) -> list[Path]:
    """The paths, folder by folder, in the order in which the notebooks belong."""
    ordered: list[Path] = []
    for _, group in groupby(sorted(notebooks, key=lambda each: (*_rank(each), _natural(each.path.name))), key=_rank):
        ordered += _by_data(list(group))
    return ordered


def _rank(notebook: Dated) -> tuple[Any, ...]:
    """Numbered names first, then dated ones, then by time. What follows is of one rank."""
    stem = notebook.path.stem
    folder = _natural(notebook.path.parent.as_posix())
    if date := _DATE.search(stem):
        return (folder, 1, "".join(date.groups()), 0)
    number = _NUMBER.match(stem)
    if number:
        return (folder, 0, tuple(int(part) for part in re.split(r"[._-]", number[1])), 0)
    return (folder, 2, notebook.minute, 0)


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """`part10` after `part9`."""
    parts = _DIGITS.split(text.casefold())
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)


def _by_data(group: list[Dated]) -> list[Path]:
    """Those of one rank: who writes a file comes before who reads it, otherwise as they stand."""
    needs = _needs(group)
    left = {each.path: None for each in group}
    done: list[Path] = []
    while left:
        free = next((path for path in left if not needs[path] & left.keys()), next(iter(left)))  # a cycle is broken
        done.append(free)
        del left[free]
    return done


def _needs(group: Sequence[Dated]) -> Mapping[Path, set[Path]]:
    """For each notebook those that write what it reads, and do not read what it writes."""
    writers: dict[str, set[Path]] = {}
    for each in group:
        for file in each.content.writes:
            writers.setdefault(_file_name(file), set()).add(each.path)
    needs: dict[Path, set[Path]] = {}
    for each in group:
        own = {_file_name(file) for file in each.content.writes}
        read = {_file_name(file) for file in each.content.reads} - own
        needs[each.path] = {path for file in read for path in writers.get(file, ()) if path != each.path}
    return needs


def _file_name(file: str) -> str:
    return PurePosixPath(file.replace("\\", "/")).name.casefold()
