"""The header line `**From:** … **Next:** …`: read as people write it, and written with nothing else changed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.notebook import document, links
from mlnb.notebook.links import Link
from tests import percent


def notebook(*markdown: str) -> document.Notebook:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in markdown]
    return document.from_node(Path("a.ipynb"), {"cells": cells, "metadata": {}})


A, B = Link("a", "a.ipynb"), Link("b", "../b c.ipynb")
READ = [
    ("# T\n**From:** [a](a.ipynb)  **Next:** —", (A,), ()),
    ("**From:** [a](a.ipynb), [b](../b%20c.ipynb)  **Next:** [a](a.ipynb)", (A, B), (A,)),
    ("**from:** [b](<../b c.ipynb>)\n\n**NEXT:** [a](a.ipynb 'A')", (B,), (A,)),
    ("**From:** [\\[x\\]](x%28%29.ipynb#Findings)", (Link("[x]", "x().ipynb#Findings"),), ()),
    (
        "**From:** [a](a(1).ipynb)  **Next:** [订单](订单.ipynb)",
        (Link("a", "a(1).ipynb"),),
        (Link("订单", "订单.ipynb"),),
    ),
    ("**Next:** [a](https://example.org/a.ipynb)", (), (Link("a", "https://example.org/a.ipynb"),)),
    ("From: [a](a.ipynb)", (), ()),
    ("**From:** [a](a.ipynb", (), ()),
    ("no header", (), ()),
    ("", (), ()),
]


@pytest.mark.parametrize(("source", "before", "after"), READ)
def test_read(source: str, before: tuple[Link, ...], after: tuple[Link, ...]) -> None:
    """Links are read decoded, in any case and spacing, and what is no link is none."""
    assert (before, after) == (links.from_links(notebook(source)), links.next_links(notebook(source)))


def test_the_header_is_looked_for_at_the_top() -> None:
    """The header line counts within the first three Markdown cells; without one the title's cell is the header."""
    line = "**From:** [a](a.ipynb)"
    assert (A,) == links.from_links(notebook("x", "# T", line))
    assert () == links.from_links(notebook("x", "# T", "y", line))
    header = links.header_cell(notebook("x", "# T", "y", line))
    assert header is not None
    assert 1 == header.index
    assert links.header_cell(notebook()) is None


LINK = "[a](a.ipynb)"
NEXT = [
    ("# T\n*x*  **From:** —  **Next:** —", "# T\n*x*  **From:** —  **Next:** [a](a.ipynb)"),
    (
        "**From:** [b](b.ipynb)  **Next:** [c](c.ipynb)  \ntext",
        "**From:** [b](b.ipynb)  **Next:** [c](c.ipynb), [a](a.ipynb)  \ntext",
    ),
    ("**Next:** [other label](a.ipynb)", "**Next:** [other label](a.ipynb)"),
    ("**Next:**", "**Next:** [a](a.ipynb)"),
    ("**Next:** - \n", "**Next:** [a](a.ipynb) \n"),
    ("**From:** [b](b.ipynb)\n\n## Input", "**From:** [b](b.ipynb)  **Next:** [a](a.ipynb)\n\n## Input"),
    ("# T", "# T\n**From:** —  **Next:** [a](a.ipynb)"),
    ("# T\ntext", "# T\n**From:** —  **Next:** [a](a.ipynb)\n\ntext"),
    ("T\n===\n\ntext", "T\n===\n**From:** —  **Next:** [a](a.ipynb)\n\ntext"),
    ("text", "**From:** —  **Next:** [a](a.ipynb)\n\ntext"),
    ("", "**From:** —  **Next:** [a](a.ipynb)"),
    ("a\r\n**Next:** —\r\nb", "a\r\n**Next:** [a](a.ipynb)\r\nb"),
]


@pytest.mark.parametrize(("before", "after"), NEXT)
def test_with_next(before: str, after: str) -> None:
    """The link stands where the dash stood, or after the others, or on a new line; and only once."""
    assert after == links.with_next(before, LINK)
    assert after == links.with_next(after, LINK)


def test_with_from() -> None:
    """The same for what a notebook came from."""
    assert "# T\n**From:** [a](a.ipynb)  **Next:** —" == links.with_from("# T", LINK)
    assert "**From:** [a](a.ipynb)  **Next:** —" == links.with_from("**Next:** —", LINK)


@given(st.text(min_size=1, max_size=60).filter(lambda name: "/" not in name and "\0" not in name))
def test_any_name_can_be_linked(name: str) -> None:
    """Whatever a file is called, the link to it is read back as its path."""
    target = Path("/p/over there") / f"{name}.ipynb"
    text = links.markdown(target, Path("/p/here/a.ipynb"))
    assert [f"../over there/{name}.ipynb"] == [link.target for link in links.links(text)]


@given(st.text(max_size=200), st.sampled_from([LINK, "[b](b.ipynb)"]))
def test_no_text_breaks_the_header(source: str, link: str) -> None:
    """Any cell takes a link, says it afterwards, and takes it only once."""
    once = links.with_next(links.with_from(source, link), link)
    assert once == links.with_next(links.with_from(once, link), link)
    (target,) = links.links(link)
    assert target.target in {found.target for found in links.next_links(notebook(once))}


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "[\\[" * 100_000, "[a](" * 100_000, "[a](x" + " " * 300_000, "**From:**" * 50_000]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    """Time grows with the text and not with its square."""
    started = time.perf_counter()
    links.next_links(notebook(text))
    links.with_next(text, LINK)
    assert time.perf_counter() - started < 5


REBASED = [
    ("![](figs/a%20b.png) and [b](../x.ipynb#Findings)", "![](../old/figs/a%20b.png) and [b](../x.ipynb#Findings)"),
    ("[b](<c d.ipynb> 'title')", "[b](<../old/c%20d.ipynb> 'title')"),
    (
        "[w](https://a.b/c) [t](#top) [r](/root.md) [a](attachment:x.png) [none](",
        "[w](https://a.b/c) [t](#top) [r](/root.md) [a](attachment:x.png) [none](",
    ),
]


@pytest.mark.parametrize(("before", "after"), REBASED)
def test_rebased(before: str, after: str) -> None:
    """Text that is taken to another folder leads where it led."""
    assert after == links.rebased(before, Path("/p/old"), Path("/p/new"))
    assert before == links.rebased(before, Path("/p/old"), Path("/p/old"))


def test_a_fresh_header_is_understood() -> None:
    """Percent-format notebooks of the other tests are read the same way."""
    made = document.from_node(Path("b.ipynb"), percent.tree("# %% [markdown]\n# # B\n# **From:** [a](a.ipynb)"))
    assert (A,) == links.from_links(made)
