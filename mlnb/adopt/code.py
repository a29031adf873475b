"""What the code cells of a notebook import, call, read and write, by their syntax trees."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from mlnb.adopt.literals import Literals
from mlnb.adopt.roles import PLOTTING, PREPROCESSORS, ROLE_OF, WEIGHTS, Role
from mlnb.notebook.document import Cell
from mlnb.notebook.source import to_python
from mlnb.notebook.syntax import parse
from mlnb.records.dataset_name import SUFFIXES

_LONGEST_PATH = 300
_LONGEST_CELL = 20_000  # characters whose words are counted
_NO_NODES = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])|[^\W\d_a-zA-Z]+")

_PICKLES = (".pkl", ".pickle", ".sav", ".p", ".bin")
_MODEL_NAME = re.compile(r"model|clf|classif|regress|estimator|weights|predictor|pipeline|tagger|forest|xgb|lgb")
_SERVICE = re.compile(
    r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)[:/]|https?://\S+/(?:predict|invocations|score)\b"
)


@dataclass(frozen=True)
class Call:
    """A call as written. `dotted` is its full name where an import tells; `root` the variable it is called on."""

    name: str
    dotted: str
    root: str | None
    argument: str | None
    file: str | None


class Code:
    """What has been seen of the code cells so far."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.reads: list[str] = []
        self.writes: list[str] = []
        self.data_files: set[str] = set()  # names of files that stand in texts, wherever they may lie
        self.words: Counter[str] = Counter()  # of names, texts and comments
        self.calls_service = False  # an address at which a model answers stands in a text
        self._literals = Literals()
        self._imported: dict[str, str] = {}  # local name → full name
        self._classes: dict[str, str] = {}  # variable → the class or function that made it
        self._calls: dict[int, list[Call]] = {}
        self._magic: dict[int, set[Role]] = {}

    def add(self, cell: Cell) -> None:
        tree = self._tree(cell)
        if not any(line.strip() and not line.lstrip().startswith("#") for line in cell.source.splitlines()):
            return
        self._calls[cell.index] = []
        self.words.update(word.lower() for word in _WORD.findall(cell.source[:_LONGEST_CELL]))
        if tree is None:
            return
        for node in _nodes(tree):
            match node:
                case ast.Import() | ast.ImportFrom():
                    self._import(node)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._literals.assign(name, value)
                    if isinstance(value, ast.Call):
                        self._classes[name] = _last_name(value.func)
                case ast.Call():
                    self._calls[cell.index].append(self._call(node))
                case ast.Constant(value=str(text)) if len(text) < _LONGEST_PATH:
                    self._text(text)
                case ast.Attribute(attr="shape" | "columns" | "dtypes" | "feature_importances_" as name):
                    self._calls[cell.index].append(Call(name, name, None, None, None))

    def _text(self, text: str) -> None:
        if text.lower().endswith(SUFFIXES):
            self.data_files.add(PurePosixPath(text.replace("\\", "/")).name)
        elif _SERVICE.match(text):
            self.calls_service = True

    def _tree(self, cell: Cell) -> ast.Module | None:
        """The cell's syntax tree; most cells are Python as they are."""
        try:
            return parse(cell.source)
        except (SyntaxError, ValueError):
            pass
        source = to_python(cell.source)
        if any(magic.name in ("sql", "bigquery") for magic in source.magics):
            self._magic[cell.index] = {Role.GATHER}
        try:
            return parse(source.code)
        except (SyntaxError, ValueError):
            return None

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.modules.add(alias.name)
                top = alias.name.split(".")[0]
                self._imported[alias.asname or top] = alias.name if alias.asname else top
        elif node.module:
            self.modules.add(node.module)
            for alias in node.names:
                self._imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def _call(self, node: ast.Call) -> Call:
        name = _last_name(node.func)
        root = _root(node.func)
        head = self._imported.get(root or "", root or "")
        dotted = f"{head}.{name}" if isinstance(node.func, ast.Attribute) else self._imported.get(name, name)
        argument = node.args[0].id if node.args and isinstance(node.args[0], ast.Name) else None
        file = self._file(name, node)
        return Call(name, dotted, root, argument, file)

    def _file(self, name: str, node: ast.Call) -> str | None:
        """The file that a call names, noted as read or written."""
        role = ROLE_OF.get(name)
        if role not in _READS and role not in _WRITES and name not in _OPENERS:
            return None
        file = self._literals.file(node)
        if file:
            writes = role in _WRITES or name in ("dump", "save") or (name == "open" and _opens_to_write(node))
            (self.writes if writes else self.reads).append(file)
        return file

    @property
    def called(self) -> frozenset[str]:
        """The names of all that is called."""
        return frozenset(call.name for calls in self._calls.values() for call in calls)

    def roles(self) -> tuple[dict[int, frozenset[Role]], dict[Role, tuple[str, ...]], tuple[str, ...]]:
        """The roles of each cell; the calls that showed each role; what was trained. After all cells are in."""
        everything = [call for calls in self._calls.values() for call in calls]
        fitted = {call.root for call in everything if call.name in _FITS and call.root}
        found: dict[Role, dict[str, None]] = {}
        trained: dict[str, None] = {}
        of_cell: dict[int, frozenset[Role]] = {}
        for index, calls in self._calls.items():
            roles = set(self._magic.get(index, ()))
            for call in calls:
                made_by = self._classes.get(call.root or "", call.root or "")
                role = _role(call, made_by, call.argument in fitted or call.root in fitted)
                if role is None:
                    continue
                roles.add(role)
                found.setdefault(role, {})[call.name] = None
                if role is Role.TRAIN and made_by:
                    trained[made_by] = None
            of_cell[index] = frozenset(roles)
        return of_cell, {role: tuple(names) for role, names in found.items()}, tuple(trained)


