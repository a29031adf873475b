"""A real Jupyter server and the page that looks at it, for the browser tests."""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import ConsoleMessage, Error, Locator, Page

REPOSITORY = Path(__file__).resolve().parents[2]
IMAGES = REPOSITORY / "docs" / "images"
MAX_IMAGE_BYTES = 300_000
STARTS_WITHIN = 120.0
# Loading the page of a cold server on a busy machine takes many times the usual 4 to 7 s.
OPENS_WITHIN = 120_000

App = Literal["lab", "notebook"]
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

HARMLESS = (
    "favicon",  # asked for by the browser, whatever the page says
    "WebSocket connection",  # a kernel or terminal that was shut down while its socket was opening
    "net::ERR_ABORTED",  # a request given up because the page moved on
)


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, what it serves, and where it writes its log."""

    app: App
    port: int
    token: str
    root: Path
    log: Path

    def url(self, path: str = "") -> str:
        """The address of a page, `lab/tree/notebooks/a.ipynb` say, with the token."""
        return f"http://127.0.0.1:{self.port}/{path}{'&' if '?' in path else '?'}token={self.token}"


@contextmanager
def serve(python: str, app: App, root: Path, home: Path) -> Iterator[Server]:
    """Run `python -m jupyter lab` (or notebook) on `root`; all that it writes elsewhere goes below `home`."""
    home.mkdir(parents=True, exist_ok=True)
    server = Server(app=app, port=_free_port(), token=secrets.token_hex(16), root=root, log=home / "server.log")
    command = [
        *(python, "-m", "jupyter", app, "--no-browser", "--ip=127.0.0.1", f"--port={server.port}"),
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={server.token}",
        f"--ServerApp.root_dir={root}",
        f"--{'LabApp' if app == 'lab' else 'JupyterNotebookApp'}.expose_app_in_browser=True",
        *(["--allow-root"] if is_root() else []),
    ]
    environment = {**os.environ, **_own_folders(home)}
    with server.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass
class LabPage:
    """A page of JupyterLab or Notebook 7, with what the stories do over and over."""

    page: Page
    server: Server
    pictures: Path
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._note)
        self.page.on("pageerror", self._note_error)

    def open(self, path: str | None = None) -> None:
        """Load the app anew, with an empty workspace; `path` as in `lab/tree/notebooks/a.ipynb`."""
        default = "lab" if self.server.app == "lab" else "tree"
        address = path or default
        if self.server.app == "lab":
            address += "&reset" if "?" in address else "?reset"
        self.page.goto(self.server.url(address), timeout=OPENS_WITHIN)
        self.page.wait_for_function("() => window.jupyterapp !== undefined", timeout=OPENS_WITHIN)
        self.page.evaluate("async () => { await window.jupyterapp.restored; }")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached", timeout=OPENS_WITHIN)

    def execute(self, command: str, arguments: Mapping[str, Any] | None = None) -> None:
        """Run a JupyterLab command and wait until it is done."""
        self.page.evaluate(
            "async ([command, args]) => { await window.jupyterapp.commands.execute(command, args); }",
            [command, dict(arguments or {})],
        )

    def start(self, command: str, arguments: Mapping[str, Any] | None = None) -> None:
        """Run a command that waits for the user, such as one that opens a dialog."""
        self.page.evaluate(
            "([command, args]) => { void window.jupyterapp.commands.execute(command, args); }",
            [command, dict(arguments or {})],
        )

    def has_command(self, command: str) -> bool:
        return bool(self.page.evaluate("id => window.jupyterapp.commands.hasCommand(id)", command))

    def theme(self, which: Literal["light", "dark"]) -> None:
        """Switch the theme and wait until its colours are on the page."""
        name = THEMES[which]
        self.execute("apputils:change-theme", {"theme": name})
        self.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)
        self.page.wait_for_timeout(300)  # the style sheet of the new theme is swapped in after the attribute

    def screenshot(self, name: str, part: Locator | None = None) -> list[Path]:
        """Picture the page, or a part of it, light and dark.

        The pictures go to docs/images when MLNB_SCREENSHOTS=1, else to a temporary folder.
        """
        folder = IMAGES if os.environ.get("MLNB_SCREENSHOTS") == "1" else self.pictures
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for which in ("light", "dark"):
            self.theme(which)
            picture = (part or self.page).screenshot(animations="disabled", caret="hide")
            path = folder / f"{name}-{which}.png"
            path.write_bytes(compressed(picture))
            written.append(path)
        self.theme("light")
        return written

    def notifications(self) -> list[str]:
        """The texts of the toasts on the page."""
        return self.page.locator(".Toastify__toast").all_inner_texts()

    def _note_error(self, error: Error) -> None:
        # Notebook 7.6 throws this on each load, with no extension enabled: a handler in notebook_core.js is too early.
        own = self.server.app == "notebook" and "reading 'schema'" in error.message
        if not (own and "labextensions/" not in (error.stack or "")):
            self.errors.append(f"{error.message}\n{error.stack or ''}")

    def _note(self, message: ConsoleMessage) -> None:
        text = f"{message.text} ({message.location.get('url', '')})"
        if message.type == "error" and not any(known in text for known in HARMLESS):
            self.errors.append(text)


def compressed(picture: bytes) -> bytes:
    """A PNG with a palette, and smaller than what the repository takes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    buffer = io.BytesIO()
    for colours in (256, 128, 64):
        buffer = io.BytesIO()
        image.quantize(colors=colours, method=Image.Quantize.MEDIANCUT).save(buffer, "PNG", optimize=True)
        if buffer.tell() < MAX_IMAGE_BYTES:
            break
    return buffer.getvalue()


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _own_folders(home: Path) -> dict[str, str]:
    """Environment variables that keep the user's own Jupyter out, and the news toast off the screenshots."""
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
    }
    for name in names.values():
        (home / name).mkdir(exist_ok=True)
    settings = home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}), encoding="utf-8")
    return {variable: str(home / name) for variable, name in names.items()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(server.url("api/status"), timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    log = server.log.read_text(encoding="utf-8", errors="replace")[-4000:]
    raise RuntimeError(f"jupyter {server.app} did not start within {STARTS_WITHIN:.0f} s:\n{log}")


def copy_project(source: Path, target: Path) -> Path:
    """A copy of an example project without what its notebooks left behind."""
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".mlnb", "runs")
    shutil.copytree(source, target, ignore=ignored)
    return target
