"""Run records on disk: `runs/<stem>/<run id>/run.json` and what lies beside it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from pydantic import ValidationError

from mlnb import atomic
from mlnb.errors import MlnbError, NotFound
from mlnb.project import Project
from mlnb.records.run import RunRecord, Verdict

RECORD = "run.json"
NOTEBOOK = "notebook.ipynb"
EVENTS = "events.jsonl"
ARTIFACTS = "artifacts"
CANCEL = "cancel"


def new_id(now: datetime | None = None) -> str:
    """An id that sorts by time and is short enough to type: `20261121-081446-7f3a`."""
    now = now or datetime.now(UTC)
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def create(project: Project, record: RunRecord) -> Path:
    """Make the folder of a new run and write its record."""
    folder = folder_for(project, record.notebook, record.id)
    text = _text(record)  # before the folder: a record that cannot be written must not leave one
    folder.mkdir(parents=True, exist_ok=False)
    atomic.write_text(folder / RECORD, text)
    return folder


def folder_for(project: Project, notebook: str, run_id: str) -> Path:
    return project.runs / Path(notebook).stem / run_id


def write(folder: Path, record: RunRecord) -> None:
    """Replace the record, atomically."""
    atomic.write_text(folder / RECORD, _text(record))


def _text(record: RunRecord) -> str:
    return record.model_dump_json(indent=2) + "\n"


def read(folder: Path) -> RunRecord:
    """Read the record of one run; one whose supervisor is gone without a verdict is `lost`."""
    try:
        record = RunRecord.model_validate_json((folder / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f"there is no run in {folder}") from None
    except (ValidationError, ValueError, OSError):  # damaged, of another shape, or unreadable
        raise MlnbError(f"{folder / RECORD} is not a run record mlnb can read: remove the folder") from None
    return record if record.is_final or _alive(record) else _lost(record)


def _alive(record: RunRecord) -> bool:
    """Whether the supervisor lives: same process id and same start time, so that a reused id does not count."""
    if record.process is None:
        created = datetime.fromisoformat(record.created)
        return (datetime.now(UTC) - created).total_seconds() < 60  # its supervisor is being started
    try:
        process = psutil.Process(record.process.pid)
        same = abs(process.create_time() - record.process.started) < 1
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _lost(record: RunRecord) -> RunRecord:
    message = "the process that watched this run is gone without a verdict"
    return record.with_(state="lost", verdict=Verdict(reason="lost", message=message))


def folders(project: Project, stem: str | None = None) -> Iterator[Path]:
    """The folders of all runs, or of those of one notebook, newest first."""
    if not project.runs.is_dir():
        return
    parents = [project.runs / stem] if stem else [path for path in project.runs.iterdir() if path.is_dir()]
    found = [run for parent in parents if parent.is_dir() for run in parent.iterdir() if (run / RECORD).is_file()]
    yield from sorted(found, key=lambda path: path.name, reverse=True)


def readable(project: Project, stem: str | None = None) -> tuple[list[RunRecord], list[str]]:
    """The records of all runs, or of those of one notebook, newest first; and what is wrong with the others."""
    found: list[RunRecord] = []
    problems: list[str] = []
    for folder in folders(project, stem):
        try:
            found.append(read(folder))
        except MlnbError as error:
            problems.append(str(error))
    return found, problems


def find(project: Project, run_id: str) -> Path:
    """The folder of the run whose id begins or ends with `run_id`. Raises `NotFound`."""
    if not run_id or any(mark in run_id for mark in "/\\*?[") or run_id.startswith("."):
        raise NotFound(f"“{run_id}” is not a run id")
    found = [path for path in folders(project) if path.name.startswith(run_id) or path.name.endswith(run_id)]
    exact = [path for path in found if path.name == run_id]
    if len(exact) == 1:
        return exact[0]
    if len(found) > 1:
        raise NotFound(f"“{run_id}” fits {len(found)} runs: write more of the id")
    if not found:
        raise NotFound(f"there is no run “{run_id}”: `mlnb runs` lists them")
    return found[0]


def log(folder: Path, event: str, **fields: Any) -> None:
    """Append an event; whole lines only, so that supervisor and kernel may both write."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
    atomic.append_line(folder / EVENTS, json.dumps(line, ensure_ascii=False))


def events(folder: Path) -> Iterator[dict[str, Any]]:
    """The events so far; a last line that is not complete yet is passed over."""
    try:
        text = (folder / EVENTS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value


def in_kernel() -> Path | None:
    """The run folder of the kernel this code runs in; None outside a run."""
    folder = os.environ.get("MLNB_RUN")
    return Path(folder) if folder else None
