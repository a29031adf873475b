"""What the kernel said of itself during a run, gathered from its events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlnb.records import runs
from mlnb.records.run import DatasetUse


def from_events(folder: Path) -> dict[str, Any]:
    """The fields of a run record that the notebook's own calls fill: datasets, metrics, artifacts, decision."""
    datasets: dict[tuple[str, str], DatasetUse] = {}
    metrics: dict[str, float] = {}
    artifacts: dict[str, None] = {}
    decision: dict[str, Any] = {}
    for event in runs.events(folder):
        match event:
            case {
                "event": "dataset",
                "reference": str(ref),
                "file": str(file),
                "sha256": str(digest),
                "role": str(role),
            }:
                datasets[file, role] = DatasetUse.model_validate(
                    {"reference": ref, "file": file, "sha256": digest, "role": role}
                )
            case {"event": "metric", "name": str(name), "value": value}:
                metrics[name] = float(value)
            case {"event": "artifact", "path": str(path)}:
                artifacts[path] = None
            case {"event": "decision", "outcome": str(outcome), "why": str(why)}:
                decision = {"decision": outcome, "decision_why": why}
    return {"datasets": tuple(datasets.values()), "metrics": metrics, "artifacts": tuple(artifacts), **decision}
