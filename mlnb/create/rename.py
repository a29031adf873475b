"""Give a notebook another name or folder, and everything that names it the new one, as one change."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from mlnb.create.naming import initials, next_number, slug_of
from mlnb.errors import AlreadyExists, BadName, BrokenNotebook, MlnbError, NotFound
from mlnb.notebook import patch
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import SUFFIX, NotebookName, unportable
from mlnb.project import Project
from mlnb.records import changes, moves, references

_HEADER_CELLS = 3


@dataclass(frozen=True)
class RenamePlan:
    """A notebook, the path it is to have, and the files that name it, each with how often. `title` is the new one."""

    path: Path
    target: Path
    kind: Kind
    title: str | None
    references: Mapping[Path, int]


@dataclass(frozen=True)
class Mended:
    """What followed from a move made elsewhere: the change, where files had to be rewritten, and how many paths."""

    change: changes.Change | None
    references: int


def plan(
    project: Project,
    path: Path,
    kind: Kind | None = None,
    title: str | None = None,
    number: int | None = None,
    folder: Path | None = None,
) -> RenamePlan:
    """What is to be done; what is not given stays as it is.

    Raises `BadName`, `NotFound`, or `AlreadyExists` where the name is taken or is the one it has.
    """
    if not path.is_file():
        raise NotFound(f"there is no notebook {path}")
    if project.is_record(path):
        raise BadName(f"{project.relative(path)} is the record of a run, and records keep their names")
    name = _name(project, path, kind, title, number)
    target = _target(project, path, name, folder)
    if path.is_symlink() and target.parent != path.parent:
        raise BadName(f"{project.relative(path)} is a link to another file, and would lead nowhere from elsewhere")
    if target == path:
        raise AlreadyExists(f"{project.relative(path)} has this name already")
    if problem := unportable(target.name):
        raise BadName(f"“{target.name}” will not do: {problem}")
    if taken := _taken(path, target):
        raise AlreadyExists(f"there is {project.relative(taken)} already: describe how this one differs")
    return RenamePlan(path, target, name.kind, title, references.counted(project, [path])[path])


def _name(project: Project, path: Path, kind: Kind | None, title: str | None, number: int | None) -> NotebookName:
    reading = project.names.read(path)
    kind = kind or reading.kind
    if kind is None:
        raise BadName(f"the name {path.name} says no kind: say whether it is {', '.join(Kind)}")
    slug = slug_of(project, title if title is not None else reading.slug or path.stem)
    before = _parsed(project, path)
    if number is None and not (before and before.number is None and before.kind is kind):
        same = reading.number if reading.kind is kind else None
        number = same if same is not None else next_number(kind, project.notebook_files(), project.names)
    fields = project.names.fields
    return project.names.name(
        kind,
        slug,
        number=number,
        version=before.version if before else None,
        date=(before.date if before else None) or datetime.now(UTC).date().isoformat(),
        author=(before.author if before else None) or (initials(project) if "author" in fields else None),
    )


def _parsed(project: Project, path: Path) -> NotebookName | None:
    """The name as the project's pattern reads it, with its folders."""
    depth = project.names.pattern.count("/") + 1
    try:
        return project.names.parse("/".join(PurePosixPath(project.relative(path)).parts[-depth:]))
    except BadName:
        return None


def _target(project: Project, path: Path, name: NotebookName, folder: Path | None) -> Path:
    """A scratch notebook that gets a name leaves the scratch folder."""
    parts = PurePosixPath(project.names.write(name)).parts
    if folder is None:
        depth = len(parts) - 1 if _parsed(project, path) else 0
        folder = path.parents[depth]
        if project.is_scratch(path) and project.is_scratch(folder / parts[-1]):
            folder = project.notebooks
    project.inside(project.relative(folder))  # refuses a folder outside, links followed
    inner = [part.casefold() for part in parts[:-1]]
    if inner and inner == [part.casefold() for part in folder.parts[-len(inner) :]]:
        parts = parts[-1:]  # the folder of the kind is not made inside itself
    return Path(os.path.abspath(folder.joinpath(*parts)))


def _taken(path: Path, target: Path) -> Path | None:
    """Another file whose name only differs in case or in how its accents are written: somewhere that is the same."""
    if not target.parent.is_dir():
        return None
    folded = _folded(target.name)
    for other in sorted(target.parent.iterdir()):
        if _folded(other.name) == folded and other != path:
            return other
    return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def rename(project: Project, planned: RenamePlan) -> changes.Change:
    """Move the notebook and rewrite what names it, as one change that can be undone."""
    old, new = planned.path, planned.target
    title = f"rename {project.relative(old)} to {project.relative(new)}"
    try:
        with changes.recording(project, "rename", title) as change:
            for path, text in _rewrites(project, planned).items():
                change.write(path, text)
            change.move(old, new)
            change.made(new)
            moves.record(project, old, new)  # where this fails, the rename is taken back
    except FileExistsError:
        raise AlreadyExists(f"there is {project.relative(new)} already: describe how this one differs") from None
    except PermissionError as error:
        where = Path(error.filename).parent if error.filename else new.parent
        raise MlnbError(f"{where} may not be written: nothing was renamed") from None
    moves.catch_up(project)
    return _made(project, change.id)


