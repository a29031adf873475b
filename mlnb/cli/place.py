"""What a command is told in short: the project around the working directory, notebooks and kinds by any name."""

from __future__ import annotations

from pathlib import Path

from mlnb import project
from mlnb.errors import BadName, did_you_mean
from mlnb.notebook.kinds import Kind
from mlnb.project import Project


def here() -> Project:
    """The project of the working directory. Raises `NoProject`."""
    return project.find(Path.cwd())


def notebook(name: str) -> tuple[Project, Path]:
    """The notebook that `name` means, and its project. Raises `NoProject` or `NotFound`."""
    path = Path.cwd() / name
    found = project.find(path if path.is_file() else Path.cwd())
    return found, found.notebook_named(name, Path.cwd())


def kind(where: Project, word: str) -> Kind:
    """The kind that a word means in the project. Raises `BadName`."""
    words = where.names.words
    if word.casefold() not in words:
        hint = did_you_mean(word.lower(), list(words)) or f"; kinds are {', '.join(Kind)}"
        raise BadName(f"“{word}” is not a kind of notebook{hint}")
    return words[word.casefold()]
