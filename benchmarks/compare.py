"""`python benchmarks/compare.py`: mlnb beside its peers in one run, as ratios, printed as a Markdown table.

Rounds are interleaved, so that a busy machine slows both sides alike; a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mlnb import api
from mlnb.project import find

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "seattle-weather"
NOTEBOOKS = 500

Work = Callable[[], object]


@dataclass(frozen=True)
class Comparison:
    """Two ways to the same end. `peer` is named with what it does."""

    what: str
    peer_name: str
    mlnb: Work
    peer: Work


def mlnb(folder: Path, *words: str) -> Work:
    return lambda: run([sys.executable, "-m", "mlnb", *words], folder)


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):  # 1 is findings, or nothing found
        raise RuntimeError(f"{command} failed: {done.stderr}")


def comparisons(project: Path, shelf: Path, out: Path) -> list[Comparison]:
    experiment = next((project / "notebooks").glob("030_*.ipynb"))
    empty = project / "notebooks" / "012_exploration_empty.ipynb"
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar"]
    found = [
        Comparison(
            "run an empty notebook",
            "papermill",
            mlnb(project, "run", "012"),
            lambda: run([*papermill, str(empty), str(out / "a.ipynb")], empty.parent),
        ),
        Comparison(
            "run the example experiment",
            "papermill",
            mlnb(project, "run", "030", "-p", "C", "0.1"),
            lambda: run([*papermill, str(experiment), str(out / "b.ipynb"), "-p", "C", "0.1"], experiment.parent),
        ),
        Comparison(
            f"check {NOTEBOOKS} notebooks",
            "ruff check",
            mlnb(shelf, "check", "notebooks"),
            lambda: run([sys.executable, "-m", "ruff", "check", "--no-cache", "notebooks"], shelf),
        ),
    ]
    if shutil.which("grep"):
        in_shelf = find(shelf)
        for how, ours in (
            ("from the command line", mlnb(shelf, "search", "umbrella")),
            ("in JupyterLab's server", lambda: api.search(in_shelf, "umbrella")),
        ):
            what = f"find a word in {NOTEBOOKS} notebooks {how}, index warm"
            found.append(
                Comparison(what, "grep -ril", ours, lambda: run(["grep", "-ril", "umbrella", "notebooks"], shelf))
            )
    return found


def prepare(folder: Path) -> tuple[Path, Path]:
    """A copy of the example, and a project of many notebooks made of its cells."""
    project, shelf = folder / "project", folder / "shelf"
    shutil.copytree(EXAMPLE, project)
    templates = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((project / "notebooks").glob("*.ipynb"))
    ]
    empty = {**templates[0], "cells": []}
    (project / "notebooks" / "012_exploration_empty.ipynb").write_text(json.dumps(empty))
    (shelf / "notebooks").mkdir(parents=True)
    (shelf / "mlnb.toml").touch()
    for number in range(NOTEBOOKS):
        tree = templates[number % len(templates)]
        extra = {"cell_type": "markdown", "id": f"c{number}", "metadata": {}, "source": f"number {number}"}
        if number == NOTEBOOKS // 2:
            extra["source"] = "the umbrella"
        path = shelf / "notebooks" / f"{100 + number}_experiment_idea-{number}.ipynb"
        path.write_text(json.dumps({**tree, "cells": [*tree["cells"], extra]}))
    return project, shelf


def seconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("| | peer | mlnb, median s | peer, median s | mlnb / peer |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="mlnb-benchmark-") as temporary:
        folder = Path(temporary)
        project, shelf = prepare(folder)
        for comparison in comparisons(project, shelf, folder):
            comparison.mlnb(), comparison.peer()  # one round to warm file caches, and to build the index
            ours, theirs = zip(
                *[(seconds(comparison.mlnb), seconds(comparison.peer)) for _ in range(rounds)], strict=True
            )
            ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
            cells = [
                comparison.what,
                comparison.peer_name,
                f"{statistics.median(ours):.3f}",
                f"{statistics.median(theirs):.3f}",
                f"{ratio:.2f}",
            ]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
