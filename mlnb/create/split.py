"""Split a notebook in two at a heading, proven to work before anything is written.

1. The notebook runs in a copy of the project, and its values are looked at where it will be cut.
2. Both parts are written and run in another copy; the moved cells have to show what they showed before.
3. Only then are the two notebooks and the datasets put in place, as one change that can be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mlnb.create import split_texts as texts
from mlnb.create.new import NewNotebook, filled
from mlnb.create.split_crossing import Crossing, Handover, handover
from mlnb.create.split_cuts import places
from mlnb.create.split_offers import Wish, broken_cell, problem_of, sha256
from mlnb.create.split_rehearsal import Rehearse, Seen, Stage, differences, refuse_failed, refuse_unwritable, stage
from mlnb.dataflow.graph import DataflowGraph, analyse
from mlnb.errors import BadName, NotSplittable
from mlnb.notebook import document, patch
from mlnb.notebook.document import Notebook
from mlnb.project import Project
from mlnb.records import changes
from mlnb.records.changes import Change
from mlnb.records.dataset import dataset_files, record_path
from mlnb.records.dataset_name import DatasetName

Progress = Callable[[str], None]
_WORD = re.compile(r"[^\s\"'/\\(),\[\]{}=]+")


@dataclass(frozen=True)
class Split:
    """A split that was made. `notes` say what is worth knowing."""

    change: Change
    path: Path
    datasets: tuple[Path, ...]
    crossing: tuple[Crossing, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Cut:
    """The notebook as it is cut: what was read of it, once."""

    project: Project
    notebook: Notebook
    tree: document.Tree
    text: str
    sha256: str
    graph: DataflowGraph
    wish: Wish

    @property
    def made(self) -> list[str]:
        """The names that the moved cells bind."""
        cells = (one for one in self.graph.cells if one.cell.index >= self.wish.cell)
        return sorted({name for one in cells for name in one.defs if name.isidentifier()})

    @property
    def moved(self) -> dict[int, int]:
        return {index: index for index in range(self.wish.cell, len(self.tree["cells"]))}


def split(project: Project, path: Path, wish: Wish, *, rehearse: Rehearse, progress: Progress) -> Split:
    """Make the cut. Raises `NotSplittable`, in words that name the cell, and then nothing has changed."""
    progress("looking at the notebook")
    cut = _read(project, path, wish)
    hand = handover(cut.graph, wish.cell)
    new = NewNotebook(wish.kind, wish.title, parent=path, folder=path.parent)
    target, head = filled(project, new)
    refuse_unwritable(path.parent, target.parent, project.root, project.data)
    progress("running the notebook as it is")
    with stage(project, rehearse) as first:
        before, hand, values = _looked_at(cut, hand, first)
        produced = [_name_in(file.name) for file in first.new_data()]
    _refuse(hand, values)
    report = before.report or {}
    taken = {name.name for name, _ in dataset_files(project)} | {name.name for name in produced if name}
    files = texts.files(values, _stem(project, path), taken, _names(cut.graph))
    as_of = None if report["loaded"] else _as_of(cut)
    source = texts.saving(files, target, hand.imported, as_of)
    text = texts.first_part(cut.text, cut.notebook, wish.cell, target, project.relative(target), source)
    with stage(project, rehearse) as second:
        progress("running the first part")
        first_tree = document.read_tree(second.place(path, text))
        refuse_failed(second.run(first_tree, path, {"made": []}, probe=None, moved={}), "the first part")
        saved = second.new_data()
        part = texts.second_part(head, cut.tree, wish.cell, hand, files, _versions(files, saved))
        progress("running the second part")
        now = second.run(part.tree, target, {"made": cut.made}, probe=None, moved=part.moved)
        notes = _notes(cut, before, now, part, rehearse)
        if as_of and files.kept:
            notes.append(f"nothing dated is loaded, so what is saved has the date {as_of}")
        progress("writing")
        change, datasets = _write(cut, text, target, part.tree, second, saved)
    crossing = _decided(hand, values)
    return Split(change, target, datasets, crossing, tuple(notes))


def _read(project: Project, path: Path, wish: Wish) -> _Cut:
    text = patch.read_text(path)
    digest = sha256(path)
    tree = document.read_tree(path)
    notebook = document.from_node(path, tree)
    patch.with_sources(text, {})  # raises on a notebook of an older format, before anything is run
    if wish.sha256 is not None and wish.sha256 != digest:
        raise NotSplittable(f"{path.name} was changed since the cut was offered: look at the offers again")
    if project.is_record(path):
        raise NotSplittable(f"{project.relative(path)} is the record of a run: split the notebook it was made from")
    graph = analyse(notebook)
    if problem := problem_of(notebook) or broken_cell(graph):
        raise NotSplittable(f"{path.name} cannot be split: {problem}")
    if wish.cell not in {place.cell.index for place in places(notebook)}:
        raise NotSplittable(
            f"{path.name} cannot be cut before cell {wish.cell + 1}: cut at a heading in the middle half of its code"
        )
    return _Cut(project, notebook, tree, text, digest, graph, wish)


def _looked_at(cut: _Cut, hand: Handover, at: Stage) -> tuple[Seen, Handover, dict[str, Any]]:
    """Run the notebook as it is and see what crosses; what the code only seems to say is looked at once more."""
    wrong: frozenset[str] = frozenset()
    while True:
        asked = {
            "values": list(hand.values),
            "literals": {one.name: repr(one.value) for one in hand.literals},
            "changed": sorted(hand.changed_later),
            "made": cut.made,
        }
        seen = at.run(cut.tree, cut.notebook.path, asked, probe=cut.wish.cell, moved=cut.moved)
        if seen.failed is None or seen.failed < cut.wish.cell:
            refuse_failed(seen, "the notebook as it is")
        if seen.report is None:
            raise NotSplittable(
                f"{cut.notebook.path.name} ran but its values could not be looked at: is its kernel Python?"
            )
        more = frozenset(seen.report["wrong"]) - wrong
        if not more:
            values: dict[str, Any] = seen.report["values"]
            if any(one["how"] != "refused" for one in values.values()) and not seen.report["mlnb"]:
                raise NotSplittable(
                    f"the kernel “{cut.notebook.kernel_name}” has no mlnb to save and load with: install it"
                )
            return seen, hand, values
        wrong |= more
        hand = handover(cut.graph, cut.wish.cell, without=wrong)


def _refuse(hand: Handover, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise with every name that cannot be handed over."""
    reasons = {one.name: one.detail for one in hand.refused if one.name not in values}
    reasons |= {name: one["detail"] for name, one in values.items() if one["how"] == "refused"}
    if reasons:
        told = "; ".join(f"`{name}`, {detail}" for name, detail in sorted(reasons.items())[:5])
        raise NotSplittable(f"the cut cannot be made there: {told}")


