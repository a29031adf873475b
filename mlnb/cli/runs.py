"""`mlnb runs`: what was run, and how it ended."""

from __future__ import annotations

from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output, place


@click.command("runs")
@click.argument("notebook", required=False)
@click.option("--show", metavar="RUN", help="One run by its id, or an unambiguous part of it.")
@click.option("--cancel", metavar="RUN", help="Stop a run.")
@click.option("--html", type=click.Path(path_type=Path), help="With --show: write the executed notebook as a page.")
@output.json_option
def command(notebook: str | None, show: str | None, cancel: str | None, html: Path | None, as_json: bool) -> None:
    """List the runs of the project, or of NOTEBOOK, newest first."""
    project = place.here()
    if html and not show:
        raise click.UsageError("--html needs --show RUN", click.get_current_context())
    if show or cancel:
        record, folder = api.find_run(project, show or cancel or "")
        if cancel:
            record = api.cancel_run(project, record.id)
        if html:
            api.export_run(project, record.id, html)
        if as_json:
            output.as_json(record.model_dump(mode="json"))
        else:
            output.run(record, folder)
        return
    path = project.notebook_named(notebook, Path.cwd()) if notebook else None
    found = api.runs(project, path)
    if as_json:
        output.as_json([record.model_dump(mode="json") for record in found.records])
    else:
        output.runs(found.records, of_one_notebook=path is not None, notebooks=found.notebooks)
    for problem in found.problems:
        click.echo(f"mlnb: {output.plain(problem)}", err=True)
