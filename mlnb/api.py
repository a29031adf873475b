"""What mlnb does, one function per step of a journey: start reading here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlnb import project as projects
from mlnb.check.engine import Report
from mlnb.check.engine import check as check_notebook
from mlnb.create.naming import new_path
from mlnb.create.new import NewNotebook
from mlnb.create.new import create as create_notebook
from mlnb.create.start import start
from mlnb.data.register import name_of_file, register_file
from mlnb.data.resolve import DatasetVersion, newest_like, resolve, versions
from mlnb.errors import BadArgument, NoProject, NotPromotable
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import NameReading, read_name
from mlnb.notebook.parameters import Parameter
from mlnb.project import Project
from mlnb.records import runs as run_store
from mlnb.records.run import RunRecord
from mlnb.run import detach
from mlnb.run.arguments import checked, newest, run_parameters, typed
from mlnb.search.find import Answer, find

if TYPE_CHECKING:
    from mlnb.promote.promote import PromotedPipeline


@dataclass(frozen=True)
class NotebookEntry:
    """A notebook of the project, by what its name says."""

    path: Path
    reading: NameReading


@dataclass(frozen=True)
class RunListing:
    """Runs, newest first, and what is wrong with records that cannot be read."""

    records: list[RunRecord]
    problems: list[str]


def init(folder: Path) -> Project:
    """Make `folder` an mlnb project."""
    return start(folder)


def notebooks(project: Project) -> list[NotebookEntry]:
    """Every notebook of the project, in order of path."""
    return [NotebookEntry(path, read_name(path)) for path in project.notebook_files()]


def create(
    project: Project,
    kind: Kind,
    title: str,
    *,
    parent: Path | None = None,
    dataset: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Create a notebook of a kind from its template and return its path.

    `dataset` is any reference to a version; the newest of all datasets where it is not given.
    """
    full_name: str | None
    if dataset:
        full_name = resolve(project, dataset).name.stem
    else:
        known = versions(project)
        full_name = max(known, key=lambda version: version.name.order).name.stem if known else None
    return create_notebook(project, NewNotebook(kind, title, parent, full_name, folder))


def preview(project: Project, kind: Kind, title: str, folder: Path | None = None) -> Path:
    """The path `create` would write. Raises as `create` does."""
    return new_path(project, kind, title, folder)


def check(paths: Sequence[Path]) -> list[Report]:
    """Check notebooks, each under the settings of the project it lies in, or the defaults where there is none."""
    reports: list[Report] = []
    for path in paths:
        try:
            project = projects.find(path)
        except NoProject:
            project = projects.bare(path if path.is_dir() else path.parent)
        files = [file for file in project.notebook_files() if file.is_relative_to(path)] if path.is_dir() else [path]
        reports += [check_notebook(project, file) for file in files]
    return reports


def add_data(
    project: Project, file: Path, *, name: str | None = None, date: str | None = None, features: str | None = None
) -> DatasetVersion:
    """Register a file as an immutable, dated version; what is not given is read from the file's name."""
    return register_file(project, file, name_of_file(file, name, date, features))


def data(project: Project, name: str | None = None) -> list[DatasetVersion]:
    """All dataset versions, or those of one dataset, oldest first."""
    return versions(project, name)


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
    """The runs of a notebook or of the project, newest first.

    Two notebooks of one name in different folders share a folder of runs; a run whose notebook was moved belongs to
    the one that has its name now.
    """
    if notebook is None:
        return RunListing(*run_store.readable(project))
    own = project.relative(notebook)
    records, problems = run_store.readable(project, notebook.stem)
    mine = [r for r in records if r.notebook == own or not project.inside(r.notebook).exists()]
    return RunListing(mine, problems)


def find_run(project: Project, run_id: str) -> tuple[RunRecord, Path]:
    """A run by any unambiguous part of its id, and its folder."""
    folder = run_store.find(project, run_id)
    return run_store.read(folder), folder


def export_run(project: Project, run_id: str, target: Path) -> None:
    """Write the executed notebook of a run as an HTML page."""
    from mlnb.run.export import to_html  # late, as nbconvert is slow to import

    to_html(run_store.find(project, run_id), target)


def search(project: Project, query: str, limit: int = 20) -> Answer:
    """Find notebooks and runs by anything one remembers of them."""
    return find(project, query, limit)


def promote(project: Project, notebook: Path, progress: Callable[[str], None] = lambda stage: None) -> PromotedPipeline:
    """Make a versioned pipeline of a deployment notebook and prove that it computes the same."""
    kind = read_name(notebook).kind
    if kind is not Kind.DEPLOYMENT:
        what = f"its name says {kind}" if kind else "its name says no kind"
        raise NotPromotable(f"{notebook.name} cannot be promoted: {what}, and only deployment notebooks are")
    from mlnb.promote.promote import promote as promote_notebook  # late, as libcst is slow to import
    from mlnb.run.execute import execute_node  # late, as papermill is

    return promote_notebook(project, document.read(notebook), execute=execute_node, progress=progress)
