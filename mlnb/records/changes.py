"""Several file operations as one change that can be undone byte for byte.

`.mlnb/undo/<id>/` holds `change.json`, `operations.jsonl` and the bytes that were replaced. An operation is written
down before it is done, so that a change that was killed half way can be undone as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from mlnb import atomic
from mlnb.errors import AlreadyExists, MlnbError, NotFound
from mlnb.project import Project
from mlnb.records import journal
from mlnb.records.git_moves import GitMoves
from mlnb.records.journal import What
from mlnb.records.runs import new_id
from mlnb.records.uses import DatasetUses

KEPT = 50  # changes that can be undone


@dataclass(frozen=True)
class Change:
    """A change that was made. `files` counts the files it touched, `paths` are the notebooks it made."""

    id: str
    what: What
    title: str
    when: str
    files: int
    paths: tuple[str, ...]
    undone: bool


@dataclass(frozen=True)
class Undone:
    """What undoing restored, and the files that were left alone, each with the reason.

    `moved` are the paths that files had, with the ones they have again.
    """

    change: Change
    restored: int
    refused: list[tuple[str, str]]
    moved: list[tuple[str, str]]


class Recording:
    """What a change does to files, each step kept so that it can be undone."""

    def __init__(self, project: Project, folder: Path, head: journal.Head) -> None:
        self._project = project
        self._folder = folder
        self._head = head
        self._git = GitMoves(project.root)
        self._touched: set[str] = set()
        self._paths: list[str] = list(head.paths)
        self._blobs = 0

    @property
    def id(self) -> str:
        return self._head.id

    def write(self, path: Path, content: str | bytes) -> None:
        """Replace a file; the bytes before are kept."""
        new = _bytes(content)
        before = path.read_bytes()
        name = f"{self._blobs}.before"
        self._blobs += 1
        atomic.write_bytes(self._folder / name, before)
        self._log(journal.Operation(op="write", path=self._relative(path), before=name, after=_digest(new)))
        atomic.write_bytes(path, new)

    def create(self, path: Path, content: str | bytes) -> None:
        """Write a file that must not exist yet. Raises FileExistsError."""
        new = _bytes(content)
        if os.path.lexists(path):
            raise FileExistsError(f"{path} exists already")
        self._folders(path.parent)
        self._log(journal.Operation(op="create", path=self._relative(path), after=_digest(new)))
        atomic.create(path, lambda temporary: temporary.write_bytes(new))

    def move(self, old: Path, new: Path) -> None:
        """Move a file or folder, with git where git tracks it. Raises FileExistsError."""
        if not os.path.lexists(old):
            raise NotFound(f"there is no {self._relative(old)} any more")
        if os.path.lexists(new) and not os.path.samefile(old, new):  # the same file: only the case changes
            raise FileExistsError(f"{new} exists already")
        self._folders(new.parent)
        self._log(journal.Operation(op="move", path=self._relative(old), to=self._relative(new)))
        self._git.move(old, new)

    def made(self, path: Path) -> None:
        """Name a notebook in the report of the change."""
        self._paths.append(self._relative(path))

    def finish(self) -> Change:
        self._head = self._head.model_copy(
            update={"state": "done", "files": len(self._touched), "paths": tuple(self._paths)}
        )
        journal.write_head(self._folder, self._head)
        return _change(self._head)

    def _relative(self, path: Path) -> str:
        return self._project.relative(path)

    def _folders(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            self._log(journal.Operation(op="folder", path=self._relative(each)))
            each.mkdir(exist_ok=True)

    def _log(self, operation: journal.Operation) -> None:
        if operation.op != "folder":
            self._touched.add(operation.to or operation.path)
            self._touched.discard(operation.path if operation.to else "")
        journal.append(self._folder, operation)


@contextmanager
def recording(project: Project, what: What, title: str, paths: Iterable[Path] = ()) -> Iterator[Recording]:
    """Make a change. An exception inside undoes what was done so far, and goes on."""
    with lock(project):
        head = journal.Head(
            id=new_id(),
            what=what,
            title=title,
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            paths=tuple(project.relative(path) for path in paths),
        )
        folder = journal.home(project) / head.id
        folder.mkdir(parents=True)
        journal.write_head(folder, head)
        change = Recording(project, folder, head)
        try:
            yield change
        except BaseException as cause:
            try:
                _, refused, _ = _undo(project, folder)
            except OSError as error:  # a disk that is full takes nothing back either
                raise MlnbError(
                    f"“{title}” stopped half way ({cause}) and cannot be taken back now"
                    f" ({error.strerror or error}): mend that, then `mlnb undo {head.id}`"
                ) from cause
            if not refused:  # else what could not be put back can still be undone by hand
                shutil.rmtree(folder, ignore_errors=True)
            raise
        change.finish()
        _prune(project)


def listing(project: Project) -> list[Change]:
    """The changes that can be, or have been, undone, newest first."""
    return [_change(head) for head in journal.heads(project)]


def undo(project: Project, change_id: str | None = None) -> Undone:
    """Undo a change, by any unambiguous part of its id, or the newest one.

    Files that were changed since are left alone, and so are datasets of a split that something else uses.
    Of a split nothing is undone where the first part was changed: the cells of the second would be lost.
    Raises `NotFound` where there is nothing to undo.
    """
    with lock(project):
        heads = journal.heads(project)
        if change_id is None:
            fitting = [head for head in heads if head.state != "undone"][:1]
            if not fitting:
                raise NotFound("there is no change to undo")
        else:
            fitting = [
                head for head in heads if change_id and (head.id.startswith(change_id) or head.id.endswith(change_id))
            ]
            if len(fitting) != 1:
                what = f"fits {len(fitting)} changes" if fitting else "is no change that can be undone"
                raise NotFound(f"“{change_id}” {what}: `mlnb undo --list` lists them")
        head = fitting[0]
        if head.state == "undone":
            raise AlreadyExists(f"{head.title} has been undone already")
        folder = journal.home(project) / head.id
        if head.what == "split" and (changed := _changed_since(project, folder)):
            return Undone(_change(head), 0, changed, [])
        uses = DatasetUses(project) if head.what == "split" else None
        restored, refused, moved = _undo(project, folder, uses)
        if not refused:
            head = head.model_copy(update={"state": "undone"})
            journal.write_head(folder, head)
        return Undone(_change(head), restored, refused, moved)


def _undo(
    project: Project, folder: Path, uses: DatasetUses | None = None
) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    git = GitMoves(project.root)
    restored: set[str] = set()
    refused: list[tuple[str, str]] = []
    moved: list[tuple[str, str]] = []
    for operation in reversed(journal.operations(folder)):
        path = journal.place(project, operation.path)
        match operation:
            case journal.Operation(op="folder"):
                with suppress(OSError):  # not empty: something else lies there now
                    path.rmdir()
                continue
            case journal.Operation(op="move", to=str(to)):
                reason = _move_back(git, path, journal.place(project, to))
                if reason is None:
                    moved.append((to, operation.path))
            case journal.Operation(op="create", after=str(after)):
                reason = (uses.of(path) if uses else None) or _remove(path, after)
            case journal.Operation(before=str(before), after=str(after)):
                reason = _restore(path, folder / before, after)
            case _:
                reason = "its record is damaged"
        if reason is None:
            restored.add(operation.path)
        elif reason:
            refused.append((operation.path, reason))
    return len(restored), refused, moved


def _changed_since(project: Project, folder: Path) -> list[tuple[str, str]]:
    """The files that were written to, and that something else has written to since."""
    found: list[tuple[str, str]] = []
    for operation in journal.operations(folder):
        path = journal.place(project, operation.path)
        if operation.op == "write" and operation.before and path.is_file():
            now = path.read_bytes()
            kept = folder / operation.before
            if _digest(now) != operation.after and not (kept.is_file() and now == kept.read_bytes()):
                found.append((operation.path, "it was changed since, so nothing was undone"))
    return found


def _move_back(git: GitMoves, old: Path, new: Path) -> str | None:
    """Why a move cannot be undone; None when it was, the empty text when there was nothing to do."""
    if not os.path.lexists(new):
        return "" if os.path.lexists(old) else f"{new.name} is gone"
    if os.path.lexists(old) and not os.path.samefile(old, new):
        return f"there is another {old.name} now"
    old.parent.mkdir(parents=True, exist_ok=True)
    git.move(new, old)
    return None


def _remove(path: Path, after: str) -> str | None:
    if not path.is_file():
        return ""
    if _digest(path.read_bytes()) != after:
        return "it was changed since"
    path.unlink()
    return None


def _restore(path: Path, kept: Path, after: str) -> str | None:
    if not path.is_file():
        return "it is gone"
    if not kept.is_file():
        return "what it held before is not kept any more"
    before = kept.read_bytes()
    now = path.read_bytes()
    if now == before:
        return ""
    if _digest(now) != after:
        return "it was changed since"
    atomic.write_bytes(path, before)
    return None


@contextmanager
def lock(project: Project) -> Iterator[None]:
    """Keep every other change of the project waiting. Raises `MlnbError` after 30 s."""
    journal.home(project).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(project.cache / "change.lock", timeout=30):
            yield
    except Timeout:
        raise MlnbError("another change of this project is under way: try again when it is done") from None


def _change(head: journal.Head) -> Change:
    title = f"{head.title} (interrupted)" if head.state == "open" else head.title
    return Change(head.id, head.what, title, head.when, head.files, head.paths, head.state == "undone")


def _prune(project: Project) -> None:
    for head in journal.heads(project)[KEPT:]:
        shutil.rmtree(journal.home(project) / head.id, ignore_errors=True)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
