"""Steps of split: the cuts of a long notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb.create.naming import new_path
from mlnb.create.split_offers import Wish
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

if TYPE_CHECKING:
    from mlnb.create.split import Split
    from mlnb.create.split_offers import Offers


def split_offers(project: Project, notebook: Path) -> Offers:
    """Where a notebook may be split, thinnest cut first; read off the code, nothing is run."""
    from mlnb.create.split_offers import offers

    return offers(project, notebook)


def split_target(project: Project, notebook: Path, kind: Kind, title: str) -> Path:
    """The path that the second part would get. Raises as `create` does."""
    return new_path(project, kind, title, notebook.parent)


def split(project: Project, notebook: Path, wish: Wish, progress: Callable[[str], None] = lambda stage: None) -> Split:
    """Split a notebook in two, once both parts have run and computed what the whole one did."""
    from mlnb.create.split import split as split_notebook
    from mlnb.run.execute import rehearse  # late, as papermill is slow to import

    return split_notebook(project, notebook, wish, rehearse=rehearse, progress=progress)
