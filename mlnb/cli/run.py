"""`mlnb run`: run a notebook with new arguments or newer data."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mlnb import api
from mlnb.cli import output, place
from mlnb.records.run import RunRecord


@click.command("run")
@click.argument("notebook")
@click.option("-p", "--parameter", "texts", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter.")
@click.option("--newest", is_flag=True, help="Set every dataset parameter to its newest version.")
@output.json_option
def command(notebook: str, texts: tuple[tuple[str, str], ...], newest: bool, as_json: bool) -> int:
    """Run NOTEBOOK (a path, a name or the beginning of one) and record the run.

    The notebook itself stays as it is: the executed copy and its record go to runs/.
    """
    project, path = place.notebook(notebook)
    arguments = api.newest_data(project, path) if newest else {}
    arguments |= api.read_arguments(path, texts)
    if as_json or not sys.stderr.isatty():
        record = api.run(project, path, arguments)
    else:
        record = _with_progress(path.stem, lambda tell: api.run(project, path, arguments, tell))
    if as_json:
        output.as_json(record.model_dump(mode="json"))
    else:
        output.run(record, api.find_run(project, record.id)[1])
    return int(record.state != "succeeded")


def _with_progress(title: str, work: Callable[[Callable[[RunRecord], None]], RunRecord]) -> RunRecord:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def tell(record: RunRecord) -> None:
            bar.update(task, total=record.cells_total, completed=record.cells_done)

        return work(tell)
