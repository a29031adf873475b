"""From a query to hits: conditions, ranking, the best cell of each hit and why it was found."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from mlnb.project import Project
from mlnb.search.index import Index, Row, ask
from mlnb.search.query import Number, Query, parse
from mlnb.search.words import clean, match, snippet_pattern

ENOUGH = 10
SNIPPET = 160


@dataclass(frozen=True)
class Fragment:
    """A piece of a snippet, marked where the query matched."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Hit:
    """A notebook or run that fits a query, the cell that fits best, and the reasons."""

    path: str
    run: str | None
    kind: str | None
    title: str
    when: str
    state: str | None
    decision: str | None
    cell: int | None
    cell_id: str | None
    snippet: tuple[Fragment, ...]
    metrics: dict[str, float]
    datasets: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """Hits, best first. `total` counts all that fit; `hint` helps where the query reads oddly or found nothing."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    took_ms: float
    indexed: int
    unreadable: tuple[str, ...]
    hint: str | None


def find(project: Project, text: str, limit: int = 20) -> Answer:
    """Search a project. Raises `BadQuery`."""
    started = time.perf_counter()
    query = parse(text)
    answer = ask(project, lambda index: _answer(project, index, query, limit))
    return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 1))


def _answer(project: Project, index: Index, query: Query, limit: int) -> Answer:
    indexed = index.catch_up(project)
    rows, total, hint = _ranked(index, query, limit)
    hits = tuple(_hit(index, query, row) for row in rows)
    return Answer(query.text, hits, total, 0.0, indexed, tuple(index.unreadable()), query.hint or hint)


def _ranked(index: Index, query: Query, limit: int) -> tuple[list[Row], int, str | None]:
    """All words first; where that finds little, documents with some of the words follow."""
    where, values = _conditions(query)
    every = _match(query, " AND ")
    rows, total = index.select(where, values, every, limit)
    hint = None
    some = _match(query, " OR ")
    if query.has_text and some != every and total < min(ENOUGH, limit):
        more, total_some = index.select(where, values, some, limit)
        have = {row.id for row in rows}
        rest = [row for row in more if row.id not in have]
        if rest and not rows:
            hint = "nothing holds all the words; these hold some of them"
        rows, total = [*rows, *rest][:limit], total_some
    if not rows:
        hint = _why_nothing(index, query)
    return rows, total, hint


def _why_nothing(index: Index, query: Query) -> str | None:
    """Which half of the query removed everything."""
    where, values = _conditions(query)
    if query.has_text and values:
        if index.select("1", (), _match(query, " AND "), 1)[1]:
            return "the words are found, but not together with the conditions: leave one out"
        if index.select(where, values, None, 1)[1]:
            return "the conditions are met, but not with these words: leave a word out"
    return "nothing was found: try fewer words, or is:run for runs only"


def _match(query: Query, join: str) -> str | None:
    """The full-text expression; every word is quoted, so nothing a person types is an operator by accident."""
    words = [match(word, beginning=True) for word in query.words]
    pieces = [piece for piece in (*words, *map(match, query.phrases)) if piece]
    if not pieces:
        return None
    return f"({join.join(pieces)})" + "".join(f" NOT {piece}" for piece in _without(query))


def _without(query: Query) -> list[str]:
    return [piece for word in query.without if (piece := match(word))]


def _conditions(query: Query) -> tuple[str, list[object]]:
    """The conditions besides the words, as SQL over `document d`. Only our own text goes into it."""
    clauses: list[tuple[str, list[object]]] = [("1", [])]
    for column, wanted in (("kind", query.kinds), ("state", query.states), ("decision", query.decisions)):
        if wanted:
            clauses.append((f"d.{column} IN ({', '.join('?' * len(wanted))})", list(wanted)))
    either = "(instr(d.path, ?) OR instr(d.path, ?))"  # a file may have either spelling of an accent in its name
    clauses += [(either, [path, unicodedata.normalize("NFD", path)]) for path in query.paths]
    clauses += [_number_condition(number) for number in query.numbers]
    clauses += [_dataset_condition(dataset) for dataset in query.datasets]
    if query.after:
        clauses.append(("d.at >= ?", [query.after]))
    if query.before:
        clauses.append(("d.at < ?", [query.before]))
    if query.runs is not None:
        clauses.append((f"d.run IS {'NOT ' if query.runs else ''}NULL", []))
    if not query.has_text:
        without = "d.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)"
        clauses += [(without, [piece]) for piece in _without(query)]
    return " AND ".join(clause for clause, _ in clauses), [value for _, values in clauses for value in values]


def _number_condition(number: Number) -> tuple[str, list[object]]:
    """SQLite sorts every text after every number, so the two are kept apart."""
    condition = (
        "EXISTS (SELECT 1 FROM number n WHERE n.document = d.id AND n.role = ? AND n.name = ? COLLATE NOCASE"  # noqa: S608  # our operators
        f" AND n.value {number.operator} ? AND (typeof(n.value) = 'text') = (typeof(?) = 'text'))"
    )
    return condition, [number.role, number.name, number.value, number.value]


def _dataset_condition(dataset: str) -> tuple[str, list[object]]:
    name, _, date = dataset.partition("@")
    condition = (
        "EXISTS (SELECT 1 FROM dataset s WHERE s.document = d.id AND s.name GLOB ? AND substr(s.date, 1, ?) = ?)"
    )
    return condition, [name, len(date), date]


def _hit(index: Index, query: Query, row: Row) -> Hit:
    wanted = [*query.words, *query.phrases]
    cell, snippet = _best_cell(row, wanted)
    metrics = {name: value for name, value in index.numbers(row.id, "metric").items() if isinstance(value, int | float)}
    return Hit(
        path=row.path,
        run=row.run,
        kind=row.kind,
        title=row.title,
        when=row.at,
        state=row.state,
        decision=row.decision,
        cell=cell["index"] if cell else None,
        cell_id=cell["id"] if cell else None,
        snippet=snippet,
        metrics=metrics,
        datasets=tuple(index.datasets(row.id)),
        reasons=_reasons(query, row, metrics, wanted),
    )


def _reasons(query: Query, row: Row, metrics: dict[str, float], wanted: list[str]) -> tuple[str, ...]:
    places = {"title": row.title, "name": clean(row.path)}
    pattern = snippet_pattern(wanted)
    reasons = [f"in the {place}" for place, text in places.items() if pattern and pattern.search(text)]
    for kind, key in (("markdown", "text"), ("code", "text"), (None, "output")):
        texts = [cell[key] for cell in row.cells if kind is None or cell["type"] == kind]
        if pattern and any(pattern.search(text) for text in texts):
            reasons.append(f"in {kind or 'output'}")
    reasons += [f"{number.name} = {metrics[number.name]:g}" for number in query.numbers if number.name in metrics]
    return tuple(reasons)


def _best_cell(row: Row, wanted: list[str]) -> tuple[dict[str, Any] | None, tuple[Fragment, ...]]:
    """The cell with most distinct words of the query, the earliest among equals, and its best line."""
    pattern = snippet_pattern(wanted)
    if pattern is None or not row.cells:
        return None, ()
    best: tuple[int, dict[str, Any], str] | None = None
    for cell in row.cells:
        for key in ("text", "output"):
            found = len({match.lower() for match in pattern.findall(cell[key])})
            if found and (best is None or found > best[0]):
                best = (found, cell, cell[key])
    if best is None:
        return None, ()
    lines = best[2].splitlines()
    line = max(lines, key=lambda text: len({match.lower() for match in pattern.findall(text)})).strip()
    first = pattern.search(line)
    start = max(0, (first.start() if first else 0) - SNIPPET // 3)
    return best[1], _marked(line[start : start + SNIPPET], pattern)


def _marked(text: str, pattern: Any) -> tuple[Fragment, ...]:
    fragments: list[Fragment] = []
    end = 0
    for found in pattern.finditer(text):
        if found.start() > end:
            fragments.append(Fragment(text[end : found.start()], marked=False))
        fragments.append(Fragment(found[0], marked=True))
        end = found.end()
    if end < len(text):
        fragments.append(Fragment(text[end:], marked=False))
    return tuple(fragments)
