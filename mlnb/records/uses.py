"""Who uses a dataset version: runs that read it, datasets made from it, notebooks that name it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from mlnb.errors import BadName, MlnbError
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.dataset import RECORD_SUFFIX, DatasetRecord, dataset_files, read_record
from mlnb.records.dataset_name import DatasetName


class DatasetUses:
    """The uses in a project, as they are when they are asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def of(self, path: Path) -> str | None:
        """Who uses the version that is, or whose record is, the file `path`; None for any other file."""
        file = path.name.removesuffix(RECORD_SUFFIX)
        try:
            stem = DatasetName.parse(file).stem
        except BadName:
            return None
        if not path.is_relative_to(self._project.data):
            return None
        for run, read in self._runs:
            if file in read:
                return f"run {run} reads it"
        for record in self._records:
            if record.file != file and {file, stem} & set(record.inputs):
                return f"{record.file} was made from it"
        for notebook in self._project.notebook_files():
            if _names(notebook, stem):
                return f"{self._project.relative(notebook)} names it"
        return None

    @cached_property
    def _runs(self) -> list[tuple[str, set[str]]]:
        records, _ = runs.readable(self._project)
        return [(one.id, {use.file for use in one.datasets if use.role == "input"}) for one in records]

    @cached_property
    def _records(self) -> list[DatasetRecord]:
        found: list[DatasetRecord] = []
        for _, path in dataset_files(self._project):
            try:
                record = read_record(path)
            except MlnbError:  # a damaged record says nothing
                continue
            found += [record] if record else []
        return found


def _names(notebook: Path, stem: str) -> bool:
    try:
        return stem in notebook.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
