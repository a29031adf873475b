"""What a notebook offers to the next one, and the next one made from it, with links and data on both sides."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mlnb import api
from mlnb.check.engine import check
from mlnb.create import handover
from mlnb.create.sections import folded
from mlnb.errors import BadArgument, BadName, BrokenNotebook, DatasetNotFound, NotFound
from mlnb.notebook import document, links
from mlnb.notebook.kinds import Kind
from mlnb.project import Project
from mlnb.records.dataset import Column, DatasetRecord, write_record
from tests import percent

E, C, X, D = Kind.EXPLORATION, Kind.CLEANING, Kind.EXPERIMENT, Kind.DEPLOYMENT


def items(text: str) -> list[tuple[str, str, int, tuple[Kind, ...]]]:
    notebook = document.from_node(Path("010_exploration_a.ipynb"), percent.tree(text))
    return [(item.section, item.text, item.cell, item.kinds) for item in handover.items(notebook)]


OFFERED = [
    (
        "points of a list",
        "# ## Findings\n# - Snow in May → drop 2013\n# - Rain is\n#   rare\n# * third\n# 4. fourth",
        [
            ("Findings", "Snow in May → drop 2013", (C, X)),
            ("Findings", "Rain is\nrare", (C, X)),
            ("Findings", "third", (C, X)),
            ("Findings", "fourth", (C, X)),
        ],
    ),
    (
        "paragraphs",
        "# ## Findings\n# Snow in May,\n# twice.\n#\n# Rain.",
        [("Findings", "Snow in May,\ntwice.", (C, X)), ("Findings", "Rain.", (C, X))],
    ),
    (
        "points within points",
        "# ## Findings\n# - a\n#   - b\n#\n#   more\n# - c\n#\n# end",
        [("Findings", "a\n- b\n\nmore", (C, X)), ("Findings", "c", (C, X)), ("Findings", "end", (C, X))],
    ),
    (
        "what a template asks",
        "# ## Findings\n# > *Finding → so what. One line each.*\n#\n# > *To clean, and to try next.*",
        [],
    ),
    ("a quotation", "# ## Findings\n# > Snow is *white*", [("Findings", "> Snow is *white*", (C, X))]),
    (
        "whom a point is for",
        "# ## Hand-over\n# - *Clean:* outliers\n# - **Try:** lags\n# - Note: x",
        [("Hand-over", "outliers", (C,)), ("Hand-over", "lags", (X,)), ("Hand-over", "Note: x", (C, X))],
    ),
    (
        "labelled paragraphs",
        "# ## Findings\n# **To clean:** outliers\n# **To try:** lags\n# and more",
        [("Findings", "outliers", (C,)), ("Findings", "lags\nand more", (X,))],
    ),
    ("numbered and loud headings", "# ## 3. **KEY FINDINGS** ##\n# - a", [("Findings", "a", (C, X))]),
    (
        "the end of a section",
        "# ## Ideas\n# - a\n# ### Why\n# - b\n# ## Other\n# - c",
        [("Ideas", "a", (X,)), ("Ideas", "b", (X,))],
    ),
    (
        "a text as a whole",
        "# ## Result\n# Supported, by 3 %.\n#\n#\n# | a |\n# <!-- not this -->",
        [("Result", "Supported, by 3 %.\n\n| a |", (X,))],
    ),
    (
        "headings in code",
        "# ## Findings\n# - a\n# ```\n# ## Not one\n# ```",
        [("Findings", "a\n```\n## Not one\n```", (C, X))],
    ),
    ("other sections", "# # Title\n# - a\n# ## Question\n# - b", []),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, found, id=name) for name, text, found in OFFERED])
def test_what_is_offered(text: str, expected: list[tuple[str, str, tuple[Kind, ...]]]) -> None:
    """Findings and ideas one by one, results and decisions as a whole; what a template asks is none."""
    assert expected == [(section, found, kinds) for section, found, _, kinds in items(f"# %% [markdown]\n{text}")]


def test_calls_are_offered() -> None:
    """Decisions and saved data by the code, never run; other people's functions and broken cells are passed over."""
    text = """
# %%
mlnb.decide("adopt", why="beats the baseline")
# %%
%matplotlib inline
mlnb.decide("drop", why=f"skill {skill:.2f}"); mlnb.decide(outcome, why="?"); mlnb.decide("maybe", why="x")
# %%
x = (
# %%
def end():
    return mlnb.save(df, f"{name}-clean", features="price-stay"), np.save(df, "x"), save(df, "y")
# %%
from mlnb import decide
decide("continue", why="more lags")
"""
    assert [
        ("Decision", "adopt: beats the baseline", 0, (D, X)),
        ("Decision", "drop: skill {skill}", 1, (X, E)),
        ("Output", "dataset {name}-clean (price-stay)", 3, (X, E)),
        ("Decision", "continue: more lags", 4, (X,)),
    ] == items(text)


