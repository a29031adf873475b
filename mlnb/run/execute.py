"""Start a run and see it through: the record is written before, during and after, and never says more than is true."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import papermill
import psutil
from papermill.exceptions import PapermillExecutionError

from mlnb.errors import FailedRun
from mlnb.notebook import document
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.run import Process, RunRecord, State, Verdict
from mlnb.run import gather, provenance
from mlnb.run.engine import Unwatched
from mlnb.run.queue import kernel_python

if TYPE_CHECKING:
    from mlnb.notebook.document import NotebookNode

SAVE_EVERY = 5.0
ERROR_MARKER = "papermill-error-cell-tag"
Progress = Callable[[RunRecord], None]


class Stopped(BaseException):
    """SIGTERM or SIGHUP reached the supervisor; no Exception, so that nothing takes it for a failing cell."""


def supervise(project: Project, folder: Path, progress: Progress = lambda record: None) -> RunRecord:
    """Run what is queued in `folder` and return the final record. Ctrl-C ends the run and is recorded as such."""
    supervisor = _Supervisor(project, folder, progress)
    with _stop_when_told():
        supervisor.run()
    return supervisor.record


def execute_node(node: NotebookNode, cwd: Path, environment: Mapping[str, str]) -> NotebookNode:
    """Run a notebook tree in a fresh kernel, without a record, and return the executed tree.

    Raises `FailedRun` naming the cell when one fails or the kernel dies, `MissingKernel` when there is no such kernel.
    """
    executed, cell, problem = rehearse(node, cwd, environment)
    if problem is not None:
        place = "before the first cell" if cell is None else f"in cell {cell + 1}"
        raise FailedRun(f"the notebook failed {place}: {problem}")
    return executed


def rehearse(
    node: NotebookNode, cwd: Path, environment: Mapping[str, str]
) -> tuple[NotebookNode, int | None, str | None]:
    """Run a notebook tree in a fresh kernel, without a record, and return it as far as it came.

    With it the index of the cell that failed, and why; both None where all went well.
    Raises `MissingKernel` when there is no such kernel.
    """
    notebook = document.from_node(Path("notebook.ipynb"), node)
    kernel_python(notebook.kernel_name)
    outcome = _Outcome()
    try:
        executed: NotebookNode = papermill.execute_notebook(
            node,
            None,
            engine_name="mlnb",
            kernel_name=notebook.kernel_name,
            progress_bar=False,
            cwd=str(cwd),
            watcher=outcome,
            environment={**os.environ, "PYTHONHASHSEED": "0", **environment},
            kernel_log=Path(os.devnull),
        )
    except Exception as error:  # noqa: BLE001  # papermill, nbclient and the kernel each raise their own
        verdict = outcome.verdict or Verdict(reason="not started", message=str(error))
        reached = outcome.node or node
        reached.cells = [cell for cell in reached.cells if ERROR_MARKER not in _tags(cell)]
        return reached, verdict.cell, verdict.message or verdict.reason
    return executed, None, None


class _Outcome(Unwatched):
    """Keeps the verdict of a run that has no record."""

    verdict: Verdict | None = None
    node: NotebookNode | None = None

    def ended(self, verdict: Verdict, node: NotebookNode) -> None:
        self.verdict = verdict
        self.node = node


class _Supervisor:
    """Keeps the record of one run; the engine tells it of each cell."""

    def __init__(self, project: Project, folder: Path, progress: Progress) -> None:
        self.project = project
        self.folder = folder
        self.progress = progress
        self.record = runs.read(folder)
        self.node: NotebookNode = document.read_node(folder / runs.NOTEBOOK)
        self.verdict: Verdict | None = None
        self._saved_at = 0.0
        self._cancelled = False

    def run(self) -> None:
        notebook = document.from_node(self.folder / runs.NOTEBOOK, self.node)
        kernel = notebook.kernel_name
        self._change(
            state="running",
            started=_now(),
            process=Process(pid=os.getpid(), started=psutil.Process().create_time()),
            environment=provenance.environment(notebook, kernel, kernel_python(kernel)),
        )
        source = self.project.inside(self.record.notebook)
        working_folder = source.parent if source.parent.is_dir() else self.project.root
        try:
            with self._watch_for_cancel():
                self.node = papermill.execute_notebook(
                    self.node,
                    None,
                    parameters=dict(self.record.arguments),
                    engine_name="mlnb",
                    kernel_name=kernel,
                    progress_bar=False,
                    cwd=str(working_folder),
                    watcher=self,
                    environment=self._environment(),
                    kernel_log=self.folder / "kernel.log",
                )
        except PapermillExecutionError:
            pass  # the engine gave the verdict
        except (KeyboardInterrupt, Stopped):
            self.verdict = self.verdict or Verdict(reason="interrupted", message="stopped before the first cell")
        except Exception as error:  # noqa: BLE001  # whatever fails, a verdict is written
            message = str(error).splitlines()[0] if str(error) else type(error).__name__
            self.verdict = self.verdict or Verdict(reason="not started", message=message)
        self._finish()

    def cell_started(self, index: int) -> None:
        runs.log(self.folder, "cell started", cell=index)

    def cell_ended(self, index: int, ok: bool, node: NotebookNode) -> None:
        self.node = node
        runs.log(self.folder, "cell ended", cell=index, ok=ok)
        if node.cells[index].cell_type == "code":
            self.record = self.record.with_(cells_done=self.record.cells_done + ok, cells_total=_code_cells(node))
        if time.monotonic() - self._saved_at >= SAVE_EVERY:
            self._save_notebook()
        if node.cells[index].cell_type == "code":
            self._change()

    def ended(self, verdict: Verdict, node: NotebookNode) -> None:
        self.verdict = verdict
        self.node = node

    def _finish(self) -> None:
        verdict = self.verdict or Verdict(reason="not started", message="the run ended without a verdict")
        if self._cancelled and verdict.reason != "ok":
            verdict = Verdict(reason="cancelled", cell=verdict.cell, message="cancelled")
        states: dict[str, State] = {"ok": "succeeded", "cancelled": "cancelled"}
        state = states.get(verdict.reason, "failed")
        found = gather.from_events(self.folder)
        self.record = self.record.with_(state=state, verdict=verdict, ended=_now(), **found)
        # The notebook first: a final run.json must never stand beside a notebook that is not.
        self._save_notebook()
        runs.log(self.folder, "ended", state=state, reason=verdict.reason)
        self._change()

    def _save_notebook(self) -> None:
        # papermill puts cells of its own before one that failed; with them no index would be that of what ran.
        self.node.cells = [cell for cell in self.node.cells if ERROR_MARKER not in _tags(cell)]
        self.node.metadata.get("papermill", {}).pop("input_path", None)  # a notebook inside itself
        own = self.node.metadata.get("mlnb")
        self.node.metadata["mlnb"] = {
            **(own if isinstance(own, dict) else {}),
            "run": json.loads(self.record.model_dump_json()),
        }
        document.write(self.folder / runs.NOTEBOOK, self.node)
        self._saved_at = time.monotonic()

    def _change(self, **changes: object) -> None:
        self.record = self.record.with_(**changes)
        runs.write(self.folder, self.record)
        self.progress(self.record)

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "MLNB_RUN": str(self.folder),
            "MLNB_RUN_ID": self.record.id,
            "MLNB_NOTEBOOK": self.record.notebook,
            # Sets of strings iterate in an order that depends on this: two runs must agree.
            "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
        }

    @contextmanager
    def _watch_for_cancel(self) -> Iterator[None]:
        """Stop when the file `cancel` appears: works from any process and any front end.

        By SIGTERM, which we handle ourselves: SIGINT is ignored in a process that a shell put into the background,
        and so in the runs of a server that was started there. Signals reach the main thread only, so a run
        supervised in another thread cannot be cancelled.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        done = threading.Event()

        def look() -> None:
            while not done.wait(0.3):
                if (self.folder / runs.CANCEL).exists():
                    self._cancelled = True
                    os.kill(os.getpid(), signal.SIGTERM)
                    return

        thread = threading.Thread(target=look, name="mlnb-cancel", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


@contextmanager
def _stop_when_told() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # signals belong to the main thread
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped("the supervisor was told to stop")

    numbers = [signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means it
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags") or ())


def _code_cells(node: NotebookNode) -> int:
    return sum(cell.cell_type == "code" for cell in node.cells)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
