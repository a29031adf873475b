"""The routes of rename and hand-over on a real server."""

from __future__ import annotations

from typing import Any

from mlnb.notebook import document, links
from mlnb.project import Project
from tests import percent
from tests.server.conftest import Fetch

FINDINGS = """
# %% [markdown]
# # Rain
# **From:** —  **Next:** —
# ## Findings
# - snow → drop it
# %%
import pandas as pd
df = pd.read_csv("x.csv")
df.describe()
df.hist()
"""
RAIN = "work/notebooks/010_exploration_rain.ipynb"


async def test_rename(fetch: Fetch, served: Project) -> None:
    """Preview, rename, undo, with contents paths throughout."""
    percent.write(served.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    (served.root / "README.md").write_text("[rain](notebooks/010_exploration_rain.ipynb)")
    request = {"path": RAIN, "kind": "exploration", "title": "Snow"}
    _, preview = await fetch("rename/preview", request)
    target = "work/notebooks/010_exploration_snow.ipynb"
    assert {
        "path": target,
        "problem": None,
        "references": [{"path": "work/README.md", "count": 1}],
        "runs": 0,
    } == preview
    status, renamed = await fetch("rename", request)
    assert (200, target, False, 1) == (status, renamed["path"], renamed["lost_kind"], renamed["references"])
    assert "[rain](notebooks/010_exploration_snow.ipynb)" == (served.root / "README.md").read_text()
    _, listed = await fetch("changes", path="work")
    assert [renamed["change"]] == listed["changes"]
    status, undone = await fetch("changes/undo", {"path": "work", "id": renamed["change"]["id"]})
    assert (200, 2, []) == (status, undone["restored"], undone["refused"])
    assert "[rain](notebooks/010_exploration_rain.ipynb)" == (served.root / "README.md").read_text()


async def test_previews_say_why_not(fetch: Fetch, served: Project) -> None:
    """A name that will not do is an answer while it is typed, and a refusal when it is asked for."""
    percent.write(served.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    for request, sentence in (
        ({"path": RAIN, "kind": "exploration", "title": ""}, "holds no letter or digit"),
        ({"path": RAIN, "kind": "exploration", "title": "rain"}, "has this name already"),
        ({"path": "work/no.ipynb", "kind": "exploration", "title": "x"}, "there is no notebook work/no.ipynb"),
    ):
        status, preview = await fetch("rename/preview", request)
        assert (200, None) == (status, preview["path"])
        assert sentence in preview["problem"]
        assert str(served.root.parent) not in preview["problem"]
        status, _ = await fetch("rename", request)
        assert status in (400, 404, 409)


async def _status(answer: Any) -> tuple[int, str]:
    status, body = await answer
    return status, body["reason"]


async def test_refused_requests(fetch: Fetch, served: Project) -> None:
    """Paths out of the root, kinds and titles that are none, and bodies of another shape are 4xx."""
    percent.write(served.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    good = {"path": RAIN, "kind": "exploration", "title": "x"}
    assert (404, "NotFound") == await _status(fetch("rename", {**good, "path": "../etc/passwd"}))
    assert (404, "NotFound") == await _status(fetch("rename", {**good, "folder": "../.."}))
    assert (400, "BadRequest") == await _status(fetch("rename", {**good, "kind": "model"}))
    assert (400, "BadRequest") == await _status(fetch("rename", {**good, "title": "x" * 1001}))
    assert (400, "BadRequest") == await _status(fetch("rename/moved", {"old": RAIN}))
    assert (404, "NotFound") == await _status(fetch("rename/moved", {"old": "../x.ipynb", "new": RAIN}))
    assert (404, "NotFound") == await _status(fetch("rename/moved", {"old": RAIN, "new": "work/nowhere.ipynb"}))
    assert (404, "NotFound") == await _status(fetch("rename/guess", path="work/nowhere.ipynb"))


async def test_moved(fetch: Fetch, served: Project) -> None:
    """A rename in the file browser is followed, and told of when the name has lost its kind."""
    path = percent.write(served.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    (served.root / "README.md").write_text("[rain](notebooks/010_exploration_rain.ipynb)")
    new = path.with_name("stuff.ipynb")
    path.rename(new)
    request = {"old": RAIN, "new": "work/notebooks/stuff.ipynb"}
    status, moved = await fetch("rename/moved", request)
    assert (200, True, 1) == (status, moved["lost_kind"], moved["references"])
    assert "[rain](notebooks/stuff.ipynb)" == (served.root / "README.md").read_text()
    status, again = await fetch("rename/moved", request)
    assert (200, None, 0) == (status, again["change"], again["references"])
    (served.root / "gone").mkdir()
    status, moved = await fetch("rename/moved", {"old": "elsewhere/gone/a.ipynb", "new": "work/notebooks/stuff.ipynb"})
    assert (200, None) == (status, moved["change"])


async def test_guess(fetch: Fetch, served: Project) -> None:
    """A notebook without a name is guessed one from what it holds."""
    percent.write(served.root / "Untitled.ipynb", FINDINGS)
    status, guess = await fetch("rename/guess", path="work/Untitled.ipynb")
    assert (200, True, "exploration") == (status, guess["scratch"], guess["kind"])
    assert guess["proposed"].startswith("work/")
    assert "_exploration_" in guess["proposed"]
    percent.write(served.root / "Untitled1.ipynb", "")
    status, _ = await fetch("rename/guess", path="work/Untitled1.ipynb")
    assert 200 == status


async def test_handover(fetch: Fetch, served: Project) -> None:
    """What a notebook offers, and the notebook made from one of its items."""
    path = percent.write(served.notebooks / "010_exploration_rain.ipynb", FINDINGS)
    status, offers = await fetch("handover", path=RAIN)
    assert (200, "exploration", ["cleaning", "experiment", "exploration", "deployment"]) == (
        status,
        offers["kind"],
        offers["next_kinds"],
    )
    (item,) = offers["items"]
    assert ("Findings", "snow → drop it", 0, "cell-0", ["cleaning", "experiment"]) == (
        item["section"], item["text"], item["cell"], item["cell_id"], item["kinds"],
    )  # fmt: skip
    request = {"cwd": "work", "kind": "cleaning", "title": "Snow", "parent": RAIN, "handover": item["id"]}
    status, created = await fetch("create", request)
    assert 201 == status
    made = document.read(served.root.parent / created["path"])
    assert "snow → drop it" in made.cells[0].source
    assert ["020_cleaning_snow.ipynb"] == [link.target for link in links.next_links(document.read(path))]
    assert 404 == (await fetch("create", {**request, "title": "Other", "handover": "0000"}))[0]
