"""Promotion as a whole: versions, edits by hand, what is published and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock

from mlnb import project
from mlnb.errors import FailedRun, NotEquivalent, NotPromotable
from mlnb.promote import publish
from mlnb.promote.promote import PromotedPipeline, promote
from mlnb.records.pipeline import read_manifest
from tests.promote import percent

NOTEBOOK = """
# %% [markdown]
# # Double
# %% tags=["parameters"]
K: int = 3
# %% [markdown]
# ## Double
# %%
y = K * 2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mlnb.toml").write_text("", encoding="utf-8")
    return tmp_path


def promoted(folder: Path, text: str = NOTEBOOK) -> PromotedPipeline:
    notebook = percent.write(folder / "notebooks" / "040_deployment_double.ipynb", text)
    return promote(project.find(folder), notebook, execute=percent.in_process, progress=lambda stage: None)


def test_what_is_published(folder: Path) -> None:
    """A package with its papers; the manifest holds the hash of every other file."""
    made = promoted(folder)
    files = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    manifest = read_manifest(made.folder)
    assert manifest is not None
    assert ("double", "0.1.0", "identical") == (made.name, made.version, made.verdict)
    assert {*manifest.files, "promotion.json"} == files
    assert {
        "CHANGELOG.md",
        "PROMOTION.md",
        "README.md",
        "pyproject.toml",
        "requirements.lock",
        "tests/test_pipeline.py",
        *(f"src/double/{name}.py" for name in "__init__ __main__ io params pipeline predict steps".split()),
    } == set(manifest.files)
    assert [] == list((folder / ".mlnb" / "promote").glob("double-*"))
    assert [made.folder] == list((folder / "pipelines").iterdir())


def test_an_unchanged_notebook_keeps_its_version(folder: Path) -> None:
    """Nothing runs again, and the answer says why."""
    first = promoted(folder)
    again = promoted(folder)
    assert first.version == again.version
    assert "The notebook has not changed since version 0.1.0." == again.notes[0]


def test_versions_follow_the_change(folder: Path) -> None:
    """Other code is the third number, other parameters the second; the changelog has all of them."""
    versions = [promoted(folder).version]
    versions.append(promoted(folder, NOTEBOOK.replace("K * 2", "K * 2 + 1")).version)
    versions.append(promoted(folder, NOTEBOOK.replace("K: int = 3", "K: int = 4")).version)
    assert ["0.1.0", "0.1.1", "0.2.0"] == versions
    changelog = (folder / "pipelines" / "double" / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = [line for line in changelog.splitlines() if line.startswith("#")]
    assert ["# Changelog", "## 0.2.0", "## 0.1.1", "## 0.1.0"] == [line.split(" (")[0] for line in headings]
    assert "Parameters changed: K." in changelog


def test_edits_by_hand_are_never_overwritten(folder: Path) -> None:
    """A generated file that somebody changed stops the next promotion, in words that name it."""
    made = promoted(folder)
    steps = made.folder / "src" / "double" / "steps.py"
    steps.write_text(steps.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(NotPromotable, match="steps.py was edited since it was generated"):
        promoted(folder, NOTEBOOK.replace("* 2", "* 5"))
    assert steps.read_text(encoding="utf-8").endswith("# mine\n")


def test_files_of_others_stay(folder: Path) -> None:
    """What was put beside the generated files is there after the next promotion."""
    made = promoted(folder)
    (made.folder / "Dockerfile").write_text("FROM scratch\n", encoding="utf-8")
    promoted(folder, NOTEBOOK.replace("* 2", "* 5"))
    assert "FROM scratch\n" == (made.folder / "Dockerfile").read_text(encoding="utf-8")
    assert "K * 5" in (made.folder / "src" / "double" / "steps.py").read_text(encoding="utf-8")


def test_a_folder_that_is_no_pipeline_is_left_alone(folder: Path) -> None:
    """The name may be taken by something else."""
    (folder / "pipelines" / "double").mkdir(parents=True)
    (folder / "pipelines" / "double" / "mine.txt").write_text("", encoding="utf-8")
    with pytest.raises(NotPromotable, match="exists and is no pipeline"):
        promoted(folder)


def test_a_failing_notebook_publishes_nothing(folder: Path) -> None:
    """The cell is named, and no scratch folder stays."""
    with pytest.raises(FailedRun, match="cell 4 fails: ZeroDivisionError"):
        promoted(folder, NOTEBOOK.replace("K * 2", "K / 0"))
    assert not (folder / "pipelines").exists()
    assert [] == list((folder / ".mlnb" / "promote").glob("double-*"))


def test_a_difference_publishes_nothing(folder: Path) -> None:
    """The first difference is named; the comparisons stay to be read, and an older version stays as it was."""
    promoted(folder)
    with pytest.raises(NotEquivalent, match="y of step `double` differs") as refusal:
        promoted(folder, NOTEBOOK.replace("K * 2", "__import__('uuid').uuid4().hex"))
    manifest = read_manifest(folder / "pipelines" / "double")
    assert manifest is not None
    assert "0.1.0" == manifest.version
    report = Path(str(refusal.value).split("all comparisons are in ")[1])
    assert ["different", "identical"] == [one["verdict"] for one in json.loads(report.read_text(encoding="utf-8"))]


def test_an_error_while_publishing_leaves_the_old_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the new version or nothing of it."""
    made = promoted(folder)
    before = {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}
    written: list[Path] = []

    def failing(path: Path, text: str) -> None:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr(publish, "_write", failing)
    with pytest.raises(OSError, match="No space left"):
        promoted(folder, NOTEBOOK.replace("* 2", "* 5"))
    assert before == {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}
    assert [made.folder] == list((folder / "pipelines").iterdir())


def test_two_promotions_at_once(folder: Path) -> None:
    """The second one is refused while the first one works."""
    (folder / ".mlnb" / "promote").mkdir(parents=True)
    with FileLock(folder / ".mlnb" / "promote" / "double.lock"), pytest.raises(NotPromotable, match="already"):
        promoted(folder)


def test_a_constant_that_changes_is_noted(folder: Path) -> None:
    """A second run in one process would start from what the first one left."""
    text = NOTEBOOK.replace("y = K * 2", "SEEN = {}\ndef f(x):\n    SEEN[x] = x\n    return len(SEEN)\ny = f(K)")
    made = promoted(folder, text)
    assert "identical" == made.verdict
    assert any(note.startswith("`SEEN` of the module changes during a run") for note in made.notes)


def test_an_error_names_the_right_cell(folder: Path) -> None:
    """The probe in the copy of the notebook moves no cell, even where nothing precedes the code."""
    with pytest.raises(FailedRun, match="cell 2 fails"):
        promoted(folder, "# %%\nx = 1\n# %%\ny = x / 0")


NAMES = {"xgboost": "xgboost", "random": "random_pipeline", "class": "pipeline_class", "2-steps": "pipeline_2_steps"}


@pytest.mark.parametrize("name", NAMES)
def test_package_names(folder: Path, name: str) -> None:
    """A package hides no module and can be imported."""
    notebook = percent.write(folder / "notebooks" / f"040_deployment_{name}.ipynb", NOTEBOOK)
    made = promote(project.find(folder), notebook, execute=percent.in_process, progress=lambda stage: None)
    assert name == made.name
    assert (made.folder / "src" / NAMES[name] / "steps.py").is_file()
