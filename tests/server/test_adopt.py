"""The routes of adoption on a real server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlnb.project import Project
from tests import percent
from tests.adopt.test_classify import CLEANING, EXPLORATION
from tests.server.conftest import Fetch


async def test_plan_edit_apply_undo(fetch: Fetch, served: Project) -> None:
    """A plan, checked again as edited, applied as one change, and undone."""
    (served.data / "rain.csv").write_text("date,mm\n2019-03-14,3\n")
    percent.write(served.root / "eda_hotel_rooms.ipynb", f'{EXPLORATION}# %%\npd.read_csv("data/rain.csv")')
    percent.write(served.root / "clean hotel rooms.ipynb", CLEANING)
    (served.root / "broken.ipynb").write_text("{")
    status, plan = await fetch("adopt/plan", {"path": "work"})
    assert (200, "work", 2, 1) == (status, plan["path"], len(plan["rows"]), len(plan["datasets"]))
    assert ["work/broken.ipynb"] == [skipped["path"] for skipped in plan["skipped"]]
    row = _row(plan, "work/eda_hotel_rooms.ipynb")
    assert "work/010_exploration_hotel-rooms.ipynb" == row["proposed"]
    assert "work/data/rain_2019-03-14_mm.csv" == plan["datasets"][0]["proposed"]
    assert not plan["datasets"][0]["apply"]
    request = {
        "path": "work",
        "rows": [
            row | {"title": "Rooms by price", "kind": "cleaning", "number": None},
            plan["rows"][1 - plan["rows"].index(row)],
        ],
        "datasets": [plan["datasets"][0] | {"date": "2019-03", "apply": True}],
    }
    _, checked = await fetch("adopt", request | {"dry_run": True})
    assert (None, []) == (checked["change"], checked["refused"])
    assert "work/021_cleaning_rooms-by-price.ipynb" == checked["plan"]["rows"][0]["proposed"]
    assert (served.root / "eda_hotel_rooms.ipynb").is_file()
    status, done = await fetch("adopt", request)
    assert (200, "adopt 2 notebooks and 1 dataset") == (status, done["change"]["title"])
    assert (served.root / "021_cleaning_rooms-by-price.ipynb").is_file()
    assert (served.data / "rain_2019-03_mm.csv.mlnb.json").is_file()
    _, undone = await fetch("changes/undo", {"path": "work", "id": done["change"]["id"]})
    assert [] == undone["refused"]
    assert (served.root / "eda_hotel_rooms.ipynb").is_file()


def _row(plan: Any, path: str) -> Any:
    return next(row for row in plan["rows"] if row["path"] == path)


async def test_refusals(fetch: Fetch, served: Project, jp_root_dir: Path) -> None:
    """No folder, no project, a row that leads out, a row that is none."""
    percent.write(served.root / "eda_hotel_rooms.ipynb", EXPLORATION)
    (jp_root_dir / "plain").mkdir()
    _, plan = await fetch("adopt/plan", {"path": "work"})
    row = plan["rows"][0]
    for path, reason in (("none", "NotFound"), ("work/eda_hotel_rooms.ipynb", "NotFound"), ("plain", "NoProject")):
        _, body = await fetch("adopt/plan", {"path": path})
        assert reason == body["reason"], path
    for bad in ({"path": "../x.ipynb"}, {"path": "plain/x.ipynb"}, {"kind": "poem"}, {"title": 7}):
        status, _ = await fetch("adopt", {"path": "work", "rows": [row | bad], "datasets": []})
        assert status in (400, 404), bad


async def test_a_changed_file_is_refused(fetch: Fetch, served: Project) -> None:
    """What changed between plan and apply is named, and nothing else is in the way."""
    path = percent.write(served.root / "eda_hotel_rooms.ipynb", EXPLORATION)
    _, plan = await fetch("adopt/plan", {"path": "work"})
    path.write_text(path.read_text() + "\n")
    _, done = await fetch("adopt", {"path": "work", "rows": plan["rows"], "datasets": []})
    assert None is done["change"]
    assert [
        {"path": "work/eda_hotel_rooms.ipynb", "reason": "it was changed since it was planned: plan again"}
    ] == done["refused"]
