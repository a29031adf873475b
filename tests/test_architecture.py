"""docs/architecture.md is true, and the tree is the matrix that it describes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "mlnb"
GUIDE = REPOSITORY / "docs" / "architecture.md"
VERBS = ("create", "check", "data", "run", "search", "promote")
NOT_NOUNS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
MODULES = sorted(path.relative_to(REPOSITORY).as_posix() for path in PACKAGE.rglob("*.py"))
LINE = re.compile(r"^- `(mlnb/[\w/]+\.py)` — (\S.*)$", re.MULTILINE)


def opening(module: str) -> str:
    """The first line of the module's docstring."""
    tree = ast.parse((REPOSITORY / module).read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").split("\n")[0]


def with_something_inside() -> list[str]:
    """All modules but empty `__init__.py` files."""
    return [module for module in MODULES if (REPOSITORY / module).read_text(encoding="utf-8").strip()]


def test_the_guide_has_one_line_per_module() -> None:
    """Each module stands in docs/architecture.md once, and nothing stands there that is gone."""
    text = GUIDE.read_text(encoding="utf-8") if GUIDE.is_file() else ""
    described = [match[1] for match in LINE.finditer(text)]
    missing = [f"- `{module}` — {opening(module)}" for module in with_something_inside() if module not in described]
    gone = sorted(set(described) - set(MODULES))
    twice = sorted({module for module in described if described.count(module) > 1})
    report = "\n".join(["add:", *missing, "remove:", *gone, "said twice:", *twice])
    assert [] == [*missing, *gone, *twice], f"docs/architecture.md and the tree differ\n{report}"


@pytest.mark.parametrize("module", with_something_inside())
def test_a_module_opens_with_a_sentence(module: str) -> None:
    """The first line says what the module is, as a sentence."""
    assert re.search(r"\w.*[.:;]$", opening(module)), f"{module} opens with {opening(module)!r}"


def test_names_are_nouns() -> None:
    """No module is named for not having found its noun."""
    assert [] == [module for module in MODULES if Path(module).stem in NOT_NOUNS]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("place", ["mlnb/{}/__init__.py", "mlnb/cli/{}.py", "mlnb/server/{}.py"])
def test_a_journey_is_in_every_column(verb: str, place: str) -> None:
    """The word is the same in the core, the command line and the server."""
    assert (REPOSITORY / place.format(verb)).is_file()


@pytest.mark.parametrize("verb", VERBS)
def test_a_journey_has_its_tests(verb: str) -> None:
    """The test tree mirrors the source tree."""
    assert [] != list((REPOSITORY / "tests" / verb).glob("test_*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_readable(module: str) -> None:
    """A module of more than 300 lines, empty ones not counted, answers more than one question."""
    lines = (REPOSITORY / module).read_text(encoding="utf-8").splitlines()
    assert sum(1 for line in lines if line.strip()) <= 300
