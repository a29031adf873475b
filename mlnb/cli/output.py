"""Everything the commands print, as tables for people or as JSON for programs."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console, RenderableType
from rich.style import StyleType
from rich.table import Table
from rich.text import Text

from mlnb.check.diagnostic import Severity
from mlnb.check.engine import Report
from mlnb.data.resolve import DatasetVersion
from mlnb.project import Project
from mlnb.records.run import RunRecord
from mlnb.search.find import Answer, Hit

_STATE_MARK = {"succeeded": "✓", "failed": "✕", "cancelled": "–", "lost": "?", "running": "▸", "queued": "·"}
_STATE_STYLE = {"succeeded": "green", "failed": "red", "lost": "red", "running": "cyan"}
_SEVERITY_STYLE = {Severity.ERROR: "red", Severity.WARN: "yellow", Severity.INFO: "cyan"}

_SHOWN = {"Cc": " ", "Zl": " ", "Zp": " ", "Cs": "\ufffd"}
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def console() -> Console:
    """A console as wide as the terminal; wide where there is none, so that nothing is cut in a log."""
    return Console(width=None if os.isatty(1) else 120, highlight=False, soft_wrap=not os.isatty(1))


def as_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def line(text: str) -> None:
    click.echo("\n".join(plain(part) for part in text.split("\n")))


def plain(text: str) -> str:
    """Text of a file as one line without what a terminal would obey: no escapes, line ends, changes of direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_SHOWN.get(unicodedata.category(character), character) for character in text).translate(_TURNS)


def _plain(text: str, style: str = "") -> Text:
    return Text(plain(text), style=style)


