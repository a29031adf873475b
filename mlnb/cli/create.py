"""`mlnb create`: a notebook of a kind from its template."""

from __future__ import annotations

from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output, place
from mlnb.errors import BadName, did_you_mean
from mlnb.notebook.kinds import KINDS, Kind


@click.command("create")
@click.argument("kind")
@click.argument("title", nargs=-1, required=True)
@click.option("--from", "parent", metavar="NOTEBOOK", help="The notebook that this one builds on.")
@click.option("--data", "dataset", metavar="DATASET", help="The dataset it loads; the newest where not given.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put it, instead of the notebooks folder.")
@output.json_option
def command(
    kind: str, title: tuple[str, ...], parent: str | None, dataset: str | None, folder: Path | None, as_json: bool
) -> None:
    """Create a notebook of KIND (exploration, cleaning, experiment or deployment) about TITLE."""
    project = place.here()
    made = api.create(
        project,
        _kind(kind),
        " ".join(title),
        parent=project.notebook_named(parent, Path.cwd()) if parent else None,
        dataset=dataset,
        folder=folder.absolute() if folder else None,
    )
    if as_json:
        output.as_json({"path": str(made)})
    else:
        output.line(f"created {output.relative(made)}")


def _kind(word: str) -> Kind:
    words = {name: spec.kind for spec in KINDS.values() for name in (spec.kind.value, *spec.aliases)}
    if word.lower() not in words:
        hint = did_you_mean(word.lower(), list(words)) or f"; kinds are {', '.join(Kind)}"
        raise BadName(f"“{word}” is not a kind of notebook{hint}")
    return words[word.lower()]
