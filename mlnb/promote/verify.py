"""Run the notebook and the generated package once each, with the same data and seeds, and compare what they compute.

Both run in scratch copies of the project's folders. The data folder is linked, not copied;
what the notebook saves lands in its own scratch copy, so neither run touches the project.
"""

from __future__ import annotations

import copy
import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mlnb.errors import NotEquivalent, NotPromotable
from mlnb.project import Project
from mlnb.promote import probe
from mlnb.promote.compare import compare
from mlnb.promote.lift import STORE
from mlnb.promote.plan import PipelinePlan
from mlnb.promote.roles import imported
from mlnb.promote.steps import Step
from mlnb.records.pipeline import ComparisonRecord

if TYPE_CHECKING:
    from mlnb.notebook.document import NotebookNode

_SETUP = (
    "__mlnb_probe__ = (lambda util, os: (lambda spec: (lambda module: (spec.loader.exec_module(module), "
    "module.notebook_probe())[1])(util.module_from_spec(spec)))(util.spec_from_file_location('_mlnb_probe', "
    "os.environ['MLNB_PROBE'])))(__import__('importlib.util').util, __import__('os'))"
)


class Execute(Protocol):
    """Run a notebook in a fresh kernel and return it executed; raises when a cell fails."""

    def __call__(self, node: NotebookNode, cwd: Path, environment: Mapping[str, str]) -> NotebookNode: ...


@dataclass(frozen=True)
class Verification:
    """The comparisons, and what the pipeline's process reported of its surroundings."""

    comparisons: tuple[ComparisonRecord, ...]
    notes: tuple[str, ...]
    metrics: dict[str, float | str]
    python: str
    packages: dict[str, dict[str, str]]


@dataclass(frozen=True)
class _Scratch:
    """A copy of a project's folders to run one side in."""

    root: Path
    cwd: Path
    report: Path

    def files(self) -> dict[str, str]:
        """What was written beside data, runs and results, with its hash."""
        found: dict[str, str] = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and not path.is_symlink() and not name.startswith(_OWN):
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found


_OWN = ("mlnb.toml", "data/", "runs/", "out/", ".mlnb/", "pyproject.toml")


def run_notebook(
    project: Project, plan: PipelinePlan, node: NotebookNode, *, folder: Path, execute: Execute
) -> dict[str, Any]:
    """Run a copy of the notebook with its default parameters and return what the probe saw."""
    scratch = _scratch(project, plan, folder / "notebook")
    environment = {
        "MLNB_PROBE": str(Path(probe.__file__)),
        "MLNB_PROBE_REPORT": str(scratch.report),
        "MLNB_NOTEBOOK": plan.notebook.path.name,
        "PYTHONHASHSEED": "0",
        **({"MLNB_PROBE_RESULTS": "1"} if plan.roles.mlnb else {}),
        **({"MLNB_PROBE_NUMPY": "1"} if _third_party(plan) else {}),
    }
    execute(watched(node, plan.steps), scratch.cwd, environment)
    report = _report(scratch.report)
    if report is None:
        raise NotPromotable(f"{plan.notebook.path.name} ran without reporting anything: is its kernel a Python kernel?")
    return {**report, "files": scratch.files()}


def run_package(project: Project, plan: PipelinePlan, source: Path, *, python: str, folder: Path) -> dict[str, Any]:
    """Run the generated package in a process of its own, without mlnb, and return what the probe saw."""
    scratch = _scratch(project, plan, folder / "pipeline")
    job = {
        "source": str(source),
        "package": plan.package,
        "data": str(project.data),
        "out": str(scratch.root / "out"),
        "report": str(scratch.report),
        "names": {step.name: step.names for step in plan.steps},
        "bound": {
            name: [plan.store if need == STORE else need for need in needs] for name, needs in plan.roles.needs.items()
        },
        "constants": [name for unit in plan.definitions for name in unit.flow.defs],
        "third_party": _third_party(plan),
    }
    environment = {**os.environ, "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [python, str(Path(probe.__file__))],
        input=json.dumps(job),
        cwd=scratch.cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    (folder / "pipeline.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    report = _report(scratch.report)
    if report is None:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise NotEquivalent(f"the pipeline did not run: {last}; see {folder / 'pipeline.log'}")
    if error := report.get("error"):
        reached = list(report["steps"])
        after = f" after `{reached[-1]}`" if reached else ""
        (folder / "pipeline.log").write_text(f"{done.stdout}{done.stderr}{report['traceback']}", encoding="utf-8")
        raise NotEquivalent(f"the notebook runs but the pipeline fails{after}: {error}; see {folder / 'pipeline.log'}")
    return {**report, "files": scratch.files()}


def verification(plan: PipelinePlan, notebook: Mapping[str, Any], pipeline: Mapping[str, Any]) -> Verification:
    """Put the two reports side by side."""
    metrics = {name: _number(value) for name, value in pipeline["metrics"]}
    comparisons = compare(plan.steps, notebook, pipeline)
    notes = tuple(
        f"`{name}` of the module changes during a run; start a process of its own for each run"
        for name in pipeline["changed"]
    )
    return Verification(comparisons, notes, metrics, pipeline["python"], pipeline["packages"])


def watched(node: NotebookNode, steps: Sequence[Step]) -> NotebookNode:
    """A copy of the notebook that reports the values of each step after the last cell of the step.

    No cell is added or moved where that can be avoided, so that an error names the right cell.
    """
    changed = copy.deepcopy(node)
    cells = changed["cells"]
    for step in steps:
        last = cells[step.units[-1].cell.index]
        last["source"] += f"\n__mlnb_probe__.record({step.name!r}, globals(), {list(step.names)!r})"
    first_code = next(number for number, cell in enumerate(cells) if cell["cell_type"] == "code")
    before = cells[:first_code]
    if before:
        place = before[-1]
        place.update({"cell_type": "code", "source": _SETUP, "outputs": [], "execution_count": None})
        place.pop("attachments", None)
    elif not cells[0]["source"].lstrip().startswith("%%"):
        cells[0]["source"] = f"{_SETUP}\n{cells[0]['source']}"
    else:
        setup = copy.deepcopy(cells[0])
        setup.update({"source": _SETUP, "outputs": [], "execution_count": None, "metadata": {}, "id": "mlnb-probe"})
        cells.insert(0, setup)
    return changed


def _third_party(plan: PipelinePlan) -> bool:
    modules = {module.split(".")[0] for module in imported(plan.reading.units).values()}
    return bool(modules - sys.stdlib_module_names)


def _scratch(project: Project, plan: PipelinePlan, root: Path) -> _Scratch:
    cwd = root / Path(project.relative(plan.notebook.path)).parent
    cwd.mkdir(parents=True)
    settings = project.config.name if project.config is not None else "mlnb.toml"
    text = project.config.read_text(encoding="utf-8") if project.config is not None else ""
    (root / settings).write_text(text, encoding="utf-8")
    data = root / project.data.relative_to(project.root)
    data.mkdir(parents=True, exist_ok=True)
    for path in project.data.rglob("*") if project.data.is_dir() else ():
        target = data / path.relative_to(project.data)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            _link(path, target)
    return _Scratch(root, cwd, root.parent / f"{root.name}.json")


def _link(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(path.resolve())
    except OSError:  # Windows asks for a privilege
        target.write_bytes(path.read_bytes())


def _report(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def _number(value: Mapping[str, Any]) -> float | str:
    """A metric from its fingerprint; JSON knows no NaN."""
    floats = value.get("floats") or [float("nan")]
    number = float(floats[0])
    return number if math.isfinite(number) else str(number)
