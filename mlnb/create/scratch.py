"""Temporary notebooks: for a thought that has no name yet, and visible as such."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath

from mlnb.errors import BadSettings
from mlnb.notebook import document
from mlnb.project import Project

_FOLDER = "scratch"


def create(project: Project) -> Path:
    """Write an empty notebook with today's date into the scratch folder and return its path."""
    folder = project.inside(_folder(project).as_posix())
    today = datetime.now(UTC).date().isoformat()
    tree: document.Tree = {
        "cells": [],
        "metadata": {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    for turn in count(1):
        path = folder / (f"{today}.ipynb" if turn == 1 else f"{today}-{turn}.ipynb")
        try:
            document.create(path, tree)
        except FileExistsError:
            continue
        return path
    raise AssertionError("unreachable")


def _folder(project: Project) -> PurePosixPath:
    """The first folder that the settings call scratch. Raises `BadSettings` where they name none."""
    for pattern in project.settings.scratch:
        folder = PurePosixPath(pattern).parent
        if folder.parts and not any(mark in str(folder) for mark in "*?[\\:") and folder.as_posix().isprintable():
            if folder.is_absolute() or ".." in folder.parts:
                raise BadSettings(f"the setting “scratch” names {folder}, which is no folder inside the project")
            return folder
    raise BadSettings(f"the setting “scratch” names no folder, such as {_FOLDER}/*")
