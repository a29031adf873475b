"""The search index: an SQLite file that may be deleted at any moment and is caught up from the files at each query."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlnb.project import Project
from mlnb.search.sources import Document, read_document, sources

VERSION = 1
_BATCH = 50
# Weights of the columns in the order of the table, tuned in the study that `docs/search.md` names.
WEIGHTS = "15, 4, 12, 1, 1, 1, 0.5, 2"

_SCHEMA = f"""
CREATE TABLE document (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, run TEXT, stamp TEXT NOT NULL, kind TEXT, title TEXT NOT NULL,
    at TEXT NOT NULL, state TEXT, decision TEXT, problem TEXT, cells TEXT NOT NULL
);
CREATE TABLE number (
    document INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, value, PRIMARY KEY (document, role, name)
) WITHOUT ROWID;
CREATE INDEX number_by_name ON number (role, name, value);
CREATE TABLE dataset (
    document INTEGER NOT NULL, name TEXT NOT NULL, date TEXT NOT NULL, PRIMARY KEY (document, name, date)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    title, headings, path, markdown, code, parts, output, facts, tokenize = 'unicode61 remove_diacritics 2'
);
PRAGMA user_version = {VERSION};
"""


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
    """An open index. Make one with `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def catch_up(self, project: Project) -> int:
        """Read what is new or changed, forget what is gone; returns how many documents there are."""
        known = dict(self._connection.execute("SELECT path, stamp FROM document"))
        found = {source.path: source for source in sources(project)}
        stale = [source for source in found.values() if known.get(source.path) != source.stamp]
        gone = [path for path in known if path not in found]
        for batch in _batches(stale):
            documents = [read_document(project, source) for source in batch]
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
            rows.append(Row(id_, path, run, kind, title, at, state, decision, json.loads(cells), found_rank))
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
                "INSERT INTO number VALUES (?, ?, ?, ?)",
                [(row, role, name, _storable(value)) for name, value in values.items()],
            )
        self._connection.executemany(
            "INSERT OR IGNORE INTO dataset VALUES (?, ?, ?)", [(row, name, date) for name, date in document.datasets]
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


@contextmanager
def opened(project: Project) -> Iterator[Index]:
    """Open the project's index; one that is damaged or of another version is made anew."""
    connection = _connect(project.cache / "index.sqlite3")
    try:
        yield Index(connection)
    finally:
        connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _prepared(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)
        return _prepared(path)
    except OSError:  # a project that may only be read: the index lives as long as the query
        return _prepared(":memory:")


def _prepared(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("an index of another version")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        connection.execute("SELECT count(*) FROM document").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _storable(value: Any) -> float | str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, str) else json.dumps(value)
    return value if math.isfinite(value) and abs(value) < 2**62 else str(value)
