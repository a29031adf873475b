"""Changes that can be undone, also when they were interrupted or when somebody went on working."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from mlnb.errors import AlreadyExists, NotFound
from mlnb.project import Project
from mlnb.records import changes


def state(root: Path) -> dict[str, bytes | None]:
    """Every file and folder outside .mlnb and .git."""
    found: dict[str, bytes | None] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not name.startswith((".mlnb", ".git")):
            found[name] = path.read_bytes() if path.is_file() else None
    return found


def make(project: Project) -> None:
    (project.root / "a.md").write_bytes(b"one\r\ntwo \xff")
    (project.notebooks / "old.ipynb").write_text("{}")
    (project.root / "folder").mkdir()
    (project.root / "folder/x.txt").write_text("x")


def change(project: Project) -> changes.Change:
    with changes.recording(project, "adopt", "adopt 1 notebook") as recording:
        recording.write(project.root / "a.md", "new")
        recording.move(project.notebooks / "old.ipynb", project.root / "deep/er/new.ipynb")
        recording.write(project.root / "deep/er/new.ipynb", "{ }")
        recording.create(project.root / "other/b.txt", "b")
        recording.move(project.root / "folder", project.root / "moved")
        recording.made(project.root / "deep/er/new.ipynb")
    return changes.listing(project)[0]


@pytest.mark.parametrize("git", [False, True])
def test_undo(project: Project, git: bool) -> None:
    """Undoing restores every byte, removes what was made, and git sees nothing but renames in between."""
    make(project)
    if git:
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            subprocess.run(["git", *command], cwd=project.root, check=True)
    before = state(project.root)
    made = change(project)
    assert (4, ("deep/er/new.ipynb",), False) == (made.files, made.paths, made.undone)
    assert b"new" == (project.root / "a.md").read_bytes()
    if git:
        status = subprocess.run(["git", "status", "-s"], cwd=project.root, check=True, capture_output=True, text=True)
        assert "R  folder/x.txt -> moved/x.txt" in status.stdout
        assert "RM notebooks/old.ipynb -> deep/er/new.ipynb" in status.stdout
    undone = changes.undo(project)
    assert ([], True) == (undone.refused, undone.change.undone)
    assert before == state(project.root)
    if git:
        status = subprocess.run(["git", "status", "-s"], cwd=project.root, check=True, capture_output=True, text=True)
        assert "" == status.stdout
    with pytest.raises(NotFound, match="no change to undo"):
        changes.undo(project)
    with pytest.raises(AlreadyExists, match="undone already"):
        changes.undo(project, made.id[:-1])


def test_what_was_changed_since_is_left(project: Project) -> None:
    """Undoing never throws away what somebody wrote afterwards; the rest is restored."""
    make(project)
    change(project)
    (project.root / "a.md").write_text("mine")
    (project.root / "other/b.txt").unlink()
    undone = changes.undo(project)
    assert [("a.md", "it was changed since")] == undone.refused
    assert not undone.change.undone
    assert "mine" == (project.root / "a.md").read_text()
    assert (project.notebooks / "old.ipynb").read_text() == "{}"
    assert not (project.root / "moved").exists()


def test_an_error_undoes(project: Project) -> None:
    """A change that fails half way leaves nothing behind, and is not listed."""
    make(project)
    before = state(project.root)
    with pytest.raises(FileExistsError), changes.recording(project, "rename", "x") as recording:
        recording.write(project.root / "a.md", "new")
        recording.move(project.root / "folder", project.root / "moved")
        recording.create(project.root / "a.md", "again")
    assert before == state(project.root)
    assert [] == changes.listing(project)


def test_a_killed_change_can_be_undone(project: Project) -> None:
    """A process that dies in the middle leaves a change that says so and can be undone."""
    make(project)
    before = state(project.root)
    pid = os.fork()
    if pid == 0:
        with changes.recording(project, "adopt", "adopt 2 notebooks") as recording:
            recording.write(project.root / "a.md", "new")
            recording.move(project.root / "folder", project.root / "moved")
            os._exit(0)
    os.waitpid(pid, 0)
    assert ["adopt 2 notebooks (interrupted)"] == [each.title for each in changes.listing(project)]
    changes.undo(project)
    assert before == state(project.root)


def test_refusals(project: Project) -> None:
    """Nothing is moved onto something else, and an unknown change is named."""
    make(project)
    with pytest.raises(FileExistsError), changes.recording(project, "rename", "x") as recording:
        recording.move(project.root / "a.md", project.root / "folder")
    with pytest.raises(NotFound, match="is no change"):
        changes.undo(project, "nothing")
