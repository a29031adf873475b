"""Steps of rename: a name and place for a notebook, and undoing a change of several files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mlnb.create.rename import Mended, RenamePlan, dangling, follow_move, mend
from mlnb.create.rename import plan as plan_rename
from mlnb.create.rename import rename as rename_notebook
from mlnb.errors import MlnbError
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.project import Project
from mlnb.records import changes as change_store
from mlnb.records import moves
from mlnb.records.changes import Change, Undone


@dataclass(frozen=True)
class GuessedName:
    """What a notebook would be called by its content. `proposed` is None where that will not do."""

    scratch: bool
    kind: Kind | None
    confidence: Literal["high", "medium", "low"]
    title: str
    reasons: tuple[str, ...]
    proposed: Path | None


def plan_of_rename(
    project: Project,
    notebook: Path,
    kind: Kind | None = None,
    title: str | None = None,
    *,
    number: int | None = None,
    folder: Path | None = None,
) -> RenamePlan:
    """What renaming would change; what is not given stays as it is."""
    moves.catch_up(project)
    return plan_rename(project, notebook, kind, title, number, folder)


def rename(project: Project, plan: RenamePlan) -> Change:
    """Rename or move a notebook with all that names it, as one change that can be undone."""
    return rename_notebook(project, plan)


def moved(project: Project, old: Path, new: Path) -> Mended:
    """Follow a move that somebody made elsewhere: its runs, and the files that name the notebook."""
    return follow_move(project, old, new)


def mend_links(project: Project) -> Mended:
    """Rewrite whatever still names notebooks by the paths they had before they were moved."""
    return mend(project, dangling(project))


def guess_name(project: Project, notebook: Path) -> GuessedName:
    """What a notebook would be called, judged by its content."""
    from mlnb.adopt.classify import classify  # late: nothing else of create needs it
    from mlnb.adopt.propose import title_of

    content = document.read(notebook)
    found = classify(content, project.root, project.names)
    title = title_of(content, project.root)
    # Who is asked for a name has begun to work, so that little content is no sign of none.
    kind, confidence = (found.kind, found.confidence) if found.kind else (found.nearest, "low")
    proposed: Path | None = None
    with suppress(MlnbError):
        proposed = plan_rename(project, notebook, kind, title).target
    return GuessedName(project.is_scratch(notebook), kind, confidence, title, tuple(found.reasons), proposed)


def changes(project: Project) -> list[Change]:
    """What mlnb changed in several files at once, newest first."""
    return change_store.listing(project)


def undo(project: Project, change_id: str | None = None) -> Undone:
    """Undo a change, the newest where no id is given."""
    return change_store.undo(project, change_id)
