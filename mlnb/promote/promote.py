"""Promotion as one story: plan, write, run both, compare, publish."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import JsonValue

from mlnb import __version__
from mlnb.errors import NotEquivalent, NotPromotable
from mlnb.notebook import document
from mlnb.notebook.document import Notebook
from mlnb.project import Project
from mlnb.promote import documents, files, publish
from mlnb.promote.compare import overall
from mlnb.promote.plan import PipelinePlan, plan
from mlnb.promote.roles import imported
from mlnb.promote.verify import Execute, Verification, run_notebook, run_package, verification
from mlnb.records.pipeline import ComparisonRecord, PipelineManifest, StepRecord, Verdict, read_manifest

CHANGELOG = "CHANGELOG.md"


@dataclass(frozen=True)
class PromotedPipeline:
    """A version in its folder, and its proof. Nothing of verdict “different” is ever published."""

    name: str
    version: str
    folder: Path
    verdict: Verdict
    steps: tuple[StepRecord, ...]
    comparisons: tuple[ComparisonRecord, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        return {
            "name": self.name,
            "version": self.version,
            "folder": str(self.folder),
            "verdict": self.verdict,
            "steps": [step.model_dump(mode="json") for step in self.steps],
            "comparisons": [comparison.model_dump(mode="json") for comparison in self.comparisons],
            "notes": list(self.notes),
        }


def promote(
    project: Project, notebook: Notebook, *, execute: Execute, progress: Callable[[str], None]
) -> PromotedPipeline:
    """Make a package of a notebook, prove that it computes the same, and publish it as a version.

    Raises `NotPromotable` on what cannot be translated, `NotEquivalent` when the values differ,
    and whatever `execute` raises when the notebook itself fails. Then nothing is published.
    """
    progress("planning")
    planned = plan(notebook, project.names)
    folder = project.pipelines / planned.name
    before = read_manifest(folder)
    if folder.exists() and before is None and any(folder.iterdir()):
        raise NotPromotable(f"{folder} exists and is no pipeline: move it away, or give the notebook another name")
    if before is not None:
        publish.refuse_edited(folder, before)
        if before.source == source_hash(notebook) and before.mlnb == __version__:
            return _promoted(folder, before, f"The notebook has not changed since version {before.version}.")
    with _scratch(project, planned) as scratch:
        progress("writing the package")
        package = _write_modules(scratch / "package", files.modules(planned))
        progress("running the notebook")
        node = document.read_node(notebook.path)
        seen = run_notebook(project, planned, node, folder=scratch, execute=execute)
        progress("running the pipeline")
        source, python = scratch / "package" / "src", seen["executable"]
        verified = verification(planned, seen, run_package(project, planned, source, python=python, folder=scratch))
        progress("comparing")
        _refuse_different(verified, scratch)
        progress("publishing")
        manifest = _publish(project, planned, folder, package, verified, before)
    return _promoted(folder, manifest)


def source_hash(notebook: Notebook) -> str:
    """The hash of what a notebook says: its cells, without outputs."""
    cells = [[cell.type, cell.source, list(cell.tags)] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


@contextmanager
def _scratch(project: Project, planned: PipelinePlan) -> Iterator[Path]:
    """A folder to work in, for one promotion of a pipeline at a time; it stays only where values differ, to be read."""
    parent = project.cache / "promote"
    parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(parent / f"{planned.name}.lock", timeout=0):
            folder = Path(tempfile.mkdtemp(prefix=f"{planned.name}-", dir=parent))
            try:
                yield folder
            except NotEquivalent:
                raise
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        raise NotPromotable(f"{planned.name} is being promoted already: wait until that has ended") from None


def _write_modules(folder: Path, modules: dict[str, str]) -> dict[str, str]:
    """Write the Python files, format them where ruff is there, and return them as they are then."""
    for name, text in modules.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--quiet", "--line-length", "120", str(folder)]
    subprocess.run(command, capture_output=True, check=False)
    return {name: (folder / name).read_text(encoding="utf-8") for name in modules}


def _refuse_different(verified: Verification, scratch: Path) -> None:
    if overall(verified.comparisons) != "different":
        return
    report = scratch / "comparison.json"
    report.write_text(json.dumps([one.model_dump() for one in verified.comparisons], indent=2), encoding="utf-8")
    first = next(one for one in verified.comparisons if one.verdict == "different")
    where = f" of step `{first.step}`" if first.step else ""
    raise NotEquivalent(
        f"the pipeline does not compute what the notebook computes: {first.what}{where} differs ({first.detail}); "
        f"nothing was published, all comparisons are in {report}"
    )


def _publish(
    project: Project,
    planned: PipelinePlan,
    folder: Path,
    package: dict[str, str],
    verified: Verification,
    before: PipelineManifest | None,
) -> PipelineManifest:
    version, reason = _version(planned, before)
    all_packages = {name: number for found in verified.packages.values() for name, number in found.items()}
    manifest = PipelineManifest(
        name=planned.name,
        package=planned.package,
        version=version,
        title=planned.title,
        notebook=project.relative(planned.notebook.path),
        data=project.relative(project.data),
        source=source_hash(planned.notebook),
        mlnb=__version__,
        python=verified.python,
        promoted=datetime.now(UTC).isoformat(timespec="seconds"),
        parameters=_defaults(planned),
        steps=tuple(
            StepRecord(name=step.name, cells=step.cells, takes=(*step.takes, *step.parameters), gives=step.gives)
            for step in planned.steps
        ),
        verdict=overall(verified.comparisons),
        comparisons=verified.comparisons,
        metrics=verified.metrics,
        requirements=all_packages,
        notes=(*planned.notes, *verified.notes),
        left_out=planned.left_out,
        files={},
    )
    changes = folder / CHANGELOG
    older = changes.read_text(encoding="utf-8") if changes.is_file() else ""
    texts = {
        **package,
        "pyproject.toml": files.project_file(planned, version, verified.python, _direct(planned, verified)),
        "requirements.lock": documents.lock(all_packages),
        "README.md": documents.readme(planned, manifest),
        "PROMOTION.md": documents.promotion(planned, manifest),
        CHANGELOG: documents.changelog(manifest, reason, older),
    }
    hashes = {name: publish.file_hash(text.encode()) for name, text in sorted(texts.items())}
    manifest = manifest.model_copy(update={"files": hashes})
    publish.publish(folder, texts, manifest)
    return manifest


def _version(planned: PipelinePlan, before: PipelineManifest | None) -> tuple[str, str]:
    if before is None:
        return publish.FIRST_VERSION, f"First promotion of {planned.notebook.path.name}."
    now = _defaults(planned)
    changed = sorted(name for name in {*now, *before.parameters} if now.get(name) != before.parameters.get(name))
    version = publish.next_version(before, parameters_changed=bool(changed))
    reason = f"Parameters changed: {', '.join(changed)}." if changed else f"{planned.notebook.path.name} changed."
    return version, reason


def _defaults(planned: PipelinePlan) -> dict[str, JsonValue]:
    """The parameters as JSON reads them back: a tuple as a list."""
    found: dict[str, JsonValue] = json.loads(json.dumps({one.name: one.default for one in planned.parameters}))
    return found


def _direct(planned: PipelinePlan, verified: Verification) -> dict[str, str]:
    """The distributions that the package itself imports; pandas and what it reads Parquet with always."""
    tops = {module.split(".")[0] for module in imported(planned.imports).values()} | {"pandas", "pyarrow"}
    return {name: version for top in tops for name, version in verified.packages.get(top, {}).items()}


def _promoted(folder: Path, manifest: PipelineManifest, *notes: str) -> PromotedPipeline:
    return PromotedPipeline(
        name=manifest.name,
        version=manifest.version,
        folder=folder,
        verdict=manifest.verdict,
        steps=manifest.steps,
        comparisons=manifest.comparisons,
        notes=(*notes, *manifest.notes),
    )
