"""The declared parameters of a notebook, read from its parameters cell by AST, never by running it."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mlnb.errors import BadArgument, BrokenNotebook, did_you_mean
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.syntax import parse

ParameterType = Literal["int", "float", "bool", "str", "dataset", "json"]

_ANNOTATED: dict[str, ParameterType] = {
    "int": "int",
    "float": "float",
    "bool": "bool",
    "str": "str",
    "list": "json",
    "dict": "json",
}
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "dataset": "a dataset",
    "json": "a JSON value",
}


@dataclass(frozen=True)
class Parameter:
    """A name that a run may set. `default` is a literal; `help` is the comment on its line."""

    name: str
    type: ParameterType
    default: Any
    help: str
    cell: int
    optional: bool


def parameters_cell(notebook: Notebook) -> Cell | None:
    """The cell tagged `parameters`; cleaners strip tags, so a first line `# parameters` counts as well."""
    for cell in notebook.code_cells:
        if "parameters" in cell.tags:
            return cell
    for cell in notebook.code_cells:
        first = cell.source.lstrip().splitlines()[:1]
        if first and first[0].strip().lower().rstrip(":.") in ("# parameters", "#parameters", "# %% parameters"):
            return cell
    return None


def declared(notebook: Notebook) -> tuple[Parameter, ...]:
    """The parameters a notebook declares, in order. Raises `BrokenNotebook` on a cell that is not Python."""
    cell = parameters_cell(notebook)
    if cell is None:
        return ()
    try:
        tree = parse(cell.source)
    except (SyntaxError, ValueError) as error:
        raise BrokenNotebook(
            f"{notebook.path} {cell.place}: the parameters cell is not valid Python: {error}"
        ) from None
    comments = _comments(cell.source)
    found: dict[str, Parameter] = {}
    for statement in tree.body:
        for name, value, annotation in _assigned(statement):
            try:
                default = ast.literal_eval(value)
                json.dumps(default, allow_nan=True)
            except (ValueError, TypeError):
                continue  # computed from other values: an ordinary variable, not a parameter
            type_, optional = _type(annotation, default)
            found[name] = Parameter(
                name=name,
                type=type_,
                default=default,
                help=comments.get(statement.end_lineno or statement.lineno, ""),
                cell=cell.index,
                optional=optional or default is None,
            )
    return tuple(found.values())


def _assigned(statement: ast.stmt) -> list[tuple[str, ast.expr, ast.expr | None]]:
    match statement:
        case ast.Assign(targets=targets, value=value):
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            return [(name, value, None) for name in names]
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value) if value is not None:
            return [(name, value, annotation)]
    return []


def _type(annotation: ast.expr | None, default: Any) -> tuple[ParameterType, bool]:
    """The type from the annotation, else from the default; and whether None is allowed."""
    optional = False
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        sides = [annotation.left, annotation.right]
        rest = [side for side in sides if not (isinstance(side, ast.Constant) and side.value is None)]
        optional = len(rest) == 1
        annotation = rest[0] if len(rest) == 1 else None
    if isinstance(annotation, ast.Subscript):
        annotation = annotation.value
    if isinstance(annotation, ast.Name) and annotation.id in _ANNOTATED:
        return _ANNOTATED[annotation.id], optional
    match default:
        case bool():
            return "bool", optional
        case int():
            return "int", optional
        case float():
            return "float", optional
        case str():
            return "str", optional
    return "json", optional


def _comments(source: str) -> dict[int, str]:
    """The comment on each line, by line number."""
    found: dict[int, str] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string.lstrip("# ").strip()
    except (tokenize.TokenError, IndentationError):
        return found
    return found


def check_arguments(parameters: tuple[Parameter, ...], arguments: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the arguments with the declared types. Raises `BadArgument` on an unknown name or a wrong type."""
    by_name = {parameter.name: parameter for parameter in parameters}
    checked: dict[str, Any] = {}
    for name, value in arguments.items():
        if name not in by_name:
            if not by_name:
                raise BadArgument(f"{where} declares no parameters: tag the cell that assigns them “parameters”")
            hint = did_you_mean(name, by_name) or f"; it declares {', '.join(by_name)}"
            raise BadArgument(f"{where} has no parameter “{name}”{hint}")
        checked[name] = _checked(by_name[name], value, where)
    return checked


def from_text(parameter: Parameter, text: str, where: str) -> Any:
    """Read an argument from the command line by the parameter's declared type. Raises `BadArgument`."""
    if parameter.optional and text in ("None", "null"):
        return None
    if parameter.type in ("str", "dataset"):
        return text
    try:
        value = json.loads(text.lower() if text.lower() in ("true", "false") else text)
    except ValueError:
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            raise BadArgument(_wrong(parameter, text, where)) from None
    return _checked(parameter, value, where)


def _checked(parameter: Parameter, value: Any, where: str) -> Any:
    if value is None and parameter.optional:
        return None
    match parameter.type, value:
        case ("bool", bool()) | ("str" | "dataset", str()):
            return value
        case "int", int() if not isinstance(value, bool):
            return value
        case "float", int() | float() if not isinstance(value, bool):
            return float(value)
        case "json", _:
            if ast.literal_eval(repr(value)) != value:
                raise BadArgument(_wrong(parameter, value, where))
            return value
    raise BadArgument(_wrong(parameter, value, where))


def _wrong(parameter: Parameter, value: object, where: str) -> str:
    return f"{where}: parameter {parameter.name} is {_WORDS[parameter.type]}, not {value!r}"
