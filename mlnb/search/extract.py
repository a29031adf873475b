"""What can be searched in a notebook file, read leniently and without executing or rendering anything."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlnb.search.words import clean, identifier_parts

OUTPUT_LIMIT = 4096
_TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LONG = re.compile(r"\S{65,}")  # base64 and its like: no word anyone remembers


@dataclass(frozen=True)
class CellText:
    """A cell as text; `index` counts all cells from 0."""

    index: int
    id: str | None
    type: str
    source: str
    output: str


@dataclass(frozen=True)
class NotebookText:
    """A notebook as text, with its metadata."""

    title: str | None
    headings: str
    cells: tuple[CellText, ...]
    metadata: Mapping[str, Any]

    @property
    def markdown(self) -> str:
        return "\n".join(cell.source for cell in self.cells if cell.type == "markdown")

    @property
    def code(self) -> str:
        return "\n".join(cell.source for cell in self.cells if cell.type == "code")

    @property
    def output(self) -> str:
        return "\n".join(cell.output for cell in self.cells if cell.output)

    @property
    def parts(self) -> str:
        """The words inside identifiers of the code, so that `PriceModel` is found by “price”."""
        return " ".join(sorted(identifier_parts(self.code)))


def extract(text: str) -> NotebookText:
    """Read notebook JSON. Raises ValueError when it is not a notebook in any format; all text comes back clean."""
    raw = _parsed(text)
    if not isinstance(raw, dict):
        raise ValueError("not a notebook")
    cells = raw.get("cells")
    if cells is None:  # nbformat 3 and older
        sheets = [sheet for sheet in _list(raw.get("worksheets")) if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in _list(sheet.get("cells"))]
    if not isinstance(cells, list):
        raise ValueError("not a notebook")
    read = tuple(_cell(index, cell) for index, cell in enumerate(cells) if isinstance(cell, dict))
    headings = [line.lstrip("# ").strip() for line in _markdown_lines(read) if line.startswith("#")]
    title = next((line[2:].strip() for line in _markdown_lines(read) if line.startswith("# ")), None)
    metadata = raw.get("metadata")
    return NotebookText(title, "\n".join(headings), read, metadata if isinstance(metadata, dict) else {})


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # Python's own words for this advise to change the interpreter
        raise ValueError("it holds a number of thousands of digits") from None
    except RecursionError:
        raise ValueError("it is nested too deeply to be a notebook") from None


def _markdown_lines(cells: tuple[CellText, ...]) -> Iterator[str]:
    for cell in cells:
        if cell.type == "markdown":
            yield from cell.source.splitlines()


def _cell(index: int, cell: Mapping[str, Any]) -> CellText:
    identity = cell.get("id")
    return CellText(
        index=index,
        id=clean(identity) if isinstance(identity, str) else None,
        type=_text(cell.get("cell_type", "code")),
        source=_text(cell.get("source", cell.get("input", ""))),
        output="\n".join(filter(None, (_output(output) for output in _list(cell.get("outputs"))))),
    )


def _output(output: Any) -> str:
    if not isinstance(output, dict):
        return ""
    if "traceback" in output:
        return f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"[:OUTPUT_LIMIT]
    found = output.get("data")
    data = found if isinstance(found, dict) else {}
    plain = _text(output.get("text") or data.get("text/plain") or data.get("text/markdown") or "")
    if not plain and "text/html" in data:
        plain = html.unescape(_TAGS.sub(" ", _text(data["text/html"])[: OUTPUT_LIMIT * 8]))
    return _LONG.sub("", _ANSI.sub("", plain[: OUTPUT_LIMIT * 2]))[:OUTPUT_LIMIT]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return clean(value) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
