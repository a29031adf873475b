"""Runs in real kernels: the record says what happened, never more."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest

from mlnb import api
from mlnb.errors import BadArgument, DatasetNotFound, MissingKernel, MlnbError
from mlnb.notebook import document
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.run import RunRecord
from mlnb.run import provenance
from mlnb.run.detach import detach
from mlnb.run.execute import supervise
from tests import percent

EXPERIMENT = """
# %% [markdown]
# # Ridge
# %% parameters
# parameters
DATA = "weather_2013-12-31_daily"
C: float = 1.0  # strength
# %%
import mlnb
df = mlnb.load(DATA)
# %%
print(C)
mlnb.log_metric("rows", len(df) * C)
path = mlnb.save_model({"c": C}, "ridge", sample=df.head(1))
mlnb.decide("adopt", why="it is better")
"""


def write(project: Project, text: str, name: str = "030_experiment_ridge") -> Path:
    return percent.write(project.notebooks / f"{name}.ipynb", text)


def summary(record: RunRecord) -> tuple[str, str | None, int | None]:
    verdict = record.verdict
    return record.state, verdict.reason if verdict else None, verdict.cell if verdict else None


def test_a_run_records_itself(weather: Project) -> None:
    """Arguments, data with hash, metrics, artifacts, decision: in run.json and in the executed notebook alike."""
    path = write(weather, EXPERIMENT)
    before = path.read_bytes()
    seen: list[str] = []
    record = api.run(
        weather, path, {"C": 0.5}, lambda now: seen.append(f"{now.state} {now.cells_done}/{now.cells_total}")
    )
    assert ("succeeded", "ok", None) == summary(record)
    assert {"C": 0.5} == record.arguments
    assert {"DATA": "weather_2013-12-31_daily", "C": 0.5} == record.parameters
    assert {"rows": 1.5} == record.metrics
    assert ("ridge.pkl", "ridge.sample.json") == record.artifacts
    assert ("adopt", "it is better") == (record.decision, record.decision_why)
    (use,) = record.datasets
    assert ("weather@2013-12-31", "input", 64) == (use.reference, use.role, len(use.sha256))
    folder = runs.find(weather, record.id)
    assert (folder / "artifacts" / "ridge.pkl").is_file()
    executed = document.read(folder / runs.NOTEBOOK)
    assert json.loads((folder / runs.RECORD).read_text())["metrics"] == executed.metadata["mlnb"]["run"]["metrics"]
    assert "injected-parameters" in executed.cells[2].tags
    assert before == path.read_bytes(), "the notebook itself is never touched"
    assert ["running 0/4", "running 1/4", "running 4/4", "succeeded 4/4"] == [seen[0], seen[1], seen[-2], seen[-1]]


def test_newer_data(weather: Project) -> None:
    """`newest` sets the dataset parameter to the newest version of the same dataset."""
    path = write(weather, EXPERIMENT)
    arguments = api.newest_data(weather, path)
    assert {"DATA": "weather_2014-12-31_daily"} == arguments
    assert {"rows": 5.0} == api.run(weather, path, arguments).metrics


REFUSED = [
    ({"D": 1}, BadArgument, "has no parameter “D”"),
    ({"C": "high"}, BadArgument, "parameter C is a number, not 'high'"),
    ({"DATA": "weather@1999"}, DatasetNotFound, "no version of “weather” dated 1999"),
]


@pytest.mark.parametrize(("arguments", "error", "message"), REFUSED)
def test_refused_before_anything_is_written(
    weather: Project, arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    """A misspelt or mistyped argument costs nothing."""
    path = write(weather, EXPERIMENT)
    with pytest.raises(error, match=message):
        api.run(weather, path, arguments)
    assert not weather.runs.exists()


def test_a_missing_kernel_is_refused(weather: Project) -> None:
    """What is installed instead is said, and no run is begun."""
    tree = percent.tree(EXPERIMENT)
    tree["metadata"]["kernelspec"]["name"] = "julia-9"
    path = weather.notebooks / "030_experiment_ridge.ipynb"
    document.write(path, tree)
    with pytest.raises(MissingKernel, match="“julia-9”, which is not installed; there is python3"):
        api.run(weather, path, {})
    assert not weather.runs.exists()


ENDS = [
    (
        "# %%\nprint('first')\n# %%\n1/0\n# %%\nprint('never')",
        ("failed", "error", 1),
        "ZeroDivisionError: division by zero",
    ),
    ("# %%\nx = 1\n# %%\nimport os; os._exit(3)\n# %%\ny = 2", ("failed", "kernel died", 1), "the kernel died"),
    ("# %%\nx = )", ("failed", "error", 0), "SyntaxError"),
]


@pytest.mark.parametrize(("text", "expected", "message"), ENDS)
def test_failures_are_recorded_as_such(
    project: Project, text: str, expected: tuple[str, str, int], message: str
) -> None:
    """The verdict names the cell; cells that did not run are not called completed; what was printed is kept."""
    record = api.run(project, write(project, text), {})
    assert expected == summary(record)
    assert record.verdict is not None
    assert message in (record.verdict.message or "")
    executed = document.read_node(runs.find(project, record.id) / runs.NOTEBOOK)
    statuses = [cell.metadata.papermill.status for cell in executed.cells if "papermill" in cell.metadata]
    assert "completed" not in statuses[record.verdict.cell or 0 :]


def test_papermill_with_our_engine_tells_the_truth(project: Project, tmp_path: Path) -> None:
    """`papermill --engine mlnb`: a dead kernel leaves no cell after it “completed”."""
    path = write(project, ENDS[1][0])
    output = tmp_path / "out.ipynb"
    with pytest.raises(Exception, match="died"):
        papermill.execute_notebook(str(path), str(output), engine_name="mlnb", progress_bar=False)
    node = nbformat.read(output, as_version=4)  # type: ignore[no-untyped-call]
    statuses = [cell.metadata.papermill.status for cell in node.cells]
    assert ["completed", "failed", "pending"] == statuses
    assert node.metadata.papermill.exception is True


SLOW = "# %%\nprint('begun', flush=True)\n# %%\nimport time\ntime.sleep(60)\n# %%\nprint('end')"


def _begun(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while sum(event["event"] == "cell started" for event in runs.events(folder)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_cancel(project: Project) -> None:
    """A run in a process of its own is cancelled from here, says so, and leaves no kernel behind.

    Also when SIGINT is ignored, as in a server that a shell started in the background.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    record = api.start_run(project, write(project, SLOW), {})
    signal.signal(signal.SIGINT, before)
    folder = runs.find(project, record.id)
    _begun(folder)
    supervisor = runs.read(folder).process
    assert supervisor is not None
    kernels = psutil.Process(supervisor.pid).children(recursive=True)
    assert "running" == api.cancel_run(project, record.id).state
    deadline = time.monotonic() + 30
    while not (ended := runs.read(folder)).is_final:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert ("cancelled", "cancelled", 1) == summary(ended)
    assert [] == psutil.wait_procs(kernels, timeout=10)[1]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL and SIGTERM are Unix")
