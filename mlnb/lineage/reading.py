"""What one notebook says of itself: the notebooks it came from and led to, the datasets it loads and saves."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mlnb.errors import BrokenNotebook
from mlnb.notebook import document, links
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.names import SUFFIX
from mlnb.notebook.parameters import Parameter
from mlnb.notebook.source import to_python
from mlnb.notebook.syntax import parse
from mlnb.records.dataset_name import SUFFIXES

Parameters = Callable[[Notebook], Sequence[Parameter]]
LONGEST = 1000  # of a path or reference; what is longer names nothing

# Readers and writers of data frames, by how their names begin, and the files they are asked about.
_READS = ("read_", "scan_")
_WRITES = ("to_",)
_FILES = (*SUFFIXES, ".tsv", ".json", ".xlsx", ".pkl", ".orc")
_HINTS = ("mlnb", "load", "save", *_READS, *(f".{name}" for name in _WRITES))


@dataclass(frozen=True)
class Saved:
    """A call of `mlnb.save`; `as_of` is None where the date is that of what was loaded."""

    name: str
    features: str
    as_of: str | None


@dataclass(frozen=True)
class Statements:
    """All that is written in a notebook.

    Notebooks are paths from the root, loads are references as written, files are paths as written.
    """

    came_from: tuple[str, ...] = ()
    led_to: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    saves: tuple[Saved, ...] = ()
    files_read: tuple[str, ...] = ()
    files_written: tuple[str, ...] = ()


def read(root: Path, path: Path, parameters: Parameters) -> Statements:
    """Read a notebook, or take what is known from the last look if the file is the same.

    Raises `BrokenNotebook` and `NotFound`.
    """
    found = path.stat()
    return _read(root, path, parameters, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=5000)
def _read(root: Path, path: Path, parameters: Parameters, _changed: int, _size: int) -> Statements:
    notebook = document.read(path)
    told = notebook.metadata.get("mlnb")
    own = told if isinstance(told, Mapping) else {}
    loads, calls = _data(notebook, parameters)
    return Statements(
        came_from=_notebooks([*_texts(own.get("parent")), *_linked(root, path, links.from_links(notebook))]),
        led_to=_notebooks([*_texts(own.get("children")), *_linked(root, path, links.next_links(notebook))]),
        loads=tuple(dict.fromkeys(loads)),
        saves=tuple(dict.fromkeys(calls.saves())),
        files_read=tuple(dict.fromkeys(calls.files(_READS))),
        files_written=tuple(dict.fromkeys(calls.files(_WRITES))),
    )


def _texts(value: object) -> list[str]:
    """A text or a list of texts; metadata may hold anything."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _linked(root: Path, path: Path, found: Sequence[links.Link]) -> Iterator[str]:
    """Link targets, which are relative to the notebook, as paths from the root; what lies outside is left out."""
    for link in found:
        target = link.target if link.target.endswith(SUFFIX) else link.target.partition("#")[0]
        if "://" in target or len(target) > LONGEST:
            continue
        absolute = Path(os.path.normpath(path.parent / target))
        if absolute.is_relative_to(root):
            yield absolute.relative_to(root).as_posix()


def _notebooks(paths: Sequence[str]) -> tuple[str, ...]:
    kept = [os.path.normpath(path).replace("\\", "/") for path in paths if path.endswith(SUFFIX)]
    return tuple(dict.fromkeys(path for path in kept if len(path) <= LONGEST and not path.startswith(("/", ".."))))


def _data(notebook: Notebook, parameters: Parameters) -> tuple[list[str], _Calls]:
    if not notebook.is_python:
        return [], _Calls((), {})
    try:
        declared = parameters(notebook)
    except BrokenNotebook:  # a parameters cell that is no Python; the other cells are asked nevertheless
        declared = ()
    loads = [parameter.default for parameter in declared if parameter.type == "dataset" and parameter.default]
    constants = {parameter.name: parameter.default for parameter in declared if isinstance(parameter.default, str)}
    calls = _Calls(notebook.code_cells, constants)
    return [text for text in [*loads, *calls.loads()] if len(text) <= LONGEST], calls


class _Calls:
    """The calls that read and write data in some cells. Only cells that can hold one are parsed."""

    def __init__(self, cells: Sequence[Cell], constants: Mapping[str, str]) -> None:
        self._cells = cells
        self._constants = dict(constants)
        self._modules: set[str] = {"mlnb"}
        self._functions: dict[str, str] = {}
        self._calls: list[ast.Call] = []
        self._searched: set[str] = set()
        self._gather()

    def loads(self) -> Iterator[str]:
        for call in self._named("load"):
            if reference := self._text(_argument(call, 0, "ref")):
                yield reference

    def saves(self) -> Iterator[Saved]:
        for call in self._named("save"):
            name = self._text(_argument(call, 1, "name"))
            features = self._text(_argument(call, None, "features"))
            if name and features:
                yield Saved(name, features, self._text(_argument(call, None, "as_of")))

    def _gather(self) -> None:
        for cell in self._cells:
            if not any(word in cell.source for word in _HINTS):
                continue
            for node in ast.walk(_tree(cell)):
                match node:
                    case ast.Import(names=names):
                        self._modules.update(each.asname or each.name for each in names if each.name == "mlnb")
                    case ast.ImportFrom(module="mlnb", names=names):
                        self._functions.update({each.asname or each.name: each.name for each in names})
                    case ast.Call():
                        self._calls.append(node)

    def files(self, beginnings: tuple[str, ...]) -> Iterator[str]:
        """Paths in calls such as `pd.read_csv("../data/x.csv")`, which leave no trace in the records of runs."""
        for call in self._calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name.startswith(beginnings):
                path = self._text(_argument(call, 0, "path"))
                if path and path.lower().endswith(_FILES) and "://" not in path and len(path) <= LONGEST:
                    yield path.replace("\\", "/")

    def _named(self, function: str) -> Iterator[ast.Call]:
        for call in self._calls:
            match call.func:
                case ast.Attribute(value=ast.Name(id=module), attr=name) if (
                    module in self._modules and name == function
                ):
                    yield call
                case ast.Name(id=name) if self._functions.get(name) == function:
                    yield call

    def _text(self, value: ast.expr | None) -> str | None:
        """A literal text, or the one literal that the name was given at the top of a cell."""
        match value:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                self._search(name)
                return self._constants.get(name)
        return None

    def _search(self, name: str) -> None:
        if name in self._constants or name in self._searched:
            return
        self._searched.add(name)
        for cell in self._cells:
            if name not in cell.source:
                continue
            for statement in _tree(cell).body:
                match statement:
                    case (
                        ast.Assign(targets=[ast.Name(id=target)], value=ast.Constant(value=str(text)))
                        | ast.AnnAssign(target=ast.Name(id=target), value=ast.Constant(value=str(text)))
                    ) if target == name:
                        self._constants[name] = text


def _argument(call: ast.Call, place: int | None, name: str) -> ast.expr | None:
    if place is not None and len(call.args) > place:
        return call.args[place]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _tree(cell: Cell) -> ast.Module:
    """The cell as Python, empty where it is none."""
    with suppress(SyntaxError, ValueError):
        return parse(cell.source)
    with suppress(SyntaxError, ValueError):
        return parse(to_python(cell.source).code)
    return ast.Module(body=[], type_ignores=[])
