"""Notebooks as read-only values; the only module that imports nbformat.

nbformat is imported late: it loads jsonschema, whose format checks build a grammar for more than a second, and neither
check nor search nor create needs it. Reading and writing format 4 is plain JSON, tested against nbformat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mlnb import atomic
from mlnb.errors import BrokenNotebook, NotFound

if TYPE_CHECKING:
    from nbformat import NotebookNode as NotebookNode

Tree = dict[str, Any]
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
CellType = Literal["code", "markdown", "raw"]


@dataclass(frozen=True)
class Cell:
    """One cell. `index` counts all cells from 0, as the file has them."""

    index: int
    id: str | None
    type: CellType
    source: str
    tags: tuple[str, ...]
    execution_count: int | None
    outputs: tuple[Mapping[str, Any], ...]

    @property
    def place(self) -> str:
        """How people are told of this cell: counted from 1."""
        return f"cell {self.index + 1}"


@dataclass(frozen=True)
class Notebook:
    """A read-only view of an .ipynb file."""

    path: Path
    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.type == "code")

    @property
    def title(self) -> str | None:
        """The text of the first top-level heading, if there is one."""
        for cell in self.cells:
            if cell.type != "markdown":
                continue
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
        return None

    @property
    def is_python(self) -> bool:
        """Whether the code is Python. Colab writes no language: then the kernel's name decides, else Python it is."""
        language = self._told("language_info", "name") or self._told("kernelspec", "language")
        if language:
            return language.lower() in ("python", "ipython")
        return (self._told("kernelspec", "name") or "python").lower().startswith(("python", "conda", "ipython"))

    @property
    def kernel_name(self) -> str:
        return self._told("kernelspec", "name") or "python3"

    def _told(self, part: str, key: str) -> str | None:
        """A text in the metadata, None where anything else stands."""
        found = self.metadata.get(part)
        value = found.get(key) if isinstance(found, Mapping) else None
        return value if isinstance(value, str) else None


def read(path: Path) -> Notebook:
    """Read a notebook. Raises `NotFound` or `BrokenNotebook`; never executes anything."""
    return from_node(path, read_tree(path))


def read_tree(path: Path) -> Tree:
    """Read a notebook as the plain JSON tree of format 4, line lists joined. Raises `NotFound` or `BrokenNotebook`."""
    tree = _parsed(path, _text(path))
    if tree["nbformat"] < 4:
        tree = _upgraded(path, tree)
    if not isinstance(tree.get("cells"), list):
        raise BrokenNotebook(f"{path} is not a notebook: it has no list of cells")
    for cell in tree["cells"]:
        _normalise(path, cell)
    if not isinstance(tree.setdefault("metadata", {}), dict):
        raise BrokenNotebook(f"{path} is not a notebook: its metadata is no object")
    return tree


def read_node(path: Path) -> NotebookNode:
    """Read a notebook as nbformat's mutable tree, which is what executes."""
    return as_node(read_tree(path))


def as_node(tree: Tree) -> NotebookNode:
    """The same tree as nbformat's type."""
    import nbformat  # late, see the module

    return nbformat.from_dict(tree)  # type: ignore[no-untyped-call, no-any-return]  # nbformat is untyped


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # reading a pipe would wait for ever
            raise BrokenNotebook(f"{path} is not a notebook: it is no regular file")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"there is no notebook {path}") from None
    except IsADirectoryError:
        raise NotFound(f"{path} is a folder, not a notebook") from None
    except UnicodeDecodeError as error:
        raise BrokenNotebook(f"{path} is not a notebook: byte {error.start} is not UTF-8 text") from None
    except OSError as error:
        raise BrokenNotebook(f"{path} cannot be read: {error.strerror}") from None


def _parsed(path: Path, text: str) -> Tree:
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("<<<<<<< "):
                raise BrokenNotebook(
                    f"{path} holds git conflict markers from line {number}: resolve them first"
                ) from None
        raise BrokenNotebook(f"{path} is not valid JSON: {error.msg} at line {error.lineno}") from None
    except ValueError:  # Python's own words for this advise to change the interpreter
        raise BrokenNotebook(f"{path} is not a notebook: it holds a number of thousands of digits") from None
    except RecursionError:
        raise BrokenNotebook(f"{path} is nested too deeply to be a notebook") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("nbformat"), int):
        raise BrokenNotebook(f"{path} is JSON but not a notebook: it has no nbformat number")
    return tree


