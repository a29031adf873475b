"""The search index: an SQLite file that may be deleted at any moment and is caught up from the files at each query."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from mlnb.project import Project
from mlnb.records.run import FINAL
from mlnb.search.sources import Document, read_document, sources
from mlnb.search.words import clean

VERSION = 2
_BATCH = 50
_OUT_OF_REACH = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM),
}
Answer = TypeVar("Answer")
# Weights of the columns in the order of the table, tuned in the study that `docs/search.md` names.
WEIGHTS = "15, 4, 12, 1, 1, 1, 0.5, 2"

_SCHEMA = (
    """CREATE TABLE document (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, run TEXT, stamp TEXT NOT NULL, kind TEXT,
        title TEXT NOT NULL, at TEXT NOT NULL, state TEXT, decision TEXT, problem TEXT, cells TEXT NOT NULL
    )""",
    """CREATE TABLE number (
        document INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, value, PRIMARY KEY (document, role, name)
    ) WITHOUT ROWID""",
    "CREATE INDEX number_by_name ON number (role, name, value)",
    """CREATE TABLE dataset (
        document INTEGER NOT NULL, name TEXT NOT NULL, date TEXT NOT NULL, PRIMARY KEY (document, name, date)
    ) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE words USING fts5 (
        title, headings, path, markdown, code, parts, output, facts, tokenize = 'unicode61 remove_diacritics 2'
    )""",
    f"PRAGMA user_version = {VERSION}",
)


@dataclass(frozen=True)
class Row:
    """A document as the index has it, with the rank SQLite gave it (lower is better)."""

    id: int
    path: str
    run: str | None
    kind: str | None
    title: str
    at: str
    state: str | None
    decision: str | None
    cells: list[dict[str, Any]]
    rank: float


class Index:
    """An open index. Get at it with `ask`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """Make the tables in an empty file; of several processes that begin at once, one makes them."""
        if self._version() != VERSION:
            with suppress(sqlite3.OperationalError):  # held by one who does the same: it counts for the file
                self._connection.execute("PRAGMA journal_mode = WAL")
            with self._writing():
                if self._version() != VERSION:
                    if self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                        raise sqlite3.DatabaseError("an index of another version")
                    for statement in _SCHEMA:
                        self._connection.execute(statement)

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    def catch_up(self, project: Project) -> int:
        """Read what is new or changed, forget what is gone; returns how many documents there are."""
        rows = self._connection.execute("SELECT path, stamp, state FROM document").fetchall()
        # A run that had not ended may be lost since then, which no file tells: it is read again each time.
        known = {path: stamp for path, stamp, state in rows if state is None or state in FINAL}
        found = {source.path: source for source in sources(project)}
        stale = [source for source in found.values() if known.get(source.path) != source.stamp]
        gone = [path for path, _, _ in rows if path not in found]
        for batch in _batches(stale):
            documents = [read_document(source) for source in batch]
            with self._writing():
                for document in documents:
                    self._put(document)
        for paths in _batches(gone):
            with self._writing():
                for path in paths:
                    self._forget(path)
        return len(found)

    def select(self, where: str, values: Sequence[object], match: str | None, limit: int) -> tuple[list[Row], int]:
        """Documents that fit the conditions, best or else newest first, and how many there are in all."""
        if match is None:
            table, rank, order = "document d", "0.0", "d.at DESC, d.id DESC"
        else:
            table = "words JOIN document d ON d.id = words.rowid"
            rank, order = f"bm25(words, {WEIGHTS})", "rank, d.at DESC"
            where, values = f"words MATCH ? AND {where}", (match, *values)
        total = self._connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0]  # noqa: S608  # our own text
        columns = "d.id, d.path, d.run, d.kind, d.title, d.at, d.state, d.decision, d.cells"
        query = f"SELECT {columns}, {rank} AS rank FROM {table} WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608  # our own text
        rows = []
        for id_, path, run, kind, title, at, state, decision, cells, found_rank in self._connection.execute(
            query, (*values, limit)
        ):
            rows.append(Row(id_, path, run, kind, title, at, state, decision, _cells(cells), found_rank))
        return rows, total

    def numbers(self, document: int, role: str) -> dict[str, Any]:
        rows = self._connection.execute(
            "SELECT name, value FROM number WHERE document = ? AND role = ?", (document, role)
        )
        return dict(rows.fetchall())

    def datasets(self, document: int) -> list[str]:
        rows = self._connection.execute("SELECT name, date FROM dataset WHERE document = ? ORDER BY 1, 2", (document,))
        return [f"{name}@{date}" if date else name for name, date in rows]

    def unreadable(self) -> list[str]:
        rows = self._connection.execute("SELECT path, problem FROM document WHERE problem IS NOT NULL ORDER BY path")
        return [f"{path}: {problem}" for path, problem in rows]

    def _put(self, document: Document) -> None:
        self._forget(document.source.path)
        cursor = self._connection.execute(
            "INSERT INTO document (path, run, stamp, kind, title, at, state, decision, problem, cells)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.source.path,
                document.source.run,
                document.source.stamp,
                document.kind,
                document.title,
                document.at,
                document.state,
                document.decision,
                document.problem,
                json.dumps(document.cells, ensure_ascii=False),
            ),
        )
        row = cursor.lastrowid
        self._connection.execute(
            "INSERT INTO words (rowid, title, headings, path, markdown, code, parts, output, facts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row, *document.columns),
        )
        for role, values in (("metric", document.metrics), ("parameter", document.parameters)):
            self._connection.executemany(
                "INSERT OR REPLACE INTO number VALUES (?, ?, ?, ?)",
                [(row, role, clean(name), _storable(value)) for name, value in values.items()],
            )
        self._connection.executemany(
            "INSERT OR IGNORE INTO dataset VALUES (?, ?, ?)",
            [(row, clean(name), date) for name, date in document.datasets],
        )

    def _forget(self, path: str) -> None:
        for (row,) in self._connection.execute("SELECT id FROM document WHERE path = ?", (path,)).fetchall():
            for table, column in (
                ("words", "rowid"),
                ("number", "document"),
                ("dataset", "document"),
                ("document", "id"),
            ):
                self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (row,))  # noqa: S608  # our own names

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction that takes the write lock at once, so that two processes wait instead of failing."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def ask(project: Project, question: Callable[[Index], Answer]) -> Answer:
    """Put a question to the project's index, caught up or not; the answer never depends on the state of its file.

    A file that is damaged or of another version is made anew; where it cannot be used at all, because the project may
    only be read or something else stands there, the index lives as long as the question.
    """
    path = project.cache / "index.sqlite3"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _asked(path, question)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _OUT_OF_REACH:
                raise
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink(missing_ok=True)
            return _asked(path, question)
    except (OSError, sqlite3.DatabaseError):
        return _asked(":memory:", question)


def _asked(path: Path | str, question: Callable[[Index], Answer]) -> Answer:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        index = Index(connection)
        index.prepare()
        return question(index)
    finally:
        connection.close()


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _cells(text: Any) -> list[dict[str, Any]]:
    try:
        cells: list[dict[str, Any]] = json.loads(text)
    except (ValueError, TypeError):
        raise sqlite3.DatabaseError("the text of the cells is damaged") from None
    return cells


def _storable(value: Any) -> float | str:
    """A number where SQLite has one of that size, else text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return clean(value if isinstance(value, str) else json.dumps(value))
    fits = math.isfinite(value) if isinstance(value, float) else abs(value) < 2**62
    return value if fits else str(value)
