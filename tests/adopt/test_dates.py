"""The date of data: from its name, its newest row, its file; never a guess that could be wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from mlnb.adopt.datasets import features
from mlnb.adopt.dates import from_file, from_frame, from_name

NAMES = [
    ("bookings_2019-03-14", "2019-03-14"),
    ("bookings 20190314", "2019-03-14"),
    ("bookings_2019-03", "2019-03"),
    ("bookings201903", "2019-03"),
    ("2019.03.14 bookings", "2019-03-14"),
    ("bookings_14-03-2019", "2019-03-14"),
    ("bookings_03-14-2019", "2019-03-14"),
    ("bookings_04-03-2019", None),  # the fourth of March, or the third of April
    ("bookings_2019-02-30", None),
    ("bookings_2019", None),
    ("bookings_12345678", None),
    ("bookings", None),
    ("v20190314123", None),
]


@pytest.mark.parametrize(("stem", "date"), NAMES)
def test_names(stem: str, date: str | None) -> None:
    """A date in a name counts only where it can be read one way."""
    found = from_name(stem)
    assert date == (found.date if found else None)


COLUMNS = [
    ({"date": ["2019-03-14", "2019-03-02"]}, "2019-03-14"),
    ({"date": ["2019/3/4", "2019/12/2"]}, "2019-12-02"),
    ({"when_created": ["2019-03-14T08:00:00", "2019-03-15T09:00:00"]}, "2019-03-15"),
    ({"day": ["14.03.2019", "02.04.2019"]}, "2019-04-02"),
    ({"day": ["03/14/2019", "04/02/2019"]}, "2019-04-02"),
    ({"day": ["03/04/2019", "04/05/2019"]}, None),
    ({"month": ["2019-03", "2019-05"]}, "2019-05"),
    ({"yyyymmdd_date": [20190314, 20190402]}, "2019-04-02"),
    ({"birth_date": ["1999-03-14"], "date": ["2019-03-14"]}, "2019-03-14"),
    ({"birth_date": ["1999-03-14"]}, None),
    ({"date": ["2019-03-14", "9999-12-31"]}, "2019-03-14"),
    ({"date": ["2019-03-14", None, "2019-04-14"]}, "2019-04-14"),
    ({"price": [1.5, 2.5], "text": ["a", "b"]}, None),
    ({"code": [20190314, 20190402]}, None),
    ({}, None),
]


@pytest.mark.parametrize(("columns", "date"), COLUMNS)
def test_columns(columns: dict[str, list[object]], date: str | None) -> None:
    """The newest day of a column of dates; births and days to come are none, nor what can be read two ways."""
    found = from_frame(pd.DataFrame(columns))
    assert date == (found.date if found else None)


def test_moments() -> None:
    """A column of moments, as Parquet keeps them."""
    found = from_frame(pd.DataFrame({"at": pd.to_datetime(["2019-03-14T08:00", "2019-05-01T09:00"])}))
    assert found is not None
    assert ("2019-05-01", "newest value of column at") == (found.date, found.why)


def test_file_time(tmp_path: Path) -> None:
    """The last resort."""
    file = tmp_path / "a.csv"
    file.write_text("a\n1\n")
    os.utime(file, (1552521600, 1552521600))
    assert "2019-03-14" == from_file(file).date


FEATURES = [
    (["PassengerId", "Survived", "Pclass", "Name", "Sex", "Age"], "survived-pclass-name-sex"),
    (["id", "date", "price_per_night", "stay"], "price-per-stay"),
    (["Unnamed: 0", "0", "1"], "all"),
    ([], "all"),
    (["日期数", "金额"], "日期数-金额"),
]


@pytest.mark.parametrize(("columns", "note"), FEATURES)
def test_features(columns: list[str], note: str) -> None:
    """At most four words of the first columns that are neither keys nor dates."""
    assert note == features(pd.DataFrame(columns=columns))
