"""What `mlnb continue --list` prints."""

from __future__ import annotations

from dataclasses import asdict

from mlnb.cli import output
from mlnb.create.handover import Handovers

_SHOWN = 100


def offers(found: Handovers, *, as_json: bool) -> None:
    if as_json:
        output.as_json(asdict(found))
        return
    if not found.items:
        output.line("It offers no finding, idea, output or decision yet; the new notebook would only link to it.")
    else:
        table = output.table("item", "section", "cell", "suits", "text")
        for number, item in enumerate(found.items, 1):
            text = " ".join(item.text.split())
            short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
            table.add_row(str(number), item.section, str(item.cell + 1), ", ".join(item.kinds), short)
        output.print_table(table)
    output.line(f"dataset: {found.dataset or 'none that is known'}")
