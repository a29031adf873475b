"""`mlnb templates`: what notebooks can be made from."""

from __future__ import annotations

from dataclasses import asdict

import click

from mlnb import api
from mlnb.cli import output, place


@click.command("templates")
@output.json_option
def command(as_json: bool) -> None:
    """List the templates of the project, of installed packages and of mlnb."""
    found = api.templates(place.here())
    if as_json:
        output.as_json([asdict(template) for template in found])
        return
    table = output.table("kind", "template", "from", "asks for", "what for")
    for template in found:
        asks = ", ".join(variable.name for variable in template.variables)
        about = template.problem or template.description or template.label
        table.add_row(template.kind.value, template.name, template.source, asks, about)
    output.print_table(table)
