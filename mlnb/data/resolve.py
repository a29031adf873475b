"""Which version of a dataset is meant: newest, by date, as of a date, or by its full name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mlnb.errors import BadName, DatasetNotFound, MlnbError, did_you_mean
from mlnb.project import Project
from mlnb.records.dataset import DatasetRecord, dataset_files, read_record
from mlnb.records.dataset_name import DatasetName, Reference, check_day


@dataclass(frozen=True)
class DatasetVersion:
    """A version on disk. `record` is None for a file that was dated but never registered, or whose record is broken."""

    name: DatasetName
    path: Path
    record: DatasetRecord | None
    problem: str | None = None


def versions(project: Project, name: str | None = None) -> list[DatasetVersion]:
    """All versions, or those of one dataset, oldest first."""
    return [
        _listed(dataset_name, path)
        for dataset_name, path in dataset_files(project)
        if name is None or dataset_name.name == name
    ]


def _listed(name: DatasetName, path: Path) -> DatasetVersion:
    """One damaged record must not hide the other versions."""
    try:
        return DatasetVersion(name, path, read_record(path))
    except MlnbError as error:
        return DatasetVersion(name, path, None, problem=str(error))


def newest_like(project: Project, text: str) -> DatasetVersion:
    """The newest version of the dataset that `text` names; with its note of features where it is a full name."""
    try:
        full = DatasetName.parse(text)
    except BadName:
        return resolve(project, Reference.parse(text).name)
    same = [v for v in versions(project, full.name) if v.name.features == full.features]
    if not same:
        raise DatasetNotFound(f"there is no version of “{full.name}” with the note “{full.features}” in {project.data}")
    return same[-1]


def resolve(project: Project, text: str, as_of: str | None = None) -> DatasetVersion:
    """The version that `text` means, e.g. `weather`, `weather@2014` or `weather_2014-12-31_daily`.

    A partial date means the newest version inside it; `as_of` the newest dated on or before it.
    Raises `DatasetNotFound` with what there is instead, `BadName` on text that names nothing.
    """
    try:
        full = DatasetName.parse(text)
    except BadName:
        reference = Reference.parse(text)
    else:
        return _by_full_name(project, full)
    known = dataset_files(project)
    mine = [(name, path) for name, path in known if name.name == reference.name]
    if not mine:
        names = sorted({name.name for name, _ in known})
        hint = did_you_mean(reference.name, names) or (f"; there are {', '.join(names)}" if names else "")
        raise DatasetNotFound(f"there is no dataset “{reference.name}” in {project.data}{hint}")
    fitting = mine
    if reference.date:
        fitting = [item for item in fitting if item[0].iso_date.startswith(reference.date)]
    if as_of:
        check_day(as_of)
        fitting = [item for item in fitting if item[0].last_day <= as_of]
    if not fitting:
        dates = ", ".join(name.iso_date for name, _ in mine)
        wanted = f"dated {reference.date}" if reference.date else f"dated {as_of} or before"
        raise DatasetNotFound(f"there is no version of “{reference.name}” {wanted}; there are {dates}")
    newest_date = fitting[-1][0].iso_date
    same_date = {name.features for name, _ in fitting if name.iso_date == newest_date}
    if len(same_date) > 1:
        full_names = ", ".join(name.stem for name, _ in fitting if name.iso_date == newest_date)
        raise DatasetNotFound(f"“{text}” fits several versions of {newest_date}: write one of {full_names}")
    name, path = fitting[-1]
    return DatasetVersion(name, path, read_record(path))


def _by_full_name(project: Project, full: DatasetName) -> DatasetVersion:
    known = dataset_files(project)
    for name, path in known:
        if name.stem == full.stem and full.suffix in ("", name.suffix):
            return DatasetVersion(name, path, read_record(path))
    hint = did_you_mean(full.stem, [name.stem for name, _ in known])
    raise DatasetNotFound(f"there is no dataset {full.stem} in {project.data}{hint}")
