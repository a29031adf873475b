"""`mlnb lineage`: what led to what."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from mlnb import api, atomic
from mlnb.cli import output, output_lineage, place
from mlnb.errors import BadArgument
from mlnb.lineage.graph import Lineage
from mlnb.lineage.mermaid import mermaid
from mlnb.notebook.names import SUFFIX


@click.command("lineage")
@click.argument("name", metavar="[NOTEBOOK|DATASET|PIPELINE]", required=False)
@click.option("--runs", is_flag=True, help="Show runs as well.")
@click.option("--mermaid", "as_mermaid", is_flag=True, help="Print a Mermaid flowchart, as GitHub draws it.")
@click.option("--to-file", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file instead.")
@output.json_option
def command(name: str | None, runs: bool, as_mermaid: bool, to_file: Path | None, as_json: bool) -> None:
    """Show what led to what: notebooks, datasets and pipelines of the project, or only what concerns one of them."""
    if as_mermaid and as_json:
        raise click.UsageError("--mermaid and --json exclude each other", click.get_current_context())
    project = place.here()
    focus = Path(os.path.abspath(name)) if name and os.path.exists(name) else name
    found = api.lineage(project, focus, runs=runs)
    text = _text(found, as_mermaid=as_mermaid, as_json=as_json, page=to_file is not None and to_file.suffix == ".md")
    if to_file is None:
        click.echo(text)
    else:
        _write(to_file, text)
        output.line(f"wrote {output.relative(to_file.absolute())}: {len(found.nodes)} nodes, {len(found.edges)} links")
    for problem in found.problems:
        click.echo(f"mlnb: {output.plain(problem)}", err=True)


def _text(found: Lineage, *, as_mermaid: bool, as_json: bool, page: bool) -> str:
    if as_json:
        return json.dumps(output_lineage.as_json(found), ensure_ascii=False, indent=2)
    if as_mermaid:
        text = mermaid(found).rstrip("\n")
        return f"```mermaid\n{text}\n```" if page else text
    return output_lineage.tree(found)


def _write(path: Path, text: str) -> None:
    """A drawing is made anew each time, so an older one is replaced; a notebook never is."""
    if path.suffix == SUFFIX:
        raise BadArgument(f"{path} is a notebook: write the lineage to another file")
    atomic.write_bytes(path, f"{text}\n".encode("utf-8", "replace"))
