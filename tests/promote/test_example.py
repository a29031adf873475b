"""The deployment notebook of the example project, in a real kernel, on its real data."""

from __future__ import annotations

import shutil
from pathlib import Path

from mlnb import project
from mlnb.notebook import document
from mlnb.promote.promote import promote
from mlnb.run.execute import execute_node

EXAMPLE = Path(__file__).parents[2] / "examples" / "seattle-weather"


def test_the_example_promotes_identical(tmp_path: Path) -> None:
    """Every value, metric and model of the notebook is that of the pipeline, and neither run leaves a trace."""
    folder = tmp_path / "seattle-weather"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".mlnb", "runs", "pipelines"))
    if not (folder / "mlnb.toml").exists():
        (folder / "mlnb.toml").write_text("", encoding="utf-8")
    before = {path for path in folder.rglob("*") if ".mlnb" not in path.parts}
    stages: list[str] = []
    path = folder / "notebooks" / "040_deployment_rain-tomorrow.ipynb"
    made = promote(project.find(folder), document.read(path), execute=execute_node, progress=stages.append)
    assert "identical" == made.verdict
    assert ["load", "clean_step", "features", "train", "evaluate", "save", "predict_step", "checks"] == [
        step.name for step in made.steps
    ]
    after = {path for path in folder.rglob("*") if ".mlnb" not in path.parts}
    assert {folder / "pipelines"} | set((folder / "pipelines").rglob("*")) == after - before
    assert "planning" == stages[0]
    assert "publishing" == stages[-1]
