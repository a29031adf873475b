"""Whole generated packages, compared with those kept in `golden/`; each is verified and run from its command line.

The golden files change only when asked: `MLNB_SNAPSHOTS=1 pytest tests/promote/test_golden.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlnb import project
from mlnb.promote.promote import PromotedPipeline, promote
from mlnb.run.execute import execute_node
from tests.promote import percent

GOLDEN = Path(__file__).parent / "golden"
CUSTOMERS = "name,tenure\na,3\nb,\nc,5\nd,1\n"

# The notebook, and whether it needs IPython itself.
CASES = {"scores": False, "state": False, "plain": True, "plots": False}


def promoted(folder: Path, case: str) -> PromotedPipeline:
    (folder / "mlnb.toml").write_text("", encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "customers_2024-01-31_tenure.csv").write_text("name,tenure\nz,9\n", encoding="utf-8")
    (folder / "data" / "customers_2024-02-29_tenure.csv").write_text(CUSTOMERS, encoding="utf-8")
    text = (GOLDEN / f"{case}.txt").read_text(encoding="utf-8")
    notebook = percent.write(folder / "notebooks" / f"040_deployment_{case}.ipynb", text)
    execute = execute_node if CASES[case] else percent.in_process
    return promote(project.find(folder), notebook, execute=execute, progress=lambda stage: None)


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PromotedPipeline:
    return promoted(tmp_path_factory.mktemp(request.param), request.param)


def generated(made: PromotedPipeline) -> str:
    """The generated Python and the account of it, as one text; `io.py` is no golden file, as it is only copied."""
    names = ["params", "steps", "pipeline", "predict", "__main__"]
    files = [made.folder / "src" / made.name / f"{name}.py" for name in names]
    account = (made.folder / "PROMOTION.md").read_text(encoding="utf-8").split("## Steps")[1]
    parts = [f"===== {path.name}\n{path.read_text(encoding='utf-8')}" for path in files]
    return "\n".join([*parts, f"===== PROMOTION.md\n## Steps{account}"])


def test_the_generated_text_is_the_golden_one(made: PromotedPipeline) -> None:
    """Nothing in a generated package changes by accident."""
    golden = GOLDEN / f"{made.name}.golden"
    found = generated(made)
    if os.environ.get("MLNB_SNAPSHOTS"):
        golden.write_text(found, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == found


def test_it_computes_the_same(made: PromotedPipeline) -> None:
    """The comparison with the notebook is part of every promotion."""
    assert "identical" == made.verdict
    assert {"identical"} == {one.verdict for one in made.comparisons}


def test_it_runs_from_its_command_line(made: PromotedPipeline, tmp_path: Path) -> None:
    """`python -m <package> run` works, and leaves metrics.json; mlnb is not there."""
    block = tmp_path / "block" / "mlnb.py"
    block.parent.mkdir()
    block.write_text("raise ImportError('a pipeline does not need mlnb')", encoding="utf-8")
    project_folder = made.folder.parents[1]
    command = [sys.executable, "-m", made.name, "run", "--data-dir", str(project_folder / "data"), "--out", "out"]
    environment = {**os.environ, "PYTHONPATH": f"{made.folder / 'src'}{os.pathsep}{block.parent}"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))
    assert json.loads((made.folder / "promotion.json").read_text(encoding="utf-8"))["metrics"] == metrics


def test_it_passes_ruff(made: PromotedPipeline) -> None:
    """A reviewer's linter has nothing to say."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", str(made.folder)]
    done = subprocess.run(command, cwd=made.folder, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout


def test_predict_is_importable(tmp_path: Path) -> None:
    """A function that read the notebook's model takes it as an argument, and answers as the notebook did."""
    made = promoted(tmp_path, "scores")
    out = tmp_path / "out"
    code = (
        "from pathlib import Path; import sys; from scores.__main__ import main; "
        "from scores.predict import load_model, predict; "
        f"main(['run', '--data-dir', {str(tmp_path / 'data')!r}, '--out', {str(out)!r}, '--threshold', '0.1']); "
        f"model = load_model({str(out / 'churn.pkl')!r}); "
        "print(predict([{'tenure': 1}, {'tenure': 9}], model=model, THRESHOLD=0.5).tolist())"
    )
    environment = {**os.environ, "PYTHONPATH": str(made.folder / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert "[True, False]" == done.stdout.strip().splitlines()[-1]
    assert {"churn.pkl", "churn.sample.json", "metrics.json", "scores_2024-02-29_score.parquet"} == {
        path.name for path in out.iterdir()
    }
