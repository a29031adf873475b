"""Where a text names a file: in links, in strings, on a command line, in prose. Pure, and linear in the text.

    See [the rain](../010_exploration_rain.ipynb#Findings).     path ../010_exploration_rain.ipynb, a link
    %run "old notebooks/first look.ipynb"                       path old notebooks/first look.ipynb
    pd.read_csv(DATA / "bookings.csv")                          path bookings.csv
    https://example.org/010_exploration_rain.ipynb              nothing: what others publish stays as it is

A name is found by its end, looked up, and only then is the path around it read. So names of many files are looked for
in one pass, and names with spaces are found as well.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from mlnb.notebook import links

Language = Literal["markdown", "python", "plain"]

_LOOK_BACK = 1000  # a path is not longer, and hostile text must not make the search quadratic
_BEFORE_NAME = re.compile(r"[\s/\\\"'`()\[\]{}<>|=,;:*_~!]")
_WORD = re.compile(r"[^\s\"'`()\[\]{}<>|=,;:*~!]*")
_ATTRIBUTE = re.compile(r"\b(?:href|src)[ \t]*=[ \t]*\Z", re.IGNORECASE)
_DESTINATION = re.compile(r"\]\([ \t]{0,9}(?:<(?P<angle>[^<>\n]{1,1000})>|(?P<bare>[^\s<>()]{1,1000}))")
_QUOTED_ATTRIBUTE = re.compile(r"\b(?:href|src)[ \t]{0,9}=[ \t]{0,9}([\"'])(?P<body>[^\"'\n]{1,1000})\1", re.IGNORECASE)
_STRING = re.compile(r"([\"'])(?P<body>[^\"'\n\\{}]{1,1000})\1")
_RUN = re.compile(r"^[ \t]{0,99}%run[ \t]{1,9}(?:-\w{1,9}[ \t]{1,9}){0,9}(?P<body>[^\s\"']{1,1000})", re.MULTILINE)


@dataclass(frozen=True)
class Mention:
    """A path as a text names it: `path` is decoded, `text[start:end]` is how it is written.

    `label` is the place of the link's label where that is the file's name without its ending.
    `counts` is off for a label that repeats the file's name beside the link itself. `is_word` says that a
    space would end the path, as nothing encloses it.
    """

    start: int
    end: int
    path: str
    is_link: bool
    label: tuple[int, int] | None = None
    counts: bool = True
    is_word: bool = False


class Names:
    """File names to look for, in every spelling a text may use."""

    def __init__(self, names: Iterable[str]) -> None:
        self._spelled: dict[str, str] = {}
        for name in names:
            for form in (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)):
                for spelling in (form, form.replace(" ", "%20"), links.encoded(form), _quoted(form)):
                    self._spelled.setdefault(spelling, name)
        endings = {PurePosixPath(spelling).suffix for spelling in self._spelled} - {""}
        self._lengths = {
            ending: sorted({len(s) for s in self._spelled if s.endswith(ending)}, reverse=True) for ending in endings
        }
        listed = "|".join(re.escape(ending) for ending in sorted(endings, key=len, reverse=True))
        self._end = re.compile(rf"(?:{listed})(?![\w-]|\.\w)") if endings else None
        self._raw_end = re.compile(listed) if endings else None
        self._raw = {*self._spelled, *(json.dumps(spelling)[1:-1] for spelling in self._spelled)}
        self._raw_lengths = sorted({len(spelling) for spelling in self._raw}, reverse=True)

    def may_be_in(self, text: str) -> bool:
        """Whether the raw text of a file, such as the JSON of a notebook, holds one of the names at all."""
        if self._raw_end is None:
            return False
        return any(
            text[found.end() - length : found.end()] in self._raw
            for found in self._raw_end.finditer(text)
            for length in self._raw_lengths
            if length <= found.end()
        )

    def ends(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and name of every name that stands on its own, the longest where several end at one place."""
        if self._end is None:
            return
        for found in self._end.finditer(text):
            end = found.end()
            for length in self._lengths[found[0]]:
                start = end - length
                if start < 0 or text[start:end] not in self._spelled:
                    continue
                if start == 0 or _BEFORE_NAME.match(text[start - 1]):
                    yield start, end, self._spelled[text[start:end]]
                    break


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogateescape")


