"""A notebook gets another name or folder, and all that names it follows, as one change that can be undone."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from mlnb import api
from mlnb.errors import AlreadyExists, BadName, MlnbError, NotFound
from mlnb.notebook import document, links
from mlnb.notebook.kinds import Kind
from mlnb.project import Project
from mlnb.records import changes, moves
from tests import percent
from tests.records.test_moves import ran


def state(root: Path) -> dict[str, bytes]:
    """Every file, but for git's and mlnb's own and the log of moves, which only grows."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if not name.startswith((".git/", ".mlnb/", "runs/moved"))}


def rename(project: Project, path: Path, title: str | None = None, **given: object) -> Path:
    plan = api.plan_of_rename(project, path, given.pop("kind", None), title, **given)  # type: ignore[arg-type]
    api.rename(project, plan)
    return plan.target


def family(project: Project) -> tuple[Path, Path]:
    """A notebook and the one that goes on from it."""
    parent = api.create(project, Kind.EXPLORATION, "Rain")
    return parent, api.create(project, Kind.EXPERIMENT, "Ridge", parent=parent)


@pytest.mark.parametrize("git", [False, True])
def test_links_runs_and_metadata_follow(project: Project, git: bool) -> None:
    """A rename rewrites From and Next, the heading, the metadata and the README; undoing restores every byte."""
    parent, child = family(project)
    (project.root / "README.md").write_text("See [rain](notebooks/010_exploration_rain.ipynb).\r\n")
    record = ran(project, parent)
    if git:
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            subprocess.run(["git", *command], cwd=project.root, check=True)
    before = state(project.root)
    new = rename(project, parent, "Snow in winter")
    assert project.notebooks / "010_exploration_snow-in-winter.ipynb" == new
    assert not parent.exists()
    read = document.read(new)
    assert "Snow in winter" == read.title
    assert [child.name] == [link.target for link in links.next_links(read)]
    after = document.read(child)
    assert [links.Link(new.stem, new.name)] == list(links.from_links(after))
    assert project.relative(new) == after.metadata["mlnb"]["parent"]
    assert (
        b"See [rain](notebooks/010_exploration_snow-in-winter.ipynb).\r\n" == (project.root / "README.md").read_bytes()
    )
    assert [record.id] == [found.id for found in api.runs(project, new).records]
    if git:
        status = subprocess.run(["git", "status", "-s"], cwd=project.root, check=True, capture_output=True, text=True)
        assert "notebooks/010_exploration_rain.ipynb -> notebooks/010_exploration_snow-in-winter.ipynb" in status.stdout
    assert [] == api.undo(project).refused
    assert before == state(project.root)
    assert [record.id] == [found.id for found in api.runs(project, parent).records]


def test_move_to_a_folder_and_back(project: Project) -> None:
    """Links on both sides lead to the same notebooks from the new place, and back again every byte is as it was."""
    parent, child = family(project)
    before = state(project.root)
    new = rename(project, child, folder=project.root / "my work" / "deep")
    assert project.root / "my work/deep/030_experiment_ridge.ipynb" == new
    assert ["../../notebooks/010_exploration_rain.ipynb"] == [
        link.target for link in links.from_links(document.read(new))
    ]
    assert ["../my work/deep/030_experiment_ridge.ipynb"] == [
        link.target for link in links.next_links(document.read(parent))
    ]
    assert ["my work/deep/030_experiment_ridge.ipynb"] == document.read(parent).metadata["mlnb"]["children"]
    assert child == rename(project, new, folder=project.notebooks)
    assert before == {name: content for name, content in state(project.root).items() if "my work" not in name}


