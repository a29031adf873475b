"""Looks, in the kernel of a notebook, at the values that live across a cut, and finds how each survives a file.

This file runs by itself, loaded by its path beside `split_same.py`: the kernel needs no mlnb for it.
Whatever is proposed has been tried: written to Parquet, read again, and compared with the value, bit for bit.
"""

from __future__ import annotations

import ast
import datetime
import importlib.util
import json
import os
import pathlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

# Ways to keep a plain value in a row of a table: what is stored, and how it is read again.
_FORMS = {
    "as it is": "{name}",
    "json": "json.dumps({name})",
    "text": "str({name})",
    "literal": "repr({name})",
    "loose": "json.dumps({name}, default=lambda one: one.item())",
}
_READINGS = (
    ("as it is", "{at}"),
    ("as it is", "{at}.to_pydatetime()"),
    ("as it is", "{at}.to_pytimedelta()"),
    ("as it is", "bool({at})"),
    ("as it is", "int({at})"),
    ("as it is", "float({at})"),
    ("as it is", "str({at})"),
    ("json", "json.loads({at})"),
    ("json", "tuple(json.loads({at}))"),
    ("literal", "ast.literal_eval({at})"),
    ("text", "pathlib.Path({at})"),
    ("loose", "json.loads({at})"),  # numbers of numpy inside come back as Python's
)
_PLAIN = (bool, int, float, str, bytes, type(None), list, tuple, dict, set, frozenset)
_PLAIN += (datetime.date, datetime.timedelta, pathlib.PurePath)  # type: ignore[assignment]  # a tuple of types grows
_MODELS = ("sklearn", "xgboost", "lightgbm", "catboost", "torch", "keras", "tensorflow", "statsmodels")


def _sibling(name: str) -> ModuleType:
    path = pathlib.Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_mlnb_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_same = _sibling("split_same")


def report(namespace: Mapping[str, Any]) -> None:
    """Write down how each name that crosses can be kept."""
    asked = json.loads(os.environ["MLNB_SPLIT"])
    found: dict[str, Any] = {
        "mlnb": importlib.util.find_spec("mlnb") is not None,
        "loaded": _loaded(),
        "wrong": [name for name, text in asked["literals"].items() if not _is_literal(namespace, name, text)],
        "values": {name: _looked_at(namespace, name) for name in asked["values"]},
    }
    _mark_shared(namespace, asked, found["values"])
    pathlib.Path(os.environ["MLNB_SPLIT_REPORT"]).write_text(json.dumps(found), encoding="utf-8")


def fingerprints(namespace: Mapping[str, Any]) -> None:
    """Write down what the cells after the cut have computed, as far as it can be compared."""
    names = json.loads(os.environ["MLNB_SPLIT"])["made"]
    marks = {name: _same.fingerprint(namespace[name]) for name in names if name in namespace}
    found = {name: mark for name, mark in marks.items() if mark is not None}
    pathlib.Path(os.environ["MLNB_SPLIT_END"]).write_text(json.dumps(found), encoding="utf-8")


def _loaded() -> str | None:
    """The newest date of what the notebook has loaded by mlnb: that of what it saves now."""
    dates = [str(one.iso_date) for one in getattr(sys.modules.get("mlnb.nb"), "_loaded", [])]
    return max(dates) if dates else None


def _is_literal(namespace: Mapping[str, Any], name: str, text: str) -> bool:
    return name in namespace and _same.same(namespace[name], ast.literal_eval(text))


def _looked_at(namespace: Mapping[str, Any], name: str) -> dict[str, Any]:
    if name not in namespace:
        return {"how": "refused", "detail": "it is not bound when the notebook gets there"}
    value = namespace[name]
    try:
        return _table(name, value) or _value(name, value) or {"how": "refused", "detail": _reason(value)}
    except Exception as error:  # noqa: BLE001  # an object may raise anything when it is looked at
        return {"how": "refused", "detail": f"{_same.kind_of(value)} that cannot be looked at: {type(error).__name__}"}


def _mark_shared(namespace: Mapping[str, Any], asked: Mapping[str, Any], found: dict[str, Any]) -> None:
    """Two names for one object stay two names for one object; arrays that share memory must not be changed."""
    names = [name for name in found if found[name]["how"] in ("dataset", "value")]
    first: dict[int, str] = {}
    for name in names:
        other = first.setdefault(id(namespace[name]), name)
        if other != name and not isinstance(namespace[name], bool | int | float | str | type(None)):
            found[name] = {"how": found[name]["how"], "detail": f"the same object as `{other}`", "same": other}
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return
    arrays = [one for one in names if isinstance(namespace[one], numpy.ndarray)]
    for place, name in enumerate(arrays):
        for other in arrays[:place]:
            one, another = namespace[name], namespace[other]
            shares = one is not another and numpy.may_share_memory(one, another)
            if shares and {name, other} & set(asked["changed"]):
                detail = f"it shares its memory with `{other}`, and a cell after the cut changes one of them"
                found[name] = {"how": "refused", "detail": detail}