def _upgraded(path: Path, tree: Tree) -> Tree:
    import nbformat  # late, see the module

    try:
        node = nbformat.from_dict(tree)  # type: ignore[no-untyped-call]  # nbformat is untyped
        upgraded: Tree = nbformat.convert(node, 4)  # type: ignore[no-untyped-call]  # nbformat is untyped
    except Exception as error:  # noqa: BLE001  # nbformat lets KeyError, AttributeError and more through
        raise BrokenNotebook(f"{path} is not a notebook that nbformat can read: {error}") from None
    return upgraded


def _normalise(path: Path, cell: Any) -> None:
    """Join line lists, as nbformat's reader does, and fill what may be absent."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise BrokenNotebook(f"{path} holds a cell that is neither code, markdown nor raw")
    cell["source"] = _joined(cell.get("source", ""))
    if not isinstance(cell.setdefault("metadata", {}), dict):
        raise BrokenNotebook(f"{path} holds a cell whose metadata is no object")
    if cell["cell_type"] != "code":
        return
    cell.setdefault("execution_count", None)
    outputs = cell.setdefault("outputs", [])
    if not isinstance(outputs, list) or not all(isinstance(output, dict) for output in outputs):
        raise BrokenNotebook(f"{path} holds a cell whose outputs are no list of outputs")
    for output in outputs:
        if "text" in output:
            output["text"] = _joined(output["text"])
        data = output.get("data")
        for mime, value in (data if isinstance(data, dict) else {}).items():
            if isinstance(value, list) and all(isinstance(line, str) for line in value):
                data[mime] = "".join(value)


def _joined(text: Any) -> str:
    return "".join(str(line) for line in text) if isinstance(text, list) else str(text)


def from_node(path: Path, node: Mapping[str, Any]) -> Notebook:
    """Take a read-only view of a tree."""
    cells = tuple(
        Cell(
            index=index,
            id=cell["id"] if isinstance(cell.get("id"), str) else None,
            type=cell["cell_type"],
            source=cell["source"],
            tags=_tags(cell["metadata"]),
            execution_count=cell["execution_count"] if isinstance(cell.get("execution_count"), int) else None,
            outputs=tuple(cell.get("outputs") or ()),
        )
        for index, cell in enumerate(node["cells"])
    )
    return Notebook(path=path, cells=cells, metadata=node.get("metadata") or {})


def _tags(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    tags = metadata.get("tags")
    return tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()


def dumps(tree: Mapping[str, Any]) -> str:
    """The text of a notebook as Jupyter writes it: texts as lists of lines, keys in order, one space of indent.

    Half a character, which UTF-8 cannot hold, stays in the notebook as an escape.
    """
    cells = []
    for cell in tree["cells"]:
        written = {**cell, "source": _lines(cell["source"])}
        if "outputs" in cell:
            written["outputs"] = [_written(output) for output in cell["outputs"]]
        cells.append(written)
    whole = {**tree, "cells": cells}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
    if _HALF_CHARACTER.search(text):
        text = json.dumps(whole, ensure_ascii=True, indent=1, sort_keys=True)
    return text + "\n"


def _written(output: Mapping[str, Any]) -> Mapping[str, Any]:
    written = dict(output)
    if isinstance(output.get("text"), str):
        written["text"] = _lines(output["text"])
    if isinstance(output.get("data"), dict):
        written["data"] = {
            mime: _lines(value) if isinstance(value, str) and _is_text(mime) else value
            for mime, value in output["data"].items()
        }
    return written


def _is_text(mime: str) -> bool:
    return mime.startswith("text/") or mime in ("application/javascript", "image/svg+xml")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def write(path: Path, tree: Mapping[str, Any]) -> None:
    """Replace the notebook at `path`, atomically."""
    atomic.write_text(path, dumps(tree))


def create(path: Path, tree: Mapping[str, Any]) -> None:
    """Write a notebook that must not exist yet; raises FileExistsError."""
    atomic.create_text(path, dumps(tree))
