"""Reading and writing notebooks: the same bytes as Jupyter's, and a sentence for what is none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest

from mlnb.errors import BrokenNotebook, NotFound
from mlnb.notebook import document
from tests import percent

TEXT = """
# %% [markdown]
# # A title
# text
# %% parameters
n = 1

m = "ü"
"""


def test_writes_what_nbformat_writes(tmp_path: Path) -> None:
    """The text of a notebook is byte for byte the one nbformat makes, outputs of all sorts included."""
    tree = percent.tree(TEXT)
    tree["cells"][1]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "a\nb\n"},
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {
                "text/html": "<b>\n</b>",
                "image/png": "aGk=\n",
                "application/json": {"a": "b"},
                "image/svg+xml": "<svg>\n",
            },
        },
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["x\ny", "z"]},
    ]
    node = nbformat.from_dict(tree)  # type: ignore[no-untyped-call]
    assert nbformat.writes(node) + "\n" == document.dumps(tree)  # type: ignore[no-untyped-call]


def test_reads_back(tmp_path: Path) -> None:
    """What is written is read again."""
    notebook = document.read(percent.write(tmp_path / "a.ipynb", TEXT))
    assert ("A title", ("parameters",), 'n = 1\n\nm = "ü"') == (
        notebook.title,
        notebook.cells[1].tags,
        notebook.cells[1].source,
    )


BROKEN = [
    ("", "is not valid JSON"),
    ("{", "is not valid JSON"),
    ("[]", "it has no nbformat number"),
    ('{"nbformat": 4}', "it has no list of cells"),
    ('{"nbformat": 4, "cells": [1]}', "neither code, markdown nor raw"),
    ('{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": 3}]}', "outputs are no list"),
    ('{"nbformat": 4, "cells": [], "metadata": []}', "metadata is no object"),
    ('{\n<<<<<<< HEAD\n"a": 1', "conflict markers from line 2"),
    ("[" * 100_000, "nested too deeply"),
    ('{"nbformat": 2, "worksheets": 3}', "nbformat can read"),
    ('{"nbformat": 4, "cells": [], "x": ' + "9" * 5000 + "}", "a number of thousands of digits"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_broken_notebooks(tmp_path: Path, text: str, message: str) -> None:
    """What is no notebook is refused in one sentence."""
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    with pytest.raises(BrokenNotebook, match=message):
        document.read(path)


def test_not_text_not_there_and_a_folder(tmp_path: Path) -> None:
    """Bytes that are no text, a missing file and a folder are told apart."""
    (tmp_path / "b.ipynb").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BrokenNotebook, match="byte 0 is not UTF-8"):
        document.read(tmp_path / "b.ipynb")
    with pytest.raises(NotFound, match="there is no notebook"):
        document.read(tmp_path / "c.ipynb")
    with pytest.raises(NotFound, match="is a folder"):
        document.read(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no regular file is refused at once."""
    os.mkfifo(tmp_path / "a.ipynb")
    with pytest.raises(BrokenNotebook, match="no regular file"):
        document.read(tmp_path / "a.ipynb")


def test_half_a_character_is_kept(tmp_path: Path) -> None:
    """JSON can hold what UTF-8 cannot; it is written as an escape and read back, beside whole characters."""
    path = tmp_path / "a.ipynb"
    tree = percent.tree("# %%\nx = 1")
    tree["cells"][0]["source"] = "x = '\ud800 ü 🎉'"
    document.write(path, tree)
    document.create(tmp_path / "b.ipynb", document.read_tree(path))
    assert ["x = '\ud800 ü 🎉'"] == [cell.source for cell in document.read(tmp_path / "b.ipynb").cells]
    assert "\\ud800" in path.read_text(encoding="utf-8")


def test_format_3_is_read(tmp_path: Path) -> None:
    """An old notebook is upgraded in memory."""
    cell = {"cell_type": "code", "language": "python", "input": ["x = 1"], "outputs": [], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell], "metadata": {}}]}
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(old))
    assert ["x = 1"] == [cell.source for cell in document.read(path).code_cells]


@pytest.mark.parametrize(
    ("metadata", "python"),
    [
        ({}, True),
        ({"kernelspec": {"name": "ir"}}, False),
        ({"language_info": {"name": "julia"}}, False),
        ({"kernelspec": {"name": "python3"}}, True),
    ],
)
def test_language(tmp_path: Path, metadata: dict[str, object], python: bool) -> None:
    """A notebook without language is taken for Python when its kernel is."""
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": []}))
    assert python is document.read(path).is_python
