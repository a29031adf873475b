"""How text becomes words, the same for what is indexed and what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_CJK_RUN = re.compile(f"[{_CJK}]+")


def identifier_parts(code: str) -> set[str]:
    """The lower-case words inside camelCase and snake_case identifiers, where they are more than one."""
    found: set[str] = set()
    for identifier in set(_IDENTIFIER.findall(code)):
        parts = [part.lower() for part in _PARTS.findall(identifier)]
        if len(parts) > 1:
            found.update(part for part in parts if len(part) > 1)
    return found


def spaced(text: str) -> str:
    """Text in which runs of Chinese, Japanese and Korean are written as overlapping pairs of characters.

    SQLite's tokenizer takes such a run for one word; pairs make every part of it findable (`search.words.terms`
    writes queries in the same way, as a phrase).
    """
    return _CJK_RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for place in range(len(run) - 1):
        yield run[place : place + 2]


def terms(text: str) -> list[str]:
    """The words of a query term, as the index has them."""
    return re.findall(r"\w+", spaced(text))


def snippet_pattern(words: list[str]) -> re.Pattern[str] | None:
    """Finds the words, or words that begin with them, in original text."""
    pieces = [piece for word in words for piece in re.findall(r"\w+", word)]
    if not pieces:
        return None
    alternatives = "|".join(re.escape(piece) for piece in sorted(set(pieces), key=len, reverse=True))
    return re.compile(alternatives, re.IGNORECASE)
