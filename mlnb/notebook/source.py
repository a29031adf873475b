"""IPython source as Python, line for line, with a list of the magics that stood in it.

    %matplotlib inline           pass                        Magic(kind="line", name="matplotlib", ...)
    files = !ls {folder}         files = None                Magic(kind="shell", name="!", target="files", ...)
    %time model = fit(days)      model = fit(days)           Magic(kind="line", name="time", ...)

Nothing is executed and IPython is not imported.
Line N of the result is line N of the cell; columns may differ on the lines of a magic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mlnb.notebook.logical_lines import LogicalLine, logical_lines
from mlnb.notebook.syntax import parse

DEEPEST = 20

MagicKind = Literal["line", "cell", "shell", "help", "call"]

# Magics whose argument or body is Python that runs in the notebook's own namespace.
RUNS_STATEMENT = frozenset({"time", "prun"})
RUNS_BODY = frozenset({"time", "prun", "capture"})

_CELL_MAGIC = re.compile(r"%%(?P<name>[^\W\d][\w.]*)(?P<rest>.*)", re.DOTALL)
_LINE_MAGIC = re.compile(r"%(?P<name>%?[^\W\d][\w.]*)(?P<rest>.*)", re.DOTALL)
_HELP_START = re.compile(r"\?{1,2}\s*(?P<rest>[^\s?].*)?$", re.DOTALL)
_HELP_END = re.compile(r"(?P<rest>.*?[\w*\])])\?{1,2}$", re.DOTALL)
_CALL = re.compile(r"[,;/](?P<rest>[^\W\d].*)", re.DOTALL)
_CLASSIC_PROMPT = re.compile(r"^(>>>|\.\.\.)( |$)")
_IPYTHON_PROMPT = re.compile(r"^(In \[\d+\]: |\s*\.{3,}: ?)")


@dataclass(frozen=True)
class Magic:
    """One piece of IPython syntax. `line` counts from 1 within the cell.

    `text` is what follows the name, `target` the left side of `target = %magic` or `target = !command`,
    `body` the lines below a cell magic.
    """

    kind: MagicKind
    name: str
    text: str
    line: int
    target: str | None = None
    body: str | None = None


@dataclass(frozen=True)
class PythonSource:
    """A cell's Python: as many lines as the cell has."""

    code: str
    magics: tuple[Magic, ...]


def to_python(source: str) -> PythonSource:
    """Return the Python of a code cell. Text that is neither Python nor IPython comes back as it is."""
    return _to_python(source, depth=0)


def _to_python(source: str, depth: int) -> PythonSource:
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if _is_python(text):  # no line of valid Python starts with a magic, and no `?` or `!` stands alone in one
        return PythonSource(text, ())
    lines = _without_prompts(text.split("\n"))
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        # Nobody puts cell magics into each other so deep; hostile text must not use up the stack.
        return _cell_magic(lines, first, depth) if depth < DEEPEST else PythonSource(text, ())
    return _line_magics(_without_indent(lines, first))


def _is_python(text: str) -> bool:
    try:
        parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _without_prompts(lines: list[str]) -> list[str]:
    """Code pasted from a terminal, as IPython accepts it: `>>> ` and `In [1]: ` go."""
    first = next((line for line in lines if line.strip()), "")
    for prompt in (_CLASSIC_PROMPT, _IPYTHON_PROMPT):
        if prompt.match(first):
            return [prompt.sub("", line) for line in lines]
    return lines


def _without_indent(lines: list[str], first: int) -> list[str]:
    """A cell that is indented as a whole, as IPython accepts it."""
    space = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    return [line.removeprefix(space) for line in lines] if space else lines


def _cell_magic(lines: list[str], first: int, depth: int) -> PythonSource:
    match = _CELL_MAGIC.match(lines[first])
    body = lines[first + 1 :]
    if match is None or match["rest"].startswith("?"):
        kind: MagicKind = "help" if match else "cell"
        magic = Magic(kind, match["name"] if match else "", lines[first][2:], first + 1, body="\n".join(body))
        return PythonSource("\n" * (len(lines) - 1), (magic,))
    name, text = match["name"], match["rest"].strip()
    magic = Magic("cell", name, text, first + 1, body="\n".join(body))
    if name not in RUNS_BODY:
        return PythonSource("\n" * (len(lines) - 1), (magic,))
    target = next((word for word in text.split() if word.isidentifier()), None) if name == "capture" else None
    inner = _to_python("\n".join(body), depth + 1)
    head = [""] * first + [f"{target} = None" if target else ""]
    below = tuple(
        Magic(one.kind, one.name, one.text, one.line + first + 1, one.target, one.body) for one in inner.magics
    )
    code = "\n".join([*head, inner.code] if body else head)
    return PythonSource(code, (Magic("cell", name, text, first + 1, target, magic.body), *below))


def _line_magics(lines: list[str]) -> PythonSource:
    code: list[str] = []
    magics: list[Magic] = []
    for logical in logical_lines(lines):
        found = _magic_of(logical)
        if found is None:
            code.extend(logical.lines)
            continue
        magic, statement = found
        magics.append(magic)
        code.append(f"{logical.indent}{statement}")
        code.extend([""] * (len(logical.lines) - 1))
    return PythonSource("\n".join(code), tuple(magics))


def _magic_of(logical: LogicalLine) -> tuple[Magic, str] | None:
    """The magic a logical line is, and the Python that stands for it."""
    text, number = logical.text, logical.number
    if text.startswith("%") and (match := _LINE_MAGIC.fullmatch(text)):
        return _line_magic(match["name"], match["rest"], number, target=None)
    if text.startswith("!"):
        return Magic("shell", "!", text.lstrip("!").strip(), number), "pass"
    if text.startswith("?") and (match := _HELP_START.match(text)):
        return Magic("help", "?", (match["rest"] or "").strip(), number), "pass"
    if text.startswith((",", ";", "/")) and (match := _CALL.fullmatch(text)):
        return Magic("call", text[0], match["rest"].strip(), number), "pass"
    if logical.assigned is not None:
        target, value = logical.assigned
        if value.startswith("!"):
            return Magic("shell", "!", value.lstrip("!").strip(), number, target), f"{target} = None"
        if match := _LINE_MAGIC.fullmatch(value):
            return _line_magic(match["name"], match["rest"], number, target)
    if logical.code.endswith("?") and (match := _HELP_END.fullmatch(logical.code)):
        return Magic("help", "?", match["rest"], number), "pass"
    return None


def _line_magic(name: str, rest: str, number: int, target: str | None) -> tuple[Magic, str]:
    if rest.endswith("?"):
        return Magic("help", "?", f"%{name}", number, target), "pass"
    text = rest.strip()
    statement = text if name in RUNS_STATEMENT else ""
    if target is not None:
        statement = f"{target} = {statement or None}"
    return Magic("line", name, text, number, target), statement or "pass"