TARGETS = [
    ("030_experiment_ridge.ipynb", {"title": "Lasso"}, "notebooks/030_experiment_lasso.ipynb"),
    ("030_experiment_ridge.ipynb", {"kind": Kind.DEPLOYMENT}, "notebooks/040_deployment_ridge.ipynb"),
    ("030_experiment_ridge.ipynb", {"number": 7}, "notebooks/007_experiment_ridge.ipynb"),
    ("030_experiment_ridge_v2.ipynb", {"title": "Lasso"}, "notebooks/030_experiment_lasso_v2.ipynb"),
    ("experiment_ridge.ipynb", {"title": "Lasso"}, "notebooks/experiment_lasso.ipynb"),
    ("EDA - Ocean Two.ipynb", {}, "notebooks/010_exploration_ocean-two.ipynb"),
    ("3 exp Ridge.ipynb", {}, "notebooks/003_experiment_ridge.ipynb"),
    ("Untitled.ipynb", {"kind": Kind.CLEANING, "title": "订单 清洗"}, "notebooks/020_cleaning_订单-清洗.ipynb"),
    ("030_experiment_ridge.ipynb", {"title": "RIDGE regression"}, "notebooks/030_experiment_ridge-regression.ipynb"),
]


@pytest.mark.parametrize(("name", "given", "expected"), TARGETS)
def test_targets(project: Project, name: str, given: dict[str, object], expected: str) -> None:
    """What is not given stays as it is; a name that was no canonical one becomes one."""
    path = percent.write(project.notebooks / name, "# %%\nx = 1")
    assert expected == project.relative(rename(project, path, **given))  # type: ignore[arg-type]


def test_a_scratch_notebook_that_gets_a_name_is_kept(project: Project) -> None:
    """It leaves the scratch folder for the notebooks."""
    path = percent.write(project.root / "scratch" / "Untitled.ipynb", "# %%\nx = 1")
    assert "notebooks/030_experiment_ridge.ipynb" == project.relative(
        rename(project, path, "Ridge", kind=Kind.EXPERIMENT)
    )


def test_only_a_heading_that_said_the_name_changes(project: Project) -> None:
    """A heading somebody wrote himself stays; the header line says the new kind and number."""
    path = percent.write(
        project.notebooks / "030_experiment_ridge.ipynb",
        "# %% [markdown]\n# # My own words\n# *experiment · 030 · 2025-03-14*  **From:** —",
    )
    new = rename(project, path, "Lasso", kind=Kind.DEPLOYMENT)
    assert "# My own words\n*deployment · 040 · 2025-03-14*  **From:** —" == document.read(new).cells[0].source


REFUSED = [
    ({}, AlreadyExists, "has this name already"),
    ({"title": "two\nlines"}, BadName, "one line"),
    ({"title": "🎉"}, BadName, "holds no letter or digit"),
    ({"title": "experiment"}, BadName, "only says the kind"),
    ({"title": "lasso"}, AlreadyExists, "there is notebooks/030_experiment_lasso.ipynb already"),
    ({"title": "Cafe"}, AlreadyExists, "there is notebooks/030_EXPERIMENT_CAFE.ipynb already"),
    ({"folder": Path("/etc")}, NotFound, "outside the project"),
]


@pytest.mark.parametrize(("given", "error", "message"), REFUSED)
def test_refused(project: Project, given: dict[str, object], error: type[MlnbError], message: str) -> None:
    """What will not do is said in one sentence, and nothing has changed."""
    path = percent.write(project.notebooks / "030_experiment_ridge.ipynb", "# %%\nx = 1")
    percent.write(project.notebooks / "030_experiment_lasso.ipynb", "# %%\nx = 1")
    percent.write(project.notebooks / "030_EXPERIMENT_CAFE.ipynb", "# %%\nx = 1")
    before = state(project.root)
    with pytest.raises(error, match=message):
        rename(project, path, **given)  # type: ignore[arg-type]
    assert before == state(project.root)
    assert [] == changes.listing(project)


def test_refused_files(project: Project) -> None:
    """What is no notebook of the project, or says no kind, is refused."""
    path = percent.write(project.notebooks / "notes.ipynb", "# %%\nx = 1")
    with pytest.raises(BadName, match="says no kind"):
        rename(project, path, "Ridge")
    with pytest.raises(NotFound, match="there is no notebook"):
        rename(project, project.root / "no.ipynb", "Ridge")
    record = ran(project, path)
    with pytest.raises(BadName, match="record of a run"):
        rename(project, project.runs / "notes" / record.id / "notebook.ipynb", "Ridge", kind=Kind.EXPERIMENT)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"cells": 3, "nbformat": 4}', b"[" * 100_000])
