"""The names that simple statements bind, read and change, with two sets carried along.

`must` holds the names bound on every path so far, `may` those bound on some path.
A read of a name in `must` is of no interest outside; a read of any other name is reported,
and is certain when the name is not in `may` either.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from mlnb.dataflow import mutators
from mlnb.dataflow.bindings import Binding, Flow, Read, first_line


class Names(ast.NodeVisitor):
    """What has been seen so far of one statement."""

    def __init__(self, *, in_class: bool = False) -> None:
        self.must: set[str] = set()
        self.may: set[str] = set()
        self.bound: dict[str, tuple[int, str]] = {}
        self.reads: dict[tuple[str, bool], Read] = {}
        self.mutates: set[str] = set()
        self.deleted: set[str] = set()
        self.writes_global: set[str] = set()
        self.captures: set[str] = set()
        self.inner: list[set[str]] = []  # targets of the comprehensions around us
        self.deferred = 0
        self.consumed: set[int] = set()  # ids of generators and lambdas that are used up at once
        self.kind = "assign"
        self.in_class = in_class

    def flow(self, statement: ast.stmt) -> Flow:
        """What was found, after the walk over `statement`."""
        return Flow(
            line=first_line(statement),
            end_line=statement.end_lineno or statement.lineno,
            bindings=tuple(
                Binding(name, line, kind, certain=name in self.must)
                for name, (line, kind) in self.bound.items()
                if name in self.may
            ),
            reads=tuple(self.reads.values()),
            mutates=frozenset(self.mutates),
            deletes=frozenset(self.deleted - self.may),
            writes_global=frozenset(self.writes_global),
            captures=frozenset(self.captures),
        )

    # ---------------------------------------------------------------- names

    def read(self, name: str, line: int, column: int, *, deferred: bool) -> None:
        if any(name in targets for targets in self.inner):
            return
        late = deferred or self.deferred > 0
        if late:
            self.captures.add(name)
        hidden = late and self.in_class  # a method does not see what the class body binds
        if name in self.must and not hidden:
            return
        certain = hidden or name not in self.may
        self.reads.setdefault((name, late), Read(name, line, column, late, certain))

    def bind(self, name: str, line: int, kind: str | None = None) -> None:
        self.bound.setdefault(name, (line, kind or self.kind))
        self.must.add(name)
        self.may.add(name)

    def mutate(self, names: set[str]) -> None:
        self.mutates |= {name for name in names if not any(name in targets for targets in self.inner)}

    def changed(self, target: ast.expr) -> None:
        """`target.attribute = …` and `target[key] = …` change what `target` names."""
        if isinstance(target, ast.Attribute | ast.Subscript) and (name := mutators.root(target)):
            self.mutate({name})

    def visit_Name(self, node: ast.Name) -> None:
        match node.ctx:
            case ast.Load():
                self.read(node.id, node.lineno, node.col_offset, deferred=False)
            case ast.Store():
                if not (self.inner and self.kind == "comprehension"):
                    self.bind(node.id, node.lineno)
            case ast.Del():
                self.read(node.id, node.lineno, node.col_offset, deferred=False)
                self.must.discard(node.id)
                self.may.discard(node.id)
                self.deleted.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.changed(node)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.changed(node)
        self.generic_visit(node)

    # ---------------------------------------------------------------- simple statements

    def targets(self, targets: Sequence[ast.expr], kind: str) -> None:
        outer, self.kind = self.kind, kind
        for target in targets:
            self.visit(target)
        self.kind = outer

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        self.targets(node.targets, "assign")

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, node.target.lineno, node.target.col_offset, deferred=False)
            self.mutate({node.target.id})
        self.visit(node.value)
        self.targets([node.target], "assign")

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self.targets([node.target], "assign")
        elif not isinstance(node.target, ast.Name):
            self.visit(node.target)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.bind(alias.asname or alias.name.split(".")[0], node.lineno, "import")

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self.bind(alias.asname or alias.name, node.lineno, "import")
