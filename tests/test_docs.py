"""The documentation is true: its commands are typed, its Python is run, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlnb import api, nb
from mlnb.cli import docs
from mlnb.project import find

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")


def blocks(path: Path, language: str) -> list[str]:
    return [
        found["body"] for found in _BLOCK.finditer(path.read_text(encoding="utf-8")) if found["language"] == language
    ]


@pytest.fixture(scope="session")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example project with its data registered."""
    folder = tmp_path_factory.mktemp("docs") / "seattle-weather"
    shutil.copytree(ROOT / "examples" / "seattle-weather", folder)
    project = find(folder)
    for file in sorted((folder / "data").glob("*.csv")):
        api.add_data(project, file)
    return folder


@pytest.fixture
def example(registered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of it, as the working directory."""
    folder = tmp_path / "seattle-weather"
    shutil.copytree(registered, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("doc", [page for page in PAGES if blocks(page, "console")], ids=lambda page: page.stem)
def test_commands_print_what_the_page_says(example: Path, doc: Path) -> None:
    """Every `$ mlnb …` succeeds and prints the lines under it; “…” stands for anything."""
    for block in blocks(doc, "console"):
        for typed in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = typed.partition("\n")
            words = ["-m", "mlnb", *_words(command)]
            run = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=example, check=False)
            assert 0 == run.returncode, (command, run.stdout, run.stderr)
            pattern = ".*".join(re.escape(part) for part in expected.rstrip("\n").split("…"))
            assert re.fullmatch(pattern, _trimmed(run.stdout), re.DOTALL), (command, run.stdout)


def _words(command: str) -> list[str]:
    words = shlex.split(command)
    assert "mlnb" == words[0], command
    return words[1:]


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip("\n").splitlines())


@pytest.mark.parametrize("doc", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.stem)
def test_python_runs(example: Path, doc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of a page runs from its first line to its last."""
    monkeypatch.setattr(nb, "_loaded", [])
    if "docs/rules" in doc.as_posix():
        return  # bad examples are bad on purpose
    names: dict[str, object] = {}
    for body in blocks(doc, "python"):
        exec(compile(body, str(doc), "exec"), names)


@pytest.mark.parametrize("doc", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(doc: Path) -> None:
    """Links and pictures are files of the repository."""
    missing = [link for link in _LINK.findall(doc.read_text(encoding="utf-8")) if not (doc.parent / link).exists()]
    assert [] == missing


def test_generated_pages_are_current() -> None:
    """What follows from the code was written by it."""
    assert 0 == docs.main(check=True)
