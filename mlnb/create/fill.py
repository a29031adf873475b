"""A template and its variables make a notebook."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import date as Date

from mlnb.create.templates import Template, Variable
from mlnb.errors import BadArgument, BadTemplate, did_you_mean
from mlnb.notebook import document
from mlnb.notebook.source import to_python
from mlnb.notebook.syntax import parse

_PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>\w+)(?P<literal>!r)?\s*\}\}")
NO_DATASET = "name-your-dataset"
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_READERS: dict[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda text: _TRUTHS[text.lower()],
    "date": lambda text: Date.fromisoformat(text).isoformat(),
}


def values(template: Template, given: Mapping[str, str]) -> dict[str, object]:
    """The template's own variables with the values given, or their defaults.

    Raises `BadArgument` on an unknown variable, a missing one, or a value that will not do.
    """
    known = {variable.name: variable for variable in template.variables}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f"; it has {', '.join(known) or 'none'}"
            raise BadArgument(f"the template {template.name} has no variable “{name}”{hint}")
    return {name: _value(template, variable, given.get(name)) for name, variable in known.items()}


def _value(template: Template, variable: Variable, text: str | None) -> object:
    text = variable.default if text is None or not text.strip() else text.strip()
    if text is None:
        raise BadArgument(f"the template {template.name} needs a value for “{variable.name}”: {variable.prompt}")
    if variable.choices and text not in variable.choices:
        raise BadArgument(f"“{variable.name}” is one of {', '.join(variable.choices)}, not “{text}”")
    try:
        return _READERS[variable.type](text)
    except (ValueError, KeyError):
        what = {"date": "a date such as 2025-03-14", "bool": "true or false"}.get(variable.type, variable.type)
        raise BadArgument(f"“{variable.name}” is to be {what}, not “{text}”") from None


def fill(template: Template, variables: Mapping[str, object]) -> document.Tree:
    """The template as a notebook: `{{name}}` replaced by the value, `{{name!r}}` by its Python literal.

    Raises `BadTemplate` on a placeholder that nothing is known of, and on code that is no Python afterwards.
    """
    if template.problem:
        raise BadTemplate(template.problem)
    tree = document.read_tree(template.path)

    def value(found: re.Match[str]) -> str:
        if found["name"] not in variables:
            hint = did_you_mean(found["name"], variables) or f"; known are {', '.join(variables)}"
            raise BadTemplate(f"{template.path} holds the placeholder {found[0]}{hint}")
        filled = variables[found["name"]]
        return repr(filled) if found["literal"] else str(filled)

    for cell in tree["cells"]:
        cell["source"] = _PLACEHOLDER.sub(value, cell["source"])
        cell["id"] = secrets.token_hex(4)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    tree["nbformat"], tree["nbformat_minor"] = 4, 5  # cells have ids
    _check_code(template, document.from_node(template.path, tree))
    return tree


def _check_code(template: Template, notebook: document.Notebook) -> None:
    if not notebook.is_python:
        return
    for cell in notebook.code_cells:
        try:
            parse(to_python(cell.source).code)
        except SyntaxError as error:
            place = f"{cell.place}, line {error.lineno or 1}"
            raise BadTemplate(f"{template.path} will not do: {place} is not Python: {error.msg}") from None
        except (ValueError, RecursionError, MemoryError):
            raise BadTemplate(f"{template.path} will not do: {cell.place} is not Python") from None
