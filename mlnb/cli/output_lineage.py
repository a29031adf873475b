"""How a lineage is printed: as a tree of what led to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from mlnb.cli.output import plain
from mlnb.lineage.graph import Lineage, Node, followers, reversed_edges

_ABOVE = "(above)"


def tree(lineage: Lineage) -> str:
    """Every node once with all that follows from it; where it comes up again, it says so.

    With a focus, first what led to it, then what it led to.
    """
    if not lineage.nodes:
        return "There is nothing here yet: create a notebook with `mlnb create KIND TITLE`."
    nodes = lineage.by_id
    down = followers(lineage.edges)
    if lineage.focus is None:
        return "\n".join(_forest(lineage, nodes, down))
    up = followers(reversed_edges(lineage.edges))
    lines = [_line(nodes[lineage.focus])]
    for heading, steps in (("came from", up), ("led to", down)):
        branches = list(_branches(lineage.focus, nodes, steps, {lineage.focus}))
        lines += ["", f"{heading}:", *branches] if branches else ["", f"{heading}: nothing"]
    return "\n".join(lines)


def _forest(lineage: Lineage, nodes: Mapping[str, Node], down: Mapping[str, list[str]]) -> Iterator[str]:
    targets = {edge.target for edge in lineage.edges if edge.source != edge.target}
    linked = targets | {edge.source for edge in lineage.edges}
    seen: set[str] = set()
    # What nothing led to comes first; after that only rings are left, and any node of one may begin.
    for node in sorted(lineage.nodes, key=lambda node: node.id in targets):
        if node.id in linked and node.id not in seen:
            yield _line(node)
            seen.add(node.id)
            yield from _branches(node.id, nodes, down, seen)
    alone = [node for node in lineage.nodes if node.id not in linked]
    if alone and seen:
        yield from ("", "not linked:")
    yield from (_line(node) for node in alone)


def _branches(root: str, nodes: Mapping[str, Node], steps: Mapping[str, list[str]], seen: set[str]) -> Iterator[str]:
    """The lines under a node, drawn with a stack: a chain of thousands must not use up Python's."""
    waiting = _children(root, "", steps)
    while waiting:
        name, before, last = waiting.pop()
        repeated = name in seen and steps.get(name)
        yield f"{before}{'└── ' if last else '├── '}{_line(nodes[name])}{f'  {_ABOVE}' if repeated else ''}"
        if name not in seen:
            seen.add(name)
            waiting += _children(name, f"{before}{'    ' if last else '│   '}", steps)


def _children(name: str, before: str, steps: Mapping[str, list[str]]) -> list[tuple[str, str, bool]]:
    """The next nodes, the first of them last, as a stack wants them."""
    found = steps.get(name, [])
    return [(child, before, place == len(found) - 1) for place, child in enumerate(found)][::-1]


def _line(node: Node) -> str:
    date = (node.when or "")[:10]
    facts = {
        "notebook": [date],
        "dataset": [node.detail],
        "run": [date, node.detail],
        "pipeline": [date, node.state or ""],
    }[node.type]
    if node.missing:
        facts = [f"missing: {node.detail}"]
    kind = node.kind if node.type == "notebook" and node.kind else node.type
    return plain("  ".join(part for part in (kind, node.label, *facts) if part))


def as_json(lineage: Lineage) -> dict[str, Any]:
    """What programs read: the same fields as the server sends."""
    return {
        "focus": lineage.focus,
        "nodes": [{key: value for key, value in asdict(node).items() if key != "also"} for node in lineage.nodes],
        "edges": [asdict(edge) for edge in lineage.edges],
        "problems": list(lineage.problems),
    }
