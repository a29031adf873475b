"""`mlnb create`: a notebook of a kind from its template."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from mlnb import api
from mlnb.cli import output, place
from mlnb.create.templates import Template
from mlnb.errors import BadArgument
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

_SCRATCH = "scratch"


@click.command("create")
@click.argument("kind")
@click.argument("title", nargs=-1)
@click.option("--from", "parent", metavar="NOTEBOOK", help="The notebook that this one builds on.")
@click.option("--data", "dataset", metavar="DATASET", help="The dataset it loads; the newest where not given.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put it, instead of the notebooks folder.")
@click.option("--number", type=click.IntRange(0, 9999), help="Its number, instead of the next free one of the kind.")
@click.option("--template", metavar="NAME", help="The template; `mlnb templates` lists them.")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="A variable of the template.")
@output.json_option
def command(
    kind: str,
    title: tuple[str, ...],
    parent: str | None,
    dataset: str | None,
    folder: Path | None,
    number: int | None,
    template: str | None,
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Create a notebook of KIND (exploration, cleaning, experiment or deployment) about TITLE.

    `mlnb create scratch` makes a temporary one without a name.
    """
    project = place.here()
    if kind.lower() == _SCRATCH and not title:
        made = api.create_scratch(project)
    else:
        chosen = place.kind(project, kind)
        if not title:
            raise click.UsageError("say what the notebook is about", click.get_current_context())
        builds_on = project.notebook_named(parent, Path.cwd()) if parent else None
        given = dict(_pair(text) for text in settings)
        made = api.create(
            project,
            chosen,
            " ".join(title),
            parent=builds_on,
            dataset=dataset,
            folder=folder.absolute() if folder else None,
            number=number,
            template=template,
            variables=_asked(project, chosen, template, given),
        )
        if builds_on is not None and not os.access(builds_on, os.W_OK):
            click.echo(f"mlnb: {builds_on.name} may not be written, so it does not link to the new one", err=True)
    if as_json:
        output.as_json({"path": str(made)})
    else:
        output.line(f"created {output.relative(made)}")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise BadArgument(f"“{text}” sets nothing: write it as --set name=value")
    return name.strip(), value


def _asked(project: Project, kind: Kind, name: str | None, given: dict[str, str]) -> dict[str, str]:
    """What was given, and what a person at a terminal answers for the variables that need a value."""
    if not sys.stdin.isatty():
        return given
    template: Template = api.template_for_kind(project, kind, name)
    for variable in template.variables:
        if variable.name not in given and variable.default is None:
            choices = click.Choice(variable.choices) if variable.choices else None
            given[variable.name] = str(click.prompt(output.plain(variable.prompt), type=choices))
    return given
