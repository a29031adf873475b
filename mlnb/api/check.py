"""The step of check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mlnb import project as projects
from mlnb.check.engine import Report
from mlnb.check.engine import check as check_notebook
from mlnb.errors import NoProject


def check(paths: Sequence[Path]) -> list[Report]:
    """Check notebooks, each under the settings of the project it lies in, or the defaults where there is none."""
    reports: list[Report] = []
    for path in paths:
        try:
            project = projects.find(path)
        except NoProject:
            project = projects.bare(path if path.is_dir() else path.parent)
        files = [file for file in project.notebook_files() if file.is_relative_to(path)] if path.is_dir() else [path]
        reports += [check_notebook(project, file) for file in files]
    return reports
