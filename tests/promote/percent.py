"""Notebooks for tests, written as percent-format text, and ways to run them."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlnb.errors import FailedRun
from mlnb.notebook import document
from mlnb.notebook.document import Notebook
from mlnb.notebook.source import to_python

if TYPE_CHECKING:
    from mlnb.notebook.document import NotebookNode

_MARKER = re.compile(r"^# %%(?P<markdown> \[markdown\])?(?P<rest>.*)$")


def cells(text: str) -> list[dict[str, Any]]:
    """Split percent-format text: `# %%`, `# %% [markdown]`, `# %% tags=["parameters"]`."""
    found: list[dict[str, Any]] = []
    for line in text.strip("\n").splitlines():
        if marker := _MARKER.match(line):
            tags = json.loads(marker["rest"].split("tags=")[1]) if "tags=" in marker["rest"] else []
            kind = "markdown" if marker["markdown"] else "code"
            found.append(
                {"cell_type": kind, "metadata": {"tags": tags} if tags else {}, "source": [], "id": f"c{len(found)}"}
            )
            if kind == "code":
                found[-1].update({"outputs": [], "execution_count": None})
        elif found:
            found[-1]["source"].append(line)
    for cell in found:
        lines = cell["source"]
        if cell["cell_type"] == "markdown":
            lines = [re.sub(r"^# ?", "", line) for line in lines]
        cell["source"] = "\n".join(lines).strip("\n")
    return found


def tree(text: str) -> dict[str, Any]:
    """The notebook as JSON."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells(text), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def write(path: Path, text: str) -> Notebook:
    """Write a notebook and read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree(text), ensure_ascii=False), encoding="utf-8")
    return document.read(path)


_RUN = """
import json, sys, builtins
builtins.display = print
sys.path[0] = ""
namespace = vars(sys.modules["__main__"])
for number, code in json.load(sys.stdin):
    try:
        exec(compile(code, f"<cell {number}>", "exec"), namespace)
    except BaseException as error:
        sys.exit(f"cell {number} fails: {type(error).__name__}: {error}")
"""


def in_process(node: NotebookNode, cwd: Path, environment: Mapping[str, str]) -> NotebookNode:
    """Run the cells in a plain Python process: quicker than a kernel, and the same for code without IPython."""
    import os

    code = [
        [index + 1, to_python(cell["source"]).code]
        for index, cell in enumerate(node["cells"])
        if cell["cell_type"] == "code"
    ]
    done = subprocess.run(
        [sys.executable, "-c", _RUN],
        input=json.dumps(code),
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FailedRun(done.stderr.strip().splitlines()[-1])
    return copy.deepcopy(node)
