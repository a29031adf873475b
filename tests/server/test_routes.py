"""Every route on a real server: what it answers, and what it refuses."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from mlnb.project import Project
from mlnb.server import messages
from mlnb.server.routes import ROUTES
from tests import percent
from tests.server.conftest import Fetch

EXPERIMENT = """
# %% parameters
# parameters
DATA = "weather_2013-12-31_daily"
C: float = 1.0  # strength
# %%
import mlnb
mlnb.log_metric("rows", len(mlnb.load(DATA)) * C)
"""


async def test_project_and_init(fetch: Fetch, jp_root_dir: Path) -> None:
    """A folder that is no project says so, and becomes one once."""
    (jp_root_dir / "fresh").mkdir()
    status, info = await fetch("project", path="fresh")
    assert (200, False, "fresh") == (status, info["initialised"], info["root"])
    assert ["exploration", "cleaning", "experiment", "deployment"] == [kind["kind"] for kind in info["kinds"]]
    status, info = await fetch("init", {"path": "fresh"})
    assert (201, True, "fresh") == (status, info["initialised"], info["name"])
    assert (409, "AlreadyExists") == (await _status(fetch("init", {"path": "fresh"})))


async def _status(answer: Any) -> tuple[int, str]:
    status, body = await answer
    return status, body["reason"]


async def test_create(fetch: Fetch, served: Project) -> None:
    """Options, the name as it is typed, the notebook, and the guess of a parent for the next one."""
    _, options = await fetch("create/options", cwd="work", kind="exploration")
    assert ("weather_2014-12-31_daily", None) == (options["dataset"], options["parent"])
    request = {"cwd": "work", "kind": "exploration", "title": "How often it rains"}
    _, preview = await fetch("create/preview", request)
    assert ("work/notebooks/010_exploration_how-often-it-rains.ipynb", None) == (preview["path"], preview["problem"])
    assert (10, "# How often it rains") == (preview["number"], preview["outline"][0])
    assert ["exploration"] == [template["name"] for template in options["templates"]]
    assert ("work/notebooks", ["work/notebooks"]) == (options["folder"], options["folders"])
    status, created = await fetch("create", request)
    assert (201, True) == (status, (served.root.parent / created["path"]).is_file())
    _, preview = await fetch("create/preview", request)
    assert preview["path"] is None
    assert "already" in preview["problem"]
    assert (409, "AlreadyExists") == await _status(fetch("create", request))
    _, options = await fetch("create/options", cwd="work/notebooks", kind="cleaning")
    assert created["path"] == options["parent"]
    child = {**request, "kind": "cleaning", "parent": created["path"], "dataset": "weather@2013"}
    _, made = await fetch("create", child)
    assert "weather_2013-12-31_daily" in (served.root.parent / made["path"]).read_text()
    _, numbered = await fetch("create", {**request, "title": "More", "number": 99, "folder": "work/deep"})
    assert "work/deep/099_exploration_more.ipynb" == numbered["path"]
    assert (404, "NotFound") == await _status(fetch("create", {**request, "title": "x", "folder": "../out"}))
    status, scratch = await fetch("create/scratch", {"cwd": "work"})
    assert (201, True) == (status, scratch["path"].startswith("work/scratch/"))
    assert (await fetch("check", path=scratch["path"]))[1]["scratch"]


async def test_check(fetch: Fetch, served: Project) -> None:
    """Findings with their cells."""
    percent.write(served.notebooks / "040_deployment_a.ipynb", "# %%\nx = (")
    status, report = await fetch("check", path="work/notebooks/040_deployment_a.ipynb")
    assert (200, "deployment", 40) == (status, report["kind"], report["number"])
    assert [("MLN304", None), ("MLN401", 0)] == [(found["code"], found["cell"]) for found in report["diagnostics"]]
    assert (404, "NotFound") == await _status(fetch("check", path="work/notebooks/no.ipynb"))


async def test_data(fetch: Fetch, served: Project) -> None:
    """Newest first, and a file becomes a version."""
    (served.root / "new.csv").write_text("a\n1\n")
    request = {"path": "work/new.csv", "name": "prices", "date": "2025-03-14", "features": "daily"}
    status, dataset = await fetch("data", request)
    assert (201, "prices_2025-03-14_daily", 1, True) == (status, dataset["ref"], dataset["rows"], dataset["newest"])
    _, found = await fetch("data", path="work")
    assert [
        ("prices_2025-03-14_daily", True),
        ("weather_2014-12-31_daily", True),
        ("weather_2013-12-31_daily", False),
    ] == [(one["ref"], one["newest"]) for one in found["datasets"]]
    assert (400, "BadName") == await _status(fetch("data", {**request, "date": "yesterday"}))


async def test_run(fetch: Fetch, served: Project) -> None:
    """The form, a run in its own process, its record in the list and alone, and the search that finds it."""
    path = "work/notebooks/030_experiment_a.ipynb"
    percent.write(served.root.parent / path, EXPERIMENT)
    _, form = await fetch("run/form", path=path)
    assert [("DATA", "dataset", 2), ("C", "float", 0)] == [
        (one["name"], one["type"], len(one["choices"])) for one in form["parameters"]
    ]
    assert (400, "BadArgument") == await _status(fetch("run", {"path": path, "arguments": {"D": 1}}))
    status, run = await fetch("run", {"path": path, "arguments": {"C": 2, "DATA": "weather@2014"}})
    assert (202, path) == (status, run["notebook"])
    for _ in range(300):
        _, run = await fetch(f"runs/{run['id']}", path="work")
        if run["state"] not in ("queued", "running"):
            break
        await asyncio.sleep(0.1)
    assert ("succeeded", {"rows": 4.0}) == (run["state"], run["metrics"]), run
    assert [run] == (await fetch("runs", path=path))[1]["runs"] == (await fetch("runs", path="work"))[1]["runs"]
    _, answer = await fetch("search", q="metric.rows>3", path="work")
    assert [(run["id"], run["output"])] == [(hit["run"], hit["path"]) for hit in answer["hits"]]
    _, report = await fetch("check", path=run["output"])
    assert ([], "it is the record of a run") == (report["diagnostics"], report["skipped"])
    assert "record of a run" in (await fetch("run/form", path=run["output"]))[1]["problem"]
    assert (400, "BadArgument") == await _status(fetch("run", {"path": run["output"], "arguments": {}}))
    assert (202, run) == await fetch(f"runs/{run['id']}/cancel", {}, path="work")


DEPLOYMENT = """
# %% [markdown]
# # Mean
# ## Load
# %% parameters
# parameters
DATA = "weather_2013-12-31_daily"
# %%
import mlnb
df = mlnb.load(DATA)
# %% [markdown]
# ## Train
# %%
mean = float(df["temp"].mean())
mlnb.log_metric("mean", mean)
"""


async def test_promote_to_the_end(fetch: Fetch, served: Project) -> None:
    """A promotion ends with the version, its steps and every comparison."""
    path = "work/notebooks/040_deployment_mean.ipynb"
    percent.write(served.root.parent / path, DEPLOYMENT)
    _, job = await fetch("promote", {"path": path})
    for _ in range(600):
        _, job = await fetch(f"promote/{job['id']}")
        if job["state"] != "running":
            break
        await asyncio.sleep(0.1)
    result = job["result"]
    assert ("done", None) == (job["state"], job["problem"])
    assert ("mean", "0.1.0", "identical", "work/pipelines/mean") == (
        result["name"],
        result["version"],
        result["verdict"],
        result["package"],
    )
    assert ["load", "train"] == [step["name"] for step in result["steps"]]
    assert {"identical"} == {comparison["verdict"] for comparison in result["comparisons"]}


async def test_promote(fetch: Fetch, served: Project) -> None:
    """A promotion is a job; one that is refused says why."""
    path = "work/notebooks/030_experiment_a.ipynb"
    percent.write(served.root.parent / path, EXPERIMENT)
    status, job = await fetch("promote", {"path": path})
    assert 202 == status
    for _ in range(300):
        _, job = await fetch(f"promote/{job['id']}")
        if job["state"] != "running":
            break
        await asyncio.sleep(0.1)
    assert ("failed", "only deployment notebooks are") == (job["state"], job["problem"][-29:])
    assert (404, "NotFound") == await _status(fetch("promote/nope"))
    assert (404, "NotFound") == await _status(fetch("promote", {"path": "work/no.ipynb"}))


OUTSIDE = ["../etc/passwd", "/../../etc/passwd", "work/../../x", "work/link/passwd"]


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("route", ["check", "run/form", "runs", "data", "project", "search"])
async def test_nothing_outside_the_root(fetch: Fetch, served: Project, route: str, path: str) -> None:
    """No route reads above what the server serves, links followed."""
    (served.root / "link").symlink_to("/etc")
    params = {"q": "x", "path": path} if route == "search" else {"path": path}
    assert (404, "NotFound") == await _status(fetch(route, **params))


ODD_PATHS = ["x" * 300, "x" * 5000, "work/loop/x", "work/mlnb.toml/x"]


@pytest.mark.parametrize("path", ODD_PATHS)
@pytest.mark.parametrize("route", ["check", "run/form", "runs", "project"])
async def test_odd_paths(fetch: Fetch, served: Project, route: str, path: str) -> None:
    """A path that cannot be is a refusal in one sentence, and says nothing of the machine."""
    (served.root / "loop").symlink_to(served.root / "loop")
    status, refusal = await fetch(route, path=path)
    assert status in (400, 404)
    assert str(served.root) not in refusal["message"]


async def test_a_percent_sign_is_a_character(fetch: Fetch, served: Project) -> None:
    """A contents path is taken as it is, not decoded once more."""
    percent.write(served.notebooks / "010_exploration_a%20b.ipynb", "# %%\nx = 1")
    assert 200 == (await fetch("check", path="work/notebooks/010_exploration_a%20b.ipynb"))[0]


async def test_a_damaged_run_record_does_not_break_the_list(fetch: Fetch, served: Project) -> None:
    """The other runs are listed."""
    folder = served.runs / "a" / "20260101-000000-aaaa"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{")
    assert (200, {"runs": []}) == await fetch("runs", path="work")


async def test_wrong_methods_say_so(fetch: Fetch) -> None:
    """405 is explained, not blamed on mlnb."""
    assert (405, "Method Not Allowed") == (await _message(fetch("check", {})))


async def _message(answer: Any) -> tuple[int, str]:
    status, body = await answer
    return status, body["message"]


BAD_BODIES = [
    ("create/preview", {"cwd": "work", "kind": "experiment", "title": "a " * 60_000}),
    ("create", {"cwd": "work", "kind": "poem", "title": "x"}),
    ("create", {"cwd": "work"}),
    ("run", {"path": "work", "arguments": [], "more": 1}),
    ("init", []),
]


@pytest.mark.parametrize(("route", "body"), BAD_BODIES)
async def test_bad_bodies(fetch: Fetch, served: Project, route: str, body: object) -> None:
    """A body that is not the message is one sentence."""
    status, refusal = await fetch(route, body)
    assert (400, "BadRequest") == (status, refusal["reason"])
    assert refusal["message"].startswith("the request is not understood: ")


async def test_no_project(fetch: Fetch, jp_root_dir: Path) -> None:
    """Routes that need a project say how to make one."""
    status, refusal = await fetch("search", q="x", path="")
    assert (400, "NoProject") == (status, refusal["reason"])
    assert "make one" in refusal["message"]


async def test_bad_query(fetch: Fetch, served: Project) -> None:
    """A mistake in a query is an answer, not a failure."""
    assert (400, "BadQuery") == await _status(fetch("search", q="kind:poem", path="work"))
    assert (400, "BadRequest") == await _status(fetch("search", q="x", path="work", limit="many"))
    assert (400, "BadRequest") == await _status(fetch("search", q="x", path="work", limit="²"))
    assert (404, "NotFound") == await _status(fetch("promote", {"path": "work/mlnb.toml"}))


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in ROUTES])
async def test_every_route_is_authenticated(jp_serverapp: Any, http_server_client: Any, pattern: str) -> None:
    """Without a token no route answers."""
    route = pattern.replace(r"([\w-]+)", "x")
    for method in ("GET", "POST"):
        response = await http_server_client.fetch(
            f"{jp_serverapp.base_url}mlnb/{route}",
            method=method,
            body=None if method == "GET" else "{}",
            raise_error=False,
            follow_redirects=False,
        )
        assert response.code in (302, 403, 405), (route, method, response.code)


def test_messages_are_documented() -> None:
    """Every message says what it is."""
    for name, value in vars(messages).items():
        if isinstance(value, type) and issubclass(value, messages.Message):
            assert value.__doc__, name
