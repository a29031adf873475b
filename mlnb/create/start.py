"""Make a folder an mlnb project."""

from __future__ import annotations

from pathlib import Path

from mlnb import atomic, project
from mlnb.errors import AlreadyExists, NotFound
from mlnb.project import CONFIG, Project

_CONFIG = """\
# Settings of this mlnb project; everything has a default.
# `mlnb config show` lists all of them with their values.

[paths]
notebooks = "notebooks"
data = "data"
runs = "runs"
pipelines = "pipelines"
"""


def start(folder: Path) -> Project:
    """Write `mlnb.toml` and make the folders. Raises `AlreadyExists` where there is a project."""
    if folder.exists() and not folder.is_dir():
        raise NotFound(f"{folder} is a file, not a folder")
    if (folder / CONFIG).exists():
        raise AlreadyExists(f"{folder} is an mlnb project already")
    try:
        atomic.create_text(folder / CONFIG, _CONFIG)
    except FileExistsError:
        raise AlreadyExists(f"{folder} is an mlnb project already") from None
    made = project.find(folder)
    for path in (made.notebooks, made.data):
        path.mkdir(parents=True, exist_ok=True)
    _ignore_cache(folder)
    return made


def _ignore_cache(folder: Path) -> None:
    """Keep caches out of git: a line in the folder's .gitignore, whatever else stands there."""
    path = folder / ".gitignore"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if ".mlnb/" not in text.split():
        atomic.write_text(path, f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}.mlnb/\n")
