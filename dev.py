#!/usr/bin/env python3
"""Set up, build, test and try mlnb: `python3 dev.py demo | lab | test | check | gen | clean`.

Needs Python 3.11 or newer with pip, and node. A step whose inputs did not change is skipped: the hash of what it
was made from stands in .dev/, its output in .dev/logs/.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("mlnb needs Python 3.11 or newer, and this is Python %d.%d." % sys.version_info[:2])

import argparse
import difflib
import hashlib
import importlib.util
import io
import os
import platform
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
STATE = ROOT / ".dev"
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
BUILT = ROOT / "mlnb" / "labextension"
LINKED = VENV / "share" / "jupyter" / "labextensions" / "mlnb-lab"
INSTALLED = VENV / "mlnb-dev"  # the stamps of what is inside .venv vanish with it
PLAYGROUND = ROOT / "demo" / "lab"

USE = "examples"
DEVELOP = "dev,examples"
GENERATED = ("docs", "labextension/src/api")
MADE = (
    ".venv", ".tools", ".dev", "demo", "node_modules", "labextension/lib", "labextension/tsconfig.tsbuildinfo",
    "mlnb/labextension", "dist", "build", "test-results", "coverage",
    ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache",
)  # fmt: skip
NODE_WANTED = "mlnb needs node 20.19 or newer (not 21, and 22 from 22.12)"


class Failed(Exception):
    """A step did not work; the text is all a developer needs to see."""


# ---------------------------------------------------------------- running things


class Report:
    """One line per step as it ends, and the times for the table at the end."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failures: list[str] = []
        self._lock = threading.Lock()

    def line(self, name: str, outcome: str) -> None:
        with self._lock:
            print(f"  {name:<22} {outcome}", flush=True)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        try:
            yield
        except Failed:
            self.failures.append(name)
            self.line(name, "FAILED")
            raise
        finally:
            self.seconds[name] = time.monotonic() - start
        self.line(name, f"{self.seconds[name]:6.1f} s")


REPORT = Report()


def run(name: str, command: list[str], env: Mapping[str, str] | None = None) -> None:
    """Run quietly; on failure raise with the end of the output."""
    log = STATE / "logs" / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as sink:
        try:
            status = subprocess.run(
                command, cwd=ROOT, env=env or environment(), stdout=sink, stderr=subprocess.STDOUT, check=False
            ).returncode
        except OSError as error:
            raise Failed(f"{name}: {command[0]} cannot be started: {error}") from error
    if status:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-60:]
        raise Failed("\n".join([f"--- {name}: {' '.join(command)} (exit code {status}; all of it: {log})", *tail]))


def environment() -> dict[str, str]:
    """The caller's environment with the commands of .venv in front."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", "")])
    env["VIRTUAL_ENV"] = str(VENV)
    env.pop("PYTHONHOME", None)
    # pip's build hook would build the front end once more; `npm run build` does it.
    env["HATCH_JUPYTER_BUILDER_SKIP_NPM"] = "1"
    return env


def step(name: str, inputs: str, outputs: Iterable[Path], action: Callable[[], None], stamps: Path = STATE) -> None:
    """Do `action` unless it was done on the same inputs and its outputs still stand."""
    stamp = stamps / name.replace(" ", "-")
    if stamp.is_file() and stamp.read_text() == inputs and all(path.exists() for path in outputs):
        REPORT.line(name, "unchanged")
        return
    stamp.unlink(missing_ok=True)
    with REPORT.timed(name):
        action()
    stamps.mkdir(exist_ok=True)
    stamp.write_text(inputs)


def digest(*names: str, facts: Iterable[str] = ()) -> str:
    """A hash of files and folders by name and content, and of facts about this machine."""
    total = hashlib.sha256("\0".join([str(ROOT), platform.platform(), *facts]).encode())
    for name in names:
        path = ROOT / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                total.update(f"\0{file.relative_to(ROOT).as_posix()}\0".encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def program(name: str) -> str:
    """The full path of a program, as Windows needs it for npm.cmd."""
    path = shutil.which(name)
    if path is None:
        raise Failed(f"{name} is not on the PATH. {NODE_WANTED}; npm comes with it: https://nodejs.org")
    return path


# ---------------------------------------------------------------- setting up


def set_up(extras: str) -> None:
    """Everything that `demo`, `lab` and the checks start from; npm and pip work at the same time."""
    STATE.mkdir(exist_ok=True)
    node = check_node()
    make_venv()
    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(install_packages, node), pool.submit(install_python, extras)]:
            job.result()
    build_front_end(node)


def check_node() -> str:
    """The version of node; refuses one that the bundler cannot use."""
    version = subprocess.run([program("node"), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    found = re.match(r"v(\d+)\.(\d+)", version)
    major, minor = (int(found[1]), int(found[2])) if found else (0, 0)
    if not ((major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22):
        raise Failed(f"{NODE_WANTED}, and `node --version` says {version}: https://nodejs.org")
    return version


def major(version: str) -> str:
    """The part of node's version that native packages depend on."""
    return version.partition(".")[0]


