"""Rewrite the author's statements for the package, and nothing more than must be:

    mlnb.load(DATA)          io.load(DATA)
    predict(raw)             predict(raw, model=model)                        predict reads `model` of the notebook
    frame.apply(label)       frame.apply(functools.update_wrapper(functools.partial(label, k=k), label))

What to rewrite is found in the `ast` tree, where scopes are known; it is done in the `libcst` tree, at the same place.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from mlnb.dataflow.scopes import module_loads
from mlnb.errors import NotPromotable
from mlnb.notebook.source import to_python
from mlnb.promote.lift import STORE
from mlnb.promote.plan import PipelinePlan
from mlnb.promote.reading import Placed, Unit
from mlnb.promote.roles import STORE_METHODS, Roles

Place = tuple[int, int]


@dataclass(frozen=True)
class _Edits:
    """By the place of a name in its cell: what replaces it, or the arguments that its call gets as well."""

    names: Mapping[Place, cst.BaseExpression]
    calls: Mapping[Place, tuple[str, ...]]
    definitions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Rewritten:
    """The statements of all cells, rewritten; `partial` where a function is passed as a value with its arguments."""

    cells: Mapping[int, tuple[Placed, ...]]
    partial: bool

    def statement(self, unit: Unit) -> Placed:
        return self.cells[unit.cell.index][unit.row]


def rewrite(plan: PipelinePlan) -> Rewritten:
    """Rewrite every cell that has code in the pipeline. Raises `NotPromotable`."""
    units: dict[int, list[Unit]] = {}
    for unit in plan.code:
        units.setdefault(unit.cell.index, []).append(unit)
    cells: dict[int, tuple[Placed, ...]] = {}
    partial = False
    for index, of_cell in units.items():
        code = to_python(of_cell[0].cell.source).code
        edits = _edits(of_cell, code.splitlines(), plan.roles, plan.store)
        partial = partial or any(isinstance(one, cst.Call) for one in edits.names.values())
        wrapper = MetadataWrapper(cst.parse_module(code))
        cells[index] = tuple(wrapper.visit(_Rewriter(edits)).body)
    return Rewritten(cells, partial)


def _edits(units: list[Unit], lines: list[str], roles: Roles, store: str) -> _Edits:
    names: dict[Place, cst.BaseExpression] = {}
    calls: dict[Place, tuple[str, ...]] = {}
    wanted = frozenset(roles.mlnb) | frozenset(roles.needs)
    for unit in units:
        parents = {id(child): node for node in ast.walk(unit.node) for child in ast.iter_child_nodes(node)}
        for name in module_loads(unit.node, wanted):
            # ast counts bytes, libcst counts characters
            column = len(lines[name.lineno - 1].encode()[: name.col_offset].decode())
            place = (name.lineno, column)
            parent = parents.get(id(name))
            if name.id in roles.mlnb:
                names[place] = _of_store(unit, name, parent, roles.mlnb[name.id], store)
                continue
            needs = tuple(store if need == STORE else need for need in roles.needs[name.id])
            if isinstance(parent, ast.Call) and parent.func is name:
                calls[place] = needs
            else:
                _check_partial(unit, name, roles)
                names[place] = _bound(name.id, needs)
    definitions = {
        unit.node.name: tuple(store if need == STORE else need for need in roles.needs[unit.node.name])
        for unit in units
        if isinstance(unit.node, ast.FunctionDef | ast.AsyncFunctionDef)
        and roles.role(unit) == "function"
        and unit.node.name in roles.needs
    }
    return _Edits(names, calls, definitions)


def _of_store(
    unit: Unit, name: ast.Name, parent: ast.AST | None, function: str | None, store: str
) -> cst.BaseExpression:
    """What stands in the pipeline for `mlnb`, or for a name imported from it."""
    where = f"{unit.cell.place}, line {name.lineno}"
    if function is not None:
        if function in STORE_METHODS:
            return cst.Attribute(cst.Name(store), cst.Name(function))
        raise NotPromotable(f"{where}: `{name.id}` can only be a statement of its own in a notebook that is promoted")
    if not isinstance(parent, ast.Attribute):
        raise NotPromotable(f"{where}: mlnb itself cannot be passed on; call its functions")
    if parent.attr not in STORE_METHODS:
        raise NotPromotable(f"{where}: a pipeline has no counterpart of `mlnb.{parent.attr}`")
    return cst.Name(store)


def _check_partial(unit: Unit, name: ast.Name, roles: Roles) -> None:
    """A function passed on with its arguments keeps their values: they must not be bound anew."""
    for need in roles.needs[name.id]:
        binders = roles.binders.get(need, ())
        if len(binders) > 1:
            raise NotPromotable(
                f"{unit.cell.place}, line {name.lineno}: `{name.id}` is passed on as a value and reads `{need}`, "
                f"which {binders[-1].place} binds anew; give `{need}` to `{name.id}` as an argument"
            )


def _bound(name: str, needs: tuple[str, ...]) -> cst.Call:
    """The function with its arguments, as a value that keeps its name: code may ask for `__name__`."""
    tools = cst.Name("functools")
    function = cst.Arg(cst.Name(name))
    partial = cst.Call(cst.Attribute(tools, cst.Name("partial")), [function, *_keywords(needs)])
    return cst.Call(cst.Attribute(tools, cst.Name("update_wrapper")), [cst.Arg(partial), function])


def _keywords(names: tuple[str, ...]) -> list[cst.Arg]:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return [cst.Arg(cst.Name(name), keyword=cst.Name(name), equal=equal) for name in names]


class _Rewriter(cst.CSTTransformer):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, edits: _Edits) -> None:
        super().__init__()
        self._edits = edits
        self._depth = 0

    def _place(self, node: cst.CSTNode) -> Place:
        start = self.get_metadata(PositionProvider, node).start
        return start.line, start.column

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        replacement = self._edits.names.get(self._place(original_node))
        return updated_node if replacement is None else replacement.deep_clone()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if not isinstance(original_node.func, cst.Name):
            return updated_node
        needs = self._edits.calls.get(self._place(original_node.func))
        if not needs:
            return updated_node
        return updated_node.with_changes(args=[*map(_closed, updated_node.args), *_keywords(needs)])

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._depth += 1

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        self._depth -= 1
        needs = self._edits.definitions.get(original_node.name.value) if self._depth == 0 else None
        if not needs:
            return updated_node
        old = updated_node.params
        star = old.star_arg if isinstance(old.star_arg, cst.Param | cst.ParamStar) else cst.ParamStar()
        new = [cst.Param(cst.Name(name)) for name in needs]
        params = old.with_changes(star_arg=star, kwonly_params=[*old.kwonly_params, *new])
        return updated_node.with_changes(params=params)


def _closed(argument: cst.Arg) -> cst.Arg:
    """A generator that is the only argument needs its own brackets once there are more."""
    value = argument.value
    if isinstance(value, cst.GeneratorExp) and not value.lpar:
        return argument.with_changes(value=value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()]))
    return argument
