"""Files of data that notebooks read and that have no date in their name: what they could be called."""

from __future__ import annotations

import fnmatch
import os
import re
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb.adopt.content import Content
from mlnb.adopt.dates import AsOf, from_file, from_frame, from_name, year_of
from mlnb.adopt.generic import GENERIC
from mlnb.adopt.means import Means
from mlnb.adopt.rows import DatasetRow
from mlnb.errors import BadName, MlnbError
from mlnb.notebook.names import slugify
from mlnb.project import Project
from mlnb.records.dataset_name import SUFFIXES, DatasetName

if TYPE_CHECKING:
    import pandas as pd

_LARGEST = 50_000_000  # bytes of one file that are looked into
_MOST = 200_000_000  # bytes of all files
_MOST_FEATURES = 4
_LONGEST = 60
_NO_FEATURE = re.compile(r"^(?:unnamed.*|index|.*\bid|id\b.*|.*_id|uuid|key|date|time|timestamp|year|month|day)$")
_DATES = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:[-_. ]?\d{1,2}){0,2}(?!\d)|(?<!\d)\d{1,2}[-_.]\d{1,2}[-_.](?:19|20)\d{2}(?!\d)"
)


def undated(project: Project, contents: Mapping[Path, Content]) -> list[Path]:
    """The undated files of data that notebooks read by a path that is written out."""
    targets = {_target(project, notebook, text) for notebook, content in contents.items() for text in content.reads}
    return sorted(path for path in targets if path and _is_undated(project, path))


def suffix_of(path: Path) -> str | None:
    """The file type, of those that mlnb keeps."""
    return next(
        (suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if path.name.lower().endswith(suffix)), None
    )


def _is_undated(project: Project, path: Path) -> bool:
    if suffix_of(path) is None or not path.is_relative_to(project.root) or not path.is_file():
        return False
    relative = project.relative(path)
    if any(path.is_relative_to(folder) for folder in (project.runs, project.pipelines, project.cache)):
        return False
    if any(fnmatch.fnmatch(relative, pattern) for pattern in project.settings.datasets.exempt):
        return False
    try:
        DatasetName.parse(path.name)
    except BadName:
        return path.resolve().is_relative_to(project.root.resolve()) and not path.is_symlink()
    return False


class Proposals:
    """Proposes rows for files, looking into those that are not too large."""

    def __init__(self, project: Project, means: Means) -> None:
        self._project = project
        self._means = means
        self._left = _MOST

    def row(self, path: Path, digest: str, references: int) -> DatasetRow:
        """What a file would become. Nothing is applied without being confirmed."""
        stem = path.name[: -len(suffix_of(path) or "")]
        frame, trouble = self._frame(path)
        as_of = (
            from_name(stem)
            or (from_frame(frame) if frame is not None else None)
            or self._file_time(path, stem, trouble)
        )
        return DatasetRow(
            path=path,
            name=self._name(stem),
            date=as_of.date,
            date_from=as_of.found_in,
            date_why=as_of.why,
            features=features(frame) if frame is not None else "all",
            proposed=None,
            references=references,
            apply=False,
            problem=trouble,
            sha256=digest,
        )

    def _frame(self, path: Path) -> tuple[pd.DataFrame | None, str | None]:
        """The table in a file, and why it is none; neither where the file is too large to look into."""
        size = path.stat().st_size
        if size > _LARGEST or size > self._left:
            return None, None
        self._left -= size
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # mixed types in a column: not asked here
                return self._means.frame(path), None
        except MlnbError as error:
            return None, str(error).replace(f"{self._project.root}{os.sep}", "")
        except (MemoryError, RecursionError):
            return None, None

    def _file_time(self, path: Path, stem: str, trouble: str | None) -> AsOf:
        why = from_file(path)
        if year := year_of(stem):
            return replace(why, why=f"{why.why}; the file name says only {year}")
        looked = "it was too large to look into" if trouble is None and path.stat().st_size > _LARGEST else None
        return replace(why, why=f"{why.why}; {looked}") if looked else why

    def _name(self, stem: str) -> str:
        """The name without date; a name that any data could have gets that of the project before it."""
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _DATES.sub(" ", stem))
        slug = _slug(text)
        if not slug or all(word in GENERIC or word.isdigit() for word in slug.split("-")):
            slug = "-".join(part for part in (_slug(self._project.root.name), slug) if part)
        return _cut(slug) or "data"


def features(frame: pd.DataFrame) -> str:
    """A short note of what a table holds: its first columns that are no keys and no dates."""
    found: list[str] = []
    for column in map(str, frame.columns):
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", column).strip()
        if _NO_FEATURE.match(re.sub(r"[\W_]+", " ", spaced).casefold().strip()) or spaced.isdigit():
            continue
        words = _slug(spaced).split("-")[:2]
        if words == [""] or "-".join(words) in found:
            continue
        if sum(len(each.split("-")) for each in found) + len(words) > _MOST_FEATURES:
            break
        found.append("-".join(words))
    return _cut("-".join(found)) or "all"


def _slug(text: str) -> str:
    try:
        return slugify(text)
    except BadName:
        return ""


def _cut(slug: str) -> str:
    """Whole words, as many as a name may hold."""
    words = slug.split("-")
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    return "-".join(words)[:_LONGEST]


def named(project: Project, row: DatasetRow, means: Means) -> tuple[Path | None, str | None]:
    """The path a row asks for, or why it will not do. What lies in the data folder stays in its folder."""
    suffix = suffix_of(row.path)
    if suffix is None:
        return None, f"{row.path.name} is of no type mlnb keeps: use {', '.join(SUFFIXES)}"
    if not row.date:
        return None, "it has no date: write the one that the data is as of, such as 2025-03-14"
    try:
        name = means.dataset_name(row.name, row.date, row.features, suffix)
    except BadName as error:
        return None, str(error)
    folder = row.path.parent if row.path.is_relative_to(project.data) else project.data
    return folder / str(name), None


def lost_by(
    project: Project, row: DatasetRow, contents: Mapping[Path, Content], counts: Mapping[Path, int]
) -> str | None:
    """Why a file must not be renamed: a notebook names it in a way that cannot be followed, and would not find it."""
    stays = row.proposed is not None and row.proposed.parent == row.path.parent
    lost: list[str] = []
    for notebook, content in contents.items():
        if row.path.name not in content.data_files:
            continue
        named = (*content.reads, *content.writes)
        read = [target for text in named if (target := _target(project, notebook, text))]
        followed = (row.path in read or stays) and counts.get(notebook, 0) > 0
        elsewhere = any(target.name == row.path.name for target in read if target != row.path)
        if not followed and not elsewhere:
            lost.append(project.relative(notebook))
    if not lost:
        return None
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"{lost[0]}{more} puts the path of {row.path.name} together: write it out there, and plan again"


def _target(project: Project, notebook: Path, text: str) -> Path | None:
    """The file that a path in a notebook means, seen from the notebook or from the root."""
    for base in (notebook.parent, project.root):
        path = Path(os.path.normpath(base / text.replace("\\", "/")))
        if path.is_file():
            return path
    return None
