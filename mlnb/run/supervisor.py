"""`python -m mlnb.run.supervisor FOLDER`: see a queued run through, apart from the process that queued it."""

from __future__ import annotations

import sys
from pathlib import Path

from mlnb import project
from mlnb.run.execute import supervise

if __name__ == "__main__":
    run_folder = Path(sys.argv[1])
    supervise(project.find(run_folder), run_folder)
