"""Make a folder an mlnb project."""

from __future__ import annotations

from pathlib import Path

from mlnb import atomic, project
from mlnb.errors import AlreadyExists, MlnbError, NotFound
from mlnb.project import CONFIG, Project
from mlnb.settings import Paths

_CONFIG = """\
# Settings of this mlnb project; everything has a default.
# `mlnb config show` lists all of them with their values.

# Names: “seq” writes 030_experiment_ridge.ipynb; plain, date, ccds and folder are others.
[notebooks]
pattern = "seq"

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
    ignored = _with_cache_ignored(folder / ".gitignore")
    defaults = Paths()
    for name in (defaults.notebooks, defaults.data):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if ignored is not None:
        atomic.write_text(folder / ".gitignore", ignored)
    try:
        atomic.create_text(folder / CONFIG, _CONFIG)  # last: with it the folder is a project
    except FileExistsError:
        raise AlreadyExists(f"{folder} is an mlnb project already") from None
    return project.find(folder)


def _with_cache_ignored(path: Path) -> str | None:
    """The text of .gitignore with a line that keeps caches out of git, or None where it has one."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (UnicodeDecodeError, OSError):
        raise MlnbError(f"{path} is not a text file mlnb can add a line to") from None
    if ".mlnb/" in text.split():
        return None
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}.mlnb/\n"
