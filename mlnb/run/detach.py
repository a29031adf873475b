"""Start the supervisor of a run as a process of its own, and ask it to stop."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from mlnb.records import runs


def detach(folder: Path) -> None:
    """Start the supervisor of a queued run; it outlives this process."""
    with (folder / "supervisor.log").open("wb") as log:
        process = subprocess.Popen(  # our own module, no text from outside
            [sys.executable, "-P", "-m", "mlnb.run.supervisor", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=os.name != "nt",
        )
    # Someone must take its exit status, or it stays a zombie for as long as this process lives.
    threading.Thread(target=process.wait, name=f"mlnb-reaper-{folder.name}", daemon=True).start()


def cancel(folder: Path) -> None:
    """Ask the supervisor of a run to stop it; a run that has ended stays as it is."""
    if not runs.read(folder).is_final:
        (folder / runs.CANCEL).touch()
