"""What notebooks were called before: `runs/moved.jsonl`, so that run records, which never change, are found by them.

A move that mlnb makes is written down at once. One that git or a file browser made is found on the next look: a
notebook is gone, and another one has its content.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mlnb import atomic
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.fingerprints import Fingerprint, fingerprint, matched
from mlnb.records.run import Moment, RelativePath

LOG = "moved.jsonl"
_LOOK = "notebooks.json"
_MOST_LOST = 2000


class Move(BaseModel):
    """A line of the log. Paths are from the root of the project."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, serialize_by_alias=True)

    at: Moment
    old: RelativePath = Field(alias="from")
    new: RelativePath = Field(alias="to")
    how: str = Field("rename", max_length=100)


def record(project: Project, old: Path, new: Path, how: str = "rename") -> None:
    """Write down that a notebook, or a folder of notebooks, has moved."""
    pairs = [(old, new)]
    if new.is_dir():
        pairs = [(old / path.relative_to(new), path) for path in sorted(new.rglob("*.ipynb"))]
    for before, after in pairs:
        _append(project, project.relative(before), project.relative(after), how)


def _append(project: Project, old: str, new: str, how: str) -> None:
    if old == new:
        return
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = {"at": at, "from": old, "to": new, "how": how}
    atomic.append_line(project.runs / LOG, json.dumps(line))  # escaped: a file name may be no text


def log(project: Project) -> list[Move]:
    """The moves in their order; lines that cannot be read are passed over."""
    try:
        text = (project.runs / LOG).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found: list[Move] = []
    for line in text.splitlines():
        with suppress(ValueError, RecursionError, ValidationError):
            found.append(Move.model_validate(json.loads(line)))
    return found


