"""Which module-level names a function or lambda reads or binds when it is called: asked of the compiler."""

from __future__ import annotations

import ast
import symtable
from dataclasses import dataclass

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class FreeNames:
    """Names that a function takes from the module: where each is read first, and what it binds there."""

    reads: dict[str, tuple[int, int]]
    writes: frozenset[str]


def free_names(function: FunctionNode) -> FreeNames:
    """The module-level names of a function's body; of its defaults, decorators and annotations nothing."""
    tables = _tables(_bare(function))
    read = {symbol.get_name() for table in tables for symbol in table.get_symbols() if _is_global_read(symbol)}
    written = {symbol.get_name() for table in tables for symbol in table.get_symbols() if _is_global_write(symbol)}
    read -= {"__class__"}  # what `super()` uses inside a method
    places: dict[str, tuple[int, int]] = {}
    body = function.body if isinstance(function.body, list) else [function.body]
    names = (node for part in body for node in ast.walk(part) if isinstance(node, ast.Name))
    for node in sorted(names, key=lambda node: (node.lineno, node.col_offset)):
        if node.id in read:
            places.setdefault(node.id, (node.lineno, node.col_offset))
    for name in sorted(read - places.keys()):
        places[name] = (function.lineno, function.col_offset)
    return FreeNames(places, frozenset(written))


def _bare(function: FunctionNode) -> ast.stmt:
    """The function alone: what is evaluated where it is defined belongs to the scope around it."""
    arguments = ast.arguments(
        posonlyargs=[ast.arg(one.arg) for one in function.args.posonlyargs],
        args=[ast.arg(one.arg) for one in function.args.args],
        vararg=ast.arg(function.args.vararg.arg) if function.args.vararg else None,
        kwonlyargs=[ast.arg(one.arg) for one in function.args.kwonlyargs],
        kw_defaults=[None for _ in function.args.kwonlyargs],
        kwarg=ast.arg(function.args.kwarg.arg) if function.args.kwarg else None,
        defaults=[],
    )
    if isinstance(function, ast.Lambda):
        return ast.Expr(ast.Lambda(arguments, function.body))
    kind = type(function)
    return ast.fix_missing_locations(
        kind(name=function.name, args=arguments, body=function.body, decorator_list=[], returns=None)
    )


def _tables(statement: ast.stmt) -> list[symtable.SymbolTable]:
    text = ast.unparse(ast.fix_missing_locations(ast.Module([statement], [])))
    pending = list(symtable.symtable(text, "<cell>", "exec").get_children())
    found: list[symtable.SymbolTable] = []
    while pending:
        table = pending.pop()
        found.append(table)
        pending.extend(table.get_children())
    return found


def _is_global_read(symbol: symtable.Symbol) -> bool:
    return symbol.is_global() and symbol.is_referenced()


def _is_global_write(symbol: symtable.Symbol) -> bool:
    return symbol.is_declared_global() and (symbol.is_assigned() or symbol.is_imported())


def module_loads(statement: ast.stmt, names: frozenset[str]) -> list[ast.Name]:
    """Where a module-level statement reads one of `names`, and no scope inside it has a name of its own like that."""
    found: list[ast.Name] = []

    def visit(node: ast.AST, hidden: frozenset[str]) -> None:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names - hidden:
            found.append(node)
        own, inside = _scope(node)
        for child in ast.iter_child_nodes(node):
            visit(child, hidden | own if child in inside else hidden)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            visit(node.generators[0].iter, hidden)

    visit(statement, frozenset())
    return found


def _scope(node: ast.AST) -> tuple[frozenset[str], list[ast.AST]]:
    """The names that a node has for itself, and the parts of it that see them."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return _local_names(node), list(node.body)
        case ast.Lambda():
            return _local_names(node), [node.body]
        case ast.ClassDef():
            return frozenset(name.id for part in node.body for name in _stored(part)), list(node.body)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            targets = frozenset(name.id for part in node.generators for name in _stored(part.target))
            return targets, list(ast.iter_child_nodes(node))
    return frozenset(), []


def _local_names(function: FunctionNode) -> frozenset[str]:
    table = _tables(_bare(function))[0]
    return frozenset(symbol.get_name() for symbol in table.get_symbols() if symbol.is_local())


def _stored(node: ast.AST) -> list[ast.Name]:
    return [one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