def relative(path: Path) -> str:
    """A path as short as it can be written from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def datasets(project: Project, versions: list[DatasetVersion]) -> None:
    if not versions:
        line(f"There are no datasets in {relative(project.data)} yet: register one with `mlnb data add FILE`.")
        return
    table = _table("dataset", "features", "rows", "columns", "size", "made by")
    for version in reversed(versions):
        record = version.record
        table.add_row(
            version.name.reference,
            version.name.features,
            f"{record.rows:,}" if record else "record damaged" if version.problem else "not registered",
            str(len(record.columns)) if record else "",
            size(record.size) if record else "",
            (record.made_by or "") if record else "",
        )
    console().print(table)


def dataset(version: DatasetVersion) -> dict[str, Any]:
    record = version.record
    return {
        "reference": version.name.reference,
        "full_name": version.name.stem,
        "path": str(version.path),
        "record": record.model_dump(mode="json") if record else None,
        "problem": version.problem,
    }


def reports(found: Iterable[Report]) -> None:
    checked = skipped = 0
    counts = {Severity.ERROR: 0, Severity.WARN: 0, Severity.INFO: 0}
    out = console()
    for report in found:
        checked += report.skipped is None
        skipped += report.skipped is not None
        for finding in report.diagnostics:
            counts[finding.severity] += 1
            place = "" if finding.place.cell is None else f" cell {finding.place.cell + 1}"
            place += f", line {finding.place.line}" if finding.place.line else ""
            text = _plain(f"{relative(report.path)}{place}: ")
            text.append(finding.severity, style=_SEVERITY_STYLE[finding.severity])
            text.append(plain(f" {finding.code} {finding.message}"))
            out.print(text)
        if report.skipped:
            out.print(_plain(f"{relative(report.path)}: skipped, {report.skipped}"))
    plural = "" if checked == 1 else "s"
    parts = [f"{number} {severity}" for severity, number in counts.items() if number]
    findings = ", ".join(parts) or "no findings"
    line(f"{checked} notebook{plural} checked{f', {skipped} skipped' if skipped else ''}: {findings}.")


def report_json(report: Report) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "kind": report.kind,
        "skipped": report.skipped,
        "diagnostics": [asdict(finding) for finding in report.diagnostics],
    }


def runs(records: list[RunRecord], *, of_one_notebook: bool, notebooks: Mapping[str, str] | None = None) -> None:
    """`notebooks` says for the id of a run what its notebook is called now."""
    if not records:
        line("There are no runs yet: start one with `mlnb run NOTEBOOK`.")
        return
    metrics = list(dict.fromkeys(name for record in records for name in record.metrics))[:5]
    notebook = [] if of_one_notebook else ["notebook"]
    table = _table("run", *notebook, "", "arguments", "data", *metrics, "time")
    for record in records:
        inputs = [use.reference for use in record.datasets if use.role == "input"]
        table.add_row(
            record.id,
            *([] if of_one_notebook else [Path((notebooks or {}).get(record.id, record.notebook)).stem]),
            Text(f"{_STATE_MARK[record.state]} {record.state}", style=_STATE_STYLE.get(record.state, "")),
            " ".join(f"{name}={value}" for name, value in record.arguments.items()),
            " ".join(dict.fromkeys(inputs)),
            *(f"{record.metrics[name]:.4g}" if name in record.metrics else "" for name in metrics),
            duration(record),
        )
    console().print(table)


def run(record: RunRecord, folder: Path) -> None:
    """One finished run in a few lines."""
    out = console()
    mark = Text(f"{_STATE_MARK[record.state]} {record.state}", style=_STATE_STYLE.get(record.state, ""))
    out.print(mark.append(f" in {duration(record)}: run {record.id}", style="default"))
    if record.verdict and record.verdict.reason != "ok":
        place = "" if record.verdict.cell is None else f"cell {record.verdict.cell + 1}, "
        out.print(_plain(f"  {place}{record.verdict.reason}: {record.verdict.message}"))
    for use in record.datasets:
        out.print(_plain(f"  {use.role}: {use.file} (sha256 {use.sha256[:12]})"))
    if record.metrics:
        out.print(_plain("  " + "  ".join(f"{name} {value:.4g}" for name, value in record.metrics.items())))
    if record.decision:
        out.print(_plain(f"  decision: {record.decision} — {record.decision_why}"))
    out.print(_plain(f"  {relative(folder / 'notebook.ipynb')}"))


def answer(found: Answer) -> None:
    out = console()
    if found.hint:
        out.print(_plain(found.hint, style="yellow"))
    for hit in found.hits:
        out.print(_hit(hit))
    line(f"{found.total} found among {found.indexed} notebooks and runs in {found.took_ms:.0f} ms.")
    for broken in found.unreadable:
        out.print(_plain(f"could not be read: {broken}", style="yellow"))


def _hit(hit: Hit) -> Text:
    text = _plain(hit.title, style="bold")
    facts = [hit.kind or "no kind", age(hit.when)]
    if hit.run:
        facts.append(f"run {hit.run} {hit.state}")
    facts += [*hit.datasets, *(f"{name} {value:.4g}" for name, value in hit.metrics.items())]
    if hit.decision:
        facts.append(hit.decision)
    text.append(f"  {plain(' · '.join(facts))}\n", style="not bold")
    text.append(f"  {plain(hit.path)}", style="not bold")
    if hit.cell is not None:
        text.append(f"  [{hit.cell + 1}] ", style="not bold")
        for fragment in hit.snippet:
            text.append(plain(fragment.text), style="bold yellow" if fragment.marked else "not bold")
    return text


def age(moment: str) -> str:
    """How long ago, as people say it."""
    then = datetime.fromisoformat(moment)
    days = (datetime.now(UTC) - then).days
    for unit, length in (("year", 365), ("month", 30), ("week", 7), ("day", 1)):
        if days >= length:
            count = days // length
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "today"


def duration(record: RunRecord) -> str:
    if not record.started:
        return ""
    end = datetime.fromisoformat(record.ended) if record.ended else datetime.now(UTC)
    seconds = (end - datetime.fromisoformat(record.started)).total_seconds()
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.1f} min"


def size(count: int) -> str:
    number = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1000 or unit == "GB":
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    raise AssertionError("unreachable")


class PlainTable(Table):
    """A table whose cells are text as it is; rich would take `[red]` in an argument for a style."""

    def add_row(
        self, *renderables: RenderableType | None, style: StyleType | None = None, end_section: bool = False
    ) -> None:
        cells = (_plain(cell) if isinstance(cell, str) else cell for cell in renderables)
        super().add_row(*cells, style=style, end_section=end_section)


def table(*columns: str) -> Table:
    return _table(*columns)


def print_table(made: Table) -> None:
    console().print(made)


def _table(*columns: str) -> Table:
    made = PlainTable(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        made.add_column(_plain(column), overflow="fold")
    return made
