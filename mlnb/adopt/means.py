"""What adoption asks of other journeys, passed in by `mlnb.api`, as journeys do not import each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb.project import Project
from mlnb.records.dataset import DatasetRecord
from mlnb.records.dataset_name import DatasetName

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Means:
    """From create: the slug of a title and a person's initials; from data: frames, names and records of datasets."""

    slug: Callable[[Project, str], str]
    initials: Callable[[Project], str]
    frame: Callable[[Path], pd.DataFrame]
    dataset_name: Callable[[str, str, str, str], DatasetName]
    dataset_record: Callable[[Path, DatasetName, str], DatasetRecord]
