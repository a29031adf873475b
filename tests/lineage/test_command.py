"""`mlnb lineage` as people type it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mlnb.project import Project
from tests import percent
from tests.cli.terminal import Type

HEADER = "# %% [markdown]\n# # A\n# **From:** {}  **Next:** —\n# %%\nimport mlnb\nmlnb.load({!r})"


@pytest.fixture
def family(weather: Project) -> Project:
    """Data, two notebooks that came of it, one that came of both, and one by itself."""
    notebooks = {
        "010_exploration_look": ("—", "weather@2013"),
        "011_exploration_see": ("—", "weather@2013"),
        "030_experiment_ridge": ("[a](010_exploration_look.ipynb), [b](011_exploration_see.ipynb)", "weather@2014"),
        "031_experiment_lasso": ("[c](030_experiment_ridge.ipynb)", "weather@2014"),
        "050_exploration_alone": ("—", ""),
    }
    for name, (came, data) in notebooks.items():
        percent.write(weather.notebooks / f"{name}.ipynb", HEADER.format(came, data))
    return weather


def undated(text: str) -> str:
    return re.sub(
        r"20\d\d-\d\d-\d\d$",
        "DAY",
        re.sub(r"20\d\d-\d\d-\d\d(?=  )", "DAY", text, flags=re.MULTILINE),
        flags=re.MULTILINE,
    )


def test_the_whole_project(family: Project, mlnb: Type) -> None:
    """Trees from what came first; what comes up again is marked where it has branches; the rest at the end."""
    expected = """\
dataset  weather@DAY  daily · not registered
├── exploration  010 Look  DAY
│   └── experiment  030 Ridge  DAY
│       └── experiment  031 Lasso  DAY
└── exploration  011 See  DAY
    └── experiment  030 Ridge  DAY  (above)
dataset  weather@DAY  daily · not registered
├── experiment  030 Ridge  DAY  (above)
└── experiment  031 Lasso  DAY

not linked:
exploration  050 Alone  DAY
"""
    outcome = mlnb("lineage")
    assert (0, expected) == (outcome.code, undated(outcome.out))


def test_one_notebook(family: Project, mlnb: Type) -> None:
    """What it came from, and what it led to."""
    expected = """\
experiment  030 Ridge  DAY

came from:
├── dataset  weather@DAY  daily · not registered
├── exploration  010 Look  DAY
│   └── dataset  weather@DAY  daily · not registered
└── exploration  011 See  DAY
    └── dataset  weather@DAY  daily · not registered

led to:
└── experiment  031 Lasso  DAY
"""
    assert expected == undated(mlnb("lineage", "030").out)
    assert "came from: nothing\n\nled to:\n" in mlnb("lineage", "weather@2014").out
    assert mlnb("lineage", "030").out == mlnb("lineage", "notebooks/030_experiment_ridge.ipynb").out


def test_json_and_mermaid(family: Project, mlnb: Type) -> None:
    """Programs get what the server sends; a chart goes to a file, fenced in a page of Markdown."""
    found = json.loads(mlnb("lineage", "030", "--json").out)
    assert ["focus", "nodes", "edges", "problems"] == list(found)
    assert {"id", "type", "label", "kind", "path", "when", "state", "missing", "detail"} == set(found["nodes"][0])
    assert "wrote lineage.md: 6 nodes, 7 links\n" == mlnb("lineage", "030", "--mermaid", "--to-file", "lineage.md").out
    assert f"```mermaid\n{mlnb('lineage', '030', '--mermaid').out}```\n" == Path("lineage.md").read_text()


def test_an_empty_project(project: Project, mlnb: Type) -> None:
    """There is a next step where there is nothing."""
    assert "There is nothing here yet: create a notebook with `mlnb create KIND TITLE`.\n" == mlnb("lineage").out


def test_problems_are_told_apart(family: Project, mlnb: Type) -> None:
    """A broken notebook is told of on stderr, and stays in the tree."""
    (family.notebooks / "x.ipynb").write_text("{")
    outcome = mlnb("lineage")
    assert (0, True) == (outcome.code, "notebook  x  " in outcome.out)
    assert outcome.err.startswith("mlnb: notebooks/x.ipynb is not valid JSON")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("lineage", "nope"), "nothing in the lineage is called “nope”"),
        (("lineage", "mlnb.toml"), "mlnb.toml has no lineage: it is neither a notebook nor a dataset of the project"),
        (("lineage", "--json", "--mermaid"), "--mermaid and --json exclude each other"),
        (
            ("lineage", "--to-file", "notebooks/x.ipynb"),
            "notebooks/x.ipynb is a notebook: write the lineage to another file",
        ),
        (("lineage", "--to-file", "notebooks"), "is a directory"),
    ],
)
def test_mistakes(family: Project, mlnb: Type, words: tuple[str, ...], message: str) -> None:
    """One sentence, exit code 2, nothing printed and nothing written."""
    outcome = mlnb(*words)
    assert (2, "") == (outcome.code, outcome.out)
    assert message in outcome.err


def test_names_cannot_turn_the_terminal(weather: Project, mlnb: Type) -> None:
    """What a terminal would obey is not printed."""
    percent.write(weather.notebooks / "a\x1b[31m\u202eb.ipynb", "# %%\n")
    assert not set(mlnb("lineage").out) & set("\x1b\u202e")
