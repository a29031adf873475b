"""Run the original and both parts of a split in copies of the project, and compare what the moved cells do.

Data files and large files are linked, small ones copied. What is saved lands in the copy, so that nothing
of the project changes before everything is known to work.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mlnb.create import split_probe
from mlnb.errors import MlnbError, NotSplittable
from mlnb.notebook import document
from mlnb.project import Project

if TYPE_CHECKING:
    from mlnb.notebook.document import NotebookNode

_SMALL = 1_000_000  # bytes; a notebook that overwrites a linked file would change the project
_MOST_COPIES = 5_000  # copying takes longer than linking
_NEVER = {".git", ".mlnb", ".ipynb_checkpoints", "node_modules", "__pycache__", ".venv"}
_LOAD = (
    "(lambda util, os: (lambda spec: (lambda module: (spec.loader.exec_module(module), module)[1])"
    "(util.module_from_spec(spec)))(util.spec_from_file_location('_mlnb_split_probe', os.environ['MLNB_SPLIT_PROBE'])))"
    "(__import__('importlib.util').util, __import__('os'))"
)
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


class Rehearse(Protocol):
    """Run a notebook in a fresh kernel; return it as far as it came, with the cell that failed and why."""

    def __call__(
        self, node: NotebookNode, cwd: Path, environment: Mapping[str, str]
    ) -> tuple[NotebookNode, int | None, str | None]: ...


@dataclass(frozen=True)
class Seen:
    """What a run showed: outputs and failure by the original's cell index, and what was computed at the end."""

    outputs: Mapping[int, tuple[str, ...]]
    failed: int | None
    problem: str | None
    report: Mapping[str, Any] | None
    made: Mapping[str, str]


