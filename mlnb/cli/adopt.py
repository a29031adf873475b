"""`mlnb adopt`: bring the notebooks and data of a folder into the convention."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mlnb import api, atomic
from mlnb import project as projects
from mlnb.adopt.rows import Plan
from mlnb.cli import output, output_adopt
from mlnb.errors import AlreadyExists, NoProject, NotFound
from mlnb.project import Project


@click.command("adopt")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--write", "to", metavar="PLAN.csv", type=click.Path(path_type=Path), help="Write the plan, to edit it.")
@click.option("--plan", "source", metavar="PLAN.csv", type=click.Path(path_type=Path), help="Take a plan as edited.")
@click.option("--apply", "applies", is_flag=True, help="Apply the plan: rename, and rewrite what names the files.")
@click.option("--all", "everything", is_flag=True, help="Apply notebooks of low confidence too.")
@click.option(
    "--dates",
    type=click.Choice(["content", "file-time"]),
    help="Confirm dates of data: those from names and content, or the times of files as well.",
)
@click.option("--into", metavar="FOLDER", type=click.Path(path_type=Path), help="Move the notebooks into FOLDER.")
@click.option("--init", "makes_project", is_flag=True, help="Make the folder a project first, where it is none.")
@output.json_option
def command(
    folder: Path,
    to: Path | None,
    source: Path | None,
    applies: bool,
    everything: bool,
    dates: str | None,
    into: Path | None,
    makes_project: bool,
    as_json: bool,
) -> int:
    """Plan how the notebooks and data of FOLDER come into the convention; nothing changes without --apply."""
    if source and into:
        raise click.UsageError("--plan says where notebooks go: leave out --into", click.get_current_context())
    here = Path(os.path.abspath(folder))
    project = _project(here, makes=makes_project)
    plan = (
        api.read_plan(project, source)
        if source
        else api.adopt_plan(project, here, Path(os.path.abspath(into)) if into else None)
    )
    plan = api.adopt_confirmed(project, plan, dates, everything=everything)
    if to:
        _write(project, plan, to)
    if not applies:
        output_adopt.plan_json(plan) if as_json else output_adopt.plan(project, plan, written=to, edited=source)
        return 0
    adopted = api.adopt(project, plan)
    output_adopt.adopted_json(adopted) if as_json else output_adopt.adopted(project, adopted)
    return int(bool(adopted.refused))


def _project(folder: Path, *, makes: bool) -> Project:
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}")
    try:
        return projects.find(folder)
    except NoProject:
        if not makes:
            raise NoProject(f"{folder} is no mlnb project yet: make it one with `mlnb init`, or add --init") from None
        return api.init(folder)


def _write(project: Project, plan: Plan, to: Path) -> None:
    try:
        atomic.create_text(Path(os.path.abspath(to)), api.plan_text(project, plan))
    except FileExistsError:
        raise AlreadyExists(f"{to} exists already: take another name, or delete it") from None
