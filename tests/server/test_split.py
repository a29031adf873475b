"""The routes of split, asked over HTTP of a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mlnb.project import Project
from tests import percent

RAIN = """
# %% [markdown]
# # Rain
# %%
import mlnb
days = mlnb.load("weather_2013-12-31_daily")
warm = days[days["temp"] > len("abc")]
# %% [markdown]
# ## How many
# %%
print(len(warm))
"""
ENDLESS = """
# %%
import time
while True: time.sleep(0.1)
# %% [markdown]
# ## Then
# %%
1
"""
Fetch = Callable[..., Any]


async def ended(fetch: Fetch, job: dict[str, Any]) -> dict[str, Any]:
    """The job once it is no longer running."""
    for _ in range(900):
        if job["state"] != "running":
            return job
        await asyncio.sleep(0.1)
        _, job = await fetch(f"split/{job['id']}")
    raise AssertionError(job)


async def test_a_split(fetch: Fetch, served: Project) -> None:
    """Offers are read; a split is a job that ends with the change, which can be undone."""
    path = "work/notebooks/010_exploration_rain.ipynb"
    file = percent.write(served.root.parent / path, RAIN)
    before = file.read_bytes()
    status, found = await fetch("split", path=path)
    offer = found["offers"][0]
    assert (200, "How many", 1, 1, None) == (
        status,
        offer["heading"],
        offer["cells_before"],
        offer["cells_after"],
        found["problem"],
    )
    assert [("warm", "dataset")] == [(one["name"], one["how"]) for one in offer["crossing"]]
    request = {"path": path, "cell": offer["cell"], "kind": "experiment", "title": "How many days"}
    status, job = await fetch("split", {**request, "sha256": found["sha256"]})
    assert 202 == status
    job = await ended(fetch, job)
    assert ("done", None, "work/notebooks/030_experiment_how-many-days.ipynb") == (
        job["state"],
        job["problem"],
        job["path"],
    ), job
    assert ("split", [job["path"]], False) == (job["change"]["what"], job["change"]["paths"], job["change"]["undone"])
    assert before != file.read_bytes()
    _, undone = await fetch("changes/undo", {"path": path, "id": job["change"]["id"]})
    assert [] == undone["refused"]
    assert before == file.read_bytes()


async def test_refusals(fetch: Fetch, served: Project) -> None:
    """A notebook that changed since the offer is refused in a sentence; so are unknown jobs, files and paths outside."""
    path = "work/notebooks/010_exploration_rain.ipynb"
    percent.write(served.root.parent / path, RAIN)
    request = {"path": path, "cell": 2, "kind": "exploration", "title": "How many"}
    job = await ended(fetch, (await fetch("split", {**request, "sha256": "0"}))[1])
    assert ("failed", None) == (job["state"], job["change"])
    assert (
        "010_exploration_rain.ipynb was changed since the cut was offered: look at the offers again" == job["problem"]
    )
    for asked in (
        fetch("split/nope"),
        fetch("split", path="work/gone.ipynb"),
        fetch("split", path="../x.ipynb"),
        fetch("split", {**request, "path": "work/mlnb.toml"}),
    ):
        status, refusal = await asked
        assert (404, "NotFound") == (status, refusal["reason"])


async def test_cancel(fetch: Fetch, served: Project) -> None:
    """A cell that never ends is stopped, and nothing stays of the split."""
    path = "work/notebooks/010_exploration_rain.ipynb"
    file: Path = percent.write(served.root.parent / path, ENDLESS)
    before = file.read_bytes()
    _, job = await fetch("split", {"path": path, "cell": 1, "kind": "exploration", "title": "Then what"})
    for _ in range(300):
        _, job = await fetch(f"split/{job['id']}")
        if job["stage"].startswith("running"):
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    _, job = await fetch(f"split/{job['id']}/cancel", {})
    assert ("cancelled", None) == (job["state"], job["path"])
    assert before == file.read_bytes()
    assert [file.name] == [one.name for one in file.parent.iterdir()]
    assert [] == list((served.cache / "split").iterdir())