def mentions(text: str, names: Names, language: Language) -> Iterator[list[Mention]]:
    """For each place that names a file the readings it may have, the likeliest first."""
    for start, end, name in names.ends(text):
        low = max(0, start - _LOOK_BACK)
        low = max(low, text.rfind("\n", low, start) + 1)
        before = text[low:start]
        if language != "markdown" and before.endswith("*"):  # a pattern of names, not a name
            continue
        if language == "python" and not name.endswith(".ipynb") and not _may_be_text(before):
            continue
        enclosed = _enclosed(text, low, start, end)
        plain = None if enclosed and enclosed.is_link else _plain(text, low, start, end, language)
        if readings := [_on_disk(reading, name) for reading in (enclosed, plain) if reading]:
            yield readings


def _on_disk(mention: Mention, name: str) -> Mention:
    """The path with the file's name as the file system has it: accents may be written in two ways."""
    head, slash, last = mention.path.rpartition("/")
    same = unicodedata.normalize("NFC", last) == unicodedata.normalize("NFC", name)
    return replace(mention, path=f"{head}{slash}{name}") if same else mention


def _may_be_text(before: str) -> bool:
    """Whether Python code goes on as text after this: in a string, a comment, or a magic. `data.csv` may be code."""
    return before.lstrip().startswith(("%", "!")) or any(mark in before for mark in "\"'#")


def _enclosed(text: str, low: int, start: int, end: int) -> Mention | None:
    """The path as all that stands in a link's brackets or between quotes."""
    after = text[end : end + 1]
    before = text[low:start]
    if after in ('"', "'", "`") and after:
        opening = before.rfind(after)
        if opening < 0:
            return None
        first = low + opening + 1
        coded = bool(_ATTRIBUTE.search(before[max(0, opening - 20) : opening]))
        return _mention(text, first, end, coded=coded)
    opening = max(before.rfind("]("), before.rfind("]:"))
    if opening < 0:
        return None
    first = low + opening + 2
    while first < start and text[first] in " \t":
        first += 1
    angle = text[first : first + 1] == "<"
    first += angle
    if first > start or any(mark in text[first:start] for mark in (")<>" if angle else " \t)(<>")):
        return None
    label = _label(text, low, low + opening, text[start:end]) if before[opening:].startswith("](") else None
    return _mention(text, first, end, coded=True, label=label)


def _label(text: str, low: int, closing: int, written: str) -> tuple[int, int] | None:
    """The place of a label that says just the name without its ending."""
    stem = PurePosixPath(links.decoded(written)).stem
    for label in (links.label(stem), stem):
        first = closing - len(label)
        if first > low and text[first - 1] == "[" and text[first:closing] == label:
            return first, closing
    return None


def _plain(text: str, low: int, start: int, end: int, language: Language) -> Mention | None:
    """The path as one word."""
    found = _WORD.match(text[low:start][::-1])
    first = start - (found.end() if found else 0)
    return _mention(
        text, first, end, coded=False, counts=not text.startswith("](", end), is_word=language != "markdown"
    )


def _mention(
    text: str,
    start: int,
    end: int,
    *,
    coded: bool,
    label: tuple[int, int] | None = None,
    counts: bool = True,
    is_word: bool = False,
) -> Mention | None:
    written = text[start:end]
    if "://" in text[max(0, start - 3) : end] or written.startswith("//"):
        return None
    return Mention(start, end, links.decoded(written) if coded else written, coded, label, counts, is_word)


def destinations(text: str, language: Language) -> Iterator[Mention]:
    """Every link target and every string that looks like a relative path, for a file that is to lie elsewhere."""
    patterns = {"markdown": (_DESTINATION, _QUOTED_ATTRIBUTE), "python": (_STRING, _RUN), "plain": ()}[language]
    for pattern in patterns:
        for found in pattern.finditer(text):
            group = found.lastgroup or "body"
            start = found.start(group)
            is_link = language == "markdown"
            written = re.split(r"[#?]", found[group])[0] if is_link else found[group]
            if not written or re.match(r"[\w+.-]+:|[/~#\\]", written):
                continue
            if pattern is _STRING and "/" not in written and "." not in written:
                continue
            path = links.decoded(written) if is_link else written
            yield Mention(start, start + len(written), path, is_link, is_word=pattern is _RUN)
