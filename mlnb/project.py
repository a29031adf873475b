"""A project: its root, its settings, and every path in it."""

from __future__ import annotations

import fnmatch
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mlnb import settings as settings_module
from mlnb.errors import NoProject, NotFound, did_you_mean
from mlnb.notebook.grammar import Grammar
from mlnb.settings import Settings

CONFIG = "mlnb.toml"
_NEVER_ENTERED = {".git", ".mlnb", ".ipynb_checkpoints", ".venv", "node_modules", "__pycache__", "site-packages"}


@dataclass(frozen=True)
class Project:
    """The first argument of the functions in `mlnb.api`."""

    root: Path
    settings: Settings
    config: Path | None

    @property
    def names(self) -> Grammar:
        """How notebooks are named here."""
        return settings_module.grammar(self.settings)

    @property
    def notebooks(self) -> Path:
        return self.root / self.settings.paths.notebooks

    @property
    def data(self) -> Path:
        return self.root / self.settings.paths.data

    @property
    def runs(self) -> Path:
        return self.root / self.settings.paths.runs

    @property
    def pipelines(self) -> Path:
        return self.root / self.settings.paths.pipelines

    @property
    def cache(self) -> Path:
        """Everything that may be deleted at any moment."""
        return self.root / ".mlnb"

    def relative(self, path: Path) -> str:
        """The path as records name it: from the root, with `/`."""
        absolute = Path(os.path.abspath(path))
        if not absolute.is_relative_to(self.root):
            raise NotFound(f"{path} lies outside the project {self.root}")
        return absolute.relative_to(self.root).as_posix()

    def inside(self, relative: str) -> Path:
        """The path under the root that `relative` names; refuses to leave the root, links followed."""
        path = self.root / PurePosixPath(relative)
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise NotFound(f"{relative} lies outside the project")
        return path

    def is_record(self, path: Path) -> bool:
        """Whether the notebook is the executed copy of a run."""
        return Path(os.path.abspath(path)).is_relative_to(self.runs)

    def is_scratch(self, path: Path) -> bool:
        return self._matches(path, self.settings.scratch)

    def needs_no_date(self, path: Path) -> bool:
        """Whether the settings exempt a data file from having a date in its name."""
        return self._matches(path, self.settings.datasets.exempt)

    def notebook_files(self) -> Iterator[Path]:
        """Every notebook a person keeps, in order of path: not the runs, releases, checkpoints or excluded ones."""
        for folder, names, files in os.walk(self.root):
            here = Path(folder)
            names[:] = sorted(
                name for name in names if name not in _NEVER_ENTERED and here / name not in (self.runs, self.pipelines)
            )
            for file in sorted(files):
                path = here / file
                # A name that begins with a dot is another program's, or half written.
                if not file.endswith(".ipynb") or file.startswith(".") or self._matches(path, self.settings.exclude):
                    continue
                if os.path.isfile(path) and self._is_inside(path):  # a pipe or a socket would never end
                    yield path

    def _is_inside(self, path: Path) -> bool:
        """A link that leads out of the project is not a notebook of it."""
        return not path.is_symlink() or path.resolve().is_relative_to(self.root.resolve())

    def notebook_named(self, text: str, cwd: Path) -> Path:
        """The notebook a person means: a path, a file name, or a beginning that only one name has.

        Raises `NotFound` with the closest name, or with those that fit where it is not clear.
        """
        as_path = Path(os.path.abspath(cwd / text))
        if as_path.is_file():
            self.relative(as_path)
            return as_path
        paths = list(self.notebook_files())
        exact = [path for path in paths if text in (path.name, path.stem)]
        found = exact or [path for path in paths if path.name.startswith(text)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(self.relative(path) for path in found[:5])
            raise NotFound(f"“{text}” fits {len(found)} notebooks: {names}; write more of the name")
        hint = did_you_mean(text, [path.name for path in paths] + [path.stem for path in paths])
        raise NotFound(f"there is no notebook “{text}” in {self.root}{hint}")

    def _matches(self, path: Path, patterns: tuple[str, ...]) -> bool:
        absolute = Path(os.path.abspath(path))
        name = absolute.relative_to(self.root).as_posix() if absolute.is_relative_to(self.root) else absolute.name
        return any(fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(absolute.name, pattern) for pattern in patterns)


def find(start: Path, stop: Path | None = None) -> Project:
    """The project that `start` lies in: the nearest configuration upwards, not above `stop`.

    Raises `NoProject` where there is none and `BadSettings` where its configuration is wrong.
    """
    start = Path(os.path.abspath(start))
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if config := _config(candidate):
            return Project(root=candidate, settings=settings_module.load(config), config=config)
        if stop is not None and candidate == stop:
            break
    raise NoProject(f"there is no mlnb project at or above {folder}: make one with `mlnb init`")


def bare(folder: Path) -> Project:
    """A project of defaults for a folder without configuration, good enough to check notebooks in."""
    return Project(root=Path(os.path.abspath(folder)), settings=Settings(), config=None)


def _config(folder: Path) -> Path | None:
    if (folder / CONFIG).is_file():
        return folder / CONFIG
    pyproject = folder / "pyproject.toml"
    if pyproject.is_file():
        try:
            tools = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("tool")
            if isinstance(tools, dict) and "mlnb" in tools:
                return pyproject
        except (ValueError, RecursionError, OSError):
            return None  # somebody else's broken file: not ours to report
    return None
