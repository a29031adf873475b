"""How text becomes words, the same for what is indexed and what is asked."""

from __future__ import annotations

import re
import unicodedata

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_CJK_RUN = re.compile(f"[{_CJK}]+")
# Composing accents takes quadratic time where thousands follow each other, so it is done piece by piece.
_PIECE = re.compile(r"\S{1,1000}")


def clean(text: str) -> str:
    """Text that SQLite and JSON take, in one spelling: no NUL, no half characters, accents composed (Unicode NFC)."""
    if text.isascii():
        return text.replace("\0", " ")
    whole = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return _PIECE.sub(lambda piece: unicodedata.normalize("NFC", piece[0]), whole)


def identifier_parts(code: str) -> set[str]:
    """The lower-case words inside camelCase and snake_case identifiers, where they are more than one."""
    found: set[str] = set()
    for identifier in set(_IDENTIFIER.findall(code)):
        parts = [part.lower() for part in _PARTS.findall(identifier)]
        if len(parts) > 1:
            found.update(part for part in parts if len(part) > 1)
    return found


def spaced(text: str) -> str:
    """Text in which runs of Chinese, Japanese and Korean are written as overlapping pairs, and the last character.

    SQLite's tokenizer takes such a run for one word; pairs make every part of it findable, and as every character
    begins a pair or is the last, each is found by the words that begin with it.
    """
    return _CJK_RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run))]


def match(text: str, *, beginning: bool = False) -> str | None:
    """A query term as a full-text expression, None where it holds no word; with `beginning` longer words fit too."""
    found = re.findall(r"\w+", spaced(text))
    if not found:
        return None
    more = beginning and len(found[-1]) > 2
    if _CJK_RUN.fullmatch(found[-1]):  # where the query ends, the run of the text may go on
        if len(found) > 1 and len(found[-2]) == 2 and _CJK_RUN.fullmatch(found[-2]):
            found.pop()
        else:
            more = True
    return f'"{" ".join(found)}"{" *" if more else ""}'


def snippet_pattern(words: list[str]) -> re.Pattern[str] | None:
    """Finds the words, or words that begin with them, in original text."""
    pieces = [piece for word in words for piece in re.findall(r"\w+", word)]
    if not pieces:
        return None
    alternatives = "|".join(re.escape(piece) for piece in sorted(set(pieces), key=len, reverse=True))
    return re.compile(alternatives, re.IGNORECASE)
