"""From the files of a project to its lineage: notebooks, datasets, runs, pipelines, and what they say of each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from mlnb.errors import MlnbError, NotFound
from mlnb.lineage import reading
from mlnb.lineage.datasets import Datasets, Version, changed
from mlnb.lineage.graph import Edge, Lineage, Node, Relation, graph
from mlnb.lineage.reading import Parameters, Statements
from mlnb.notebook.names import SUFFIX, NameReading
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.pipeline import PipelineManifest, read_manifest
from mlnb.records.run import RunRecord


class Present(Protocol):
    """What a notebook is called now that was written down by an earlier path, at some moment."""

    def __call__(self, path: str, at: str | None = None) -> str: ...


def gather(
    project: Project,
    *,
    versions: Sequence[Version],
    records: Sequence[RunRecord],
    parameters: Parameters,
    present: Present,
    with_runs: bool = False,
    problems: Sequence[str] = (),
) -> Lineage:
    """The lineage of the whole project. `records` are its runs, newest first.

    `present` says what a notebook that a record names is called now. Broken files are told of among the problems,
    after those that are known already.
    """
    found = _Gathering(project, versions, records, parameters, present, with_runs)
    return found.lineage(problems)


class _Gathering:
    """Nodes, edges and problems, as they are found."""

    def __init__(
        self,
        project: Project,
        versions: Sequence[Version],
        records: Sequence[RunRecord],
        parameters: Parameters,
        present: Present,
        with_runs: bool,
    ) -> None:
        self._project = project
        self._parameters = parameters
        self._present = present
        self._with_runs = with_runs
        self._edges: set[Edge] = set()
        self._problems: list[str] = []
        self._runs: defaultdict[str, list[RunRecord]] = defaultdict(list)
        self._ran_in = {record.id: present(record.notebook, record.created) for record in records}
        for record in records:
            self._runs[self._ran_in[record.id]].append(record)
        self._files = {project.relative(path): path for path in project.notebook_files()}
        self._named: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._files:
            self._named[PurePosixPath(name).name].append(name)
        self._statements = {name: self._read(name, path) for name, path in self._files.items()}
        self._nodes: dict[str, Node] = {}
        self._datasets = Datasets(project, versions)
        self._problems += [version.problem for version in versions if version.problem]

    def lineage(self, problems: Sequence[str]) -> Lineage:
        for name in self._files:
            self._notebook(name)
        for name, said in self._statements.items():
            self._follow(name, said)
        for version in self._datasets.versions:
            self._made(version)
        for name in self._runs:
            self._ran(name)
        self._pipelines()
        root = f"{self._project.root}/"
        told = [problem.replace(root, "") for problem in [*problems, *self._problems]]
        return graph([*self._nodes.values(), *self._datasets.nodes()], self._edges, told)

    def _read(self, name: str, path: Path) -> Statements:
        try:
            return reading.read(self._project.root, path, self._parameters)
        except MlnbError as error:
            self._problems.append(str(error))
        except OSError as error:
            self._problems.append(f"{name} cannot be read: {error.strerror}")
        return Statements()

    def _link(self, source: str, target: str, relation: Relation) -> None:
        self._edges.add(Edge(source, target, relation))

    def _notebook(self, name: str) -> str:
        """The id of a notebook's node, which is made if need be: a missing one where there is no such file."""
        now = name if name in self._files else self._present(name)
        node = f"notebook:{now}"
        if node not in self._nodes:
            path = self._files.get(now)
            read = self._project.names.read(now)
            self._nodes[node] = Node(
                id=node,
                type="notebook",
                label=_title(now, read),
                kind=read.kind,
                path=now if path else None,
                when=changed(path) if path else None,
                state=self._runs[now][0].state if self._runs.get(now) else None,
                missing=path is None,
                detail=_told(self._runs.get(now, [])) if path else f"{now} is gone",
                also=(now, PurePosixPath(now).name, PurePosixPath(now).stem),
            )
        return node

    def _follow(self, name: str, said: Statements) -> None:
        """What a notebook says; the data that its code names count only where no run says more."""
        here = self._notebook(name)
        for other in said.came_from:
            self._link(self._notebook(other), here, "next")
        for other in said.led_to:
            self._link(here, self._notebook(other), "next")
        folder = self._files[name].parent
        for text in said.files_read:
            self._link(self._datasets.file(text, folder), here, "reads")
        for text in said.files_written:
            self._link(here, self._datasets.file(text, folder), "writes")
        if any(record.datasets or record.state == "succeeded" for record in self._runs.get(name, ())):
            return
        loaded = [node for text in said.loads if (node := self._datasets.named(text, folder))]
        for node in loaded:
            self._link(node, here, "reads")
        for saved in said.saves:
            if written := self._datasets.saved(saved, loaded):
                self._link(here, written, "writes")

    def _made(self, version: Version) -> None:
        """Who made a version, of what, by its own record."""
        record = version.record
        if record is None:
            return
        made = self._datasets.of(version)
        inputs = [node for file in record.inputs if (node := self._datasets.named(file))]
        maker = self._maker(record.made_by, record.run)
        for node in inputs:
            self._link(node, maker or made, "reads" if maker else "next")
        if maker and not (self._with_runs and record.run in self._ran_in):
            self._link(maker, made, "writes")

    def _maker(self, file_name: str | None, run_id: str | None) -> str | None:
        """The notebook that a dataset's record names by file name only; its run tells which of several it was."""
        if run_id in self._ran_in:
            return self._notebook(self._ran_in[run_id])
        if file_name is None:
            return None
        found = self._named.get(file_name, [])
        if len(found) > 1:
            places = ", ".join(found)
            self._problems.append(f"a dataset was made by {file_name}, and it cannot be told by which: {places}")
            return None
        return self._notebook(found[0] if found else f"{self._project.settings.paths.notebooks}/{file_name}")

    def _ran(self, name: str) -> None:
        here = self._notebook(name)
        by_name = {PurePosixPath(text).name: text for text in self._statements.get(name, Statements()).loads}
        folder = self._files[name].parent if name in self._files else None
        for record in self._runs[name]:
            run = self._run(record, here) if self._with_runs else None
            for use in record.datasets:
                # A file that was read by its path is recorded by its name; the notebook's code knows the path.
                node = self._datasets.named(by_name.get(use.file, use.file), folder)
                if node is None:
                    node = self._datasets.unknown(use.file)
                if use.role == "input":
                    self._link(node, here, "reads")
                if run and use.role == "input":
                    self._link(node, run, "reads")
                if use.role == "output":
                    self._link(run or here, node, "writes")

    def _run(self, record: RunRecord, notebook: str) -> str:
        output = runs.folder_for(self._project, record.notebook, record.id) / runs.NOTEBOOK
        node = f"run:{record.id}"
        metrics = "  ".join(f"{name} {value:.4g}" for name, value in list(record.metrics.items())[:5])
        self._nodes[node] = Node(
            id=node,
            type="run",
            label=record.id,
            kind=record.kind,
            path=self._project.relative(output) if output.is_file() else None,
            when=record.created,
            state=record.state,
            detail=" · ".join(part for part in (record.state, metrics, record.decision or "") if part),
        )
        self._link(notebook, node, "ran")
        return node

    def _pipelines(self) -> None:
        folders = sorted(self._project.pipelines.iterdir()) if self._project.pipelines.is_dir() else []
        for folder in folders:
            try:
                manifest = read_manifest(folder) if folder.is_dir() else None
            except (MlnbError, OSError) as error:
                self._problems.append(str(error))
                continue
            if manifest:
                self._pipeline(folder, manifest)

    def _pipeline(self, folder: Path, manifest: PipelineManifest) -> None:
        node = f"pipeline:{self._project.relative(folder)}"
        self._nodes[node] = Node(
            id=node,
            type="pipeline",
            label=f"{manifest.name} {manifest.version}",
            path=self._project.relative(folder),
            when=manifest.promoted,
            state=manifest.verdict,
            detail=f"version {manifest.version}, {manifest.verdict}",
            also=(manifest.name, folder.name),
        )
        self._link(self._notebook(manifest.notebook), node, "promoted")


