"""Write down a run that is to be: checked, recorded, and with its own copy of the notebook."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from mlnb import atomic
from mlnb.errors import MissingKernel
from mlnb.notebook import document
from mlnb.notebook.parameters import parameters_cell
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.run import RunRecord
from mlnb.run import provenance
from mlnb.run.arguments import run_parameters


def queue(project: Project, path: Path, arguments: Mapping[str, Any]) -> Path:
    """Write a new run: its record and a copy of the notebook as it is now. Returns the run's folder.

    Raises `MissingKernel` before anything is written.
    """
    tree = document.read_tree(path)
    notebook = document.from_node(path, tree)
    kernel_python(notebook.kernel_name)
    reading = project.names.read(path)
    defaults = {parameter.name: parameter.default for parameter in run_parameters(notebook)}
    _mend(tree)
    _tag_parameters(notebook, tree)
    total = len(notebook.code_cells) + (1 if arguments else 0)
    record = RunRecord(
        id=runs.new_id(),
        notebook=project.relative(path),
        kind=reading.kind,
        title=notebook.title or path.stem,
        state="queued",
        created=datetime.now(UTC).isoformat(timespec="milliseconds"),
        arguments=dict(arguments),
        parameters={**defaults, **arguments},
        cells_total=total,
        code=provenance.code(notebook, project.root),
    )
    text = document.dumps(tree)
    folder = runs.create(project, record)
    atomic.write_text(folder / runs.NOTEBOOK, text)
    return folder


def kernel_python(name: str) -> str | None:
    """The program a kernel starts with. Raises `MissingKernel` with what is installed instead."""
    manager = KernelSpecManager()
    try:
        spec = manager.get_kernel_spec(name)
    except NoSuchKernel:
        installed = ", ".join(sorted(manager.find_kernel_specs())) or "none"
        raise MissingKernel(
            f"the notebook asks for the kernel “{name}”, which is not installed; there is {installed}"
        ) from None
    program = spec.argv[0] if spec.argv else None
    return sys.executable if program in ("python", "python3") else program


def _mend(tree: document.Tree) -> None:
    """Put right what would stop papermill: it takes tags for a list and its own metadata for an object."""
    tree.setdefault("nbformat_minor", 4)
    tree["metadata"].pop("papermill", None)
    for cell in tree["cells"]:
        if not isinstance(cell["metadata"].get("tags", []), list):
            del cell["metadata"]["tags"]
        cell["metadata"].pop("papermill", None)


def _tag_parameters(notebook: document.Notebook, tree: document.Tree) -> None:
    """Give the parameters cell its tag back where a cleaner took it: papermill injects after the tag."""
    cell = parameters_cell(notebook)
    if cell is not None and "parameters" not in cell.tags:
        tree["cells"][cell.index]["metadata"]["tags"] = [*cell.tags, "parameters"]
