"""Parse Python from several threads at once."""

from __future__ import annotations

import ast
import threading

# CPython 3.11 counts the depth of the tree it builds once per interpreter, not per thread. A server that checks a
# notebook and reads its parameters at the same time got “AST constructor recursion depth mismatch” now and then.
_ONE_AT_A_TIME = threading.Lock()


def parse(code: str) -> ast.Module:
    """`ast.parse`, one at a time. Raises SyntaxError and ValueError as that does."""
    with _ONE_AT_A_TIME:
        return ast.parse(code)
