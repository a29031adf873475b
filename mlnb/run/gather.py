"""What the kernel said of itself during a run, gathered from its events."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlnb.records import runs
from mlnb.records.run import DatasetUse


@dataclass
class _Gathered:
    """Fills as the events are read; the last word on a name counts."""

    datasets: dict[tuple[str, str], DatasetUse] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    artifacts: dict[str, None] = field(default_factory=dict)
    decision: dict[str, str] = field(default_factory=dict)

    def take(self, event: dict[str, Any]) -> None:
        """Take what one event says. Raises ValueError or TypeError when it says it oddly."""
        match event:
            case {"event": "dataset", "file": str(file), "role": str(role), "reference": ref, "sha256": digest}:
                use = {"reference": ref, "file": file, "sha256": digest, "role": role}
                self.datasets[file, role] = DatasetUse.model_validate(use)
            case {"event": "metric", "name": str(name), "value": value}:
                self.metrics[name] = float(value)
            case {"event": "artifact", "path": str(path)}:
                self.artifacts[path] = None
            case {"event": "decision", "outcome": str(outcome), "why": str(why)}:
                self.decision = {"decision": outcome, "decision_why": why}


def from_events(folder: Path) -> dict[str, Any]:
    """The fields of a run record that the notebook's own calls fill: datasets, metrics, artifacts, decision."""
    found = _Gathered()
    for event in runs.events(folder):
        # The lines come from the notebook's own process: an odd one must not cost the run its verdict.
        with suppress(ValueError, TypeError, OverflowError):
            found.take(event)
    lists = {"datasets": tuple(found.datasets.values()), "artifacts": tuple(found.artifacts)}
    return {**lists, "metrics": found.metrics, **found.decision}
