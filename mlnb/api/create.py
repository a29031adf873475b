"""Steps of create: a project, its notebooks, templates, hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb.create.new import HandedOver, NewNotebook, NotebookPreview, headings
from mlnb.create.new import create as create_notebook
from mlnb.create.new import filled as filled_notebook
from mlnb.create.scratch import create as scratch_notebook
from mlnb.create.start import start
from mlnb.create.templates import Template, template_for
from mlnb.create.templates import templates as known_templates
from mlnb.data.resolve import resolve, versions
from mlnb.errors import BadArgument
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import NameReading
from mlnb.project import Project

if TYPE_CHECKING:
    from mlnb.create.handover import Handovers


def init(folder: Path) -> Project:
    """Make `folder` an mlnb project."""
    return start(folder)


@dataclass(frozen=True)
class NotebookEntry:
    """A notebook of the project, by what its name says."""

    path: Path
    reading: NameReading


def notebooks(project: Project) -> list[NotebookEntry]:
    """Every notebook of the project, in order of path."""
    return [NotebookEntry(path, project.names.read(path)) for path in project.notebook_files()]


def create(
    project: Project,
    kind: Kind,
    title: str,
    *,
    parent: Path | None = None,
    dataset: str | None = None,
    folder: Path | None = None,
    number: int | None = None,
    template: str | None = None,
    variables: Mapping[str, str] | None = None,
    handover: HandedOver | None = None,
) -> Path:
    """Create a notebook of a kind from a template and return its path.

    `dataset` is any reference to a version; the newest of all datasets where it is not given.
    """
    new = NewNotebook(kind, title, parent, dataset, folder, number, template, variables or {}, handover)
    return create_new(project, new)


def preview(project: Project, new: NewNotebook) -> NotebookPreview:
    """The notebook that `create` would write: its path and its headings. Raises as `create` does."""
    path, tree = filled_notebook(project, replace(new, dataset=_pinned(project, new.dataset)))
    return NotebookPreview(path, project.names.read(path).number, headings(document.from_node(path, tree)))


def create_new(project: Project, new: NewNotebook) -> Path:
    """Create the notebook that a request describes."""
    return create_notebook(project, replace(new, dataset=_pinned(project, new.dataset)))


def templates(project: Project) -> list[Template]:
    """The templates of the project, of installed packages and of mlnb, by kind."""
    return known_templates(project)


def template_for_kind(project: Project, kind: Kind, name: str | None = None) -> Template:
    """The template that is taken for a kind: by name, else the one the settings say, else mlnb's."""
    return template_for(project, kind, name)


def create_scratch(project: Project) -> Path:
    """Create a temporary notebook in the scratch folder."""
    return scratch_notebook(project)


def _pinned(project: Project, dataset: str | None) -> str | None:
    """The full name of the version a reference means, or of the newest of all."""
    if dataset:
        return resolve(project, dataset).name.stem
    known = versions(project)
    return max(known, key=lambda version: version.name.order).name.stem if known else None


def handover_offers(project: Project, notebook: Path) -> Handovers:
    """What a notebook can hand over: its findings, ideas, output and decision, and the dataset."""
    from mlnb.create.handover import offers

    return offers(project, document.read(notebook))


def handed_over(project: Project, notebook: Path, item: str) -> HandedOver:
    """One of the items that a notebook offers, by its id."""
    from mlnb.create.handover import find as find_item

    return find_item(handover_offers(project, notebook), item)


def continue_as(
    project: Project,
    parent: Path,
    kind: Kind,
    title: str = "",
    *,
    item: int | None = None,
    dataset: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Create the notebook that goes on from another one, and link both.

    `item` counts from 1 in what the parent offers; the usual one is taken where none is chosen, and 0 takes none.
    """
    from mlnb.create import handover

    found = handover_offers(project, parent)
    if item is not None and not 0 <= item <= len(found.items):
        raise BadArgument(f"{parent.name} offers {len(found.items)} items, and {item} is none of them")
    chosen = handover.usual(found, kind) if item is None else found.items[item - 1] if item else None
    about = title.strip() or handover.title_for(project, parent, chosen)
    pinned = _pinned(project, dataset or found.dataset)
    return handover.hand_over(project, parent, kind, about, chosen, pinned, folder)
