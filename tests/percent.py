"""Notebooks in tests are written as percent-format text: `# %%` begins a code cell, `# %% [markdown]` a markdown one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mlnb.notebook import document

_MARK = re.compile(r"^# %%(?P<kind> \[markdown\])?(?P<tags>(?: \w[\w-]*)*)$", re.MULTILINE)


def tree(text: str) -> dict[str, Any]:
    """The notebook as nbformat's JSON tree; words after the mark are tags: `# %% parameters`."""
    marks = list(_MARK.finditer(text))
    cells = []
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        source = text[mark.end() : end].strip("\n")
        cell: dict[str, Any] = {"id": f"cell-{place}", "metadata": {}}
        if mark["tags"].split():
            cell["metadata"]["tags"] = mark["tags"].split()
        if mark["kind"]:
            source = "\n".join(line.removeprefix("#").removeprefix(" ") for line in source.splitlines())
            cell |= {"cell_type": "markdown", "source": source}
        else:
            cell |= {"cell_type": "code", "source": source, "execution_count": None, "outputs": []}
        cells.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def write(path: Path, text: str) -> Path:
    """Write the notebook that the text describes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document.write(path, tree(text))
    return path
