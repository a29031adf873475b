"""Which functions, classes and constants of a notebook can stand in a module, and what they then need.

A function that reads a variable of the notebook is lifted too: it gets the variable as a keyword-only argument,
and every call passes the value that the variable has at that moment, which is what the notebook's function sees.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mlnb.dataflow.graph import AMBIENT
from mlnb.promote.reading import Reading, Unit

# Stands among a function's needs for whatever the pipeline's store is called.
STORE = "<store>"

Binders = Mapping[str, tuple[Unit, ...]]


@dataclass(frozen=True)
class Lifted:
    """The ids of the statements that become functions or constants; for each function the variables it needs."""

    functions: frozenset[int]
    constants: frozenset[int]
    needs: Mapping[str, tuple[str, ...]]


def lift(
    reading: Reading, candidates: Sequence[Unit], imports: Collection[str], binders: Binders, mlnb: Collection[str]
) -> Lifted:
    """Start from all candidates and take away those that need what a module does not have, until nothing changes."""
    order = {id(unit): number for number, unit in enumerate(reading.units)}
    functions = _functions(candidates, binders)
    constants = _constants(reading, candidates, functions.values(), binders)
    while True:
        module = {*imports, *functions, *constants}
        needs = _needs(functions, module, binders, mlnb)
        refused = [name for name, unit in functions.items() if not _liftable(unit, needs, module, binders, order)]
        refused += [name for name, unit in constants.items() if not _is_constant(unit, constants, binders)]
        if not refused:
            break
        for name in refused:
            functions.pop(name, None)
            constants.pop(name, None)
    return Lifted(
        functions=frozenset(id(unit) for unit in functions.values()),
        constants=frozenset(id(unit) for unit in constants.values()),
        needs={name: names for name, names in needs.items() if names},
    )


def _functions(candidates: Iterable[Unit], binders: Binders) -> dict[str, Unit]:
    return {
        unit.node.name: unit
        for unit in candidates
        if isinstance(unit.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and len(binders[unit.node.name]) == 1
    }


def _constants(
    reading: Reading, candidates: Iterable[Unit], functions: Iterable[Unit], binders: Binders
) -> dict[str, Unit]:
    """Names bound once to a value written out in full, that a function reads or that stand before the first section."""
    captured = {name for unit in functions for name in unit.flow.read_names}
    mutated = {name for unit in reading.units for name in unit.flow.mutates}
    preamble = {id(unit) for section in reading.sections if section.title is None for unit in section.units}
    found: dict[str, Unit] = {}
    for unit in candidates:
        name = _constant_name(unit.node)
        if name is None or len(binders[name]) > 1 or name in mutated:
            continue
        if name in captured or (id(unit) in preamble and reading.level is not None):
            found[name] = unit
    return found


def _is_constant(unit: Unit, constants: Collection[str], binders: Binders) -> bool:
    return all(name in constants or (name in AMBIENT and name not in binders) for name in unit.flow.read_names)


def _constant_name(node: ast.stmt) -> str | None:
    """The name that a statement binds to a value written out in full."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name if _is_written_out(value) else None
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            return name if _is_written_out(value) else None
    return None


def _is_written_out(value: ast.expr) -> bool:
    allowed = (
        ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.Name, ast.Starred,
        ast.operator, ast.unaryop, ast.expr_context,
    )  # fmt: skip
    return all(isinstance(node, allowed) for node in ast.walk(value)) and not isinstance(value, ast.Name)


def _needs(
    functions: Mapping[str, Unit], module: Collection[str], binders: Binders, mlnb: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The variables each function reads, itself or through the functions it uses. mlnb counts as one: the store."""

    def own(unit: Unit) -> list[str]:
        names = dict.fromkeys(read.name for read in unit.flow.reads)
        return [STORE if name in mlnb else name for name in names if name not in module and (name in binders)]

    found = {name: dict.fromkeys(own(unit)) for name, unit in functions.items()}
    changed = True
    while changed:
        changed = False
        for name, unit in functions.items():
            for used in unit.flow.read_names & functions.keys():
                new = [need for need in found[used] if need not in found[name]]
                found[name].update(dict.fromkeys(new))
                changed = changed or bool(new)
    return {name: tuple(names) for name, names in found.items()}


def _liftable(
    unit: Unit,
    needs: Mapping[str, tuple[str, ...]],
    module: Collection[str],
    binders: Binders,
    order: Mapping[int, int],
) -> bool:
    """Whether a definition means the same at module level, with what it needs as extra arguments."""
    node = unit.node
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    at_once = {read.name for read in unit.flow.reads if not read.deferred}
    for name in at_once:
        if name not in module:
            if name in binders:
                return False
        elif needs.get(name) or any(order[id(other)] > order[id(unit)] for other in binders[name]):
            return False  # a default or decorator that needs a variable, or comes later
    mine = needs[node.name]
    if isinstance(node, ast.ClassDef):
        return not mine
    arguments = node.args
    if any(isinstance(part, ast.Call) for default in _defaults(arguments) for part in ast.walk(default)):
        return False  # the moment of the call matters: it may draw a random number or read a clock
    if not mine:
        return True
    if node.decorator_list:
        return False  # the decorator sees the signature
    rebound = any(len(binders.get(name, ())) > 1 for name in mine)
    return not (rebound and _runs_later(node))


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]


def _runs_later(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether part of the body may run after the call has returned, when variables may have changed."""
    later = (ast.Yield, ast.YieldFrom, ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.GeneratorExp)
    inside = (part for statement in node.body for part in ast.walk(statement))
    return isinstance(node, ast.AsyncFunctionDef) or any(isinstance(part, later) for part in inside)
