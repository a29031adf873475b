"""Applying a plan: one change, nothing outside it, and back byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from mlnb import api
from mlnb.adopt.rows import Plan
from mlnb.project import Project
from mlnb.records import moves
from tests import percent
from tests.adopt.test_classify import CLEANING, EXPERIMENT, EXPLORATION

RAIN = "date,mm\n2019-03-14,3\n2019-03-15,4\n"


@pytest.fixture
def inherited(project: Project) -> Project:
    """Notebooks that read and name one another, a README, a script, undated data."""
    (project.data / "rain.csv").write_text(RAIN)
    link = "# %% [markdown]\n# See [the looks](eda%20rooms.ipynb).\n"
    percent.write(project.notebooks / "eda rooms.ipynb", f'{EXPLORATION}# %%\npd.read_csv("../data/rain.csv")')
    percent.write(project.notebooks / "clean_rooms.ipynb", f"{link}{CLEANING}")
    percent.write(project.notebooks / "sub" / "price_model.ipynb", f"{EXPERIMENT}# %%\n%run ../clean_rooms.ipynb")
    (project.root / "README.md").write_bytes(
        b"1. [looks](<notebooks/eda rooms.ipynb>)\r\n2. `notebooks/clean_rooms.ipynb`\r\n"
    )
    (project.root / "run.sh").write_text("jupyter nbconvert notebooks/sub/price_model.ipynb\n")
    (project.root / "other.txt").write_text("rooms and eda\n")
    return project


def tree(project: Project) -> dict[str, str]:
    """Every file but those of mlnb itself, by its hash."""
    found: dict[str, str] = {}
    for folder, names, files in os.walk(project.root):
        names[:] = [name for name in names if name not in (".git", ".mlnb", "runs")]
        found |= {
            (Path(folder) / file).relative_to(project.root).as_posix(): _digest(Path(folder) / file) for file in files
        }
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def everything(project: Project) -> Plan:
    plan = api.adopt_plan(project, project.root)
    return api.adopt_confirmed(project, plan, "content", everything=True)


@pytest.mark.parametrize("in_git", [False, True])
def test_there_and_back(inherited: Project, in_git: bool) -> None:
    """Names, references and records change in one change; undone, every byte is as before."""
    if in_git:
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
            subprocess.run(["git", *words], cwd=inherited.root, check=True)
    before = tree(inherited)
    done = api.adopt(inherited, everything(inherited))
    assert () == done.refused
    assert done.change is not None
    assert "adopt 3 notebooks and 1 dataset" == done.change.title
    assert {
        "mlnb.toml", ".gitignore", "README.md", "run.sh", "other.txt",
        "data/rain_2019-03-15_mm.csv", "data/rain_2019-03-15_mm.csv.mlnb.json",
        "notebooks/010_exploration_rooms-bookings.ipynb", "notebooks/020_cleaning_rooms-bookings.ipynb",
        "notebooks/sub/030_experiment_price-model.ipynb",
    } == set(tree(inherited))  # fmt: skip
    readme = (inherited.root / "README.md").read_bytes()
    assert b"eda rooms" not in readme
    assert 2 == readme.count(b"\r\n")
    assert "price_model" not in (inherited.root / "run.sh").read_text()
    assert before["other.txt"] == tree(inherited)["other.txt"]
    if in_git:
        status = subprocess.run(["git", "status", "--short"], cwd=inherited.root, check=True, capture_output=True)
        lines = status.stdout.decode().splitlines()
        assert 4 == sum(line.startswith("R") for line in lines)  # git sees four renames
    assert [] == [
        finding for report in api.check([inherited.root]) for finding in report.diagnostics if finding.code == "MLN101"
    ]
    api.undo(inherited)
    assert before == tree(inherited)


def test_what_is_read_is_found(inherited: Project) -> None:
    """The literals that name the data follow it, and the data loads by its reference."""
    api.adopt(inherited, everything(inherited))
    notebook = next(inherited.notebooks.glob("010_*"))
    assert "../data/rain_2019-03-15_mm.csv" in notebook.read_text()
    assert [("rain@2019-03-15", 2)] == [
        (version.name.reference, version.record.rows) for version in api.data(inherited) if version.record
    ]


def test_a_changed_file_is_left_and_the_rest_done(inherited: Project) -> None:
    """What was changed or deleted since the plan is refused by name."""
    plan = everything(inherited)
    changed = inherited.notebooks / "clean_rooms.ipynb"
    changed.write_text(changed.read_text() + "\n")
    (inherited.notebooks / "sub" / "price_model.ipynb").unlink()
    done = api.adopt(inherited, plan)
    assert {
        "clean_rooms.ipynb": "it was changed since it was planned: plan again",
        "price_model.ipynb": "it is gone",
    } == {path.name: reason for path, reason in done.refused}
    assert changed.exists()
    assert 1 == len(list(inherited.notebooks.glob("010_*")))


def test_only_what_is_ticked(inherited: Project) -> None:
    """Rows that are not applied stay as they are, and a plan without any changes nothing."""
    plan = api.adopt_plan(inherited, inherited.root)
    before = tree(inherited)
    none = replace(plan, rows=tuple(replace(row, apply=False) for row in plan.rows))
    assert None is api.adopt(inherited, none).change
    assert before == tree(inherited)
    assert not any(row.apply for row in plan.datasets)


def test_outputs_and_metadata_stay(inherited: Project) -> None:
    """A notebook that names another keeps its outputs, its metadata and its way of being written."""
    path = inherited.notebooks / "clean_rooms.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["eda rooms.ipynb\n"]}]
    notebook["metadata"]["ours"] = {"é": 1}
    path.write_text(json.dumps(notebook, indent=4))
    plan = api.adopt(inherited, everything(inherited)).plan
    row = next(row for row in plan.rows if row.path == path)
    assert row.proposed is not None
    after = json.loads(row.proposed.read_text())
    assert notebook["cells"][1:] == after["cells"][1:]
    assert notebook["metadata"] == after["metadata"]
    assert row.proposed.read_text().startswith('{\n    "')


def test_runs_find_their_notebook(inherited: Project) -> None:
    """The move is written down for records that know the old name."""
    plan = api.adopt(inherited, everything(inherited)).plan
    row = plan.rows[0]
    assert row.proposed is not None
    assert inherited.relative(row.proposed) == moves.present(inherited)(inherited.relative(row.path))


def test_data_that_is_named_in_parts_is_left(inherited: Project) -> None:
    """Data whose path a notebook puts together would be lost to it."""
    percent.write(
        inherited.notebooks / "b_model.ipynb", f'{EXPERIMENT}# %%\npd.read_csv(os.path.join(HERE, "rain.csv"))'
    )
    (inherited.root / "top.csv").write_text(RAIN)
    text = 'import config\n# %%\npd.read_csv("../top.csv")\n# %%\npd.read_csv(config.HERE + "/top.csv")'
    percent.write(inherited.notebooks / "top.ipynb", f"# %%\n{text}")
    percent.write(inherited.notebooks / "top2.ipynb", '# %%\nimport config\npd.read_csv(config.HERE / "top.csv")')
    problems = {row.path.name: row.problem for row in everything(inherited).datasets}
    assert None is problems["rain.csv"]  # it stays in its folder, so that the name alone is followed
    assert "top2.ipynb" in (problems["top.csv"] or "")


def test_unreadable_data(inherited: Project) -> None:
    """A file that is no table is told, and not touched."""
    (inherited.data / "rain.csv").write_bytes(b"\x00\x01\xff")
    plan = api.adopt_plan(inherited, inherited.root)
    plan = api.adopt_confirmed(inherited, plan, "file-time", everything=True)
    assert "cannot be read as a table" in (plan.datasets[0].problem or "")
    done = api.adopt(inherited, plan)
    assert ["rain.csv"] == [path.name for path, _ in done.refused]


def test_dates_are_asked(inherited: Project) -> None:
    """Data is not renamed until its date is confirmed, and by its file's time only when that is said."""
    (inherited.data / "rain.csv").write_text("mm\n3\n")
    plan = api.adopt_plan(inherited, inherited.root)
    applied = {
        dates: [row.apply for row in api.adopt_confirmed(inherited, plan, dates, everything=False).datasets]
        for dates in (None, "content", "file-time")
    }
    assert {None: [False], "content": [False], "file-time": [True]} == applied
    assert "file time" == plan.datasets[0].date_from


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be written")
def test_read_only_folders(inherited: Project) -> None:
    """What lies in a folder that may not be written is a problem beforehand."""
    folder = inherited.notebooks / "sub"
    folder.chmod(0o500)
    try:
        row = next(row for row in api.adopt_plan(inherited, folder).rows)
        assert "the folder notebooks/sub may not be written" == row.problem
    finally:
        folder.chmod(0o700)


def test_a_failure_on_the_way_undoes_all(inherited: Project) -> None:
    """Where a step fails, what was done so far is taken back."""
    plan = everything(inherited)
    before = tree(inherited)
    row = plan.datasets[0]
    assert row.proposed is not None
    record = row.proposed.with_name(f"{row.proposed.name}.mlnb.json")
    record.write_text("in the way")
    with pytest.raises(FileExistsError):
        api.adopt(inherited, plan)
    record.unlink()
    assert before == tree(inherited)
