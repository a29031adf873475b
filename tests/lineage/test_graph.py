"""The graph itself: order, neighbourhood, rings, names."""

from __future__ import annotations

import pytest

from mlnb.errors import NotFound
from mlnb.lineage.graph import Edge, Lineage, Node, around, cycles, graph, named


def made(*pairs: str) -> Lineage:
    """A graph of notebooks from words such as `a>b`."""
    split = [pair.split(">") for pair in pairs]
    edges = [Edge(source, target, "next") for source, target in split]
    names = dict.fromkeys(name for edge in edges for name in (edge.source, edge.target))
    return graph([Node(name, "notebook", name.upper()) for name in names], edges)


def ids(found: Lineage) -> str:
    return "".join(node.id for node in found.nodes)


def test_the_order_does_not_depend_on_how_it_was_found() -> None:
    """Nodes and edges come out sorted and once."""
    assert made("a>b", "b>c") == made("b>c", "a>b", "b>c")


def test_an_edge_needs_both_ends() -> None:
    """An edge to a node that is not there is left out."""
    assert () == graph([Node("a", "notebook", "A")], [Edge("a", "b", "next")]).edges


AROUND = [
    ("c", "abcd", "a>b b>c c>d a>x y>d"),  # neither siblings nor the other parents of children
    ("a", "a", "a>a"),
    ("x", "xy", "a>b x>y"),
    ("a", "abc", "a>b b>c c>a"),
]


@pytest.mark.parametrize(("focus", "kept", "pairs"), AROUND)
def test_around(focus: str, kept: str, pairs: str) -> None:
    """With a focus, only what led to it and what it led to is left."""
    found = around(made(*pairs.split()), focus)
    assert (kept, focus) == (ids(found), found.focus)


RINGS = [
    ("a>b b>c", []),
    ("a>b b>a", [["a", "b"]]),
    ("a>a a>b", [["a"]]),
    ("a>b b>c c>a c>d d>e e>d", [["a", "b", "c"], ["d", "e"]]),
    ("a>b a>c b>d c>d", []),
]


@pytest.mark.parametrize(("pairs", "rings"), RINGS)
def test_cycles(pairs: str, rings: list[list[str]]) -> None:
    """Each group of nodes that lead to each other is found once, whole and in order."""
    found = made(*pairs.split())
    assert rings == cycles(found.nodes, found.edges)


def test_a_cycle_is_a_problem_in_a_sentence() -> None:
    """Rings are told by the labels of their nodes."""
    expected = ("these lead to each other, so none of them came first: A, B", "C leads to itself")
    assert expected == made("a>b", "b>a", "c>c").problems


def test_a_long_chain_does_not_use_up_the_stack() -> None:
    """Ten thousand notebooks one after the other are no recursion."""
    long = made(*(f"n{place}>n{place + 1}" for place in range(10_000)))
    assert 10_001 == len(around(long, "n5000").nodes)
    assert [] == cycles(long.nodes, long.edges)


SHELF = graph(
    [
        Node("d1", "dataset", "rain@2013", also=("rain",)),
        Node("d2", "dataset", "rain@2014", also=("rain",)),
        Node(
            "n1", "notebook", "030 Ridge", path="notebooks/030_experiment_ridge.ipynb", also=("030_experiment_ridge",)
        ),
        Node(
            "n2", "notebook", "031 Lasso", path="notebooks/031_experiment_lasso.ipynb", also=("031_experiment_lasso",)
        ),
        Node("p1", "pipeline", "rain-tomorrow 0.1.0", path="pipelines/rain-tomorrow", also=("rain-tomorrow",)),
    ],
    [],
)
NAMES = [
    ("030", "n1"),
    ("030_experiment_ridge", "n1"),
    ("notebooks/030_experiment_ridge.ipynb", "n1"),
    ("031 lasso", "n2"),
    ("rain", "d2"),
    ("rain@2013", "d1"),
    ("rain-tomorrow", "p1"),
    ("pipelines/rain-tomorrow", "p1"),
]


@pytest.mark.parametrize(("text", "node"), NAMES)
def test_a_node_is_found_by_what_people_call_it(text: str, node: str) -> None:
    """A path, a name, a beginning of one; of a dataset without a date the newest version."""
    assert node == named(SHELF, text).id


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "03",
            "“03” fits 2 of the lineage: notebooks/030_experiment_ridge.ipynb, notebooks/031_experiment_lasso.ipynb",
        ),
        ("rain@2015", "nothing in the lineage is called “rain@2015”; did you mean “rain@2014”?"),
        ("", "nothing in the lineage is called “”"),
    ],
)
def test_a_name_that_is_not_clear(text: str, message: str) -> None:
    """Nobody is shown the lineage of something else."""
    with pytest.raises(NotFound) as refusal:
        named(SHELF, text)
    assert message in str(refusal.value)
