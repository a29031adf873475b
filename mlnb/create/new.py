"""Create a notebook from its kind's template, written directly under its final name."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from mlnb import atomic
from mlnb.create.fill import NO_DATASET, fill, values
from mlnb.create.naming import initials, new_path
from mlnb.create.templates import template_for
from mlnb.errors import AlreadyExists, BrokenNotebook, NotFound
from mlnb.notebook import document, links, patch
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.project import Project
from mlnb.records import changes


@dataclass(frozen=True)
class HandedOver:
    """What a notebook takes over from its parent: the text of a finding or decision, and where that stands."""

    section: str
    text: str
    cell: int


@dataclass(frozen=True)
class NewNotebook:
    """What a person said of the notebook to be."""

    kind: Kind
    title: str
    parent: Path | None = None
    dataset: str | None = None
    folder: Path | None = None
    number: int | None = None
    template: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    handover: HandedOver | None = None


@dataclass(frozen=True)
class NotebookPreview:
    """A notebook that has not been written yet."""

    path: Path
    number: int | None
    headings: tuple[str, ...]


def create(project: Project, new: NewNotebook) -> Path:
    """Write the notebook and return its path; the parent gets the link to it.

    Raises `BadName`, `AlreadyExists`, `NotFound`, `BadTemplate` or `BadArgument`; then nothing is written.
    """
    # Two that create at once must not take the same number, nor lose each other's link in a parent.
    with changes.lock(project):
        path, tree = filled(project, new)
        try:
            document.create(path, tree)
        except FileExistsError:
            raise AlreadyExists(f"{path} exists already") from None
        if new.parent is not None:
            link_next(project, new.parent, path)
        return path


def filled(project: Project, new: NewNotebook) -> tuple[Path, document.Tree]:
    """The notebook as it would be written, and its path. Raises as `create` does; writes nothing."""
    path = new_path(project, new.kind, new.title, new.folder, new.number)
    if new.parent is not None and not new.parent.is_file():
        raise NotFound(f"there is no notebook {new.parent} to build on")
    template = template_for(project, new.kind, new.template)
    number = project.names.read(path).number
    known = {
        "title": new.title.strip(),
        "kind": new.kind.value,
        "number": f"{number:03}" if number is not None else "—",
        "date": datetime.now(UTC).date().isoformat(),
        "parent_link": links.markdown(new.parent, path) if new.parent else links.NOTHING,
        "dataset": new.dataset or NO_DATASET,
    }
    if b"author" in template.path.read_bytes():  # asking git takes a moment
        known["author"] = initials(project)
    tree = fill(template, known | values(template, new.variables))
    notebook = document.from_node(path, tree)
    if new.parent is not None and not links.from_links(notebook):
        _add_from(tree, notebook, links.markdown(new.parent, path))
    if new.handover is not None and new.parent is not None:
        text = links.rebased(new.handover.text, new.parent.parent, path.parent)
        _take_over(tree, new.kind, replace(new.handover, text=text), links.markdown(new.parent, path))
    tree["metadata"]["mlnb"] = _metadata(project, new)
    return path, tree


def headings(notebook: document.Notebook) -> tuple[str, ...]:
    """The headings of a notebook in order, each with its `#`s."""
    lines = (line for cell in notebook.cells if cell.type == "markdown" for line in cell.source.splitlines())
    return tuple(line.strip() for line in lines if line.startswith("#") and line.lstrip("#").startswith(" "))


def link_next(project: Project, parent: Path, child: Path) -> bool:
    """Write the link to `child` into the header of `parent`, every other byte as it was.

    A parent that may not be written, or is a link to another file, is left alone: the child says where it comes from.
    """
    if parent.is_symlink() or not os.access(parent, os.W_OK):
        return False
    text = patch.read_text(parent)
    notebook = document.read(parent)
    cell = None if project.is_record(parent) else links.header_cell(notebook)
    if cell is None:
        return False
    try:
        text = patch.with_sources(text, {cell.index: links.with_next(cell.source, links.markdown(child, parent))})
    except BrokenNotebook:  # format 3 and older, which can be read and not patched
        return False
    own = notebook.metadata.get("mlnb")
    children = own.get("children", []) if isinstance(own, dict) else []
    known = [name for name in children if isinstance(name, str)] if isinstance(children, list) else []
    text = patch.with_metadata(text, ("mlnb", "children"), list(dict.fromkeys([*known, project.relative(child)])))
    atomic.write_bytes(parent, text.encode("utf-8"))
    return True


def _metadata(project: Project, new: NewNotebook) -> dict[str, object]:
    """What stands in the notebook's metadata; its name and header say the same, as tools may strip this."""
    own: dict[str, object] = {"id": secrets.token_hex(8), "kind": new.kind.value}
    if new.parent is not None:
        own["parent"] = project.relative(new.parent)
    if new.handover is not None:
        own["handover"] = {
            "section": new.handover.section,
            "text": new.handover.text,
            "cell": new.handover.cell,
            "dataset": new.dataset,
        }
    return own


def _add_from(tree: document.Tree, notebook: document.Notebook, link: str) -> None:
    """A template without a header line gets one."""
    cell = links.header_cell(notebook)
    if cell is not None:
        tree["cells"][cell.index]["source"] = links.with_from(cell.source, link)


def _take_over(tree: document.Tree, kind: Kind, handover: HandedOver, link: str) -> None:
    """Put the text under the first section of the kind, before what the template asks there."""
    quoted = "\n".join(f"> {line}".rstrip() for line in handover.text.strip().splitlines())
    text = f"From {link}, {handover.section}:\n\n{quoted}\n"
    wanted = KINDS[kind].sections[0].casefold()
    markdown = [cell for cell in tree["cells"] if cell["cell_type"] == "markdown"]
    for cell in markdown:
        lines = cell["source"].split("\n")
        for place, line in enumerate(lines):
            if line.startswith("#") and line.lstrip("#").strip().casefold() == wanted:
                cell["source"] = "\n".join([*lines[: place + 1], "", *text.split("\n"), *lines[place + 1 :]])
                return
    if markdown:
        markdown[0]["source"] = f"{markdown[0]['source'].rstrip()}\n\n{text}".rstrip()
