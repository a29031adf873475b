"""What lives across a cut, and how each name can be handed over, as far as the code tells.

    import pandas as pd                 code        copied
    def clean(days): ...                code        copied, with what it reads
    FEATURES = ["wind", "rain"]         parameter   written again
    days = clean(pd.read_csv(DATA))     dataset     saved by the first part, loaded by the second
    model.fit(days)                     refused     cannot be kept in a file that means the same later

Nothing is run: where the code does not tell, the detail says that running will.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mlnb.create.split_forecast import forecast, is_literal, is_recipe, loads_again
from mlnb.create.split_statements import assigned, only_imports, origin_of, setting_target
from mlnb.dataflow.bindings import first_line
from mlnb.dataflow.graph import AMBIENT, CellFlow, DataflowGraph, Statement, live_after
from mlnb.dataflow.mutators import words
from mlnb.notebook.source import Magic

How = Literal["dataset", "value", "code", "parameter", "refused"]

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
# Line magics that set something up for the whole notebook.
_SETTING_MAGICS = words("matplotlib load_ext reload_ext autoreload config pylab env set_env cd")
_NAMING_MAGICS = words("run pylab")  # bind names that nobody can see in the code
_IN_SHELL = re.compile(r"[{$]\s*([^\W\d]\w*)")
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Crossing:
    """A name made before a cut and used after it."""

    name: str
    how: How
    detail: str


@dataclass(frozen=True)
class Piece:
    """A statement of the first part that the second part gets a copy of. `order` counts the statements."""

    order: int
    text: str
    names: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    is_import: bool = False
    is_setting: bool = False
    is_definition: bool = False


@dataclass(frozen=True)
class Constant:
    """A literal that becomes a parameter. `text` is its line as written, `value` what it says."""

    name: str
    order: int
    text: str
    value: object


@dataclass(frozen=True)
class Handover:
    """All that the second part needs of the first: code and literals to copy, and values that only a run makes."""

    crossing: tuple[Crossing, ...]
    pieces: tuple[Piece, ...]
    literals: tuple[Constant, ...]
    values: tuple[str, ...]
    imported: Mapping[str, str]
    changed_later: frozenset[str]

    @property
    def refused(self) -> tuple[Crossing, ...]:
        return tuple(one for one in self.crossing if one.how == "refused")

    @property
    def thickness(self) -> tuple[int, int, int]:
        """What is refused, what must be kept in files, and what is written again; imports count nothing."""
        imports = {piece.order for piece in self.pieces if piece.is_import}
        copied = sum(piece.order not in imports and not piece.is_setting for piece in self.pieces)
        kept = sum(one.how in ("dataset", "value") for one in self.crossing)
        return len(self.refused), kept, copied + len(self.literals)


@dataclass(frozen=True)
class _Line:
    """A statement of the first part with its place."""

    order: int
    cell: CellFlow
    statement: Statement

    @property
    def node(self) -> ast.stmt:
        return self.statement.node

    @property
    def is_magic(self) -> bool:
        """Whether the statement only stands for `name = %magic` or `name = !command`."""
        return any(magic.line == self.statement.flow.line and magic.target for magic in self.cell.magics)


def handover(graph: DataflowGraph, cut: int, *, without: frozenset[str] = frozenset()) -> Handover:
    """How everything crosses the cut before the cell at index `cut`.

    `without` are names that the code takes for literals or recipes and a run has shown to be something else.
    """
    return _Handing(graph, cut, without).all()


@dataclass
class _Handing:
    graph: DataflowGraph
    cut: int
    without: frozenset[str]
    found: dict[str, Crossing] = field(default_factory=dict)
    pieces: dict[int, Piece] = field(default_factory=dict)
    literals: list[Constant] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = [one for one in self.graph.cells if one.cell.index < self.cut]
        self.second = [one for one in self.graph.cells if one.cell.index >= self.cut]
        self.lines = [
            _Line(order, cell, statement)
            for order, (cell, statement) in enumerate((one, each) for one in self.first for each in one.statements)
        ]
        self.bound: dict[str, _Line] = {}  # the last statement that binds the name
        self.touched: dict[str, int] = {}  # the last one that binds or changes it
        self.read_at: dict[str, int] = {}
        for line in self.lines:
            flow = line.statement.flow
            for name in flow.deletes:
                self.bound.pop(name, None)
            for name in flow.defs | flow.writes_global:
                self.bound[name] = line
            for name in flow.defs | flow.mutates | flow.writes_global:
                self.touched[name] = line.order
            for name in flow.read_names:
                self.read_at[name] = line.order
        self.imported = {
            name: origin_of(line.node, name) for name, line in self.bound.items() if only_imports(line.node)
        }

    def all(self) -> Handover:
        for name in sorted(self._live()):
            self._carry(name, "")
        self._unseen_names()
        for line in self.lines:
            self._setting(line)
        for one in self.first:
            for magic in one.magics:
                self._setting_magic(one, magic)
        order = {"refused": 0, "dataset": 1, "value": 2, "parameter": 3, "code": 4}
        crossing = sorted(self.found.values(), key=lambda one: (order[one.how], one.name))
        changed = frozenset[str]().union(*(one.flow.mutates for one in self.second))
        return Handover(
            tuple(crossing),
            tuple(self.pieces[key] for key in sorted(self.pieces)),
            tuple(sorted(self.literals, key=lambda one: one.order)),
            tuple(self.values),
            self.imported,
            changed,
        )

    def _live(self) -> set[str]:
        live = live_after([one.flow for one in [*self.first[-1:], *self.second]])[0] if self.first else frozenset()
        in_magics = {name for one in self.second for magic in one.magics for name in _named_in(magic)}
        return (set(live) | in_magics) & self.bound.keys()

    # ---------------------------------------------------------------- one name

    def _carry(self, name: str, used_by: str) -> None:
        if name in self.found or name not in self.bound or name == "*":
            return
        line = self.bound[name]
        self.found[name] = Crossing(name, "dataset", "")  # in work: two functions may call each other
        crossing = self._as_code(name, line) or self._as_value(name, line)
        if used_by:
            crossing = Crossing(name, crossing.how, f"{crossing.detail}; {used_by} uses it")
        self.found[name] = crossing

    def _as_code(self, name: str, line: _Line) -> Crossing | None:
        """The name as a copy of the statement that makes it, where that gives the same."""
        node = line.node
        certain = name in line.statement.flow.certain_defs
        if line.is_magic or name in self.without:
            return None
        if only_imports(node):
            self._copy(line, is_import=True)
            self._carry_reads(line, name)
            return Crossing(name, "code", "an import, copied")
        if not certain or self.touched[name] != line.order:
            return None
        if isinstance(node, FunctionNode):
            what = "a class" if isinstance(node, ast.ClassDef) else "a function"
            if unstable := self._unstable(line):
                return Crossing(name, "refused", f"{what} whose definition reads `{unstable}`, which changes after it")
            self._copy(line)
            self._carry_reads(line, name)
            return Crossing(name, "code", f"{what}, copied with what it reads")
        value = assigned(node, name)
        if value is None:
            return None
        literal, meaning = is_literal(value)
        if literal:
            self.literals.append(Constant(name, line.order, self._text(line), meaning))
            return Crossing(name, "parameter", "written out in the code, copied to the parameters")
        untouched = self.read_at.get(name, -1) <= line.order
        again = loads_again(value, self.imported)
        if self._unstable(line) or not (again or is_recipe(value, self.imported, untouched=untouched)):
            return None
        if not self._reads_are_copied(line):
            return None
        self._copy(line)
        detail = "loaded again from its dataset" if again else "made of what is written in the code, copied"
        return Crossing(name, "code", detail)

    def _as_value(self, name: str, line: _Line) -> Crossing:
        self.values.append(name)
        value = None if line.is_magic else assigned(line.node, name)
        calls = [] if line.is_magic else self._calls_on(name)
        how, detail = forecast(value, calls, self.imported)
        return Crossing(name, how, f"{detail} ({line.cell.cell.place})")

    def _unstable(self, line: _Line) -> str | None:
        """A name that the statement reads at once, and that is bound anew or changed between it and the cut."""
        at_once = [read.name for read in line.statement.flow.reads if not read.deferred]
        imports = self.imported
        changed = (name for name in at_once if self.touched.get(name, -1) > line.order and name not in imports)
        return next(changed, None)

    def _reads_are_copied(self, line: _Line) -> bool:
        """Carry all that a statement reads, if all of that can be copied as well; else carry nothing."""
        before = dict(self.found), dict(self.pieces), list(self.literals), list(self.values)
        reads = sorted(line.statement.flow.read_names & self.bound.keys())
        for name in reads:
            self._carry(name, "")
            if self.found[name].how not in ("code", "parameter"):
                self.found, self.pieces, self.literals, self.values = before
                return False
        return True

    def _carry_reads(self, line: _Line, of: str) -> None:
        for name in sorted(line.statement.flow.read_names):
            self._carry(name, f"`{of}`")

    def _calls_on(self, name: str) -> list[str]:
        """The methods that the first part calls on a name as statements of their own: `model.fit(…)` gives fit."""
        found = []
        for line in self.lines:
            match line.node:
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=root), attr=method))) if root == name:
                    found.append(method)
        return found

    # ---------------------------------------------------------------- what has no name

    def _unseen_names(self) -> None:
        """Star imports and `%run` come along when the second part reads names that nothing else binds."""
        defined = AMBIENT | self.bound.keys()
        unknown: set[str] = set()
        for one in self.second:
            unknown |= {read.name for read in one.reads if read.certain and read.name not in defined}
            defined = defined | one.defs
        for piece in list(self.pieces.values()):
            unknown |= self.lines[piece.order].statement.flow.read_names - AMBIENT - self.bound.keys()
        if not unknown:
            return
        reads = ", ".join(f"`{name}`" for name in sorted(unknown)[:3])
        for line in self.lines:
            if "*" in line.statement.flow.defs:
                self._copy(line, is_import=True)
                self.found["*"] = Crossing("*", "code", f"a star import, copied because it may bind {reads}")
        for one in self.first:
            for magic in one.magics:
                if magic.kind == "line" and magic.name in _NAMING_MAGICS:
                    self._copy_magic(one, magic)
                    shown = f"%{magic.name} {magic.text}".strip()
                    self.found[shown] = Crossing(shown, "code", f"a magic, copied because it may bind {reads}")

    def _setting(self, line: _Line) -> None:
        """Statements that set something up for the whole process: display options, warnings, seeds, search paths."""
        if setting_target(line.node) not in self.imported or line.statement.flow.defs:
            return
        if self._reads_are_copied(line):
            self._copy(line, is_setting=True)

    def _setting_magic(self, one: CellFlow, magic: Magic) -> None:
        if magic.kind == "line" and magic.name in _SETTING_MAGICS and magic.target is None:
            self._copy_magic(one, magic)

    # ---------------------------------------------------------------- copies

    def _copy(self, line: _Line, *, is_import: bool = False, is_setting: bool = False) -> None:
        flow = line.statement.flow
        own = isinstance(line.node, FunctionNode)
        piece = Piece(line.order, self._text(line), flow.defs, flow.read_names, is_import, is_setting, own)
        self.pieces.setdefault(line.order, piece)

    def _copy_magic(self, one: CellFlow, magic: Magic) -> None:
        """A line magic stands as `pass` among the statements."""
        for line in self.lines:
            if line.cell is one and line.statement.flow.line == magic.line:
                text = f"%{magic.name} {magic.text}".strip()
                self.pieces[line.order] = Piece(line.order, text, is_setting=True)

    def _text(self, line: _Line) -> str:
        """The lines of a statement as written, with the comments above a definition; unparsed where it shares them."""
        lines = line.cell.source.code.split("\n")
        start, end = first_line(line.node), line.node.end_lineno or line.node.lineno
        shares = any(
            other is not line
            and other.cell is line.cell
            and first_line(other.node) <= end
            and start <= (other.node.end_lineno or 0)
            for other in self.lines[max(line.order - 1, 0) : line.order + 2]
        )
        if shares:
            return ast.unparse(line.node)
        if isinstance(line.node, FunctionNode):
            while start > 1 and lines[start - 2].startswith("#") and not lines[start - 2].startswith("# %%"):
                start -= 1
        return "\n".join(lines[start - 1 : end]).rstrip()


def _named_in(magic: Magic) -> Iterator[str]:
    """The names that a magic may read; what a shell reads stands in braces or after a dollar."""
    pattern = _IN_SHELL if magic.kind == "shell" or magic.name in ("bash", "sh", "script") else _WORD
    for text in (magic.text, magic.body or ""):
        yield from pattern.findall(text)
