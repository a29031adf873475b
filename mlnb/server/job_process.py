"""`python -m mlnb.server.job_process WHAT REQUEST`: do one long piece of work and report as lines of JSON."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from mlnb import api, project
from mlnb.errors import MlnbError
from mlnb.notebook.kinds import Kind
from mlnb.quick import without_iri_checks

Tell = Callable[[str], None]


def promote(request: dict[str, Any], stage: Tell) -> dict[str, Any]:
    path = Path(request["notebook"])
    return api.promote(project.find(path), path, stage).as_json()


def split(request: dict[str, Any], stage: Tell) -> dict[str, Any]:
    path = Path(request["notebook"])
    wish = api.Wish(request["cell"], Kind(request["kind"]), request["title"], request["sha256"])
    made = api.split(project.find(path), path, wish, stage)
    return {"change": asdict(made.change), "path": str(made.path), "notes": list(made.notes)}


WORK: dict[str, Callable[[dict[str, Any], Tell], dict[str, Any]]] = {"promote": promote, "split": split}


def tell(**message: object) -> None:
    sys.stdout.write(json.dumps(message, default=str) + "\n")
    sys.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)  # unwinds, so that kernels and scratch folders are cleared away


def main(what: str, request: dict[str, Any]) -> None:
    without_iri_checks()
    signal.signal(signal.SIGTERM, _stop)
    try:
        result = WORK[what](request, lambda stage: tell(stage=stage))
    except MlnbError as error:
        tell(problem=str(error))
    else:
        tell(result=result)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
