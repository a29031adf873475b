"""`python -m mlnb.server.promote_process NOTEBOOK`: promote and report as lines of JSON."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from mlnb import api, project
from mlnb.errors import MlnbError
from mlnb.quick import without_iri_checks


def tell(**message: object) -> None:
    sys.stdout.write(json.dumps(message, default=str) + "\n")
    sys.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)  # unwinds, so that kernels and scratch folders are cleared away


def main(path: Path) -> None:
    without_iri_checks()
    signal.signal(signal.SIGTERM, _stop)
    try:
        made = api.promote(project.find(path), path, lambda stage: tell(stage=stage))
    except MlnbError as error:
        tell(problem=str(error))
    else:
        tell(result=made.as_json())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
