"""The documents of a project: its notebooks and the executed notebooks of its runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mlnb.errors import BadName, MlnbError
from mlnb.notebook.names import read_name
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.dataset_name import DatasetName
from mlnb.records.run import RunRecord
from mlnb.search.extract import NotebookText, extract
from mlnb.search.words import spaced

SIZE_LIMIT = 100_000_000


@dataclass(frozen=True)
class Source:
    """A file to index. `stamp` changes when it must be read again."""

    path: str
    run: str | None
    stamp: str


@dataclass(frozen=True)
class Document:
    """What the index keeps of a source. `problem` says why it could not be read."""

    source: Source
    kind: str | None
    title: str
    at: str
    columns: tuple[str, ...]
    cells: list[dict[str, Any]]
    state: str | None = None
    decision: str | None = None
    metrics: dict[str, float] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    datasets: list[tuple[str, str]] = field(default_factory=list)
    problem: str | None = None


def sources(project: Project) -> Iterator[Source]:
    """Every file worth indexing, with a stamp from its size and time. Files that vanish meanwhile are passed over."""
    for path in project.notebook_files():
        if stamp := _stamp(path):
            yield Source(project.relative(path), None, stamp)
    for folder in runs.folders(project):
        stamp = _stamp(folder / runs.RECORD)
        if stamp:
            yield Source(project.relative(folder / runs.NOTEBOOK), folder.name, stamp)


def _stamp(path: Path) -> str | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_mtime_ns}:{status.st_size}"


def read_document(project: Project, source: Source) -> Document:
    """Read a source; one that cannot be read is still found by its name."""
    path = project.root / source.path
    record: RunRecord | None = None
    problem: str | None = None
    text = NotebookText(None, "", (), {})
    try:
        record = runs.read(path.parent) if source.run else None
        if path.stat().st_size > SIZE_LIMIT:
            problem = "larger than 100 MB"
        else:
            text = extract(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, MlnbError, RecursionError) as error:
        problem = (str(error).splitlines() or [type(error).__name__])[0][:200]
    return _document(source, path, text, record, problem)


def _document(
    source: Source, path: Path, text: NotebookText, record: RunRecord | None, problem: str | None
) -> Document:
    reading = read_name(record.notebook if record else path)
    name = Path(record.notebook).stem if record else path.stem
    title = text.title or (record.title if record else None) or path.stem
    parameters = dict(record.parameters) if record else {}
    metrics = dict(record.metrics) if record else {}
    datasets = _datasets(record) if record else []
    facts = [
        *(f"{key} {value}" for key, value in parameters.items()),
        *(f"{key} {value}" for key, value in metrics.items()),
        *(f"{dataset} {date}" for dataset, date in datasets),
        *((record.id, record.decision or "", record.decision_why or "") if record else ()),
    ]
    columns = (title, text.headings, name, text.markdown, text.code, text.parts, text.output, "\n".join(facts))
    return Document(
        source=source,
        kind=reading.kind,
        title=title,
        at=record.created if record else _modified(path),
        columns=tuple(spaced(_clean(column)) for column in columns),
        cells=[
            {
                "index": cell.index,
                "id": cell.id,
                "type": cell.type,
                "text": _clean(cell.source),
                "output": _clean(cell.output),
            }
            for cell in text.cells
        ],
        state=record.state if record else None,
        decision=record.decision if record else None,
        metrics=metrics,
        parameters=parameters,
        datasets=datasets,
        problem=problem,
    )


def _datasets(record: RunRecord) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for use in record.datasets:
        try:
            name = DatasetName.parse(use.file)
        except BadName:
            found.append((use.file, ""))
        else:
            found.append((name.name, name.iso_date))
    return found


def _clean(text: str) -> str:
    """Text that SQLite takes: no NUL, no lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _modified(path: Path) -> str:
    try:
        seconds = path.stat().st_mtime
    except OSError:
        seconds = 0.0
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
