"""Cells in; edges, live names and undefined names out."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlnb.dataflow.graph import DataflowGraph, Edge, analyse
from mlnb.notebook.document import Cell, Notebook


def graph(*sources: str) -> DataflowGraph:
    cells = tuple(Cell(index, None, "code", source, (), None, ()) for index, source in enumerate(sources))
    return analyse(Notebook(Path("a.ipynb"), cells, {}))


def test_edges_lead_from_the_last_binding() -> None:
    """A name belongs to the cell that bound it last."""
    edges = graph("x = 1", "x = x + 1", "print(x)", "del x").edges
    assert (Edge(0, 1, "x"), Edge(1, 2, "x"), Edge(1, 3, "x")) == edges


def test_live_after_each_cell() -> None:
    """A name is live where a later cell reads it before binding it."""
    live = graph("a = b = 1", "print(a)", "a = 2", "print(a, b)").live_after
    assert [{"a", "b", "print"}, {"b", "print"}, {"a", "b", "print"}, set()] == [set(one) for one in live]


UNDEFINED = [
    (["print(x)"], [("x", 0, None)]),
    (["print(x)", "x = 1"], [("x", 0, 1)]),
    (["x = 1", "print(x)"], []),
    (["x = 1\ndel x", "print(x)"], [("x", 1, None)]),
    (["def f(): return k", "k = 1", "f()"], []),
    (["def f(): return k", "f()"], [("k", 0, None)]),
    (["if True:\n    x = 1\nprint(x)"], []),
    (["def f():\n    global n\n    n = 1\nf()", "print(n)"], []),
    (["from math import *", "print(pi)"], []),
    (["%time x = 1", "files = !ls", "print(x, files, _, _3, display)"], []),
    (["x = = 1", "print(x)"], []),
    (["%%bash\necho $x", "print(__name__)"], []),
]


@pytest.mark.parametrize(("sources", "expected"), UNDEFINED)
def test_undefined(sources: list[str], expected: list[tuple[str, int, int | None]]) -> None:
    """Names that a top-to-bottom run does not find, with the cell that binds them too late."""
    found = [
        (one.read.name, one.cell.index, one.later.index if one.later else None) for one in graph(*sources).undefined()
    ]
    assert expected == found


def test_a_broken_cell_says_where() -> None:
    """A cell that is not Python has a syntax error and no statements; the others are analysed."""
    broken, sound = graph("y = 1\nx = = 1", "z = 1").cells
    assert broken.syntax_error is not None
    assert (2, 4) == (broken.syntax_error.line, broken.syntax_error.column)
    assert frozenset() == broken.defs
    assert frozenset({"z"}) == sound.defs


@pytest.mark.parametrize(
    "source", ["x = \0", "(" * 300, "x" * 10 + " = " + "-" * 5000 + "1", "'''", "%", "%%", "%%\n", "?", "!", "\\"]
)
def test_no_text_is_too_odd(source: str) -> None:
    """Analysis never raises."""
    graph(source)
