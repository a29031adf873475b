"""Move files with `git mv` where git tracks them, so that git sees a rename."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from git import Repo

# A repository that somebody else made must not run its programs here.
_QUIET = ["core.fsmonitor=false", f"core.hooksPath={os.devnull}"]


class GitMoves:
    """Moves below one folder; git is asked once what it tracks."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def move(self, old: Path, new: Path) -> None:
        """Move a file or folder that is there to a path that is free, in a folder that exists."""
        if self._tracks(old) and self._moved_by_git(old, new):
            return
        os.rename(old, new)

    def _tracks(self, path: Path) -> bool:
        real = self._in_tree(path)
        return real in self._tracked or any(name.startswith(f"{real}/") for name in self._tracked)

    def _moved_by_git(self, old: Path, new: Path) -> bool:
        from git.exc import GitError

        assert self._repo is not None
        try:
            self._repo.git(c=_QUIET).mv("--", self._in_tree(old), self._in_tree(new))
        except (GitError, OSError):  # a locked index, an ignored target: the file is moved all the same
            return False
        moved = {
            name for name in self._tracked if name == self._in_tree(old) or name.startswith(f"{self._in_tree(old)}/")
        }
        self._tracked.difference_update(moved)
        self._tracked.update(self._in_tree(new) + name[len(self._in_tree(old)) :] for name in moved)
        return True

    def _in_tree(self, path: Path) -> str:
        """The path as git names it; the last part is not followed, as it may be a link itself."""
        assert self._repo is None or self._repo.working_tree_dir is not None
        tree = Path(str(self._repo.working_tree_dir)) if self._repo else self._root
        return os.path.relpath(Path(os.path.realpath(path.parent)) / path.name, os.path.realpath(tree)).replace(
            os.sep, "/"
        )

    @cached_property
    def _repo(self) -> Repo | None:
        try:
            import git  # late: it is slow to import, and fails where there is no git
        except ImportError:
            return None
        try:
            return git.Repo(self._root, search_parent_directories=True)
        except (git.exc.GitError, OSError, ValueError):
            return None

    @cached_property
    def _tracked(self) -> set[str]:
        if self._repo is None or self._repo.bare:
            return set()
        from git.exc import GitError

        try:
            listed: str = self._repo.git(c=_QUIET).ls_files("-z", "--full-name", "--", self._in_tree(self._root))
        except (GitError, OSError):  # not ours to read: “dubious ownership”
            return set()
        return set(listed.split("\0")) - {""}