@dataclass(frozen=True)
class Present:
    """Says where a notebook is now that a record names by an earlier path."""

    root: Path
    moves: tuple[Move, ...]

    def __call__(self, path: str, at: str | None = None) -> str:
        """The path now. `at` is when the path was written down: only later moves count.

        Where it is not given, a path that is there still means itself.
        """
        if at is None and self._is_there(path):
            return path
        when = datetime.fromisoformat(at) if at else None
        chain = [path]
        place = -1
        while step := self._next(chain[-1], place, when):
            place, following = step
            chain.append(following)
        there = [each for each in chain if self._is_there(each)]
        return there[-1] if there else chain[-1]

    def earlier(self, path: str) -> set[str]:
        """Every path that the notebook may have had, this one included."""
        found = {path}
        new = [path]
        while new:
            before = {old for each in new for old in self._before.get(each, ())} - found
            found |= before
            new = list(before)
        return found

    def _next(self, path: str, place: int, when: datetime | None) -> tuple[int, str] | None:
        for number, at, new in self._after.get(path, ()):
            if number > place and (when is None or at >= when):
                return number, new
        return None

    @cached_property
    def _after(self) -> Mapping[str, list[tuple[int, datetime, str]]]:
        found: dict[str, list[tuple[int, datetime, str]]] = defaultdict(list)
        for number, move in enumerate(self.moves):
            found[move.old].append((number, datetime.fromisoformat(move.at), move.new))
        return found

    @cached_property
    def _before(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for move in self.moves:
            found[move.new].add(move.old)
        return found

    @cached_property
    def _seen(self) -> dict[str, bool]:
        return {}

    def _is_there(self, path: str) -> bool:
        if path not in self._seen:
            # A record may hold any text as a path, also one that no file can have: `Path.is_file` raises on those.
            self._seen[path] = os.path.isfile(self.root / path)
        return self._seen[path]


def present(project: Project) -> Present:
    """Say where notebooks are now, by the log alone."""
    return Present(project.root, tuple(log(project)))


def followed(project: Project) -> Present:
    """Say where notebooks are now, after a look for moves made elsewhere."""
    catch_up(project)
    return present(project)


# ------------------------------------------------------------------ the look

Stamp = tuple[int, int]
_Entry = tuple[int, int, str | None, str]  # time, size, id, hashes of the cells


class _Look(BaseModel):
    """What was there when we last looked. `runs` has the notebooks of each folder of runs, with their newest run."""

    schema_version: int = 1
    notebooks: dict[str, _Entry] = {}
    lost: dict[str, tuple[str | None, str]] = {}
    runs: dict[str, tuple[int, dict[str, str]]] = {}

    def is_of(self, stamps: Mapping[str, Stamp], folders: Mapping[str, int]) -> bool:
        """Whether nothing has changed since."""
        return stamps == {path: entry[:2] for path, entry in self.notebooks.items()} and folders == {
            stem: stamp for stem, (stamp, _) in self.runs.items()
        }


def catch_up(project: Project) -> list[tuple[str, str]]:
    """Find the notebooks that were moved since the last look, write the moves down, and return them.

    A notebook is only looked for when its path is gone; so a copy beside its original is no move.
    """
    last = _read(project)
    stamps = dict(_stamps(project))
    folders = dict(_run_folders(project))
    if last and last.is_of(stamps, folders):
        return []
    try:
        project.cache.mkdir(parents=True, exist_ok=True)
        with FileLock(project.cache / "look.lock", timeout=30):
            return _look(project, _read(project), stamps, folders)
    except OSError:  # a project that may only be read: there is nothing to write a move down in
        return []


def _look(
    project: Project, last: _Look | None, stamps: Mapping[str, Stamp], folders: Mapping[str, int]
) -> list[tuple[str, str]]:
    before = last or _Look()
    known = {path: Fingerprint(entry[2], tuple(entry[3].split())) for path, entry in before.notebooks.items()}
    now = {
        path: known[path] if path in known and before.notebooks[path][:2] == stamp else _fingerprint(project, path)
        for path, stamp in stamps.items()
    }
    recorded = _recorded(project, before, folders)
    where = present(project)
    lost = {path: Fingerprint(one[0], tuple(one[1].split())) for path, one in before.lost.items()} | known
    gone = {path: one for path, one in lost.items() if path not in now and where(path) not in now}
    found = matched(gone, {path: one for path, one in now.items() if path not in known})
    ran = _of_runs(project, recorded, where, {*now, *lost})
    found += matched(ran, now)
    for old, new in found:
        _append(project, old, new, "found")
    gone |= ran
    still = [path for path in gone if path not in dict(found)][-_MOST_LOST:]
    look = _Look(
        notebooks={path: (*stamp, now[path].id, " ".join(now[path].cells)) for path, stamp in stamps.items()},
        lost={path: (gone[path].id, " ".join(gone[path].cells)) for path in still},
        runs=recorded,
    )
    atomic.write_text(project.cache / _LOOK, json.dumps(look.model_dump()))  # escaped, as the log is
    return found


def _stamps(project: Project) -> Iterator[tuple[str, Stamp]]:
    for path in project.notebook_files():
        with suppress(OSError, UnicodeEncodeError):  # gone meanwhile, or a name that is no text
            status = os.stat(path)
            name = path.relative_to(project.root).as_posix()
            name.encode()
            yield name, (status.st_mtime_ns, status.st_size)


def _fingerprint(project: Project, path: str) -> Fingerprint:
    try:
        return fingerprint(project.root / path)
    except OSError:
        return Fingerprint(None, ())


def _run_folders(project: Project) -> Iterator[tuple[str, int]]:
    """The folders of runs, with the time at which a run was last added."""
    with suppress(OSError), os.scandir(project.runs) as entries:
        for entry in entries:
            if entry.is_dir():
                yield entry.name, entry.stat().st_mtime_ns


def _recorded(project: Project, last: _Look, folders: Mapping[str, int]) -> dict[str, tuple[int, dict[str, str]]]:
    """For each folder of runs the notebooks that ran, each with its newest run."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for stem, stamp in folders.items():
        old = last.runs.get(stem)
        if old and old[0] == stamp:
            found[stem] = old
            continue
        newest: dict[str, str] = {}
        for folder in runs.folders(project, stem):
            with suppress(OSError, ValueError, RecursionError, TypeError, KeyError):
                notebook = json.loads((folder / runs.RECORD).read_text(encoding="utf-8"))["notebook"]
                if isinstance(notebook, str):
                    newest.setdefault(notebook, folder.name)
        found[stem] = (stamp, newest)
    return found


def _of_runs(
    project: Project, recorded: Mapping[str, tuple[int, dict[str, str]]], where: Present, seen: set[str]
) -> dict[str, Fingerprint]:
    """Notebooks that ran and were never looked at themselves, as their runs show them."""
    found: dict[str, Fingerprint] = {}
    for stem, (_, newest) in recorded.items():
        for notebook, run in newest.items():
            if notebook not in seen and where(notebook) not in seen:
                with suppress(OSError):
                    found[notebook] = fingerprint(project.runs / stem / run / runs.NOTEBOOK)
    return found


def _read(project: Project) -> _Look | None:
    try:
        return _Look.model_validate(json.loads((project.cache / _LOOK).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return None
