"""The whole story in the terminal: a project on real data, from new notebooks to a promoted pipeline.

`python3 dev.py demo` runs this; so does `python examples/demo.py [FOLDER]` where mlnb is installed.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console

EXAMPLE = Path(__file__).resolve().parent / "seattle-weather"
INHERITED = EXAMPLE.with_name("inherited")
TARGET = Path("demo") / "seattle-weather"
# What running the example in place would leave behind; a fresh copy starts without it.
LEFTOVERS = shutil.ignore_patterns(".mlnb", ".ipynb_checkpoints", "__pycache__", "runs", "pipelines", "*.parquet*")

console = Console(highlight=False)


class Stopped(Exception):
    """A command of the story failed, and the story ends there."""


class Story:
    """Tells what happens in `folder`, and makes it happen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Started from a git hook, GIT_DIR and its like would point at the caller's repository.
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._environment = {**kept, "PYTHONUTF8": "1", "COLUMNS": str(min(console.width, 120) - 4)}

    def tell(self, text: str) -> None:
        console.print(f"\n{text}", style="bold", markup=False)

    def mlnb(self, *arguments: str) -> None:
        self._run(["mlnb", *arguments], [sys.executable, "-m", "mlnb", *arguments])

    def module(self, *arguments: str, path: Path) -> None:
        """Run a Python module that lies in `path`, a folder of the project."""
        shown = [f"PYTHONPATH={path.as_posix()}", "python", "-m", *arguments]
        paths = os.pathsep.join(filter(None, [str(path), os.environ.get("PYTHONPATH")]))
        self._run(shown, [sys.executable, "-m", *arguments], PYTHONPATH=paths)

    def git(self, *arguments: str) -> None:
        """Run git with a name of its own: the story must not ask who you are, nor sign or run hooks in your name."""
        own = ["user.name=mlnb demo", "user.email=demo@example.org", "commit.gpgSign=false", "core.hooksPath=no-hooks"]
        settings = [part for setting in own for part in ("-c", setting)]
        self._run(["git", *arguments], ["git", *settings, *arguments])

    def _run(self, shown: list[str], command: list[str], **environment: str) -> None:
        """Show a command and, indented, what it says; stop the story when it fails."""
        console.print(f"$ {shlex.join(shown)}", style="cyan", markup=False, soft_wrap=True)
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env={**self._environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                console.print(f"  {line.rstrip()}".rstrip(), markup=False, soft_wrap=True)
        if process.returncode:
            raise Stopped(f"`{shlex.join(shown)}` failed with exit code {process.returncode}.")


def main() -> int:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else TARGET).absolute()
    start = time.monotonic()
    try:
        copy(target)
        play(Story(target))
    except (Stopped, OSError) as reason:
        console.print(f"\n{reason}", style="bold red", markup=False)
        return 1
    console.print(f"\nThat took {time.monotonic() - start:.0f} seconds. What to type next:", style="bold")
    for line in next_lines(target):
        console.print(f"  {line}", markup=False, soft_wrap=True)
    return 0


def copy(target: Path) -> None:
    """Put a fresh copy of the example at `target`; an earlier copy, with what you did in it, moves aside."""
    if target.exists():
        if not (target / "mlnb.toml").is_file():
            raise Stopped(f"{target} exists and is no mlnb project: name another folder.")
        aside = target.with_name(f"{target.name}-previous")
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
    shutil.copytree(EXAMPLE, target, ignore=LEFTOVERS)
    shutil.copytree(INHERITED, target / "inherited", ignore=LEFTOVERS)
    newest = max((target / "data").glob("*.csv"))
    shutil.copy(newest, target / "inherited" / "weather.csv")


def play(story: Story) -> None:
    """The journeys in the order of the work."""
    story.tell(f"A project with four years of Seattle weather and five notebooks, fresh in {story.folder}.")
    if shutil.which("git"):
        story.git("init", "--quiet")
        story.git("add", ".")
        story.git("commit", "--quiet", "--message", "Seattle weather")

    story.tell("Data are dated: three versions of the same dataset, each holding the days up to its date.")
    data = sorted((story.folder / "data").glob("*.csv"))
    for file in data:
        if not file.with_name(f"{file.name}.mlnb.json").exists():
            story.mlnb("data", "add", f"data/{file.name}")
    story.mlnb("data", "list")

    story.tell("A new question gets a notebook of each kind: named, numbered and linked to the one before.")
    story.mlnb("create", "exploration", "How often it freezes", "--data", "weather@2015-12-31")
    story.mlnb("continue", "011", "cleaning", "Frost days")
    story.mlnb("continue", "021", "experiment", "Frost tomorrow")
    story.mlnb("continue", "032", "deployment", "Frost warning")

    story.tell("A finding of an earlier notebook becomes the hypothesis of a new one.")
    story.mlnb("continue", "010", "experiment", "--item", "2")
    story.mlnb("lineage", "010")

    story.tell("Somebody left a folder of old notebooks: their kinds and names follow from what they hold.")
    story.mlnb("adopt", "inherited")
    story.mlnb("adopt", "inherited", "--dates", "content", "--apply")

    story.tell("All notebooks, old and new, are held to the convention.")
    story.mlnb("check")

    story.tell("An earlier experiment runs again: once with another parameter, once with the newest data.")
    story.mlnb("run", "030", "-p", "C", "0.1")
    story.mlnb("run", "030", "--newest")
    story.mlnb("runs", "030")

    story.tell("Weeks later: where was that logistic regression with the good AUC?")
    story.mlnb("search", "logistic rain metric.auc>0.78")

    story.tell("The deployment notebook becomes a Python package, and is compared with the notebook value by value.")
    story.mlnb("promote", "040")

    story.tell("The package runs on its own, without Jupyter and without mlnb: here on the newest data.")
    source, package = promoted(story.folder)
    newest = data[-1].stem
    story.module(package, "run", "--data-dir", "data", "--data", newest, "--out", f"out/{package}", path=source)


def promoted(folder: Path) -> tuple[Path, str]:
    """The source folder of the promoted package and the package's name."""
    for entry in sorted((folder / "pipelines").glob("*/src/*/__main__.py")):
        return entry.parents[1].relative_to(folder), entry.parent.name
    raise Stopped(f"There is no package in {folder / 'pipelines'}.")


def next_lines(target: Path) -> list[str]:
    here = Path.cwd()
    folder = target.relative_to(here) if target.is_relative_to(here) else target
    activate = r".venv\Scripts\activate" if os.name == "nt" else "source .venv/bin/activate"
    return [
        "python3 dev.py lab                     another fresh copy of the example, in JupyterLab",
        f"{activate:<38} then, on the command line:",
        f"cd {folder}",
        "mlnb run 031 --newest                  do boosted trees do better with one more year?",
        "mlnb search decision:drop              what did not work, and why",
        'mlnb create experiment "Your idea" --from 030',
    ]


if __name__ == "__main__":
    sys.exit(main())
