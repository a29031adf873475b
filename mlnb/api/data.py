"""Steps of data: register and list."""

from __future__ import annotations

from pathlib import Path

from mlnb.data.register import name_of_file, register_file
from mlnb.data.resolve import DatasetVersion, versions
from mlnb.project import Project


def add_data(
    project: Project, file: Path, *, name: str | None = None, date: str | None = None, features: str | None = None
) -> DatasetVersion:
    """Register a file as an immutable, dated version; what is not given is read from the file's name."""
    return register_file(project, file, name_of_file(file, name, date, features, project.settings.datasets.pattern))


def data(project: Project, name: str | None = None) -> list[DatasetVersion]:
    """All dataset versions, or those of one dataset, oldest first."""
    return versions(project, name)