def _rewrites(project: Project, planned: RenamePlan) -> dict[Path, str]:
    """The new texts of the files that name the notebook, and of itself. Raises `MlnbError` on a read-only one."""
    moved = {planned.path: planned.target}
    texts = {rewrite.path: rewrite.text for rewrite in references.rewritten(project, moved)}
    if own := _own_text(project, planned, texts.get(planned.path)):
        texts[planned.path] = own
    for path in texts:
        if not os.access(path, os.W_OK):
            raise MlnbError(f"{project.relative(path)} names the notebook and may not be written: nothing was renamed")
    return texts


def _made(project: Project, change_id: str) -> changes.Change:
    return next(change for change in changes.listing(project) if change.id == change_id)


def _own_text(project: Project, planned: RenamePlan, text: str | None) -> str | None:
    """The notebook with its own heading, header line and metadata as its new name has them; None where none differ."""
    if planned.path.is_symlink():  # what it leads to keeps its name
        return None
    try:
        before = text or patch.read_text(planned.path)
        after = _with_name(project, planned, before)
    except BrokenNotebook:  # what cannot be read can be moved all the same
        return None
    return after if after != before else None


def _with_name(project: Project, planned: RenamePlan, text: str) -> str:
    old = project.names.read(planned.path)
    new = project.names.read(planned.target)
    edited: dict[int, str] = {}
    titled = planned.title is None
    markdown = [(index, source) for index, language, source in references.sources(text) if language == "markdown"]
    for index, source in markdown[:_HEADER_CELLS]:
        lines = source.split("\n")
        for place, line in enumerate(lines):
            if line.startswith("# ") and not titled:
                titled = True
                if _slug(project, line[2:]) == old.slug:
                    lines[place] = f"# {(planned.title or '').strip()}"
            elif found := re.match(r"\*(?P<kind>\w+) · (?P<number>\d*) · ", line):
                number = found["number"]
                if found["kind"] == old.kind and number == _number(old.number, number):
                    lines[place] = f"*{planned.kind} · {_number(new.number, number)} · {line[found.end() :]}"
        if "\n".join(lines) != source:
            edited[index] = "\n".join(lines)
    if edited:
        text = patch.with_sources(text, edited)
    if references.own_metadata(text).get("kind") not in (None, planned.kind.value):
        text = patch.with_metadata(text, ("mlnb", "kind"), planned.kind.value)
    return text


def _number(number: int | None, like: str) -> str:
    return "" if number is None else f"{number:0{max(3, len(like))}}"


def _slug(project: Project, title: str) -> str | None:
    try:
        return project.names.slug(title)
    except BadName:
        return None


def follow_move(project: Project, old: Path, new: Path) -> Mended:
    """Follow a file or a folder that somebody else has moved: its runs, and what names it.

    A copy beside its original is no move. Raises `NotFound` where there is nothing under the new name.
    """
    if not os.path.lexists(new):
        raise NotFound(f"there is no {project.relative(new)}")
    moves.catch_up(project)
    if os.path.lexists(old):
        return Mended(None, 0)
    files = [path for path in sorted(new.rglob("*")) if path.is_file()] if new.is_dir() else [new]
    moved = {old / path.relative_to(new): path for path in files}
    where = moves.present(project)
    for before, after in moved.items():
        if after.suffix == SUFFIX and where(project.relative(before)) != project.relative(after):
            moves.record(project, before, after, "moved")
    return mend(project, moved)


def mend(project: Project, moved: Mapping[Path, Path]) -> Mended:
    """Rewrite what still names files by the paths they had before somebody moved them; read-only files stay."""
    found = references.rewritten(project, moved, done=True)
    rewrites = [rewrite for rewrite in found if os.access(rewrite.path, os.W_OK)]
    if not rewrites:
        return Mended(None, 0)
    names = [project.relative(path) for path in moved.values()]
    title = f"follow the move to {names[0]}" if len(names) == 1 else f"follow the moves of {len(names)} files"
    with changes.recording(project, "rename", title) as change:
        for rewrite in rewrites:
            if rewrite.path.read_bytes() == rewrite.before.encode():  # else somebody is writing it right now
                change.write(rewrite.path, rewrite.text)
        for path in moved.values():
            if path.suffix == SUFFIX:
                change.made(path)
    return Mended(_made(project, change.id), sum(rewrite.count for rewrite in rewrites))


def dangling(project: Project) -> dict[Path, Path]:
    """Every notebook that was moved, whoever moved it: the path it had and the one it has now."""
    where = moves.followed(project)
    found = {move.old: where(move.old) for move in where.moves}
    return {
        project.root / old: project.root / new
        for old, new in found.items()
        if old != new and (project.root / new).is_file()
    }
