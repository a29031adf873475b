"""What a notebook does and says, gathered in one pass over its cells without running any of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mlnb.adopt.code import Code
from mlnb.adopt.headings import Heading, headings
from mlnb.adopt.roles import Role
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.grammar import DEFAULT, Grammar
from mlnb.notebook.names import NameReading

_MOST_PROSE = 20_000
_MOST_PRINTED = 500  # characters of one cell
_PICTURE = re.compile(r"image/|application/vnd\.(?:plotly|vega|bokeh)")


@dataclass(frozen=True)
class Content:
    """All that classification, proposals and order ask of a notebook; the notebook itself can be forgotten."""

    name: NameReading
    stem: str
    folders: tuple[str, ...]
    project: str
    is_python: bool
    cells: tuple[frozenset[Role], ...]
    modules: frozenset[str]
    found: Mapping[Role, tuple[str, ...]]
    trained: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    data_files: frozenset[str]
    headings: tuple[Heading, ...]
    prose: str
    words: Mapping[str, int]
    pictures: int
    printed: str
    calls_service: bool
    calls: frozenset[str]

    def share(self, *roles: Role) -> float:
        """The part of the code cells that do any of this."""
        wanted = set(roles)
        return sum(1 for cell in self.cells if cell & wanted) / len(self.cells) if self.cells else 0.0

    @cached_property
    def stem_words(self) -> str:
        """The words of the file name, with spaces between them."""
        return spaced(self.stem)

    @cached_property
    def folder_words(self) -> str:
        return "\n".join(spaced(folder) for folder in self.folders)


def gather(notebook: Notebook, root: Path | None = None, names: Grammar = DEFAULT) -> Content:
    """Read a notebook's cells. Never raises: a cell that is not Python says nothing.

    The folders between `root` and the notebook speak too; without it only the one the notebook lies in.
    """
    code = Code()
    prose = ""
    for cell in notebook.cells:
        if cell.type == "code" and notebook.is_python:
            code.add(cell)
        elif cell.type == "markdown" and len(prose) < _MOST_PROSE:
            prose += cell.source[:_MOST_PROSE] + "\n"
    roles, found, trained = code.roles()
    return Content(
        name=names.read(notebook.path),
        stem=notebook.path.stem,
        folders=_folders(notebook.path, root),
        project=root.name if root else "",
        is_python=notebook.is_python,
        cells=tuple(roles[index] for index in sorted(roles)),
        modules=frozenset(code.modules),
        found=found,
        trained=trained,
        reads=tuple(dict.fromkeys(code.reads)),
        writes=tuple(dict.fromkeys(code.writes)),
        data_files=frozenset(code.data_files),
        headings=headings(notebook),
        prose=prose[:_MOST_PROSE].casefold(),
        words=code.words,
        pictures=sum(1 for cell in notebook.code_cells if _shows_picture(cell)),
        printed="\n".join(_printed(cell) for cell in notebook.code_cells)[:_MOST_PROSE].casefold(),
        calls_service=code.calls_service,
        calls=code.called,
    )


def _folders(path: Path, root: Path | None) -> tuple[str, ...]:
    if root is not None and path.is_relative_to(root):
        return path.parent.relative_to(root).parts
    return path.parent.parts[-1:]


def _printed(cell: Cell) -> str:
    """The beginning of what a cell printed."""
    texts = (output.get("text") for output in cell.outputs if output.get("output_type") == "stream")
    return next((text[:_MOST_PRINTED] for text in texts if isinstance(text, str)), "")


def _shows_picture(cell: Cell) -> bool:
    found = [output.get("data") for output in cell.outputs]
    return any(isinstance(data, Mapping) and any(_PICTURE.match(mime) for mime in data) for data in found)


def spaced(text: str) -> str:
    """`EDA_houseSales2` as `eda house sales 2`."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", text)
    return " ".join(re.split(r"[\W_]+", text)).casefold().strip()