EXPLORATION = """
# %% [markdown]
# # Rain
# **From:** —  **Next:** —
# %% parameters
# parameters
DATA: str = "weather_2013-12-31_daily"
# %%
import mlnb
df = mlnb.load(DATA)
# %% [markdown]
# ## Findings
# - Snow in May is a typo → fix the months
# - It rains [a lot](a.png) on **Mondays**. Nobody knows why.
"""


def exploration(project: Project) -> Path:
    return percent.write(project.notebooks / "010_exploration_rain.ipynb", EXPLORATION)


def test_continue_as(weather: Project) -> None:
    """The finding and the dataset go into the new notebook; both name each other, and it has nothing to complain of."""
    parent = exploration(weather)
    before = parent.read_text()
    child = api.continue_as(weather, parent, C, item=1)
    assert "notebooks/020_cleaning_fix-the-months.ipynb" == weather.relative(child)
    made = document.read(child)
    assert [links.Link(parent.stem, parent.name)] == list(links.from_links(made))
    assert "Snow in May is a typo → fix the months" in made.cells[0].source
    assert 'DATA: str = "weather_2013-12-31_daily"' in made.cells[1].source
    own = made.metadata["mlnb"]
    assert ("notebooks/010_exploration_rain.ipynb", "cleaning") == (own["parent"], own["kind"])
    assert {
        "section": "Findings",
        "text": "Snow in May is a typo → fix the months",
        "cell": 3,
        "dataset": "weather_2013-12-31_daily",
    } == own["handover"]
    assert () == check(weather, child).diagnostics
    after = document.read(parent)
    assert [links.Link(child.stem, child.name)] == list(links.next_links(after))
    assert ["notebooks/020_cleaning_fix-the-months.ipynb"] == after.metadata["mlnb"]["children"]
    changed = [line for line in parent.read_text().splitlines() if line not in before.splitlines()]
    assert ["Next", "children"] == [word for word in ("Next", "children") if any(word in line for line in changed)]
    second = api.continue_as(weather, parent, X, item=2)
    assert [child.name, second.name] == [link.target for link in links.next_links(document.read(parent))]


TITLES = [
    (1, "020_cleaning_fix-the-months.ipynb"),
    (2, "020_cleaning_it-rains-a-lot-on-mondays.ipynb"),
    (0, "020_cleaning_rain.ipynb"),
    (None, "020_cleaning_rain.ipynb"),
]


@pytest.mark.parametrize(("item", "name"), TITLES)
def test_titles(weather: Project, item: int | None, name: str) -> None:
    """Without a title the notebook is named after what it takes over, else after its parent."""
    assert name == api.continue_as(weather, exploration(weather), C, item=item).name


def test_the_usual_item(project: Project) -> None:
    """Where nobody chose, the only item that suits is taken, and of several the last decision."""
    text = "# %% [markdown]\n# # X\n# ## Result\n# good\n# ## Decision\n# Adopt it.\n# %%\nmlnb.decide('adopt', why='good')"
    parent = percent.write(project.notebooks / "030_experiment_x.ipynb", text)
    taken = document.read(api.continue_as(project, parent, D)).metadata["mlnb"]["handover"]
    assert ("Decision", "adopt: good") == (taken["section"], taken["text"])
    assert "handover" not in document.read(api.continue_as(project, parent, C)).metadata["mlnb"]


def saved(project: Project, name: str, when: str, made_by: str, run: str | None = None) -> str:
    """A registered dataset version."""
    stem = f"{name}_2014-12-31_daily"
    (project.data / f"{stem}.csv").write_text("a\n1\n")
    record = DatasetRecord(
        file=f"{stem}.csv", name=name, date="2014-12-31", features="daily", rows=1, size=4, sha256="0",
        columns=(Column(name="a", type="int64", nulls=0),), registered_at=when, made_by=made_by, run=run,
    )  # fmt: skip
    write_record(project.data, record)
    return stem


def test_the_dataset_it_saved_last_is_pinned(weather: Project) -> None:
    """Also when the notebook had another name then; else the one it loads, of which the newest may be meant."""
    parent = exploration(weather)
    assert "weather_2013-12-31_daily" == api.handover_offers(weather, parent).dataset
    saved(weather, "old", "2025-01-01T00:00:00+00:00", parent.name)
    newest = saved(weather, "clean", "2025-01-02T00:00:00+02:00", parent.name)
    saved(weather, "other", "2026-01-01T00:00:00+00:00", "011_exploration_other.ipynb")
    saved(weather, "odd", "never", parent.name)
    assert newest == api.handover_offers(weather, parent).dataset
    plan = api.plan_of_rename(weather, parent, title="Snow")
    api.rename(weather, plan)
    assert newest == api.handover_offers(weather, plan.target).dataset
    child = api.continue_as(weather, plan.target, X, "Ridge")
    assert f'DATA: str = "{newest}"' in document.read(child).cells[1].source


