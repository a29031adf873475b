"""Messages of data."""

from __future__ import annotations

from mlnb.server.messages.base import Message


class DatasetInfo(Message):
    """One version of a dataset. `ref` is what `mlnb.load` takes."""

    ref: str
    name: str
    date: str
    features: str
    path: str
    rows: int
    columns: list[str]
    size: int
    sha256: str
    made_by: str | None
    newest: bool


class DatasetList(Message):
    """All datasets of a project, newest version of each name first."""

    datasets: list[DatasetInfo]


class AddDatasetRequest(Message):
    """Register the file `path` as a dataset version of the project it lies in."""

    path: str
    name: str
    date: str
    features: str
