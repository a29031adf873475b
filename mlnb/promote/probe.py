"""Watches values while the notebook runs in its kernel, and while the pipeline runs in a process of its own.

This file runs by itself, beside `digest.py`; it is loaded by its path, so that neither side needs mlnb for it.
Both sides start with the same global random state, and write the same report:

    steps: {step: {values: {name: fingerprint}, random: fingerprint}} · metrics · saved · executable · error
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import os
import random
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NamedTuple


def _sibling(name: str) -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_mlnb_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Probe:
    """Collects fingerprints and writes them after each step, so that a crash leaves what was there.

    `third_party`: whether the notebook imports more than the standard library, and so may use numpy.
    """

    def __init__(self, report: Path, *, third_party: bool) -> None:
        self._path = report
        self._third_party = third_party
        self._digest = _sibling("digest")
        self._steps: dict[str, Any] = {}
        self._metrics: list[list[Any]] = []
        self._saved: list[dict[str, Any]] = []
        random.seed(0)
        if third_party and importlib.util.find_spec("numpy"):
            importlib.import_module("numpy").random.seed(0)

    def own(self, module: str, bound: Mapping[str, Iterable[str]]) -> None:
        """Name what comes from `module` as what comes from the notebook itself.

        `bound` are its functions that get arguments of the notebook when they are passed on as values.
        """
        self._digest.OWN_MODULES.add(module)
        self._digest.BOUND_ARGUMENTS.update({name: set(names) for name, names in bound.items()})

    def record(self, step: str, namespace: Mapping[str, Any], names: Iterable[str]) -> None:
        """Take the fingerprints of the names that are bound."""
        values = self.fingerprints(namespace, names)
        self._steps[step] = {"values": values, "random": self._digest.random_state(numpy=self._third_party)}
        self.write()

    def fingerprints(self, namespace: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
        return {name: self._digest.digest(namespace[name]) for name in names if name in namespace}

    def watch(self, owner: Any, name: str, seen: Callable[..., None]) -> None:
        """Let `seen` look at the arguments of every call of `owner.name`."""
        original = getattr(owner, name)

        def watched(*arguments: Any, **keywords: Any) -> Any:
            seen(*arguments, **keywords)
            result = original(*arguments, **keywords)
            if isinstance(result, Path):  # the notebook and the pipeline write to different folders
                self._digest.MADE_PATHS[str(result)] = result.name
            return result

        setattr(owner, name, watched)

    def watch_results(self, owner: Any) -> None:
        """Watch what the notebook gives to mlnb, or the pipeline to its store."""
        self.watch(owner, "log_metric", self._metric)
        self.watch(owner, "save", self._dataset)
        self.watch(owner, "save_model", self._model)

    def _metric(self, name: str, value: Any) -> None:
        self._metrics.append([name, self._digest.digest(float(value))])

    def _dataset(self, frame: Any, name: str, *, features: str, as_of: str | None = None) -> None:
        print_of = self._digest.digest([frame, features, as_of])
        self._saved.append({"what": f"dataset {name}", **print_of, "summary": self._digest.summary(frame)})

    def _model(self, model: Any, name: str, *, sample: Any = None) -> None:
        print_of = self._digest.digest([model, sample])
        self._saved.append({"what": f"model {name}", **print_of, "summary": self._digest.summary(model)})

    def write(self, **more: Any) -> None:
        report = {
            "steps": self._steps,
            "metrics": self._metrics,
            "saved": self._saved,
            "executable": sys.executable,
            "python": ".".join(map(str, sys.version_info[:3])),
            **more,
        }
        self._path.write_text(json.dumps(report), encoding="utf-8")


def notebook_probe() -> Probe:
    """The probe of a kernel; called from the copy of the notebook that is run."""
    probe = Probe(Path(os.environ["MLNB_PROBE_REPORT"]), third_party="MLNB_PROBE_NUMPY" in os.environ)
    if "MLNB_PROBE_RESULTS" in os.environ:
        probe.watch_results(importlib.import_module("mlnb"))
    probe.write()
    return probe


class Job(NamedTuple):  # a dataclass needs its module in sys.modules, where a file loaded by its path is not
    """A package to run: where it is, what its steps bind, and what of it stands for code of the notebook."""

    source: str
    package: str
    data: str
    out: str
    report: str
    names: dict[str, list[str]]
    bound: dict[str, list[str]]
    constants: list[str]
    third_party: bool


def run_pipeline(job: Job) -> None:
    """Run the generated package with its default parameters and watch each step."""
    before = set(sys.modules)
    sys.modules["mlnb"] = None  # type: ignore[assignment]  # importing it fails: the package must do without
    sys.path[0] = job.source
    probe = Probe(Path(job.report), third_party=job.third_party)
    probe.own(job.package, job.bound)
    try:
        pipeline = importlib.import_module(f"{job.package}.pipeline")
        steps = importlib.import_module(f"{job.package}.steps")
        store = importlib.import_module(f"{job.package}.io").Store(data=Path(job.data), out=Path(job.out))
        constants = probe.fingerprints(vars(steps), job.constants)
        probe.watch_results(store)
        for step, names in job.names.items():
            setattr(steps, step, _watched(probe, step, getattr(steps, step), names))
        pipeline.run(importlib.import_module(f"{job.package}.params").Params(), store)
    except BaseException as error:  # noqa: BLE001  # whatever stops the pipeline belongs in the report
        lines = traceback.format_exception_only(error)
        probe.write(error=lines[-1].strip() if lines else repr(error), traceback=traceback.format_exc())
    else:
        after = probe.fingerprints(vars(steps), job.constants)
        probe.write(packages=_packages(before), changed=[name for name in constants if constants[name] != after[name]])


def _watched(probe: Probe, step: str, function: Callable[..., Any], names: list[str]) -> Callable[..., Any]:
    """The step, with its local variables recorded at the moment it returns."""
    code = function.__code__

    def watched(*arguments: Any, **keywords: Any) -> Any:
        found: dict[str, Any] = {}

        def on_return(frame: FrameType, event: str, _value: object) -> Any:
            if event == "return":
                found.update(frame.f_locals)
            return on_return

        def on_call(frame: FrameType, _event: str, _value: object) -> Any:
            if frame.f_code is not code:
                return None
            frame.f_trace_lines = False
            return on_return

        before = sys.gettrace()
        sys.settrace(on_call)
        try:
            result = function(*arguments, **keywords)
        finally:
            sys.settrace(before)
        probe.record(step, found, names)
        return result

    return watched


def _packages(before: set[str]) -> dict[str, dict[str, str]]:
    """For each top-level module imported since `before`, the distributions it comes from, with their versions."""
    imported = sorted({name.split(".")[0] for name in sys.modules.keys() - before} - sys.stdlib_module_names)
    known = importlib.metadata.packages_distributions()
    return {top: {one: importlib.metadata.version(one) for one in known[top]} for top in imported if top in known}


if __name__ == "__main__":
    run_pipeline(Job(**json.loads(sys.stdin.read())))