def test_what_is_no_notebook_is_moved_as_it_is(project: Project, content: bytes) -> None:
    """A file that cannot be read can be renamed all the same, byte for byte."""
    path = project.notebooks / "030_experiment_ridge.ipynb"
    path.write_bytes(content)
    assert content == rename(project, path, "Lasso").read_bytes()


def test_a_link_to_another_file(project: Project) -> None:
    """A symbolic link is renamed as a link; to another folder it would lead nowhere."""
    path = percent.write(project.notebooks / "010_exploration_rain.ipynb", "# %% [markdown]\n# # Ridge")
    link = project.notebooks / "030_experiment_ridge.ipynb"
    link.symlink_to(path.name)
    new = rename(project, link, "Lasso")
    assert (True, path.read_bytes()) == (new.is_symlink(), new.read_bytes())
    with pytest.raises(BadName, match="is a link to another file"):
        rename(project, new, folder=project.root / "other")


def test_a_change_of_case(project: Project) -> None:
    """The same name in another case is no other file."""
    path = percent.write(project.notebooks / "030_Experiment_RIDGE.ipynb", "# %%\nx = 1")
    (project.root / "README.md").write_text("notebooks/030_Experiment_RIDGE.ipynb")
    new = rename(project, path)
    assert ["030_experiment_ridge.ipynb"] == [file.name for file in project.notebooks.iterdir()]
    assert project.relative(new) == (project.root / "README.md").read_text()


def test_a_file_browsers_move_is_followed(project: Project) -> None:
    """After a move made elsewhere links on both sides and runs are right; once more changes nothing."""
    parent, child = family(project)
    record = ran(project, child)
    new = project.root / "other" / "ridge again.ipynb"
    new.parent.mkdir()
    child.rename(new)
    mended = api.moved(project, child, new)
    assert mended.change is not None
    assert ("rename", 3) == (mended.change.what, mended.references)
    (link,) = links.next_links(document.read(parent))
    assert ("ridge again", new) == (link.label, (parent.parent / link.target).resolve())
    (back,) = links.from_links(document.read(new))
    assert parent == (new.parent / back.target).resolve()
    assert [record.id] == [found.id for found in api.runs(project, new).records]
    assert (None, 0) == (api.moved(project, child, new).change, api.mend_links(project).references)
    api.undo(project)
    assert "[030_experiment_ridge](030_experiment_ridge.ipynb)" in document.read(parent).cells[0].source


def test_git_moves_are_mended_when_asked(project: Project) -> None:
    """`git mv`, twice and with nobody looking in between, is found by content and mended in one go."""
    parent, child = family(project)
    api.runs(project)
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["mv", str(parent), "notebooks/a.ipynb"],
        ["mv", str(child), "b.ipynb"],
        ["mv", "b.ipynb", "c.ipynb"],
    ):
        subprocess.run(["git", *command], cwd=project.root, check=True)
    assert 4 == api.mend_links(project).references
    (link,) = links.next_links(document.read(project.notebooks / "a.ipynb"))
    (back,) = links.from_links(document.read(project.root / "c.ipynb"))
    assert ("../c.ipynb", "notebooks/a.ipynb") == (link.target, back.target)
    assert "notebooks/a.ipynb" == document.read(project.root / "c.ipynb").metadata["mlnb"]["parent"]
    assert 0 == api.mend_links(project).references


def test_a_copy_is_no_move(project: Project) -> None:
    """A path that is still there was not moved; one that is nowhere is refused."""
    _, child = family(project)
    copy = project.notebooks / "copy.ipynb"
    copy.write_bytes(child.read_bytes())
    assert api.moved(project, child, copy).change is None
    with pytest.raises(NotFound, match="there is no gone.ipynb"):
        api.moved(project, child, project.root / "gone.ipynb")
    assert [] == moves.log(project)


