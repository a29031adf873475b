"""Search over real files: found, ranked, caught up, and never in the way."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlnb import api
from mlnb.errors import BadQuery
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.run import Code, DatasetUse, RunRecord, Verdict
from mlnb.search.words import spaced
from tests import percent


def paths(project: Project, query: str) -> list[str]:
    return [Path(hit.path).stem if not hit.run else hit.run for hit in api.search(project, query).hits]


@pytest.fixture
def shelf(project: Project) -> Project:
    """Four notebooks and two runs."""
    texts = {
        "010_exploration_rain": "# %% [markdown]\n# # How often it rains\n# The umbrella question.",
        "030_experiment_ridge": "# %% [markdown]\n# # Ridge\n# %%\nfrom sklearn.linear_model import RidgeClassifier",
        "031_experiment_forest": "# %%\nRandomForestRegressor(n_estimators=10)\nrain = 1",
        "013_exploration_订单漏斗": "# %% [markdown]\n# # 订单漏斗\n# 用keras做一个很深的模型",
    }
    for stem, text in texts.items():
        percent.write(project.notebooks / f"{stem}.ipynb", text)
    for number, (auc, state) in enumerate([(0.91, "succeeded"), (0.55, "failed")]):
        record = RunRecord(
            id=f"20260101-00000{number}-aaaa",
            notebook="notebooks/030_experiment_ridge.ipynb",
            kind="experiment",
            title="Ridge",
            state=state,
            verdict=Verdict(reason="ok"),
            created=f"2026-01-0{number + 1}T00:00:00+00:00",
            parameters={"C": 0.1, "model": "ridge", "flag": True},
            metrics={"auc": auc},
            datasets=(DatasetUse(reference="w@2014-12-31", file="w_2014-12-31_x.csv", sha256="0", role="input"),),
            decision="adopt" if number == 0 else None,
            code=Code(sha256="0"),
        )
        folder = runs.create(project, record)
        percent.write(folder / runs.NOTEBOOK, texts["030_experiment_ridge"])
    return project


QUERIES = [
    ("umbrella", ["010_exploration_rain"]),
    ("RAIN", ["010_exploration_rain", "031_experiment_forest"]),
    ("randomforest", ["031_experiment_forest"]),
    ("forest regressor", ["031_experiment_forest"]),
    ("n_estimators=10", ["031_experiment_forest"]),
    ("umbr", ["010_exploration_rain"]),
    ('"umbrella question"', ["010_exploration_rain"]),
    ("rain -umbrella", ["031_experiment_forest"]),
    ("漏斗", ["013_exploration_订单漏斗"]),
    ("keras", ["013_exploration_订单漏斗"]),
    ("kind:exploration rain", ["010_exploration_rain"]),
    ("metric.auc>0.9", ["20260101-000000-aaaa"]),
    ("metric.AUC<0.6 ridge", ["20260101-000001-aaaa"]),
    ("param.C=0.1 status:succeeded", ["20260101-000000-aaaa"]),
    ("param.model=ridge status:failed", ["20260101-000001-aaaa"]),
    ("param.model>3", []),
    ("data:w@2014 decision:adopt", ["20260101-000000-aaaa"]),
    ("data:w@2013", []),
    ("is:run after:2026-01-02 before:2026-02", ["20260101-000001-aaaa"]),
    ("path:forest", ["031_experiment_forest"]),
    ("zzzzz", []),
    ("is:run -ridge", []),
]


@pytest.mark.parametrize(("query", "found"), QUERIES)
def test_found(shelf: Project, query: str, found: list[str]) -> None:
    """By words, parts of identifiers, beginnings, phrases, Chinese, and every field."""
    assert found == paths(shelf, query)


def test_some_words_when_not_all(shelf: Project) -> None:
    """With one wrong word the rest still finds, and the answer says so."""
    answer = api.search(shelf, "umbrella parasol")
    assert (["notebooks/010_exploration_rain.ipynb"], "nothing holds all the words; these hold some of them") == (
        [hit.path for hit in answer.hits],
        answer.hint,
    )


def test_hits_say_where_and_why(shelf: Project) -> None:
    """The best cell, the marked line, and the reasons."""
    (hit,) = api.search(shelf, "RidgeClassifier is:notebook").hits
    assert (1, "cell-1") == (hit.cell, hit.cell_id)
    assert [("from sklearn.linear_model import ", False), ("RidgeClassifier", True)] == [
        (fragment.text, fragment.marked) for fragment in hit.snippet
    ]
    (run,) = api.search(shelf, "metric.auc>0.9").hits
    assert ({"auc": 0.91}, ("w@2014-12-31",), "adopt", ("auc = 0.91",)) == (
        run.metrics,
        run.datasets,
        run.decision,
        run.reasons,
    )


def test_caught_up_with_the_files(shelf: Project) -> None:
    """An edited, a new and a deleted notebook are seen by the next query."""
    path = shelf.notebooks / "010_exploration_rain.ipynb"
    assert ["010_exploration_rain"] == paths(shelf, "umbrella")
    percent.write(path, "# %% [markdown]\n# # Snow\n# The shovel question.")
    assert ([], ["010_exploration_rain"]) == (paths(shelf, "umbrella"), paths(shelf, "shovel"))
    path.rename(path.with_name("011_exploration_snow.ipynb"))
    assert ["011_exploration_snow"] == paths(shelf, "shovel")
    (shelf.notebooks / "011_exploration_snow.ipynb").unlink()
    assert [] == paths(shelf, "shovel")


def test_broken_notebooks_are_found_by_name_and_listed(shelf: Project) -> None:
    """What cannot be read is listed, and does not stop the rest."""
    (shelf.notebooks / "032_experiment_broken.ipynb").write_text("{")
    (shelf.notebooks / "033_experiment_list.ipynb").write_text("[1]")
    (shelf.notebooks / "034_experiment_bytes.ipynb").write_bytes(b"\xff\xfe")
    answer = api.search(shelf, "broken")
    assert ["notebooks/032_experiment_broken.ipynb"] == [hit.path for hit in answer.hits]
    assert 3 == len(answer.unreadable)


@pytest.mark.parametrize("damage", ["garbage", "truncated", "version", "table"])
def test_a_damaged_index_is_made_anew(shelf: Project, damage: str) -> None:
    """The index is a cache: whatever is wrong with it, the next query has the answer."""
    assert paths(shelf, "umbrella")
    file = shelf.cache / "index.sqlite3"
    for leftover in shelf.cache.glob("index.sqlite3-*"):
        leftover.unlink()
    if damage == "garbage":
        file.write_bytes(b"no database at all" * 100)
    elif damage == "truncated":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version = 999" if damage == "version" else "DROP TABLE document")
        connection.close()
    assert ["010_exploration_rain"] == paths(shelf, "umbrella")


def test_two_processes_at_once(shelf: Project) -> None:
    """Searches of several processes build one index and all answer."""
    command = [sys.executable, "-m", "mlnb", "search", "umbrella", "--json"]
    with ThreadPoolExecutor(4) as pool:
        done = list(
            pool.map(
                lambda _: subprocess.run(command, cwd=shelf.root, capture_output=True, text=True, check=True), range(4)
            )
        )
    assert [1, 1, 1, 1] == [json.loads(process.stdout)["total"] for process in done]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_project(shelf: Project) -> None:
    """Where nothing may be written, the index lives as long as the query."""
    shelf.root.chmod(0o555)
    try:
        assert ["010_exploration_rain"] == paths(shelf, "umbrella")
    finally:
        shelf.root.chmod(0o755)


def test_hostile_content_is_only_text(project: Project) -> None:
    """Scripts in outputs, HTML in names, NUL and surrogates: indexed as text or passed over."""
    tree = percent.tree("# %%\nx = 1\0")
    data = {"text/html": "<script>alert('boo')</script><b>visible</b>"}
    tree["cells"][0]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
    path = project.notebooks / "010_exploration_a.ipynb"
    path.write_text(json.dumps(tree).replace("x = 1", "x = 1 \\ud800"))
    assert ["010_exploration_a"] == paths(project, "visible")
    assert [] == paths(project, "boo")


def test_a_link_out_of_the_project_is_not_followed(project: Project, tmp_path: Path) -> None:
    """What lies elsewhere is not shown here."""
    secret = percent.write(tmp_path / "elsewhere" / "secret.ipynb", "# %%\nsecretword = 1")
    (project.notebooks / "010_exploration_link.ipynb").symlink_to(secret)
    assert [] == paths(project, "secretword")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(query=st.text(max_size=40))
def test_any_query_answers_or_is_refused(shelf: Project, query: str) -> None:
    """Whatever is typed, the answer is hits or one sentence."""
    with contextlib.suppress(BadQuery):
        api.search(shelf, query)


PAIRS = [("订单", " 订单 "), ("订单漏", " 订单 单漏 "), ("a订b", "a 订 b"), ("plain", "plain")]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_runs_of_chinese_become_pairs(text: str, expected: str) -> None:
    """So that every part of a run is found, and Latin letters beside it too."""
    assert expected == spaced(text)
