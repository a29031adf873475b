"""`mlnb check`: findings in notebooks."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mlnb import api, project
from mlnb.check.diagnostic import Severity
from mlnb.check.engine import Report
from mlnb.cli import output
from mlnb.errors import NoProject, NotFound


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@output.json_option
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check notebooks in PATHS (files, folders, or short names such as 030); the whole project by default."""
    reports = api.check([_found(path) for path in paths or (Path.cwd(),)])
    if as_json:
        output.as_json([output.report_json(report) for report in reports])
    else:
        output.reports(reports)
    return int(any(_fails(report) for report in reports))


def _found(path: Path) -> Path:
    """The path as it is, else the notebook that a short name means."""
    absolute = Path(os.path.abspath(path))
    if absolute.exists():
        return absolute
    try:
        return project.find(Path.cwd()).notebook_named(str(path), Path.cwd())
    except NoProject:
        raise NotFound(f"there is no file or folder {path}") from None


def _fails(report: Report) -> bool:
    try:
        fail_on = project.find(report.path).settings.fail_on
    except NoProject:
        fail_on = "error"
    return fail_on != "never" and report.worst.rank >= Severity(fail_on).rank
