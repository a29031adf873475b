"""Move files so that git, where it tracks them, sees a rename.

Git is only told: `git mv` looks into what it moves, with the programs that the settings of the repository name, and
stops half way where one of them, such as nbstripout, is not installed.
"""

from __future__ import annotations

import os
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from git import Repo

# A repository that somebody else made must not run its programs here.
_QUIET = ["core.fsmonitor=false", f"core.hooksPath={os.devnull}"]
_NOTHING = f"0 {'0' * 40}"  # takes a path out of the index


class GitMoves:
    """Moves below one folder; git is asked once what it tracks."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def move(self, old: Path, new: Path) -> None:
        """Move a file or folder that is there to a path that is free, in a folder that exists."""
        before, after = self._in_tree(old), self._in_tree(new)
        names = [name for name in self._tracked if name == before or name.startswith(f"{before}/")]
        os.rename(old, new)
        if names:
            self._tell({name: after + name[len(before) :] for name in names})

    def _tell(self, moved: dict[str, str]) -> None:
        """Give entries of the index other paths; their content in git stays what it is."""
        from git.exc import GitError

        assert self._repo is not None
        lines = [f"{_NOTHING}\t{name}" for name in moved] + [f"{self._tracked[a]}\t{b}" for a, b in moved.items()]
        try:
            with tempfile.TemporaryFile() as told:
                told.write("".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape"))
                told.seek(0)
                self._repo.git(c=_QUIET).update_index("-z", "--index-info", istream=told)
        except (GitError, OSError):  # a locked index: the file is moved all the same
            return
        self._tracked.update({b: self._tracked.pop(a) for a, b in moved.items()})

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
    def _tracked(self) -> dict[str, str]:
        """What git tracks here: path → mode and hash, as the index has them; none of what is in conflict."""
        if self._repo is None or self._repo.bare:
            return {}
        from git.exc import GitError

        try:
            listed: str = self._repo.git(c=_QUIET).ls_files("-s", "-z", "--full-name", "--", self._in_tree(self._root))
        except (GitError, OSError):  # not ours to read: “dubious ownership”
            return {}
        entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
        return {name: entry[:-2] for entry, _, name in entries if entry.endswith(" 0")}
