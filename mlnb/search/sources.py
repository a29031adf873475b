"""The documents of a project: its notebooks and the executed notebooks of its runs."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mlnb.errors import BadName, MlnbError
from mlnb.notebook.grammar import Grammar
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.dataset_name import DatasetName
from mlnb.records.run import RunRecord
from mlnb.search.extract import NotebookText, extract
from mlnb.search.words import clean, spaced

SIZE_LIMIT = 100_000_000


@dataclass(frozen=True)
class Source:
    """A file to index. `path` is what is shown, from the root; `stamp` changes when `file` must be read again."""

    path: str
    file: Path
    run: str | None
    stamp: str
    names: Grammar


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
    names = project.names
    told = f"{zlib.crc32(repr(names).encode('utf-8', 'replace')):x}"  # other names for kinds, other documents
    for path in project.notebook_files():
        if stamp := _stamp(path):
            yield Source(_shown(project.relative(path)), path, None, f"{stamp}:{told}", names)
    for folder in runs.folders(project):
        stamp = _stamp(folder / runs.RECORD)
        if stamp:
            file = folder / runs.NOTEBOOK
            yield Source(_shown(project.relative(file)), file, _shown(folder.name), f"{stamp}:{told}", names)


def _shown(name: str) -> str:
    """A path as text; a byte of a file name that is no text shows as its code, so that two such names stay two."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _stamp(path: Path) -> str | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_mtime_ns}:{status.st_size}"


def read_document(source: Source) -> Document:
    """Read a source; one that cannot be read is still found by its name."""
    record: RunRecord | None = None
    text = NotebookText(None, "", (), {})
    try:
        record = runs.read(source.file.parent) if source.run else None
        status = os.stat(source.file)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("not a regular file")  # opening a pipe would wait for ever
        if status.st_size > SIZE_LIMIT:
            raise ValueError("larger than 100 MB")
        text = extract(source.file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return _document(source, text, record, error.strerror or type(error).__name__)
    except (ValueError, MlnbError) as error:
        return _document(source, text, record, clean((str(error).splitlines() or [type(error).__name__])[0][:200]))
    except (TypeError, AttributeError, LookupError, RecursionError):  # a shape nobody thought of stops no other file
        return _document(source, text, record, "not in the form of a notebook")
    return _document(source, text, record, None)


def _document(source: Source, text: NotebookText, record: RunRecord | None, problem: str | None) -> Document:
    path = Path(record.notebook) if record else source.file
    name = clean(_shown(path.stem))
    title = text.title or (clean(record.title) if record else None) or name
    parameters = dict(record.parameters) if record else {}
    metrics = dict(record.metrics) if record else {}
    datasets = _datasets(record) if record else []
    facts = [
        *(f"{key} {value}" for key, value in parameters.items()),
        *(f"{key} {value}" for key, value in metrics.items()),
        *(f"{dataset} {date}" for dataset, date in datasets),
        *((record.id, record.decision or "", record.decision_why or "") if record else ()),
    ]
    told = clean("\n".join(facts))
    columns = (title, text.headings, name, text.markdown, text.code, text.parts, text.output, told)
    return Document(
        source=source,
        kind=source.names.read(path).kind,
        title=title,
        at=(_moment(record.created) if record else None) or _modified(source.file),
        columns=tuple(spaced(column) for column in columns),
        cells=[
            {"index": cell.index, "id": cell.id, "type": cell.type, "text": cell.source, "output": cell.output}
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


def _modified(path: Path) -> str:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except (OSError, ValueError, OverflowError):  # gone, or dated beyond the calendar
        return datetime.fromtimestamp(0, UTC).isoformat(timespec="seconds")


def _moment(text: str) -> str | None:
    """The time a record names, in UTC so that times sort as text; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None
