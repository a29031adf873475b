"""What one top-level statement, or one cell, binds, reads and changes.

Scopes inside functions are resolved by the compiler's own symbol tables; the order of reads and bindings
within a statement by walking its syntax tree in the order of evaluation (`mlnb.dataflow.walk`).

    total = total + sum(x * k for x in xs)      defs: total      reads: total sum xs k
    for i in range(3): last = i                 defs: i last     reads: range
    def f(a): return a * k                      defs: f          reads: k (deferred: when f is called)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Read:
    """A module-level name that is read. `line` counts from 1, `column` from 0.

    `deferred`: only when a function defined here is called, or a generator is consumed.
    `certain`: nothing earlier in the same statement or cell can have bound the name.
    """

    name: str
    line: int
    column: int
    deferred: bool = False
    certain: bool = True


@dataclass(frozen=True)
class Binding:
    """A module-level name that is bound. `certain`: on every path through the statement."""

    name: str
    line: int
    kind: str
    certain: bool = True


@dataclass(frozen=True)
class Flow:
    """Bindings and reads of a statement or of several in a row.

    `writes_global` are names that functions defined here bind by a `global` declaration;
    `captures` are names that such functions, and generators not yet consumed, read later.
    """

    line: int
    end_line: int
    bindings: tuple[Binding, ...] = ()
    reads: tuple[Read, ...] = ()
    mutates: frozenset[str] = frozenset()
    deletes: frozenset[str] = frozenset()
    writes_global: frozenset[str] = frozenset()
    captures: frozenset[str] = frozenset()

    @property
    def defs(self) -> frozenset[str]:
        """Names that may be bound."""
        return frozenset(binding.name for binding in self.bindings)

    @property
    def certain_defs(self) -> frozenset[str]:
        """Names that are bound on every path."""
        return frozenset(binding.name for binding in self.bindings if binding.certain)

    @property
    def read_names(self) -> frozenset[str]:
        """Names that may be read before they are bound here, now or when a function is called."""
        return frozenset(read.name for read in self.reads)


def in_sequence(flows: Iterable[Flow]) -> Flow:
    """The flow of statements that run one after the other."""
    parts = tuple(flows)
    surely: set[str] = set()
    perhaps: set[str] = set()
    reads: list[Read] = []
    bindings: dict[str, Binding] = {}
    mutates: set[str] = set()
    deletes: set[str] = set()
    for part in parts:
        for read in part.reads:
            if read.name not in surely:
                certain = read.certain and read.name not in perhaps
                reads.append(Read(read.name, read.line, read.column, read.deferred, certain))
        for name in part.deletes:
            surely.discard(name)
            perhaps.discard(name)
            bindings.pop(name, None)
        for binding in part.bindings:
            known = bindings.get(binding.name)
            if known is None or (binding.certain and not known.certain):
                bindings[binding.name] = Binding(
                    binding.name, known.line if known else binding.line, binding.kind, binding.certain
                )
        surely |= part.certain_defs
        perhaps |= part.defs
        mutates |= part.mutates
        deletes = (deletes - part.defs) | part.deletes
    return Flow(
        line=parts[0].line if parts else 1,
        end_line=parts[-1].end_line if parts else 1,
        bindings=tuple(bindings.values()),
        reads=tuple(reads),
        mutates=frozenset(mutates),
        deletes=frozenset(deletes),
        writes_global=frozenset[str]().union(*(part.writes_global for part in parts)),
        captures=frozenset[str]().union(*(part.captures for part in parts)),
    )


def first_line(statement: ast.stmt) -> int:
    """The line where a statement starts: that of its first decorator, if it has one."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])
