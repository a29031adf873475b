"""Write the modules of a package from its plan; statements, comments and strings stay as the author wrote them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

import libcst as cst

from mlnb.notebook.parameters import Parameter
from mlnb.promote.plan import PipelinePlan
from mlnb.promote.reading import Unit
from mlnb.promote.rewrite import Rewritten, rewrite
from mlnb.promote.steps import Step


def steps_module(plan: PipelinePlan) -> str:
    """`steps.py`: the imports, constants and functions of the notebook, then one function per section."""
    rewritten = rewrite(plan)
    used = {name for unit in plan.code for name in unit.flow.read_names | unit.flow.captures}
    futures = [unit for unit in plan.imports if plan.roles.role(unit) == "future"]
    others = [unit for unit in plan.imports if plan.roles.role(unit) == "import"]
    lines = [f'"""The steps of {plan.name}: one function per section of {plan.notebook.path.name}."""', ""]
    lines += [ast.unparse(unit.node) for unit in futures]
    if rewritten.partial and not any("functools" in unit.flow.defs for unit in others):
        lines.append("import functools")
    for unit in others:
        lines += [line.comment.value if line.comment else "" for line in unit.comments]
        unused = unit.flow.defs - used
        lines.append(ast.unparse(unit.node) + ("  # noqa: F401" if unused else ""))
    if _annotates(plan):
        lines += ["", f"from {plan.package}.io import Store"]
    module = cst.parse_module("\n".join(lines) + "\n")
    functions = [_function(plan, step, rewritten) for step in plan.steps]
    body = [*module.body, *_statements(plan.definitions, rewritten), *functions]
    return module.with_changes(body=body, default_indent="    ").code


def _annotates(plan: PipelinePlan) -> bool:
    """Whether steps say that they take a `Store`: not where the notebook uses that name itself."""
    taken = any("Store" in unit.flow.defs | unit.flow.read_names for unit in plan.reading.units)
    return any(step.uses_store for step in plan.steps) and not taken


def _function(plan: PipelinePlan, step: Step, rewritten: Rewritten) -> cst.FunctionDef:
    header = f"def {step.name}({', '.join(_signature(plan, step))}):\n    pass\n"
    function = cst.parse_module(header).body[0]
    assert isinstance(function, cst.FunctionDef)
    body: list[cst.BaseStatement] = [_docstring(plan, step)]
    body += _statements(step.units, rewritten)
    closing = [line for line in step.closing if line.comment]
    if step.gives:
        last = cst.SimpleStatementLine([cst.Return(cst.parse_expression(", ".join(step.gives)))], closing)
        return function.with_changes(body=cst.IndentedBlock(body=[*body, last]))
    return function.with_changes(body=cst.IndentedBlock(body=body, footer=closing))


def _signature(plan: PipelinePlan, step: Step) -> list[str]:
    arguments = list(step.takes)
    if step.uses_store:
        arguments.append(f"{plan.store}: Store" if _annotates(plan) else plan.store)
    if step.parameters:
        types = {parameter.name: annotation(parameter) for parameter in plan.parameters}
        arguments += ["*", *(f"{name}: {types[name]}" for name in step.parameters)]
    return arguments


def annotation(parameter: Parameter) -> str:
    """The type of a parameter as Python writes it."""
    kind = {"dataset": "str", "json": type(parameter.default).__name__}.get(parameter.type, parameter.type)
    if parameter.default is None and parameter.type == "json":
        return "object"
    return f"{kind} | None" if parameter.optional else kind


def _docstring(plan: PipelinePlan, step: Step) -> cst.BaseStatement:
    numbers = [str(index + 1) for index in step.cells]
    cells = f"cell{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
    title = step.title.replace("\\", "\\\\").replace('"', "'").rstrip(".!?:; ")
    return cst.parse_statement(f'"""{title}. [{cells}]"""\n')


def _statements(units: Sequence[Unit], rewritten: Rewritten) -> list[cst.BaseStatement]:
    """The statements with the comments above them; a blank line where a new cell begins."""
    found: list[cst.BaseStatement] = []
    for number, group in enumerate(_lines(units)):
        placed = rewritten.statement(group[0])
        leading = [line for unit in group for line in unit.comments]
        new_cell = number > 0 and group[0].cell is not units[units.index(group[0]) - 1].cell
        if number == 0:
            leading = [line for line in leading if line.comment]
        if new_cell and not (leading and leading[0].comment is None):
            leading.insert(0, cst.EmptyLine(indent=False))
        if isinstance(placed, cst.SimpleStatementLine):
            kept = [placed.body[unit.small].with_changes(semicolon=cst.MaybeSentinel.DEFAULT) for unit in group]
            found.append(placed.with_changes(body=kept, leading_lines=leading))
        else:
            found.append(placed.with_changes(leading_lines=leading))
    return found


def _lines(units: Iterable[Unit]) -> list[list[Unit]]:
    """Statements that stand on one line together."""
    found: list[list[Unit]] = []
    for unit in units:
        if found and found[-1][0].cell is unit.cell and found[-1][0].row == unit.row:
            found[-1].append(unit)
        else:
            found.append([unit])
    return found


def pipeline_module(plan: PipelinePlan) -> str:
    """`pipeline.py`: the steps in their order, each with what it takes and gives."""
    crossing = {name for step in plan.steps for name in (*step.takes, *step.gives)}
    wanted = (("steps", "pipeline_steps"), ("params", "pipeline_params"), ("io", "store", "pipeline_store"))
    steps, params, store = (next(name for name in names if name not in crossing) for names in wanted)
    lines = [
        f'"""{plan.name}: what {plan.notebook.path.name} does, step by step."""',
        "",
        f"from {plan.package} import steps" + (f" as {steps}" if steps != "steps" else ""),
        f"from {plan.package}.io import Store",
        f"from {plan.package}.params import Params",
        "",
        "",
        f"def run({params}: Params, {store}: Store) -> None:",
        f'    """Run all steps; data comes from `{store}`, and what they make goes there."""',
    ]
    for step in plan.steps:
        arguments = [*step.takes, *([store] if step.uses_store else [])]
        arguments += [f"{name}={params}.{name}" for name in step.parameters]
        call = f"{steps}.{step.name}({', '.join(arguments)})"
        lines.append(f"    {', '.join(step.gives)} = {call}" if step.gives else f"    {call}")
    return "\n".join(lines) + "\n"
