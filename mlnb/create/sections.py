"""What a person wrote under the headings of a notebook: points of a list one by one, or the text as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mlnb.notebook.document import Cell, Notebook

_HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+(?P<text>.*?)[ \t#]*$")
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_POINT = re.compile(r"(?P<indent>[ ]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)")
_LABELLED = re.compile(r"(?:\*\*|__|\*|_)\w+(?: \w+)?:")  # `**To try:** …` begins something new
_PROMPT = re.compile(r"[ ]{0,3}>[ \t]*\*[^*].*\*[ \t]*$")  # what a template asks, in grey italics


@dataclass(frozen=True)
class Line:
    """A line of Markdown under a heading; `cell` is where it stands. Empty lines are kept, prompts are not."""

    text: str
    cell: Cell


class _Point:
    """A point or a paragraph as it grows line by line."""

    def __init__(self, first: Line) -> None:
        found = _POINT.match(first.text)
        self._cell = first.cell
        self._indent = len(found["indent"]) if found else None
        self._texts = [found["text"] if found else first.text.strip()]

    @property
    def line(self) -> Line:
        return Line("\n".join(self._texts).strip(), self._cell)

    def takes(self, line: Line) -> bool:
        """Whether the line goes on with it, and if so, take it: after an empty line only what is indented does."""
        inner = len(line.text) - len(line.text.lstrip())
        is_point = _POINT.match(line.text)
        begins = is_point or _LABELLED.match(line.text)
        if line.cell is not self._cell or (self._indent is None and (begins or not line.text.strip())):
            return False
        if self._indent is not None and line.text.strip():
            if is_point and inner <= self._indent + 1:
                return False
            if not self._texts[-1] and inner <= self._indent:
                return False
        self._texts.append(f"- {is_point['text']}" if is_point else line.text.strip())
        return True


@dataclass
class Section:
    """A heading, folded, and all lines up to the next one of its level. It fills as the notebook is read."""

    name: str
    level: int
    lines: list[Line] = field(default_factory=list)

    def points(self) -> Iterator[Line]:
        """Each point of a list, with the lines and points below it; other paragraphs are points as well."""
        point: _Point | None = None
        for line in self.lines:
            if point is not None and not point.takes(line):
                yield point.line
                point = None
            if point is None and line.text.strip():
                point = _Point(line)
        if point is not None:
            yield point.line

    def whole(self) -> Line | None:
        """The text as one; None where nothing was written."""
        text = "\n".join(line.text for line in self.lines).strip()
        text = re.sub(r"\n{3,}", "\n\n", text)
        written = next((line for line in self.lines if line.text.strip()), None)
        return Line(text, written.cell) if written else None


def sections(notebook: Notebook) -> list[Section]:
    """The sections in order; one within another is a section of its own, and part of the other's text."""
    found: list[Section] = []
    inside: list[Section] = []
    for cell in notebook.cells:
        if cell.type != "markdown":
            continue
        fenced = False
        for text in _without_comments(cell.source).splitlines():
            fenced ^= bool(_FENCE.match(text))
            heading = None if fenced else _HEADING.match(text)
            if heading:
                level = len(heading["level"])
                inside = [section for section in inside if section.level < level]
                section = Section(folded(heading["text"]), level)
                found.append(section)
                inside.append(section)
            elif fenced or not _PROMPT.match(text):
                for section in inside:
                    section.lines.append(Line(text, cell))
    return found


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


def folded(heading: str) -> str:
    """A heading as it is compared: `## 3. **Key Findings**` is `key findings`."""
    words = re.sub(r"[\W_]+", " ", heading.casefold()).split()
    return " ".join(words[1:] if words and words[0].isdigit() else words)
