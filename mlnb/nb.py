"""What notebooks call: `mlnb.load`, `mlnb.save`, `mlnb.log_metric`, `mlnb.save_model`, `mlnb.decide`."""

from __future__ import annotations

import math
import os
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mlnb import atomic, project
from mlnb.data import register, resolve
from mlnb.data.frames import read_frame, sha256
from mlnb.errors import BadArgument, BadName, MlnbError
from mlnb.records import runs
from mlnb.records.dataset_name import DatasetName, check_slug

if TYPE_CHECKING:
    import pandas as pd

Outcome = Literal["adopt", "drop", "continue"]

# What this process has loaded so far: the inputs, and so the as-of date, of what it saves.
_loaded: list[DatasetName] = []


def load(ref: str, *, as_of: str | None = None) -> pd.DataFrame:
    """Read a dataset version: `"weather"` is the newest, `"weather@2014-12-31"` that of a date,
    `"weather_2014-12-31_daily"` exactly one; `as_of` takes the newest dated on or before it.

    A path to a file is read as it is. In a run, what was read lands in the run's record with its hash.
    Raises `DatasetNotFound`, `NoProject`, and `MlnbError` when the bytes are not those registered.
    """
    if os.sep in ref or "/" in ref or (Path(ref).suffix and Path(ref).is_file()):
        path = Path(ref)
        if not path.is_file():
            raise BadName(f"there is no file {ref}")
        frame = read_frame(path)
        _note("dataset", reference=path.name, file=path.name, sha256=sha256(path), role="input")
        return frame
    version = resolve.resolve(project.find(Path.cwd()), ref, as_of)
    digest = sha256(version.path)
    if version.record is not None and version.record.sha256 != digest:
        raise MlnbError(f"{version.name} was changed since it was registered: restore it, or register a new version")
    frame = read_frame(version.path)
    _loaded.append(version.name)
    _note("dataset", reference=version.name.reference, file=str(version.name), sha256=digest, role="input")
    return frame


def save(frame: pd.DataFrame, name: str, *, features: str, as_of: str | None = None) -> Path:
    """Write `data/<name>_<as_of>_<features>.parquet` with its record and return its path.

    `as_of` is by default the newest date of what was loaded so far. The same content again is fine.
    Raises `AlreadyExists` when the version exists with other content.
    """
    here = project.find(Path.cwd())
    if as_of is None:
        if not _loaded:
            raise BadName(f"say as of which date “{name}” is: mlnb.save(…, as_of='2025-03-14')")
        as_of = max(loaded.iso_date for loaded in _loaded)
    full = register.dataset_name(name, as_of, features, ".parquet", here.settings.datasets.pattern)
    inputs = tuple(dict.fromkeys(str(loaded) for loaded in _loaded))
    producer = register.Producer(notebook=_notebook(), run=os.environ.get("MLNB_RUN_ID"), inputs=inputs)
    version = register.save_frame(here, frame, full, producer)
    digest = version.record.sha256 if version.record else sha256(version.path)
    _note("dataset", reference=full.reference, file=str(full), sha256=digest, role="output")
    return version.path


def log_metric(name: str, value: float) -> None:
    """Record a number that says how good something is; outside a run it is only shown."""
    number = float(value)
    _need_text(name, "a metric needs a name")
    if runs.in_kernel() is None:
        print(f"{name} = {number:g}")
        return
    # JSON knows no NaN; a metric that is not a number is kept as text, so that the record stays readable.
    _note("metric", name=name, value=number if math.isfinite(number) else str(number))
    print(f"{name} = {number:g}")


def save_model(model: object, name: str, *, sample: pd.DataFrame | None = None) -> Path:
    """Pickle a model as `<name>.pkl`, with a sample of its input beside it, and return its path.

    In a run it becomes an artifact of the run; otherwise it goes to `runs/interactive/artifacts`.
    """
    check_slug(name, "the name of a model")
    run = runs.in_kernel()
    folder = (run or project.find(Path.cwd()).runs / "interactive") / runs.ARTIFACTS
    path = folder / f"{name}.pkl"
    try:
        content = pickle.dumps(model)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise MlnbError(f"the model “{name}” cannot be pickled: {error}") from None
    try:
        rows = None if sample is None else sample.to_json(orient="records", date_format="iso") + "\n"
    except ValueError as error:
        raise MlnbError(f"the sample for “{name}” cannot be written: {error}") from None
    atomic.write_bytes(path, content)
    _note("artifact", path=path.name)
    if rows is not None:
        sample_path = folder / f"{name}.sample.json"
        atomic.write_text(sample_path, rows)
        _note("artifact", path=sample_path.name)
    return path


def decide(outcome: Outcome, *, why: str) -> None:
    """Record what an experiment led to: adopt, drop or continue, and why."""
    if outcome not in ("adopt", "drop", "continue"):
        raise BadArgument(f"a decision is “adopt”, “drop” or “continue”, not “{outcome}”")
    _need_text(why, "a decision needs a reason: mlnb.decide('adopt', why='…')")
    _note("decision", outcome=outcome, why=why)
    print(f"{outcome}: {why}")


def _need_text(value: object, message: str) -> None:
    """Notebooks are not type-checked: what is no text would be lost on the way to the record."""
    if not isinstance(value, str) or not value.strip():
        raise BadArgument(message)


def _note(event: str, **fields: Any) -> None:
    if (run := runs.in_kernel()) is not None:
        runs.log(run, event, **fields)


def _notebook() -> str | None:
    """The notebook of this kernel: as the run says, else as Jupyter's session does."""
    name = os.environ.get("MLNB_NOTEBOOK") or os.environ.get("JPY_SESSION_NAME")
    return Path(name).name if name and name.endswith(".ipynb") else None
