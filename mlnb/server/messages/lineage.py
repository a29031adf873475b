"""Messages of lineage: what led to what."""

from __future__ import annotations

from mlnb.server.messages.base import KindName, Message, NodeType, Relation


class LineageNode(Message):
    """A thing of the project. `path` is None where there is no file; `missing` where it is named but gone."""

    id: str
    type: NodeType
    label: str
    kind: KindName | None
    path: str | None
    when: str | None
    state: str | None
    missing: bool
    detail: str


class LineageEdge(Message):
    """`source` led to `target`."""

    source: str
    target: str
    relation: Relation


class LineageInfo(Message):
    """Notebooks, datasets, runs and pipelines, and how they led to each other. `focus` is the node asked about."""

    focus: str | None
    nodes: list[LineageNode]
    edges: list[LineageEdge]
    problems: list[str]
