"""Create a notebook from its kind's template, written directly under its final name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from mlnb.create.fill import NO_DATASET, fill, link
from mlnb.create.naming import new_path
from mlnb.errors import AlreadyExists, NotFound
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import NotebookName
from mlnb.project import Project


@dataclass(frozen=True)
class NewNotebook:
    """What a person said of the notebook to be."""

    kind: Kind
    title: str
    parent: Path | None = None
    dataset: str | None = None
    folder: Path | None = None


def create(project: Project, new: NewNotebook) -> Path:
    """Write the notebook and return its path. Raises `BadName` or `AlreadyExists`; then nothing is written."""
    project.cache.mkdir(parents=True, exist_ok=True)
    # Two that create at once must not take the same number.
    with FileLock(project.cache / "create.lock", timeout=30):
        return _create(project, new)


def _create(project: Project, new: NewNotebook) -> Path:
    path = new_path(project, new.kind, new.title, new.folder)
    if new.parent is not None and not new.parent.is_file():
        raise NotFound(f"there is no notebook {new.parent} to build on")
    tree = fill(
        new.kind,
        {
            "title": new.title.strip(),
            "kind": new.kind.value,
            "number": NotebookName.parse(path.name).number or "",
            "date": datetime.now(UTC).date().isoformat(),
            "parent_link": link(new.parent, path) if new.parent else "—",
            "dataset": new.dataset or NO_DATASET,
        },
    )
    tree["metadata"]["mlnb"] = {"kind": new.kind.value}
    if new.parent is not None:
        tree["metadata"]["mlnb"]["parent"] = project.relative(new.parent)
    try:
        document.create(path, tree)
    except FileExistsError:
        raise AlreadyExists(f"{path} exists already") from None
    return path
