"""The step of lineage."""

from __future__ import annotations

from pathlib import Path

from mlnb.data.resolve import versions
from mlnb.lineage.gather import focus_of, gather
from mlnb.lineage.graph import Lineage, around, named
from mlnb.project import Project
from mlnb.records import moves
from mlnb.records import runs as run_store
from mlnb.run.arguments import run_parameters


def lineage(project: Project, focus: Path | str | None = None, *, runs: bool = False) -> Lineage:
    """What led to what in the project; with a focus, a file or a name, only what led to that and what it led to."""
    records, problems = run_store.readable(project)
    whole = gather(
        project,
        versions=versions(project),
        records=records,
        problems=problems,
        parameters=run_parameters,
        present=moves.followed(project),
        with_runs=runs,
    )
    if focus is None:
        return whole
    return around(whole, focus_of(whole, project, focus) if isinstance(focus, Path) else named(whole, focus).id)
