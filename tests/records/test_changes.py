"""Changes that can be undone, also when they were interrupted or when somebody went on working."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from pathlib import Path

import pytest

from mlnb import atomic
from mlnb.errors import AlreadyExists, MlnbError, NotFound
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


def journal(project: Project, *operations: dict[str, str], **head: object) -> Path:
    """A change as somebody else's project may bring it along."""
    folder = project.cache / "undo/20250101-000000-abcd"
    folder.mkdir(parents=True)
    told = {"id": folder.name, "what": "rename", "title": "t", "when": "2025-01-01T00:00:00+00:00", "state": "done"}
    (folder / "change.json").write_text(json.dumps(told | head))
    (folder / "operations.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in operations))
    return folder


@pytest.mark.parametrize("place", [".git/hooks/post-checkout", ".GIT/hooks/x", "a/../.git/config", "a\0b", "../x"])
def test_a_journal_that_came_along_reaches_no_further(project: Project, place: str) -> None:
    """Undoing what somebody else's project brings along puts nothing into git's folder or out of the project."""
    (project.root / ".git/hooks").mkdir(parents=True)
    (project.root / "evil.sh").write_text("#!/bin/sh")
    journal(project, {"op": "move", "path": place, "to": "evil.sh"})
    with pytest.raises(NotFound):
        changes.undo(project)
    assert (project.root / "evil.sh").is_file()
    assert [] == list((project.root / ".git/hooks").iterdir())


def test_a_change_that_names_other_folders_is_not_listed(project: Project) -> None:
    """Its paths are shown to people, and are always below the root."""
    journal(project, paths=["/etc/passwd"])
    assert [] == changes.listing(project)


def test_the_bytes_before_are_gone(project: Project) -> None:
    """Then a file is left alone, and the others are restored."""
    make(project)
    made = change(project)
    for kept in (project.cache / "undo" / made.id).glob("*.before"):
        kept.unlink()
    refused = dict(changes.undo(project).refused)
    assert {"a.md", "deep/er/new.ipynb"} == set(refused)
    assert (project.root / "folder/x.txt").is_file()


def test_what_cannot_be_taken_back_can_be_undone_later(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the refusal says so, and how to undo the half that was done."""
    make(project)
    before = state(project.root)

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.raises(MlnbError, match="stopped half way.*`mlnb undo"), monkeypatch.context() as disk:  # noqa: SIM117
        with changes.recording(project, "adopt", "adopt 1 notebook") as recording:
            recording.write(project.root / "a.md", "new")
            disk.setattr(atomic, "write_bytes", full)
            recording.write(project.notebooks / "old.ipynb", "{ }")
    assert before != state(project.root)
    changes.undo(project)
    assert before == state(project.root)


def test_git_is_told_and_runs_nothing(project: Project) -> None:
    """A filter that git asks when it looks into files is not run, nor missed where it is not installed."""
    make(project)
    git = ["git", "-c", "filter.x.clean=cat", "-c", "filter.x.required=false", "-c", "filter.x.process="]
    (project.root / ".gitattributes").write_text("*.ipynb filter=x")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        subprocess.run([*git, *command], cwd=project.root, check=True)
    for key, value in (("clean", "touch ran"), ("process", "touch ran"), ("required", "true")):
        subprocess.run(["git", "config", f"filter.x.{key}", value], cwd=project.root, check=True)
    old, new = project.notebooks / "old.ipynb", project.notebooks / "müde 2.ipynb"
    os.utime(old, (0, 0))  # so git would look into it
    with changes.recording(project, "rename", "rename old.ipynb") as recording:
        recording.move(old, new)
    assert not (project.root / "ran").exists()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project.root, check=True, capture_output=True, text=True)
    assert "notebooks/müde 2.ipynb" in listed.stdout.split("\0")
    assert "notebooks/old.ipynb" not in listed.stdout.split("\0")
