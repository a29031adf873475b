"""`mlnb continue`: the next notebook, with what this one found, its data, and links on both sides."""

from __future__ import annotations

from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output, output_continue, place


@click.command("continue")
@click.argument("notebook")
@click.argument("kind", required=False)
@click.argument("title", nargs=-1)
@click.option(
    "--item", type=click.IntRange(0), metavar="N", help="What it takes over, as --list counts; 0 for nothing."
)
@click.option("--data", "dataset", metavar="DATASET", help="The dataset it loads, instead of the one handed over.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put it, instead of the notebooks folder.")
@click.option("--list", "show", is_flag=True, help="Only list what the notebook offers.")
@output.json_option
def command(
    notebook: str,
    kind: str | None,
    title: tuple[str, ...],
    item: int | None,
    dataset: str | None,
    folder: Path | None,
    show: bool,
    as_json: bool,
) -> None:
    """Create a notebook of KIND about TITLE that goes on from NOTEBOOK.

    It takes over a finding, an idea, an output or a decision, and the dataset that NOTEBOOK saved last.
    Without a TITLE it is named after what it takes over.
    """
    project, parent = place.notebook(notebook)
    if show or not kind:
        if not show:
            raise click.UsageError("say as which kind, or ask with --list what there is", click.get_current_context())
        output_continue.offers(api.handover_offers(project, parent), as_json=as_json)
        return
    made = api.continue_as(
        project,
        parent,
        place.kind(project, kind),
        " ".join(title),
        item=item,
        dataset=dataset,
        folder=folder.absolute() if folder else None,
    )
    if as_json:
        output.as_json({"path": str(made)})
    else:
        output.line(f"created {output.relative(made)}")
