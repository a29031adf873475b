"""Steps of run: parameters, runs, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlnb.data.resolve import newest_like, resolve
from mlnb.errors import BadArgument
from mlnb.notebook import document
from mlnb.notebook.parameters import Parameter
from mlnb.project import Project
from mlnb.records import moves
from mlnb.records import runs as run_store
from mlnb.records.run import RunRecord
from mlnb.run import detach
from mlnb.run.arguments import checked, newest, run_parameters, typed


@dataclass(frozen=True)
class RunListing:
    """Runs, newest first, and what is wrong with records that cannot be read."""

    records: list[RunRecord]
    problems: list[str]
    notebooks: Mapping[str, str] = field(default_factory=dict)  # by the id of the run: what its notebook is called now


def parameters(notebook: Path) -> tuple[Parameter, ...]:
    """The parameters a notebook declares."""
    return run_parameters(document.read(notebook))


def read_arguments(notebook: Path, texts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Arguments as typed on a command line, by the types the notebook declares."""
    return typed(parameters(notebook), texts, notebook.name)


def newest_data(project: Project, notebook: Path) -> dict[str, Any]:
    """Arguments that set every dataset parameter to the newest version of the dataset it names."""
    return newest(parameters(notebook), lambda text: newest_like(project, text).name.stem, notebook.name)


def queue_run(project: Project, notebook: Path, arguments: Mapping[str, Any]) -> Path:
    """Check the arguments and write the run that is to be; nothing is written when they will not do."""
    if project.is_record(notebook):
        raise BadArgument(f"{project.relative(notebook)} is the record of a run: run the notebook it was made from")
    declared = parameters(notebook)
    values = checked(declared, arguments, notebook.name)
    for parameter in declared:
        if parameter.type == "dataset" and values.get(parameter.name):
            resolve(project, values[parameter.name])
    from mlnb.run.queue import queue  # late, as jupyter_client and gitpython are slow to import

    return queue(project, notebook, values)


def run(
    project: Project,
    notebook: Path,
    arguments: Mapping[str, Any],
    progress: Callable[[RunRecord], None] = lambda record: None,
) -> RunRecord:
    """Run a notebook with arguments and return the record, whatever the verdict."""
    from mlnb.run.execute import supervise  # late: papermill takes seconds nobody else must wait for

    return supervise(project, queue_run(project, notebook, arguments), progress)


def start_run(project: Project, notebook: Path, arguments: Mapping[str, Any]) -> RunRecord:
    """Run a notebook in a process of its own and return the record as it stands now."""
    folder = queue_run(project, notebook, arguments)
    detach.detach(folder)
    return run_store.read(folder)


def cancel_run(project: Project, run_id: str) -> RunRecord:
    """Ask a run to stop; its record tells when it has."""
    folder = run_store.find(project, run_id)
    detach.cancel(folder)
    return run_store.read(folder)


def runs(project: Project, notebook: Path | None = None) -> RunListing:
    """The runs of a notebook or of the project, newest first; they follow a notebook that was moved.

    Two notebooks of one name in different folders share a folder of runs; a run whose notebook is nowhere belongs to
    the one that has its name now.
    """
    where = moves.followed(project)
    own = project.relative(notebook) if notebook else None
    stems = {Path(name).stem for name in where.earlier(own)} if own else {None}
    found = [run_store.readable(project, stem) for stem in sorted(stems, key=str)]
    records = sorted((record for some, _ in found for record in some), key=lambda record: record.id, reverse=True)
    now = {record.id: where(record.notebook, record.created) for record in records}
    if notebook is not None:
        records = [r for r in records if now[r.id] == own or _is_namesake(project, now[r.id], notebook)]
    return RunListing(records, [problem for _, some in found for problem in some], now)


def _is_namesake(project: Project, lost: str, notebook: Path) -> bool:
    return Path(lost).stem == notebook.stem and not project.inside(lost).exists()


def notebook_of(project: Project, record: RunRecord) -> str:
    """What the notebook of a run is called now, from the root."""
    return moves.present(project)(record.notebook, record.created)


def find_run(project: Project, run_id: str) -> tuple[RunRecord, Path]:
    """A run by any unambiguous part of its id, and its folder."""
    folder = run_store.find(project, run_id)
    return run_store.read(folder), folder


def export_run(project: Project, run_id: str, target: Path) -> None:
    """Write the executed notebook of a run as an HTML page."""
    from mlnb.run.export import to_html  # late, as nbconvert is slow to import

    to_html(run_store.find(project, run_id), target)
