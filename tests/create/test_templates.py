"""Own templates: found, described, asked for their variables, and refused in one sentence when they are broken."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mlnb import api
from mlnb import project as projects
from mlnb.errors import BadArgument, BadSettings, BadTemplate, MlnbError, NotFound
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

HEADER = "# {{title}}\n*{{kind}} · {{number}}*  **From:** {{parent_link}}  **Next:** —\n\n## Hypothesis"


def put(folder: Path, name: str, *code: str, told: dict[str, Any] | None = None, header: str = HEADER) -> Path:
    """Write a template."""
    folder.mkdir(parents=True, exist_ok=True)
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "metadata": {}, "source": header}]
    cells += [
        {"cell_type": "code", "metadata": {}, "source": text, "outputs": [{"output_type": "x"}], "execution_count": 3}
        for text in code
    ]
    metadata = {"mlnb": {"template": told}} if told is not None else {}
    (folder / name).write_text(
        json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    return folder / name


SERIES = {
    "kind": "experiment",
    "label": "Time series",
    "variables": {
        "horizon": {"prompt": "Days ahead", "type": "int", "default": 7},
        "region": {"choices": ["north", "south"]},
        "begin": {"type": "date", "default": "2025-01-01"},
    },
}


def test_a_project_template(weather: Project) -> None:
    """Placeholders get values, as text or as Python; outputs and the template's own description are left behind."""
    code = 'DATA: str = "{{dataset}}"\nHORIZON = {{horizon!r}}\nBEGIN = {{begin!r}}', "# {{ region }}\nx = {'a': {1}}"
    put(weather.root / "templates", "series.ipynb", *code, told=SERIES)
    path = api.create(weather, Kind.EXPERIMENT, "Sales", template="series", variables={"region": "north"})
    notebook = document.read(path)
    assert [
        "DATA: str = \"weather_2014-12-31_daily\"\nHORIZON = 7\nBEGIN = '2025-01-01'",
        "# north\nx = {'a': {1}}",
    ] == [cell.source for cell in notebook.code_cells]
    assert [(), ()] == [cell.outputs for cell in notebook.code_cells]
    assert {"id", "kind"} == notebook.metadata["mlnb"].keys()
    assert ["# Sales", "## Hypothesis"] == [
        line for line in notebook.cells[0].source.splitlines() if line.startswith("#")
    ]


def test_listing_and_precedence(weather: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Templates of the project come before those of a package, and these before mlnb's; packages are not imported."""
    package = tmp_path / "site" / "acme_notebooks"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')")
    put(package / "templates", "cleaning.ipynb", told={"description": "acme's"})
    put(package / "templates", "series.ipynb", told=SERIES)
    monkeypatch.syspath_prepend(str(package.parent))
    (weather.root / "mlnb.toml").write_text(
        '[templates]\npackages = ["acme_notebooks"]\n[kinds.experiment]\ntemplate = "series"\n'
    )
    put(weather.root / "templates", "series.ipynb", told={**SERIES, "label": "Ours", "variables": {}})
    own = projects.find(weather.root)
    assert [
        ("exploration", "exploration", "mlnb"),
        ("cleaning", "cleaning", "acme_notebooks"),
        ("experiment", "experiment", "mlnb"),
        ("experiment", "series", "project"),
        ("deployment", "deployment", "mlnb"),
    ] == [(each.kind.value, each.name, each.source) for each in api.templates(own)]
    assert "Ours" == api.template_for_kind(own, Kind.EXPERIMENT).label
    assert "acme_notebooks" not in sys.modules
    assert 1 == len(document.read(api.create(own, Kind.EXPERIMENT, "x")).cells)


VALUES = [
    ({}, "needs a value for “region”"),
    ({"region": "west"}, "“region” is one of north, south, not “west”"),
    ({"region": "north", "horizn": "3"}, "did you mean “horizon”"),
    ({"region": "north", "horizon": "soon"}, "“horizon” is to be int, not “soon”"),
    ({"region": "north", "begin": "14.3.2025"}, "a date such as 2025-03-14"),
]


@pytest.mark.parametrize(("variables", "message"), VALUES)
def test_values(project: Project, variables: dict[str, str], message: str) -> None:
    """A value that is missing, unknown or wrong is named, and nothing is written."""
    put(project.root / "templates", "series.ipynb", told=SERIES)
    with pytest.raises(BadArgument, match=message):
        api.create(project, Kind.EXPERIMENT, "x", template="series", variables=variables)
    assert not list(project.notebooks.glob("*.ipynb"))


BROKEN: list[tuple[str, tuple[str, ...], dict[str, Any] | None, str]] = [
    ("syntax", ("x = 1", "import pandas as\n"), {"kind": "experiment"}, "cell 3, line 1 is not Python"),
    ("filled", ("x = {{title}}",), {"kind": "experiment"}, "is not Python"),
    ("unknown", ("x = '{{titel}}'",), {"kind": "experiment"}, "did you mean “title”"),
    ("key", ("",), {"kind": "experiment", "lable": "x"}, "“lable” in its metadata will not do"),
    ("type", ("",), {"kind": "experiment", "variables": {"a": {"type": "color"}}}, "variables.a.type"),
]


@pytest.mark.parametrize(("name", "code", "told", "message"), BROKEN)
def test_broken_templates(
    project: Project, name: str, code: tuple[str, ...], told: dict[str, Any] | None, message: str
) -> None:
    """A broken template is refused with its place, nothing is written, and the others can be used."""
    put(project.root / "templates", f"experiment-{name}.ipynb", *code, told=told)
    with pytest.raises(BadTemplate, match=message):
        api.create(project, Kind.EXPERIMENT, "two words", template=f"experiment-{name}")
    assert not list(project.notebooks.glob("*.ipynb"))
    assert api.create(project, Kind.EXPERIMENT, "two words").is_file()


def test_templates_that_are_none(project: Project) -> None:
    """What is no notebook, or says no kind, is listed with the reason."""
    put(project.root / "templates", "thing.ipynb")
    (project.root / "templates" / "eda-broken.ipynb").write_text("{")
    problems = {each.name: each.problem for each in api.templates(project) if each.problem}
    assert {"thing", "eda-broken"} == problems.keys()
    assert "says no kind" in str(problems["thing"])
    with pytest.raises(BadTemplate, match="not valid JSON"):
        api.create(project, Kind.EXPLORATION, "x", template="eda-broken")


def test_unknown_template_and_package(project: Project) -> None:
    """An unknown template or package is named with what to do."""
    with pytest.raises(NotFound, match="did you mean “experiment”"):
        api.create(project, Kind.EXPERIMENT, "x", template="experimnt")
    (project.root / "mlnb.toml").write_text('[templates]\npackages = ["no_such_package_xyz"]\n')
    with pytest.raises(BadSettings, match="which is not installed"):
        api.templates(projects.find(project.root))


@pytest.mark.parametrize("folder", ["../elsewhere", "/etc", "C:/x"])
def test_the_folder_lies_inside(project: Project, folder: str) -> None:
    """Templates are read from the project only."""
    (project.root / "mlnb.toml").write_text(f'[templates]\nfolder = "{folder}"\n')
    with pytest.raises(MlnbError, match="inside the project"):
        projects.find(project.root)
