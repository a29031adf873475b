"""The declared parameters of a notebook, read from its parameters cell by AST, never by running it."""

from __future__ import annotations

import ast
import io
import json
import reprlib
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mlnb.errors import BadArgument, BrokenNotebook, did_you_mean
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.source import to_python
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
    source = to_python(cell.source).code
    try:
        tree = parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BrokenNotebook(
            f"{notebook.path} {cell.place}: the parameters cell is not valid Python: {error}"
        ) from None
    comments = _comments(source)
    found: dict[str, Parameter] = {}
    for statement in tree.body:
        for name, value, annotation in _assigned(statement):
            try:
                default = ast.literal_eval(value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                continue  # computed from other values: an ordinary variable, not a parameter
            if not _survives_json(default):
                continue  # a tuple, say, would come back as a list
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


def _survives_json(value: Any) -> bool:
    """Whether a value is the same after JSON, as UTF-8: what a record and a request can hold."""
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        return bool(text.encode() and json.loads(text) == value and repr(json.loads(text)) == repr(value))
    except (ValueError, TypeError, RecursionError):
        return False


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
    annotation, optional = _without_none(annotation)
    if isinstance(annotation, ast.Subscript):  # list[int] is a list to us
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


def _without_none(annotation: ast.expr | None) -> tuple[ast.expr | None, bool]:
    """`int | None` and `Optional[int]` are an int that may be None."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return left, True
        case ast.BinOp(left=ast.Constant(value=None), op=ast.BitOr(), right=right):
            return right, True
        case ast.Subscript(value=ast.Name(id="Optional") | ast.Attribute(attr="Optional"), slice=inner):
            return inner, True
    return annotation, False


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
    except (ValueError, RecursionError):
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            raise BadArgument(_wrong(parameter, text, where)) from None
    return _checked(parameter, value, where)


def _checked(parameter: Parameter, value: Any, where: str) -> Any:
    if value is None and parameter.optional:
        return None
    if not _survives_json(value):
        raise BadArgument(_wrong(parameter, value, where))
    match parameter.type, value:
        case ("bool", bool()) | ("str" | "dataset", str()):
            return value
        case "int", int() if not isinstance(value, bool):
            return value
        case "float", int() | float() if not isinstance(value, bool):
            try:
                return float(value)
            except OverflowError:
                raise BadArgument(_wrong(parameter, value, where)) from None
        case "json", _ if not isinstance(parameter.default, list | dict) or isinstance(value, type(parameter.default)):
            return value
    raise BadArgument(_wrong(parameter, value, where))


def _wrong(parameter: Parameter, value: object, where: str) -> str:
    expected = _WORDS[parameter.type]
    if parameter.type == "json" and isinstance(parameter.default, list | dict):
        expected = "a list" if isinstance(parameter.default, list) else "an object of names and values"
    shown = reprlib.repr(value)
    return f"{where}: parameter {parameter.name} is {expected}, not {shown}"