def _decided(hand: Handover, values: Mapping[str, Mapping[str, Any]]) -> tuple[Crossing, ...]:
    return tuple(
        Crossing(one.name, values[one.name]["how"], values[one.name]["detail"]) if one.name in values else one
        for one in hand.crossing
    )


def _notes(cut: _Cut, before: Seen, now: Seen, part: texts.SecondPart, rehearse: Rehearse) -> list[str]:
    """Raise where the moved cells do something else than before; say where they differ with every run anyway."""
    back = {new: old for old, new in part.moved.items()}
    failed = None if now.failed is None else back.get(now.failed)
    if now.problem is not None and (failed is None or failed != before.failed):
        where = f"in cell {failed + 1} of the original" if failed is not None else "before the moved cells"
        raise NotSplittable(f"the second part fails {where}: {now.problem}")
    notes = (
        [] if before.problem is None else [f"cell {(before.failed or 0) + 1} fails as it did before: {before.problem}"]
    )
    found = differences(before, now)
    if not found:
        return notes
    with stage(cut.project, rehearse) as again:
        asked = {"values": [], "literals": {}, "changed": [], "made": cut.made}
        repeated = again.run(cut.tree, cut.notebook.path, asked, probe=cut.wish.cell, moved=cut.moved)
    anyway = differences(before, repeated)
    for key, what in found.items():
        if key not in anyway:
            raise NotSplittable(
                f"the second part would not compute the same: {what}; it needs something of the first part that has no"
                " name, such as the state of a random generator or a setting"
            )
    cells = [str(key + 1) for key in found if isinstance(key, int)]
    names = [f"`{key}`" for key in found if isinstance(key, str)]
    what = " and ".join([f"cell {', '.join(cells)}"] * bool(cells) + [", ".join(names)] * bool(names))
    return [*notes, f"{what} could not be compared: in the original it differs with every run as well"]


def _write(
    cut: _Cut, text: str, target: Path, tree: document.Tree, at: Stage, saved: list[Path]
) -> tuple[Change, tuple[Path, ...]]:
    """Put everything in place as one change."""
    project, path = cut.project, cut.notebook.path
    datasets: list[Path] = []
    title = f"split {path.name} at “{_heading(cut)}”"
    with changes.recording(project, "split", title) as change:
        if sha256(path) != cut.sha256:
            raise NotSplittable(f"{path.name} was changed while it was being split: nothing was done, try again")
        try:
            for file in saved:
                place = project.data / file.relative_to(at.data)
                change.create(place, file.read_bytes())
                datasets += [place] if record_path(file).exists() else []
            change.create(target, document.dumps(tree))
        except FileExistsError as error:
            raise NotSplittable(f"{error}: nothing was done, try again") from None
        change.write(path, text)
        change.made(target)
        change_id = change.id
    made = next(one for one in changes.listing(project) if one.id == change_id)
    return made, tuple(datasets)


def _versions(files: texts.Files, saved: list[Path]) -> dict[str, str]:
    """The version that each parameter is pinned to: what the first part has just saved."""
    stems = {name.name: name.stem for file in saved if (name := _name_in(file.name))}
    return {one.parameter: stems[one.name] for one in files.kept}


def _heading(cut: _Cut) -> str:
    return next(place.heading.text for place in places(cut.notebook) if place.cell.index == cut.wish.cell)


def _stem(project: Project, path: Path) -> str:
    return project.names.read(path).slug or "notebook"


def _names(graph: DataflowGraph) -> set[str]:
    return {name for one in graph.cells for name in (*one.defs, *(read.name for read in one.reads))}


def _name_in(file: str) -> DatasetName | None:
    try:
        return DatasetName.parse(file)
    except BadName:
        return None


def _as_of(cut: _Cut) -> str:
    """The date of data that mlnb did not load: the newest in the name of a file that the code reads, else today."""
    found = [
        name.iso_date
        for cell in cut.notebook.code_cells
        for word in _WORD.findall(cell.source)
        if (name := _name_in(word))
    ]
    return max(found) if found else datetime.now(UTC).date().isoformat()
