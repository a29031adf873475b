"""Steps of adopt: a plan for existing notebooks, edited and applied."""

from __future__ import annotations

from pathlib import Path

from mlnb.adopt import sheet
from mlnb.adopt.apply import Adopted, recheck
from mlnb.adopt.apply import apply as apply_plan
from mlnb.adopt.means import Means
from mlnb.adopt.plan import plan as plan_adoption
from mlnb.adopt.rows import Plan
from mlnb.create.naming import initials, slug_of
from mlnb.data.frames import read_frame
from mlnb.data.register import dataset_name, describe
from mlnb.project import Project

MEANS = Means(slug_of, initials, read_frame, dataset_name, describe)


def adopt_plan(project: Project, folder: Path, into: Path | None = None) -> Plan:
    """Plan how the notebooks and undated datasets of a folder come into the convention; nothing is written."""
    return plan_adoption(project, folder, MEANS, into)


def plan_text(project: Project, plan: Plan) -> str:
    """A plan of adoption as CSV, to be edited in a spreadsheet."""
    return sheet.write(project, plan)


def read_plan(project: Project, file: Path) -> Plan:
    """A plan of adoption from its edited CSV. Raises `BadPlan` naming the line that is wrong."""
    return sheet.read(project, file)


def adopt_confirmed(project: Project, plan: Plan, dates: str | None, *, everything: bool) -> Plan:
    """The plan with the datasets whose dates are confirmed, and the notebooks of low confidence, checked again."""
    return recheck(project, sheet.confirmed(plan, dates, everything=everything), MEANS)


def adopt(project: Project, plan: Plan, *, dry_run: bool = False) -> Adopted:
    """Apply a plan as it was edited, as one change that can be undone; or only check it again."""
    return Adopted(None, recheck(project, plan, MEANS), ()) if dry_run else apply_plan(project, plan, MEANS)
