"""Edit the JSON text of a notebook in place: every byte that is not part of the edit stays as it was.

Tools write notebooks with one space of indent or four, with keys in any order, with `\\u00e9` or `é`. Reading and
writing the whole file would change all of that; so the places of the values are found in the text (RFC 8259), and
only those are replaced.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlnb.errors import BrokenNotebook

_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]+")
_SPACE = re.compile(r"[ \t\r\n]*")
_HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class _Span:
    """Where a value stands in the text."""

    start: int
    end: int


def read_text(path: Path) -> str:
    """The text of a notebook with its line ends as they are. Raises `BrokenNotebook`."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BrokenNotebook(f"{path} is not a notebook: byte {error.start} is not UTF-8 text") from None


def with_sources(text: str, sources: Mapping[int, str]) -> str:
    """The notebook with other sources in the cells at these indices.

    Of a source that is kept as a list of lines only the lines that differ are written anew.
    Raises `BrokenNotebook` where the text is no notebook of format 4.
    """
    cells = _cells(text)
    edits: list[tuple[_Span, str]] = []
    for index, source in sources.items():
        if not 0 <= index < len(cells):
            raise BrokenNotebook(f"the notebook has no cell {index + 1}")
        place = _members(text, cells[index].start).get("source")
        if place is None:
            raise BrokenNotebook(f"cell {index + 1} has no source")
        edits.append((place, _source(text, place, source)))
    for place, written in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        text = text[: place.start] + written + text[place.end :]
    return text


def with_metadata(text: str, keys: tuple[str, ...], value: object) -> str:
    """The notebook with a value in its metadata, such as `("mlnb", "parent")`; what is missing on the way is made.

    Raises `BrokenNotebook` where the text is no notebook.
    """
    at = _root(text)
    unit = _prefix(text, at).lstrip("\r\n") or " "
    path = ("metadata", *keys)
    for depth, key in enumerate(path):
        place = _members(text, at).get(key)
        last = depth == len(path) - 1
        if place is None or last or text[place.start] != "{":
            for outer in reversed(path[depth + 1 :]):
                value = {outer: value}
            return _set(text, at, key, place, value, unit)
        at = place.start
    return text  # not reached: the last key returns


def with_tail(text: str, first: int, cells: Sequence[Mapping[str, object]]) -> str:
    """The notebook whose cells from the index `first` on are `cells`; those before keep every byte.

    Raises `BrokenNotebook` where the text is no notebook of format 4, or has no cell before `first`.
    """
    spans = _cells(text)
    if not 0 < first <= len(spans):
        raise BrokenNotebook(f"the notebook has no cell {first}")
    start, end = spans[first - 1].end, spans[-1].end
    space = text[text.rindex("[", 0, spans[0].start) + 1 : spans[0].start]
    unit = _prefix(text, _root(text)).lstrip("\r\n") or " "
    written = ""
    for cell in cells:
        source = cell.get("source")
        lines = source.splitlines(keepends=True) if isinstance(source, str) else source
        dumped = _dumped(text, {**cell, "source": lines}, indent=unit if "\n" in space else None)
        written += f",{space or ' '}{dumped.replace(chr(10), space)}"
    return text[:start] + written + text[end:]


# ------------------------------------------------------------------ places


def _root(text: str) -> int:
    at = _skip_space(text, 1 if text.startswith("\ufeff") else 0)
    if text[at : at + 1] != "{":
        raise BrokenNotebook("the file is not a notebook: it is no JSON object")
    return at


def _cells(text: str) -> list[_Span]:
    place = _members(text, _root(text)).get("cells")
    if place is None or text[place.start] != "[":
        raise BrokenNotebook("the file is not a notebook of format 4: it has no list of cells")
    cells = list(_elements(text, place.start))
    if any(text[cell.start] != "{" for cell in cells):
        raise BrokenNotebook("the file is not a notebook: one of its cells is no object")
    return cells


def _members(text: str, at: int) -> dict[str, _Span]:
    """The values of the object that begins at `at`; of keys given twice the last counts, as in Python's reader."""
    found: dict[str, _Span] = {}
    at = _skip_space(text, at + 1)
    while text[at : at + 1] == '"':
        key_end = _end(text, at)
        key = json.loads(text[at:key_end])
        at = _expect(text, _skip_space(text, key_end), ":")
        start = _skip_space(text, at)
        end = _end(text, start)
        found[key] = _Span(start, end)
        at = _skip_space(text, end)
        if text[at : at + 1] != ",":
            break
        at = _skip_space(text, at + 1)
    _expect(text, at, "}")
    return found


