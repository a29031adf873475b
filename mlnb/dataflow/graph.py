"""A notebook as a graph: what each cell binds and reads, and which cell's binding another cell uses."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from dataclasses import dataclass

from mlnb.dataflow.bindings import Flow, Read, in_sequence
from mlnb.dataflow.mutators import words
from mlnb.dataflow.walk import flow_of
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.source import Magic, PythonSource, to_python
from mlnb.notebook.syntax import parse

# Names that are there before the first cell runs: Python's, and what IPython and its kernel add.
AMBIENT = frozenset(dir(builtins)) | words(
    """
    __name__ __doc__ __builtins__ __builtin__ __spec__ __loader__ __package__ __annotations__ __debug__
    get_ipython display exit quit open In Out _ __ ___ _i _ii _iii _ih _oh _dh _exit_code
    """
)


@dataclass(frozen=True)
class Statement:
    """A top-level statement of a cell. `index` counts within the cell."""

    index: int
    node: ast.stmt
    flow: Flow


@dataclass(frozen=True)
class SyntaxProblem:
    """Why a cell is not Python. `line` counts from 1, `column` from 0."""

    message: str
    line: int
    column: int


@dataclass(frozen=True)
class CellFlow:
    """A code cell with its statements; without any where the cell is not Python."""

    cell: Cell
    source: PythonSource
    statements: tuple[Statement, ...]
    flow: Flow
    syntax_error: SyntaxProblem | None

    @property
    def defs(self) -> frozenset[str]:
        return self.flow.defs

    @property
    def reads(self) -> tuple[Read, ...]:
        """Names read before the cell itself is sure to have bound them; Python's own names are among them."""
        return self.flow.reads

    @property
    def magics(self) -> tuple[Magic, ...]:
        return self.source.magics


@dataclass(frozen=True)
class Edge:
    """The cell at index `user` reads `name`, last bound by the cell at index `maker`."""

    maker: int
    user: int
    name: str


@dataclass(frozen=True)
class UndefinedRead:
    """A name that is read where no earlier cell has bound it; `later` is the first cell that does."""

    cell: Cell
    read: Read
    later: Cell | None


@dataclass(frozen=True)
class DataflowGraph:
    """The code cells in document order, and who uses whose binding."""

    cells: tuple[CellFlow, ...]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Uses of a binding made in an earlier cell, in document order."""
        maker: dict[str, int] = {}
        found: list[Edge] = []
        for one in self.cells:
            names = dict.fromkeys(read.name for read in one.reads)
            found.extend(Edge(maker[name], one.cell.index, name) for name in names if name in maker)
            for name in one.flow.deletes:
                maker.pop(name, None)
            maker.update(dict.fromkeys(one.defs, one.cell.index))
        return tuple(found)

    @property
    def live_after(self) -> tuple[frozenset[str], ...]:
        """For each code cell, the names that cells after it read before binding them anew."""
        return live_after([one.flow for one in self.cells])

    def undefined(self) -> tuple[UndefinedRead, ...]:
        """Names that a top-to-bottom run does not find.

        What a function reads when it is called counts only if no cell at all binds it.
        After a star import, or in a notebook with a broken cell, nothing is certain, and nothing is reported.
        """
        if any(one.syntax_error or "*" in one.defs for one in self.cells):
            return ()
        makers: dict[str, Cell] = {}
        for one in self.cells:
            for name in one.defs | one.flow.writes_global:
                makers.setdefault(name, one.cell)
        known = set(AMBIENT)
        found: list[UndefinedRead] = []
        for one in self.cells:
            for read in one.reads:
                if not read.certain or read.name in known or (read.deferred and read.name in makers):
                    continue
                if not read.name.startswith("_i") and not read.name.lstrip("_").isdigit():  # IPython's history
                    found.append(UndefinedRead(one.cell, read, makers.get(read.name)))
            known = (known - one.flow.deletes) | one.defs | one.flow.writes_global
        return tuple(found)


def live_after(flows: Sequence[Flow]) -> tuple[frozenset[str], ...]:
    """For each of several flows in sequence, the names that later ones read before they are sure to bind them."""
    live: frozenset[str] = frozenset()
    found: list[frozenset[str]] = []
    for flow in reversed(flows):
        found.append(live)
        live = (live - flow.certain_defs - flow.deletes) | flow.read_names
    return tuple(reversed(found))


def analyse(notebook: Notebook) -> DataflowGraph:
    """The dataflow of a notebook's code cells. Never raises: a cell that is not Python says so."""
    return DataflowGraph(tuple(analyse_cell(cell) for cell in notebook.code_cells))


def analyse_cell(cell: Cell) -> CellFlow:
    """The statements of one cell and what they bind and read."""
    source = to_python(cell.source)
    empty = Flow(line=1, end_line=1)
    try:
        tree = parse(source.code)
        statements = tuple(Statement(index, node, flow_of(node)) for index, node in enumerate(tree.body))
    except SyntaxError as error:
        problem = SyntaxProblem(error.msg, error.lineno or 1, max((error.offset or 1) - 1, 0))
        return CellFlow(cell, source, (), empty, problem)
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes, nesting beyond the parser
        return CellFlow(cell, source, (), empty, SyntaxProblem(str(error) or type(error).__name__, 1, 0))
    return CellFlow(cell, source, statements, in_sequence(one.flow for one in statements), None)
