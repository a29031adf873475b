"""Find a Chromium for the browser tests; standard library only, because dev.py runs this file too.

`python chromium.py [--install]` prints the path of a browser that starts, or says on stderr why there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)
EXECUTABLES = ("headless_shell", "chrome-headless-shell", "chrome", "Chromium", "Google Chrome for Testing")
DEBIAN = "chromium-headless-shell"


class NoBrowser(Exception):
    """No Chromium starts here; the text says what was tried and what to do."""


def required() -> bool:
    """Whether a missing browser fails the tests instead of skipping them."""
    return os.environ.get("MLNB_REQUIRE_BROWSER") == "1" or os.environ.get("CI", "") not in ("", "0", "false")


def find() -> Path:
    """The first browser that starts: the one named by MLNB_CHROMIUM, the system's, Playwright's own."""
    named = os.environ.get("MLNB_CHROMIUM")
    if named:
        if _starts(Path(named)):
            return Path(named)
        raise NoBrowser(f"MLNB_CHROMIUM names {named}, which does not start")
    for candidate in _candidates():
        if _starts(candidate):
            return candidate
    raise NoBrowser("no Chromium or Chrome was found: install one, or name its executable in MLNB_CHROMIUM")


def install() -> Path:
    """Find a browser, or fetch one: by Playwright, else by apt-get where this is root on Debian."""
    try:
        return find()
    except NoBrowser:
        if os.environ.get("MLNB_CHROMIUM"):
            raise
    for command in _installers():
        _quietly(command, timeout=600)
        try:
            return find()
        except NoBrowser:
            continue
    raise NoBrowser("no Chromium was found and none could be installed: install one, or name it in MLNB_CHROMIUM")


def _candidates() -> Iterator[Path]:
    for command in COMMANDS:
        path = shutil.which(command)
        if path:
            yield Path(path)
    for application in APPLICATIONS:
        path = os.path.expandvars(application)
        if os.path.isfile(path):
            yield Path(path)
    for folder in sorted(_playwright_cache().glob("chromium*"), reverse=True):  # the newest build first
        for name in EXECUTABLES:
            yield from folder.rglob(name)
            yield from folder.rglob(f"{name}.exe")


def _playwright_cache() -> Path:
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named and named != "0":
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))) / "ms-playwright"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "ms-playwright"


def _installers() -> Iterator[list[str]]:
    yield [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        install = [apt, "install", "-y", "-q", "--no-install-recommends", DEBIAN]
        yield install
        yield [apt, "update", "-q"]
        yield install


def _starts(path: Path) -> bool:
    """Whether the browser can run at all; a cached build may lack its system libraries."""
    if not path.is_file() or not os.access(path, os.X_OK):
        return False
    if sys.platform == "win32":  # there `chrome --version` opens a window
        return True
    return _quietly([str(path), "--version"], timeout=60)


def _quietly(command: list[str], timeout: float) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, timeout=timeout, env=environment, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Print the browser's path for dev.py; 1 when there is none."""
    try:
        path = install() if "--install" in sys.argv[1:] else find()
    except NoBrowser as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
