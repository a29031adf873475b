"""Where the pipeline reads its data and leaves what it makes.

Datasets are files named `name_date_features.ext`, such as `bookings_2025-03-14_price-stay.parquet`.
Their date is the day the data is as of; the newest version of a name is the one with the latest date.
"""

from __future__ import annotations

import json
import math
import os
import pickle
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_PACKED = ("", ".gz", ".bz2", ".zip", ".zst")
_SUFFIXES = (".parquet", ".feather", *(f"{text}{packed}" for text in (".csv", ".jsonl") for packed in _PACKED))
_WORDS = r"[^\W_]+(?:-[^\W_]+)*"
_DAY = r"\d{4}-\d{2}(?:-\d{2})?"
_FIELDS = {
    "name": rf"(?P<name>{_WORDS})",
    "date": rf"(?:{_DAY}--)?(?P<date>{_DAY}|\d{{8}})(?:T\d{{4,6}}Z)?",
    "features": rf"(?P<features>{_WORDS}?)",
}
_DATASETS = [
    re.compile("_".join(_FIELDS[field] for field in order) + r"(?:_v(?P<version>[1-9]\d*))?(?:_part-\d+)?")
    for order in (("name", "date", "features"), ("date", "name", "features"), ("name", "features", "date"))
]
_REFERENCE = re.compile(rf"(?P<name>{_WORDS})(?:@(?P<date>\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?))?")


class DatasetNotFound(LookupError):
    """No version of a dataset fits what was asked for."""


class Store:
    """Dated datasets in the folder `data`, results in the folder `out`."""

    def __init__(self, data: str | os.PathLike[str], out: str | os.PathLike[str]) -> None:
        self.data = Path(data)
        self.out = Path(out)
        self.metrics: dict[str, float] = {}
        self._loaded: list[str] = []

    def load(self, ref: str, *, as_of: str | None = None) -> pd.DataFrame:
        """Read a dataset: `bookings` (the newest), `bookings@2025-03` (the newest of that time), or its full name.

        `as_of` takes the newest version dated on or before it. A path to a file is read as it is.
        """
        if os.sep in ref or "/" in ref or (Path(ref).suffix and Path(ref).is_file()):
            return _read(Path(ref))
        path = self._find(ref, as_of)
        self._loaded.append(_date(path))
        return _read(path)

    def save(self, frame: pd.DataFrame, name: str, *, features: str, as_of: str | None = None) -> Path:
        """Write a dataset version into `out`; its date is by default the newest of those loaded so far."""
        if as_of is None:
            if not self._loaded:
                raise ValueError(f"say as of which date “{name}” is")
            as_of = max(self._loaded)
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / f"{name}_{as_of}_{features}.parquet"
        frame.to_parquet(path)
        return path

    def log_metric(self, name: str, value: float) -> None:
        """Keep a number that says how good something is."""
        self.metrics[name] = float(value)
        sys.stdout.write(f"{name} = {float(value):g}\n")

    def save_model(self, model: object, name: str, *, sample: pd.DataFrame | None = None) -> Path:
        """Pickle a model as `<name>.pkl`, with a sample of its input beside it."""
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / f"{name}.pkl"
        path.write_bytes(pickle.dumps(model))
        if sample is not None:
            text = sample.to_json(orient="records", date_format="iso")
            path.with_suffix(".sample.json").write_text(f"{text}\n", encoding="utf-8")
        return path

    def write_metrics(self) -> Path:
        """Write the metrics as `metrics.json`; JSON knows no NaN, so one that is no number is written as text."""
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / "metrics.json"
        values: dict[str, Any] = {
            name: value if math.isfinite(value) else str(value) for name, value in self.metrics.items()
        }
        path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
        return path

    def _find(self, ref: str, as_of: str | None) -> Path:
        versions = self._versions()
        stems = {_stem(path): path for path in versions}
        full = stems.get(_stem(Path(ref)))
        if full is not None and ref in (full.name, _stem(full)):
            return full
        wanted = _REFERENCE.fullmatch(ref)
        mine = [path for path in versions if wanted and _field(path, "name") == wanted["name"]]
        if wanted and wanted["date"]:
            mine = [path for path in mine if _date(path).startswith(wanted["date"])]
        if as_of:
            mine = [path for path in mine if _date(path) <= as_of]
        if not mine:
            known = ", ".join(stems) or "nothing"
            raise DatasetNotFound(f"there is no dataset “{ref}” in {self.data}; there is {known}")
        newest = _date(mine[-1])
        if len({_field(path, "features") for path in mine if _date(path) == newest}) > 1:
            raise DatasetNotFound(f"“{ref}” fits several versions of {newest}: write the full name of one")
        return mine[-1]

    def _versions(self) -> list[Path]:
        """Every dataset, oldest version first; what this run saved is among them."""
        folders = [folder for folder in (self.data, self.out) if folder.is_dir()]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return sorted((path for path in files if _match(path) and _suffix(path)), key=_order)


def _suffix(path: Path) -> str:
    return next((suffix for suffix in sorted(_SUFFIXES, key=len, reverse=True) if path.name.endswith(suffix)), "")


def _stem(path: Path) -> str:
    return path.name.removesuffix(_suffix(path)) if _suffix(path) else path.name


def _match(path: Path) -> re.Match[str] | None:
    return next((found for pattern in _DATASETS if (found := pattern.fullmatch(_stem(path)))), None)


def _field(path: Path, field: str) -> str:
    found = _match(path)
    return (found[field] or "") if found else ""


def _date(path: Path) -> str:
    date = _field(path, "date")
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 else date


def _order(path: Path) -> tuple[str, str, int]:
    date = _date(path)
    return _field(path, "name"), date if len(date) > 7 else f"{date}-99", int(_field(path, "version") or 0)


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd  # only here, so that the command line answers at once

    name = path.name
    for packed in _PACKED:
        name = name.removesuffix(packed)
    if name.endswith(".csv"):
        return pd.read_csv(path)
    if name.endswith(".parquet"):
        return pd.read_parquet(path)
    if name.endswith(".feather"):
        return pd.read_feather(path)
    if name.endswith(".jsonl"):
        return pd.read_json(path, lines=True)
    raise ValueError(f"{name} is of no type this pipeline reads: use Parquet, CSV, Feather or JSON lines")