def make_venv() -> None:
    """A virtual environment in .venv; one that is there and works is kept, whoever made it."""
    place = INSTALLED / "place"  # the commands in a venv name their interpreter by its full path
    moved = place.is_file() and place.read_text() != str(ROOT)
    if usable_venv() and not moved:
        REPORT.line("venv", "unchanged")
    else:
        if VENV.exists():
            shutil.rmtree(VENV)
        with REPORT.timed("venv"):
            create_venv()
    INSTALLED.mkdir(exist_ok=True)
    place.write_text(str(ROOT))


def usable_venv() -> bool:
    """Whether .venv has a Python that is new enough and can be installed into."""
    needed = "sys" if shutil.which("uv") else "sys, pip"
    question = [str(PYTHON), "-c", f"import {needed}; sys.exit(sys.version_info < (3, 11))"]
    return PYTHON.exists() and subprocess.run(question, capture_output=True, check=False).returncode == 0


def create_venv() -> None:
    """By uv, by venv, or by virtualenv where Debian's Python lacks ensurepip."""
    env = dict(os.environ)
    uv = shutil.which("uv")
    if uv:
        return run("venv", [uv, "venv", "--python", sys.executable, str(VENV)], env)
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return run("venv", [sys.executable, "-m", "venv", str(VENV)], env)
    if not importlib.util.find_spec("pip"):
        raise Failed("this Python has neither ensurepip nor pip: install python3-venv, or uv")
    run(
        "virtualenv",
        [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(TOOLS), "virtualenv"],
        env,
    )
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(TOOLS), env.get("PYTHONPATH")]))
    return run("venv", [sys.executable, "-m", "virtualenv", str(VENV)], env)


def install_python(extras: str) -> None:
    """mlnb itself, editable, with what the task needs."""
    inputs = digest("pyproject.toml", "install.json", "mlnb/config", facts=[sys.version])
    complete = INSTALLED / "pip-install-dev"
    if extras == USE and complete.is_file() and complete.read_text() == inputs:
        return REPORT.line("pip install", "unchanged")

    def install() -> None:
        BUILT.mkdir(parents=True, exist_ok=True)  # the editable wheel refers to it, even before it is built
        unlink(LINKED)  # pip would write through the link into the build
        uv = shutil.which("uv")
        pip = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
        run("pip install", [*pip, "--quiet", "-e", f"{ROOT}[{extras}]"])

    name = "pip install dev" if extras == DEVELOP else "pip install"
    return step(name, inputs, [PYTHON], install, INSTALLED)


def install_packages(node: str) -> None:
    """The packages of the front end, exactly as package-lock.json has them."""
    command = [program("npm"), "ci", "--no-audit", "--no-fund"]
    inputs = digest("package.json", "package-lock.json", ".npmrc", facts=[major(node)])
    step("npm ci", inputs, [ROOT / "node_modules" / ".package-lock.json"], lambda: run("npm ci", command))


