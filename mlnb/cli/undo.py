"""`mlnb undo`: take back a change that mlnb made to several files."""

from __future__ import annotations

import click

from mlnb import api
from mlnb.cli import output, output_rename, place


@click.command("undo")
@click.argument("change", metavar="[ID]", required=False)
@click.option("--list", "show", is_flag=True, help="Only list the changes that can be, or have been, undone.")
@output.json_option
def command(change: str | None, show: bool, as_json: bool) -> int:
    """Undo the last change (a rename, a split, an adoption), or the one with this ID.

    Files that were changed since are left alone and named; then the exit code is 1.
    """
    project = place.here()
    if show:
        output_rename.changes(api.changes(project), as_json=as_json)
        return 0
    undone = api.undo(project, change)
    output_rename.undone(undone, as_json=as_json)
    return int(bool(undone.refused))