@pytest.mark.parametrize(
    ("number", "expected"),
    [(signal.SIGKILL, ("lost", "lost", None)), (signal.SIGTERM, ("failed", "interrupted", 1))],
)
def test_a_killed_supervisor_never_reads_as_success(
    project: Project, number: signal.Signals, expected: tuple[str, str, int | None]
) -> None:
    """Told to stop, it writes its verdict; killed, any reader sees that it is lost."""
    folder = api.queue_run(project, write(project, SLOW), {})
    process = subprocess.Popen([sys.executable, "-m", "mlnb.run.supervisor", str(folder)])
    _begun(folder)
    process.send_signal(number)
    process.wait(30)
    assert expected == summary(runs.read(folder))
    document.read(folder / runs.NOTEBOOK)


def test_ctrl_c(project: Project) -> None:
    """Ctrl-C ends the run as interrupted."""
    path = write(project, SLOW)
    folder = api.queue_run(project, path, {})

    def interrupt() -> None:
        _begun(folder)
        os.kill(os.getpid(), signal.SIGINT)

    # The tests themselves may run in the background, where a shell has SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Thread(target=interrupt).start()
        assert ("failed", "interrupted", 1) == summary(supervise(project, folder))
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_run_outlives_an_edit(project: Project) -> None:
    """What runs is what was queued, also when the notebook is edited or gone meanwhile."""
    path = write(project, "# %%\nprint('as queued')")
    folder = api.queue_run(project, path, {})
    path.unlink()
    detach(folder)
    deadline = time.monotonic() + 60
    while not runs.read(folder).is_final:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert "succeeded" == runs.read(folder).state
    assert "as queued" in (folder / runs.NOTEBOOK).read_text()


