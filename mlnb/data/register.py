"""Make a file or a frame an immutable dataset version, with its record beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb import atomic
from mlnb.data.frames import read_frame, sha256, write_parquet
from mlnb.data.resolve import DatasetVersion
from mlnb.errors import AlreadyExists, BadName, NotFound
from mlnb.project import Project
from mlnb.records.dataset import Column, DatasetRecord, dataset_files, read_record, record_path, write_record
from mlnb.records.dataset_name import SUFFIXES, DatasetName, Form, check_date, check_slug

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Producer:
    """Who made a version: notebook and run, and the versions it was made from."""

    notebook: str | None = None
    run: str | None = None
    inputs: tuple[str, ...] = ()


NOBODY = Producer()


def dataset_name(name: str, date: str, features: str, suffix: str, form: Form = "name_date_features") -> DatasetName:
    """Put a name together in the form that the project writes. Raises `BadName` on a part that will not do."""
    check_slug(name, "the name of a dataset")
    check_slug(features, "the note of features")
    check_date(date)
    made = DatasetName(name, date, features, None, suffix, form=form)
    if DatasetName.parse(str(made)) != made:
        raise BadName(f"“{made}” would not be read as the dataset “{name}” of {date}: choose other words")
    return made


def name_of_file(
    file: Path, name: str | None, date: str | None, features: str | None, form: Form = "name_date_features"
) -> DatasetName:
    """The dated name for a file: what was given, else what its own name says. Raises `NotFound` and `BadName`."""
    if not file.is_file():
        raise NotFound(f"there is no file {file}")
    suffix = next((s for s in sorted(SUFFIXES, key=len, reverse=True) if file.name.lower().endswith(s)), None)
    if suffix is None:
        raise BadName(f"{file.name} is of no type mlnb keeps: use {', '.join(SUFFIXES)}")
    try:
        read: DatasetName | None = DatasetName.parse(file.name)
    except BadName:
        read = None
    if read is not None and not (name or date or features):
        return read
    missing = [flag for flag, value in (("--name", name), ("--date", date), ("--features", features)) if not value]
    if read is None and missing:
        raise BadName(f"the name {file.name} does not say everything a dataset must: give {', '.join(missing)}")
    return dataset_name(
        name or (read.name if read else ""),
        date or (read.iso_date if read else ""),
        features or (read.features if read else ""),
        suffix,
        form,
    )


def register_file(project: Project, file: Path, name: DatasetName) -> DatasetVersion:
    """Copy a file into the data folder under its dated name and write its record; the file itself stays.

    Raises `AlreadyExists` when other bytes stand under that name.
    """
    target = (
        file.resolve() if file.name == str(name) and file.resolve().is_relative_to(project.data.resolve()) else None
    )
    if target is not None:
        frame = read_frame(target)
        return _record(target, frame, name, NOBODY)
    frame = read_frame(file)
    return _place(project, name, frame, lambda path: shutil.copyfile(file, path), NOBODY)


def save_frame(project: Project, frame: pd.DataFrame, name: DatasetName, producer: Producer) -> DatasetVersion:
    """Write a frame as a new version. The same content again is fine; raises `AlreadyExists` on other content."""
    return _place(project, name, frame, lambda path: write_parquet(frame, path), producer)


def _place(
    project: Project, name: DatasetName, frame: pd.DataFrame, write: Callable[[Path], object], producer: Producer
) -> DatasetVersion:
    for known, path in dataset_files(project):
        if known.stem == name.stem and known.suffix != name.suffix:
            raise AlreadyExists(f"{name.stem} exists as {path.name}: a version is one file, take a new date or note")
    target = project.data / str(name)
    digest = ""

    def write_and_hash(path: Path) -> None:
        nonlocal digest
        write(path)
        digest = sha256(path)

    # Where the version exists already, or another process is first, the hashes decide.
    with suppress(FileExistsError):
        atomic.create(target, write_and_hash)
    if sha256(target) != digest:
        raise AlreadyExists(f"{name} exists with other content: a version is never changed, take a new date or note")
    return _record(target, frame, name, producer)


def _record(target: Path, frame: pd.DataFrame, name: DatasetName, producer: Producer) -> DatasetVersion:
    digest = sha256(target)
    if (known := read_record(target)) is not None:
        if known.sha256 != digest:
            raise AlreadyExists(f"{name} was changed since it was registered: put the old bytes back, take a new date")
        return DatasetVersion(name, target, known)
    record = _described(target, target.name, digest, frame, name, producer)
    try:
        write_record(target.parent, record)
    except AlreadyExists:
        if read_record(target) is None:  # not a race: something else stands there
            raise AlreadyExists(f"{record_path(target)} is in the way") from None
    return DatasetVersion(name, target, record)


def describe(file: Path, name: DatasetName, file_name: str) -> DatasetRecord:
    """The record that a file would have as a dataset called `file_name`; nothing is written."""
    return _described(file, file_name, sha256(file), read_frame(file), name, NOBODY)


def _described(
    path: Path, file_name: str, digest: str, frame: pd.DataFrame, name: DatasetName, producer: Producer
) -> DatasetRecord:
    return DatasetRecord(
        file=file_name,
        name=name.name,
        date=name.iso_date,
        features=name.features,
        rows=len(frame),
        columns=tuple(
            Column(name=str(column), type=str(frame.dtypes.iloc[place]), nulls=int(frame.iloc[:, place].isna().sum()))
            for place, column in enumerate(frame.columns)
        ),
        size=path.stat().st_size,
        sha256=digest,
        registered_at=datetime.now(UTC).isoformat(timespec="seconds"),
        made_by=producer.notebook,
        run=producer.run,
        inputs=producer.inputs,
    )
