"""`mlnb doctor`: what is missing or set up wrongly, and what to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from jupyter_client.kernelspec import KernelSpecManager

from mlnb import project, resources
from mlnb.cli import output
from mlnb.errors import MlnbError, NoProject

_REINSTALL = "pip install --force-reinstall mlnb"


@dataclass(frozen=True)
class Answer:
    """What was looked at, whether it is well, and what to do if not."""

    what: str
    well: bool
    text: str


def _python() -> Answer:
    version = ".".join(map(str, sys.version_info[:3]))
    return Answer("Python", sys.version_info >= (3, 11), f"{version} at {sys.executable}")


def _project() -> Answer:
    try:
        found = project.find(Path.cwd())
    except NoProject as error:
        return Answer("project", True, f"none here ({error})")
    except MlnbError as error:
        return Answer("project", False, str(error))
    return Answer("project", True, f"{found.root} ({found.config.name if found.config else 'defaults'})")


def _kernels() -> Answer:
    kernels = sorted(KernelSpecManager().find_kernel_specs())
    return Answer("kernels", bool(kernels), ", ".join(kernels) or "none: pip install ipykernel")


def _templates() -> Answer:
    found = sorted(path.stem for path in resources.templates_dir().glob("*.ipynb"))
    return Answer("templates", len(found) == 4, ", ".join(found) or "none: reinstall mlnb")


def _git() -> Answer:
    return Answer("git", True, shutil.which("git") or "not installed: runs then record no commit")


def _jupyter(*words: str) -> tuple[str, str]:
    """What `jupyter …` prints. `-P`: a jupyter.py of the project must not be taken for Jupyter."""
    command = [sys.executable, "-P", "-m", "jupyter", *words]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.stdout, run.stderr


def _labextension() -> Answer:
    lines = [text.strip() for text in "".join(_jupyter("labextension", "list")).splitlines() if "mlnb-lab" in text]
    well = any("enabled" in text and "OK" in text for text in lines)
    return Answer("JupyterLab", well, "extension enabled" if well else f"extension not found: {_REINSTALL}")


def _server() -> Answer:
    out, err = _jupyter("server", "extension", "list")
    well = "mlnb" in out + err and "mlnb.server" not in err
    return Answer("Jupyter server", well, "extension enabled" if well else f"extension not found: {_REINSTALL}")


LOOKS: tuple[Callable[[], Answer], ...] = (_python, _project, _kernels, _templates, _git, _labextension, _server)


@click.command("doctor")
@output.json_option
def command(as_json: bool) -> int:
    """Say what is missing or set up wrongly."""
    answers = [look() for look in LOOKS]
    if as_json:
        output.line(json.dumps([asdict(answer) for answer in answers], indent=2))
    else:
        table = output.table("", "what", "")
        for answer in answers:
            table.add_row("✓" if answer.well else "✕", answer.what, answer.text)
        output.print_table(table)
    return int(not all(answer.well for answer in answers))
