"""Write files so that a killed process leaves the old file or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Give a temporary path in the folder of `path`; on success it becomes `path`, on error it is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        _sync(temporary)
        temporary.chmod(_mode(path))
        os.replace(temporary, path)
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Replace `path` by `text` (UTF-8, line ends as given)."""
    with staged(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` by `content`."""
    with staged(path) as temporary:
        temporary.write_bytes(content)


def create(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file and link it to `path`; raises FileExistsError if that stands already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=path.suffix, dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        write(temporary)
        _sync(temporary)
        temporary.chmod(_mode(path))
        # link, unlike rename, fails when the name is taken: two processes cannot both win.
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            with path.open("xb") as target:
                target.write(temporary.read_bytes())
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def create_text(path: Path, text: str) -> None:
    """Write a file that must not exist yet; raises FileExistsError."""
    create(path, lambda temporary: temporary.write_text(text, encoding="utf-8", newline=""))


def append_line(path: Path, line: str) -> None:
    """Append one line in a single write, so that lines of several processes never mix.

    A link is not followed: in a project that somebody else made it could lead to any file of this user.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)  # Windows has no such flag
    descriptor = os.open(path, flags, 0o644)
    try:
        content = f"{line}\n".encode()
        if os.write(descriptor, content) < len(content):  # a disk that is almost full takes a part
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    finally:
        os.close(descriptor)


def _mode(path: Path) -> int:
    """The mode an ordinary new file would get, or the one the old file has."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder for fsync
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
