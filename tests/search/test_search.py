"""Search over real files: found, ranked, caught up, and never in the way."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import psutil
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
    """Five notebooks and two runs."""
    texts = {
        "010_exploration_rain": "# %% [markdown]\n# # How often it rains\n# The umbrella question.",
        "030_experiment_ridge": "# %% [markdown]\n# # Ridge\n# %%\nfrom sklearn.linear_model import RidgeClassifier",
        "031_experiment_forest": "# %%\nRandomForestRegressor(n_estimators=10)\nrain = 1",
        "014_exploration_cafés": "# %%\n# where the nai\u0308ve go",
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
    ("斗", ["013_exploration_订单漏斗"]),
    ("单", ["013_exploration_订单漏斗"]),
    ("keras做", ["013_exploration_订单漏斗"]),
    ("用keras做一", ["013_exploration_订单漏斗"]),
    ('"做一"', ["013_exploration_订单漏斗"]),
    ("漏单", []),
    ("keras -斗", []),
    ("cafe\u0301s", ["014_exploration_cafés"]),
    ("cafés", ["014_exploration_cafés"]),
    ("naïve", ["014_exploration_cafés"]),
    ("path:cafe\u0301s", ["014_exploration_cafés"]),
    ("\ud800 umbrella", ["010_exploration_rain"]),
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


OK = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": "findme = 1"}
NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}

# content of a file, and whether its text is found all the same
HOSTILE = [
    ({**NOTEBOOK, "cells": [{**OK, "outputs": 5}]}, True),
    ({**NOTEBOOK, "cells": [{**OK, "outputs": [5, {"data": 5}, {"traceback": 5, "ename": {}}]}]}, True),
    ({**NOTEBOOK, "cells": [{**OK, "id": "\ud800", "cell_type": ["code"]}]}, True),
    ({**NOTEBOOK, "cells": [{**OK, "cell_type": "markdown", "source": "# \ud800 findme\n## \udfff"}]}, True),
    ({**NOTEBOOK, "cells": [OK, 5, None]}, True),
    ({**NOTEBOOK, "cells": [OK], "metadata": []}, True),
    ({**NOTEBOOK, "cells": [{**OK, "source": "findme " + "e\u0301\u0327" * 200_000}]}, True),
    ({"nbformat": 3, "worksheets": 5}, False),
    ({"nbformat": 3, "worksheets": [5, {"cells": 5}, {"cells": [{"cell_type": "code", "input": "findme"}]}]}, True),
    ('{"nbformat": 4, "cells": [], "x": ' + "9" * 5000 + "}", False),
    ("[" * 100_000, False),
    ('{"a":' * 100_000, False),
]


@pytest.mark.parametrize(("content", "found"), HOSTILE)
def test_no_notebook_stops_the_search(shelf: Project, content: object, found: bool) -> None:
    """A hostile file is searched as far as it has text, and the others are found as ever."""
    text = content if isinstance(content, str) else json.dumps(content)
    (shelf.notebooks / "050_experiment_hostile.ipynb").write_text(text)
    assert ["010_exploration_rain"] == paths(shelf, "umbrella")
    assert found == (paths(shelf, "findme") == ["050_experiment_hostile"])
    json.dumps([str(hit) for hit in api.search(shelf, "hostile").hits]).encode()


def test_what_is_no_file_is_passed_over(shelf: Project) -> None:
    """A pipe is not waited for, a loop of links not followed, and a half-written file is nobody's notebook."""
    os.mkfifo(shelf.notebooks / "pipe.ipynb")
    (shelf.notebooks / "loop.ipynb").symlink_to("loop.ipynb")
    (shelf.notebooks / ".010_exploration_x.ipynb").write_text("{")
    notebook = next(shelf.runs.glob("*/*/notebook.ipynb"))
    notebook.unlink()
    os.mkfifo(notebook)
    answer = api.search(shelf, "umbrella")
    assert (1, 7, [f"{shelf.relative(notebook)}: not a regular file"]) == (
        answer.total,
        answer.indexed,
        list(answer.unreadable),
    )


def test_names_that_are_no_text(shelf: Project) -> None:
    """Files whose names are not UTF-8 are told apart and shown as text."""
    for byte in (b"\xfe", b"\xff"):
        percent.write(shelf.notebooks / os.fsdecode(b"050_experiment_" + byte + b".ipynb"), "# %%\nodd = 1")
    hits = api.search(shelf, "odd").hits
    assert [r"notebooks/050_experiment_\udcfe.ipynb", r"notebooks/050_experiment_\udcff.ipynb"] == sorted(
        hit.path for hit in hits
    )


