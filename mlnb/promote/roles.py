"""What becomes of each statement: a parameter, an import, a constant, a function of the module, or part of a step."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from mlnb.errors import NotPromotable
from mlnb.notebook.document import Cell
from mlnb.promote import display
from mlnb.promote.lift import lift
from mlnb.promote.reading import Reading, Unit

Role = Literal["parameter", "future", "import", "mlnb", "constant", "function", "step", "shown", "magic"]

# What a notebook calls of mlnb and a pipeline's store has too; `decide` belongs to experiments and is left out.
STORE_METHODS = frozenset({"load", "save", "log_metric", "save_model"})
LEFT_OUT = frozenset({"decide"})


@dataclass(frozen=True)
class Roles:
    """The role of every statement, and the names that follow from it.

    `module` are names that the package's module has: imports, constants, functions and classes.
    `needs` are, for each of its functions, the variables it reads and so gets as keyword-only arguments.
    `mlnb` maps a name to the function of mlnb it stands for, None for mlnb itself.
    `binders` are the statements that bind a name, in order.
    """

    of: Mapping[int, Role]
    module: frozenset[str]
    needs: Mapping[str, tuple[str, ...]]
    mlnb: Mapping[str, str | None]
    parameters: tuple[str, ...]
    binders: Mapping[str, tuple[Unit, ...]]

    def role(self, unit: Unit) -> Role:
        return self.of[id(unit)]

    def with_role(self, reading: Reading, role: Role) -> tuple[Unit, ...]:
        return tuple(unit for unit in reading.units if self.role(unit) == role)


def assign(reading: Reading, parameters: tuple[str, ...], parameters_cell: Cell | None) -> Roles:
    """Give every statement its role. Raises `NotPromotable`."""
    units = reading.units
    roles: dict[int, Role] = {}
    mlnb = _mlnb_names(units)
    for unit in units:
        if parameters_cell is not None and unit.cell is parameters_cell:
            _check_parameters(unit, parameters)
        in_cell = parameters_cell is not None and unit.cell is parameters_cell
        is_parameter = in_cell and bool(unit.flow.defs) and unit.flow.defs <= set(parameters)
        roles[id(unit)] = "parameter" if is_parameter else _at_first_sight(unit, mlnb)
    binders = _binders(units)
    for name in mlnb:
        others = [unit for unit in binders[name] if roles[id(unit)] != "mlnb"]
        if others:
            raise NotPromotable(f"{others[0].place}: `{name}` already stands for mlnb; choose another name")
    _imports(units, roles, binders)
    shown = display.unsaved_plots([unit for unit in units if roles[id(unit)] == "step"], imported(units))
    roles.update(dict.fromkeys(shown, "shown"))
    candidates = [unit for unit in units if roles[id(unit)] == "step"]
    imports = {name for unit in units if roles[id(unit)] == "import" for name in unit.flow.defs}
    lifted = lift(reading, candidates, imports, binders, mlnb.keys())
    roles.update(dict.fromkeys(lifted.functions, "function"))
    roles.update(dict.fromkeys(lifted.constants, "constant"))
    module = frozenset(
        name for unit in units if roles[id(unit)] in ("import", "constant", "function") for name in unit.flow.defs
    )
    return Roles(roles, module, lifted.needs, mlnb, parameters, binders)


def imported(units: Iterable[Unit]) -> dict[str, str]:
    """Each imported name with the module it is or comes from; imports inside functions and branches too."""
    found: dict[str, str] = {}
    for unit in units:
        for node in ast.walk(unit.node):
            for name, target in _import_targets(node):
                found[name] = target.split(":")[0]
    return found


def _check_parameters(unit: Unit, parameters: tuple[str, ...]) -> None:
    """In the cell that declares the parameters nothing may be computed from them."""
    reads, bound = unit.flow.read_names & set(parameters), unit.flow.defs & set(parameters)
    if reads or (bound and not unit.flow.defs <= set(parameters)):
        raise NotPromotable(
            f"{unit.place}: `{unit.text}` is computed from the parameter {min(reads or bound)} in the cell that "
            "declares it, so a run with another value would not compute it anew; move it to a cell below"
        )


def _at_first_sight(unit: Unit, mlnb: Mapping[str, str | None]) -> Role:
    node = unit.node
    if unit.magic is not None:
        return "magic"
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return "future"
    if unit.flow.defs and unit.flow.defs <= mlnb.keys() and isinstance(node, ast.Import | ast.ImportFrom):
        return "mlnb"
    if display.shows_only(node) or _decides(node, mlnb):
        return "shown"
    if isinstance(node, ast.AnnAssign) and node.value is None and isinstance(node.target, ast.Name):
        return "shown"  # `x: int` alone binds nothing in a notebook, but would make `x` local to a function
    if isinstance(node, ast.Pass):
        return "shown"
    return "step"


def _decides(node: ast.stmt, mlnb: Mapping[str, str | None]) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return mlnb.get(name) in LEFT_OUT
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method))):
            return name in mlnb and mlnb[name] is None and method in LEFT_OUT
    return False


def _mlnb_names(units: Iterable[Unit]) -> dict[str, str | None]:
    """The names that mlnb goes by. Raises `NotPromotable` on what a pipeline has no counterpart for."""
    found: dict[str, str | None] = {}
    for unit in units:
        match unit.node:
            case ast.Import(names=names) if any(alias.name.split(".")[0] == "mlnb" for alias in names):
                if len(names) > 1 or names[0].name != "mlnb":
                    raise NotPromotable(f"{unit.place}: write `import mlnb` on a line of its own")
                found[names[0].asname or "mlnb"] = None
            case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "mlnb":
                for alias in names:
                    if module != "mlnb" or alias.name not in STORE_METHODS | LEFT_OUT:
                        raise NotPromotable(f"{unit.place}: a pipeline has no counterpart of mlnb's `{alias.name}`")
                    found[alias.asname or alias.name] = alias.name
    return found


def _binders(units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        for name in unit.flow.defs | unit.flow.deletes:
            found.setdefault(name, []).append(unit)
    return {name: tuple(binders) for name, binders in found.items()}


def _imports(units: tuple[Unit, ...], roles: dict[int, Role], binders: Mapping[str, tuple[Unit, ...]]) -> None:
    """Imports move to the top where every binding of their names is the same import."""
    targets: dict[str, set[str]] = {}
    for unit in units:
        for name, target in _import_targets(unit.node):
            targets.setdefault(name, set()).add(target)
    for unit in units:
        if roles[id(unit)] != "step" or not isinstance(unit.node, ast.Import | ast.ImportFrom):
            continue
        names = unit.flow.defs
        same = all(len(targets[name]) == 1 for name in names)
        only = all(isinstance(other.node, ast.Import | ast.ImportFrom) for name in names for other in binders[name])
        if same and only:
            roles[id(unit)] = "import"


def _import_targets(node: ast.AST) -> list[tuple[str, str]]:
    match node:
        case ast.Import(names=names):
            return [
                (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0], alias.name.split(".")[0])
                for alias in names
            ]
        case ast.ImportFrom(module=module, names=names):
            return [(alias.asname or alias.name, f"{module}:{alias.name}") for alias in names]
    return []
