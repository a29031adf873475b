"""`python -m mlnb.run.supervisor FOLDER`: see a queued run through, apart from the process that queued it."""

from __future__ import annotations

import sys
from pathlib import Path

from mlnb import project
from mlnb.quick import without_iri_checks


def main(folder: Path) -> None:
    """Supervise the run that is queued in `folder`."""
    without_iri_checks()
    from mlnb.run.execute import supervise  # late: what it imports is what `without_iri_checks` makes quick

    supervise(project.find(folder), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