DAMAGED_RECORDS = [
    "",
    "[]",
    "[" * 100_000,
    '{"id": "\\ud800"}',
    '{"id": ' + "9" * 5000 + "}",
    {"created": "long ago"},
    {"created": "0001-01-01T00:00:00+20:00"},
    {"created": "2026-01-01T00:00:00"},
]


@pytest.mark.parametrize("content", DAMAGED_RECORDS)
def test_no_record_stops_the_search(shelf: Project, content: str | dict[str, str]) -> None:
    """A damaged record is listed, or its run is found without what is damaged."""
    record = next(shelf.runs.glob("*/20260101-000000-aaaa/run.json"))
    if isinstance(content, dict):
        content = json.dumps({**json.loads(record.read_text()), "state": "running", **content})
    record.write_text(content)
    answer = api.search(shelf, "")
    assert 7 == answer.total
    for hit in answer.hits:
        assert datetime.fromisoformat(hit.when).tzinfo is not None
    assert ["010_exploration_rain"] == paths(shelf, "umbrella")


def test_numbers_of_any_size(shelf: Project) -> None:
    """A parameter beyond what SQLite stores is kept as text."""
    record = next(shelf.runs.glob("*/20260101-000000-aaaa/run.json"))
    content = json.loads(record.read_text())
    content["parameters"] = {"huge": 10**400, "big": 2**63, "small": -1}
    record.write_text(json.dumps(content))
    assert ["20260101-000000-aaaa"] == paths(shelf, "param.small=-1")


def test_a_run_that_died_is_no_longer_running(shelf: Project) -> None:
    """What is under way is looked at anew each time, though no file changes."""
    record = next(shelf.runs.glob("*/20260101-000000-aaaa/run.json"))
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = {"pid": sleeper.pid, "started": psutil.Process(sleeper.pid).create_time()}
    record.write_text(json.dumps({**json.loads(record.read_text()), "state": "running", "process": process}))
    before = paths(shelf, "status:running"), paths(shelf, "status:lost")
    sleeper.communicate()
    after = paths(shelf, "status:running"), paths(shelf, "status:lost")
    assert (["20260101-000000-aaaa"], [], [], ["20260101-000000-aaaa"]) == (*before, *after)


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


def test_an_index_damaged_under_a_query_is_made_anew(shelf: Project) -> None:
    """Pages that turn out to be overwritten only when they are read are no different."""
    big = "# %%\n" + "\n".join(f"word{number} = 'some more text to fill pages'" for number in range(3000))
    percent.write(shelf.notebooks / "060_experiment_big.ipynb", big)
    assert ["060_experiment_big"] == paths(shelf, "word77")
    file = shelf.cache / "index.sqlite3"
    content = bytearray(file.read_bytes())
    content[20480:] = b"\xa5" * (len(content) - 20480)
    file.write_bytes(content)
    assert ["060_experiment_big"] == paths(shelf, "word77")
    assert ["010_exploration_rain"] == paths(shelf, "umbrella")


@pytest.mark.parametrize("place", [".mlnb", ".mlnb/index.sqlite3", ".mlnb/index.sqlite3-wal"])
@pytest.mark.parametrize("is_folder", [True, False])
def test_something_else_in_the_place_of_the_index(shelf: Project, place: str, is_folder: bool) -> None:
    """Where no index can be kept, the answer is the same."""
    path = shelf.root / place
    if place == ".mlnb":
        shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    if is_folder:
        (path / "inner").mkdir(parents=True)
    else:
        path.write_text("something else")
    assert ["010_exploration_rain"] == paths(shelf, "umbrella")


def test_a_locked_index(shelf: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who holds the index does not hold up the others for ever."""
    assert paths(shelf, "umbrella")
    percent.write(shelf.notebooks / "011_exploration_snow.ipynb", "# %%\numbrella = 2")
    connect = sqlite3.connect
    monkeypatch.setattr(
        "mlnb.search.index.sqlite3.connect", lambda path, **kwargs: connect(path, timeout=0.1, isolation_level=None)
    )
    with contextlib.closing(connect(shelf.cache / "index.sqlite3", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert 2 == len(paths(shelf, "umbrella"))


def test_eight_first_searches_at_once(shelf: Project) -> None:
    """All begin with no index, and all answer."""
    for _ in range(5):
        shutil.rmtree(shelf.cache, ignore_errors=True)
        with ThreadPoolExecutor(8) as pool:
            assert [1] * 8 == list(pool.map(lambda _: api.search(shelf, "umbrella").total, range(8)))


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


PAIRS = [("订单", " 订单 单 "), ("订单漏", " 订单 单漏 漏 "), ("a订b", "a 订 b"), ("plain", "plain")]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_runs_of_chinese_become_pairs(text: str, expected: str) -> None:
    """So that every part of a run is found, and Latin letters beside it too."""
    assert expected == spaced(text)
