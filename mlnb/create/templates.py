"""Where templates come from: mlnb's four, the project's folder, installed packages.

A template is a notebook with placeholders such as `{{title}}`. What else is known of it stands in its metadata:

    "mlnb": {"template": {"kind": "experiment", "label": "Time series", "description": "…",
                          "variables": {"horizon": {"prompt": "Days ahead", "type": "int", "default": 7}}}}
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mlnb.errors import BadSettings, BrokenNotebook, NotFound, did_you_mean
from mlnb.notebook import document
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.notebook.names import read_leniently
from mlnb.project import Project
from mlnb.resources import templates_dir

VariableType = Literal["str", "int", "float", "bool", "date"]
GROUP = "mlnb.templates"  # the entry points by which installed packages offer templates
_OWN = "mlnb"


@dataclass(frozen=True)
class Variable:
    """A value that a template asks for; without a default it has to be given."""

    name: str
    prompt: str
    type: VariableType = "str"
    default: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """A template of a kind. `problem` says why it cannot be used."""

    name: str
    kind: Kind
    label: str
    description: str
    source: str
    path: Path
    variables: tuple[Variable, ...] = ()
    problem: str | None = None


class _Variable(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prompt: str = ""
    type: VariableType = "str"
    default: str | int | float | bool | None = None
    choices: list[str | int | float] = []


class _Description(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Kind | None = None
    label: str = ""
    description: str = ""
    variables: dict[str, _Variable] = Field(default_factory=dict)


def templates(project: Project) -> list[Template]:
    """All templates, by kind and name; one of the project replaces one of a package, and that one of mlnb.

    Raises `BadSettings` where the settings name a package that is not installed.
    """
    found: dict[tuple[Kind, str], Template] = {}
    for source, folder in _folders(project):
        for path in sorted(folder.glob("*.ipynb")):
            if path.is_file() and not path.name.startswith("."):
                template = _described(project, path, source)
                found[template.kind, template.name] = template
    order = list(Kind)
    return sorted(found.values(), key=lambda each: (order.index(each.kind), each.name != each.kind, each.name))


def template_for(project: Project, kind: Kind, name: str | None = None) -> Template:
    """The template of a kind that is meant: by name, else as the settings say, else the one named like the kind.

    Raises `NotFound` with the closest name.
    """
    own = project.settings.kinds.get(kind.value)
    name = name or (own.template if own else "") or kind.value
    fitting = {each.name: each for each in templates(project) if each.kind is kind}
    if name not in fitting:
        hint = did_you_mean(name, fitting) or f"; there are {', '.join(fitting)}"
        raise NotFound(f"there is no template “{name}” for {kind} notebooks{hint}")
    return fitting[name]


def _folders(project: Project) -> Iterator[tuple[str, Path]]:
    """Sources of templates, the strongest last."""
    yield _OWN, templates_dir()
    named = project.settings.templates.packages
    for package in dict.fromkeys((*_announced(), *named)):
        folder = _package_folder(package)
        if folder is None and package in named:
            raise BadSettings(
                f"setting “templates.packages” names {package}, which is not installed: `pip install {package}`"
            )
        if folder is not None:
            yield package, folder
    yield "project", project.root / project.settings.templates.folder


def _announced() -> Iterator[str]:
    from importlib.metadata import entry_points  # late: only creating needs it

    for entry in entry_points(group=GROUP):
        yield entry.module


def _package_folder(package: str) -> Path | None:
    """The folder of a package, or its subfolder `templates`; found without importing the package."""
    top, _, rest = package.partition(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place, *rest.split(".")) if rest else Path(place)
        inner = folder / "templates"
        return inner if inner.is_dir() else folder if folder.is_dir() else None
    return None


def _described(project: Project, path: Path, source: str) -> Template:
    """What a template says of itself. A template that cannot be read is listed with the reason."""
    reading = read_leniently(f"{path.stem} x", project.names.words)
    guess = reading.kind or Kind.EXPLORATION
    plain = Template(path.stem, guess, path.stem, "", source, path)
    try:
        own = document.read(path).metadata.get("mlnb")
        told = own.get("template", {}) if isinstance(own, dict) else {}
        description = _Description.model_validate(told)
    except (BrokenNotebook, NotFound) as error:
        return _with_problem(plain, str(error))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "template"
        return _with_problem(plain, f"{path.name}: “{key}” in its metadata will not do: {first['msg'].lower()}")
    kind = description.kind or reading.kind
    if kind is None:
        return _with_problem(plain, f"{path.name} says no kind: name it experiment-{path.name}, for example")
    return Template(
        name=path.stem,
        kind=kind,
        label=description.label or (KINDS[kind].label if path.stem == kind else path.stem),
        description=description.description or (KINDS[kind].caption if source == _OWN else ""),
        source=source,
        path=path,
        variables=tuple(
            Variable(
                name=name,
                prompt=one.prompt or name,
                type=one.type,
                default=None if one.default is None else str(one.default),
                choices=tuple(str(choice) for choice in one.choices),
            )
            for name, one in description.variables.items()
        ),
    )


def _with_problem(template: Template, problem: str) -> Template:
    return Template(template.name, template.kind, template.label, "", template.source, template.path, problem=problem)
