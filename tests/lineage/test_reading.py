"""What a notebook says, read and never run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mlnb.lineage.reading import Saved, Statements, read
from mlnb.notebook import document
from mlnb.run.arguments import run_parameters
from tests import percent


def said(tmp_path: Path, text: str, **metadata: Any) -> Statements:
    tree = percent.tree(text)
    tree["metadata"]["mlnb"] = metadata
    path = tmp_path / "notebooks" / "a.ipynb"
    path.parent.mkdir(exist_ok=True)
    document.write(path, tree)
    return read(tmp_path, path, run_parameters)


LOADS = [
    ('import mlnb\nmlnb.load("rain@2014")', ["rain@2014"]),
    ('import mlnb as m\nm.load("rain")', ["rain"]),
    ('from mlnb import load as fetch\nfetch("rain")', ["rain"]),
    ('import mlnb\nNAME = "rain@2014"\nmlnb.load(NAME)', ["rain@2014"]),
    ('import mlnb\nNAME: str = "rain@2014"\nmlnb.load(ref=NAME)', ["rain@2014"]),
    ('%time days = mlnb.load("rain")', ["rain"]),
    ('mlnb.load("../data/x.csv")', ["../data/x.csv"]),
    ('import mlnb\nmlnb.load(f"rain@{year}")\nmlnb.load(find())', []),
    ('import json\njson.load("rain")\nother.mlnb.load("rain")', []),
    ("import mlnb\n\"mlnb.load('rain')\"", []),
    ('import mlnb\nmlnb.load("' + "x" * 2000 + '")', []),
    ("mlnb.load(", []),
    ("import mlnb\nmlnb.load()", []),
]


@pytest.mark.parametrize(("code", "loads"), LOADS)
def test_loads(tmp_path: Path, code: str, loads: list[str]) -> None:
    """Calls of mlnb.load with a literal, also through a name or an alias; a text that says so is not a call."""
    assert tuple(loads) == said(tmp_path, f"# %%\n{code}").loads


def test_a_name_may_be_given_in_another_cell(tmp_path: Path) -> None:
    """Cells that hold no call are asked for the names that calls use; parameters count by themselves."""
    text = '# %% parameters\nDATA = "rain@2013"\n# %%\nSNOW = "snow"\n# %%\nmlnb.load(SNOW)\nmlnb.load(DATA)'
    assert ("rain@2013", "snow") == said(tmp_path, text).loads


SAVES = [
    ('mlnb.save(days, "clean", features="lags")', Saved("clean", "lags", None)),
    ('mlnb.save(days, name="clean", features="lags", as_of="2014-12-31")', Saved("clean", "lags", "2014-12-31")),
    ('mlnb.save(days, "clean", features=note)', None),
    ('figure.save("clean")', None),
]


@pytest.mark.parametrize(("code", "saved"), SAVES)
def test_saves(tmp_path: Path, code: str, saved: Saved | None) -> None:
    """Calls of mlnb.save, as far as they are literal."""
    assert ((saved,) if saved else ()) == said(tmp_path, f"# %%\nimport mlnb\n{code}").saves


FILES = [
    ('pd.read_csv("../data/x.csv")', ["../data/x.csv"], []),
    ('read_parquet(path="x.parquet")', ["x.parquet"], []),
    ('DATA = "x.csv"\npl.scan_csv(DATA).collect()', ["x.csv"], []),
    ('df.to_csv("out.csv", index=False)', [], ["out.csv"]),
    ('df.to_excel(r"..\\data\\x.xlsx")', [], ["../data/x.xlsx"]),
    ('pd.read_csv("https://a.b/x.csv")\npd.read_sql("select 1", c)\ndf.to_dict("list")\npd.to_datetime("x")', [], []),
    ("pd.read_csv(path)\npd.read_csv()", [], []),
]


@pytest.mark.parametrize(("code", "read_files", "written"), FILES)
def test_files(tmp_path: Path, code: str, read_files: list[str], written: list[str]) -> None:
    """Frames that are read from and written to a literal path, by whatever library."""
    found = said(tmp_path, f"# %%\n{code}")
    assert (tuple(read_files), tuple(written)) == (found.files_read, found.files_written)


HEADER = "# %% [markdown]\n# # A\n# **From:** {}  **Next:** {}\n"


def test_links_are_paths_from_the_root(tmp_path: Path) -> None:
    """Targets are relative to the notebook; what is no notebook, elsewhere or on the web does not count."""
    came = "[x](../x%20y.ipynb), [y](sub/y.ipynb#cell-id=1), [out](../../out.ipynb), [web](https://a.b/z.ipynb)"
    found = said(tmp_path, HEADER.format(came, "[b](b.ipynb) · [page](page.md)"))
    assert (("x y.ipynb", "notebooks/sub/y.ipynb"), ("notebooks/b.ipynb",)) == (found.came_from, found.led_to)


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        ("notebooks/b.ipynb", ("notebooks/b.ipynb",)),
        (["notebooks/b.ipynb", 5], ("notebooks/b.ipynb",)),
        ("../../etc/b.ipynb", ()),
        ("/etc/b.ipynb", ()),
        ({"a": 1}, ()),
        (None, ()),
        ("x" * 5000 + ".ipynb", ()),
    ],
)
def test_the_parent_in_the_metadata(tmp_path: Path, parent: Any, expected: tuple[str, ...]) -> None:
    """Metadata may hold anything; only a path inside the project is a parent."""
    assert expected == said(tmp_path, "# %%\n", parent=parent).came_from


def test_other_languages_load_nothing(tmp_path: Path) -> None:
    """Code that is not Python is not read as Python; its links are."""
    tree = percent.tree(HEADER.format("—", "[b](b.ipynb)") + '# %%\nmlnb.load("rain")')
    tree["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    document.write(tmp_path / "r.ipynb", tree)
    assert Statements(led_to=("b.ipynb",)) == read(tmp_path, tmp_path / "r.ipynb", run_parameters)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """What was read is kept for as long as the file is the same."""
    assert ("rain",) == said(tmp_path, '# %%\nmlnb.load("rain")').loads
    assert ("snowfall",) == said(tmp_path, '# %%\nmlnb.load("snowfall")').loads
