"""Where a notebook may be split, thinnest cut first; read off the code, nothing is run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from mlnb.create.naming import new_path
from mlnb.create.split_crossing import Crossing, Handover, handover
from mlnb.create.split_cuts import Place, places, too_long
from mlnb.dataflow.graph import DataflowGraph, analyse
from mlnb.errors import AlreadyExists, BadName
from mlnb.notebook import document
from mlnb.notebook.document import Notebook
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

# More names than this across the thinnest cut, and the notebook is too entangled to follow.
MOST_CROSSING = 12
# Of more headings the highest, and of those the ones nearest the middle, are looked at: each look takes a walk through
# the whole notebook.
_MOST_PLACES = 60


@dataclass(frozen=True)
class Offer:
    """A cut before the cell at index `cell`. `before` and `after` count code cells."""

    cell: int
    cell_id: str | None
    heading: str
    level: int
    kind: Kind
    title: str
    path: Path
    crossing: tuple[Crossing, ...]
    before: int
    after: int


@dataclass(frozen=True)
class Offers:
    """Where a notebook may be split, thinnest cut first. `sha256` is that of the file the offers were read from."""

    path: Path
    sha256: str
    is_long: bool
    why: str
    problem: str | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Wish:
    """What a person wants: the cut, and what the second part is to be. `sha256` is that of the offer."""

    cell: int
    kind: Kind
    title: str
    sha256: str | None = None


def offers(project: Project, path: Path) -> Offers:
    """Where a notebook may be cut. Runs nothing; raises only where the notebook cannot be read."""
    notebook = document.read(path)
    kind = project.names.read(path).kind
    digest = sha256(path)
    long = too_long(notebook, kind)
    if problem := problem_of(notebook):
        return Offers(path, digest, long is not None, long or "", problem, ())
    graph = analyse(notebook)
    if problem := broken_cell(graph):
        return Offers(path, digest, long is not None, long or "", problem, ())
    found: list[tuple[tuple[bool, int, int, float, int], Offer]] = []
    likeliest = sorted(places(notebook), key=lambda place: (place.heading.level, place.off_middle))[:_MOST_PLACES]
    for place in sorted(likeliest, key=lambda place: place.cell.index):
        hand = handover(graph, place.cell.index)
        refused, kept, copied = hand.thickness
        order = (refused > 0, kept + refused, copied, place.off_middle, place.heading.level)
        if offer := _offer(project, notebook, place, hand, kind):
            found.append((order, offer))
    found.sort(key=lambda one: one[0])
    cuts = tuple(offer for _, offer in found)
    if not cuts:
        problem = (
            "there is no heading in the middle half of the notebook to cut at: give the part that begins there one"
        )
        return Offers(path, digest, long is not None, long or "", problem, ())
    crossing = min(sum(one.how in ("dataset", "value", "refused") for one in cut.crossing) for cut in cuts)
    if long is None and crossing > MOST_CROSSING:
        long = f"even at its thinnest cut {crossing} variables live on; more than {MOST_CROSSING} are hard to follow"
    return Offers(path, digest, long is not None, long or "", None, cuts)


def problem_of(notebook: Notebook) -> str | None:
    """Why a notebook cannot be split at all."""
    if not notebook.is_python:
        return "its code is not Python"
    if len(notebook.code_cells) < 2:
        return "it has too few code cells to be two notebooks"
    return None


def broken_cell(graph: DataflowGraph) -> str | None:
    """Why nobody can tell what crosses a cut."""
    for one in graph.cells:
        if one.syntax_error is not None:
            place = f"{one.cell.place}, line {one.syntax_error.line}"
            return f"{place} is not valid Python ({one.syntax_error.message}), so nobody can tell what crosses a cut"
    return None


def _offer(project: Project, notebook: Notebook, place: Place, hand: Handover, kind: Kind | None) -> Offer | None:
    guess = _kind_of(notebook, place, kind)
    named = _named(project, notebook, place, guess)
    if named is None:
        return None
    title, path = named
    return Offer(
        place.cell.index,
        place.cell.id,
        place.heading.text,
        place.heading.level,
        guess,
        title,
        path,
        hand.crossing,
        place.before,
        place.after,
    )


def _kind_of(notebook: Notebook, place: Place, kind: Kind | None) -> Kind:
    """What the second part probably is: that of the notebook, unless an exploration or a cleaning trains a model."""
    code = "\n".join(cell.source for cell in notebook.code_cells if cell.index > place.cell.index)
    trains = ".fit(" in code or "fit_transform(" in code
    if trains and kind in (None, Kind.EXPLORATION, Kind.CLEANING):
        return Kind.EXPERIMENT
    return kind or Kind.EXPLORATION


def _named(project: Project, notebook: Notebook, place: Place, kind: Kind) -> tuple[str, Path] | None:
    """A title for the second part that no other notebook has, and its path."""
    whole = notebook.title or notebook.path.stem
    heading = place.heading.text
    titles = [heading] if len(heading.split()) > 2 else []
    titles += [f"{whole}: {heading}", f"{whole}: {heading}, part 2", f"{whole}, part 2", f"{whole}, part 3"]
    for title in titles:
        clean = " ".join("".join(each if each.isprintable() else " " for each in title).split())[:200]
        try:
            return clean, new_path(project, kind, clean, notebook.path.parent)
        except (BadName, AlreadyExists):
            continue
    return None


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