def test_metrics_that_are_no_numbers_survive(project: Project) -> None:
    """NaN is kept, and both files stay JSON that any reader takes."""
    record = api.run(project, write(project, "# %%\nimport mlnb\nmlnb.log_metric('auc', float('nan'))"), {})
    folder = runs.find(project, record.id)
    assert "NaN" == json.loads((folder / runs.RECORD).read_text())["metrics"]["auc"]
    assert runs.read(folder).metrics["auc"] != runs.read(folder).metrics["auc"]
    text = (folder / runs.NOTEBOOK).read_text()
    assert ": NaN" not in text


def test_html_page(project: Project, tmp_path: Path) -> None:
    """The executed notebook as a page, without scripts from its outputs."""
    text = "# %%\nfrom IPython.display import HTML\nHTML('<b>bold</b><script>alert(1)</script>')"
    record = api.run(project, write(project, text), {})
    api.export_run(project, record.id, tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text()
    assert "<b>bold</b>" in page
    assert "<script>alert(1)</script>" not in page


def test_two_runs_at_once_from_one_folder(project: Project) -> None:
    """Each kernel has sockets of its own, and none lies in the notebooks folder."""
    path = write(project, "# %%\nimport os\nprint(sorted(os.listdir('.')))")
    first, second = (api.start_run(project, path, {}) for _ in range(2))
    for record in (first, second):
        folder = runs.find(project, record.id)
        deadline = time.monotonic() + 60
        while not runs.read(folder).is_final:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert "succeeded" == runs.read(folder).state
        assert "['030_experiment_ridge.ipynb']" in (folder / runs.NOTEBOOK).read_text()


def test_the_failed_cell_is_the_one_that_failed(project: Project) -> None:
    """Papermill's own marker cells do not shift the index, and the notebook does not hold itself once more."""
    text = "# %% [markdown]\n# # T\n# %% parameters\nX = 1\n# %%\nok = 1\n# %%\n1 / 0"
    record = api.run(project, write(project, text), {"X": 2})
    executed = document.read_node(runs.find(project, record.id) / runs.NOTEBOOK)
    assert record.verdict is not None
    assert record.verdict.cell is not None
    assert "1 / 0" == executed.cells[record.verdict.cell].source
    assert "input_path" not in executed.metadata.papermill


ODD = [
    {"metadata": {"mlnb": "hello"}},
    {"metadata": {"papermill": 3}},
    {"cell": {"tags": 5}},
    {"cell": {"papermill": "x"}},
    {"nbformat_minor": None},
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_metadata_does_not_stop_a_run(project: Project, odd: dict[str, dict[str, object]]) -> None:
    """What others left in a notebook costs no run its verdict."""
    tree = percent.tree("# %%\nx = 1")
    tree["metadata"] |= odd.get("metadata", {})
    tree["cells"][0]["metadata"] |= odd.get("cell", {})
    if "nbformat_minor" in odd:
        del tree["nbformat_minor"]
    path = project.notebooks / "030_experiment_a.ipynb"
    document.write(path, tree)
    assert ("succeeded", "ok", None) == summary(api.run(project, path, {}))


def test_odd_events_do_not_cost_the_verdict(project: Project) -> None:
    """The notebook's process may write anything into the events; the run still ends with what is true."""
    lines = [
        '{"event": "metric", "name": "a", "value": "abc"}',
        "null",
        '{"event": "metric", "name": "b", "value": null}',
    ]
    lines += ['{"event": "dataset", "reference": 1, "file": "f", "sha256": "x", "role": "x"}', "[" * 5000, "no json"]
    text = f"# %%\nimport os\nwith open(os.environ['MLNB_RUN'] + '/events.jsonl', 'a') as f: f.write({chr(10).join(lines)!r} + chr(10))\nimport mlnb\nmlnb.log_metric('auc', 1)"
    record = api.run(project, write(project, text), {})
    assert (("succeeded", "ok", None), {"auc": 1.0}) == (summary(record), record.metrics)


def test_what_would_be_lost_is_refused(project: Project) -> None:
    """A metric without a name in text, a decision without a reason: said in the cell, not dropped from the record."""
    record = api.run(project, write(project, "# %%\nimport mlnb\nmlnb.log_metric(5, 1.0)"), {})
    assert record.verdict is not None
    assert "BadArgument: a metric needs a name" == record.verdict.message
    record = api.run(project, write(project, "# %%\nimport mlnb\nmlnb.decide('adopt', why=None)"), {})
    assert record.verdict is not None
    assert "a decision needs a reason" in (record.verdict.message or "")


def test_git(project: Project) -> None:
    """A commit that does not hold the notebook is recorded as dirty; without a git program nothing is recorded."""
    git = ["git", "-C", str(project.root)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "mlnb.toml"], check=True)
    subprocess.run([*git, "commit", "-qm", "a"], check=True)
    path = write(project, "# %%\nx = 1")
    notebook = document.read(path)
    found = provenance.code(notebook, project.root)
    assert (40, True) == (len(found.commit or ""), found.dirty)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "b"], check=True)
    assert not provenance.code(notebook, project.root).dirty
    code = "from mlnb.cli.main import main; main()"
    bare = {**os.environ, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=project.root, env=bare, capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)


