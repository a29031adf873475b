"""The step of search."""

from __future__ import annotations

from mlnb.project import Project
from mlnb.search.find import Answer, find


def search(project: Project, query: str, limit: int = 20) -> Answer:
    """Find notebooks and runs by anything one remembers of them."""
    return find(project, query, limit)
