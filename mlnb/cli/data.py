"""`mlnb data`: register and list dated datasets."""

from __future__ import annotations

from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output, place


@click.group("data")
def command() -> None:
    """Register and list dated, immutable datasets."""


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="What the data is, such as bookings.")
@click.option("--date", metavar="YYYY-MM-DD", help="The date that the data is as of.")
@click.option("--features", help="A short note of what it holds, such as price-stay.")
@output.json_option
def add(file: Path, name: str | None, date: str | None, features: str | None, as_json: bool) -> None:
    """Register FILE as a dataset version; what is not given is read from its name."""
    version = api.add_data(place.here(), file.absolute(), name=name, date=date, features=features)
    if as_json:
        output.as_json(output.dataset(version))
        return
    record = version.record
    rows = f": {record.rows:,} rows, {len(record.columns)} columns" if record else ""
    output.line(f"{version.name.reference} is {output.relative(version.path)}{rows}")


@command.command("list")
@click.argument("name", required=False)
@output.json_option
def list_(name: str | None, as_json: bool) -> None:
    """List all dataset versions, or those of dataset NAME, newest first."""
    project = place.here()
    versions = api.data(project, name)
    if as_json:
        output.as_json([output.dataset(version) for version in versions])
    else:
        output.datasets(project, versions)
    for version in versions:
        if version.problem:
            click.echo(f"mlnb: {output.plain(version.problem)}", err=True)
