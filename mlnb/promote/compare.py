"""Compare what the notebook and the pipeline reported, value by value, and give verdicts.

identical         the same to the last bit
within tolerance  the same but for floating-point numbers, and those within a relative 1e-9
not checked       cannot be looked into; never taken for a pass
different         anything else
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from mlnb.promote.steps import Step
from mlnb.records.pipeline import ComparisonRecord, Verdict

RELATIVE_TOLERANCE = 1e-9

# From best to worst; the verdict on a whole is the worst of its parts.
ORDER: tuple[Verdict, ...] = ("identical", "within tolerance", "not checked", "different")

Report = Mapping[str, Any]


def compare(steps: Iterable[Step], notebook: Report, pipeline: Report) -> tuple[ComparisonRecord, ...]:
    """All comparisons, in the order of the steps; metrics, saved things and other files last."""
    found: list[ComparisonRecord] = []
    for step in steps:
        mine, theirs = notebook["steps"].get(step.name), pipeline["steps"].get(step.name)
        if mine is None or theirs is None:
            side = "notebook" if mine is None else "pipeline"
            detail = f"the {side} did not finish it"
            found.append(ComparisonRecord(what="the step", step=step.name, verdict="different", detail=detail))
            continue
        found += [
            _values(name, step.name, mine["values"].get(name), theirs["values"].get(name))
            for name in step.names
            if name in mine["values"] or name in theirs["values"]
        ]
        found.append(_values("random state", step.name, mine["random"], theirs["random"]))
    found += _lists("metric", _named(notebook["metrics"], "metric "), _named(pipeline["metrics"], "metric "))
    found += _lists("saved", _saved(notebook["saved"]), _saved(pipeline["saved"]))
    found += _files(notebook["files"], pipeline["files"])
    return tuple(found)


def overall(comparisons: Iterable[ComparisonRecord]) -> Verdict:
    """The worst verdict; nothing compared is nothing checked."""
    verdicts = {comparison.verdict for comparison in comparisons}
    return max(verdicts, key=ORDER.index) if verdicts else "not checked"


def _named(pairs: Iterable[Any], prefix: str) -> list[tuple[str, Any]]:
    return [(f"{prefix}{name}", value) for name, value in pairs]


def _saved(entries: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(entry["what"], entry) for entry in entries]


def _lists(what: str, mine: list[tuple[str, Any]], theirs: list[tuple[str, Any]]) -> list[ComparisonRecord]:
    """Things that happened in an order: the order and the number count too."""
    if [name for name, _ in mine] != [name for name, _ in theirs]:
        detail = f"notebook: {_listed(mine)}; pipeline: {_listed(theirs)}"
        return [ComparisonRecord(what=what, step="", verdict="different", detail=detail)]
    return [_values(name, "", one, other) for (name, one), (_, other) in zip(mine, theirs, strict=True)]


def _listed(pairs: list[tuple[str, Any]]) -> str:
    return ", ".join(name for name, _ in pairs) or "nothing"


def _files(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[ComparisonRecord]:
    found: list[ComparisonRecord] = []
    for name in sorted({*mine, *theirs}):
        if mine.get(name) == theirs.get(name):
            verdict, detail = ORDER[0], "the same bytes"
        elif name in mine and name in theirs:
            verdict, detail = ORDER[2], "other bytes; files that code writes itself are compared by bytes only"
        else:
            verdict, detail = ORDER[3], f"written by the {'notebook' if name in mine else 'pipeline'} only"
        found.append(ComparisonRecord(what=f"file {name}", step="", verdict=verdict, detail=detail))
    return found


def _values(what: str, step: str, mine: Any, theirs: Any) -> ComparisonRecord:
    verdict, detail = _verdict(mine, theirs)
    return ComparisonRecord(what=what, step=step, verdict=verdict, detail=detail)


def _verdict(mine: Any, theirs: Any) -> tuple[Verdict, str]:
    if mine is None or theirs is None:
        return "different", f"bound in the {'pipeline' if mine is None else 'notebook'} only"
    for one in (mine, theirs):
        if "unchecked" in one:
            return "not checked", f"{one['summary']}: {one['unchecked']}"
    if mine["exact"] == theirs["exact"]:
        return "identical", str(mine["summary"])
    if mine["shape"] == theirs["shape"] and _close(mine["floats"], theirs["floats"]):
        return "within tolerance", str(mine["summary"])
    if mine["summary"] == theirs["summary"]:
        return "different", f"{mine['summary']} of other content"
    return "different", f"{mine['summary']} in the notebook, {theirs['summary']} in the pipeline"


def _close(mine: list[float] | None, theirs: list[float] | None) -> bool:
    if not mine or not theirs or len(mine) != len(theirs):
        return False
    pairs = zip(mine, theirs, strict=True)
    return all(
        math.isclose(one, other, rel_tol=RELATIVE_TOLERANCE) or (math.isnan(one) and math.isnan(other))
        for one, other in pairs
    )
