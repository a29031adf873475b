"""The date that a file of data is as of: from its name, from its newest row, else from the time of the file."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mlnb.errors import BadName
from mlnb.records.dataset_name import check_date

if TYPE_CHECKING:
    import pandas as pd

DateFrom = Literal["name", "content", "file time"]

_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:([-_. ]?)(0[1-9]|1[0-2])(?:\2([0-2]\d|3[01]))?)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)([0-3]?\d)[-_.]([01]?\d)[-_.]((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")

_OF_DATES = re.compile(r"date|time|timestamp|datum|fecha|data$|day|month|year_month|created|updated|_at$|^dt|日期|дата")
_OTHER_DATES = re.compile(r"birth|dob|born|found|expir|due|valid|release|built|death|geburt|naci")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?")
_SAMPLE = 200
_MOSTLY = 0.95
_EARLIEST = 1800


@dataclass(frozen=True)
class AsOf:
    """A date with where it was found and why; `date` is None where nothing could be found."""

    date: str | None
    found_in: DateFrom | None
    why: str


def from_name(stem: str) -> AsOf | None:
    """A date in a file name: `2019-03`, `20190314`, `14-03-2019` where that can only be read one way."""
    if found := _IN_NAME.search(stem):
        text = "-".join(part for part in (found[1], found[3], found[4]) if part)
        if _is_date(text):
            return AsOf(text, "name", f"the file name says {found[0].strip('-_. ')}")
    if found := _DAY_FIRST.search(stem):
        day = _two_ways(int(found[1]), int(found[2]), int(found[3]))
        if day:
            return AsOf(day, "name", f"the file name says {found[0]}")
    return None


def from_frame(frame: pd.DataFrame) -> AsOf | None:
    """The newest date of a column of dates, columns whose name says so first. Days to come are passed over."""
    today = datetime.now(UTC).date().isoformat()
    best: tuple[bool, str, str] | None = None
    for place, name in enumerate(map(str, frame.columns)):
        folded = name.casefold()
        if _OTHER_DATES.search(folded):
            continue
        newest = max((day for day in _days(frame.iloc[:, place], folded) if day <= today), default=None)
        if newest:
            best = max(best or (False, "", ""), (bool(_OF_DATES.search(folded)), newest, name))
    return AsOf(best[1], "content", f"newest value of column {best[2]}") if best else None


def from_file(path: Path) -> AsOf:
    """The day the file was last written, in UTC: the weakest evidence."""
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    return AsOf(day, "file time", "the day the file was last written")


def year_of(stem: str) -> str | None:
    """A year in a file name, which is too little for a date."""
    found = _YEAR.search(stem)
    return found[1] if found else None


def _days(column: pd.Series[Any], name: str) -> set[str]:
    """The days or months in a column; none where it holds anything else, or where they cannot be told apart."""
    import pandas as pd  # late: most plans have no data to look into

    values = column.dropna()
    if not len(values):
        return set()
    if pd.api.types.is_datetime64_any_dtype(values):
        return {moment.date().isoformat() for moment in (values.min(), values.max()) if moment.year >= _EARLIEST}
    if pd.api.types.is_integer_dtype(values) and _OF_DATES.search(name):
        texts = {str(value) for value in values.unique()}
        return {day for text in texts if len(text) == 8 and _is_date(day := f"{text[:4]}-{text[4:6]}-{text[6:]}")}
    if values.dtype != object and not pd.api.types.is_string_dtype(values):
        return set()
    sample = [str(value).strip() for value in values.iloc[:: max(1, len(values) // _SAMPLE)][:_SAMPLE]]
    for pattern, read in ((_ISO, _iso), (_MONTH, _month), (_SLASHED, _slashed)):
        if sum(1 for text in sample if pattern.fullmatch(text)) >= _MOSTLY * len(sample):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                texts = {str(value).strip() for value in values.unique()}
            return read([found for text in texts if (found := pattern.fullmatch(text))])
    return set()


def _iso(found: list[re.Match[str]]) -> set[str]:
    texts = {f"{each[1]}-{int(each[2]):02}-{int(each[3]):02}" for each in found}
    return {text for text in texts if _is_date(text)}


def _month(found: list[re.Match[str]]) -> set[str]:
    texts = {f"{each[1]}-{int(each[2]):02}" for each in found}
    return {text for text in texts if _is_date(text)}


def _slashed(found: list[re.Match[str]]) -> set[str]:
    """Day first or month first, as far as the column as a whole tells."""
    parts = [(int(each[1]), int(each[2]), int(each[3])) for each in found]
    day_first = any(first > 12 for first, _, _ in parts)
    month_first = any(second > 12 for _, second, _ in parts)
    if day_first == month_first:
        return set()
    texts = {f"{year}-{b:02}-{a:02}" if day_first else f"{year}-{a:02}-{b:02}" for a, b, year in parts}
    return {text for text in texts if _is_date(text)}


def _two_ways(first: int, second: int, year: int) -> str | None:
    """`14-03-2019` has one reading, `04-03-2019` two."""
    readings = {f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"}
    possible = [text for text in readings if _is_date(text)]
    return possible[0] if len(possible) == 1 else None


def _is_date(text: str) -> bool:
    try:
        Date.fromisoformat(text if len(text) > 7 else f"{text}-01")
        check_date(text)
    except (ValueError, BadName):
        return False
    return int(text[:4]) >= _EARLIEST
