"""Where a notebook may be cut: at a heading in the middle half of its code cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.kinds import Kind
from mlnb.notebook.parameters import parameters_cell

EARLIEST, LATEST = 0.25, 0.75
# More code cells or lines of code than this make a notebook long; a first look may take more of both.
LIMITS: dict[Kind | None, tuple[int, int]] = {Kind.EXPLORATION: (60, 500)}
_LIMIT = (40, 400)

_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>\S.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=|-)(?P=mark)+[ \t]*$")
# What may stand above a heading and belongs to it: rules, anchors.
_ABOVE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|<a\b[^>]*>\s*(?:</a>)?|<hr\s*/?>|<!--.*-->)?\s*$")
_MARKUP = re.compile(r"[*`~]|<[^>]{0,200}>|^[\d.]+[.)]?\s+(?=\D)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Heading:
    """A heading that a Markdown cell begins with. `alone`: nothing else stands in the cell."""

    level: int
    text: str
    alone: bool


@dataclass(frozen=True)
class Place:
    """A cut before `cell`. `before` and `after` count code cells."""

    cell: Cell
    heading: Heading
    before: int
    after: int

    @property
    def off_middle(self) -> float:
        return abs(self.before - self.after) / (self.before + self.after)


def places(notebook: Notebook) -> tuple[Place, ...]:
    """The headings where a notebook may be cut, in order; none before its parameters are declared."""
    total = len(notebook.code_cells)
    declared = parameters_cell(notebook)
    found = [
        Place(cell, heading, before, total - before)
        for cell, heading, before in _headed(notebook)
        if 0 < before < total
        and EARLIEST <= before / total <= LATEST
        and (declared is None or declared.index < cell.index)
    ]
    return tuple(place for number, place in enumerate(found) if not _is_under(place, found[:number]))


def _headed(notebook: Notebook) -> Iterator[tuple[Cell, Heading, int]]:
    before = 0
    for cell in notebook.cells:
        if cell.type == "code":
            before += 1
        elif cell.type == "markdown" and (heading := heading_of(cell.source)):
            yield cell, heading, before


def _is_under(place: Place, earlier: list[Place]) -> bool:
    """Whether the cell above is a bare heading of a higher level, which a cut here would leave behind."""
    above = earlier[-1] if earlier else None
    return (
        above is not None
        and above.cell.index == place.cell.index - 1
        and above.heading.alone
        and above.heading.level < place.heading.level
    )


def heading_of(markdown: str) -> Heading | None:
    """The heading that a Markdown text begins with."""
    lines = markdown.splitlines()
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if found := _ATX.match(line):
            return Heading(len(found["marks"]), plain(found["text"]), _is_blank(lines[number + 1 :]))
        if line.strip() and not _ABOVE.match(line) and (found := _UNDERLINE.match(below)):
            return Heading(1 if found["mark"] == "=" else 2, plain(line), _is_blank(lines[number + 2 :]))
        if not _ABOVE.match(line):
            return None
    return None


def plain(heading: str) -> str:
    """A heading without its markup and its number."""
    text = _LINK.sub(r"\1", heading[:1000])
    return " ".join(_MARKUP.sub("", text).split()) or " ".join(heading.split())


def _is_blank(lines: list[str]) -> bool:
    return not any(line.strip() for line in lines)


def too_long(notebook: Notebook, kind: Kind | None) -> str | None:
    """Why a notebook counts as long, or None."""
    most_cells, most_lines = LIMITS.get(kind, _LIMIT)
    cells = len(notebook.code_cells)
    lines = sum(1 for cell in notebook.code_cells for line in cell.source.splitlines() if line.strip())
    if cells > most_cells:
        return f"it has {cells} code cells; more than {most_cells} are hard to follow"
    if lines > most_lines:
        return f"it has {lines} lines of code; more than {most_lines} are hard to follow"
    return None
