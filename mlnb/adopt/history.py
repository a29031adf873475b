"""When files came to be: their first commit where git knows them, else the time of the file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from mlnb.project import Project

# A repository that somebody else made must not run its programs here.
_QUIET = ["core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.quotePath=false", "log.showSignature=false"]
_PATIENCE = 10  # seconds
_MINUTE = 60  # files of one checkout or one commit are of the same time


def times(project: Project, paths: Iterable[Path]) -> dict[Path, int]:
    """For each file the minute in which it came to be, since 1970."""
    known = _first_commits(project)
    return {path: known.get(path, _file_time(path)) // _MINUTE for path in paths}


def day(minute: int) -> str:
    """The day of a minute, in UTC."""
    return datetime.fromtimestamp(minute * _MINUTE, UTC).date().isoformat()


def in_git(project: Project) -> bool:
    """Whether the project lies in a repository."""
    return any((folder / ".git").exists() for folder in (project.root, *project.root.parents))


def _file_time(path: Path) -> int:
    try:
        return int(path.stat().st_mtime)
    except OSError:
        return 0


def _first_commits(project: Project) -> dict[Path, int]:
    """The time of the commit that added each notebook; nothing where git does not answer."""
    if not in_git(project):
        return {}
    try:
        import git  # late: it is slow to import, and fails where there is no git
    except ImportError:
        return {}
    try:
        with git.Repo(project.root, search_parent_directories=True) as repository:
            log: str = repository.git(c=_QUIET).log(
                "--diff-filter=A", "--no-renames", "--name-only", "--format=%x01%ct", "-z", "--", "*.ipynb",
                kill_after_timeout=_PATIENCE,
            )  # fmt: skip
            top = Path(str(repository.working_tree_dir))
    except (git.exc.GitError, OSError, ValueError):
        return {}
    found: dict[Path, int] = {}
    for commit in log.split("\x01")[1:]:  # the newest first: an older commit of the same name overwrites
        moment, *names = commit.replace("\n", "\0").split("\0")
        if moment.strip().isdigit():
            found |= {top / name: int(moment) for name in names if name}
    return found
