"""`mlnb search`: find notebooks and runs."""

from __future__ import annotations

from dataclasses import asdict

import click

from mlnb import api
from mlnb.cli import output, place
from mlnb.search.query import FIELDS

_FIELDS = "\n".join(f"  {field.example:<22} {field.means}" for field in FIELDS.values())


@click.command(
    "search",
    epilog="\b\nFields:\n" + _FIELDS + "\n  metric.auc>0.9         a metric; param.C=1.0 likewise a parameter",
)
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many to show.")
@output.json_option
def command(query: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Find notebooks and runs by words, “phrases”, -not and fields.

    Quote conditions with < or > for the shell: mlnb search "logistic metric.auc>0.8".
    """
    answer = api.search(place.here(), " ".join(query), limit)
    if as_json:
        output.as_json(asdict(answer))
    else:
        output.answer(answer)
    return int(not answer.hits)