def build_front_end(node: str) -> None:
    """Compile the front end and show it to the JupyterLab of .venv by a link, so that rebuilds are seen."""
    sources = ["labextension/src", "labextension/style", "labextension/schema"]
    inputs = digest(*sources, "package.json", "package-lock.json", "tsconfig.json", facts=[major(node)])
    build = [program("npm"), "run", "build"]
    step("npm run build", inputs, [BUILT / "package.json"], lambda: run("npm run build", build))
    step("link labextension", inputs if WINDOWS else str(BUILT), [LINKED / "package.json"], link, INSTALLED)


def link() -> None:
    """Link the build into .venv; where links are not allowed, as on many a Windows, copy it."""
    try:
        run("jupyter-builder develop", [str(BIN / "jupyter-builder"), "develop", ".", "--overwrite"])
    except Failed:
        unlink(LINKED)
        shutil.copytree(BUILT, LINKED)


def unlink(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


# ---------------------------------------------------------------- the commands


def demo(arguments: list[str]) -> int:
    """The whole story in the terminal: create, check, run, search, promote, on real data."""
    set_up(USE)
    return subprocess.run(
        [str(PYTHON), str(ROOT / "examples" / "demo.py"), *arguments], cwd=ROOT, env=environment(), check=False
    ).returncode


def lab(arguments: list[str]) -> int:
    """JupyterLab on a fresh copy of the example project; the copy of last time is kept beside it."""
    set_up(USE)
    if PLAYGROUND.exists():
        previous = PLAYGROUND.with_name("lab-previous")
        shutil.rmtree(previous, ignore_errors=True)
        PLAYGROUND.rename(previous)
    copy_example(PLAYGROUND)
    command = [str(PYTHON), "-m", "jupyter", "lab", f"--ServerApp.root_dir={PLAYGROUND}", *arguments]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return subprocess.run(command, cwd=PLAYGROUND, env=environment(), check=False).returncode


def copy_example(target: Path) -> None:
    """The example project as a git repository of its own, so that runs record its commit and not that of mlnb."""
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".mlnb", "runs")
    shutil.copytree(ROOT / "examples" / "seattle-weather", target, ignore=ignored)
    git = shutil.which("git")
    if git:
        author = ["-c", "user.name=mlnb", "-c", "user.email=mlnb@example.org", "-c", "commit.gpgsign=false"]
        for words in (
            ["init", "--quiet"],
            ["add", "--all"],
            [*author, "commit", "--quiet", "-m", "The example project"],
        ):
            run("git", [git, "-C", str(target), *words])


def check(arguments: list[str]) -> int:
    """The static checks, two at a time; all of them, even after one failed."""
    set_up(DEVELOP)
    return finish(static_checks())


