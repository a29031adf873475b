"""What a run is given: checked against the notebook's declaration before any kernel starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mlnb.errors import BadArgument, BadName
from mlnb.notebook.document import Notebook
from mlnb.notebook.parameters import Parameter, check_arguments, declared, from_text
from mlnb.records.dataset_name import DatasetName, Reference


def run_parameters(notebook: Notebook) -> tuple[Parameter, ...]:
    """The declared parameters; a text that is a dated dataset name or `name@date` is one of type dataset."""
    return tuple(
        replace(parameter, type="dataset") if parameter.type == "str" and dataset_in(parameter.default) else parameter
        for parameter in declared(notebook)
    )


def dataset_in(value: object) -> str | None:
    """The name of the dataset that a text refers to with a date, or None."""
    if not isinstance(value, str):
        return None
    try:
        return DatasetName.parse(value).name
    except BadName:
        pass
    try:
        reference = Reference.parse(value)
    except BadName:
        return None
    return reference.name if reference.date else None


def typed(parameters: Sequence[Parameter], texts: Sequence[tuple[str, str]], where: str) -> dict[str, Any]:
    """Arguments from the command line by the declared types. Raises `BadArgument`."""
    by_name = {parameter.name: parameter for parameter in parameters}
    arguments: dict[str, Any] = {}
    for name, text in texts:
        if name not in by_name:
            check_arguments(tuple(parameters), {name: text}, where)  # says what is wrong, in one place
        arguments[name] = from_text(by_name[name], text, where)
    return arguments


def checked(parameters: Sequence[Parameter], arguments: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Arguments that came as values, with the declared types. Raises `BadArgument`."""
    return check_arguments(tuple(parameters), arguments, where)


def newest(parameters: Sequence[Parameter], newest_like: Callable[[str], str], where: str) -> dict[str, Any]:
    """For each dataset parameter the newest version like its default, by `newest_like`.

    Raises `BadArgument` when the notebook has no dataset parameter.
    """
    datasets = [parameter for parameter in parameters if parameter.type == "dataset"]
    if not datasets:
        raise BadArgument(f"{where} has no dataset parameter, so there is nothing to make newer")
    return {parameter.name: newest_like(parameter.default) for parameter in datasets}
