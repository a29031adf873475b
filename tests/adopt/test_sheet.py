"""The plan as a file for a spreadsheet: there and back, guarded, its mistakes named by their line."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from mlnb import api
from mlnb.adopt.sheet import BadPlan
from mlnb.notebook.kinds import Kind
from mlnb.project import Project
from tests import percent
from tests.adopt.test_classify import EXPERIMENT, EXPLORATION


@pytest.fixture
def sheet(weather: Project) -> Path:
    """The plan of two notebooks and an undated file of data."""
    (weather.data / "rain.csv").write_text("date,mm\n2019-03-14,3\n")
    percent.write(weather.root / "eda_hotel_rooms.ipynb", EXPLORATION + '# %%\npd.read_csv("data/rain.csv")')
    percent.write(weather.root / "-price model.ipynb", EXPERIMENT)
    path = weather.root / "plan.csv"
    path.write_text(api.plan_text(weather, api.adopt_plan(weather, weather.root)), encoding="utf-8", newline="")
    return path


def test_there_and_back(weather: Project, sheet: Path) -> None:
    """What is read is what was written, also after a spreadsheet has saved it in its own manner."""
    expected = api.adopt_plan(weather, weather.root)
    for text in (sheet.read_text(encoding="utf-8-sig"), _resaved(sheet, ";"), _resaved(sheet, "\t")):
        sheet.write_text(text, encoding="utf-8")
        plan = api.adopt(weather, api.read_plan(weather, sheet), dry_run=True).plan
        assert [replace(row, made=None) for row in expected.rows] == list(plan.rows)
        assert expected.datasets == plan.datasets


def _resaved(path: Path, delimiter: str) -> str:
    out = io.StringIO()
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=",")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def test_edits_count(weather: Project, sheet: Path) -> None:
    """Kind, number, title, folder and apply are taken from the file; columns that people added are passed over."""
    rows = _rows(sheet)
    rows[0] |= {"apply": "no"}
    rows[1] |= {"kind": "Cleaning", "number": "27", "title": "Room prices", "folder": "notebooks", "my note": "?"}
    _save(sheet, rows)
    plan = api.adopt(weather, api.read_plan(weather, sheet), dry_run=True).plan
    assert [False, True] == [row.apply for row in plan.rows]
    assert Kind.CLEANING is plan.rows[1].kind
    assert weather.notebooks / "027_cleaning_room-prices.ipynb" == plan.rows[1].proposed


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def _save(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        sheet.writeheader()
        sheet.writerows(rows)


def test_no_cell_is_a_formula(weather: Project, sheet: Path) -> None:
    """A name that a spreadsheet would compute is written so that it does not, and read back as it was."""
    percent.write(weather.root / "=1+1.ipynb", f"# %% [markdown]\n# # =cmd|'/C calc'!A0 hotel rooms\n{EXPLORATION}")
    percent.write(weather.root / "'quoted.ipynb", EXPLORATION)
    plan = api.adopt_plan(weather, weather.root)
    sheet.write_text(api.plan_text(weather, plan), encoding="utf-8")
    text = sheet.read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert [row.path for row in plan.rows] == [row.path for row in api.read_plan(weather, sheet).rows]


MISTAKES = [
    (
        {"kind": "exploraton"},
        "plan.csv line 2: “exploraton” is no kind: use exploration, cleaning, experiment, deployment",
    ),
    ({"apply": "perhaps"}, "plan.csv line 2: “perhaps” under “apply” is neither yes nor no"),
    ({"number": "ten"}, "plan.csv line 2: “ten” is no number of a notebook: use 0 to 9999"),
    ({"number": "99999"}, "plan.csv line 2: “99999” is no number"),
    ({"sha256": "1.2E+34"}, "plan.csv line 2: “1.2e+34” is no hash"),
    ({"what": "picture"}, "plan.csv line 2: “picture” is no what: use notebook, dataset"),
    ({"path": "../x.ipynb"}, "lies outside the project"),
    ({"path": "/etc/passwd"}, "lies outside the project"),
    ({"folder": "../.."}, "lies outside the project"),
    ({"folder": ".git/hooks"}, "belongs to git"),
    ({"path": "a\0b.ipynb"}, "is no path"),
]


@pytest.mark.parametrize(("edit", "message"), MISTAKES)
def test_mistakes_are_named_by_line(weather: Project, sheet: Path, edit: dict[str, str], message: str) -> None:
    """A mistake says which line of which file, and what may stand there."""
    rows = _rows(sheet)
    rows[0] |= edit
    _save(sheet, rows)
    with pytest.raises(BadPlan) as refused:
        api.read_plan(weather, sheet)
    assert message.casefold() in str(refused.value).casefold()


def test_other_files(weather: Project, sheet: Path) -> None:
    """No plan at all, another folder's, one with a notebook twice, one that is not text."""
    other = [row | {"path": f"elsewhere/{row['path']}", "folder": ""} for row in _rows(sheet)]
    twice = [*_rows(sheet), _rows(sheet)[0]]
    for rows, message in (
        ([{"a": "1"}], "has no column “apply”"),
        (other, "plan of another folder"),
        (twice, "line 2 already"),
    ):
        _save(sheet, rows)
        with pytest.raises(BadPlan, match=message):
            api.read_plan(weather, sheet)
    for content in (b"\xff\xfe\x00", b"PK\x03\x04\x80"):
        sheet.write_bytes(content)
        with pytest.raises(BadPlan, match="not UTF-8"):
            api.read_plan(weather, sheet)
    with pytest.raises(BadPlan, match="cannot be read"):
        api.read_plan(weather, weather.root / "none.csv")
