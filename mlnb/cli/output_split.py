"""What `mlnb split` prints."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlnb.cli import output

if TYPE_CHECKING:
    from mlnb.create.split import Split
    from mlnb.create.split_crossing import Crossing
    from mlnb.create.split_offers import Offer, Offers

_WORDS = {
    "refused": "cannot be handed over",
    "dataset": "as dataset",
    "value": "as value",
}


def offers(found: Offers, *, as_json: bool) -> None:
    """Where a notebook may be split."""
    if as_json:
        shown: dict[str, Any] = {"path": str(found.path), "sha256": found.sha256, "is_long": found.is_long}
        shown |= {"why": found.why, "problem": found.problem}
        output.as_json(shown | {"offers": [_offer(one) for one in found.offers]})
        return
    if found.why:
        output.line(f"{output.relative(found.path)} is long: {found.why}.")
    if found.problem:
        output.line(f"{output.relative(found.path)} cannot be split: {found.problem}.")
        return
    table = output.table("", "before", "code cells", "handed over", "becomes")
    for number, offer in enumerate(found.offers, 1):
        cells = f"{offer.before} + {offer.after}"
        table.add_row(str(number), offer.heading, cells, _summary(offer.crossing), offer.path.stem)
    output.print_table(table)
    output.line(f"See one with `mlnb split {found.path.name} --at N`, make it with --apply.")


def plan(offer: Offer, target: Path, *, as_json: bool) -> None:
    """One cut, as far as the code tells."""
    if as_json:
        output.as_json(_offer(offer) | {"path": str(target)})
        return
    output.line(f"cell {offer.cell + 1}, “{offer.heading}”, and what follows would become {output.relative(target)}")
    crossing(offer.crossing)
    output.line("Nothing was run: with --apply both parts are, and a run decides what the code does not tell.")


def made(split: Split, *, as_json: bool) -> None:
    """A split that was made."""
    if as_json:
        output.as_json(
            {
                "path": str(split.path),
                "datasets": [str(path) for path in split.datasets],
                "crossing": [asdict(one) for one in split.crossing],
                "notes": list(split.notes),
                "change": asdict(split.change),
            }
        )
        return
    output.line(f"created {output.relative(split.path)}")
    crossing(split.crossing)
    for path in split.datasets:
        output.line(f"saved {output.relative(path)}")
    for note in split.notes:
        output.line(f"{note}.")
    output.line("Both parts were run: the moved cells compute what they did before. `mlnb undo` takes it back.")


def crossing(found: tuple[Crossing, ...]) -> None:
    """What crosses a cut; imports and the like in one line."""
    table = output.table("name", "how", "")
    for one in found:
        if one.how != "code":
            table.add_row(one.name, one.how, one.detail)
    if table.row_count:
        output.print_table(table)
    if copied := [one.name for one in found if one.how == "code"]:
        output.line(f"copied: {', '.join(copied)}")


def _summary(found: tuple[Crossing, ...]) -> str:
    """The names of what is kept, and how many are copied."""
    by_how: dict[str, list[str]] = defaultdict(list)
    for one in found:
        by_how[one.how].append(one.name)
    parts = [f"{', '.join(by_how[how])} {_WORDS[how]}" for how in ("refused", "dataset", "value") if by_how[how]]
    copied = len(by_how["parameter"]) + len(by_how["code"])
    return "; ".join([*parts, *([f"{copied} copied"] if copied else [])]) or "nothing"


def _offer(offer: Offer) -> dict[str, Any]:
    return asdict(offer) | {"path": str(offer.path)}