# ------------------------------------------------------------------ tables


def _table(name: str, value: Any) -> dict[str, Any] | None:
    """How a frame, a series, an index or an array goes through a file; None for anything else."""
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        ways, columns = _array_ways(name, value), [name]
    elif pandas is not None and isinstance(value, pandas.DataFrame):
        ways, columns = _frame_ways(name, value), [str(column) for column in value.columns]
    elif pandas is not None and isinstance(value, pandas.Series):
        ways, columns = _series_ways(name, value), [str(name if value.name is None else value.name)]
    elif pandas is not None and isinstance(value, pandas.Index):
        ways, columns = _index_ways(name, value), [str(name if value.name is None else value.name)]
    else:
        return None
    problem = "it does not come back from a file as it is"
    for saved, loaded in ways:
        try:
            written = _evaluated(saved, {"pd": importlib.import_module("pandas"), name: value})
            read = _through_file(written)
            came = _evaluated(loaded, {"LOADED": read})
        except Exception as error:  # noqa: BLE001  # pyarrow and pandas raise their own
            problem = f"it cannot be kept as Parquet: {(str(error).splitlines() or [type(error).__name__])[0][:200]}"
            continue
        mended = _mended(name, came, value)
        if mended is None:
            problem = f"it does not come back from a file as it is: {_same.difference(came, value)}"
            continue
        return {
            "how": "dataset",
            "detail": f"{_same.kind_of(value)} of {_shape(value)}",
            "save": saved,
            "load": loaded,
            "after": mended,
            "columns": columns[:50],
        }
    return {"how": "refused", "detail": f"{_same.kind_of(value)}, but {problem}"}


def _evaluated(expression: str, names: dict[str, Any]) -> Any:
    """What an expression of this module's own making gives: the very text that the notebooks will hold."""
    return eval(expression, names)  # noqa: S307  # made here of names and literals


def _through_file(frame: Any) -> Any:
    pandas = importlib.import_module("pandas")
    with tempfile.TemporaryDirectory(prefix="mlnb-split-") as folder:
        path = pathlib.Path(folder) / "value.parquet"
        frame.to_parquet(path)
        return pandas.read_parquet(path)


def _frame_ways(name: str, value: Any) -> Iterator[tuple[str, str]]:
    yield name, "LOADED"
    if not (value.columns.is_unique and all(isinstance(column, str) for column in value.columns)):
        yield f'{name}.set_axis([str(number) for number in range({name}.shape[1])], axis="columns")', "LOADED"


def _series_ways(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value.name, str):
        yield f"{name}.to_frame()", f"LOADED[{_text(value.name)}]"
    else:
        yield f'{name}.to_frame("{name}")', f'LOADED["{name}"].rename({value.name!r})'


