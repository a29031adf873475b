"""Constructs that would mean something else in a package, each refused with its place and what to do instead."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from mlnb.errors import NotPromotable
from mlnb.promote.reading import Reading, Unit

# Calls by name: what is wrong with them, and what to do.
_CALLS = {
    "exec": "`exec` hides what it binds; write the statements themselves",
    "eval": "`eval` hides what it reads; write the expression itself",
    "globals": "`globals()` is another module in a package; use the names themselves, or a dictionary",
    "locals": "`locals()` is another scope in a package; use the names themselves, or a dictionary",
    "get_ipython": "there is no IPython in a package; write it in Python",
    "input": "a pipeline has nobody to ask; make it a parameter",
    "getpass": "a pipeline has nobody to ask; read the secret from an environment variable",
    "getpass.getpass": "a pipeline has nobody to ask; read the secret from an environment variable",
    "os.chdir": "the pipeline is started from any folder; read data with mlnb.load",
    "inspect.currentframe": "frames are others in a package; pass the values as arguments",
    "inspect.stack": "frames are others in a package; pass the values as arguments",
    "sys._getframe": "frames are others in a package; pass the values as arguments",
    "breakpoint": "a pipeline cannot stop to be looked at; take it out",
}
_WITHOUT_ARGUMENTS = {
    "vars": "`vars()` is another scope in a package; use the names themselves",
    "dir": "`dir()` is another scope in a package; use the names themselves",
}
_READERS = {
    "read_csv", "read_parquet", "read_json", "read_excel", "read_feather", "read_pickle", "read_table", "read_hdf",
    "loadtxt", "genfromtxt", "open", "read_text", "read_bytes", "read_html", "read_xml", "read_fwf", "read_orc",
}  # fmt: skip
_OPENERS = {"io", "gzip", "bz2", "lzma", "codecs"}
_ABSOLUTE = re.compile(r"(/(home|Users|root|mnt|media|data|opt|var|srv|tmp|content|kaggle)/|[A-Za-z]:[\\/]|~[\\/])\S")
_NAMES = {
    "__name__": "in a package it is not “__main__”; take the test out and keep what it guards",
    "__file__": "a notebook has no file; read data with mlnb.load",
    "In": "IPython's history does not exist in a package; bind the value to a name",
    "Out": "IPython's history does not exist in a package; bind the value to a name",
}  # fmt: skip


def refuse_all(reading: Reading) -> None:
    """Raise `NotPromotable` for the first construct, in document order, that cannot be promoted faithfully."""
    for section in reading.sections:
        for cell in section.cells:
            for tag, reason in _TAGS.items():
                if tag in cell.tags:
                    raise NotPromotable(f"{cell.place}: {reason}")
    for unit in reading.units:
        for check in _CHECKS:
            for line, reason in check(unit):
                raise NotPromotable(f"{unit.cell.place}, line {line}: {reason}")
        _refuse_local_import(unit, reading.notebook.path.parent)


_TAGS = {
    "raises-exception": "a cell that is meant to fail cannot be promoted; catch the error with try",
    "injected-parameters": "this is the output of a run; promote the notebook it was run from",
}

Found = Iterator[tuple[int, str]]


def _calls(unit: Unit) -> Found:
    for node in ast.walk(unit.node):
        if not isinstance(node, ast.Call):
            continue
        name = _dotted(node.func)
        if reason := _CALLS.get(name):
            yield node.lineno, reason
        if not node.args and not node.keywords and (reason := _WITHOUT_ARGUMENTS.get(name)):
            yield node.lineno, reason


def _names(unit: Unit) -> Found:
    for node in ast.walk(unit.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in _NAMES:
            yield node.lineno, f"`{node.id}` cannot be promoted: {_NAMES[node.id]}"


def _imports(unit: Unit) -> Found:
    for node in ast.walk(unit.node):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield node.lineno, f"`from {node.module} import *` hides which names it binds; import them by name"
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "a relative import does not work in a notebook; import the module by its full name"
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        tops = {name.split(".")[0] for name in [*names, getattr(node, "module", None) or ""]}
        if "mlnb" in tops and node is not unit.node:
            yield unit.line, "mlnb is imported inside a statement; import it on a line of its own"
        if "__main__" in names or getattr(node, "module", None) == "__main__":
            yield unit.line, "`__main__` is another module in a package; use the names themselves"
    for node in ast.walk(unit.node):
        if isinstance(node, ast.Attribute) and _dotted(node) == "sys.path":
            yield node.lineno, "`sys.path` is another in a package; install the module, or define its functions here"


def _global(unit: Unit) -> Found:
    for node in ast.walk(unit.node):
        if isinstance(node, ast.Global):
            names = ", ".join(node.names)
            yield node.lineno, f"`global {names}` changes a variable from inside a function; return the value instead"


def _await(unit: Unit) -> Found:
    """Only outside functions: `await` needs the notebook's own event loop."""
    pending: list[ast.AST] = [unit.node]
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        is_async = isinstance(node, ast.comprehension) and node.is_async
        if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) or is_async:
            line = getattr(node, "lineno", unit.node.lineno)
            yield line, "`await` outside a function needs Jupyter's event loop; use `asyncio.run` on a function"
        pending.extend(ast.iter_child_nodes(node))


def _paths(unit: Unit) -> Found:
    for node in ast.walk(unit.node):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ABSOLUTE.match(node.value):
            reason = f"the absolute path “{node.value}” exists only here; make it a parameter, or use mlnb.load"
            yield node.lineno, reason
        if not isinstance(node, ast.Call):
            continue
        name = _dotted(node.func).rsplit(".", 1)[-1]
        path = _literal_path(node, name)
        if path is not None and "://" not in path and (name in _READERS or (name == "load" and "/" in path)):
            remedy = "register it with `mlnb data add` and use mlnb.load"
            yield node.lineno, f"“{path}” is read by its path, which exists only here; {remedy}"


def _literal_path(call: ast.Call, name: str) -> str | None:
    """The path a call is given as text: as its first argument, or as `Path("…").read_text()`."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if name in ("open", "read_text", "read_bytes") and not (isinstance(owner, ast.Name) and owner.id in _OPENERS):
        candidates = call.args[:1] if owner is None else []
        if isinstance(owner, ast.Call) and _dotted(owner.func).rsplit(".", 1)[-1] == "Path":
            candidates = owner.args[:1]
    else:
        candidates = call.args[:1]
    mode = call.args[1] if name == "open" and isinstance(call.func, ast.Name) and len(call.args) > 1 else None
    if isinstance(mode, ast.Constant) and "r" not in str(mode.value):
        return None
    for candidate in candidates:
        if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str):
            return candidate.value
    return None


def _refuse_local_import(unit: Unit, folder: Path) -> None:
    for node in ast.walk(unit.node):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = [node.module]
        for module in modules:
            top = module.split(".")[0]
            if (folder / f"{top}.py").is_file() or (folder / top / "__init__.py").is_file():
                where = f"{unit.cell.place}, line {getattr(node, 'lineno', unit.line)}"
                reason = "is a file beside the notebook, which a package would not find"
                raise NotPromotable(f"{where}: `{top}` {reason}; define its functions here, or install it")


def _dotted(node: ast.expr) -> str:
    """`a.b.c` as text; of anything else the attribute with a dot before it."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


_CHECKS: tuple[Callable[[Unit], Found], ...] = (_imports, _calls, _names, _global, _await, _paths)
