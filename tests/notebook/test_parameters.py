"""The parameters cell: source in, declared parameters out; arguments are checked against them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mlnb.errors import BadArgument, BrokenNotebook
from mlnb.notebook.document import from_node
from mlnb.notebook.parameters import Parameter, check_arguments, declared, from_text
from tests import percent


def parameters(source: str, mark: str = " parameters") -> tuple[Parameter, ...]:
    return declared(from_node(Path("a.ipynb"), percent.tree(f"# %%{mark}\n{source}")))


DECLARED: list[tuple[str, str, Any, str]] = [
    ("n = 5", "int", 5, ""),
    ("C: float = 1  # strength", "float", 1, "strength"),
    ('url = "http://h/p#frag"', "str", "http://h/p#frag", ""),
    ('s = "x=y"  # equals', "str", "x=y", "equals"),
    ("flag = True", "bool", True, ""),
    ("opt: int | None = None", "int", None, ""),
    ("columns = ['a', 'b']", "json", ["a", "b"], ""),
    ("name: Optional[str] = None", "str", None, ""),
    ("%matplotlib inline\nn = 5", "int", 5, ""),
    ("xs: list[int] = [1]", "json", [1], ""),
    ("rate = -1e-3", "float", -0.001, ""),
]


@pytest.mark.parametrize(("source", "type_", "default", "help_"), DECLARED)
def test_declared(source: str, type_: str, default: object, help_: str) -> None:
    """Name, type, default and help are read from the assignment, also where papermill's pattern fails."""
    (parameter,) = parameters(source)
    assert (type_, default, help_) == (parameter.type, parameter.default, parameter.help)


@pytest.mark.parametrize(
    "source",
    [
        "x = f()",
        "x, y = 1, 2",
        "import os",
        "x = n + 1",
        "x = {1, 2}",
        "x = (1, 2)",
        "x = {1: 'a'}",
        "x = b'a'",
        "x = 1e999",
        "x = 'a\\ud800'",
    ],
)
def test_not_declared(source: str) -> None:
    """Only literals that JSON knows are parameters."""
    assert () == parameters(source)


def test_found_by_comment_when_a_cleaner_took_the_tag() -> None:
    """The comment `# parameters` is enough."""
    assert ["n"] == [parameter.name for parameter in parameters("# parameters\nn = 5", mark="")]


def test_a_broken_parameters_cell_is_refused() -> None:
    """The cell is named."""
    with pytest.raises(BrokenNotebook, match="cell 1: the parameters cell is not valid Python"):
        parameters("n = (")


TEXTS: list[tuple[str, str, Any]] = [
    ("n = 5", "7", 7),
    ("c = 1.0", "2", 2.0),
    ("c = 1.0", "1e-3", 0.001),
    ("flag = False", "True", True),
    ("s = ''", "007", "007"),
    ("xs = []", "[1, 2]", [1, 2]),
    ("xs = []", "['a']", ["a"]),
    ("o: int | None = 3", "None", None),
]


@pytest.mark.parametrize(("source", "text", "value"), TEXTS)
def test_arguments_from_text(source: str, text: str, value: object) -> None:
    """Text becomes a value by the declared type, never by its looks."""
    (parameter,) = parameters(source)
    assert (value, type(value)) == (got := from_text(parameter, text, "a.ipynb"), type(got))


WRONG = [
    ("n = 5", {"n": "hello"}, "parameter n is a whole number, not 'hello'"),
    ("n = 5", {"n": True}, "parameter n is a whole number, not True"),
    ("alpha = 5", {"alhpa": 1}, "has no parameter “alhpa”; did you mean “alpha”?"),
    ("n = 5", {"zzz": 1}, "has no parameter “zzz”; it declares n"),
    ("c = 1.0", {"c": float("nan")}, "parameter c is a number, not nan"),
    ("c = 1.0", {"c": 10**400}, "parameter c is a number, not 1000"),
    ("s = 'a'", {"s": "\ud800"}, "parameter s is text"),
    ("xs: list[int] = [1]", {"xs": 5}, "parameter xs is a list, not 5"),
    ("d = {}", {"d": [1]}, "parameter d is an object of names and values, not"),
    ("print()", {"n": 1}, "declares no parameters"),
]


@pytest.mark.parametrize(("source", "arguments", "message"), WRONG)
def test_wrong_arguments(source: str, arguments: dict[str, Any], message: str) -> None:
    """An unknown name or a wrong type is one sentence."""
    with pytest.raises(BadArgument, match=message.replace("?", r"\?")):
        check_arguments(parameters(source), arguments, "a.ipynb")


ODD_TEXTS = ["[NaN]", "...", "(1,2)", "{1:2}", "b'a'", "{1,2}", "1j", "[" * 300, "[" * 5000, '["\\ud800"]', "lambda: 1"]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_are_refused(text: str) -> None:
    """Whatever is typed for a list is a list or a sentence."""
    (parameter,) = parameters("xs = []")
    with pytest.raises(BadArgument, match="parameter xs is a list, not"):
        from_text(parameter, text, "a.ipynb")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "9" * 400, "[", "1,5"])
def test_odd_numbers_are_refused(text: str) -> None:
    """A number is one that JSON and the notebook both know."""
    (parameter,) = parameters("c = 1.0")
    with pytest.raises(BadArgument, match="parameter c is a number, not"):
        from_text(parameter, text, "a.ipynb")