def _index_ways(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if value.nlevels == 1:
        yield (
            f'{name}.to_frame(index=False, name="{name}")',
            f'LOADED.set_index("{name}").index.rename({_text(value.name)})',
        )


def _array_ways(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if value.dtype.names or value.ndim == 0:
        return
    kind = f'.astype("{value.dtype.str}")' if value.dtype.kind in "US" or value.dtype.kind in "mM" else ""
    if value.ndim == 1:
        yield f'pd.DataFrame({{"{name}": {name}}})', f'LOADED["{name}"].to_numpy(copy=True){kind}'
        return
    order = 'order="F"' if value.flags.f_contiguous and not value.flags.c_contiguous else ""
    shape = ", ".join(["-1", *(str(length) for length in value.shape[1:])])
    flat = name if value.ndim == 2 else f"{name}.reshape(len({name}), -1)"
    back = "" if value.ndim == 2 else f".reshape({shape})"
    yield f"pd.DataFrame({flat}).rename(columns=str)", f"LOADED.to_numpy().copy({order}){back}{kind}"


def _mended(name: str, came: Any, value: Any) -> list[str] | None:
    """Statements that give what came from a file what the file does not keep; None where none do."""
    done: list[str] = []
    for statement in ["", *_repairs(name, came, value)]:
        space = {name: came.copy() if statement else came}
        try:
            for line in [*done, statement]:
                exec(line, {"pd": sys.modules.get("pandas")}, space)  # noqa: S102  # made below
        except Exception:  # noqa: BLE001, S112  # a repair that does not fit
            continue
        if statement:
            done.append(statement)
        if _same.same(space[name], value):
            return done
    return None


def _repairs(name: str, came: Any, value: Any) -> Iterator[str]:
    """What may be missing, one after the other: names of columns, types, missing values, the index."""
    pandas = sys.modules.get("pandas")
    if pandas is None or type(came) is not type(value):
        return
    if isinstance(value, pandas.DataFrame):
        if not _same.same(came.columns, value.columns):
            yield from _label_repairs(name, value.columns)
        other = {
            label: str(there) for label, there in value.dtypes.items() if str(there) != str(came.dtypes.get(label))
        }
        if other:
            yield f"{name} = {name}.astype({other!r})"
        for number, label in enumerate(value.columns):
            place = f"{name}[{_text(label)}]"
            yield from (f"{place} = {made}" for made in _column_repairs(place, value.iloc[:, number]))
    elif isinstance(value, pandas.Series):
        if came.dtype != value.dtype:
            yield f'{name} = {name}.astype("{value.dtype}")'
        yield from (f"{name} = {made}" for made in _column_repairs(name, value))
    if isinstance(value, pandas.Index):
        yield from _index_repairs(name, came, value)
    elif isinstance(value, pandas.DataFrame | pandas.Series):
        yield from _index_repairs(f"{name}.index", came.index, value.index)


def _label_repairs(name: str, columns: Any) -> Iterator[str]:
    labels, names = columns.tolist(), list(columns.names)
    if columns.nlevels > 1:
        yield f"{name}.columns = pd.MultiIndex.from_tuples({labels!r}, names={names!r})"
    else:
        yield f"{name}.columns = pd.Index({labels!r}, dtype={str(columns.dtype)!r}, name={columns.name!r})"


def _index_repairs(place: str, came: Any, index: Any) -> Iterator[str]:
    pandas = sys.modules["pandas"]
    if index.dtype != came.dtype:
        yield f'{place} = {place}.astype("{index.dtype}")'
    if getattr(index, "freq", None) is not None:
        yield f'{place}.freq = "{index.freqstr}"'
    if isinstance(index, pandas.RangeIndex) and not isinstance(came, pandas.RangeIndex):
        yield f"{place} = pd.RangeIndex({index.start}, {index.stop}, {index.step}, name={index.name!r})"


def _column_repairs(place: str, value: Any) -> Iterator[str]:
    """The order of categories; of objects which of the missing values there are, and lists instead of arrays."""
    if hasattr(value, "cat"):
        yield f"{place}.astype(pd.CategoricalDtype({value.cat.categories.tolist()!r}, ordered={value.cat.ordered}))"
    if value.dtype != object or not len(value):
        return
    missing = value[value.isna()]
    if len(missing):
        yield f"{place}.where({place}.notna(){', None' if missing.iloc[0] is None else ''})"
    if all(isinstance(one, list) for one in value):
        yield f"{place}.map(lambda one: one.tolist())"


def _text(label: Any) -> str:
    """A label as Python has it, text in double quotes."""
    return json.dumps(label, ensure_ascii=False) if isinstance(label, str) else repr(label)


# ------------------------------------------------------------------ plain values


def _value(name: str, value: Any) -> dict[str, Any] | None:
    """How a plain value goes through a row of a table; None for what is none."""
    numpy = sys.modules.get("numpy")
    if not isinstance(value, _PLAIN) and not (numpy is not None and isinstance(value, numpy.generic)):
        return None
    pandas = importlib.import_module("pandas")
    modules = {"json": json, "ast": ast, "pathlib": pathlib}
    for form, reading in _READINGS:
        saved, at = _FORMS[form].format(name=name), f'LOADED.at[0, "{name}"]'
        loaded = reading.format(at=at)
        try:
            row = pandas.DataFrame({name: [_evaluated(saved, {**modules, name: value})]})
            came = _evaluated(loaded, {**modules, "LOADED": _through_file(row)})
        except Exception:  # noqa: BLE001, S112  # the next form may do
            continue
        if _same.same(came, value) or (form == "loose" and _same.same(came, _same.bare(value))):
            used = [module for module in modules if f"{module}." in saved or f"{module}." in loaded]
            detail = f"{_same.kind_of(value)}, kept in a table of one row"
            return {"how": "value", "detail": detail, "save": saved, "load": loaded, "modules": used}
    return None


def _reason(value: Any) -> str:
    family = type(value).__module__.split(".")[0]
    if family in _MODELS:
        return f"{_same.kind_of(value)}: a file does not keep a model as it is; cut before it is trained"
    if family == "polars":
        return f"{_same.kind_of(value)}: only tables of pandas are kept; make it one with .to_pandas()"
    if isinstance(value, dict | list | tuple | set):
        return f"{_same.kind_of(value)} that holds more than plain values: give its tables names of their own"
    return f"{_same.kind_of(value)}: only tables, arrays and plain values are kept; make it anew after the cut"


def _shape(value: Any) -> str:
    numbers = [f"{length:,}" for length in value.shape]
    return f"{numbers[0]} rows" if len(numbers) == 1 else " × ".join(numbers)
