"""`mlnb split`: cut a long notebook in two at a heading."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.status import Status

from mlnb import api
from mlnb.cli import output, output_split, place
from mlnb.errors import NotFound, NotSplittable, did_you_mean

if TYPE_CHECKING:
    from mlnb.create.split_offers import Offer, Offers


@click.command("split")
@click.argument("notebook")
@click.option("--at", "at", metavar="N|HEADING", help="Which cut: its number in the list, or its heading.")
@click.option("--kind", metavar="KIND", help="What the second part is for, instead of what is guessed.")
@click.option("--title", help="What the second part is about, instead of its heading.")
@click.option("--apply", "apply", is_flag=True, help="Make the cut; without this nothing is run or written.")
@output.json_option
def command(notebook: str, at: str | None, kind: str | None, title: str | None, apply: bool, as_json: bool) -> None:
    """List where NOTEBOOK may be split, thinnest cut first; with --apply, split it.

    Tables that the second part needs are saved as datasets, code is copied.
    Both parts are run, and have to compute what the whole notebook does; else nothing changes.
    `mlnb undo` takes a split back.
    """
    project, path = place.notebook(notebook)
    found = api.split_offers(project, path)
    if not apply and at is None:
        output_split.offers(found, as_json=as_json)
        return
    if found.problem:
        raise NotSplittable(f"{path.name} cannot be split: {found.problem}")
    offer = _chosen(found, at)
    wanted = place.kind(project, kind) if kind else offer.kind
    target = api.split_target(project, path, wanted, title or offer.title) if kind or title else offer.path
    if not apply:
        output_split.plan(offer, target, as_json=as_json)
        return
    wish = api.Wish(offer.cell, wanted, title or offer.title, found.sha256)
    if as_json or not sys.stderr.isatty():
        made = api.split(project, path, wish)
    else:
        with Status("splitting", console=output.console()) as status:
            made = api.split(project, path, wish, status.update)
    output_split.made(made, as_json=as_json)


def _chosen(found: Offers, at: str | None) -> Offer:
    """The cut that is meant: a number of the list, or a heading. Raises `NotFound`."""
    if at is None:
        return found.offers[0]
    if at.isascii() and at.isdigit() and 0 < int(at) <= len(found.offers):
        return found.offers[int(at) - 1]
    wanted = at.lstrip("# ").casefold()
    fitting = [offer for offer in found.offers if offer.heading.casefold() == wanted]
    fitting = fitting or [offer for offer in found.offers if offer.heading.casefold().startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise NotFound(f"“{at}” fits {len(fitting)} headings: use a number of `mlnb split {found.path.name}`")
    hint = did_you_mean(at, [offer.heading for offer in found.offers])
    raise NotFound(f"there is no cut “{at}”{hint or f': `mlnb split {found.path.name}` lists them'}")
