"""The grammar of dataset names and references."""

from __future__ import annotations

import random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.errors import BadName
from mlnb.records.dataset_name import SUFFIXES, DatasetName, Form, Reference

NAMES = [
    ("bookings_2025-03-14_price-stay.parquet", DatasetName("bookings", "2025-03-14", "price-stay", None, ".parquet")),
    ("bookings_2025-03-14_price_v2.csv.gz", DatasetName("bookings", "2025-03-14", "price", 2, ".csv.gz")),
    ("注文_20250314_金額-数量.csv", DatasetName("注文", "20250314", "金額-数量", None, ".csv")),
    ("a-b_2025-03_x", DatasetName("a-b", "2025-03", "x", None, "")),
    ("a_2024-01-01--2024-12-31_x.csv.zst", DatasetName("a", "2024-01-01--2024-12-31", "x", None, ".csv.zst")),
    (
        "clicks_20250314T0930Z_agg_v2_part-0003.parquet",
        DatasetName("clicks", "20250314T0930Z", "agg", 2, ".parquet", "0003"),
    ),
    (
        "2025-03-14_bookings_price.csv",
        DatasetName("bookings", "2025-03-14", "price", None, ".csv", None, "date_name_features"),
    ),
    (
        "bookings_price_2025-03-14.csv",
        DatasetName("bookings", "2025-03-14", "price", None, ".csv", None, "name_features_date"),
    ),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names(text: str, name: DatasetName) -> None:
    """A name is read, and prints as it was read."""
    assert (name, text) == (DatasetName.parse(text), str(name))


@pytest.mark.parametrize(
    "text",
    [
        "train.csv",
        "a_14-03-2025_x.csv",
        "a_2025-02-30_x.csv",
        "a_2015_2016.csv",
        "a_2025-03-14.csv",
        "a b_2025-01-01_x",
        "a_2024-12-31--2024-01-01_x",
        "a_20250314T2561Z_x",
        "2025-01-01_2025-01-02_x",
        "a_2025-01-01_2025-01-02",
    ],
)
def test_refused(text: str) -> None:
    """No date, an impossible or unclear one, or no note of features."""
    with pytest.raises(BadName):
        DatasetName.parse(text)


@given(st.text())
def test_any_text(text: str) -> None:
    """No text crashes, and what is read prints as it was read."""
    for grammar in (DatasetName, Reference):
        try:
            name = grammar.parse(text)
        except BadName:
            continue
        if isinstance(name, DatasetName):
            assert name == DatasetName.parse(str(name))


def test_order() -> None:
    """Versions sort by date, however it is written, then by number."""
    texts = ["a_2025-03-14_x", "a_20250314_x_v2", "a_20250314T0930Z_x", "a_2024-01--2025-03_x", "a_2025-04-01_x"]
    ordered = sorted((DatasetName.parse(text) for text in reversed(texts)), key=lambda name: name.order)
    assert texts == [str(name) for name in ordered]


def test_a_hundred_thousand_names() -> None:
    """Names of every form, with every kind of date, print and read back as they were."""
    chance = random.Random(3)
    slugs = ["a", "bookings", "price-stay-lag7", "注文", "ü", "x2", "v2", "part-3", "2025", "7-day"]
    for _ in range(100_000):
        day = f"{chance.randint(1000, 9999)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        date = chance.choice(
            [
                day,
                day[:7],
                day.replace("-", ""),
                f"{day.replace('-', '')}T2359Z",
                f"0{day[1:]}--{day}",
                f"0{day[1:7]}--{day}",
            ]
        )
        name = DatasetName(
            name=chance.choice(slugs),
            date="1" + date[1:] if date.startswith("0000") else date,
            features=chance.choice(slugs),
            version=chance.choice([None, chance.randint(1, 999)]),
            suffix=chance.choice(["", *SUFFIXES]),
            part=chance.choice([None, f"{chance.randint(0, 9999):04}"]),
            form=chance.choice(get_args(Form)),
        )
        try:
            read = DatasetName.parse(str(name))
        except BadName:
            assert "--" in date, str(name)  # the span turned out to end before it begins
            continue
        assert name == read, str(name)
