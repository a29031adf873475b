"""`mlnb split` as people type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlnb.project import Project
from tests import percent
from tests.cli.terminal import Type

RAIN = """
# %% [markdown]
# # Rain
# %%
import mlnb
days = mlnb.load("weather_2013-12-31_daily")
warm = days[days["temp"] > len("abc")]
# %% [markdown]
# ## How many
# %%
print(len(warm))
# %% [markdown]
# ## How warm \x1b[31mred
# %%
print(warm["temp"].mean())
"""


@pytest.fixture
def rain(weather: Project) -> Path:
    return percent.write(weather.notebooks / "010_exploration_rain.ipynb", RAIN)


def test_the_list_and_the_plan(rain: Path, mlnb: Type) -> None:
    """The list has one line per cut; a plan names what crosses; neither writes anything."""
    before = rain.read_bytes()
    listed = mlnb("split", "010")
    assert 0 == listed.code
    lines = [line.split() for line in listed.out.splitlines()]
    assert ["1", "How", "many", "1", "+", "2", "warm", "as", "dataset", "011_exploration_rain-how-many"] == lines[1]
    assert "\x1b" not in listed.out
    plan = mlnb("split", "010", "--at", "how many", "--kind", "experiment", "--title", "Warm days")
    assert "“How many”, and what follows would become notebooks/030_experiment_warm-days.ipynb" in plan.out
    found = json.loads(mlnb("split", "010", "--json").out)
    assert [("How many", 2), ("warm", "dataset")] == [
        (found["offers"][0]["heading"], found["offers"][0]["cell"]),
        (found["offers"][0]["crossing"][0]["name"], found["offers"][0]["crossing"][0]["how"]),
    ]
    assert before == rain.read_bytes()
    assert [rain.name] == [file.name for file in rain.parent.iterdir()]


def test_apply_and_undo(rain: Path, mlnb: Type) -> None:
    """What was made is named, and `mlnb undo` takes it back."""
    before = rain.read_bytes()
    made = mlnb("split", "010", "--at", "1", "--apply")
    assert 0 == made.code, made.err
    assert "created notebooks/011_exploration_rain-how-many.ipynb" == made.out.splitlines()[0]
    assert "saved data/rain-warm_2013-12-31_date-temp-weather.parquet" in made.out
    assert 0 == mlnb("undo").code
    assert before == rain.read_bytes()


MISTAKES = [
    (("split", "nope"), "there is no notebook “nope” in "),
    (("split", "010", "--at", "9"), "there is no cut “9”: `mlnb split 010_exploration_rain.ipynb` lists them"),
    (("split", "010", "--at", "how"), "“how” fits 2 headings: use a number of `mlnb split 010_exploration_rain.ipynb`"),
    (("split", "010", "--at", "How mani"), "there is no cut “How mani”; did you mean “How many”?"),
    (("split", "010", "--at", "1", "--kind", "poem"), "“poem” is not a kind of notebook"),
    (("split", "010", "--at", "1", "--title", "???"), "holds no letter or digit"),
    (("split", "020", "--apply"), "020_cleaning_short.ipynb cannot be split: it has too few code cells"),
]


@pytest.mark.parametrize(("words", "message"), MISTAKES)
def test_mistakes(rain: Path, mlnb: Type, words: tuple[str, ...], message: str) -> None:
    """One sentence, exit code 2."""
    percent.write(rain.parent / "020_cleaning_short.ipynb", "# %%\n1")
    outcome = mlnb(*words)
    assert 2 == outcome.code
    assert message in outcome.err
