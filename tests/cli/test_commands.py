"""The commands as people type them: whole outputs, exit codes, and one sentence for every mistake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mlnb.cli import main
from mlnb.notebook import document
from mlnb.project import CONFIG, Project
from tests import percent
from tests.cli.terminal import Type

EXPERIMENT = """
# %% [markdown]
# # Ridge
# %% parameters
# parameters
DATA = "weather_2013-12-31_daily"
C: float = 1.0
# %%
import mlnb
mlnb.log_metric("rows", len(mlnb.load(DATA)) * C)
"""


def test_the_story(weather: Project, mlnb: Type) -> None:
    """Create, check, run with other arguments and newer data, list, search: every command on one small project."""
    assert (0, "created notebooks/010_exploration_how-often-it-rains.ipynb\n") == _plain(
        mlnb("create", "exploration", "How", "often", "it", "rains")
    )
    assert (0, "1 notebook checked: no findings.\n") == _plain(mlnb("check", "010"))
    percent.write(weather.notebooks / "030_experiment_ridge.ipynb", EXPERIMENT)
    outcome = mlnb("run", "030", "-p", "C", "0.5")
    lines = outcome.out.splitlines()
    assert re.fullmatch(r"✓ succeeded in [\d.]+ s: run \d{8}-\d{6}-[0-9a-f]{4}", lines[0])
    assert ["  rows 1.5"] == lines[2:3]
    assert 0 == mlnb("run", "030", "--newest").code
    listed = json.loads(mlnb("runs", "030", "--json").out)
    assert [{"DATA": "weather_2014-12-31_daily"}, {"C": 0.5}] == [record["arguments"] for record in listed]
    assert "data=" not in mlnb("runs").out
    found = json.loads(mlnb("search", "ridge metric.rows>2", "--json").out)
    assert [listed[0]["id"]] == [hit["run"] for hit in found["hits"]]
    shown = mlnb("runs", "--show", listed[0]["id"][-4:], "--html", "page.html")
    assert (0, True) == (shown.code, Path("page.html").is_file())


def _plain(outcome: object) -> tuple[int, str]:
    return outcome.code, outcome.out  # type: ignore[attr-defined]


MISTAKES = [
    (("create", "poem", "x"), "“poem” is not a kind of notebook; kinds are exploration, cleaning, experiment, deployment"),
    (("create", "experimnt", "x"), "“experimnt” is not a kind of notebook; did you mean “experiment”?"),
    (("create", "experiment"), "say what the notebook is about (see `mlnb create --help`)"),
    (("create", "experiment", "Ridge"), "there is notebooks/030_experiment_ridge.ipynb already: describe how this one differs"),
    (("create", "experiment", "x", "--from", "099"), "there is no notebook “099” in "),
    (("create", "experiment", "x", "--data", "wether"), "there is no dataset “wether” in "),
    (("create", "experiment", "x", "--folder", "../elsewhere"), "lies outside the project"),
    (("run", "030", "-p", "c", "1"), "030_experiment_ridge.ipynb has no parameter “c”; it declares DATA, C"),
    (("run", "030", "-p", "C", "high"), "030_experiment_ridge.ipynb: parameter C is a number, not 'high'"),
    (("run", "030", "-p", "DATA", "weather@1999"), "there is no version of “weather” dated 1999; there are 2013-12-31, 2014-12-31"),
    (("run", "031"), "031_experiment_broken.ipynb is not valid JSON: "),
    (("run", "032"), "the notebook asks for the kernel “julia-9”, which is not installed; there is python3"),
    (("run", "nope"), "there is no notebook “nope” in "),
    (("run", "03"), "“03” fits 3 notebooks: notebooks/030_experiment_ridge.ipynb, notebooks/031_experiment_broken.ipynb, notebooks/032"),
    (("check", "nope.ipynb"), "there is no notebook “nope.ipynb” in "),
    (("data", "add", "gone.csv"), "there is no file "),
    (("data", "add", "x.csv", "--name", "a"), "the name x.csv does not say everything a dataset must: give --date, --features"),
    (("search", "kind:poem"), "there is no “poem” here; known are exploration"),
    (("runs", "--show", "zzz"), "there is no run “zzz”: `mlnb runs` lists them"),
    (("runs", "--show", "../x"), "“../x” is not a run id"),
    (("runs", "--html", "a.html"), "--html needs --show RUN"),
    (("promote", "030"), "030_experiment_ridge.ipynb cannot be promoted: its name says experiment, and only deployment notebooks are"),
    (("runs", "x" * 300), "File name too long"),
    (("check", "x" * 300), "File name too long"),
    (("data", "add", "x" * 300 + ".csv"), "File name too long"),
    (("init",), "is an mlnb project already"),
    (("init", "x.csv"), "is a file, not a folder"),
    (("nonsense",), "No such command 'nonsense'. (see `mlnb --help`)"),
]  # fmt: skip


@pytest.fixture
def crowded(weather: Project) -> Project:
    """A project with a good notebook, a broken one and one of a kernel that is not there."""
    percent.write(weather.notebooks / "030_experiment_ridge.ipynb", EXPERIMENT)
    (weather.notebooks / "031_experiment_broken.ipynb").write_text("{")
    tree = percent.tree(EXPERIMENT)
    tree["metadata"]["kernelspec"]["name"] = "julia-9"
    document.write(weather.notebooks / "032_experiment_julia.ipynb", tree)
    (weather.root / "x.csv").write_text("a\n1\n")
    return weather


@pytest.mark.parametrize(("words", "message"), MISTAKES)
def test_mistakes(crowded: Project, mlnb: Type, words: tuple[str, ...], message: str) -> None:
    """Exit code 2, one sentence on stderr, nothing on stdout, no traceback, and nothing written."""
    before = _files(crowded.root)
    outcome = mlnb(*words)
    assert (2, "") == (outcome.code, outcome.out)
    assert message in outcome.err
    assert outcome.err.startswith("mlnb: ")
    assert 1 == outcome.err.count("\n")
    assert before == _files(crowded.root)


def _files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".mlnb" not in path.relative_to(root).parts
    }


OUTSIDE = [
    ("create", "experiment", "x"),
    ("run", "a.ipynb"),
    ("data", "list"),
    ("search", "x"),
    ("runs",),
    ("promote", "a"),
]


@pytest.mark.parametrize("words", OUTSIDE)
def test_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mlnb: Type, words: tuple[str, ...]) -> None:
    """Outside a project the way to make one is said."""
    monkeypatch.chdir(tmp_path)
    outcome = mlnb(*words)
    assert (2, f"mlnb: there is no mlnb project at or above {tmp_path}: make one with `mlnb init`\n") == (
        outcome.code,
        outcome.err,
    )
    assert [] == list(tmp_path.iterdir())


def test_check_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mlnb: Type) -> None:
    """Any notebook can be checked, with the default settings; findings are exit code 1."""
    monkeypatch.chdir(tmp_path)
    percent.write(tmp_path / "analysis.ipynb", "# %%\nx = 1")
    outcome = mlnb("check", "analysis.ipynb")
    assert (1, "analysis.ipynb: error MLN101") == (outcome.code, outcome.out[:28])
    assert outcome.out.endswith("1 notebook checked: 1 error.\n")
    assert "MLN101" == json.loads(mlnb("check", "--json").out)[0]["diagnostics"][0]["code"]


def test_a_failing_cell_is_exit_code_1(project: Project, mlnb: Type) -> None:
    """The run is recorded, and the cell and the error are said in a line."""
    percent.write(project.notebooks / "030_experiment_a.ipynb", "# %%\nx = 1\n# %%\n1 / 0")
    outcome = mlnb("run", "030")
    assert 1 == outcome.code
    assert "  cell 2, error: ZeroDivisionError: division by zero" in outcome.out.splitlines()
    assert "Traceback" not in outcome.out + outcome.err


BAD_SETTINGS = [
    ("fail-onn = 'warn'", "there is no setting “fail-onn”; did you mean “fail-on”?"),
    ("fail-on = 'sometimes'", "setting “fail-on” will not do: "),
    ("[paths]\nnotbooks = 'x'", "there is no setting “paths.notbooks”; did you mean “notebooks”?"),
    ("[rules]\nMLN101 = 'loud'", "setting “rules.MLN101"),
    ("[paths]\nruns = '../x'", "setting “paths.runs” will not do: it must be a folder inside the project"),
    ("[paths]\ndata = '/etc'", "it must be a folder inside the project"),
    ("= 3", "is not valid TOML"),
]


@pytest.mark.parametrize(("text", "message"), BAD_SETTINGS)
def test_bad_settings(project: Project, mlnb: Type, text: str, message: str) -> None:
    """A mistake in the settings names the file and the key, with the closest known one."""
    (project.root / CONFIG).write_text(text)
    outcome = mlnb("check")
    assert 2 == outcome.code
    assert CONFIG in outcome.err
    assert message in outcome.err


def test_settings_from_pyproject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mlnb: Type) -> None:
    """`[tool.mlnb]` makes a project too; `config show` says where each value comes from."""
    (tmp_path / "pyproject.toml").write_text('[tool.mlnb]\nfail-on = "warn"\n[tool.mlnb.paths]\ndata = "lake"\n')
    monkeypatch.chdir(tmp_path)
    shown = json.loads(mlnb("config", "show", "--json").out)
    assert {"value": "warn", "from": "pyproject.toml"} == shown["fail-on"]
    assert {"value": "lake", "from": "pyproject.toml"} == shown["paths.data"]
    assert {"value": "runs", "from": "default"} == shown["paths.runs"]


def test_a_bug_is_a_report_not_a_traceback(
    project: Project, mlnb: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit code 3, one sentence, and a file with the traceback."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("mlnb.api.runs", lambda *_: 1 / 0)
    outcome = mlnb("runs")
    assert (3, 1) == (outcome.code, outcome.err.count("\n"))
    (report,) = tmp_path.glob("mlnb-bug-*.txt")
    assert str(report) in outcome.err
    assert "ZeroDivisionError" in report.read_text()


@pytest.mark.parametrize("name", list(main.COMMANDS))
def test_every_command_has_help(mlnb: Type, name: str) -> None:
    """The table of commands: each imports, and says what it does."""
    outcome = mlnb(name, "--help")
    assert 0 == outcome.code
    assert outcome.out.startswith(f"Usage: mlnb {name}")


def test_the_version_is_quick_to_ask() -> None:
    """`mlnb --version` imports no journey at all."""
    code = "import sys; sys.argv = ['mlnb', '--version']\nfrom mlnb.cli.main import main\ntry: main()\nexcept SystemExit: pass\nprint([m for m in ('pandas', 'papermill', 'nbformat', 'pydantic', 'git') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == run.stdout.splitlines()[-1]


def test_a_closed_pipe_is_no_error(weather: Project) -> None:
    """`mlnb data list | head -0` ends quietly."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "mlnb", "data", "list", "--json"]
    run = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, cwd=weather.root, check=False)
    os.close(write)
    assert b"Traceback" not in run.stderr


