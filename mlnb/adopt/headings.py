"""The headings of a notebook as plain words: no markup, no numbers, no pictures."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mlnb.notebook.document import Notebook

_LONGEST = 600  # more of a line is no heading
_MOST = 200
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?:[^\n]*\n){0,40}?---[ \t]*(?:\n|\Z)")  # of a Quarto or Jekyll page
_ATX = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?P<text>[^#].*)$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_HTML = re.compile(r"<h(?P<level>[1-6])\b[^>]*>(?P<text>.*?)</h(?P=level)\s*>", re.IGNORECASE | re.DOTALL)
_BOLD = re.compile(r"^\s*(?:\*\*|__|<b>|<strong>)(?P<text>[^*_<]{3,120})(?:\*\*|__|</b>|</strong>)\s*$")
_BOLD_LEVEL = 7

_FILE_TYPE = re.compile(r"(?<=\w)\.(?:ipynb|py|r|csv|xlsx?|json|parquet|pkl|txt|md)\b(?!\.\w)", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_TAG = re.compile(r"<[^>]{0,300}>")
_MATH = re.compile(r"\$+([^$]*)\$+")
_NUMBER = re.compile(
    r"^\s*(?:(?:\d+|[IVX]+|[A-Za-z])(?:\.\d+)*[.):]\s*|\d+(?:\.\d+)+\s+|\d{1,3}[-_]\s*(?=[^\W\d])|\d{1,2}\s+(?=\D))+(?=\S)"
)
_MARKS = re.compile(r"[*`~#|]+|(?<!\w)_+|_+(?!\w)")


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 7 is a line in bold that stands for one. `cell` counts from 0."""

    level: int
    text: str
    cell: int


def headings(notebook: Notebook) -> tuple[Heading, ...]:
    """The headings in order, as far as words are left of them."""
    found: list[Heading] = []
    for cell in notebook.cells:
        if cell.type != "markdown":
            continue
        for level, raw in _raw(cell.source):
            if text := plain(raw):
                found.append(Heading(level, text, cell.index))
        if len(found) > _MOST:
            break
    return tuple(found)


def _raw(source: str) -> Iterator[tuple[int, str]]:
    for tag in _HTML.finditer(source[:20_000]):
        yield int(tag["level"]), tag["text"][:_LONGEST]
    source = _FRONT_MATTER.sub("", source, count=1)
    before = ""
    fenced = False
    for line in source.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        if fenced:
            continue
        if (atx := _ATX.match(line)) and not _HTML.search(line[:_LONGEST]):
            yield len(atx["marks"]), atx["text"].rstrip("# \t")[:_LONGEST]
        elif before and (under := _UNDERLINE.match(line)):
            yield 1 if under[1].startswith("=") else 2, before[:_LONGEST]
        elif bold := _BOLD.match(line[:_LONGEST]):
            yield _BOLD_LEVEL, bold["text"]
        before = line.strip() if line.strip() and not line.lstrip().startswith(("#", "|", "-", ">", "*")) else ""


def plain(text: str) -> str:
    """A heading's words: links by their label, no pictures, tags, addresses, marks, leading numbers or emoji."""
    text = _IMAGE.sub(" ", text)
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _ADDRESS.sub(" ", html.unescape(_TAG.sub(" ", text)))
    text = _MARKS.sub(" ", _MATH.sub(r"\1", text))
    text = "".join(character if _is_text(character) else " " for character in unicodedata.normalize("NFC", text))
    text = _FILE_TYPE.sub("", " ".join(text.split()))
    text = _NUMBER.sub("", text)
    return text.strip(" -–—:;,.|/\\>•·=+")


def _is_text(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in {"So", "Sk", "Cs", "Cc", "Co", "Cn"} and character not in "\ufe0f\u200d\ufeff"