def static_checks() -> list[str]:
    npm = program("npm")
    return together(
        ("mypy", [str(BIN / "mypy")]),
        ("eslint, prettier, tsc", [npm, "run", "lint"]),
        ("ruff check", [str(BIN / "ruff"), "check", "."]),
        ("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
        ("lint-imports", [str(BIN / "lint-imports")]),
    )


def together(*tasks: tuple[str, list[str]]) -> list[str]:
    """Run tasks two at a time and return what the failed ones have to say."""

    def attempt(task: tuple[str, list[str]]) -> str:
        try:
            with REPORT.timed(task[0]):
                run(*task)
        except Failed as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(2) as pool:
        return [text for text in pool.map(attempt, tasks) if text]


def test(arguments: list[str]) -> int:
    """Everything: static checks, generated files, vitest, then pytest with browser and wheel; pytest speaks last."""
    set_up(DEVELOP)
    problems = static_checks()
    problems += together(("vitest", [program("npm"), "test"]))
    stale = regenerated()
    problems += [f"--- gen: python3 dev.py gen, and commit\n{stale}"] if stale else []
    env = environment()
    with REPORT.timed("find browser"):
        finder = [str(PYTHON), str(ROOT / "tests" / "browser" / "chromium.py"), "--install"]
        found = subprocess.run(finder, env=env, capture_output=True, text=True, check=False)
    if found.returncode == 0:
        env["MLNB_CHROMIUM"] = found.stdout.strip()
    print("\n\n".join(["", *problems, ""]) if problems else "", flush=True)
    status, closing = pytest(arguments, env)
    if status:
        REPORT.failures.append("pytest")
    finish([])
    print(closing, flush=True)
    return 1 if REPORT.failures else 0


def pytest(arguments: list[str], env: Mapping[str, str]) -> tuple[int, str]:
    """Run pytest, passing its output on as it comes; return its exit code and closing line."""
    command = [str(PYTHON), "-u", "-m", "pytest", "--durations=10", "--durations-min=5", *arguments]
    closing = ""
    start = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            closing = line.rstrip("\n") or closing
            print(line, end="", flush=True)
    REPORT.seconds["pytest"] = time.monotonic() - start
    return process.returncode, closing


def finish(problems: list[str]) -> int:
    """Say what went wrong and how long each step took."""
    for problem in problems:
        print(f"\n{problem}")
    print("\n" + "\n".join(f"  {name:<22} {seconds:7.1f} s" for name, seconds in REPORT.seconds.items()))
    print(f"failed: {', '.join(REPORT.failures)}" if REPORT.failures else "all steps passed", flush=True)
    return 1 if REPORT.failures else 0


def gen(arguments: list[str]) -> int:
    """Write the generated files anew and format; `--check` only says what would change."""
    set_up(DEVELOP)
    if arguments == ["--check"]:
        stale = regenerated()
        print(stale or "generated files are up to date")
        return 1 if stale else 0
    generate()
    with REPORT.timed("format"):
        run("ruff format", [str(BIN / "ruff"), "format", "."])
        run("prettier", [program("npm"), "run", "lint:fix"])
    return 0


def generate() -> None:
    """Wire types from messages.py; the pages of commands, settings and rules from the code."""
    with REPORT.timed("generate"):
        run("npm run gen", [program("npm"), "run", "gen"])
        run("mlnb.cli.docs", [str(PYTHON), "-m", "mlnb.cli.docs"])


def regenerated() -> str:
    """The diff between the generated files and what they should be; the files stay as they are."""
    before = generated_files()
    try:
        generate()
    except Failed as error:
        return str(error)
    after = generated_files()
    changes: list[str] = []
    for name in sorted(set(before) | set(after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        changes += difflib.unified_diff(
            (old or b"").decode().splitlines(), (new or b"").decode().splitlines(), name, f"{name} (fresh)", lineterm=""
        )
        if old is None:
            (ROOT / name).unlink()
        else:
            (ROOT / name).write_bytes(old)
    if changes:
        REPORT.failures.append("gen")
    return "\n".join(changes)


def generated_files() -> dict[str, bytes]:
    files = (path for folder in GENERATED for path in (ROOT / folder).rglob("*") if path.suffix in {".md", ".ts"})
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}


def clean(arguments: list[str]) -> int:
    """Remove all that dev.py made, and nothing else."""
    for name in MADE:
        path = ROOT / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for cache in [*ROOT.glob("*/**/__pycache__"), ROOT / "__pycache__"]:
        shutil.rmtree(cache, ignore_errors=True)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo, "lab": lab, "test": test, "check": check, "gen": gen, "clean": clean,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, action in COMMANDS.items():
        commands.add_parser(name, help=(action.__doc__ or "").splitlines()[0], add_help=False)
    known, rest = parser.parse_known_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows console cannot show all that pytest prints
    try:
        return COMMANDS[known.command](rest)
    except Failed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
