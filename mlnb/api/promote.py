"""The step of promote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb.errors import NotPromotable
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

if TYPE_CHECKING:
    from mlnb.promote.promote import PromotedPipeline


def promote(project: Project, notebook: Path, progress: Callable[[str], None] = lambda stage: None) -> PromotedPipeline:
    """Make a versioned pipeline of a deployment notebook and prove that it computes the same."""
    kind = project.names.read(notebook).kind
    if kind is not Kind.DEPLOYMENT:
        what = f"its name says {kind}" if kind else "its name says no kind"
        raise NotPromotable(f"{notebook.name} cannot be promoted: {what}, and only deployment notebooks are")
    from mlnb.promote.promote import promote as promote_notebook  # late, as libcst is slow to import
    from mlnb.run.execute import execute_node  # late, as papermill is

    return promote_notebook(project, document.read(notebook), execute=execute_node, progress=progress)
