"""`mlnb rename`: another name or folder for a notebook, with all that names it."""

from __future__ import annotations

from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output, output_rename, place


@click.command("rename")
@click.argument("notebook", required=False)
@click.argument("title", nargs=-1)
@click.option("--kind", "kind", metavar="KIND", help="What it is for, where the name is to say another kind.")
@click.option("--number", type=click.IntRange(0, 9999), help="Another number.")
@click.option("--folder", type=click.Path(path_type=Path), help="Move it to this folder.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--moved", is_flag=True, help="Instead: mend what names notebooks that were moved by git or by hand.")
@output.json_option
def command(
    notebook: str | None,
    title: tuple[str, ...],
    kind: str | None,
    number: int | None,
    folder: Path | None,
    dry_run: bool,
    moved: bool,
    as_json: bool,
) -> None:
    """Rename NOTEBOOK after its new TITLE, or move it; links, paths in code and runs follow.

    What is not given stays as it is. `mlnb undo` takes it back.
    """
    if moved == bool(notebook):
        context = click.get_current_context()
        raise click.UsageError("name the notebook" if not moved else "--moved takes no notebook", context)
    if moved:
        mended = api.mend_links(place.here())
        output_rename.mended(mended, as_json=as_json)
        return
    project, path = place.notebook(notebook or "")
    plan = api.plan_of_rename(
        project,
        path,
        place.kind(project, kind) if kind else None,
        " ".join(title) or None,
        number=number,
        folder=folder.absolute() if folder else None,
    )
    runs = len(api.runs(project, path).records)
    change = None if dry_run else api.rename(project, plan)
    output_rename.renamed(plan, change, runs, as_json=as_json)
