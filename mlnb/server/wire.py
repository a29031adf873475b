"""From the values of the core to the messages that cross HTTP."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from mlnb.check.engine import Report
from mlnb.create.templates import Template
from mlnb.data.resolve import DatasetVersion
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.notebook.names import NameReading
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.changes import Change
from mlnb.records.run import RunRecord
from mlnb.search.find import Answer
from mlnb.server import messages as m

Paths = Callable[[Path], str]


def project_info(project: Project | None, folder: Path, paths: Paths, in_git: bool) -> m.ProjectInfo:
    root = project.root if project else folder
    return m.ProjectInfo(
        root=paths(root),
        name=root.name,
        initialised=project is not None,
        git=in_git,
        kinds=[
            m.KindInfo(kind=spec.kind.value, label=spec.label, caption=spec.caption, prompt=spec.prompt)
            for spec in KINDS.values()
        ],
    )


def notebook_info(path: Path, reading: NameReading, paths: Paths) -> m.NotebookInfo:
    title = reading.slug.replace("-", " ") if reading.canonical else path.stem
    return m.NotebookInfo(
        path=paths(path),
        name=path.name,
        kind=kind(reading.kind),
        title=title[:1].upper() + title[1:],
        number=reading.number,
    )


def template(found: Template) -> m.TemplateInfo:
    return m.TemplateInfo(
        name=found.name,
        kind=found.kind.value,
        label=found.label,
        description=found.description,
        source=found.source,
        variables=[
            m.VariableInfo(
                name=variable.name,
                prompt=variable.prompt,
                type=variable.type,
                default=variable.default,
                choices=list(variable.choices),
            )
            for variable in found.variables
        ],
        problem=found.problem,
    )


def no_options(info: m.ProjectInfo, wanted: Kind) -> m.CreateOptions:
    """What the dialog offers where there is no project yet."""
    return m.CreateOptions(
        project=info,
        parents=[],
        datasets=[],
        templates=[],
        folders=[],
        parent=None,
        dataset=None,
        template=wanted.value,
        folder=info.root,
    )


def change(made: Change, paths: Paths, project: Project) -> m.ChangeInfo:
    return m.ChangeInfo(
        id=made.id,
        what=made.what,
        title=made.title,
        when=made.when,
        files=made.files,
        paths=[paths(project.root / path) for path in made.paths],
        undone=made.undone,
    )


def datasets(versions: Sequence[DatasetVersion], paths: Paths) -> list[m.DatasetInfo]:
    """Newest version of each name first, the names in order."""
    newest = {version.name.name: version for version in versions}
    ordered = sorted(versions, key=lambda version: version.name.order, reverse=True)
    ordered.sort(key=lambda version: version.name.name)  # stable: within a name the newest stays first
    return [dataset(version, paths, newest=newest[version.name.name] is version) for version in ordered]


def dataset(version: DatasetVersion, paths: Paths, *, newest: bool) -> m.DatasetInfo:
    record = version.record
    return m.DatasetInfo(
        ref=version.name.stem,
        name=version.name.name,
        date=version.name.iso_date,
        features=version.name.features,
        path=paths(version.path),
        rows=record.rows if record else 0,
        columns=[column.name for column in record.columns] if record else [],
        size=record.size if record else version.path.stat().st_size,
        sha256=record.sha256 if record else "",
        made_by=record.made_by if record else None,
        newest=newest,
    )


def report(found: Report, paths: Paths, *, scratch: bool = False) -> m.CheckReport:
    return m.CheckReport(
        path=paths(found.path),
        kind=found.kind.value if found.kind else None,
        number=found.number,
        title=found.title,
        skipped=found.skipped,
        scratch=scratch,
        diagnostics=[
            m.DiagnosticInfo(
                code=finding.code,
                name=finding.name,
                severity=_severity(finding.severity),
                message=finding.message,
                why=finding.why,
                cell=finding.place.cell,
                cell_id=finding.place.cell_id,
                line=finding.place.line,
                column=finding.place.column,
            )
            for finding in found.diagnostics
        ],
    )


def _severity(severity: str) -> m.Severity:
    known: dict[str, m.Severity] = {name: name for name in get_args(m.Severity)}
    return known[severity]


def kind(name: str | None) -> m.KindName | None:
    known: dict[str, m.KindName] = {name: name for name in get_args(m.KindName)}
    return known.get(name) if name else None


def _state(state: str | None) -> m.RunState | None:
    known: dict[str, m.RunState] = {name: name for name in get_args(m.RunState)}
    return known.get(state) if state else None


def run(record: RunRecord, project: Project, paths: Paths, notebook: str | None = None) -> m.RunInfo:
    """`notebook` is what the notebook is called now, from the root."""
    output = runs.folder_for(project, record.notebook, record.id) / runs.NOTEBOOK
    return m.RunInfo(
        id=record.id,
        notebook=paths(project.root / (notebook or record.notebook)),
        kind=kind(record.kind),
        title=record.title,
        state=record.state,
        verdict=record.verdict.reason if record.verdict else None,
        message=record.verdict.message if record.verdict else None,
        created=record.created,
        duration=_duration(record),
        cells_done=record.cells_done,
        cells_total=record.cells_total,
        failed_cell=record.verdict.cell if record.verdict else None,
        arguments=record.arguments,
        parameters=record.parameters,
        datasets=[m.UsedDataset(ref=use.reference, sha256=use.sha256, role=use.role) for use in record.datasets],
        metrics=_finite(record.metrics),
        commit=record.code.commit,
        dirty=record.code.dirty,
        output=paths(output) if output.exists() else None,
    )


def _finite(metrics: dict[str, float]) -> dict[str, float]:
    """JSON has no NaN, so what is none stays in the record and off the wire."""
    return {name: value for name, value in metrics.items() if math.isfinite(value)}


def _duration(record: RunRecord) -> float | None:
    if not record.started:
        return None
    end = datetime.fromisoformat(record.ended) if record.ended else datetime.now(UTC)
    return round((end - datetime.fromisoformat(record.started)).total_seconds(), 3)


def answer(found: Answer, project: Project, paths: Paths) -> m.SearchAnswer:
    return m.SearchAnswer(
        query=found.query,
        hits=[
            m.HitInfo(
                path=paths(project.root / hit.path),
                run=hit.run,
                state=_state(hit.state),
                kind=kind(hit.kind),
                title=hit.title,
                when=hit.when,
                cell=hit.cell,
                cell_id=hit.cell_id,
                snippet=[m.Fragment(text=fragment.text, marked=fragment.marked) for fragment in hit.snippet],
                metrics=_finite(hit.metrics),
                datasets=list(hit.datasets),
                decision=hit.decision,
                reasons=list(hit.reasons),
            )
            for hit in found.hits
        ],
        total=found.total,
        took_ms=found.took_ms,
        indexed=found.indexed,
        unreadable=list(found.unreadable),
        hint=found.hint,
    )
