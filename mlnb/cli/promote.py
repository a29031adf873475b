"""`mlnb promote`: make a deployment notebook a versioned pipeline, and prove that it computes the same."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click
from rich.status import Status

from mlnb import api
from mlnb.cli import output, place

if TYPE_CHECKING:
    from mlnb.promote.promote import PromotedPipeline


@click.command("promote")
@click.argument("notebook")
@output.json_option
def command(notebook: str, as_json: bool) -> int:
    """Promote deployment NOTEBOOK to pipelines/<name>, after running both and comparing what they compute."""
    project, path = place.notebook(notebook)
    if as_json or not sys.stderr.isatty():
        made = api.promote(project, path)
    else:
        with Status("promoting", console=output.console()) as status:
            made = api.promote(project, path, status.update)
    if as_json:
        output.as_json(made.as_json())
    else:
        _print(made)
    return int(made.verdict not in ("identical", "within tolerance"))


def _print(made: PromotedPipeline) -> None:
    output.line(f"{made.name} {made.version}: {made.verdict}")
    counts = Counter(comparison.verdict for comparison in made.comparisons)
    output.line(f"  {output.relative(made.folder)}")
    output.line(f"  steps: {' → '.join(step.name for step in made.steps)}")
    output.line(f"  compared: {', '.join(f'{number} {verdict}' for verdict, number in counts.items())}")
    for note in made.notes:
        output.line(f"  {note}")
