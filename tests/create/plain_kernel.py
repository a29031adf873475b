"""Runs the cells of a notebook in this process: quicker than a kernel, and the same for code without IPython."""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from mlnb import nb
from mlnb.notebook.source import to_python

if TYPE_CHECKING:
    from mlnb.notebook.document import NotebookNode


def rehearse(
    node: NotebookNode, cwd: Path, environment: Mapping[str, str]
) -> tuple[NotebookNode, int | None, str | None]:
    """What `mlnb.run.execute.rehearse` does in a kernel."""
    executed: Any = copy.deepcopy(node)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with _as_a_process(cwd, environment):
        for index, cell in enumerate(executed["cells"]):
            if cell["cell_type"] == "code":
                cell["outputs"], problem = _run(to_python(cell["source"]).code, namespace)
                if problem is not None:
                    return executed, index, problem
    return executed, None, None


@contextlib.contextmanager
def _as_a_process(cwd: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Where a kernel would be: in a folder, with an environment, with nothing loaded."""
    before = set(sys.modules)
    with (
        contextlib.chdir(cwd),
        mock.patch.dict(os.environ, environment),
        mock.patch.object(nb, "_loaded", []),
        mock.patch.object(sys, "path", ["", *sys.path]),
    ):
        try:
            yield
        finally:
            for name in set(sys.modules) - before:
                if str(cwd) in str(getattr(sys.modules[name], "__file__", "")):
                    del sys.modules[name]


def _run(code: str, namespace: dict[str, Any]) -> tuple[list[dict[str, Any]], str | None]:
    """The outputs of one cell: what it prints, and the value of its last line."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value, problem = None, None
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(tree, "<cell>", "exec"), namespace)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
        except Exception as error:  # noqa: BLE001  # a cell may raise anything
            problem = f"{type(error).__name__}: {error}"
    outputs = [{"output_type": "stream", "name": "stdout", "text": printed.getvalue()}] if printed.getvalue() else []
    if value is not None:
        outputs.append({"output_type": "execute_result", "data": {"text/plain": repr(value)}})  # type: ignore[dict-item]
    return outputs, problem
