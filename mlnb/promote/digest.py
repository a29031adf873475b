"""Fingerprints of values, to compare a notebook's with a pipeline's.

This file also runs by itself, inside the notebook's kernel and inside the pipeline's process:
it imports the standard library only and uses numpy, pandas or torch where the value shows that they are there.

A fingerprint has an `exact` hash of everything, and a `shape` hash of everything but the floating-point numbers,
which are listed beside it where they are few, so that two values can also be compared within a tolerance.
A value that cannot be looked into says why in `unchecked`, and is never taken for equal.
"""

from __future__ import annotations

import functools
import hashlib
import io
import struct
import sys
import types
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

MAX_FLOATS = 20_000

# Modules whose classes and functions are named without their module: the notebook's own code lives elsewhere
# in the pipeline. The pipeline's process adds its package.
OWN_MODULES = {"__main__"}

# Paths that the run itself made, and what they are called in both places.
MADE_PATHS: dict[str, str] = {}

# In the pipeline: the arguments that a function of the notebook gets when it is passed on as a value.
BOUND_ARGUMENTS: dict[str, set[str]] = {}

Pair = tuple[str, str]


class Unchecked(Exception):
    """The value holds something that cannot be compared."""


def digest(value: Any) -> dict[str, Any]:
    """The fingerprint of a value as JSON: type, summary, exact, shape, floats, unchecked."""
    walk = _Walk()
    try:
        exact, shape = walk.value(value)
    except Unchecked as reason:
        return {"summary": summary(value), "unchecked": str(reason)}
    except RecursionError:
        return {"summary": summary(value), "unchecked": "it is nested too deeply"}
    except Exception as error:  # noqa: BLE001  # looking into a foreign object may run any code of its class
        return {"summary": summary(value), "unchecked": f"looking into it fails: {type(error).__name__}: {error}"}
    floats = walk.floats if len(walk.floats) <= MAX_FLOATS else None
    return {"summary": summary(value), "exact": exact, "shape": shape, "floats": floats}


def summary(value: Any) -> str:
    """A few words for people: the value itself where it is short, else its type and size."""
    name = type(value).__name__
    if isinstance(value, PurePath):
        return f"path to {value.name}"
    if isinstance(value, bool | int | float | complex | str | bytes | None):
        text = repr(value)
        return text if len(text) <= 60 else f"{name} of length {len(text)}"
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and all(isinstance(one, int) for one in shape):
        return f"{name} {' × '.join(map(str, shape))}" if shape else f"{name} {value}"
    if isinstance(value, list | tuple | dict | set | frozenset):
        return f"{name} of {len(value)}"
    return name


def random_state(*, numpy: bool) -> dict[str, Any]:
    """The fingerprint of the global random generators; numpy's only where the notebook may draw from it."""
    state: list[Any] = [sys.modules["random"].getstate() if "random" in sys.modules else None]
    if numpy and "numpy" in sys.modules:
        state.append(sys.modules["numpy"].random.get_state())
    return {**digest(state), "summary": "draws so far"}


