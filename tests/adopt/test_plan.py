"""The plan: numbers in order, names that nobody else has, what cannot be done said beforehand; nothing is changed."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from mlnb import api
from mlnb.adopt.rows import NotebookRow, Plan
from mlnb.errors import NotFound
from mlnb.notebook.kinds import Kind
from mlnb.project import Project, find
from tests import percent
from tests.adopt.test_classify import CLEANING, DEPLOYMENT, EXPERIMENT, EXPLORATION, LESSON


def planned(project: Project) -> dict[str, str | None]:
    """For each notebook by its path the file name it would get."""
    plan = api.adopt_plan(project, project.root)
    return {project.relative(row.path): row.proposed.name if row.proposed else None for row in plan.rows}


def row(plan: Plan, name: str) -> NotebookRow:
    return next(row for row in plan.rows if row.path.name == name)


def write(project: Project, name: str, text: str, minute: int = 0) -> Path:
    path = percent.write(project.root / name, text)
    os.utime(path, (1_600_000_000 + 60 * minute,) * 2)
    return path


def test_each_kind_in_its_ten(project: Project) -> None:
    """Kinds have their tens; a lesson gets no name."""
    write(project, "eda_bookings.ipynb", EXPLORATION)
    write(project, "clean_room_bookings.ipynb", CLEANING)
    write(project, "price_model.ipynb", EXPERIMENT)
    write(project, "deploy_price.ipynb", DEPLOYMENT)
    write(project, "labs/lab3.ipynb", LESSON)
    assert {
        "eda_bookings.ipynb": "010_exploration_bookings.ipynb",
        "clean_room_bookings.ipynb": "020_cleaning_room-bookings.ipynb",
        "price_model.ipynb": "030_experiment_price-model.ipynb",
        "deploy_price.ipynb": "040_deployment_price.ipynb",
        "labs/lab3.ipynb": None,
    } == planned(project)


def test_numbers_follow_names_then_time_then_data(project: Project) -> None:
    """2 before 10, earlier before later, and who writes a file before who reads it."""
    write(project, "a/10_beds.ipynb", EXPLORATION, minute=1)
    write(project, "a/2_rooms.ipynb", EXPLORATION, minute=9)
    write(project, "b/zeta_rooms.ipynb", EXPLORATION, minute=1)
    write(project, "b/alpha_rooms.ipynb", EXPLORATION, minute=5)
    write(project, "c/aa_reader.ipynb", CLEANING.replace("raw.csv", "half.csv").replace("bookings.parquet", "x.csv"))
    write(project, "c/bb_writer.ipynb", CLEANING.replace("bookings.parquet", "half.csv"))
    names = planned(project)
    numbers = {path: (name or "")[:3] for path, name in names.items()}
    assert {
        "a/2_rooms.ipynb": "010",
        "a/10_beds.ipynb": "011",
        "b/zeta_rooms.ipynb": "012",
        "b/alpha_rooms.ipynb": "013",
        "c/bb_writer.ipynb": "020",
        "c/aa_reader.ipynb": "021",
    } == numbers


def test_order_of_first_commits(project: Project) -> None:
    """Where git knows the notebooks, their first commit counts, whatever the time of the file."""
    for minute, name in ((1, "late_rooms.ipynb"), (9, "early_rooms.ipynb")):
        write(project, name, EXPLORATION, minute)
    run(project, "init", "-q")
    for day, name in ((1, "early_rooms.ipynb"), (2, "late_rooms.ipynb")):
        run(project, "add", name)
        run(project, "commit", "-qm", name, at=f"2020-01-0{day}T00:00:00Z")
    numbers = {path: (name or "")[:3] for path, name in planned(project).items()}
    assert {"early_rooms.ipynb": "010", "late_rooms.ipynb": "011"} == numbers


def run(project: Project, *words: str, at: str = "2020-01-01T00:00:00Z") -> None:
    moments = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    subprocess.run(["git", *words], cwd=project.root, check=True, env={**os.environ, **moments})


def test_beyond_a_full_ten(project: Project) -> None:
    """Taken numbers stay taken; after the ten of a kind come those beyond all tens."""
    write(project, "013_exploration_kept.ipynb", EXPLORATION)
    for number in range(11):
        write(project, f"{number:02}_room_{chr(97 + number) * 3}.ipynb", EXPLORATION)
    plan = api.adopt_plan(project, project.root)
    assert [10, 11, 12, 14, 15, 16, 17, 18, 19, 50, 51] == [row.number for row in plan.rows]
    assert 1 == plan.canonical


def test_titles_are_different(project: Project) -> None:
    """What several notebooks are headed names none of them; and no two of a kind get one name."""
    for name in ("rooms.ipynb", "beds.ipynb", "Beds-Copy1.ipynb"):
        write(project, name, f"# %% [markdown]\n# # Grand hotel study\n{EXPLORATION}")
    titles = [row.title for row in api.adopt_plan(project, project.root).rows]
    assert 3 == len({title.casefold() for title in titles})


def test_case_only_collisions(project: Project) -> None:
    """Names are told apart as a system does that knows no case."""
    write(project, "a/EDA rooms.ipynb", EXPLORATION)
    write(project, "a/010_EXPLORATION_rooms-bookings.ipynb", EXPLORATION)
    plan = api.adopt_plan(project, project.root)
    proposed = [str(row.proposed).casefold() for row in plan.rows if row.apply and not row.problem]
    assert len(set(proposed)) == len(proposed)


def test_what_stands_in_the_way(project: Project) -> None:
    """A title edited to a name that is taken, by a file or by another row, is a problem."""
    write(project, "030_experiment_taken.ipynb", EXPERIMENT)
    write(project, "b_model.ipynb", EXPERIMENT)
    write(project, "c_model.ipynb", EXPERIMENT)
    plan = api.adopt_plan(project, project.root)
    edited = replace(plan, rows=tuple(replace(each, title="Taken", number=30) for each in plan.rows))
    problems = [each.problem for each in api.adopt(project, edited, dry_run=True).plan.rows]
    assert ["there is 030_experiment_taken.ipynb already: change the title or the number"] * 2 == problems
    edited = replace(plan, rows=tuple(replace(each, title="Same", number=31) for each in plan.rows))
    problems = [each.problem for each in api.adopt(project, edited, dry_run=True).plan.rows]
    assert ["another row of the plan asks for the same name: change the title or the number"] * 2 == problems


BAD_TITLES = [
    ("", "holds no letter or digit"),
    ("🎉🎉", "holds no letter or digit"),
    ("experiment", "only says the kind"),
    ("two\nlines", "one line"),
    ("turned \u202egpj", "do not print"),
]


@pytest.mark.parametrize(("title", "problem"), BAD_TITLES)
def test_bad_titles(project: Project, title: str, problem: str) -> None:
    """A title that makes no name is a problem of its row."""
    write(project, "b_model.ipynb", EXPERIMENT)
    plan = api.adopt_plan(project, project.root)
    edited = replace(plan, rows=(replace(plan.rows[0], title=title),))
    assert problem in (api.adopt(project, edited, dry_run=True).plan.rows[0].problem or "")


def test_long_titles_are_cut(project: Project) -> None:
    """Three hundred characters make a name that every system can store."""
    write(project, "b_model.ipynb", f"# %% [markdown]\n# # {'Überlänge ' * 30}\n{EXPERIMENT}")
    name = next(iter(planned(project).values()))
    assert name is not None
    assert len(name) <= 80


def test_a_number_is_chosen_for_a_row_without(project: Project) -> None:
    """A kind that a person gives brings the next free number."""
    write(project, "labs/lab3.ipynb", LESSON)
    write(project, "030_experiment_taken.ipynb", EXPERIMENT)
    plan = api.adopt_plan(project, project.root)
    edited = replace(plan, rows=(replace(plan.rows[0], kind=Kind.EXPERIMENT, title="Loops", apply=True),))
    again = api.adopt(project, edited, dry_run=True).plan.rows[0]
    assert ("031_experiment_loops.ipynb", None) == (again.proposed and again.proposed.name, again.problem)


def test_unreadable_files_are_told(project: Project) -> None:
    """Broken JSON, a link, a folder that calls itself a notebook: each is left alone with its reason."""
    (project.root / "broken.ipynb").write_text("{")
    (project.root / "list.ipynb").write_text("[]")
    (project.root / "folder.ipynb").mkdir()
    target = write(project, "b_model.ipynb", EXPERIMENT)
    (project.root / "link.ipynb").symlink_to(target)
    (project.root / "out.ipynb").symlink_to("/etc/passwd")
    plan = api.adopt_plan(project, project.root)
    assert ["b_model.ipynb"] == [each.path.name for each in plan.rows]
    assert ["broken.ipynb", "link.ipynb", "list.ipynb"] == [path.name for path, _ in plan.skipped]


def test_old_and_empty_notebooks(project: Project) -> None:
    """Notebooks of format 3 are read; what has no code is not applied."""
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [
        {"cell_type": "code", "language": "python", "input": "model.fit(X)", "outputs": []}]}]}  # fmt: skip
    (project.root / "old_model.ipynb").write_text(json.dumps(old))
    percent.write(project.root / "empty.ipynb", "")
    plan = api.adopt_plan(project, project.root)
    assert Kind.EXPERIMENT is row(plan, "old_model.ipynb").kind
    assert not row(plan, "empty.ipynb").apply


def test_scratch_is_not_applied(project: Project) -> None:
    """What lies in the scratch folder stays; an “Untitled” beside it does not."""
    write(project, "scratch/rooms_model.ipynb", EXPERIMENT)
    write(project, "Untitled3.ipynb", EXPERIMENT)
    plan = api.adopt_plan(project, project.root)
    assert (False, True) == (row(plan, "rooms_model.ipynb").apply, row(plan, "Untitled3.ipynb").apply)


def test_only_the_folder(project: Project) -> None:
    """The plan holds what lies in the folder; one outside the project, or that is not there, is refused."""
    write(project, "a/rooms_model.ipynb", EXPERIMENT)
    write(project, "b/beds_model.ipynb", EXPERIMENT)
    assert ["rooms_model.ipynb"] == [each.path.name for each in api.adopt_plan(project, project.root / "a").rows]
    for folder in (project.root.parent, project.root / "none"):
        with pytest.raises(NotFound):
            api.adopt_plan(project, folder)


def test_into(project: Project) -> None:
    """Notebooks stay in their folder unless they are asked elsewhere."""
    path = write(project, "a/rooms_model.ipynb", EXPERIMENT)
    for folder, into in ((path.parent, None), (project.notebooks, project.notebooks)):
        proposed = api.adopt_plan(project, project.root, into).rows[0].proposed
        assert folder == (proposed.parent if proposed else None)


PRESETS = [
    ("plain", "exploration_hotel-rooms.ipynb"),
    ("date", "2020-09-13_exploration_hotel-rooms.ipynb"),
    ("folder", "exploration/010_hotel-rooms.ipynb"),
    ("ccds", "0.01-al-hotel-rooms.ipynb"),
]


@pytest.mark.parametrize(("preset", "name"), PRESETS)
def test_presets(project: Project, preset: str, name: str) -> None:
    """Names have the form that the project asks for; a date is that of the notebook, not of the day."""
    run(project, "init", "-q")
    run(project, "config", "user.name", "Ada Lovelace")
    (project.root / "mlnb.toml").write_text(f'[notebooks]\npattern = "{preset}"\n')
    project = find(project.root)
    write(project, "eda hotel rooms.ipynb", EXPLORATION)
    plan = api.adopt_plan(project, project.root)
    expected = project.root / name
    assert [expected] == [each.proposed for each in plan.rows]
    stripped = replace(plan, rows=tuple(replace(each, made=None, proposed=None) for each in plan.rows))
    assert [expected] == [each.proposed for each in api.adopt(project, stripped, dry_run=True).plan.rows]


def test_own_words_count(project: Project) -> None:
    """The words for kinds that a project sets are read."""
    (project.root / "mlnb.toml").write_text('[kinds.deployment]\naliases = ["utrulling"]\n')
    project = find(project.root)
    write(project, "utrulling_rooms.ipynb", "# %%\nx = 1")
    assert Kind.DEPLOYMENT is api.adopt_plan(project, project.root).rows[0].kind


def test_references_are_counted(project: Project) -> None:
    """How often other files name a notebook."""
    write(project, "rooms_model.ipynb", EXPERIMENT)
    (project.root / "README.md").write_text("[a](rooms_model.ipynb) and [b](rooms_model.ipynb)\n")
    assert 2 == api.adopt_plan(project, project.root).rows[0].references
