"""The grammar of dataset names and references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.errors import BadName
from mlnb.records.dataset_name import DatasetName, Reference

NAMES = [
    ("bookings_2025-03-14_price-stay.parquet", DatasetName("bookings", "2025-03-14", "price-stay", None, ".parquet")),
    ("bookings_2025-03-14_price_v2.csv.gz", DatasetName("bookings", "2025-03-14", "price", 2, ".csv.gz")),
    ("注文_20250314_金額-数量.csv", DatasetName("注文", "20250314", "金額-数量", None, ".csv")),
    ("a-b_2025-03_x", DatasetName("a-b", "2025-03", "x", None, "")),
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
    texts = ["a_20250314_x_v2", "a_2025-03-14_x", "a_2025-03_x", "a_2025-04-01_x"]
    ordered = sorted((DatasetName.parse(text) for text in texts), key=lambda name: name.order)
    assert ["a_2025-03-14_x", "a_20250314_x_v2", "a_2025-03_x", "a_2025-04-01_x"] == [str(name) for name in ordered]
