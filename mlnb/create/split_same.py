"""Whether two values are the same in every way that a notebook can see: for `split_probe.py`, beside which it runs."""

from __future__ import annotations

import hashlib
import math
import sys
from typing import Any


def bare(value: Any) -> Any:
    """A list or dictionary with Python's numbers in place of numpy's."""
    if type(value) is dict:
        return {key: bare(inner) for key, inner in value.items()}
    if type(value) is list:
        return [bare(inner) for inner in value]
    numpy = sys.modules.get("numpy")
    return value.item() if numpy is not None and isinstance(value, numpy.generic) else value


def same(one: Any, other: Any) -> bool:
    """The same type, the same content; of tables also index, order, missing values and types of columns."""
    if type(one) is not type(other):
        return False
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict):
        return list(map(_typed, one)) == list(map(_typed, other)) and all(same(one[key], other[key]) for key in one)
    if numpy is not None and isinstance(one, numpy.ndarray):
        return _same_array(one, other)
    if pandas is not None and isinstance(one, pandas.DataFrame | pandas.Series | pandas.Index):
        return _same_pandas(one, other)
    try:
        return bool(one == other)
    except Exception:  # noqa: BLE001  # whatever cannot be compared is not known to be the same
        return False


def _typed(key: Any) -> tuple[type, Any]:
    return type(key), key


def _same_array(one: Any, other: Any) -> bool:
    by_columns = other.ndim > 1 and other.flags.f_contiguous and not other.flags.c_contiguous
    if one.dtype != other.dtype or one.shape != other.shape or (by_columns and not one.flags.f_contiguous):
        return False
    if one.dtype == object:
        return all(same(*pair) for pair in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True))
    return bool(one.tobytes() == other.tobytes())


def _same_pandas(one: Any, other: Any) -> bool:
    pandas = sys.modules["pandas"]
    if one.shape != other.shape:
        return False
    if isinstance(one, pandas.DataFrame):
        return (
            _same_pandas(one.columns, other.columns)
            and _same_pandas(one.index, other.index)
            and one.attrs == other.attrs
            and all(_same_column(one.iloc[:, at], other.iloc[:, at]) for at in range(one.shape[1]))
        )
    if isinstance(one, pandas.Series):
        return one.name == other.name and _same_pandas(one.index, other.index) and _same_column(one, other)
    if list(one.names) != list(other.names) or getattr(one, "freq", None) != getattr(other, "freq", None):
        return False
    if isinstance(one, pandas.MultiIndex):
        levels = range(one.nlevels)
        return all(_same_pandas(one.get_level_values(at), other.get_level_values(at)) for at in levels)
    return _same_column(one, other)


def _same_column(one: Any, other: Any) -> bool:
    if one.dtype != other.dtype or not (one.isna() == other.isna()).all():
        return False
    if one.dtype == object:
        return all(same(*pair) for pair in zip(one.array, other.array, strict=True))
    if hasattr(one, "cat") and not one.cat.categories.equals(other.cat.categories):  # in their order
        return False
    return bool(one.array.equals(other.array)) if hasattr(one.array, "equals") else bool(one.equals(other))


def difference(came: Any, value: Any) -> str:
    """The first difference, for people."""
    pandas = sys.modules["pandas"]
    if type(came) is not type(value):
        return f"it comes back as {kind_of(came)}"
    if isinstance(value, pandas.DataFrame):
        if not _same_pandas(came.index, value.index):
            return "its index differs; call .reset_index() before the cut"
        for at, column in enumerate(value.columns):
            if at < came.shape[1] and not _same_column(came.iloc[:, at], value.iloc[:, at]):
                return f"column “{column}” holds {_kinds(value.iloc[:, at])}"
        return "its columns have other names"
    if isinstance(value, pandas.Series):
        return f"it holds {_kinds(value)}"
    return f"its type is {getattr(value, 'dtype', type(value).__name__)}"


def _kinds(column: Any) -> str:
    kinds = (
        sorted({type(one).__name__ for one in column.array[:1000]}) if column.dtype == object else [str(column.dtype)]
    )
    return " and ".join(kinds[:3])


def fingerprint(value: Any) -> str | None:
    """A value that can be compared, as a short text; None for any other."""
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    try:
        if pandas is not None and isinstance(value, pandas.DataFrame | pandas.Series):
            types = value.dtypes.astype(str).tolist() if isinstance(value, pandas.DataFrame) else [str(value.dtype)]
            content = pandas.util.hash_pandas_object(value).to_numpy().tobytes() + repr(types).encode()
        elif numpy is not None and isinstance(value, numpy.ndarray) and not value.dtype.hasobject:
            content = f"{value.dtype}{value.shape}".encode() + value.tobytes()
        elif isinstance(value, bool | int | float | str) or (numpy is not None and isinstance(value, numpy.generic)):
            content = f"{type(value)}{value!r}".encode()
        else:
            return None
    except Exception:  # noqa: BLE001  # a value that cannot be hashed is not compared
        return None
    return hashlib.sha256(content).hexdigest()[:16]


def kind_of(value: Any) -> str:
    """A type for people: `a pandas.DataFrame`."""
    kind = type(value)
    name = (
        kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__.split('.')[0]}.{kind.__qualname__}"
    )
    return f"{'an' if name[:1] in 'aeioAEIO' else 'a'} {name}"
