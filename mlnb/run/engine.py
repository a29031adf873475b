"""The papermill engine `mlnb`: papermill's own, except that nothing it writes calls a failure a success.

papermill 2.7 marks every cell `completed` when the kernel dies, a cell times out or Ctrl-C arrives, because only a
`CellExecutionError` reaches its bookkeeping (`NotebookExecutionManager.cell_complete` runs in a `finally`). Here every
way a cell can end is recorded before it propagates. `papermill --engine mlnb` profits in the same way.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from jupyter_core.paths import jupyter_runtime_dir
from jupyter_core.utils import ensure_dir_exists
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from mlnb.records.run import Verdict

if TYPE_CHECKING:
    from mlnb.notebook.document import NotebookNode


# What every Unix takes as the path of a socket.
LONGEST_SOCKET_PATH = 103


class Watcher(Protocol):
    """Is told of each cell as it starts and ends, and of how it all ended."""

    def cell_started(self, index: int) -> None: ...

    def cell_ended(self, index: int, ok: bool, node: NotebookNode) -> None: ...

    def ended(self, verdict: Verdict, node: NotebookNode) -> None: ...


class Unwatched:
    """For `papermill --engine mlnb`, where the notebook itself is all there is."""

    def cell_started(self, index: int) -> None:
        pass

    def cell_ended(self, index: int, ok: bool, node: NotebookNode) -> None:
        pass

    def ended(self, verdict: Verdict, node: NotebookNode) -> None:
        pass


class WatchedClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is untyped
    """Executes the cells in order and gives a verdict; success needs an ok reply for every code cell."""

    watcher: Watcher = Unwatched()

    def create_kernel_manager(self) -> Any:
        """A kernel that talks over files of this user instead of open TCP ports, where the system can."""
        manager = super().create_kernel_manager()
        runtime = Path(jupyter_runtime_dir())
        stem = runtime / f"kernel-{uuid4()}"
        if os.name != "nt" and len(f"{stem}-ipc-5") <= LONGEST_SOCKET_PATH:
            ensure_dir_exists(str(runtime), mode=0o700)
            # Without a connection file of its own, jupyter_client names the sockets alike in the working folder.
            manager.connection_file = f"{stem}.json"
            manager.transport = "ipc"
        return manager

    def papermill_execute_cells(self) -> None:
        index = 0
        try:
            for index, cell in enumerate(self.nb.cells):
                self.nb_man.cell_start(cell, index)
                self.watcher.cell_started(index)
                self.execute_cell(cell, index)
                self.nb_man.cell_complete(cell, cell_index=index)
                self.watcher.cell_ended(index, True, self.nb)
        except CellExecutionError as error:
            # Not raised on: papermill finds the error output itself, and so saves the notebook with it.
            self._failed(
                index, Verdict(reason="error", cell=index, message=f"{error.ename}: {_first_line(error.evalue)}")
            )
        except CellTimeoutError as error:
            self._failed(index, Verdict(reason="timeout", cell=index, message=_first_line(str(error))))
            raise
        except DeadKernelError:
            self._failed(index, Verdict(reason="kernel died", cell=index, message="the kernel died while the cell ran"))
            raise
        except BaseException as error:  # Ctrl-C and termination too: recorded here, handled by the caller
            message = _first_line(str(error)) or type(error).__name__
            self._failed(index, Verdict(reason="interrupted", cell=index, message=message))
            raise
        else:
            self.watcher.ended(Verdict(reason="ok"), self.nb)

    def _failed(self, index: int, verdict: Verdict) -> None:
        cell = self.nb.cells[index]
        self.nb_man.cell_exception(cell, cell_index=index)
        self.nb_man.cell_complete(cell, cell_index=index)
        self.watcher.cell_ended(index, False, self.nb)
        self.watcher.ended(verdict, self.nb)


class MlnbEngine(NBClientEngine):  # type: ignore[misc]  # papermill is untyped
    """What papermill's entry point `papermill.engine` names `mlnb`."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        watcher: Watcher | None = None,
        environment: dict[str, str] | None = None,
        kernel_log: Path | None = None,
        **options: Any,
    ) -> NotebookNode:
        """Run all cells; `environment` replaces that of the kernel, `watcher` is told how it goes.

        What the kernel process itself says on stderr goes to `kernel_log`; cells' output is not part of that.
        """
        client = WatchedClient(
            nb_man,
            kernel_name=kernel_name,
            timeout=execution_timeout if execution_timeout else options.get("timeout"),
            startup_timeout=start_timeout,
            log_output=options.get("log_output", False),
            stdout_file=options.get("stdout_file"),
            stderr_file=options.get("stderr_file"),
        )
        client.watcher = watcher or Unwatched()
        launch: dict[str, Any] = {"env": environment} if environment else {}
        with kernel_log.open("wb") if kernel_log else nullcontext() as log:
            executed: NotebookNode = client.execute(**launch, **({"stderr": log} if log else {}))
        return executed


def _first_line(text: str) -> str:
    lines = [line for line in str(text).splitlines() if line.strip()]
    return lines[0][:300] if lines else ""
