"""Plan how the notebooks and datasets of a folder come into the convention. Nothing is written, nothing executed."""

from __future__ import annotations

import hashlib
import re
import time
import warnings
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mlnb.adopt import datasets as data
from mlnb.adopt.check import checked
from mlnb.adopt.classify import Classification, classify_content
from mlnb.adopt.content import Content, gather
from mlnb.adopt.history import day, in_git, times
from mlnb.adopt.means import Means
from mlnb.adopt.naming import Numbers, different
from mlnb.adopt.order import Dated, in_order
from mlnb.adopt.propose import titles
from mlnb.adopt.rows import DatasetRow, NotebookRow, Plan
from mlnb.errors import MlnbError, NotFound
from mlnb.notebook import document
from mlnb.project import Project
from mlnb.records.references import counted

_UNTITLED = re.compile(r"untitled", re.IGNORECASE)


@dataclass(frozen=True)
class Look:
    """One notebook as it was looked at; the notebook itself is forgotten."""

    content: Content
    judged: Classification
    sha256: str
    minute: int


def plan(project: Project, folder: Path, means: Means, into: Path | None = None) -> Plan:
    """The plan for a folder of a project. Raises `NotFound` for one outside.

    Notebooks stay in their folder, or go `into` another one. Those named well already are only counted.
    """
    started = time.perf_counter()
    project.relative(folder)
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}")
    looks, skipped = look(project, folder)
    new = {path: each for path, each in looks.items() if not each.content.name.canonical}
    undated = data.undated(project, {path: each.content for path, each in looks.items()})
    counts = counted(project, [*new, *undated])
    proposals = data.Proposals(project, means)
    rows = _rows(project, new, counts, means, into)
    datasets = [proposals.row(path, _digest(path), sum(counts[path].values())) for path in undated]
    rows, datasets = checked(project, rows, datasets, means)
    datasets = followed(project, datasets, looks)
    return Plan(
        folder=folder,
        git=in_git(project),
        rows=tuple(rows),
        datasets=tuple(datasets),
        skipped=tuple(skipped),
        canonical=len(looks) - len(new),
        took_s=round(time.perf_counter() - started, 2),
    )


def followed(project: Project, datasets: Sequence[DatasetRow], looks: Mapping[Path, Look]) -> list[DatasetRow]:
    """The rows, with a problem where a notebook of the project could not be told of the new name."""
    if not datasets:
        return []
    others = {path for path in project.notebook_files() if path not in looks}
    rest, _ = look(project, project.root, others) if others else ({}, [])
    contents = {path: each.content for path, each in (*looks.items(), *rest.items())}
    counts = counted(project, [row.path for row in datasets])
    return [
        replace(row, problem=row.problem or data.lost_by(project, row, contents, counts[row.path])) for row in datasets
    ]


def look(
    project: Project, folder: Path, only: Container[Path] | None = None
) -> tuple[dict[Path, Look], list[tuple[Path, str]]]:
    """Every notebook of a folder, read once; and those that cannot be read, with the reason."""
    paths = [
        path for path in project.notebook_files() if path.is_relative_to(folder) and (only is None or path in only)
    ]
    minutes = times(project, paths)
    found: dict[Path, Look] = {}
    skipped: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_symlink():
            skipped.append((path, "it is a link: the notebook that it leads to is looked at"))
            continue
        try:
            digest = _digest(path)
            content = _gathered(project, path)
        except MlnbError as error:
            skipped.append((path, str(error).replace(f"{path} ", "it ", 1)))
        except OSError as error:
            skipped.append((path, f"it cannot be read: {error.strerror}"))
        else:
            found[path] = Look(content, classify_content(content), digest, minutes[path])
    return found, skipped


def _gathered(project: Project, path: Path) -> Content:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as of `"\d"`: Python would tell of it once per cell
        return gather(document.read(path), project.root, project.names)


def _rows(
    project: Project,
    looks: Mapping[Path, Look],
    counts: Mapping[Path, Mapping[Path, int]],
    means: Means,
    into: Path | None,
) -> list[NotebookRow]:
    ordered = in_order([Dated(path, each.content, each.minute) for path, each in looks.items()])
    others = [project.names.read(path) for path in project.notebook_files() if path not in looks]
    named = different(
        project,
        {path: titles(looks[path].content) for path in ordered},
        {path: looks[path].judged.kind for path in ordered},
        [(reading.kind, reading.slug) for reading in others],
        means,
    )
    numbers = Numbers(project, [(reading.kind, reading.number) for reading in others if reading.number is not None])
    return [
        _row(project, path, looks[path], named.get(path, path.stem), numbers, sum(counts[path].values()), into)
        for path in ordered
    ]


def _row(
    project: Project, path: Path, found: Look, title: str, numbers: Numbers, references: int, into: Path | None
) -> NotebookRow:
    judged = found.judged
    scratch = project.is_scratch(path) and not _UNTITLED.match(path.stem)
    reasons = (*judged.reasons, "it is a scratch notebook") if scratch else judged.reasons
    return NotebookRow(
        path=path,
        kind=judged.kind,
        confidence=judged.confidence,
        reasons=reasons,
        title=title,
        number=numbers.next(judged.kind) if judged.kind else None,
        folder=into or path.parent,
        proposed=None,
        references=references,
        apply=judged.kind is not None and judged.confidence != "low" and not scratch,
        problem=None,
        sha256=found.sha256,
        made=day(found.minute),
    )


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
