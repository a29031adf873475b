"""Settings: read from either file, and refused in a sentence that names the key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mlnb.errors import BadSettings, NoProject, NotFound
from mlnb.notebook import document
from mlnb.project import Project, find
from tests import percent

SEVERITIES = "use off, info, warn or error, for all kinds or per kind"
REFUSED = [
    ("mlnb.toml", '[rules]\nMLN101 = "loud"', f"setting “rules.MLN101” will not do: {SEVERITIES}"),
    ("mlnb.toml", "[rules]\nMLN101 = 5", f"setting “rules.MLN101” will not do: {SEVERITIES}"),
    ("mlnb.toml", '[rules]\nMLN101 = {all = "info"}', f"setting “rules.MLN101” will not do: {SEVERITIES}"),
    ("mlnb.toml", '[rules]\nMLN101 = {cleaning = "x"}', f"setting “rules.MLN101” will not do: {SEVERITIES}"),
    ("mlnb.toml", 'rules = "off"', "setting “rules” will not do"),
    ("mlnb.toml", 'exclud = ["a"]', "there is no setting “exclud”; did you mean “exclude”?"),
    ("mlnb.toml", "a = ", "is not valid TOML"),
    ("mlnb.toml", "a = " + "[" * 20_000, "is nested too deeply"),
    ("mlnb.toml", "a = " + "9" * 5000, "a number of thousands of digits"),
    ("mlnb.toml", '[paths]\nnotebooks = "a\\u0000b"', "setting “paths.notebooks” will not do: it must be a folder of"),
    (
        "mlnb.toml",
        '[paths]\nnotebooks = "a/.Git/hooks"',
        "setting “paths.notebooks” will not do: it must be a folder of",
    ),
    ("mlnb.toml", '[templates]\npackages = ["json./etc"]', "“json./etc” is not the name of a Python package"),
    ("mlnb.toml", '[templates]\npackages = ["../x"]', "“../x” is not the name of a Python package"),
    ("pyproject.toml", "[tool]\nmlnb = 3", "“tool.mlnb” must be a table of settings"),
    ("pyproject.toml", '[tool.mlnb]\nfail-on = "no"', "setting “fail-on” will not do"),
]


@pytest.mark.parametrize(("name", "text", "message"), REFUSED)
def test_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    """A mistake is named with what would do."""
    (tmp_path / name).write_text(text)
    with pytest.raises(BadSettings, match=re.escape(message)) as error:
        find(tmp_path)
    assert 1 == len(str(error.value).splitlines())


@pytest.mark.parametrize("text", ["tool = 5", 'tool = "mlnb"', "tool = [", "a = " + "[" * 20_000, "a = " + "9" * 5000])
def test_other_peoples_files(tmp_path: Path, text: str) -> None:
    """A pyproject.toml that says nothing of mlnb is passed over, whatever it holds."""
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(NoProject):
        find(tmp_path, stop=tmp_path)


def test_one_name_in_two_folders(project: Project) -> None:
    """Notebooks of one name are told apart by their folders."""
    for folder in ("a", "b"):
        document.create(project.root / folder / "010_exploration_x.ipynb", percent.tree("# %%"))
    with pytest.raises(NotFound, match="fits 2 notebooks: a/010_exploration_x.ipynb, b/010_exploration_x.ipynb"):
        project.notebook_named("010", project.root)
