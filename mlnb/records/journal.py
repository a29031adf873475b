"""What a change writes down before it is done, in `.mlnb/undo/<id>/`: `change.json` and `operations.jsonl`.

Such a folder may come with a project that somebody else made, so nothing in it is trusted.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mlnb import atomic
from mlnb.errors import NotFound
from mlnb.project import Project

What = Literal["rename", "split", "adopt"]
_HEAD = "change.json"
_OPERATIONS = "operations.jsonl"


class Head(BaseModel):
    """What the change is, and how far it came."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    what: What
    title: str
    when: str
    files: int = 0
    paths: tuple[str, ...] = ()
    state: Literal["open", "done", "undone"] = "open"


class Operation(BaseModel):
    """One step. `before` names the kept bytes, `after` is the hash of what was written. Paths are from the root."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    op: Literal["write", "create", "move", "folder"]
    path: str
    to: str | None = None
    before: str | None = Field(default=None, pattern=r"^\d+\.before$")
    after: str | None = None


def home(project: Project) -> Path:
    return project.cache / "undo"


def heads(project: Project) -> list[Head]:
    found: list[Head] = []
    if not home(project).is_dir():
        return found
    for file in sorted(home(project).glob(f"*/{_HEAD}"), reverse=True):
        with suppress(ValidationError, ValueError, OSError):  # damaged: cannot be undone
            head = Head.model_validate_json(file.read_text(encoding="utf-8"))
            if head.id == file.parent.name and all(_is_relative(name) for name in head.paths):
                found.append(head)
    return found


def write_head(folder: Path, head: Head) -> None:
    atomic.write_text(folder / _HEAD, json.dumps(head.model_dump(), ensure_ascii=False, indent=2) + "\n")


def append(folder: Path, operation: Operation) -> None:
    atomic.append_line(folder / _OPERATIONS, operation.model_dump_json(exclude_none=True))


def operations(folder: Path) -> list[Operation]:
    try:
        lines = (folder / _OPERATIONS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found: list[Operation] = []
    for line in lines:
        with suppress(ValidationError, ValueError):  # a last line that was cut off: that step was never begun
            found.append(Operation.model_validate_json(line))
    return found


def place(project: Project, name: str) -> Path:
    """A path of the journal. Raises `NotFound` for one that no change of mlnb has touched.

    A journal may come with a project that somebody else made: then git's own folder must not be reached by it.
    """
    if "\0" in name:
        raise NotFound("the record of the change is damaged: it names a path that no file can have")
    path = project.inside(name)
    if ".git" in (part.casefold() for part in path.resolve().relative_to(project.root.resolve()).parts):
        raise NotFound(f"the record of the change is damaged: it names {name}, which is git’s own")
    return path


def _is_relative(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
