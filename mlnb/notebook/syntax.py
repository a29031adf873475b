"""Parse and compile Python from several threads at once."""

from __future__ import annotations

import ast
import threading
import warnings

# CPython 3.11 counts the depth of the tree it builds once per interpreter, not per thread. A server that checks a
# notebook and reads its parameters at the same time got “AST constructor recursion depth mismatch” now and then.
_ONE_AT_A_TIME = threading.Lock()


def parse(code: str) -> ast.Module:
    """`ast.parse`, one at a time. Raises SyntaxError, for what is nested too deeply as well, and ValueError."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as the escape “\\d”, which Python 3.12 remarks on aloud
        try:
            return ast.parse(code)
        except (RecursionError, MemoryError):
            raise SyntaxError("too deeply nested") from None


def compiles(code: str) -> None:
    """Compile the code of a cell, and run nothing. Raises SyntaxError and ValueError; `await` is fine in a cell."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as `x is 1`: not asked here
        try:
            compile(code, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (RecursionError, MemoryError):
            raise SyntaxError("too deeply nested") from None
