"""What a version of a pipeline is made of and how it was proven: `pipelines/<name>/promotion.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from mlnb.errors import MlnbError

MANIFEST = "promotion.json"

Verdict = Literal["identical", "within tolerance", "not checked", "different"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StepRecord(_Record):
    """A function of the pipeline. `cells` are those of the notebook it comes from, counted from 0."""

    name: str
    cells: tuple[int, ...]
    takes: tuple[str, ...]
    gives: tuple[str, ...]


class ComparisonRecord(_Record):
    """One value of the pipeline against the same value of the notebook."""

    what: str
    step: str
    verdict: Verdict
    detail: str


class PipelineManifest(_Record):
    """One version. `files` are the generated files with their SHA-256, this one excepted.

    `source` is the SHA-256 of the notebook's cells without their outputs.
    """

    schema_version: int = 1
    name: str
    package: str
    version: str
    title: str
    notebook: str
    data: str
    source: str
    mlnb: str
    python: str
    promoted: str
    parameters: dict[str, JsonValue]
    steps: tuple[StepRecord, ...]
    verdict: Verdict
    comparisons: tuple[ComparisonRecord, ...]
    metrics: dict[str, float | str]
    requirements: dict[str, str]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    files: dict[str, str]


def read_manifest(folder: Path) -> PipelineManifest | None:
    """The manifest of a pipeline, or None where there is none. Raises `MlnbError` on a damaged one."""
    path = folder / MANIFEST
    try:
        return PipelineManifest.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValidationError, json.JSONDecodeError, UnicodeDecodeError):
        raise MlnbError(f"{path} is not a pipeline manifest mlnb can read: restore it from git") from None
