"""The lineage of real files: links, records, manifests, and everything that can be wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mlnb import api
from mlnb.lineage.graph import Lineage
from mlnb.project import Project
from mlnb.records import runs
from mlnb.records.run import Code, DatasetUse, RunRecord
from tests import percent

CLEANING = """
# %% [markdown]
# # Clean
# **From:** [x](010_exploration_look.ipynb)  **Next:** —
# %% parameters
DATA = "weather_2013-12-31_daily"
# %%
import mlnb
mlnb.save(mlnb.load(DATA), "clean", features="lags")
"""
LOOK = '# %% [markdown]\n# # Look\n# **From:** —  **Next:** [y](020_cleaning_clean.ipynb)\n# %%\nimport mlnb\nmlnb.load("weather")'


def shown(found: Lineage) -> list[str]:
    """The edges as `source relation target`, by label."""
    labels = {node.id: node.label for node in found.nodes}
    return [f"{labels[edge.source]} {edge.relation} {labels[edge.target]}" for edge in found.edges]


def missing(found: Lineage) -> list[str]:
    return [node.label for node in found.nodes if node.missing]


def test_before_anything_ran(weather: Project) -> None:
    """Links lead from notebook to notebook, literals from and to datasets; what is not written yet is missing."""
    percent.write(weather.notebooks / "010_exploration_look.ipynb", LOOK)
    percent.write(weather.notebooks / "020_cleaning_clean.ipynb", CLEANING)
    found = api.lineage(weather)
    expected = [
        "weather@2013-12-31 reads 020 Clean",
        "weather@2014-12-31 reads 010 Look",
        "010 Look next 020 Clean",
        "020 Clean writes clean_2013-12-31_lags",
    ]
    assert expected == shown(found)
    assert (["clean_2013-12-31_lags"], ()) == (missing(found), found.problems)


def _ran(project: Project, notebook: str, number: int = 1, **changes: Any) -> RunRecord:
    record = RunRecord(
        id=f"20261121-12000{number}-aaaa",
        notebook=notebook,
        kind="cleaning",
        title="x",
        state="succeeded",
        created=f"2026-11-21T12:00:0{number}+00:00",
        code=Code(sha256="0" * 64),
        **changes,
    )
    folder = runs.create(project, record)
    (folder / runs.NOTEBOOK).write_text("{}")
    return record


def _use(file: str, role: Any) -> DatasetUse:
    return DatasetUse(reference=file, file=file, sha256="0" * 64, role=role)


def test_what_ran_beats_what_is_written(weather: Project) -> None:
    """Once a notebook ran, its runs say what it read and wrote, and the code is not asked."""
    percent.write(weather.notebooks / "020_cleaning_clean.ipynb", CLEANING)
    uses = (_use("weather_2014-12-31_daily.csv", "input"), _use("clean_2014-12-31_lags.parquet", "output"))
    _ran(weather, "notebooks/020_cleaning_clean.ipynb", datasets=uses, decision="adopt")
    found = api.lineage(weather)
    wanted = ["weather@2014-12-31 reads 020 Clean", "020 Clean writes clean_2014-12-31_lags"]
    assert wanted == [edge for edge in shown(found) if "010" not in edge]
    node = found.by_id["notebook:notebooks/020_cleaning_clean.ipynb"]
    assert ("succeeded", "1 run, the last succeeded · adopt") == (node.state, node.detail)


def test_runs_are_nodes_when_asked_for(weather: Project) -> None:
    """With runs, each is a node of its own between its notebook, its inputs and its outputs."""
    percent.write(weather.notebooks / "020_cleaning_clean.ipynb", CLEANING)
    uses = (_use("weather_2014-12-31_daily.csv", "input"), _use("clean_2014-12-31_lags.parquet", "output"))
    _ran(weather, "notebooks/020_cleaning_clean.ipynb", datasets=uses, metrics={"auc": 0.9137})
    found = api.lineage(weather, runs=True)
    run = found.by_id["run:20261121-120001-aaaa"]
    assert ("succeeded · auc 0.9137", "runs/020_cleaning_clean/20261121-120001-aaaa/notebook.ipynb") == (
        run.detail,
        run.path,
    )
    expected = {
        "020 Clean ran 20261121-120001-aaaa",
        "20261121-120001-aaaa writes clean_2014-12-31_lags",
        "weather@2014-12-31 reads 020 Clean",
        "weather@2014-12-31 reads 20261121-120001-aaaa",
    }
    assert expected == {edge for edge in shown(found) if "010" not in edge}


def test_a_run_is_found_from_its_executed_notebook(weather: Project) -> None:
    """The executed notebook leads to the run, or to the notebook where runs are not shown."""
    percent.write(weather.notebooks / "020_cleaning_clean.ipynb", CLEANING)
    record = _ran(weather, "notebooks/020_cleaning_clean.ipynb")
    output = weather.runs / "020_cleaning_clean" / record.id / runs.NOTEBOOK
    assert "notebook:notebooks/020_cleaning_clean.ipynb" == api.lineage(weather, output).focus
    assert f"run:{record.id}" == api.lineage(weather, output, runs=True).focus


def test_dataset_records_name_their_maker(weather: Project, monkeypatch: Any) -> None:
    """A version saved in an interactive notebook is led to by that notebook, and by what was loaded for it."""
    from mlnb import nb

    monkeypatch.setattr(nb, "_loaded", [])
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/020_cleaning_clean.ipynb")
    percent.write(weather.notebooks / "020_cleaning_clean.ipynb", "# %%\n")
    nb.save(nb.load("weather@2014"), "clean", features="lags")
    expected = ["weather@2014-12-31 reads 020 Clean", "020 Clean writes clean@2014-12-31"]
    assert sorted(expected) == sorted(shown(api.lineage(weather)))
    (weather.notebooks / "020_cleaning_clean.ipynb").unlink()
    assert ["020 Clean"] == missing(api.lineage(weather))


def test_a_maker_that_may_be_two(weather: Project, monkeypatch: Any) -> None:
    """Two notebooks of one name: nobody is blamed, and the problem says so."""
    from mlnb import nb

    monkeypatch.setattr(nb, "_loaded", [])
    monkeypatch.setenv("JPY_SESSION_NAME", "a.ipynb")
    for folder in ("one", "two"):
        percent.write(weather.notebooks / folder / "a.ipynb", "# %%\n")
    nb.save(nb.load("weather@2014"), "clean", features="lags")
    found = api.lineage(weather)
    assert ["weather@2014-12-31 next clean@2014-12-31"] == shown(found)
    assert "cannot be told by which: notebooks/one/a.ipynb, notebooks/two/a.ipynb" in found.problems[0]


def test_what_is_gone_is_shown_as_gone(weather: Project) -> None:
    """A parent, a dataset and a notebook that ran may all have been deleted."""
    percent.write(weather.notebooks / "020_cleaning_clean.ipynb", CLEANING.replace("2013", "1999"))
    _ran(weather, "notebooks/050_experiment_old.ipynb", datasets=(_use("../x.csv", "input"),))
    found = api.lineage(weather)
    assert ["clean_1999-12-31_lags", "weather_1999-12-31_daily", "010 Look", "050 Old"] == missing(found)
    assert all(node.path is None for node in found.nodes if node.missing)


def test_files_by_their_path(weather: Project) -> None:
    """An undated file is a dataset too, one node for the code that names it and the run that read it."""
    (weather.data / "x.csv").write_text("a\n1\n")
    path = percent.write(
        weather.notebooks / "a.ipynb", '# %%\nimport mlnb\nmlnb.load("../data/x.csv")\nmlnb.load("../../y.csv")'
    )
    first = api.lineage(weather)
    assert {"x.csv reads a", "y.csv reads a"} == set(shown(first))
    _ran(weather, "notebooks/a.ipynb", datasets=(_use("x.csv", "input"),))
    assert ["x.csv reads a"] == shown(api.lineage(weather))
    assert ["data/x.csv"] == [node.path for node in api.lineage(weather, path).nodes if node.type == "dataset"]


def test_pipelines(weather: Project) -> None:
    """A pipeline follows from the notebook in its manifest, also where that is gone; a damaged manifest is told of."""
    percent.write(weather.notebooks / "040_deployment_rain.ipynb", "# %%\n")
    manifest = {
        **dict.fromkeys(("package", "title", "data", "source", "mlnb", "python"), "x"),
        **{key: {} for key in ("parameters", "metrics", "requirements", "files")},
        **{key: [] for key in ("steps", "comparisons", "notes", "left_out")},
        "version": "0.2.0",
        "verdict": "identical",
        "promoted": "2026-11-21T12:00:00+00:00",
    }
    for name, notebook in (("rain", "notebooks/040_deployment_rain.ipynb"), ("old", "../../../etc/gone.ipynb")):
        folder = weather.pipelines / name
        folder.mkdir(parents=True)
        (folder / "promotion.json").write_text(json.dumps({**manifest, "notebook": notebook, "name": name}))
    (weather.pipelines / "broken").mkdir()
    (weather.pipelines / "broken" / "promotion.json").write_text("{")
    found = api.lineage(weather)
    assert {"040 Rain promoted rain 0.2.0", "gone promoted old 0.2.0"} == set(shown(found))
    assert (
        "pipelines/broken/promotion.json is not a pipeline manifest mlnb can read: restore it from git",
    ) == found.problems
    assert ["pipeline:pipelines/rain"] == [api.lineage(weather, "rain").focus]


def test_broken_files_are_problems(weather: Project) -> None:
    """Nothing that lies in the project can stop the view of the rest, and no path of the machine is told."""
    (weather.notebooks / "a.ipynb").write_text("{")
    (weather.notebooks / "b.ipynb").write_text(json.dumps({"nbformat": 4, "metadata": {"mlnb": {"parent": [[]]}}, "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "**From:** [x](\x00.ipynb) [y](" + "a/" * 900 + "b.ipynb)"},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "mlnb.load('\ud800')\nmlnb.load('" + "x" * 300 + ".csv')\nmlnb.load(" + "(" * 5000},
    ]}))  # fmt: skip
    (weather.runs / "a" / "1").mkdir(parents=True)
    (weather.runs / "a" / "1" / "run.json").write_text("{")
    (weather.data / "weather_2013-12-31_daily.csv.mlnb.json").write_text("{")
    found = api.lineage(weather)
    assert ["runs/a/1/run.json", "notebooks/a.ipynb", "data/weather_2013-12-31_daily.csv.mlnb.json"] == [
        problem.split()[0] for problem in found.problems
    ]
    assert [] == [problem for problem in found.problems if str(weather.root) in problem]


def test_links_in_a_ring(weather: Project) -> None:
    """Notebooks that name each other as their parents are shown, and named as a problem."""
    for name, other in (("a", "b"), ("b", "a")):
        percent.write(
            weather.notebooks / f"{name}.ipynb",
            f"# %% [markdown]\n# # A\n# **From:** [x]({other}.ipynb)  **Next:** —\n",
        )
    found = api.lineage(weather, weather.notebooks / "a.ipynb")
    assert {"a next b", "b next a"} == set(shown(found))
    assert ("these lead to each other, so none of them came first: a, b",) == found.problems


def test_the_example(tmp_path: Path) -> None:
    """The example project hangs together: from the data to the deployment."""
    import shutil

    from mlnb.project import find

    shutil.copytree(Path(__file__).parents[2] / "examples" / "seattle-weather", tmp_path / "weather")
    found = api.lineage(find(tmp_path / "weather"), "040")
    expected = [
        "weather@2014-12-31",
        "010 How often it rains",
        "020 Weather days and lags",
        "030 Logistic regression rain tomorrow",
        "040 Rain tomorrow",
    ]
    assert expected == [node.label for node in found.nodes]


def test_runs_follow_a_notebook_that_was_moved(weather: Project) -> None:
    """A rename that nobody told mlnb of: runs, links and data hang on the notebook as it is called now."""
    old = percent.write(weather.notebooks / "020_cleaning_clean.ipynb", CLEANING)
    percent.write(weather.notebooks / "010_exploration_look.ipynb", LOOK)
    _ran(weather, "notebooks/020_cleaning_clean.ipynb", datasets=(_use("weather_2014-12-31_daily.csv", "input"),))
    api.lineage(weather)
    old.rename(weather.notebooks / "021_cleaning_tidy.ipynb")
    found = api.lineage(weather)
    assert [
        "weather@2014-12-31 reads 010 Look",
        "weather@2014-12-31 reads 021 Tidy",
        "010 Look next 021 Tidy",
    ] == shown(found)
    assert [] == missing(found)


def test_files_that_mlnb_never_saw(weather: Project) -> None:
    """Old notebooks hang together by the files they read and write, also after a run, and by dated ones as well."""
    (weather.root / "raw.csv").write_text("a\n1\n")
    percent.write(weather.notebooks / "a.ipynb", '# %%\npd.read_csv("raw.csv").to_csv("b.csv")')
    percent.write(
        weather.notebooks / "b.ipynb", '# %%\npd.read_csv("b.csv")\npd.read_csv("../data/weather_2013-12-31_daily.csv")'
    )
    _ran(weather, "notebooks/a.ipynb")
    expected = {"raw.csv reads a", "a writes b.csv", "b.csv reads b", "weather@2013-12-31 reads b"}
    found = api.lineage(weather)
    assert (expected, ["b.csv"]) == (set(shown(found)), missing(found))