LOADS = [
    ('mlnb.load("weather")', "weather_2014-12-31_daily"),
    ('mlnb.load("weather@2013")', "weather_2013-12-31_daily"),
    ('mlnb.load("weather_2013-12-31_daily.csv")', "weather_2013-12-31_daily"),
    ('mlnb.load("no-such")', None),
    ('mlnb.load("../data/x.csv")', None),
    ("mlnb.load(NAME)", None),
    ("mlnb.load()", None),
    ("pd.load('weather')", None),
]


@pytest.mark.parametrize(("code", "expected"), LOADS)
def test_what_it_loads(weather: Project, code: str, expected: str | None) -> None:
    """A reference is pinned to the version that it means now."""
    path = percent.write(weather.notebooks / "010_exploration_a.ipynb", f"# %%\n{code}")
    assert expected == api.handover_offers(weather, path).dataset


def test_refused(weather: Project) -> None:
    """What is not there is refused in a sentence, and neither side has changed."""
    parent = exploration(weather)
    before = {path: path.read_bytes() for path in weather.notebooks.iterdir()}
    with pytest.raises(BadArgument, match="offers 2 items, and 9 is none of them"):
        api.continue_as(weather, parent, C, item=9)
    with pytest.raises(DatasetNotFound):
        api.continue_as(weather, parent, C, dataset="no-such")
    with pytest.raises(NotFound, match="not in the notebook any more"):
        api.handed_over(weather, parent, "0123")
    with pytest.raises(BadName, match="only says the kind"):
        api.continue_as(weather, parent, C, "cleaning")
    with pytest.raises(NotFound):
        api.continue_as(weather, weather.root / "gone.ipynb", C)
    assert before == {path: path.read_bytes() for path in weather.notebooks.iterdir()}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3, "nbformat": 4}', "[" * 100_000])
def test_a_parent_that_is_no_notebook(project: Project, content: str) -> None:
    """It is refused, and stays as it is."""
    path = project.notebooks / "010_exploration_a.ipynb"
    path.write_text(content)
    with pytest.raises(BrokenNotebook):
        api.continue_as(project, path, C, "b")
    assert content == path.read_text()


def test_a_parent_of_an_old_format(project: Project) -> None:
    """It is read, and stays as it is; the child says where it comes from."""
    cell = {"cell_type": "markdown", "source": ["# Old\n", "## Findings\n- x"], "metadata": {}}
    text = json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]})
    path = project.notebooks / "010_exploration_a.ipynb"
    path.write_text(text)
    child = api.continue_as(project, path, C)
    assert [path.name] == [link.target for link in links.from_links(document.read(child))]
    assert text == path.read_text()


def test_a_parent_without_a_header(project: Project) -> None:
    """Without any Markdown the child still says where it comes from; the parent's cells stay as they are."""
    path = percent.write(project.notebooks / "010_exploration_a.ipynb", "# %%\nx = 1")
    cells = document.read(path).cells
    child = api.continue_as(project, path, C)
    assert [path.name] == [link.target for link in links.from_links(document.read(child))]
    assert cells == document.read(path).cells


def test_ids_are_stable() -> None:
    """The id of an item says its text: it is the same when the notebook is read again, and no two are the same."""
    text = "# %% [markdown]\n# ## Findings\n# - a\n# - a\n# - b"
    first, second = (handover.items(document.from_node(Path("a.ipynb"), percent.tree(text))) for _ in range(2))
    assert [item.id for item in first] == [item.id for item in second]
    assert 3 == len({item.id for item in first})


@pytest.mark.parametrize(
    "line",
    [
        "- " * 50_000,
        "> *" * 50_000,
        "#" * 200_000,
        "<!--" * 50_000,
        "- x\n" * 50_000,
        "  " * 100_000,
        "```\n" * 50_000,
        "*" * 100_000 + ": x",
    ],
)
def test_hostile_text(project: Project, line: str) -> None:
    """Time grows with the text, and what is offered stays short."""
    tree = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": f"## Findings\n{line}"}], "metadata": {}}
    started = time.perf_counter()
    found = handover.items(document.from_node(Path("a.ipynb"), tree))
    assert time.perf_counter() - started < 5
    assert len(found) <= 200
    assert all(len(item.text) <= 2000 for item in found)


def test_headings_are_compared_by_their_words() -> None:
    """Marks, numbers and case do not matter."""
    assert ["key findings", "hand over", "订单", ""] == [
        folded(text) for text in ("3. **Key Findings**", "Hand-over", "订单", "🎉")
    ]


def test_the_metadata_of_others_is_kept(project: Project) -> None:
    """Children that somebody wrote as no list do no harm."""
    path = exploration(project)
    tree = json.loads(path.read_text())
    tree["metadata"]["mlnb"] = {"children": {"a": 1}, "x": datetime.now(UTC).isoformat()}
    path.write_text(json.dumps(tree))
    child = api.continue_as(project, path, C, "b", item=0)
    own = document.read(path).metadata["mlnb"]
    assert ([project.relative(child)], tree["metadata"]["mlnb"]["x"]) == (own["children"], own["x"])
