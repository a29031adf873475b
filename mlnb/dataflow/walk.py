"""Walk one module-level statement in the order in which Python evaluates it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from mlnb.dataflow import mutators
from mlnb.dataflow.bindings import Flow
from mlnb.dataflow.names import Names
from mlnb.dataflow.scopes import FunctionNode, free_names

# Calls that use up a generator, or call a function given to them, before they return.
_CONSUMES = mutators.words(
    """
    all any bytes dict frozenset len list max min set sorted sum tuple
    array concat extend fromiter join update DataFrame Series
    agg aggregate apply applymap assign pipe sort sort_values transform
    """
)
_QUERY_NAME = re.compile(r"@([^\W\d]\w*)")


def flow_of(statement: ast.stmt) -> Flow:
    """The bindings and reads of one statement at module level."""
    walk = _Walk()
    walk.visit(statement)
    return walk.flow(statement)


class _Walk(Names, ast.NodeVisitor):
    # ---------------------------------------------------------------- compound statements

    def _block(self, body: Sequence[ast.stmt]) -> bool:
        """Walk statements in order; False when control never reaches their end."""
        for statement in body:
            self.visit(statement)
        return not (body and isinstance(body[-1], ast.Raise | ast.Return | ast.Continue | ast.Break))

    def _branches(self, *branches: Callable[[], bool]) -> None:
        """Alternatives from the same start: what all of them bind is bound, what one binds may be."""
        must, may = set(self.must), set(self.may)
        ends: list[set[str]] = []
        after = set(may)
        for branch in branches:
            self.must, self.may = set(must), set(may)
            if branch():
                ends.append(self.must)
            after |= self.may
        self.must = set[str].intersection(*ends) if ends else must
        self.may = after

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self._branches(lambda: self._block(node.body), lambda: self._block(node.orelse))

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        self._branches(lambda: self._all(node.body), lambda: self._all(node.orelse))

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        self._branches(lambda: self._all(*node.values[1:]), lambda: True)

    def _all(self, *nodes: ast.AST) -> bool:
        for node in nodes:
            self.visit(node)
        return True

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self._branches(lambda: self._block(node.body), lambda: True)
        self._branches(lambda: self._block(node.orelse), lambda: True)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)

        def body() -> bool:
            self.targets([node.target], "loop")
            self._block(node.body)
            return True

        self._branches(body, lambda: True)
        self._branches(lambda: self._block(node.orelse), lambda: True)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self.visit_For(node)

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        swallows = False
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars is not None:
                self.targets([item.optional_vars], "with")
            call = item.context_expr
            swallows |= isinstance(call, ast.Call) and ast.unparse(call.func).endswith(("suppress", "raises"))
        if swallows:
            self._branches(lambda: self._block(node.body), lambda: True)
        else:
            self._block(node.body)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> None:
        self.visit_With(node)

    def visit_Try(self, node: ast.Try | ast.TryStar) -> None:
        def body() -> bool:
            return self._block(node.body) and self._block(node.orelse)

        def handled(handler: ast.ExceptHandler) -> Callable[[], bool]:
            def walk() -> bool:
                # Any statement of the body may have run.
                self.may |= _bound_in(node.body)
                if handler.type is not None:
                    self.visit(handler.type)
                if handler.name:
                    self.bind(handler.name, handler.lineno, "except")
                reaches = self._block(handler.body)
                if handler.name:  # Python unbinds it at the end of the handler
                    self.must.discard(handler.name)
                    self.may.discard(handler.name)
                return reaches

            return walk

        self._branches(body, *(handled(handler) for handler in node.handlers))
        self._block(node.finalbody)

    def visit_TryStar(self, node: ast.TryStar) -> None:
        self.visit_Try(node)

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)

        def taken(case: ast.match_case) -> Callable[[], bool]:
            def walk() -> bool:
                self.visit(case.pattern)
                if case.guard is not None:
                    self.visit(case.guard)
                return self._block(case.body)

            return walk

        catches_all = any(
            isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None
            for case in node.cases
        )
        self._branches(*(taken(case) for case in node.cases), *([] if catches_all else [lambda: True]))

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.generic_visit(node)
        if node.name:
            self.bind(node.name, node.lineno, "match")

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.bind(node.name, node.lineno, "match")

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.bind(node.rest, node.lineno, "match")

    # ---------------------------------------------------------------- scopes inside

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.bind(node.target.id, node.lineno, "walrus")

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        lazy = isinstance(node, ast.GeneratorExp) and id(node) not in self.consumed
        self.visit(node.generators[0].iter)
        self.inner.append(set())
        self.deferred += lazy
        outer, self.kind = self.kind, "comprehension"
        must = set(self.must)
        for number, generator in enumerate(node.generators):
            if number:
                self.visit(generator.iter)
            self.inner[-1] |= {name.id for name in ast.walk(generator.target) if isinstance(name, ast.Name)}
            for condition in generator.ifs:
                self.visit(condition)
        for element in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self.visit(element)
        self.must &= must  # there may be no element at all
        self.kind = outer
        self.deferred -= lazy
        self.inner.pop()

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node)

    def _function(self, node: FunctionNode) -> None:
        free = free_names(node)
        deferred = id(node) not in self.consumed
        for name, (line, column) in free.reads.items():
            self.read(name, line, column, deferred=deferred)
        self.writes_global |= free.writes

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._defaults(node.args)
        self._function(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._all(*node.decorator_list)
        self._defaults(node.args)
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        annotated = [*arguments, *(one for one in (node.args.vararg, node.args.kwarg) if one is not None)]
        self._all(*(one.annotation for one in annotated if one.annotation is not None))
        if node.returns is not None:
            self.visit(node.returns)
        self.bind(node.name, node.lineno, "function")
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def _defaults(self, arguments: ast.arguments) -> None:
        self._all(*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._all(*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords))
        inside = _Walk(in_class=True)
        for statement in node.body:
            inside.visit(statement)
        for read in inside.reads.values():
            self.read(read.name, read.line, read.column, deferred=read.deferred)
        self.mutate(inside.mutates - inside.may)
        self.writes_global |= inside.writes_global
        self.captures |= inside.captures
        self.bind(node.name, node.lineno, "class")

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if function in _CONSUMES:
            self.consumed |= {id(one) for one in arguments if isinstance(one, ast.GeneratorExp | ast.Lambda)}
        self.generic_visit(node)
        self.mutate(mutators.mutated_by(node))
        if function in ("query", "eval"):  # pandas looks `@name` up in the caller's variables
            texts = (one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str))
            for name in (name for text in texts for name in _QUERY_NAME.findall(text)):
                self.read(name, node.lineno, node.col_offset, deferred=False)


def _bound_in(body: Sequence[ast.stmt]) -> set[str]:
    inside = _Walk()
    for statement in body:
        inside.visit(statement)
    return inside.may
