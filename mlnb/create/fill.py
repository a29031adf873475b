"""A template and its variables make a notebook."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from mlnb.errors import MlnbError
from mlnb.notebook import document
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.resources import templates_dir

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
NO_DATASET = "name-your-dataset"


def fill(kind: Kind, variables: Mapping[str, str]) -> document.Tree:
    """The notebook of a kind with its placeholders replaced. Raises `MlnbError` on one that has no value."""
    path = templates_dir() / KINDS[kind].template
    tree = document.read_tree(path)

    def value(found: re.Match[str]) -> str:
        if found[1] not in variables:
            raise MlnbError(f"{path} holds the placeholder {found[0]}; known are {', '.join(variables)}")
        return variables[found[1]]

    for cell in tree["cells"]:
        cell["source"] = _PLACEHOLDER.sub(value, cell["source"])
        cell["id"] = secrets.token_hex(4)
    return tree


def link(target: Path, source: Path) -> str:
    """A Markdown link to the notebook `target`, relative to the notebook `source`."""
    relative = Path(os.path.relpath(target, source.parent)).as_posix()
    label = target.stem.replace("[", r"\[").replace("]", r"\]")
    return f"[{label}]({relative.replace(' ', '%20')})"