def test_a_folder_is_followed(project: Project) -> None:
    """A folder moved in the file browser takes the runs of its notebooks and the links to them along, data as well."""
    path = percent.write(project.root / "old" / "030_experiment_ridge.ipynb", "# %%\nx = read('x.csv')")
    empty = percent.write(project.root / "old" / "deep" / "a.ipynb", "")
    (path.parent / "x.csv").write_text("a")
    (project.root / "README.md").write_text("[r](old/030_experiment_ridge.ipynb) `old/x.csv` old/deep/a.ipynb")
    record, second = ran(project, path), ran(project, empty)
    path.parent.rename(project.root / "new")
    assert 3 == api.moved(project, project.root / "old", project.root / "new").references
    assert (
        "[r](new/030_experiment_ridge.ipynb) `new/x.csv` new/deep/a.ipynb" == (project.root / "README.md").read_text()
    )
    assert [record.id] == [found.id for found in api.runs(project, project.root / "new" / path.name).records]
    assert [second.id] == [found.id for found in api.runs(project, project.root / "new/deep/a.ipynb").records]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only(project: Project) -> None:
    """Where something may not be written, nothing is renamed, and one sentence says what it was."""
    parent, child = family(project)
    before = state(project.root)
    child.chmod(0o444)
    with pytest.raises(MlnbError, match="030_experiment_ridge.ipynb names the notebook and may not be written"):
        rename(project, parent, "Snow")
    child.chmod(0o644)
    project.notebooks.chmod(0o555)
    with pytest.raises(MlnbError, match="notebooks may not be written: nothing was renamed"):
        rename(project, parent, "Snow")
    project.notebooks.chmod(0o755)
    assert (before, []) == (state(project.root), changes.listing(project))


def test_cyclic_links_and_deleted_parents(project: Project) -> None:
    """Notebooks that name each other in a circle, or one that is gone, are renamed like any other."""
    a = percent.write(
        project.notebooks / "010_exploration_a.ipynb",
        "# %% [markdown]\n# **From:** [b](011_exploration_b.ipynb), [gone](gone.ipynb)",
    )
    b = percent.write(
        project.notebooks / "011_exploration_b.ipynb",
        "# %% [markdown]\n# **From:** [a](010_exploration_a.ipynb), [me](011_exploration_b.ipynb)",
    )
    new = rename(project, a, "c")
    assert "**From:** [a](010_exploration_c.ipynb), [me](011_exploration_b.ipynb)" == document.read(b).cells[0].source
    assert "**From:** [b](011_exploration_b.ipynb), [gone](gone.ipynb)" == document.read(new).cells[0].source


def test_metadata_of_other_tools_stays(project: Project) -> None:
    """The bytes of a notebook with one link change only in that link."""
    parent, child = family(project)
    tree = json.loads(child.read_text())
    tree["metadata"]["colab"] = {"x": [1.0, 1e10]}
    text = json.dumps(tree, indent=3, ensure_ascii=True).replace("1e10", "1E+10").replace("10000000000.0", "1E+10")
    child.write_text(text)
    rename(project, parent, "Snow")
    assert text.replace("exploration_rain", "exploration_snow") == child.read_text()


def test_nothing_is_renamed_where_the_log_cannot_be_written(project: Project) -> None:
    """A rename that its runs could not follow is no rename."""
    path = percent.write(project.notebooks / "010_exploration_rain.ipynb", "# %%\nx = 1")
    (project.runs / moves.LOG).mkdir(parents=True)
    before = state(project.root)
    with pytest.raises(OSError, match="directory"):
        rename(project, path, "Snow")
    assert before == state(project.root)
    assert [] == changes.listing(project)


def test_a_link_to_a_folder_leads_nowhere(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No notebook leaves the project by a folder that is a link, whoever put it there."""
    outside = tmp_path_factory.mktemp("outside")
    path = api.create(project, Kind.EXPLORATION, "Rain")
    (project.root / "link").symlink_to(outside)
    (project.root / "scratch").symlink_to(outside)
    with pytest.raises(NotFound, match="outside the project"):
        rename(project, path, folder=project.root / "link")
    with pytest.raises(NotFound, match="outside the project"):
        api.create(project, Kind.CLEANING, "Days", folder=project.root / "link")
    with pytest.raises(NotFound, match="outside the project"):
        api.create_scratch(project)
    assert [] == list(outside.iterdir())