def _elements(text: str, at: int) -> Iterator[_Span]:
    at = _skip_space(text, at + 1)
    while text[at : at + 1] not in ("]", ""):
        end = _end(text, at)
        yield _Span(at, end)
        at = _skip_space(text, end)
        if text[at : at + 1] != ",":
            break
        at = _skip_space(text, at + 1)
    _expect(text, at, "]")


def _end(text: str, at: int) -> int:
    """Where the value that begins at `at` ends."""
    if text[at : at + 1] not in ("{", "[", '"'):
        scalar = _SCALAR.match(text, at)
        if scalar is None:
            raise BrokenNotebook(f"the file is not valid JSON at character {at}")
        return scalar.end()
    depth = 0
    for mark in _MARK.finditer(text, at):
        first = mark[0][0]
        depth += (first in "{[") - (first in "}]")
        if depth == 0:
            return mark.end()
    raise BrokenNotebook("the file is not valid JSON: it ends early")


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise BrokenNotebook(f"the file is not valid JSON: “{mark}” is missing at character {at}")
    return at + 1


# ------------------------------------------------------------------ texts


def _source(text: str, place: _Span, source: str) -> str:
    raw = text[place.start : place.end]
    if raw[0] != "[":
        return raw if json.loads(raw) == source else _dumped(text, source)
    spans = list(_elements(text, place.start))
    old = [json.loads(text[span.start : span.end]) for span in spans]
    if "".join(str(line) for line in old) == source:
        return raw
    new = source.splitlines(keepends=True)
    written: list[str] = []
    for tag, first, last, begin, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            written += [text[span.start : span.end] for span in spans[first:last]]
        else:
            written += [_dumped(text, line) for line in new[begin:end]]
    if not spans:
        return f"[{', '.join(written)}]"
    if not written:
        return "[]"
    before = text[place.start + 1 : spans[0].start]
    after = text[spans[-1].end : place.end - 1]
    between = text[spans[0].end : spans[1].start] if len(spans) > 1 else f",{before or ' '}"
    return f"[{before}{between.join(written)}{after}]"


def _dumped(text: str, value: object, indent: str | None = None) -> str:
    """A value as JSON; letters beyond ASCII are escaped where the file escapes them."""
    escaped = text.isascii() and "\\u" in text
    written = json.dumps(value, ensure_ascii=escaped, indent=indent, sort_keys=True)
    return json.dumps(value, ensure_ascii=True, indent=indent, sort_keys=True) if _HALF.search(written) else written


def _prefix(text: str, at: int) -> str:
    """The space between the `{` at `at` and its first key."""
    return text[at + 1 : _skip_space(text, at + 1)]


def _set(text: str, at: int, key: str, place: _Span | None, value: object, unit: str) -> str:
    """Replace a member of the object at `at`, or add it where the order of the keys puts it."""
    members = _members(text, at)
    prefix = _prefix(text, at) if members else _prefix_within(text, at, unit)
    indented = "\n" in prefix
    level = prefix[prefix.rindex("\n") + 1 :] if indented else ""
    written = _dumped(text, value, indent=unit if indented else None)
    if indented:
        written = written.replace("\n", prefix[: prefix.rindex("\n") + 1] + level)
    if place is not None:
        return text[: place.start] + written + text[place.end :]
    member = f"{_dumped(text, key)}: {written}"
    if not members:
        end = _end(text, at)
        closing = prefix.removesuffix(unit) if indented else ""
        return f"{text[: at + 1]}{prefix}{member}{closing}{text[end - 1 :]}"
    keys = list(members)
    after = [name for name in keys if name < key] if keys == sorted(keys) else keys
    if after:
        place = members[after[-1]]
        return f"{text[: place.end]},{prefix or ' '}{member}{text[place.end :]}"
    return f"{text[: at + 1]}{prefix}{member},{prefix or ' '}{text[at + 1 + len(prefix) :]}"


def _prefix_within(text: str, at: int, unit: str) -> str:
    """The space that would stand before the first key of the empty object at `at`."""
    line = text.rfind("\n", 0, at)
    if line < 0:
        return ""
    indent = _SPACE.match(text, line + 1)
    newline = "\r\n" if text[line - 1 : line] == "\r" else "\n"
    return newline + (indent[0] if indent else "") + unit