_FITS = {"fit", "fit_predict", "fit_transform", "train"}
_READS = (Role.READ, Role.LOAD)
_WRITES = (Role.WRITE, Role.SAVE)
_OPENERS = {"open", "load", "dump", "save"}
_STORES = {"pickle", "joblib", "numpy", "json", "mlnb", "nb"}
_LOADS = _STORES | {"librosa"}
# Names so common that they only say something as methods, and then this.
_AS_METHOD = {"execute": Role.GATHER, "map": Role.CLEAN, "line": Role.PLOT} | dict.fromkeys(
    ("select", "join", "append", "replace", "strip", "reverse")
)


def _role(call: Call, made_by: str, is_fitted: bool) -> Role | None:
    """What a call does. `made_by` is the class of what it is called on; `is_fitted`, that a trained thing is in it."""
    module = call.dotted.split(".")[0]
    if call.name in _FITS:
        prepares = call.name == "fit_transform" or made_by in PREPROCESSORS or call.root in PREPROCESSORS
        return Role.PREPARE if prepares else Role.TRAIN
    if call.name in ("dump", "dumps", "save"):
        saves = is_fitted or call.dotted == "torch.save" or _holds_weights(call.file)
        return Role.SAVE if saves else Role.WRITE if module in _STORES else None
    if call.name == "load":
        loads = call.dotted == "torch.load" or _holds_weights(call.file)
        return Role.LOAD if loads else Role.READ if module in _LOADS else None
    if call.name in ("get", "post", "request"):
        return Role.GATHER if module == "requests" else None
    if call.name in _AS_METHOD:
        return _AS_METHOD[call.name] if call.root else None
    if module in PLOTTING and call.name not in ROLE_OF:
        return Role.PLOT
    return ROLE_OF.get(call.name)


def _holds_weights(file: str | None) -> bool:
    name = (file or "").lower().rsplit("/", 1)[-1]
    return name.endswith(WEIGHTS) or (name.endswith(_PICKLES) and _MODEL_NAME.search(name) is not None)


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node in the order of the text; faster than `ast.walk`, as it skips what says nothing."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        yield node
        inner: list[ast.AST] = []
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                inner.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST) and not isinstance(value, _NO_NODES):
                inner.append(value)
        stack.extend(reversed(inner))


def _opens_to_write(call: ast.Call) -> bool:
    modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(isinstance(mode, ast.Constant) and str(mode.value)[:1] in ("w", "a", "x") for mode in modes)


def _last_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _root(function: ast.expr) -> str | None:
    """The variable, or the class just made, that a method is called on."""
    node = function
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) and node is not function else None
