"""A notebook as the template makes it runs from top to bottom on real data, and nothing is to be said against it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mlnb import api
from mlnb.check.engine import check
from mlnb.notebook.kinds import Kind
from mlnb.project import Project, find

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "seattle-weather"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the example project with its data registered."""
    folder = tmp_path_factory.mktemp("fresh") / "seattle-weather"
    shutil.copytree(EXAMPLE, folder)
    project = find(folder)
    for file in sorted(project.data.glob("*.csv")):
        api.add_data(project, file)
    return project


@pytest.mark.parametrize("kind", list(Kind))
def test_a_fresh_notebook_runs(example: Project, kind: Kind) -> None:
    """Each kind, created on the newest data from one of the example's notebooks, succeeds and has no finding."""
    parent = example.notebooks / "020_cleaning_weather-days-and-lags.ipynb"
    assert parent.is_file()
    path = api.create(example, kind, "What the template does", parent=parent)
    assert () == check(example, path).diagnostics
    assert () == check(example, parent).diagnostics
    record = api.run(example, path, {})
    assert ("succeeded", ["input"]) == (record.state, [use.role for use in record.datasets if use.role == "input"])
