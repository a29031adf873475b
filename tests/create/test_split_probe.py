"""What the probe proposes for a value gives that very value back, by the very text that the notebooks will hold."""

from __future__ import annotations

import ast
import datetime
import json
import pathlib
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlnb.create import split_probe, split_same

X = np.arange(12.0).reshape(4, 3)
DATES = pd.date_range("2020-01-01", periods=2)


def with_attributes() -> pd.DataFrame:
    frame = pd.DataFrame({"a": [1]})
    frame.attrs["unit"] = "mm"
    return frame


TABLES: dict[str, Any] = {
    "strings": pd.DataFrame({"a": [1, 2], "b": ["x", None]}),
    "objects": pd.DataFrame({"a": ["x", np.nan], "c": [None, "y"]}, dtype=object),
    "numbered": pd.DataFrame(X),
    "twice": pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "dated": pd.DataFrame({"a": [1, 2]}, index=DATES),
    "levels": pd.DataFrame({"a": [1, 2]}, index=pd.MultiIndex.from_tuples([(1, "a"), (1, "b")], names=["x", None])),
    "headed": pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", 1)])),
    "ordered": pd.DataFrame({"c": pd.Categorical([3, 1, None], categories=[3, 1, 2], ordered=True)}),
    "lists": pd.DataFrame({"a": [[1, 2], [3]]}),
    "times": pd.DataFrame(
        {"d": DATES.date, "t": DATES.tz_localize("Europe/Berlin"), "u": DATES.astype("datetime64[s]")}
    ),
    "filtered": pd.DataFrame({"a": [1, 2, 3]}).query("a > 1"),
    "small": pd.DataFrame({"a": np.array([1], dtype="int8"), "b": np.array([1], dtype="float32")}),
    "nullable": pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.array([True, None], dtype="boolean")}),
    "empty": pd.DataFrame(),
    "without_rows": pd.DataFrame({"a": [1]}).iloc[:0],
    "object_index": pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "y"], dtype=object)),
    "attributes": with_attributes(),
    "série": pd.Series([1.5, 2], name="y"),
    "unnamed": pd.Series([True, False]),
    "named_by_number": pd.Series([1], name=3),
    "hourly": pd.Series([1, 2], index=pd.date_range("2020", periods=2, freq="h"), name='"q"'),
    "columns": pd.Index(["a", "b"], name="q"),
    "calendar": DATES,
    "vector": np.arange(3),
    "matrix": X,
    "by_columns": X.T,
    "cube": X.reshape(2, 2, 3),
    "texts": np.array(["ab", "c"]),
    "days": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "every_second": X[::2, 1],
}
VALUES: dict[str, Any] = {
    "whole": 3,
    "huge": 10**30,
    "part": 1.5,
    "missing": float("nan"),
    "truth": True,
    "text": 'tëxt\n"q"',
    "nothing": None,
    "np_float": np.float64(1.5),
    "np_int": np.int64(3),
    "np_bool": np.bool_(True),
    "moment": pd.Timestamp("2020-01-01 01:02:03.123456"),
    "duration": pd.Timedelta("3s"),
    "day": datetime.date(2020, 1, 1),
    "moment_py": datetime.datetime(2020, 1, 1, 2),  # noqa: DTZ001  # without a zone, as in a notebook
    "path": pathlib.Path("a/b"),
    "items": [1, "a", None],
    "pair": (1, (2, 3)),
    "mapping": {"a": [1, 2]},
    "by_number": {1: "a"},
    "words": {"b", "a"},
}
REFUSED: dict[str, tuple[Any, str]] = {
    "mixed": (pd.DataFrame({"a": [1, "x"]}), "a pandas.DataFrame, but it cannot be kept as Parquet: "),
    "intervals": (pd.DataFrame({"a": pd.cut([1, 5, 9], 3)}), "a pandas.DataFrame, but it cannot be kept as Parquet: "),
    "scalar_array": (np.array(3), "a numpy.ndarray, but it does not come back from a file as it is"),
    "tables": ({"a": pd.DataFrame()}, "a dict that holds more than plain values: give its tables names of their own"),
    "stream": (iter([1]), "a list_iterator: only tables, arrays and plain values are kept"),
    "function": (len, "a builtin_function_or_method: only tables"),
}


class Rude:
    """An object that raises whatever it is asked."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)


def looked_at(name: str, value: Any) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas warns of odd column names
        return split_probe._looked_at({name: value}, name)


@pytest.mark.parametrize("name", [*TABLES, *VALUES])
def test_there_and_back(name: str) -> None:
    """Saved and loaded as proposed, a value is the same: type, index, order, missing values."""
    value = {**TABLES, **VALUES}[name]
    proposed = looked_at(name, value)
    assert ("dataset" if name in TABLES else "value") == proposed["how"]
    modules: dict[str, Any] = {"pd": pd, "json": json, "ast": ast, "pathlib": pathlib}
    kept = eval(proposed["save"], {**modules, name: value})
    frame = kept if name in TABLES else pd.DataFrame({name: [kept]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = split_probe._through_file(frame)
    space = {**modules, name: eval(proposed["load"], {**modules, "LOADED": read})}
    for line in proposed.get("after", ()):
        exec(line, space)
    assert split_same.same(space[name], value)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """What no file keeps is refused with the reason."""
    value, reason = REFUSED[name]
    proposed = looked_at(name, value)
    assert "refused" == proposed["how"]
    assert proposed["detail"].startswith(reason)


def test_an_object_that_raises() -> None:
    """Nothing that an object does stops the look at the others."""
    assert "refused" == looked_at("rude", Rude())["how"]


DIFFERENT: list[Callable[[], tuple[Any, Any]]] = [
    lambda: (1, 1.0),
    lambda: (1, np.int64(1)),
    lambda: ([1], (1,)),
    lambda: ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    lambda: (pd.Series([1]), pd.Series([1], name="a")),
    lambda: (pd.Series([1, None], dtype=object), pd.Series([1, np.nan], dtype=object)),
    lambda: (pd.Series([1], index=[1]), pd.Series([1])),
    lambda: (X, X.astype("float32")),
    lambda: (pd.Series(pd.Categorical([1], categories=[1, 2])), pd.Series(pd.Categorical([1], categories=[2, 1]))),
]


@pytest.mark.parametrize("pair", DIFFERENT)
def test_different(pair: Callable[[], tuple[Any, Any]]) -> None:
    """What a notebook could tell apart is not the same."""
    one, other = pair()
    assert not split_same.same(one, other)