def test_doctor(project: Project, mlnb: Type) -> None:
    """What it looks at is all named."""
    answers = json.loads(mlnb("doctor", "--json").out)
    assert ["Python", "project", "kernels", "templates", "git", "JupyterLab", "Jupyter server"] == [
        answer["what"] for answer in answers
    ]
    assert all(answer["well"] for answer in answers[:5])


def test_check_of_a_path_with_dots(weather: Project, mlnb: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    """`../notebooks` is the folder it leads to."""
    percent.write(weather.notebooks / "010_exploration_a.ipynb", "# %%\nx = 1")
    monkeypatch.chdir(weather.data)
    assert "1 notebook checked: no findings.\n" == mlnb("check", "../notebooks").out


def test_doctor_runs_nothing_of_the_project(project: Project, mlnb: Type) -> None:
    """A jupyter.py in the working folder is not taken for Jupyter."""
    (project.root / "jupyter.py").write_text("open('touched', 'w')")
    mlnb("doctor")
    assert not (project.root / "touched").exists()


def test_a_damaged_dataset_record_is_told(weather: Project, mlnb: Type) -> None:
    """The version is listed as damaged, not as unregistered, and what to do is said."""
    (weather.data / "weather_2014-12-31_daily.csv.mlnb.json").write_text("{")
    outcome = mlnb("data", "list")
    assert (0, True) == (outcome.code, "record damaged" in outcome.out)
    assert outcome.err.endswith("restore it, or delete it and register the file again\n")
    problems = [one["problem"] is not None for one in json.loads(mlnb("data", "list", "--json").out)]
    assert [False, True] == problems
