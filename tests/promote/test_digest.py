"""Fingerprints: equal values have equal ones, other values others, and what cannot be looked into says so."""

from __future__ import annotations

import threading
from collections import OrderedDict, namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlnb.promote import digest as digests
from mlnb.promote.compare import _verdict
from mlnb.promote.digest import digest

Point = namedtuple("Point", "x y")


@dataclass
class Box:
    content: Any


MIXED: Any = [1, "1", None]
LETTERS: Any = ["y", None]
DATES: Any = ["2024-01-31", None]
WHOLE: Any = [1, None]


def frame() -> pd.DataFrame:
    return pd.DataFrame({"a": [1, 2], "b": [0.5, None], "c": ["x", None]}, index=["p", "q"])


def cycle() -> list[Any]:
    found: list[Any] = [1]
    found.append(found)
    return found


# Each makes a value twice; all of them differ from one another.
VALUES: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "int": lambda: 1,
    "true": lambda: True,
    "text": lambda: "1",
    "bytes": lambda: b"1",
    "float": lambda: 1.0,
    "zero": lambda: 0.0,
    "minus zero": lambda: -0.0,
    "nan": lambda: float("nan"),
    "complex": lambda: 1j,
    "list": lambda: [1, 2],
    "tuple": lambda: (1, 2),
    "mixed": lambda: [1, "2", None, 3.0],
    "named tuple": lambda: Point(1, 2),
    "dict": lambda: {"a": 1, "b": [2]},
    "dict in another order": lambda: {"b": [2], "a": 1},
    "ordered dict": lambda: OrderedDict(a=1, b=[2]),
    "set": lambda: {"a", "b", "c"},
    "frozen set": lambda: frozenset("abc"),
    "cycle": cycle,
    "date": lambda: date(2024, 1, 31),
    "object": lambda: Box([1, 2]),
    "other object": lambda: Box([1, 3]),
    "path": lambda: Path("a") / "b",
    "function": lambda: frame,
    "module": lambda: np,
    "class": lambda: Box,
    "method": lambda: [1, 2].append,
    "numpy scalar": lambda: np.float64(1.0),
    "array": lambda: np.arange(3),
    "array of floats": lambda: np.arange(3.0),
    "array of another width": lambda: np.arange(3, dtype="int32"),
    "array of another shape": lambda: np.arange(3).reshape(1, 3),
    "array of objects": lambda: np.array([1, "a", None], dtype=object),
    "structured array": lambda: np.array([(1, 2.0)], dtype=[("a", "i1"), ("b", "f8")]),
    "random generator": lambda: np.random.default_rng(0),
    "random generator after a draw": lambda: _drawn(np.random.default_rng(0)),
    "frame": frame,
    "frame with another name": lambda: frame().rename(columns={"a": "z"}),
    "frame with another index": lambda: frame().reset_index(drop=True),
    "frame with another order": lambda: frame()[["b", "a", "c"]],
    "frame of another type": lambda: frame().astype({"a": "int32"}),
    "frame with another text": lambda: frame().assign(c=LETTERS),
    "series": lambda: frame()["a"],
    "series of objects": lambda: pd.Series(MIXED, dtype=object),
    "series of texts as objects": lambda: pd.Series(["1", "1", "x"], dtype=object),
    "categories": lambda: pd.Series(["a", "b"], dtype="category"),
    "ordered categories": lambda: pd.Series(pd.Categorical(["a", "b"], ordered=True)),
    "times": lambda: pd.Series(pd.to_datetime(DATES)),
    "times in a zone": lambda: pd.Series(pd.to_datetime(DATES, utc=True)),
    "nullable": lambda: pd.Series(WHOLE, dtype="Int64"),
    "index": lambda: pd.Index(["a", "b"]),
    "multi-index": lambda: pd.MultiIndex.from_tuples([("a", 1), ("b", 2)]),
    "time stamp": lambda: pd.Timestamp("2024-01-31"),
}


def _drawn(generator: np.random.Generator) -> np.random.Generator:
    generator.random()
    return generator


@pytest.mark.parametrize("name", VALUES)
def test_made_twice_is_equal(name: str) -> None:
    """The same value has the same fingerprint, in every run."""
    one, two = digest(VALUES[name]()), digest(VALUES[name]())
    assert "unchecked" not in one
    assert one["exact"] == two["exact"]
    assert one["shape"] == two["shape"]


def test_all_values_differ() -> None:
    """No two of the values are taken for each other."""
    prints = {name: digest(make())["exact"] for name, make in VALUES.items()}
    assert len(VALUES) == len(set(prints.values())), prints


def test_estimators() -> None:
    """A fitted model is looked into: parameters, coefficients and trees."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression

    x, y = np.arange(20.0).reshape(10, 2), np.array([0, 1] * 5)
    assert digest(LogisticRegression(C=1.0).fit(x, y))["exact"] == digest(LogisticRegression(C=1.0).fit(x, y))["exact"]
    assert digest(LogisticRegression(C=1.0).fit(x, y))["exact"] != digest(LogisticRegression(C=2.0).fit(x, y))["exact"]
    forests = [RandomForestClassifier(n_estimators=3, random_state=seed).fit(x, y) for seed in (0, 0, 1)]
    prints = [digest(forest)["exact"] for forest in forests]
    assert prints[0] == prints[1] != prints[2]


def test_equal_parts_need_not_be_one_object() -> None:
    """Whether two equal parts are shared makes no difference."""
    part = [1, 2]
    assert digest([part, part])["exact"] == digest([[1, 2], [1, 2]])["exact"]


@pytest.mark.parametrize("value", [threading.Lock(), (number for number in range(3)), [threading.Lock()]])
def test_what_cannot_be_looked_into_says_so(value: object) -> None:
    """Never a hash that means nothing."""
    found = digest(value)
    assert found["unchecked"]
    assert "exact" not in found


def test_files_that_the_run_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook and the pipeline write to different folders, and that is no difference."""
    monkeypatch.setattr(digests, "MADE_PATHS", {str(tmp_path / "one" / "m.pkl"): "m.pkl", "/two/m.pkl": "m.pkl"})
    assert digest(tmp_path / "one" / "m.pkl")["exact"] == digest(Path("/two/m.pkl"))["exact"]
    assert digest(Path("/three/m.pkl"))["exact"] != digest(Path("/two/m.pkl"))["exact"]


VERDICTS = [
    (1.0, 1.0, "identical"),
    (1.0, 1.0 + 1e-12, "within tolerance"),
    (1.0, 1.0 + 1e-6, "different"),
    (0.0, 1e-300, "different"),
    (float("nan"), float("nan"), "identical"),
    (1, 1.0, "different"),
    ([1.0, 2.0], [1.0, 2.0 + 1e-12], "within tolerance"),
    ([1.0, 2.0], [1.0], "different"),
    ({"a": np.array([1.0])}, {"a": np.array([1.0 + 1e-12])}, "within tolerance"),
    (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [1.0 + 1e-12]}), "within tolerance"),
    (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"b": [1.0]}), "different"),
    (threading.Lock(), threading.Lock(), "not checked"),
]


@pytest.mark.parametrize(("mine", "theirs", "verdict"), VERDICTS)
def test_verdicts(mine: object, theirs: object, verdict: str) -> None:
    """From two fingerprints to a verdict."""
    assert verdict == _verdict(digest(mine), digest(theirs))[0]


def test_a_value_on_one_side_only_is_different() -> None:
    """A name that only one side has bound."""
    assert "different" == _verdict(digest(1), None)[0]
