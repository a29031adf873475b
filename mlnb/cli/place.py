"""Where a command works: the project around the working directory, and notebooks named in short."""

from __future__ import annotations

from pathlib import Path

from mlnb import project
from mlnb.project import Project


def here() -> Project:
    """The project of the working directory. Raises `NoProject`."""
    return project.find(Path.cwd())


def notebook(name: str) -> tuple[Project, Path]:
    """The notebook that `name` means, and its project. Raises `NoProject` or `NotFound`."""
    path = Path.cwd() / name
    found = project.find(path if path.is_file() else Path.cwd())
    return found, found.notebook_named(name, Path.cwd())
