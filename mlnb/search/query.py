"""The query language: words, “phrases”, -not, and fields such as `kind:experiment metric.auc>0.9 after:3w`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mlnb.errors import BadQuery, did_you_mean
from mlnb.notebook.kinds import Kind
from mlnb.search.words import clean

_TOKEN = re.compile(
    r'(?P<not>-)?(?:(?P<field>[A-Za-z]+(?:\.[\w.-]+)?)(?P<op>>=|<=|!=|:|=|>|<))?(?P<value>"[^"]*"?|\S*)'
)
_AGO = re.compile(r"(\d+)([dwmy])", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
MAX_CHARACTERS = 1000
MAX_TERMS = 100
_OPERATORS = {":": "=", "=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "!=": "!="}


@dataclass(frozen=True)
class Number:
    """A condition on a parameter or metric: `auc > 0.9`. A text value is compared as text."""

    role: str
    name: str
    operator: str
    value: float | str


@dataclass(frozen=True)
class Query:
    """A parsed query; all conditions must hold. `words` are in the order written, for ranking and marking."""

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    after: str | None = None
    before: str | None = None
    runs: bool | None = None
    hint: str | None = field(default=None, compare=False)

    @property
    def has_text(self) -> bool:
        return bool(self.words or self.phrases)


def parse(text: str, now: datetime | None = None) -> Query:
    """Read a query. Raises `BadQuery` where a value cannot be what its field asks; unknown fields become words."""
    text = clean(text)
    query = Query(text=text)
    tokens = [found for found in _TOKEN.finditer(text) if found[0]]
    if len(text) > MAX_CHARACTERS or len(tokens) > MAX_TERMS:
        raise BadQuery(f"a query has at most {MAX_TERMS} words and {MAX_CHARACTERS:,} characters: leave some out")
    for found in tokens:
        value = found["value"].strip('"')
        name = (found["field"] or "").lower()
        if not name:
            if value:
                query = _text(query, value, quoted=found["value"].startswith('"'), negated=bool(found["not"]))
            continue
        head, _, rest = name.partition(".")
        # Metric and parameter names keep their capitals.
        rest = (found["field"] or "").partition(".")[2]
        if head in _ALIASES and rest:
            query = _number(query, _ALIASES[head], rest, found["op"], value)
        elif name in FIELDS:
            if found["not"]:
                raise BadQuery(f"“-{name}:” is not understood: only words can be excluded with “-”")
            if not value:
                raise BadQuery(f"“{name}{found['op']}” lacks a value, such as {FIELDS[name].example}")
            query = FIELDS[name].apply(query, value, now or datetime.now(UTC))
        else:
            hint = did_you_mean(name, [*FIELDS, "metric", "param"]).removeprefix("; ")
            words = found[0].removeprefix("-")
            query = _text(query, words, quoted=False, negated=bool(found["not"]))
            explained = f"“{name}” is not a field, so it was searched for as words"
            query = replace(query, hint=f"{explained}: {hint}" if hint else explained)
    return query


def _text(query: Query, value: str, *, quoted: bool, negated: bool) -> Query:
    if negated:
        return replace(query, without=(*query.without, value))
    if quoted:
        return replace(query, phrases=(*query.phrases, value))
    return replace(query, words=(*query.words, value))


_ALIASES = {
    "metric": "metric",
    "metrics": "metric",
    "param": "parameter",
    "params": "parameter",
    "parameter": "parameter",
}


def _number(query: Query, role: str, name: str, operator: str, text: str) -> Query:
    if not text:
        raise BadQuery(f"“{role}.{name}{operator}” lacks a value, such as {role}.{name}>0.9")
    value: float | str
    try:
        value = float(text)
    except ValueError:
        if operator in (">", "<", ">=", "<="):
            raise BadQuery(f"“{text}” is not a number, so it cannot be compared with {role}.{name}") from None
        value = text
    return replace(query, numbers=(*query.numbers, Number(role, name, _OPERATORS[operator], value)))


def _with(query: Query, attribute: str, value: object) -> Query:
    """`dataclasses.replace` by the name of a field, which mypy cannot follow."""
    changes: dict[str, Any] = {attribute: value}
    return replace(query, **changes)


def _one_of(known: list[str], attribute: str) -> Callable[[Query, str, datetime], Query]:
    def apply(query: Query, value: str, now: datetime) -> Query:
        fitting = [word for word in known if word.startswith(value.lower())]
        if not fitting:
            hint = did_you_mean(value, known) or f"; known are {', '.join(known)}"
            raise BadQuery(f"there is no “{value}” here{hint}")
        return _with(query, attribute, (*getattr(query, attribute), *fitting))

    return apply


def _any_text(attribute: str) -> Callable[[Query, str, datetime], Query]:
    def apply(query: Query, value: str, now: datetime) -> Query:
        return _with(query, attribute, (*getattr(query, attribute), value))

    return apply


def _date(attribute: str) -> Callable[[Query, str, datetime], Query]:
    def apply(query: Query, value: str, now: datetime) -> Query:
        return _with(query, attribute, _moment(value, now))

    return apply


def _moment(text: str, now: datetime) -> str:
    """A date, or how long ago: `3w` is three weeks before now."""
    try:
        if ago := _AGO.fullmatch(text.lower()):
            return (now - timedelta(days=int(ago[1]) * _DAYS[ago[2]])).isoformat(timespec="seconds")
        if _DATE.fullmatch(text):
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
            return text
    except (ValueError, OverflowError):  # no such day, or before the calendar
        pass
    raise BadQuery(f"“{text}” is not a time: write 2025-03-14, 2025-03 or 3w for three weeks ago")


def _is(query: Query, value: str, now: datetime) -> Query:
    if value not in ("run", "notebook"):
        raise BadQuery(f"“is:{value}” is not understood: write is:run or is:notebook")
    return replace(query, runs=value == "run")


@dataclass(frozen=True)
class Field:
    """A field of the language: what it does, and an example for help and completion."""

    example: str
    means: str
    apply: Callable[[Query, str, datetime], Query]


FIELDS: dict[str, Field] = {
    "kind": Field("kind:experiment", "notebooks of that kind", _one_of([str(kind) for kind in Kind], "kinds")),
    "data": Field("data:weather@2014", "used that dataset, perhaps of that date", _any_text("datasets")),
    "path": Field("path:archive/", "the path holds that text", _any_text("paths")),
    "status": Field(
        "status:failed",
        "runs that ended so",
        _one_of(["queued", "running", "succeeded", "failed", "cancelled", "lost"], "states"),
    ),
    "decision": Field("decision:adopt", "decided so", _one_of(["adopt", "drop", "continue"], "decisions")),
    "after": Field("after:3w", "changed or run since then", _date("after")),
    "before": Field("before:2025-04", "changed or run before then", _date("before")),
    "is": Field("is:run", "only runs, or only notebooks", _is),
}
