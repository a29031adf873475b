"""From a notebook to the plan of its pipeline: what goes where, and what is said about it. Nothing is run."""

from __future__ import annotations

import ast
import keyword
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mlnb.dataflow.graph import analyse
from mlnb.errors import NotPromotable
from mlnb.notebook.document import Notebook
from mlnb.notebook.grammar import DEFAULT, Grammar
from mlnb.notebook.names import slugify
from mlnb.notebook.parameters import Parameter, declared, parameters_cell
from mlnb.promote import magics
from mlnb.promote.reading import Reading, Unit, read
from mlnb.promote.refusals import refuse_all
from mlnb.promote.roles import Roles, assign, imported
from mlnb.promote.steps import Step, steps

_ALWAYS_THERE = {"numpy", "pandas", "pyarrow", "mlnb", "tests"}


@dataclass(frozen=True)
class PipelinePlan:
    """Everything the package is written from.

    `values` are the defaults of the parameters as the author spelt them;
    `left_out` are statements that are not in the pipeline, `notes` what else a reader should know.
    `store` is what steps call the object they load from and save to.
    """

    name: str
    package: str
    title: str
    notebook: Notebook
    reading: Reading
    roles: Roles
    parameters: tuple[Parameter, ...]
    values: Mapping[str, str]
    imports: tuple[Unit, ...]
    definitions: tuple[Unit, ...]
    steps: tuple[Step, ...]
    store: str
    left_out: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def predicts(self) -> bool:
        """Whether the notebook's function `predict` is a function of the package."""
        return any(isinstance(unit.node, ast.FunctionDef) and unit.node.name == "predict" for unit in self.definitions)

    @property
    def code(self) -> tuple[Unit, ...]:
        """The statements that are in the pipeline, imports aside."""
        return (*self.definitions, *(unit for step in self.steps for unit in step.units))


def plan(notebook: Notebook, names: Grammar = DEFAULT) -> PipelinePlan:
    """Plan the pipeline of a notebook. Raises `NotPromotable` naming the cell, the line and what to do."""
    if not notebook.is_python:
        raise NotPromotable(f"{notebook.path.name} is not written in Python")
    reading = read(notebook, analyse(notebook))
    notes = [text for cell, magic in reading.magics if (text := magics.note(cell, magic))]
    refuse_all(reading)
    parameters = declared(notebook)
    roles = assign(reading, tuple(parameter.name for parameter in parameters), parameters_cell(notebook))
    if reading.level is None:
        notes.append("The notebook has no headings of the second level, so there is a single step.")
    made = steps(reading, roles, notes)
    if not made:
        raise NotPromotable(f"{notebook.path.name} has no statements that compute anything")
    definitions = tuple(unit for unit in reading.units if roles.role(unit) in ("constant", "function"))
    kept = (*definitions, *(unit for step in made for unit in step.units))
    notes += _about_functions(roles, definitions) + _about_environment(reading, roles)
    name = names.read(notebook.path).slug or slugify(notebook.path.stem)
    return PipelinePlan(
        name=name,
        package=_package_name(name, {module.split(".")[0] for module in imported(reading.units).values()}),
        title=notebook.title or name,
        notebook=notebook,
        reading=reading,
        roles=roles,
        parameters=parameters,
        values=_values(roles.with_role(reading, "parameter")),
        imports=_imports(reading, roles, kept),
        definitions=definitions,
        steps=made,
        store=_store_name(reading),
        left_out=tuple(f"{unit.place}: `{unit.text}`" for unit in roles.with_role(reading, "shown")),
        notes=tuple(notes),
    )


def _package_name(name: str, imports: Collection[str]) -> str:
    """The name as Python imports it; another one where it would hide a module."""
    package = name.replace("-", "_")
    if not package.isidentifier() or keyword.iskeyword(package):
        return f"pipeline_{package}"
    hides = package in sys.stdlib_module_names or package in imports or package in _ALWAYS_THERE
    return f"{package}_pipeline" if hides else package


def _values(units: tuple[Unit, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for unit in units:
        match unit.node:
            case ast.Assign(targets=targets, value=value):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                found.update(dict.fromkeys(names, _spelt(unit, value)))
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                found[name] = _spelt(unit, value)
    return found


def _spelt(unit: Unit, value: ast.expr) -> str:
    """A value as the author wrote it, if it is on one line."""
    text = ast.get_source_segment(unit.cell.source, value) or ""
    return ast.unparse(value) if "\n" in text or not text else text


def _imports(reading: Reading, roles: Roles, kept: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Imports that something kept uses, each once. One that nothing uses at all may be there for what it does."""
    used = {name for unit in kept for name in unit.flow.read_names | unit.flow.captures}
    anywhere = {name for unit in reading.units for name in unit.flow.read_names}
    found: dict[str, Unit] = {}
    for unit in reading.units:
        role = roles.role(unit)
        if role == "future" or (role == "import" and (unit.flow.defs & used or not unit.flow.defs & anywhere)):
            found.setdefault(ast.unparse(unit.node), unit)
    return tuple(found.values())


def _store_name(reading: Reading) -> str:
    names = {
        name
        for unit in reading.units
        for node in ast.walk(unit.node)
        for name in (getattr(node, "id", None), getattr(node, "arg", None), *unit.flow.defs)
    }
    return next(name for name in ("io", "store", "pipeline_store", "mlnb_store") if name not in names)


def _about_functions(roles: Roles, definitions: tuple[Unit, ...]) -> list[str]:
    found: list[str] = []
    for unit in definitions:
        needs = roles.needs.get(getattr(unit.node, "name", ""), ())
        names = ", ".join("the store" if name.startswith("<") else f"`{name}`" for name in needs)
        if names:
            found.append(
                f"{unit.place}: `{unit.node.name}` reads {names} of the notebook; "  # type: ignore[attr-defined]  # only functions need anything
                "in the pipeline it gets that as a keyword-only argument"
            )
    if not any(getattr(unit.node, "name", "") == "predict" for unit in definitions):
        found.append("There is no function `predict` that can be imported.")
    return found


def _about_environment(reading: Reading, roles: Roles) -> list[str]:
    """Imports come first in a module: an environment variable set before one of them is set after it there."""
    found: list[str] = []
    for number, unit in enumerate(reading.units):
        if "os.environ" in ast.unparse(unit.node) and imported([unit]) == {}:
            late = [other for other in reading.units[number + 1 :] if roles.role(other) == "import"]
            if late:
                order = f"`os.environ` is used before {late[0].place} imports; in the pipeline imports come first"
                found.append(f"{unit.place}: {order}")
    return found
