"""Where statements start and end in text that is nearly Python: strings, brackets and continuations are respected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_OPENING = "([{"
_CLOSING = ")]}"
_STRING = re.compile(r"(?P<prefix>[A-Za-z]{0,2})(?P<quote>'''|\"\"\"|'|\")")
_NAME = re.compile(r"\w+")
_PREFIXES = frozenset({"", "r", "b", "u", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"})


@dataclass(frozen=True)
class LogicalLine:
    """Physical lines that belong to one line of Python. `number` is that of the first, from 1.

    `assigned` is (target, value) where a magic or a shell command stands on the right of `=`.
    """

    number: int
    lines: tuple[str, ...]
    code: str
    assigned: tuple[str, str] | None

    @property
    def indent(self) -> str:
        return self.lines[0][: len(self.lines[0]) - len(self.lines[0].lstrip())]

    @property
    def text(self) -> str:
        """The statement on one line, as the shell of IPython reads it: continuations joined, comments kept."""
        return " ".join(line.strip().removesuffix("\\").rstrip() for line in self.lines).strip()


@dataclass
class _Scanner:
    """Reads characters and knows whether it stands in a string, in brackets, or in plain code."""

    # What is open, innermost last: a bracket, or a string as (quote, is it an f-string).
    open: list[str | tuple[str, bool]] = field(default_factory=list)
    assign_at: int | None = None

    def read(self, line: str, *, first: bool) -> tuple[str, bool]:
        """Take in one physical line; return its code without comment, and whether the logical line goes on."""
        at = 0
        while at < len(line):
            top = self.open[-1] if self.open else None
            if isinstance(top, tuple):
                at = self._in_string(line, at, *top)
                continue
            if line[at] == "#":
                return line[:at], bool(self.open)
            if line[at] == "\\" and line[at + 1 :].strip() == "":
                return line[:at], True
            at = self._in_code(line, at, first)
        if self.open and isinstance(self.open[-1], tuple) and len(self.open[-1][0]) == 1 and not line.endswith("\\"):
            # A one-quote string never runs over the line end: the text is not Python, as `!echo it's` is not.
            self.open = [one for one in self.open if not isinstance(one, tuple)]
        return line, bool(self.open)

    def _in_string(self, line: str, at: int, quote: str, formatted: bool) -> int:
        if line[at] == "\\":
            return at + 2
        if line.startswith(quote, at):
            self.open.pop()
            return at + len(quote)
        if formatted and line[at] == "{":
            if line.startswith("{{", at):
                return at + 2
            self.open.append("{")
        return at + 1

    def _in_code(self, line: str, at: int, first: bool) -> int:
        if (match := _STRING.match(line, at)) and match["prefix"].lower() in _PREFIXES:
            self.open.append((match["quote"], bool(set("ft") & set(match["prefix"].lower()))))
            return match.end()
        if match := _NAME.match(line, at):
            return match.end()
        char = line[at]
        if char in _OPENING:
            self.open.append(char)
        elif char in _CLOSING and self.open:
            self.open.pop()
        elif char == "=" and not self.open and first and self.assign_at is None:
            if line[at + 1 : at + 2] == "=":
                return at + 2
            if line[at - 1 : at] not in ("!", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "@", ":"):
                self.assign_at = at
        return at + 1


def logical_lines(lines: Sequence[str]) -> Iterator[LogicalLine]:
    """Split physical lines into logical ones. Blank lines and comments are lines of their own."""
    at = 0
    while at < len(lines):
        logical = _take(lines, at)
        yield logical
        at += len(logical.lines)


def _take(lines: Sequence[str], start: int) -> LogicalLine:
    if lines[start].lstrip().startswith(("%", "!", "?")):
        return _escaped(lines, start)
    scanner = _Scanner()
    part, goes_on = scanner.read(lines[start], first=True)
    code, end = [part.strip()], start + 1
    if scanner.assign_at is not None and _is_escape(lines[start][scanner.assign_at + 1 :].strip()):
        # What follows `=` is for the shell or a magic: only a backslash continues it, quotes mean nothing.
        escaped = _escaped(lines, start)
        target = lines[start][: scanner.assign_at].strip()
        value = escaped.text[escaped.text.index("=", len(target)) + 1 :].strip()
        return LogicalLine(start + 1, escaped.lines, escaped.text, (target, value))
    while goes_on and end < len(lines):
        part, goes_on = scanner.read(lines[end], first=False)
        code.append(part.strip())
        end += 1
    return LogicalLine(start + 1, tuple(lines[start:end]), " ".join(code).strip(), None)


def _escaped(lines: Sequence[str], start: int) -> LogicalLine:
    """A line for IPython itself: only a backslash at its end continues it."""
    end = start
    while lines[end].endswith("\\") and end + 1 < len(lines):
        end += 1
    taken = tuple(lines[start : end + 1])
    return LogicalLine(start + 1, taken, " ".join(line.strip().removesuffix("\\") for line in taken), None)


def _is_escape(value: str) -> bool:
    return value.startswith("!") or re.match(r"%[^\W\d]", value) is not None
