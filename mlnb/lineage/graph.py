"""Notebooks, datasets, runs and pipelines as a graph: what led to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Literal

from mlnb.errors import NotFound, did_you_mean

NodeType = Literal["notebook", "dataset", "run", "pipeline"]
Relation = Literal["next", "reads", "writes", "ran", "promoted"]

# Work flows in this order, so that among equals what comes first is told first.
_ORDER: dict[NodeType, int] = {"dataset": 0, "notebook": 1, "run": 2, "pipeline": 3}


@dataclass(frozen=True)
class Node:
    """A thing of the project. `path` is from the root; None where there is no file, `missing` where it is gone.

    `also` are other names that people know it by.
    """

    id: str
    type: NodeType
    label: str
    kind: str | None = None
    path: str | None = None
    when: str | None = None
    state: str | None = None
    missing: bool = False
    detail: str = ""
    also: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, str]:
        return (_ORDER[self.type], self.path or self.label, self.id)


@dataclass(frozen=True, order=True)
class Edge:
    """`source` led to `target`; both are ids of nodes."""

    source: str
    target: str
    relation: Relation


@dataclass(frozen=True)
class Lineage:
    """The graph, nodes and edges in an order that does not change; `problems` are sentences about it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    problems: tuple[str, ...] = ()
    focus: str | None = None

    @property
    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}


def graph(nodes: Iterable[Node], edges: Iterable[Edge], problems: Iterable[str] = ()) -> Lineage:
    """Put nodes and edges in order, each once, and name the cycles among the problems."""
    ordered = tuple(sorted({node.id: node for node in nodes}.values(), key=lambda node: node.order))
    known = {node.id: node for node in ordered}
    kept = tuple(sorted({edge for edge in edges if edge.source in known and edge.target in known}))
    rings = [
        f"these lead to each other, so none of them came first: {', '.join(known[name].label for name in ring)}"
        if len(ring) > 1
        else f"{known[ring[0]].label} leads to itself"
        for ring in cycles(ordered, kept)
    ]
    return Lineage(ordered, kept, (*dict.fromkeys(problems), *rings))


def followers(edges: Iterable[Edge]) -> dict[str, list[str]]:
    """What each node led to, each once, in the order of the edges."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for edge in edges:
        found[edge.source][edge.target] = None
    return {name: list(targets) for name, targets in found.items()}


def reversed_edges(edges: Iterable[Edge]) -> list[Edge]:
    return sorted(Edge(edge.target, edge.source, edge.relation) for edge in edges)


def reached(start: str, steps: Mapping[str, list[str]], without: Set[str] = frozenset()) -> set[str]:
    """Every node that can be reached from `start`, itself included, by way of none of `without`."""
    seen = {start}
    waiting = [start]
    while waiting:
        for name in steps.get(waiting.pop(), ()):
            if name not in seen and name not in without:
                seen.add(name)
                waiting.append(name)
    return seen


def around(whole: Lineage, focus: str) -> Lineage:
    """Only what led to the node `focus` and what it led to."""
    kept = reached(focus, followers(whole.edges)) | reached(focus, followers(reversed_edges(whole.edges)))
    return replace(
        whole,
        nodes=tuple(node for node in whole.nodes if node.id in kept),
        edges=tuple(edge for edge in whole.edges if edge.source in kept and edge.target in kept),
        focus=focus,
    )


def cycles(nodes: Iterable[Node], edges: Iterable[Edge]) -> list[list[str]]:
    """The groups of nodes that lead to each other, each in order.

    Kosaraju's way: walk forwards and note when each node is done, then collect backwards from the last one done.
    """
    forwards, backwards = followers(edges), followers(reversed_edges(edges))
    taken: set[str] = set()
    found: list[list[str]] = []
    for name in reversed(_done([node.id for node in nodes], forwards)):
        if name not in taken:
            ring = reached(name, backwards, taken)
            taken |= ring
            if len(ring) > 1 or name in forwards.get(name, ()):
                found.append(sorted(ring))
    return sorted(found)


def _done(names: Iterable[str], steps: Mapping[str, list[str]]) -> list[str]:
    """The nodes in the order in which a walk in depth is done with them; no recursion, for chains may be long."""
    seen: set[str] = set()
    order: list[str] = []
    for start in names:
        waiting = [(start, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                order.append(name)
            elif name not in seen:
                seen.add(name)
                waiting.append((name, True))
                waiting += [(target, False) for target in steps.get(name, ())]
    return order


def named(whole: Lineage, text: str) -> Node:
    """The node that a person means: its path, one of its names, or a beginning that only one has.

    Raises `NotFound` with the closest name, or with those that fit where it is not clear.
    """
    names = {node.id: _names(node) for node in whole.nodes}
    tests: tuple[Callable[[tuple[str, ...]], bool], ...] = (
        lambda own: text in own,
        lambda own: text.casefold() in {name.casefold() for name in own},
        lambda own: any(name.casefold().startswith(text.casefold()) for name in own),
    )
    for fits in tests if text else ():
        found = [node for node in whole.nodes if fits(names[node.id])]
        if len(found) == 1:
            return found[0]
        # Of a dataset without a date, the newest version is meant, as everywhere.
        if found and all(node.type == "dataset" and text in node.also for node in found):
            return max(found, key=lambda node: node.label)
        if found:
            several = ", ".join(dict.fromkeys(node.path or node.label for node in found[:5]))
            raise NotFound(f"“{text}” fits {len(found)} of the lineage: {several}; write more of the name")
    hint = did_you_mean(text, sorted({name for own in names.values() for name in own}))
    raise NotFound(f"nothing in the lineage is called “{text}”{hint}")


def _names(node: Node) -> tuple[str, ...]:
    return (node.id, node.label, *([node.path] if node.path else []), *node.also)
