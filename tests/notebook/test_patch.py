"""Edits of a notebook's text that leave every other byte as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.errors import BrokenNotebook
from mlnb.notebook import document
from mlnb.notebook.patch import with_metadata, with_sources, with_tail

STYLES: list[dict[str, Any]] = [
    {"indent": 1, "sort_keys": True, "ensure_ascii": False},
    {"indent": 4, "ensure_ascii": True},
    {"indent": None},
    {"separators": (",", ":")},
    {"indent": "\t", "sort_keys": True},
]


def notebook(sources: list[object], metadata: object = None) -> dict[str, Any]:
    cells = [
        {"metadata": {}, "cell_type": "markdown", "source": source, "id": f"c{place}"}
        for place, source in enumerate(sources)
    ]
    return {"cells": cells, "metadata": {"a": {"é": [1.50, "}"]}} if metadata is None else metadata, "nbformat": 4}


texts = st.text(alphabet=st.sampled_from('ab \n"\\{}[],:é\u2028\ud800🎉'), max_size=30)


@given(st.lists(texts, min_size=1, max_size=4), texts, st.booleans(), st.sampled_from(STYLES), st.booleans())
def test_sources(sources: list[str], new: str, as_lines: bool, style: dict[str, Any], windows: bool) -> None:
    """In every style of JSON the edited text says the new source, and nothing else has changed."""
    tree = notebook([source.splitlines(keepends=True) if as_lines else source for source in sources])
    text = json.dumps(tree, **style)
    if windows:
        text = text.replace("\n", "\r\n")
    edited = with_sources(text, {0: new})
    read = json.loads(edited)
    got = read["cells"][0].pop("source")
    assert new == ("".join(got) if isinstance(got, list) else got)
    del tree["cells"][0]["source"]
    assert tree == read
    if new == sources[0]:
        assert text == edited


def test_only_the_line_changes() -> None:
    """One changed line of a source is one changed line of the file."""
    text = document.dumps(notebook(["one\ntwo\nthree", "four"])).replace('"one', '"\\u006fne')
    edited = with_sources(text, {0: "one\nTWO\nthree"})
    before, after = text.split("\n"), edited.split("\n")
    assert [("    " + '"two\\n",', "    " + '"TWO\\n",')] == [
        (old, new) for old, new in zip(before, after, strict=True) if old != new
    ]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("metadata", [{}, {"a": 1}, {"z": {"k": []}}, {"mlnb": {"kind": "x", "run": 1}}, {"mlnb": 3}])
def test_metadata(style: dict[str, Any], metadata: dict[str, Any]) -> None:
    """A value is set at its place in the metadata, made where there is none, and nothing else changes."""
    tree = notebook(["# a"], metadata)
    text = json.dumps(tree, **style)
    edited = with_metadata(text, ("mlnb", "children"), ["b.ipynb", "c"])
    own = metadata["mlnb"] if isinstance(metadata.get("mlnb"), dict) else {}
    assert {**tree, "metadata": {**metadata, "mlnb": {**own, "children": ["b.ipynb", "c"]}}} == json.loads(edited)
    assert edited == with_metadata(edited, ("mlnb", "children"), ["b.ipynb", "c"])


def test_metadata_looks_as_jupyter_writes_it() -> None:
    """In a file as Jupyter writes it, the edited file is again as Jupyter writes it."""
    tree = notebook(["# a"], {"kernelspec": {"name": "python3"}, "widgets": {}})
    edited = with_metadata(document.dumps(tree), ("mlnb",), {"kind": "cleaning", "children": ["x"]})
    tree["metadata"]["mlnb"] = {"kind": "cleaning", "children": ["x"]}
    assert document.dumps(tree) == edited
    empty = notebook(["# a"], {})
    edited = with_metadata(document.dumps(empty), ("mlnb", "kind"), "cleaning")
    empty["metadata"]["mlnb"] = {"kind": "cleaning"}
    assert document.dumps(empty) == edited


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"cells": {}}', '{"cells": [1]}', '{"cells": [{"source": ', '{"cells": [{}]}', '{"a" 1}']
)
def test_no_notebook(text: str) -> None:
    """What is no notebook is refused."""
    with pytest.raises(BrokenNotebook):
        with_sources(text, {0: "x"})


def test_no_metadata() -> None:
    """Metadata is made where a notebook has none."""
    assert {"cells": [], "metadata": {"mlnb": 1}} == json.loads(with_metadata('{"cells": []}', ("mlnb",), 1))
    assert {"metadata": {"mlnb": 1}} == json.loads(with_metadata("{}", ("mlnb",), 1))


LAYOUTS: list[dict[str, Any]] = [{"indent": 1}, {"indent": 4}, {}, {"indent": "\t"}, {"separators": (",", ":")}]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_with_tail(layout: dict[str, Any], newline: str, count: int) -> None:
    """Other cells from an index on; every byte before them stays, and what follows the cells as well."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [f"{number}\n", "é]}"]} for number in range(3)]
    tree = {"cells": cells, "metadata": {"a": [1]}, "nbformat": 4, "nbformat_minor": 4}
    text = json.dumps(tree, **layout).replace("\n", newline)
    new = [{"cell_type": "raw", "metadata": {}, "source": "a\nb"}, {"cell_type": "raw", "metadata": {}, "source": ""}]
    edited = with_tail(text, 2, new[:count])
    written = [{**cell, "source": str(cell["source"]).splitlines(keepends=True)} for cell in new[:count]]
    assert {**tree, "cells": [*cells[:2], *written]} == json.loads(edited)
    kept = text.index('"1\\n"')
    assert text[:kept] == edited[:kept]
    assert text[text.index('"a"') :] == edited[edited.index('"a"') :]
    with pytest.raises(BrokenNotebook):
        with_tail(text, 0, new)
