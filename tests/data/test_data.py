"""Datasets: dated, resolved by what people write, and never changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import mlnb
from mlnb import api, nb
from mlnb.data.resolve import resolve
from mlnb.errors import AlreadyExists, BadName, DatasetNotFound, MlnbError, NoProject, NotFound
from mlnb.project import Project
from mlnb.records.dataset import read_record


@pytest.fixture(autouse=True)
def _fresh_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is a kernel that has loaded nothing yet, outside any run."""
    monkeypatch.setattr(nb, "_loaded", [])
    monkeypatch.delenv("MLNB_RUN", raising=False)


RESOLVED = [
    ("weather", None, "weather_2014-12-31_daily.csv"),
    ("weather@2013", None, "weather_2013-12-31_daily.csv"),
    ("weather@2013-12-31", None, "weather_2013-12-31_daily.csv"),
    ("weather", "2014-06-01", "weather_2013-12-31_daily.csv"),
    ("weather_2013-12-31_daily", None, "weather_2013-12-31_daily.csv"),
    ("weather_2013-12-31_daily.csv", None, "weather_2013-12-31_daily.csv"),
]


@pytest.mark.parametrize(("text", "as_of", "file"), RESOLVED)
def test_resolving(weather: Project, text: str, as_of: str | None, file: str) -> None:
    """Newest, by date, inside a part of a date, as of a date, by full name."""
    assert file == resolve(weather, text, as_of).path.name


UNRESOLVED = [
    ("wether", None, "there is no dataset “wether” .*did you mean “weather”"),
    ("weather@2020", None, "no version of “weather” dated 2020; there are 2013-12-31, 2014-12-31"),
    ("weather", "2000-01-01", "dated 2000-01-01 or before"),
    ("weather_2013-12-30_daily", None, "did you mean “weather_2013-12-31_daily”"),
]


@pytest.mark.parametrize(("text", "as_of", "message"), UNRESOLVED)
def test_not_resolved(weather: Project, text: str, as_of: str | None, message: str) -> None:
    """What there is instead is said."""
    with pytest.raises(DatasetNotFound, match=message):
        resolve(weather, text, as_of)


def test_two_variants_of_a_date_must_be_told_apart(weather: Project) -> None:
    """Two notes of features on the newest date: the full name is asked for, never guessed."""
    (weather.data / "weather_2014-12-31_hourly.csv").write_text("a\n1\n")
    with pytest.raises(DatasetNotFound, match="fits several versions .*write one of"):
        resolve(weather, "weather")


def test_add_copies_under_the_dated_name(project: Project, tmp_path: Path) -> None:
    """The file is copied, its record holds rows, columns and hash, and adding it again changes nothing."""
    source = tmp_path / "export.csv"
    source.write_text("day,price\n1,2.5\n2,\n")
    api.add_data(project, source, name="prices", date="2025-03-14", features="daily")
    version = api.add_data(project, source, name="prices", date="2025-03-14", features="daily")
    assert project.data / "prices_2025-03-14_daily.csv" == version.path
    assert version.record is not None
    columns = [("day", "int64", 0), ("price", "float64", 1)]
    assert (2, columns) == (version.record.rows, [(c.name, c.type, c.nulls) for c in version.record.columns])
    assert source.exists()


def test_other_bytes_under_the_same_name_are_refused(project: Project, tmp_path: Path) -> None:
    """A version is never changed, neither by adding nor by editing the file."""
    source = tmp_path / "prices_2025-03-14_daily.csv"
    source.write_text("a\n1\n")
    version = api.add_data(project, source)
    source.write_text("a\n2\n")
    with pytest.raises(AlreadyExists, match="exists with other content"):
        api.add_data(project, source)
    assert "a\n1\n" == version.path.read_text()
    version.path.write_text("a\n3\n")
    with pytest.raises(MlnbError, match="was changed since it was registered"):
        mlnb.load("prices")
    with pytest.raises(AlreadyExists, match="was changed since it was registered"):
        api.add_data(project, version.path)
    assert [] == [path for path in project.data.iterdir() if path.name.startswith(".")]


BAD_ADDS = [
    ("x.csv", {}, BadName, "give --name, --date, --features"),
    ("x.csv", {"name": "a", "date": "14-03-2025", "features": "b"}, BadName, "write it as 2025-03-14"),
    ("x.csv", {"name": "a", "date": "2025-02-30", "features": "b"}, BadName, "2025-02-30 is not a date"),
    ("x.csv", {"name": "a_b", "date": "2025-02-03", "features": "b"}, BadName, "will not do as the name"),
    ("x.csv", {"name": "../a", "date": "2025-02-03", "features": "b"}, BadName, "will not do as the name"),
    ("x.txt", {"name": "a", "date": "2025-02-03", "features": "b"}, BadName, "of no type mlnb keeps"),
    ("gone.csv", {"name": "a", "date": "2025-02-03", "features": "b"}, NotFound, "there is no file"),
    ("empty.csv", {"name": "a", "date": "2025-02-03", "features": "b"}, MlnbError, "cannot be read as a table"),
]


@pytest.mark.parametrize(("file", "options", "error", "message"), BAD_ADDS)
def test_bad_adds(
    project: Project, tmp_path: Path, file: str, options: dict[str, str], error: type[Exception], message: str
) -> None:
    """One sentence, and nothing in the data folder."""
    (tmp_path / "x.csv").write_text("a\n1\n")
    (tmp_path / "x.txt").write_text("a\n1\n")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(error, match=message):
        api.add_data(project, tmp_path / file, **options)
    assert [] == list(project.data.iterdir())


def test_save_takes_its_date_from_what_was_loaded(weather: Project) -> None:
    """A saved frame is as of the newest data it was made from, and its record names the inputs."""
    frame = mlnb.load("weather@2013")
    path = mlnb.save(frame, "clean-weather", features="days")
    assert "clean-weather_2013-12-31_days.parquet" == path.name
    record = read_record(path)
    assert record is not None
    assert ("weather_2013-12-31_daily.csv",) == record.inputs
    pd.testing.assert_frame_equal(frame, mlnb.load("clean-weather"))


def test_save_again(weather: Project) -> None:
    """The same frame again is fine; another one under the same name is refused, and the first one stays."""
    frame = mlnb.load("weather")
    path = mlnb.save(frame, "w", features="x")
    assert path == mlnb.save(frame, "w", features="x")
    with pytest.raises(AlreadyExists):
        mlnb.save(frame.head(1), "w", features="x")
    assert len(frame) == len(pd.read_parquet(path))


def test_save_without_a_date(weather: Project) -> None:
    """Nothing loaded and no date given: it is asked for."""
    with pytest.raises(BadName, match="say as of which date"):
        mlnb.save(pd.DataFrame({"a": [1]}), "w", features="x")


def test_eight_saves_at_once_make_one_version(weather: Project) -> None:
    """Saving the same frame from many threads makes one file and one record."""
    frame = mlnb.load("weather")
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: mlnb.save(frame, "w", features="x", as_of="2014-12-31"), range(16)))
    assert 1 == len(paths)
    assert 1 == len(list(weather.data.glob("w_*.mlnb.json")))


def test_load_outside_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name needs a project; a path does not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("x\n1\n")
    assert [1] == list(mlnb.load("./a.csv")["x"])
    with pytest.raises(NoProject):
        mlnb.load("weather")
