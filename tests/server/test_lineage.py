"""The route of lineage on a real server."""

from __future__ import annotations

from pathlib import Path

from mlnb.project import Project
from tests import percent
from tests.server.conftest import Fetch


async def test_lineage(fetch: Fetch, served: Project) -> None:
    """Of a folder the whole project, of a file what concerns it; paths are those of the server."""
    percent.write(served.notebooks / "010_exploration_a.ipynb", '# %%\nimport mlnb\nmlnb.load("weather@2013")')
    percent.write(served.notebooks / "011_exploration_b.ipynb", "# %%\n")
    status, whole = await fetch("lineage", path="work")
    assert (200, None, 4) == (status, whole["focus"], len(whole["nodes"]))
    _, one = await fetch("lineage", path="work/notebooks/010_exploration_a.ipynb", runs="1")
    assert ["work/data/weather_2013-12-31_daily.csv", "work/notebooks/010_exploration_a.ipynb"] == [
        node["path"] for node in one["nodes"]
    ]
    assert "notebook:notebooks/010_exploration_a.ipynb" == one["focus"]
    _, data = await fetch("lineage", path="work/data/weather_2013-12-31_daily.csv")
    assert one["nodes"] == data["nodes"]


async def test_refusals(fetch: Fetch, served: Project, jp_root_dir: Path) -> None:
    """A file that is not there, one outside, a folder that is no project, a flag that is none."""
    (jp_root_dir / "plain").mkdir()
    answers = [
        await fetch("lineage", path="work/notebooks/no.ipynb"),
        await fetch("lineage", path="../x.ipynb"),
        await fetch("lineage", path="plain"),
        await fetch("lineage", path="work", runs="yes"),
    ]
    assert [(404, "NotFound"), (404, "NotFound"), (400, "NoProject"), (400, "BadRequest")] == [
        (status, body["reason"]) for status, body in answers
    ]


async def test_names_that_are_no_text(fetch: Fetch, served: Project) -> None:
    """A file name with bytes that are no text does not stop the answer."""
    name = bytes(served.notebooks / "010_exploration_") + b"\xff.ipynb"
    with open(name, "w", encoding="utf-8") as file:
        file.write('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}')
    status, found = await fetch("lineage", path="work")
    assert (200, 3) == (status, len(found["nodes"]))
