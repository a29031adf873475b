"""`mlnb init`: make a folder a project."""

from __future__ import annotations

from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@output.json_option
def command(folder: Path, as_json: bool) -> None:
    """Make FOLDER an mlnb project: writes mlnb.toml and the folders for notebooks and data."""
    project = api.init(folder)
    if as_json:
        output.as_json({"root": str(project.root)})
        return
    output.line(f"{project.root} is an mlnb project now.")
    output.line("Next: mlnb data add FILE, then mlnb create exploration “what you want to know”")
