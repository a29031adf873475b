"""What `mlnb rename` and `mlnb undo` print."""

from __future__ import annotations

from dataclasses import asdict

import click

from mlnb.cli import output
from mlnb.create.rename import Mended, RenamePlan
from mlnb.records.changes import Change, Undone


def renamed(plan: RenamePlan, change: Change | None, runs: int, *, as_json: bool) -> None:
    """What was renamed or, without a change, would be."""
    if as_json:
        references = {str(path): count for path, count in plan.references.items()}
        made = asdict(change) if change else None
        output.as_json({"path": str(plan.target), "references": references, "runs": runs, "change": made})
        return
    verb = "renamed" if change else "would rename"
    output.line(f"{verb} {output.relative(plan.path)} to {output.relative(plan.target)}")
    if plan.references and change is None:
        table = output.table("named in", "times")
        for path, count in plan.references.items():
            table.add_row(output.relative(path), str(count))
        output.print_table(table)
    follow = [
        _count(sum(plan.references.values()), "link or path", "links and paths") if plan.references else "",
        f"in {_count(len(plan.references), 'file', 'files')}" if plan.references else "",
        ("and " if plan.references else "") + _count(runs, "run", "runs") if runs else "",
    ]
    if any(follow):
        one = sum(plan.references.values()) + runs == 1
        output.line(f"{' '.join(filter(None, follow))} {'follows' if one else 'follow'}.")


def mended(found: Mended, *, as_json: bool) -> None:
    if as_json:
        output.as_json({"references": found.references, "change": asdict(found.change) if found.change else None})
    elif found.change is None:
        output.line("Nothing names a notebook that was moved.")
    else:
        paths = _count(found.references, "link or path", "links and paths")
        output.line(f"mended {paths} in {_count(found.change.files, 'file', 'files')}.")


def changes(found: list[Change], *, as_json: bool) -> None:
    if as_json:
        output.as_json([asdict(change) for change in found])
        return
    if not found:
        output.line("There is no change to undo.")
        return
    table = output.table("change", "when", "files", "what", "")
    for change in found:
        table.add_row(
            change.id, output.age(change.when), str(change.files), change.title, "undone" if change.undone else ""
        )
    output.print_table(table)


def undone(found: Undone, *, as_json: bool) -> None:
    if as_json:
        output.as_json(asdict(found))
        return
    output.line(f"undone: {found.change.title} ({_count(found.restored, 'file', 'files')} restored)")
    for path, reason in found.refused:
        click.echo(f"mlnb: {output.plain(path)} was left alone: {output.plain(reason)}", err=True)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
