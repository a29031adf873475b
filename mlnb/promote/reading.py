"""A notebook as promotion reads it: sections, and in them statements in two trees.

The `ast` tree of a statement is what is analysed; its `libcst` tree is what is written out,
because it keeps comments, strings and spelling as the author left them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from mlnb.dataflow.bindings import Flow
from mlnb.dataflow.graph import CellFlow, DataflowGraph
from mlnb.errors import NotPromotable
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.source import Magic

_HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<text>.+?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^\s*(```|~~~)")

Placed = cst.SimpleStatementLine | cst.BaseCompoundStatement


@dataclass(frozen=True)
class Unit:
    """One top-level statement. `row` counts the lines of statements in the cell, `small` several on one line.

    `comments` are the lines above it, `magic` is set where the statement stands for a line magic.
    """

    cell: Cell
    node: ast.stmt
    flow: Flow
    row: int
    small: int
    comments: tuple[cst.EmptyLine, ...]
    magic: Magic | None

    @property
    def line(self) -> int:
        return self.flow.line

    @property
    def place(self) -> str:
        return f"{self.cell.place}, line {self.line}"

    @property
    def text(self) -> str:
        """The statement on one line, shortened, for people."""
        if isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines = ast.unparse(self.node).splitlines()
            return next(line for line in lines if not line.startswith("@")).rstrip(":")
        text = " ".join(ast.unparse(self.node).split())
        return text if len(text) <= 60 else f"{text[:59]}…"


@dataclass(frozen=True)
class Section:
    """The code under one heading; `title` is None before the first."""

    title: str | None
    cells: tuple[Cell, ...]
    units: tuple[Unit, ...]
    closing: tuple[cst.EmptyLine, ...]


@dataclass(frozen=True)
class Reading:
    """A whole notebook, in order. `level` is that of the headings that make sections; None without any."""

    notebook: Notebook
    sections: tuple[Section, ...]
    magics: tuple[tuple[Cell, Magic], ...]
    level: int | None

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for section in self.sections for unit in section.units)


def read(notebook: Notebook, graph: DataflowGraph) -> Reading:
    """Split a notebook into sections. Raises `NotPromotable` on a cell that is not Python."""
    flows = {one.cell.index: one for one in graph.cells}
    level = _section_level(notebook)
    sections: list[Section] = []
    title: str | None = None
    cells: list[Cell] = []

    def close() -> None:
        units: list[Unit] = []
        closing: tuple[cst.EmptyLine, ...] = ()  # the comments that end a cell go above the next statement
        for cell in cells:
            part, comments = _units(flows[cell.index])
            if part and closing:
                part = (replace(part[0], comments=(*closing, *part[0].comments)), *part[1:])
            units += part
            closing = comments if part else (*closing, *comments)
        sections.append(Section(title, tuple(cells), tuple(units), closing))
        cells.clear()

    for cell in notebook.cells:
        if cell.type == "code":
            cells.append(cell)
        elif cell.type == "markdown":
            for heading in (text for found, text in _headings(cell.source) if found == level):
                close()
                title = heading
    close()
    magics = tuple((one.cell, magic) for one in graph.cells for magic in one.magics)
    return Reading(notebook, tuple(sections), magics, level)


def _section_level(notebook: Notebook) -> int | None:
    """H2 where there is one, else H3."""
    levels = {level for cell in notebook.cells if cell.type == "markdown" for level, _ in _headings(cell.source)}
    return next((level for level in (2, 3) if level in levels), None)


def _headings(markdown: str) -> Iterator[tuple[int, str]]:
    fenced = False
    for line in markdown.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (found := _HEADING.match(line)):
            yield len(found["level"]), found["text"]


def _units(flow: CellFlow) -> tuple[tuple[Unit, ...], tuple[cst.EmptyLine, ...]]:
    """The statements of a cell, and the comments after the last one."""
    cell = flow.cell
    if flow.syntax_error is not None:
        problem = flow.syntax_error
        raise NotPromotable(f"{cell.place}, line {problem.line}: this is not valid Python: {problem.message}")
    try:
        module = cst.parse_module(flow.source.code)
    except cst.ParserSyntaxError as error:
        raise NotPromotable(
            f"{cell.place}, line {error.raw_line}: this Python is newer than what mlnb can rewrite"
        ) from None
    magic_lines = {magic.line: magic for magic in flow.magics}
    units: list[Unit] = []
    statements = iter(flow.statements)
    above = tuple(module.header)
    for row, placed in enumerate(module.body):
        count = len(placed.body) if isinstance(placed, cst.SimpleStatementLine) else 1
        for small in range(count):
            statement = next(statements)
            magic = magic_lines.get(statement.flow.line)
            if magic is not None and not isinstance(statement.node, ast.Pass) and magic.kind != "cell":
                magic = None  # the statement is one that the magic ran, and stays
            comments = (*above, *placed.leading_lines) if small == 0 else ()
            units.append(Unit(cell, statement.node, statement.flow, row, small, comments, magic))
            above = ()
    return tuple(units), (*above, *module.footer)
