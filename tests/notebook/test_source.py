"""IPython source in, Python and a list of magics out."""

from __future__ import annotations

import ast
import warnings

import pytest

from mlnb.notebook.source import Magic, to_python
from mlnb.notebook.syntax import parse

# source, Python, magics as (kind, name, text, line, target)
TABLE: list[tuple[str, str, list[tuple[str, str, str, int, str | None]]]] = [
    # plain Python comes back as it is
    ("x = 1", "x = 1", []),
    ("", "", []),
    ("# why?\nx = 5 % 3", "# why?\nx = 5 % 3", []),
    ("text = '''\n%time\n!ls\n'''", "text = '''\n%time\n!ls\n'''", []),
    ("x = (5\n%3\n)", "x = (5\n%3\n)", []),
    ("x = 5 \\\n%3", "x = 5 \\\n%3", []),
    ("await fetch()", "await fetch()", []),
    ("a = 1\r\nb = 2", "a = 1\nb = 2", []),
    # line magics
    ("%matplotlib inline", "pass", [("line", "matplotlib", "inline", 1, None)]),
    ("x = 1\n%cd ..\ny = 2", "x = 1\npass\ny = 2", [("line", "cd", "..", 2, None)]),
    ("if x:\n    %matplotlib inline", "if x:\n    pass", [("line", "matplotlib", "inline", 2, None)]),
    ("%time x = f()", "x = f()", [("line", "time", "x = f()", 1, None)]),
    ("%timeit f()", "pass", [("line", "timeit", "f()", 1, None)]),
    ("x = %time f()", "x = f()", [("line", "time", "f()", 1, "x")]),
    ("x = %sql select 1 = 1", "x = None", [("line", "sql", "select 1 = 1", 1, "x")]),
    ("%run a.py \\\n  --b\nx = 1", "pass\n\nx = 1", [("line", "run", "a.py --b", 1, None)]),
    # shell
    ("!ls *.csv", "pass", [("shell", "!", "ls *.csv", 1, None)]),
    ("!!ls", "pass", [("shell", "!", "ls", 1, None)]),
    ("!echo it's\nx = 1", "pass\nx = 1", [("shell", "!", "echo it's", 1, None)]),
    ("files = !ls {folder}", "files = None", [("shell", "!", "ls {folder}", 1, "files")]),
    ("x[0] = !ls 'a\ny = 1", "x[0] = None\ny = 1", [("shell", "!", "ls 'a", 1, "x[0]")]),
    # help
    ("df?", "pass", [("help", "?", "df", 1, None)]),
    ("df.head??", "pass", [("help", "?", "df.head", 1, None)]),
    ("?df", "pass", [("help", "?", "df", 1, None)]),
    ("%time?", "pass", [("help", "?", "%time", 1, None)]),
    ("f(a=1,\n  b=2)?", "pass\n", [("help", "?", "f(a=1, b=2)", 1, None)]),
    # cell magics
    ("%%time\nx = 1", "\nx = 1", [("cell", "time", "", 1, None)]),
    ("%%time\nx = 1\n!ls", "\nx = 1\npass", [("cell", "time", "", 1, None), ("shell", "!", "ls", 3, None)]),
    ("%%capture out\nx = 1", "out = None\nx = 1", [("cell", "capture", "out", 1, "out")]),
    ("%%capture --no-stderr\nx = 1", "\nx = 1", [("cell", "capture", "--no-stderr", 1, None)]),
    ("%%bash\nls\nx = 1", "\n\n", [("cell", "bash", "", 1, None)]),
    ("\n%%html\n<b>", "\n\n", [("cell", "html", "", 2, None)]),
    # text beside magics is left alone
    ("print('a?')\n!ls", "print('a?')\npass", [("shell", "!", "ls", 2, None)]),
    ("s = '''\n%cd\n'''\n%cd a", "s = '''\n%cd\n'''\npass", [("line", "cd", "a", 4, None)]),
    ("f = f'{x!r} {y:>3}'\n!ls", "f = f'{x!r} {y:>3}'\npass", [("shell", "!", "ls", 2, None)]),
    ("n %= 3\nok = n == 1\n%who", "n %= 3\nok = n == 1\npass", [("line", "who", "", 3, None)]),
    ("d = {\n'a': 1,  # %x\n}\n%who", "d = {\n'a': 1,  # %x\n}\npass", [("line", "who", "", 4, None)]),
    # what IPython takes off
    ("  x = 1\n  %cd a", "x = 1\npass", [("line", "cd", "a", 2, None)]),
    (">>> x = 1\n... y = 2", "x = 1\ny = 2", []),
    ("In [3]: x = 1\n   ...: y = 2", "x = 1\ny = 2", []),
    # neither Python nor IPython
    ("x = = 1", "x = = 1", []),
]


@pytest.mark.parametrize(("source", "code", "magics"), TABLE)
def test_translation(source: str, code: str, magics: list[tuple[str, str, str, int, str | None]]) -> None:
    """Every form becomes the Python that stands for it, and no line moves."""
    found = to_python(source)
    assert code == found.code
    assert magics == [(one.kind, one.name, one.text, one.line, one.target) for one in found.magics]
    assert source.replace("\r\n", "\n").count("\n") == found.code.count("\n")


def test_the_body_of_a_cell_magic_is_kept() -> None:
    """What stood below `%%writefile` can still be had."""
    assert (Magic("cell", "writefile", "a.py", 1, None, "x = 1\n"),) == to_python("%%writefile a.py\nx = 1\n").magics


@pytest.mark.parametrize("row", [row for row in TABLE if "= =" not in row[0]])
def test_the_result_parses(row: tuple[str, str, object]) -> None:
    """What comes out of valid IPython is valid Python."""
    ast.parse(to_python(row[0]).code)


def test_cell_magics_in_each_other() -> None:
    """Some are followed, hundreds are not Python any more."""
    assert "\n\n\nx = 1" == to_python("%%time\n" * 3 + "x = 1").code
    assert 21 == len(to_python("%%time\n" * 500 + "x = 1").code.split("%%time")[0].split("\n"))


def test_parsing_is_quiet() -> None:
    """What Python remarks on in somebody's cell, such as an unknown escape, is not said while the cell is only read."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        parse("x = '\\d'\nif x is 1: pass")
    assert [] == told
