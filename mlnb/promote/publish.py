"""Put a verified package in its place: all of it or nothing, and never over somebody's edits."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mlnb.errors import NotPromotable
from mlnb.records.pipeline import MANIFEST, PipelineManifest

FIRST_VERSION = "0.1.0"


def refuse_edited(folder: Path, manifest: PipelineManifest) -> None:
    """Raise `NotPromotable` when a generated file was changed by hand since it was written."""
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or file_hash(path.read_bytes()) != expected:
            what = "was edited" if path.is_file() else "was deleted"
            raise NotPromotable(
                f"{path} {what} since it was generated, and promoting would lose that: "
                "take the change over into the notebook and restore the file, or move the pipeline away"
            )


def next_version(before: PipelineManifest, *, parameters_changed: bool) -> str:
    """The version after `before`: the second number for changed parameters, else the third."""
    major, minor, patch = (int(number) for number in before.version.split("."))
    return f"{major}.{minor + 1}.0" if parameters_changed else f"{major}.{minor}.{patch + 1}"


def publish(folder: Path, files: Mapping[str, str], manifest: PipelineManifest) -> None:
    """Replace the package in `folder` by these files; files that were not generated stay.

    The new folder is built beside the old one and takes its place by renaming.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    building.chmod(0o777 & ~_umask())
    retired = building.with_name(f"{building.name}.old")
    try:
        if folder.exists():
            generated = _generated(folder)
            shutil.copytree(folder, building, dirs_exist_ok=True, symlinks=True)
            for name in generated:
                (building / name).unlink(missing_ok=True)
        for name, text in files.items():
            _write(building / name, text)
        _write(building / MANIFEST, manifest.model_dump_json(indent=2) + "\n")
        if folder.exists():
            os.replace(folder, retired)
        try:
            os.replace(building, folder)
        except OSError:
            if retired.exists():
                os.replace(retired, folder)
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
        shutil.rmtree(retired, ignore_errors=True)


def file_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _generated(folder: Path) -> list[str]:
    path = folder / MANIFEST
    if not path.is_file():
        return []
    manifest = PipelineManifest.model_validate_json(path.read_text(encoding="utf-8"))
    return [*manifest.files, MANIFEST]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
