"""The header line of a notebook, `**From:** … **Next:** …`: read leniently, written with nothing else changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from mlnb.notebook.document import Cell, Notebook

NOTHING = "—"
_NOTHINGS = {"", "—", "–", "-"}
_HEADER_CELLS = 3  # a header stands at the top: only so many Markdown cells are asked
# What would end a link target, or begin a query or a fragment of it; other characters stay as they are.
_CODED = re.compile(r"[\s\x00-\x20\x7f%()<>\[\]\\#?:\"'`|*\udc80-\udcff]")
# Bounded, so that hostile text takes no more than linear time.
_LINK = re.compile(
    r"\[(?P<label>(?:\\.|[^\[\]\\\n]){0,500})\]"
    r"\([ \t]{0,9}(?:<(?P<angle>[^<>\n]{0,2000})>"
    r"|(?P<bare>[^\s()<>]{1,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}){0,9}))"
    r"(?:[ \t]{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?[ \t]{0,9}\)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTRY = re.compile(r"\*\*(?P<word>From|Next):\*\*(?P<text>(?:(?!\*\*(?:From|Next):\*\*)[^\r\n])*)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[\w+.-]+:|/")  # an address on the web, a path from the root
_TITLE = re.compile(r"# +\S|#\t")
_UNDERLINE = re.compile(r"=+\s*$")


@dataclass(frozen=True)
class Link:
    """A Markdown link. `target` is decoded; what it is relative to is for the reader to say."""

    label: str
    target: str


def from_links(notebook: Notebook) -> tuple[Link, ...]:
    """What the header names as the notebooks this one came from."""
    return _entry(notebook, "from")


def next_links(notebook: Notebook) -> tuple[Link, ...]:
    """What the header names as the notebooks that go on from this one."""
    return _entry(notebook, "next")


def _entry(notebook: Notebook, word: str) -> tuple[Link, ...]:
    cell = header_cell(notebook)
    if cell is None:
        return ()
    found = [entry for entry in _ENTRY.finditer(cell.source) if entry["word"].lower() == word]
    return tuple(link for entry in found for link in links(entry["text"]))


def header_cell(notebook: Notebook) -> Cell | None:
    """The cell with the header line; else the one with the title, else the first Markdown cell; None without any."""
    cells = [cell for cell in notebook.cells if cell.type == "markdown"][:_HEADER_CELLS]
    with_line = (cell for cell in cells if _ENTRY.search(cell.source))
    with_title = (cell for cell in cells if _title_end(cell.source.split("\n")) is not None)
    return next(with_line, None) or next(with_title, None) or next(iter(cells), None)


def links(text: str) -> Iterator[Link]:
    """The inline links of a Markdown text."""
    for found in _LINK.finditer(text):
        written = found["angle"] if found["angle"] is not None else found["bare"]
        yield Link(_ESCAPED.sub(r"\1", found["label"]), decoded(written))


def rebased(text: str, old: Path, new: Path) -> str:
    """Markdown from a file in the folder `old` for one in the folder `new`: relative links lead where they led."""

    def moved(found: re.Match[str]) -> str:
        group = "bare" if found["angle"] is None else "angle"
        target, anchor = re.fullmatch(r"([^#?]*)(.*)", found[group], re.DOTALL).groups()  # type: ignore[union-attr]  # it always matches
        if not target or _ELSEWHERE.match(target):
            return found[0]
        path = encoded(Path(os.path.relpath(old / decoded(target), new)).as_posix()) + anchor
        start = found.start(group) - found.start()
        return f"{found[0][:start]}{path}{found[0][start + len(found[group]) :]}"

    return text if old == new else _LINK.sub(moved, text)


def decoded(written: str) -> str:
    """A link target as a path; bytes that are no text stay as Python's file names have them."""
    return unquote(_ESCAPED.sub(r"\1", written), errors="surrogateescape")


def encoded(path: str) -> str:
    """A path as a link target."""
    return _CODED.sub(lambda found: quote(found[0], safe="", errors="surrogateescape"), path)


def markdown(target: Path, source: Path) -> str:
    """A Markdown link to the notebook `target`, relative to the notebook `source`."""
    relative = Path(os.path.relpath(target, source.parent)).as_posix()
    return f"[{label(target.stem)}]({encoded(relative)})"


def label(text: str) -> str:
    """Text as a link's label: on one line, and with no bracket that would end it."""
    printable = "".join(" " if character < " " else character for character in text)
    return re.sub(r"[\\\[\]]", r"\\\g<0>", printable).encode("utf-8", "replace").decode()


def with_from(source: str, link_text: str) -> str:
    """The header cell's source with one more notebook that this one came from."""
    return _with(source, "From", link_text)


def with_next(source: str, link_text: str) -> str:
    """The header cell's source with one more notebook that goes on from this one."""
    return _with(source, "Next", link_text)


def _with(source: str, word: str, link_text: str) -> str:
    """Nothing changes where the link is there already."""
    found = {entry["word"].title(): entry for entry in reversed(list(_ENTRY.finditer(source)))}
    if word in found:
        return _with_entry(source, found[word], link_text)
    if not found:
        return _with_line(source, word, link_text)
    if word == "From":
        place = found["Next"].start()
        return f"{source[:place]}**From:** {link_text}  {source[place:]}"
    entry = found["From"]
    place = entry.start("text") + len(entry["text"].rstrip())
    return f"{source[:place]}  **Next:** {link_text}{source[place:]}"


def _with_entry(source: str, entry: re.Match[str], link_text: str) -> str:
    written = entry["text"].strip()
    if {link.target for link in links(link_text)} <= {link.target for link in links(written)}:
        return source
    if written in _NOTHINGS:
        space = entry["text"][len(entry["text"].rstrip()) :] if written else entry["text"][1:]
        return f"{source[: entry.start('text')]} {link_text}{space}{source[entry.end() :]}"
    place = entry.start("text") + len(entry["text"].rstrip())
    return f"{source[:place]}, {link_text}{source[place:]}"


def _with_line(source: str, word: str, link_text: str) -> str:
    """A header line of its own after the title, or on top of a cell without one."""
    header = (
        f"**From:** {link_text}  **Next:** {NOTHING}"
        if word == "From"
        else f"**From:** {NOTHING}  **Next:** {link_text}"
    )
    lines = source.split("\n")
    end = _title_end(lines)
    if end is None:
        return f"{header}\n\n{source}" if source else header
    rest = lines[end:]
    apart = [""] if rest and rest[0].strip() else []
    return "\n".join([*lines[:end], header, *apart, *rest])


def _title_end(lines: list[str]) -> int | None:
    """How many lines there are up to the end of the title, None without one."""
    for number, line in enumerate(lines):
        if _TITLE.match(line):
            return number + 1
        if number and lines[number - 1].strip() and _UNDERLINE.match(line):
            return number + 1
    return None
