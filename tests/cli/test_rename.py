"""`mlnb continue`, `mlnb rename` and `mlnb undo` as people type them."""

from __future__ import annotations

import json
from pathlib import Path

from mlnb.notebook import document
from mlnb.project import Project
from tests import percent
from tests.cli.terminal import Type

FINDINGS = "# %% [markdown]\n# # Rain\n# ## Findings\n# - \x1b[31msnow → drop it\n# - [red]rain[/red]"


def test_the_story(project: Project, mlnb: Type) -> None:
    """Continue from a finding, rename, undo: what is printed, for people and as JSON."""
    percent.write(project.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    listed = mlnb("continue", "010", "--list")
    assert [
        "item  section   cell  suits                 text",
        "1     Findings  1     cleaning, experiment   [31msnow → drop it",
        "2     Findings  1     cleaning, experiment  [red]rain[/red]",
        "dataset: none that is known",
    ] == [line.rstrip() for line in listed.out.splitlines()]
    assert "\x1b" not in listed.out
    assert (0, "created notebooks/020_cleaning_drop-it.ipynb\n") == _plain(
        mlnb("continue", "010", "clean", "--item", "1")
    )
    assert 2 == len(json.loads(mlnb("continue", "010", "--list", "--json").out)["items"])
    assert [
        "would rename notebooks/010_exploration_rain.ipynb to notebooks/010_exploration_snow.ipynb",
        "named in                              times",
        "notebooks/020_cleaning_drop-it.ipynb  3",
        "3 links and paths in 1 file follow.",
    ] == [line.rstrip() for line in mlnb("rename", "010", "Snow", "--dry-run").out.splitlines()]
    assert (project.notebooks / "010_exploration_rain.ipynb").exists()
    renamed = mlnb("rename", "010", "Snow", "--folder", "other", "--json")
    assert str(project.root / "other/010_exploration_snow.ipynb") == json.loads(renamed.out)["path"]
    assert "../other/010_exploration_snow.ipynb" in (project.notebooks / "020_cleaning_drop-it.ipynb").read_text()
    assert "rename notebooks/010_exploration_rain.ipynb to" in mlnb("undo", "--list").out
    assert (
        0,
        "undone: rename notebooks/010_exploration_rain.ipynb to other/010_exploration_snow.ipynb (2 files restored)\n",
    ) == _plain(mlnb("undo"))
    assert (project.notebooks / "010_exploration_rain.ipynb").exists()
    assert [True] == [change["undone"] for change in json.loads(mlnb("undo", "--list", "--json").out)]


def _plain(outcome: object) -> tuple[int, str]:
    return outcome.code, outcome.out  # type: ignore[attr-defined]


def test_mistakes(project: Project, mlnb: Type) -> None:
    """Every mistake is one sentence and exit code 2."""
    percent.write(project.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    for words, sentence in (
        (("rename",), "name the notebook (see `mlnb rename --help`)"),
        (("rename", "010", "--moved"), "--moved takes no notebook (see `mlnb rename --help`)"),
        (("rename", "010"), "notebooks/010_exploration_rain.ipynb has this name already"),
        (("rename", "no"), f"there is no notebook “no” in {project.root}"),
        (("rename", "010", "--kind", "experimnt"), "“experimnt” is not a kind of notebook; did you mean “experiment”?"),
        (("continue", "010"), "say as which kind, or ask with --list what there is (see `mlnb continue --help`)"),
        (
            ("continue", "010", "clean", "--item", "7"),
            "010_exploration_rain.ipynb offers 2 items, and 7 is none of them",
        ),
        (("undo",), "there is no change to undo"),
        (("undo", "x"), "“x” is no change that can be undone: `mlnb undo --list` lists them"),
    ):
        outcome = mlnb(*words)
        assert (2, "", f"mlnb: {sentence}\n") == (outcome.code, outcome.out, outcome.err), words


def test_undo_leaves_what_was_changed_since(project: Project, mlnb: Type) -> None:
    """It is named, and the exit code says that not all was undone."""
    path = percent.write(project.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    (project.root / "README.md").write_text(f"[a](notebooks/{path.name})")
    assert "1 link or path in 1 file follows." in mlnb("rename", "010", "Snow").out
    (project.root / "README.md").write_text("mine")
    outcome = mlnb("undo")
    assert (1, "mlnb: README.md was left alone: it was changed since\n") == (outcome.code, outcome.err)
    assert path.exists()


def test_moved(project: Project, mlnb: Type) -> None:
    """Moves made by hand are mended on request; a run table shows the name of today."""
    path = percent.write(project.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    mlnb("continue", "010", "clean", "--item", "1")
    assert "Nothing names a notebook that was moved." in mlnb("rename", "--moved").out
    path.rename(project.root / "rain.ipynb")
    assert "mended 4 links and paths in 2 files.\n" == mlnb("rename", "--moved").out
    child = document.read(project.notebooks / "020_cleaning_drop-it.ipynb")
    assert "[rain](../rain.ipynb)" in child.cells[0].source
    assert "rain.ipynb" == child.metadata["mlnb"]["parent"]
    assert Path("rain.ipynb").is_file()
