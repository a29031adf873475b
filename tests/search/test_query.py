"""The query language: text in, conditions out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.errors import BadQuery
from mlnb.search.find import _conditions, _match  # the translation is the subject
from mlnb.search.query import Number, Query, parse

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("rain model", {"words": ("rain", "model")}),
    ('"early stopping" -draft', {"phrases": ("early stopping",), "without": ("draft",)}),
    ("kind:exper", {"kinds": ("experiment",)}),
    ("kind:ex", {"kinds": ("exploration", "experiment")}),
    ("metric.auc>0.9", {"numbers": (Number("metric", "auc", ">", 0.9),)}),
    ("metrics.AUC>=1", {"numbers": (Number("metric", "AUC", ">=", 1.0),)}),
    ("param.model=ridge", {"numbers": (Number("parameter", "model", "=", "ridge"),)}),
    ("data:weather@2014 is:run", {"datasets": ("weather@2014",), "runs": True}),
    ("after:3w before:2026-01", {"after": "2026-10-31T12:00:00+00:00", "before": "2026-01"}),
    ("status:failed decision:adopt", {"states": ("failed",), "decisions": ("adopt",)}),
    ('path:"old stuff"', {"paths": ("old stuff",)}),
    ("before:2024-02-29", {"before": "2024-02-29"}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "fields"), QUERIES)
def test_parse(text: str, fields: dict[str, Any]) -> None:
    """Words, phrases, exclusions and fields."""
    assert Query(text=text, **fields) == parse(text, NOW)


REFUSED = [
    ("kind:foo", "there is no “foo” here; known are exploration, cleaning, experiment, deployment"),
    ("kind:", "“kind:” lacks a value, such as kind:experiment"),
    ("metrics.AUC>=", "lacks a value, such as metric.AUC>0.9"),
    ("metric.auc>high", "“high” is not a number"),
    ("after:yesterday", "“yesterday” is not a time"),
    ("is:thing", "write is:run or is:notebook"),
    ("-kind:experiment", "only words can be excluded"),
    ("after:99999999999d", "“99999999999d” is not a time"),
    ("before:5000y", "“5000y” is not a time"),
    ("after:2025-99", "“2025-99” is not a time"),
    ("after:2025-02-30", "“2025-02-30” is not a time"),
    ("before:0000", "“0000” is not a time"),
    ("before:２０２５", "is not a time"),
    ("word " * 101, "a query has at most 100 words and 1,000 characters: leave some out"),
    ("x" * 1001, "a query has at most 100 words and 1,000 characters: leave some out"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: str, message: str) -> None:
    """A mistake is pointed at, with what to write."""
    with pytest.raises(BadQuery) as error:
        parse(text, NOW)
    assert message in str(error.value)


def test_queries_are_spelt_in_one_way() -> None:
    """Accents are composed, and half a character is replaced."""
    assert (("café", "?x"), "café ?x") == (
        parse("cafe\u0301 \ud800x", NOW).words,
        parse("cafe\u0301 \ud800x", NOW).text,
    )


def test_unknown_fields_become_words() -> None:
    """Pasted code is no mistake; a misspelt field is hinted at."""
    query = parse("knd:experiment", NOW)
    assert (("knd:experiment",), True) == (query.words, "did you mean “kind”" in (query.hint or ""))


@given(st.text())
def test_any_text(text: str) -> None:
    """Every text is a query or a refusal, and never SQL."""
    try:
        query = parse(text, NOW)
    except BadQuery:
        return
    _match(query, " AND ")
    _conditions(query)