DAMAGES = ["{", "{}", "[1]", '{"id": "../x"}', "\xff"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_one_damaged_record_does_not_hide_the_others(project: Project, damage: str) -> None:
    """The list shows what can be read and says what cannot."""
    folders = [api.queue_run(project, write(project, "# %%\nx = 1"), {}) for _ in range(2)]
    (folders[0] / runs.RECORD).write_bytes(damage.encode("latin-1"))
    listing = api.runs(project)
    assert ([folders[1].name], 1) == ([record.id for record in listing.records], len(listing.problems))


HOSTILE = [
    {"notebook": "../../etc/passwd"},
    {"notebook": "/etc/passwd"},
    {"created": "yesterday"},
    {"created": "2026-01-01T00:00:00"},
    {"process": {"pid": -1, "started": 0}},
    {"id": "../../x"},
]


@pytest.mark.parametrize("change", HOSTILE)
def test_hostile_records_are_not_believed(project: Project, change: dict[str, object]) -> None:
    """A record that points out of the project, or to no time or process there can be, is not a record."""
    folder = api.queue_run(project, write(project, "# %%\nx = 1"), {})
    text = (folder / runs.RECORD).read_text()
    (folder / runs.RECORD).write_text(json.dumps({**json.loads(text), **change}))
    with pytest.raises(MlnbError, match="is not a run record"):
        runs.read(folder)


def test_records_of_a_later_mlnb_are_read(project: Project) -> None:
    """A field that is not known here is passed over."""
    folder = api.queue_run(project, write(project, "# %%\nx = 1"), {})
    text = (folder / runs.RECORD).read_text()
    (folder / runs.RECORD).write_text(json.dumps({**json.loads(text), "colour": "green"}))
    assert "queued" == runs.read(folder).state


def test_notebooks_of_one_name_have_their_own_runs(project: Project) -> None:
    """Two folders, one file name: each notebook lists its own runs; one that was moved keeps them."""
    here = write(project, "# %%\nx = 1")
    there = percent.write(project.root / "other" / here.name, "# %%\nx = 2")
    api.queue_run(project, here, {})
    assert (1, 0) == (len(api.runs(project, here).records), len(api.runs(project, there).records))
    here.unlink()
    assert 1 == len(api.runs(project, there).records)