@dataclass(frozen=True)
class Stage:
    """A copy of the project to run in."""

    project: Project
    root: Path
    rehearse: Rehearse

    def inside(self, path: Path) -> Path:
        return self.root / path.relative_to(self.project.root)

    @property
    def data(self) -> Path:
        return self.inside(self.project.data)

    def new_data(self) -> list[Path]:
        """The files that were saved here, each with the place it would have in the project."""
        return sorted(path for path in self.data.rglob("*") if path.is_file() and not path.is_symlink())

    def place(self, path: Path, text: str) -> Path:
        """Write what would be the project's file `path` into the copy."""
        target = self.inside(path)
        target.unlink(missing_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return target

    def run(
        self, tree: document.Tree, path: Path, asked: Mapping[str, Any], *, probe: int | None, moved: Mapping[int, int]
    ) -> Seen:
        """Run a notebook where `path` would be. `probe` is the heading in whose place the values are looked at.

        `moved` maps the cells that are compared from their index in the original to their index in `tree`.
        """
        report, end = self.root / ".split-report.json", self.root / ".split-end.json"
        for file in (report, end):
            file.unlink(missing_ok=True)
        node = document.as_node(_watched(tree, probe))
        cwd = self.inside(path).parent
        cwd.mkdir(parents=True, exist_ok=True)
        environment = {
            "MLNB_NOTEBOOK": path.name,
            "MLNB_RUN": "",  # not a part of a run, even where this is started in one
            "MLNB_SPLIT": json.dumps(asked),
            "MLNB_SPLIT_PROBE": str(Path(split_probe.__file__)),
            "MLNB_SPLIT_REPORT": str(report),
            "MLNB_SPLIT_END": str(end),
        }
        executed, failed, problem = self.rehearse(node, cwd, environment)
        cells = executed["cells"]
        code = {old: new for old, new in moved.items() if tree["cells"][new]["cell_type"] == "code"}
        outputs = {old: _shown(cells[new], str(self.root)) for old, new in code.items()}
        return Seen(outputs, failed, problem, _read(report), _read(end) or {})


@contextmanager
def stage(project: Project, rehearse: Rehearse) -> Iterator[Stage]:
    """A copy of the project's files, gone afterwards."""
    parent = project.cache / "split"
    parent.mkdir(parents=True, exist_ok=True)
    root = Path(tempfile.mkdtemp(prefix="stage-", dir=parent))
    try:
        _mirror(project, root)
        yield Stage(project, root, rehearse)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _mirror(project: Project, root: Path) -> None:
    own = (project.runs, project.pipelines, project.cache)
    copied = 0
    for folder, names, files in os.walk(project.root):
        here = Path(folder)
        there = root / here.relative_to(project.root)
        there.mkdir(exist_ok=True)
        for name in list(names):
            if name in _NEVER or here / name in own or (here / name / "pyvenv.cfg").exists():
                names.remove(name)
            elif (here / name).is_symlink():
                _link(here / name, there / name)
        for name in files:
            source, target = here / name, there / name
            linked = source.is_symlink() or not source.is_file() or here.is_relative_to(project.data)
            if linked or copied >= _MOST_COPIES or source.stat().st_size > _SMALL:
                _link(source, target)
            else:
                shutil.copy2(source, target)
                copied += 1
    (root / project.data.relative_to(project.root)).mkdir(parents=True, exist_ok=True)


def _link(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source.resolve())
    except (OSError, RuntimeError):  # Windows asks for a privilege; a link may lead in a circle
        if source.is_file():
            shutil.copy2(source, target)


def _watched(tree: document.Tree, probe: int | None) -> document.Tree:
    """A copy of the notebook that looks at its values at a cut, and at the end; no index of a cell changes."""
    watched = copy.deepcopy(tree)
    watched.setdefault("nbformat_minor", 4)
    for cell in watched["cells"]:
        cell["metadata"].pop("papermill", None)
        if not isinstance(cell["metadata"].get("tags", []), list):
            del cell["metadata"]["tags"]
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    if probe is not None:
        watched["cells"][probe] = _code(f"{_LOAD}.report(globals())", watched["cells"][probe])
    ids = {"id": "mlnb-split-end"} if any("id" in cell for cell in watched["cells"]) else {}
    watched["cells"].append(_code(f"{_LOAD}.fingerprints(globals())", ids))
    watched["metadata"].pop("papermill", None)
    return watched


def _code(source: str, instead: Mapping[str, Any]) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    return cell | ({"id": instead["id"]} if "id" in instead else {})


def _shown(cell: Mapping[str, Any], root: str) -> tuple[str, ...]:
    """What a cell printed and showed as text, without what differs with every run: addresses, and where the copy is."""
    found: list[str] = []
    printed = "".join(
        str(one.get("text", ""))
        for one in cell["outputs"]
        if one["output_type"] == "stream" and one.get("name") == "stdout"
    )
    if printed:
        found.append(printed)
    for one in cell["outputs"]:
        if one["output_type"] in ("execute_result", "display_data"):
            found.append(str(one.get("data", {}).get("text/plain", "")))
        elif one["output_type"] == "error":
            found.append(f"{one.get('ename')}: {one.get('evalue')}")
    return tuple(_ADDRESS.sub("0x…", text.replace(root, "…")) for text in found)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def differences(before: Seen, now: Seen) -> dict[int | str, str]:
    """What the moved cells did differently, by the index of a cell in the original, or by a name they bind."""
    found: dict[int | str, str] = {}
    for cell in before.outputs:
        if before.outputs[cell] != now.outputs.get(cell):
            one, other = _first(before.outputs[cell]), _first(now.outputs.get(cell, ()))
            found[cell] = f"cell {cell + 1} showed {one} before and {other} now"
        if before.failed == cell:
            return found
    for name, mark in before.made.items():
        if now.made.get(name) != mark:
            found[name] = f"`{name}` has another value at the end"
    return found


def _first(shown: tuple[str, ...]) -> str:
    text = " ".join(" ".join(shown).split())
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”" if text else "nothing"


def refuse_failed(seen: Seen, what: str) -> None:
    """Raise where a notebook did not come to its end."""
    if seen.problem is not None:
        place = "before its first cell" if seen.failed is None else f"in cell {seen.failed + 1}"
        raise NotSplittable(f"{what} fails {place}: {seen.problem}")


def refuse_unwritable(*folders: Path) -> None:
    """Raise before anything runs where nothing could be written afterwards."""
    for folder in folders:
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise MlnbError(f"{folder} may not be written: a split makes a notebook there")
