"""Notebooks from templates: named, numbered, filled, and never over another."""

from __future__ import annotations

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from mlnb import api, atomic
from mlnb import project as projects
from mlnb.check.engine import check
from mlnb.create.naming import next_number
from mlnb.create.new import HandedOver
from mlnb.errors import AlreadyExists, BadName, BadSettings, DatasetNotFound, NotFound
from mlnb.notebook import document
from mlnb.notebook.grammar import DEFAULT
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.project import Project


@pytest.mark.parametrize("kind", list(Kind))
def test_a_fresh_notebook_is_valid_and_has_no_finding(weather: Project, kind: Kind) -> None:
    """Every template makes a valid notebook under its final name, with its sections and nothing to complain of."""
    path = api.create(weather, kind, "How often it rains")
    assert f"{KINDS[kind].first_number:03}_{kind}_how-often-it-rains.ipynb" == path.name
    nbformat.validate(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
    text = path.read_text(encoding="utf-8")
    assert "{{" not in text
    assert "weather_2014-12-31_daily" in text
    for section in KINDS[kind].sections:
        assert re.search(rf"#+ {section}", text), section
    assert () == check(weather, path).diagnostics


def test_parent_is_linked(weather: Project) -> None:
    """The header links to the notebook this one builds on, which links back; the metadata of both says so."""
    parent = api.create(weather, Kind.EXPLORATION, "Rain")
    before = parent.read_text(encoding="utf-8").splitlines()
    path = api.create(weather, Kind.EXPERIMENT, "Ridge", parent=parent, dataset="weather@2013")
    notebook = document.read(path)
    assert "**From:** [010_exploration_rain](010_exploration_rain.ipynb)  **Next:** —" in notebook.cells[0].source
    own = dict(notebook.metadata["mlnb"])
    assert 16 == len(own.pop("id"))
    assert {"kind": "experiment", "parent": "notebooks/010_exploration_rain.ipynb"} == own
    assert "weather_2013-12-31_daily" in path.read_text()
    linked = document.read(parent)
    assert "**From:** —  **Next:** [030_experiment_ridge](030_experiment_ridge.ipynb)" in linked.cells[0].source
    assert ["notebooks/030_experiment_ridge.ipynb"] == linked.metadata["mlnb"]["children"]
    second = api.create(weather, Kind.EXPERIMENT, "Lasso", parent=parent)
    assert "(030_experiment_ridge.ipynb), [031_experiment_lasso](" in document.read(parent).cells[0].source
    assert second.is_file()
    after = parent.read_text(encoding="utf-8").splitlines()
    assert {"*exploration"} == {line.split()[0].strip('"') for line in before if line not in after}


def test_a_parent_that_may_not_be_written(weather: Project) -> None:
    """Somebody else's notebook can be built on; it stays as it is."""
    parent = api.create(weather, Kind.EXPLORATION, "Rain")
    before = parent.read_bytes()
    parent.chmod(0o444)
    if os.access(parent, os.W_OK):
        pytest.skip("root may write everything")
    assert api.create(weather, Kind.EXPERIMENT, "Ridge", parent=parent).is_file()
    assert before == parent.read_bytes()


def test_what_is_taken_over(weather: Project) -> None:
    """A finding stands under the first section of the new notebook, with the link to where it comes from."""
    parent = api.create(weather, Kind.EXPLORATION, "Rain")
    handover = HandedOver("Findings", "It rains\nin winter", 4)
    path = api.create(weather, Kind.EXPERIMENT, "Winter", parent=parent, handover=handover)
    notebook = document.read(path)
    text = "\n".join(cell.source for cell in notebook.cells)
    link = "[010_exploration_rain](010_exploration_rain.ipynb)"
    assert f"## Hypothesis\n\nFrom {link}, Findings:\n\n> It rains\n> in winter\n\n> *If I" in text
    expected = {"section": "Findings", "text": "It rains\nin winter", "cell": 4, "dataset": "weather_2014-12-31_daily"}
    assert expected == notebook.metadata["mlnb"]["handover"]


NAMED = [
    ("plain", "notebooks/experiment_ridge.ipynb"),
    ("ccds", "notebooks/3.01-al-ridge.ipynb"),
    ("folder", "notebooks/experiment/030_ridge.ipynb"),
    ("{slug}_{kind}", "notebooks/ridge_experiment.ipynb"),
]


@pytest.mark.parametrize(("pattern", "expected"), NAMED)
def test_patterns(project: Project, monkeypatch: pytest.MonkeyPatch, pattern: str, expected: str) -> None:
    """New notebooks are named as the project wants, and found again by their kind."""
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Ada Lovelace")
    (project.root / "mlnb.toml").write_text(f'[notebooks]\npattern = "{pattern}"\n')
    own = projects.find(project.root)
    path = api.create(own, Kind.EXPERIMENT, "Ridge")
    assert expected == own.relative(path)
    assert [Kind.EXPERIMENT] == [entry.reading.kind for entry in api.notebooks(own)]
    assert () == check(own, path).diagnostics
    with pytest.raises(AlreadyExists):
        api.create(own, Kind.EXPERIMENT, "ridge!", folder=path.parent)


def test_a_number_of_ones_own(project: Project) -> None:
    """A number can be chosen; names that differ in case only are refused."""
    path = api.create(project, Kind.EXPERIMENT, "Ridge", number=77)
    assert "077_experiment_ridge.ipynb" == path.name
    path.rename(path.with_name("077_EXPERIMENT_lasso_x.ipynb"))
    with pytest.raises(AlreadyExists):
        (project.notebooks / "078_Experiment_Tree.ipynb").write_text("{}")
        api.create(project, Kind.EXPERIMENT, "tree", number=78)


def test_scratch(project: Project) -> None:
    """Temporary notebooks need no name, are told apart by their day, and are seen as such."""
    first, second = api.create_scratch(project), api.create_scratch(project)
    assert first != second
    assert {"scratch"} == {path.parent.name for path in (first, second)}
    assert project.is_scratch(first)
    nbformat.validate(nbformat.read(first, as_version=4))  # type: ignore[no-untyped-call]
    assert "error" not in {finding.severity for finding in check(project, first).diagnostics}


REFUSED = [
    ("", BadName, "holds no letter or digit"),
    ("🎉🎉", BadName, "holds no letter or digit"),
    ("experiment", BadName, "only says the kind"),
    ("two\nlines", BadName, "one line"),
    ("red \x1b[31m", BadName, "characters that do not print"),
    ("half \ud800", BadName, "characters that do not print"),
    ("nul\0", BadName, "characters that do not print"),
    ("two\u2028lines", BadName, "characters that do not print"),
    ("turned \u202egpj", BadName, "characters that do not print"),
    ("Ridge", AlreadyExists, "there is notebooks/030_experiment_ridge.ipynb already"),
    ("RIDGE!", AlreadyExists, "there is notebooks/030_experiment_ridge.ipynb already"),
]


@pytest.mark.parametrize(("title", "error", "message"), REFUSED)
def test_refused_titles(project: Project, title: str, error: type[Exception], message: str) -> None:
    """A description that will not do is refused in one sentence, and nothing is written."""
    api.create(project, Kind.EXPERIMENT, "ridge")
    before = sorted(project.root.rglob("*.ipynb"))
    with pytest.raises(error, match=re.escape(message)):
        api.create(project, Kind.EXPERIMENT, title)
    assert before == sorted(project.root.rglob("*.ipynb"))


@pytest.mark.parametrize("title", ["می\u200cخواهم", "全角\u3000空白", "👩\u200d🔬 lab", "non\xa0breaking"])
def test_titles_of_all_scripts(project: Project, title: str) -> None:
    """Joiners and wide spaces are part of how people write."""
    assert title in api.create(project, Kind.EXPERIMENT, title).read_text(encoding="utf-8")


def test_refused_parent_and_dataset(weather: Project) -> None:
    """A parent or dataset that is not there is named."""
    with pytest.raises(NotFound, match="no notebook .* to build on"):
        api.create(weather, Kind.EXPERIMENT, "a", parent=weather.notebooks / "x.ipynb")
    with pytest.raises(DatasetNotFound, match="did you mean “weather”"):
        api.create(weather, Kind.EXPERIMENT, "a", dataset="wether")


NUMBERS = [
    ((), Kind.EXPERIMENT, 30),
    (("030_experiment_a", "031_experiment_b"), Kind.EXPERIMENT, 32),
    (("039_experiment_a",), Kind.EXPERIMENT, 50),
    (("039_experiment_a", "120_experiment_b"), Kind.EXPERIMENT, 121),
    (("030_experiment_a",), Kind.DEPLOYMENT, 40),
]


@pytest.mark.parametrize(("taken", "kind", "number"), NUMBERS)
def test_numbers(taken: tuple[str, ...], kind: Kind, number: int) -> None:
    """Kinds sort in the order of the work; a full ten goes on after the last number of all."""
    assert number == next_number(kind, [Path(f"{stem}.ipynb") for stem in taken], DEFAULT)


def test_eight_at_once_get_eight_numbers(project: Project) -> None:
    """Creating at the same time never gives two notebooks one number, nor loses one."""
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda n: api.create(project, Kind.EXPERIMENT, f"idea {n}"), range(8)))
    assert {f"{n:03}" for n in range(30, 38)} == {path.name[:3] for path in paths}


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    """A file that could not be written whole is not there at all."""
    path = tmp_path / "a.txt"
    with pytest.raises(RuntimeError), atomic.staged(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert [] == list(tmp_path.iterdir())
    atomic.create_text(path, "whole")
    with pytest.raises(FileExistsError):
        atomic.create_text(path, "other")
    assert ["a.txt"] == [file.name for file in tmp_path.iterdir()]
    assert "whole" == path.read_text()


def test_templates_hold_no_outputs() -> None:
    """Templates are source: no outputs, no counts, no metadata of someone's machine."""
    from mlnb.resources import templates_dir

    for path in templates_dir().glob("*.ipynb"):
        tree = json.loads(path.read_text(encoding="utf-8"))
        for cell in tree["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None


@pytest.mark.parametrize("pattern", ["/tmp/elsewhere/*", "../elsewhere/*", "a/../../b/*", "a\\b/*", "c:/x/*", "a\0b/*"])
def test_scratch_stays_in_the_project(tmp_path: Path, pattern: str) -> None:
    """Settings that somebody else wrote make no folder outside."""
    (tmp_path / "p").mkdir()
    (tmp_path / "p/mlnb.toml").write_text(f"scratch = [{json.dumps(pattern)}]")
    with pytest.raises(BadSettings, match="scratch"):
        api.create_scratch(projects.find(tmp_path / "p"))
    assert ["mlnb.toml"] == [path.name for path in (tmp_path / "p").iterdir()]


def test_a_parent_that_is_a_link_stays_one(weather: Project) -> None:
    """What it leads to may lie anywhere, and is not written."""
    target = api.create(weather, Kind.EXPLORATION, "Rain")
    before = target.read_bytes()
    parent = weather.notebooks / "011_exploration_snow.ipynb"
    parent.symlink_to(target)
    child = api.create(weather, Kind.CLEANING, "Days", parent=parent)
    assert parent.is_symlink()
    assert before == target.read_bytes()
    assert "011_exploration_snow" in child.read_text()
