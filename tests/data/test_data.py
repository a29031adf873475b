"""Datasets: dated, resolved by what people write, and never changed."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import mlnb
from mlnb import api, nb
from mlnb.data.resolve import newest_like, resolve
from mlnb.errors import AlreadyExists, BadName, DatasetNotFound, MlnbError, NoProject, NotFound
from mlnb.project import Project
from mlnb.records.dataset import read_record, record_path


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
    ("x.csv", {"name": "con", "date": "2025-02-03", "features": "b"}, BadName, "will not do as the name"),
    ("x.csv", {"name": "a", "date": "２０２５-03-14", "features": "b"}, BadName, "write it as 2025-03-14"),
    ("cut.csv.gz", {"name": "a", "date": "2025-02-03", "features": "b"}, MlnbError, "cannot be read as a table"),
    ("broken.csv.gz", {"name": "a", "date": "2025-02-03", "features": "b"}, MlnbError, "cannot be read as a table"),
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
    packed = gzip.compress(b"a\n" + bytes(range(48, 58)) * 100)
    (tmp_path / "cut.csv.gz").write_bytes(packed[:20])
    (tmp_path / "broken.csv.gz").write_bytes(packed[:12] + b"\xff" * 20 + packed[32:])
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


def test_one_damaged_record_does_not_hide_the_others(weather: Project) -> None:
    """The version is listed with what is wrong; deleting the record and registering again mends it."""
    version = api.add_data(weather, weather.data / "weather_2013-12-31_daily.csv")
    record = record_path(version.path)
    record.write_text("{")
    listed = api.data(weather)
    assert [True, False] == [one.problem is not None for one in listed]
    record.unlink()
    assert api.add_data(weather, version.path).record is not None


def test_one_name_is_one_file(weather: Project) -> None:
    """A Parquet file beside the CSV of the same full name would make the name mean two things."""
    with pytest.raises(AlreadyExists, match="exists as weather_2014-12-31_daily.csv"):
        mlnb.save(pd.DataFrame({"a": [1]}), "weather", features="daily", as_of="2014-12-31")


def test_a_name_that_says_everything_is_kept_as_it_is(project: Project) -> None:
    """Version number and way of writing the date stay."""
    for name in ("foo_2020-01-01_bar_v2.csv", "baz_20200101_bar.csv"):
        (project.data / name).write_text("a\n1\n")
        assert name == api.add_data(project, project.data / name).path.name


def test_as_of_never_looks_ahead(project: Project) -> None:
    """A month's data is there only when the month is over; a date that is none is refused."""
    for name in ("a_2025-02-10_x.csv", "a_2025-03_x.csv"):
        (project.data / name).write_text("a\n1\n")
    assert "a_2025-02-10_x.csv" == resolve(project, "a", "2025-03-10").path.name
    assert "a_2025-03_x.csv" == resolve(project, "a", "2025-03-31").path.name
    with pytest.raises(BadName, match="is not a day"):
        resolve(project, "a", "20250310")


def test_newest_keeps_the_note_of_features(weather: Project) -> None:
    """Newer data of the same kind, not whatever is newer."""
    (weather.data / "weather_2016-12-31_hourly.csv").write_text("a\n1\n")
    assert "weather_2014-12-31_daily.csv" == newest_like(weather, "weather_2013-12-31_daily").path.name


def test_records_hold_no_machine_paths(weather: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file loaded by its path is recorded by its name."""
    (tmp_path / "a.csv").write_text("x\n1\n")
    run = tmp_path / "run"
    monkeypatch.setenv("MLNB_RUN", str(run))
    mlnb.load(str(tmp_path / "a.csv"))
    assert str(tmp_path) not in (run / "events.jsonl").read_text()


def test_init_is_whole_or_nothing(tmp_path: Path) -> None:
    """Where a part cannot be made, the folder is not called a project."""
    (tmp_path / "notebooks").write_text("a file")
    with pytest.raises(OSError, match="exists"):
        api.init(tmp_path)
    assert not (tmp_path / "mlnb.toml").exists()
    (tmp_path / "notebooks").unlink()
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe")
    with pytest.raises(MlnbError, match="is not a text file"):
        api.init(tmp_path)
    assert not (tmp_path / "mlnb.toml").exists()
