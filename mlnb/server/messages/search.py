"""Messages of search: hits and why they are."""

from __future__ import annotations

from mlnb.server.messages.base import KindName, Message, RunState


class Fragment(Message):
    """A piece of a snippet; `marked` is what the query matched."""

    text: str
    marked: bool


class HitInfo(Message):
    """A notebook or run that a query found, and why. `state` is how a run ended."""

    path: str
    run: str | None
    state: RunState | None
    kind: KindName | None
    title: str
    when: str
    cell: int | None
    cell_id: str | None
    snippet: list[Fragment]
    metrics: dict[str, float]
    datasets: list[str]
    decision: str | None
    reasons: list[str]


class SearchAnswer(Message):
    """Hits, best first. `hint` helps with a query that found nothing or reads oddly."""

    query: str
    hits: list[HitInfo]
    total: int
    took_ms: float
    indexed: int
    unreadable: list[str]
    hint: str | None
