"""`mlnb adopt` as a person types it."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from mlnb.project import Project
from tests import percent
from tests.adopt.test_classify import CLEANING, EXPERIMENT, EXPLORATION, LESSON
from tests.cli.terminal import Type, typed


@pytest.fixture
def mlnb(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command and see its outcome."""
    return functools.partial(typed, monkeypatch, capsys)


@pytest.fixture
def inherited(project: Project) -> Project:
    (project.data / "rain.csv").write_text("date,mm\n2019-03-14,3\n")
    percent.write(project.root / "eda_hotel_rooms.ipynb", f'{EXPLORATION}# %%\npd.read_csv("data/rain.csv")')
    percent.write(project.root / "clean hotel rooms.ipynb", CLEANING)
    percent.write(project.root / "Untitled7.ipynb", "# %%\nx = 1")
    percent.write(project.root / "lab" / "lab1.ipynb", LESSON)
    (project.root / "broken.ipynb").write_text("{")
    return project


def test_the_story(inherited: Project, mlnb: Type) -> None:
    """Look, write the plan, edit it, apply it, undo it."""
    looked = mlnb("adopt")
    assert 0 == looked.code
    for text in (
        "010_exploration_hotel-rooms.ipynb",
        "rain_2019-03-14_mm.csv",
        "(no kind)",
        "left alone: broken.ipynb",
        "2 of 4 notebooks would be renamed, 0 of 1 file of data.",
        "Next: `mlnb adopt --apply`, or `mlnb adopt --write plan.csv` to edit the plan first",
        "Data is renamed once you confirm its dates: --dates content, or --dates file-time",
    ):
        assert text in looked.out, text
    written = mlnb("adopt", "--write", "plan.csv")
    assert "Next: edit plan.csv, then `mlnb adopt --plan plan.csv --apply`" in written.out
    assert (2, "mlnb: plan.csv exists already: take another name, or delete it\n") == (
        (again := mlnb("adopt", "--write", "plan.csv")).code,
        again.err,
    )
    text = Path("plan.csv").read_text(encoding="utf-8-sig")
    Path("plan.csv").write_text(text.replace(",Hotel rooms,", ",Rooms by price,", 1))
    applied = mlnb("adopt", "--plan", "plan.csv", "--apply", "--dates", "content")
    assert 0 == applied.code, applied.err
    assert "adopt 2 notebooks and 1 dataset: 4 files changed.\nUndo: mlnb undo " in applied.out
    assert 1 == len(list(inherited.root.glob("0?0_*_rooms-by-price.ipynb")))
    assert (inherited.data / "rain_2019-03-14_mm.csv.mlnb.json").is_file()
    assert 0 == mlnb("undo").code
    assert (inherited.root / "eda_hotel_rooms.ipynb").is_file()
    assert (inherited.data / "rain.csv").is_file()


def test_json(inherited: Project, mlnb: Type) -> None:
    """The plan and its outcome for programs."""
    plan = json.loads(mlnb("adopt", "--json").out)
    assert {"exploration", "cleaning", None} <= {row["kind"] for row in plan["notebooks"]}
    assert ["name", "content", "file time"][1] == plan["datasets"][0]["date_from"]
    done = json.loads(mlnb("adopt", "--apply", "--json").out)
    assert done["change"]
    assert 2 == sum(1 for row in done["plan"]["notebooks"] if row["apply"])


def test_all(inherited: Project, mlnb: Type) -> None:
    """With --all notebooks of low confidence are renamed too; those without a kind are not."""
    mlnb("adopt", "--apply", "--all")
    assert not (inherited.root / "Untitled7.ipynb").exists() or "Untitled7" in mlnb("adopt").out
    assert (inherited.root / "lab" / "lab1.ipynb").exists()


def test_refused_files_are_a_finding(inherited: Project, mlnb: Type) -> None:
    """What could not be done is told, and the exit code says so."""
    mlnb("adopt", "--write", "plan.csv")
    (inherited.root / "clean hotel rooms.ipynb").unlink()
    done = mlnb("adopt", "--plan", "plan.csv", "--apply")
    assert 1 == done.code
    assert "left alone: clean hotel rooms.ipynb: it is gone" in done.out
    assert 0 == mlnb("adopt", "--apply").code


def test_a_folder_that_is_no_project(tmp_path: Path, mlnb: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to make it one, and does so when asked."""
    folder = tmp_path / "old"
    percent.write(folder / "price_model.ipynb", EXPERIMENT)
    monkeypatch.chdir(folder)
    refused = mlnb("adopt")
    assert 2 == refused.code
    assert "is no mlnb project yet: make it one with `mlnb init`, or add --init" in refused.err
    assert "030_experiment_price-model.ipynb" in mlnb("adopt", "--init").out


def test_wrong_words(inherited: Project, mlnb: Type) -> None:
    """What does not go together, or is not there, is refused in one sentence."""
    for words, message in (
        (("--plan", "p.csv", "--into", "x"), "leave out --into"),
        (("--plan", "none.csv"), "cannot be read"),
        (("nowhere",), "there is no folder"),
        (("--into", "..", "--apply"), "lies outside the project"),
        (("--dates", "guess"), "is not one of"),
    ):
        outcome = mlnb("adopt", *words)
        assert message in outcome.err + outcome.out, words


def test_nothing_to_do(project: Project, mlnb: Type) -> None:
    """An empty project has an empty plan."""
    assert "0 of 0 notebooks would be renamed.\n" == mlnb("adopt").out
    assert "Nothing was changed.\n" == mlnb("adopt", "--apply").out


def test_terminal_codes_in_names(project: Project, mlnb: Type) -> None:
    """What a title holds is printed, not obeyed."""
    percent.write(project.root / "model \x1b[31m.ipynb", f"# %% [markdown]\n# # Red \x1b[31m rooms\n{EXPERIMENT}")
    assert "\x1b" not in mlnb("adopt").out