def _title(path: str, read: NameReading) -> str:
    """What a notebook is called in a list: number and description, else its file name."""
    if not read.canonical:
        return PurePosixPath(path).name.removesuffix(SUFFIX)
    words = read.slug.replace("-", " ")
    number = f"{read.number:03} " if read.number is not None else ""
    return f"{number}{words[:1].upper()}{words[1:]}"


def _told(records: Sequence[RunRecord]) -> str:
    """The runs of a notebook in a few words."""
    if not records:
        return "not run yet"
    count = Counter(record.state for record in records)
    parts = [f"{len(records)} run{'' if len(records) == 1 else 's'}, the last {records[0].state}"]
    if count["failed"] and records[0].state != "failed":
        parts.append(f"{count['failed']} failed")
    decision = next((record.decision for record in records if record.decision), None)
    return " · ".join([*parts, *([decision] if decision else [])])


def focus_of(whole: Lineage, project: Project, path: Path) -> str:
    """The id of the node that a file is; of the executed notebook of a run, its run or else its notebook.

    Raises `NotFound` for a file that nothing in the lineage is.
    """
    name = project.relative(path)
    if found := next((node.id for node in whole.nodes if node.path == name), None):
        return found
    if project.is_record(path):
        record = runs.read(path.parent)
        nodes = whole.by_id
        for node in (f"run:{record.id}", f"notebook:{record.notebook}"):
            if node in nodes:
                return node
    raise NotFound(f"{name} has no lineage: it is neither a notebook nor a dataset of the project")
