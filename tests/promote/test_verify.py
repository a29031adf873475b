"""The verification itself is tested by breaking the generated code on purpose: it must notice."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mlnb import project
from mlnb.errors import NotEquivalent
from mlnb.notebook import document
from mlnb.project import Project
from mlnb.promote import files
from mlnb.promote.compare import overall
from mlnb.promote.plan import PipelinePlan, plan
from mlnb.promote.verify import run_notebook, run_package, verification
from tests.promote import percent

NOTEBOOK = """
# %% [markdown]
# # Draws
# %% tags=["parameters"]
ROUNDS: int = 5
# %%
import random
# %% [markdown]
# ## Draw
# %%
random.seed(3)
one = [random.random() for _ in range(ROUNDS)]
two = [random.gauss(0, 1) for _ in range(ROUNDS)]
one.append(0.25)
# %% [markdown]
# ## Count
# %%
LIMIT = 0.5
def above(values):
    return sum(value > LIMIT for value in values)

counts = {"one": above(one), "two": above(two)}
random.random()
# %% [markdown]
# ## Finish
# %%
total = 0
for name, count in counts.items():
    total += count * len(name)
final = (total, sum(one), random.random())
with open("report.txt", "w") as report:
    report.write(f"{total}")
"""

# What is broken: the module, the text and what stands there instead.
BROKEN: dict[str, tuple[str, str, str]] = {
    "a constant": ("steps", "LIMIT = 0.5", "LIMIT = 0.25"),
    "a dropped statement": ("steps", "    one.append(0.25)\n", ""),
    "swapped draws": (
        "steps",
        "one = [random.random() for _ in range(ROUNDS)]\n    two = [random.gauss(0, 1) for _ in range(ROUNDS)]",
        "two = [random.gauss(0, 1) for _ in range(ROUNDS)]\n    one = [random.random() for _ in range(ROUNDS)]",
    ),
    "a dropped draw that nothing reads": ("steps", "    random.random()\n", ""),
    "a seed": ("steps", "random.seed(3)", "random.seed(4)"),
    "a seed that is gone": ("steps", "    random.seed(3)\n", ""),
    "an operator": ("steps", "value > LIMIT", "value >= LIMIT - 0.4"),
    "arguments in another order": ("steps", 'above(one), "two": above(two)', 'above(two), "two": above(one)'),
    "a value returned instead of another": ("steps", "return one, two", "return one[:-1], two"),
    "a step left out": ("pipeline", "    steps.finish(counts, one)\n", ""),
    "a step run on something else": ("pipeline", "steps.finish(counts, one)", "steps.finish(counts, two)"),
    "a default": ("params", "ROUNDS: int = 5", "ROUNDS: int = 6"),
    "an order": ("steps", "counts.items()", "reversed(counts.items())"),
    "a file": ("steps", 'report.write(f"{total}")', 'report.write(f"{total} ")'),
    "a file not written": ("steps", 'with open("report.txt", "w")', 'with open("other.txt", "w")'),
    "a type": ("steps", "total = 0", "total = 0.0"),
}


@dataclass(frozen=True)
class Baseline:
    """The notebook, run once."""

    project: Project
    plan: PipelinePlan
    seen: Mapping[str, Any]
    modules: Mapping[str, str]


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    folder = tmp_path_factory.mktemp("verify")
    (folder / "mlnb.toml").write_text("", encoding="utf-8")
    notebook = percent.write(folder / "notebooks" / "040_deployment_draws.ipynb", NOTEBOOK)
    here = project.find(folder)
    planned = plan(notebook)
    node = document.read_node(notebook.path)
    seen = run_notebook(here, planned, node, folder=folder / "scratch", execute=percent.in_process)
    return Baseline(here, planned, seen, files.modules(planned))


def verdict(baseline: Baseline, folder: Path, module: str, before: str, after: str) -> str:
    name = f"src/draws/{module}.py"
    assert before in baseline.modules[name], baseline.modules[name]
    for path, text in baseline.modules.items():
        target = folder / "package" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace(before, after) if path == name else text, encoding="utf-8")
    try:
        seen = run_package(
            baseline.project, baseline.plan, folder / "package" / "src", python=sys.executable, folder=folder
        )
    except NotEquivalent:
        return "different"
    return overall(verification(baseline.plan, baseline.seen, seen).comparisons)


def test_unbroken(baseline: Baseline, tmp_path: Path) -> None:
    """As generated, the package computes the same, files and random state included."""
    assert "identical" == verdict(baseline, tmp_path, "steps", "LIMIT", "LIMIT")


@pytest.mark.parametrize("what", BROKEN)
def test_broken_on_purpose(baseline: Baseline, tmp_path: Path, what: str) -> None:
    """Every way of breaking it is noticed; bytes of a file the notebook wrote itself at least as “not checked”."""
    expected = {"a file": "not checked"}.get(what, "different")
    assert expected == verdict(baseline, tmp_path, *BROKEN[what])


def test_the_notebook_is_not_touched(baseline: Baseline) -> None:
    """Running a copy with probes leaves the notebook and the project as they were."""
    root = baseline.project.root
    assert NOTEBOOK.count("# %%") == len(document.read(baseline.plan.notebook.path).cells)
    assert not (root / "notebooks" / "report.txt").exists()
    assert "__mlnb_probe__" not in baseline.plan.notebook.path.read_text(encoding="utf-8")
