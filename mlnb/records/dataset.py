"""The record beside each dataset version: schema, size, hash, who made it."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from mlnb import atomic
from mlnb.errors import AlreadyExists, BadName, MlnbError
from mlnb.project import Project
from mlnb.records.dataset_name import DatasetName

RECORD_SUFFIX = ".mlnb.json"


class Column(BaseModel):
    """A column as pandas reads it; `nulls` counts missing values."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # a later mlnb may say more

    name: str
    type: str
    nulls: int


class DatasetRecord(BaseModel):
    """All that is known of one immutable version. `file` is the name of the data beside the record."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # a later mlnb may say more

    schema_version: int = 1
    file: str
    name: str
    date: str
    features: str
    rows: int
    columns: tuple[Column, ...]
    size: int
    sha256: str
    registered_at: str
    made_by: str | None = None
    run: str | None = None
    inputs: tuple[str, ...] = ()

    @property
    def dataset_name(self) -> DatasetName:
        return DatasetName.parse(self.file)


def record_path(data_file: Path) -> Path:
    return data_file.with_name(data_file.name + RECORD_SUFFIX)


def read_record(data_file: Path) -> DatasetRecord | None:
    """The record of a data file, or None where it has none. Raises `MlnbError` on a damaged one."""
    path = record_path(data_file)
    try:
        return DatasetRecord.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValidationError, ValueError, OSError):
        message = f"{path} is not a dataset record mlnb can read: restore it, or delete it and register the file again"
        raise MlnbError(message) from None


def write_record(folder: Path, record: DatasetRecord) -> None:
    """Write the record of a new version; raises `AlreadyExists` when another process was first."""
    try:
        atomic.create_text(record_path(folder / record.file), record.model_dump_json(indent=2) + "\n")
    except FileExistsError:
        raise AlreadyExists(
            f"{record.file} has a record already: a version is never changed, take a new date"
        ) from None


def dataset_files(project: Project) -> list[tuple[DatasetName, Path]]:
    """Every file of the data folder whose name is a dataset name, oldest version first within a name."""
    found: list[tuple[DatasetName, Path]] = []
    if not project.data.is_dir():
        return found
    for path in project.data.rglob("*"):
        if path.name.endswith(RECORD_SUFFIX) or path.name.startswith(".") or not path.is_file():
            continue
        try:
            name = DatasetName.parse(path.name)
        except BadName:
            continue
        if name.suffix:
            found.append((name, path))
    return sorted(found, key=lambda item: (item[0].name, item[0].order, str(item[1])))
