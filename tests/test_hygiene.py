"""What is in the repository works on other people's machines and stays small."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
MAX_BYTES = 1_000_000
FRAGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|fixed)\.md")
# In two pieces, so that this file does not find itself.
BEFORE_PATH = r"(?<![\w.$}>~-])/"
MACHINE_PATHS = re.compile(BEFORE_PATH + r"(?:ro" r"ot|wo" r"rk)/[\w.-]+")
PERSONAL_PATHS = re.compile(BEFORE_PATH + r"(?:t" r"mp|ho" r"me|Us" r"ers)/[\w.-]+")
REGISTRIES = re.compile(r"https?://(?:regis" r"try\.npm|regis" r"try\.yarn|files\.py" r"thon|py" r"pi\.org/simple)")
# What people read and what tests make up may name the folder of an invented person.
INVENTED = frozenset({"tests", "docs"})
# Dependencies that no module imports, and what they are there for.
NOT_IMPORTED = {
    "ipykernel": "the kernel in which notebooks run",
    "jupyterlab": "the application that is extended",
    "pyarrow": "what pandas reads and writes Parquet with",
    "ruff": "the formatter of generated code, called as a command",
}


def tracked() -> list[Path]:
    """The files git knows or would add; in a copy without git, there is nothing to say."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [REPOSITORY / name for name in names if name and (REPOSITORY / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Every text file by its path in the repository."""
    found = []
    for path in tracked():
        try:
            found.append((path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def lines_with(pattern: re.Pattern[str], beside: frozenset[str] = frozenset()) -> list[str]:
    """`path:line: match` for every match outside the folders `beside`."""
    return [
        f"{name}:{number}: {match[0]}"
        for name, text in texts()
        if name.split("/")[0] not in beside
        for number, line in enumerate(text.splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def lock() -> dict[str, dict[str, Any]]:
    """The packages of package-lock.json by their place."""
    packages: dict[str, dict[str, Any]] = json.loads((REPOSITORY / "package-lock.json").read_text("utf-8"))["packages"]
    return packages


def test_no_large_files() -> None:
    """A clone stays small: nothing above 1 MB."""
    assert [] == [path.name for path in tracked() if path.stat().st_size > MAX_BYTES]


def test_no_paths_of_a_machine() -> None:
    """Nothing was written down that is true on one machine only."""
    assert [] == lines_with(MACHINE_PATHS) + lines_with(PERSONAL_PATHS, INVENTED)


def test_no_registry_is_named() -> None:
    """Packages come from wherever the user's pip and npm are told to look."""
    assert [] == lines_with(REGISTRIES)


def test_the_lock_holds_no_addresses() -> None:
    """package-lock.json works with every registry."""
    assert [] == [place for place, entry in lock().items() if "resolved" in entry and not entry.get("link")]


def test_the_lock_serves_every_system() -> None:
    """Each optional dependency, which is how native packages come, is in the lock for every system.

    npm leaves out what the registry did not have at that moment, and `npm ci` then fails elsewhere.
    """
    places = set(lock())
    missing = [
        f"{place or '(root)'} asks for {name}"
        for place, entry in lock().items()
        for name in entry.get("optionalDependencies", {})
        if not any(f"{above}node_modules/{name}" in places for above in folders_above(place))
    ]
    assert [] == missing


def folders_above(place: str) -> list[str]:
    """The folders in which node looks for a package that `place` asks for, as prefixes."""
    parts = place.split("node_modules/")
    return [f"{place}/", *("node_modules/".join(parts[:end]) for end in range(len(parts) - 1, -1, -1)), ""]


def test_versions_agree() -> None:
    """The front end has the version of the package, for users see both."""
    import mlnb

    package = json.loads((REPOSITORY / "package.json").read_text(encoding="utf-8"))
    assert mlnb.__version__ == package["version"]


def test_dependencies_are_what_is_imported() -> None:
    """Each package that mlnb imports is declared, and each declared one is imported or has a reason not to be."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {normal(re.split(r"[<>=\[ ]", line)[0]) for line in project["dependencies"]}
    packages = packages_distributions()
    imported = {
        normal(packages[name][0])
        for path in (REPOSITORY / "mlnb").rglob("*.py")
        for name in top_level_imports(path)
        if name in packages and name != "mlnb"
    }
    assert set() == imported - declared
    assert set(NOT_IMPORTED) == declared - imported


def normal(name: str) -> str:
    """A package's name as it is compared: `Jupyter_Server` is `jupyter-server`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def top_level_imports(path: Path) -> set[str]:
    """The packages that a module imports, wherever it does."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.split(".")[0] for name in plain | named}


def test_changelog_fragments_are_named_right() -> None:
    """`changelog.d/<slug>.<added|changed|fixed>.md`, so that the release can gather them."""
    names = [path.name for path in (REPOSITORY / "changelog.d").iterdir() if path.name != "README.md"]
    assert [] == [name for name in names if not FRAGMENT.fullmatch(name)]