class _Walk:
    """Hashes from the leaves up, so that it makes no difference whether two equal parts are one object."""

    def __init__(self) -> None:
        self.floats: list[float] = []
        self._known: dict[int, Pair] = {}
        self._open: list[int] = []
        self._alive: list[Any] = []  # an id is only unique while its object lives

    def value(self, value: Any) -> Pair:
        kind = type(value)
        if isinstance(value, str | PurePath) and str(value) in MADE_PATHS:
            return _leaf(f"made:{MADE_PATHS[str(value)]}".encode())
        if value is None or value is Ellipsis or value is NotImplemented or kind in (bool, int, str, bytes, complex):
            return _leaf(f"{kind.__name__}:{value!r}".encode())
        if kind is float:
            return self._floats("float", struct.pack("<d", value), [value])
        if id(value) in self._known:
            return self._known[id(value)]
        if id(value) in self._open:
            return _leaf(f"cycle:{len(self._open) - self._open.index(id(value))}".encode())
        self._open.append(id(value))
        found = self._compound(value)
        self._open.pop()
        self._alive.append(value)
        self._known[id(value)] = found
        return found

    def _compound(self, value: Any) -> Pair:
        kind = type(value)
        if kind in (list, tuple):
            return self._sequence(kind.__name__, value)
        if kind is dict:
            return self._join("dict", [part for item in value.items() for part in map(self.value, item)])
        if kind in (set, frozenset):
            return _leaf("|".join([kind.__name__, *sorted(_Walk().value(one)[0] for one in value)]).encode())
        if isinstance(value, types.ModuleType):
            return _leaf(f"module:{value.__name__}".encode())
        if isinstance(value, type | types.FunctionType | types.BuiltinFunctionType) or kind.__name__ == "ufunc":
            return _leaf(f"named:{_own_name(value)}".encode())
        if isinstance(value, functools.partial) and _is_bound(value):
            return _leaf(f"named:{_own_name(value.func)}".encode())
        if isinstance(value, io.IOBase) and value.closed:
            return self._join("closed file", [self.value(getattr(value, "name", None))])
        family = kind.__module__.split(".")[0]
        if family in ("numpy", "pandas", "torch") and (found := getattr(self, f"_{family}")(value)):
            return found  # type: ignore[no-any-return]  # the method is found by its name
        if family == "matplotlib":
            raise Unchecked("figures are not compared")
        return self._object(value)

    def _sequence(self, name: str, value: list[Any] | tuple[Any, ...]) -> Pair:
        kinds = {type(one) for one in value}
        if kinds <= {bool, int, str, bytes, type(None)}:
            return _leaf(f"{name}:{value!r}".encode())
        if kinds == {float}:
            return self._floats(f"{name}:{len(value)}", struct.pack(f"<{len(value)}d", *value), value)
        return self._join(name, [self.value(one) for one in value])

    def _floats(self, name: str, content: bytes, values: Iterable[float]) -> Pair:
        if len(self.floats) <= MAX_FLOATS:
            self.floats.extend(values)
        return _hash(name.encode(), content), _hash(name.encode())

    def _join(self, name: str, parts: Iterable[Pair]) -> Pair:
        pairs = list(parts)
        exact = "|".join([name, *(pair[0] for pair in pairs)])
        shape = "|".join([name, *(pair[1] for pair in pairs)])
        return _hash(exact.encode()), _hash(shape.encode())

    def _object(self, value: Any) -> Pair:
        """Any object as pickle would take it apart; raises `Unchecked` where pickle cannot."""
        kind = type(value)
        if isinstance(value, types.MethodType):
            return self._join(f"method:{value.__name__}", [self.value(value.__self__)])
        try:
            parts = value.__reduce_ex__(4)
        except (TypeError, AttributeError, NotImplementedError) as error:
            raise Unchecked(f"a {kind.__name__} cannot be taken apart: {error}") from None
        if isinstance(parts, str):
            return _leaf(f"named:{parts}".encode())
        make, arguments, state, items, pairs = (*parts, None, None, None, None)[:5]
        taken = [make, tuple(arguments), state, list(items or ()), list(pairs or ())]
        return self._join(f"object:{_own_name(kind)}", [self.value(one) for one in taken])

    # ---------------------------------------------------------------- numpy, pandas, torch

    def _numpy(self, value: Any) -> Pair | None:
        np = sys.modules["numpy"]
        if isinstance(value, np.generic):
            value = np.asarray(value)
            return self._join("scalar", [self._array(value)])
        return self._array(value) if isinstance(value, np.ndarray) else None

    def _array(self, value: Any) -> Pair:
        name = f"array:{value.dtype.str}:{value.shape}"
        if value.dtype.names:  # field by field: the bytes between fields are not set
            return self._join(name, [self._array(value[field]) for field in value.dtype.names])
        if value.dtype.hasobject:
            return self._join(name, [self.value(one) for one in value.ravel().tolist()])
        content = value.tobytes()
        if value.dtype.kind == "f":
            return self._floats(name, content, value.ravel()[: MAX_FLOATS + 1].tolist())
        return _leaf(name.encode() + content)

    def _pandas(self, value: Any) -> Pair | None:
        pd = sys.modules["pandas"]
        if isinstance(value, pd.DataFrame):
            columns = [self._column(value.iloc[:, number]) for number in range(value.shape[1])]
            return self._join("DataFrame", [self.value(value.columns), self.value(value.index), *columns])
        if isinstance(value, pd.Series):
            return self._join("Series", [self.value(value.name), self.value(value.index), self._column(value)])
        if isinstance(value, pd.MultiIndex):
            levels = [value.get_level_values(number) for number in range(value.nlevels)]
            return self._join("MultiIndex", [self.value(level) for level in levels])
        if isinstance(value, pd.Index):
            name = f"{type(value).__name__}:{getattr(value, 'freqstr', None)}"
            return self._join(name, [self.value(value.name), self._column(value.to_series())])
        return None

    def _column(self, series: Any) -> Pair:
        pd, np = sys.modules["pandas"], sys.modules["numpy"]
        name = f"column:{series.dtype}"
        values = series.array
        if isinstance(series.dtype, np.dtype) and series.dtype != object:
            return self._join(name, [self._array(np.asarray(values))])
        if series.dtype == object and pd.api.types.infer_dtype(series, skipna=False) != "string":
            return self._join(name, [self.value(one) for one in values])
        if isinstance(series.dtype, pd.CategoricalDtype):
            parts = [self.value(series.cat.categories), self._array(np.asarray(series.cat.codes))]
            return self._join(f"category:{series.cat.ordered}", parts)
        missing = np.asarray(series.isna())
        hashed = np.asarray(pd.util.hash_pandas_object(series, index=False))
        return self._join(name, [self._array(missing), self._array(hashed)])

    def _torch(self, value: Any) -> Pair | None:
        torch = sys.modules["torch"]
        if not isinstance(value, torch.Tensor):
            return None
        return self._join(f"tensor:{value.device.type}", [self._array(value.detach().cpu().numpy())])


def _is_bound(value: functools.partial[Any]) -> bool:
    """Whether this stands for a function of the notebook that reads variables; those are compared by themselves."""
    wanted = BOUND_ARGUMENTS.get(getattr(value.func, "__name__", ""))
    wraps = getattr(value, "__wrapped__", None) is value.func
    return wanted is not None and wraps and not value.args and value.keywords.keys() == wanted


def _own_name(value: Any) -> str:
    """The qualified name; of the notebook's own code the last part, wherever the pipeline has put it."""
    module = getattr(value, "__module__", None) or ""
    name = str(getattr(value, "__qualname__", None) or getattr(value, "__name__", repr(value)))
    if module in OWN_MODULES or any(module.startswith(f"{own}.") for own in OWN_MODULES):
        return name.rsplit(".", 1)[-1]
    return f"{module}.{name}"


def _leaf(content: bytes) -> Pair:
    found = _hash(content)
    return found, found


def _hash(*content: bytes) -> str:
    found = hashlib.sha256()
    for part in content:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.hexdigest()[:32]
