"""What single statements do, as far as a split needs to know: import, assign, set something up."""

from __future__ import annotations

import ast

from mlnb.dataflow.mutators import words

# Calls on a module that set something up for the whole process.
_SETTING_CALLS = words(
    "filterwarnings simplefilter seed manual_seed use chdir insert append basicConfig register_matplotlib_converters "
    "option_context pandas theme reset_option update style disable"
)


def only_imports(node: ast.stmt) -> bool:
    """An import, also one that is tried: `try: import x` … `except ImportError: x = None`."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=[]):
            inside = [*body, *orelse, *(one for handler in handlers for one in handler.body)]
            return any(only_imports(one) for one in body) and all(
                only_imports(one) or isinstance(one, ast.Pass) or _is_plain(one) for one in inside
            )
    return False


def origin_of(node: ast.stmt, name: str) -> str:
    """What an imported name stands for: `pandas` of `pd`, `pathlib.Path` of `Path`."""
    for one in ast.walk(node):
        for alias in one.names if isinstance(one, ast.Import | ast.ImportFrom) else ():
            if name == (alias.asname or alias.name.split(".")[0]):
                return f"{one.module or ''}.{alias.name}" if isinstance(one, ast.ImportFrom) else alias.name
    return name


def _is_plain(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)


def assigned(node: ast.stmt, name: str) -> ast.expr | None:
    """What a statement assigns to a name alone."""
    match node:
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
            return value
        case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
            return value
    return None


def setting_target(node: ast.stmt) -> str | None:
    """The module, or imported function, by which a statement sets something up."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if _sets(name):
            return name
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=method) as function)) if _sets(method):
            return _root(function)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript() as target]):
            return _root(target)
    return None


def _sets(name: str) -> bool:
    return name.startswith("set_") or name in _SETTING_CALLS or name == "set"


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
