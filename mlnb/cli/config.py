"""`mlnb config`: which settings are in force."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import BaseModel

from mlnb import project
from mlnb.cli import output
from mlnb.errors import NoProject


@click.group("config")
def command() -> None:
    """Show the settings."""


@command.command("show")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@output.json_option
def show(path: Path, as_json: bool) -> None:
    """Show the settings in force for PATH, and where each comes from."""
    try:
        found = project.find(path)
    except NoProject:
        found = project.bare(path)
    origin = found.config.name if found.config else None
    rows = []
    for name, value in found.settings.model_dump(by_alias=True).items():
        field = name.replace("-", "_")
        own = getattr(found.settings, field)
        if isinstance(own, BaseModel):
            inner = own.model_fields_set
            rows += [
                (f"{name}.{key}", part, origin if key.replace("-", "_") in inner else "default")
                for key, part in value.items()
            ]
        else:
            rows.append((name, value, origin if field in found.settings.model_fields_set else "default"))
    if as_json:
        output.as_json({name: {"value": value, "from": source} for name, value, source in rows})
        return
    table = output.table("setting", "value", "from")
    for name, value, source in rows:
        table.add_row(name, str(value), str(source))
    output.print_table(table)
