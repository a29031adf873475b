"""The grammar of dataset names, `name_date_features[_vN][_part-N].ext`, and of references, `bookings@2025-03`."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Date
from typing import Literal, get_args

from mlnb.errors import BadName
from mlnb.notebook.names import RESERVED

SUFFIXES = (
    ".parquet",
    ".feather",
    *(f"{text}{packed}" for text in (".csv", ".jsonl") for packed in ("", ".gz", ".bz2", ".zip", ".zst")),
)
Form = Literal["name_date_features", "date_name_features", "name_features_date"]
MAX_BYTES = 200  # leaves room for the record's suffix within the 255 of most file systems

_SLUG = r"[^\W_]+(?:-[^\W_]+)*"
_D = "[0-9]"  # \d would take the digits of every script
_DAY = rf"{_D}{{4}}-{_D}{{2}}-{_D}{{2}}"
_MONTH = rf"{_D}{{4}}-{_D}{{2}}"
_DATE_TEXT = rf"(?:{_DAY}|{_MONTH})--(?:{_DAY}|{_MONTH})|{_DAY}|{_D}{{8}}T{_D}{{4}}(?:{_D}{{2}})?Z|{_D}{{8}}|{_MONTH}"
_DATE = re.compile(_DATE_TEXT)
_PARTS = {"name": rf"(?P<name>{_SLUG})", "date": rf"(?P<date>{_DATE_TEXT})", "features": rf"(?P<features>{_SLUG}?)"}
_SUFFIX = rf"(?:_v(?P<version>[1-9]{_D}{{0,8}}))?(?:_part-(?P<part>{_D}{{1,9}}))?"
_FORMS: dict[Form, re.Pattern[str]] = {
    form: re.compile("_".join(_PARTS[part] for part in form.split("_")) + _SUFFIX) for form in get_args(Form)
}
_REFERENCE = re.compile(rf"(?P<name>{_SLUG})(?:@(?P<date>{_D}{{4}}(?:-{_D}{{2}}(?:-{_D}{{2}})?)?))?")


@dataclass(frozen=True)
class DatasetName:
    """A dated name. `date` is kept as written; it is the date the data is as of, not that of the file.

    A span such as `2024-01-01--2024-12-31` is as of its last day. `part` keeps its zeros.
    """

    name: str
    date: str
    features: str
    version: int | None
    suffix: str
    part: str | None = None
    form: Form = "name_date_features"

    def __str__(self) -> str:
        return self.stem + self.suffix

    @property
    def stem(self) -> str:
        """The name without its file type: what `mlnb.load` takes as full name."""
        version = f"_v{self.version}" if self.version else ""
        part = f"_part-{self.part}" if self.part else ""
        values = {"name": self.name, "date": self.date, "features": self.features}
        return "_".join(values[each] for each in self.form.split("_")) + version + part

    @property
    def reference(self) -> str:
        return f"{self.name}@{self.iso_date}"

    @property
    def iso_date(self) -> str:
        """The as-of date as YYYY-MM-DD or YYYY-MM: of a span its end, of a moment its day."""
        last = self.date.rpartition("--")[2]
        if "-" in last:
            return last
        return f"{last[:4]}-{last[4:6]}-{last[6:8]}"

    @property
    def order(self) -> tuple[str, str, int]:
        """Sorts versions of one dataset by date, a month after its days, by time of day, then by version."""
        day = self.iso_date if len(self.iso_date) > 7 else f"{self.iso_date}-99"
        return (day, self.date.partition("T")[2].rstrip("Z").ljust(6, "0"), self.version or 0)

    @property
    def last_day(self) -> str:
        """The last day that the data may hold: of a month its end."""
        if len(self.iso_date) > 7:
            return self.iso_date
        year, month = int(self.iso_date[:4]), int(self.iso_date[5:])
        return f"{self.iso_date}-{calendar.monthrange(year, month)[1]}"

    @classmethod
    def parse(cls, file_name: str) -> DatasetName:
        """Read a dataset's file name, or its name without file type. Raises `BadName`."""
        text = unicodedata.normalize("NFC", file_name)
        suffix = next((suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if text.endswith(suffix)), "")
        stem = text.removesuffix(suffix) if suffix else text
        form, found = next(
            ((form, found) for form, pattern in _FORMS.items() if (found := pattern.fullmatch(stem))), (None, None)
        )
        if form is None or found is None:
            raise BadName(f"“{file_name}” is not a dataset name of the form bookings_2025-03-14_price-stay.parquet")
        if any(_DATE.fullmatch(found[part]) for part in ("name", "features")):
            raise BadName(f"“{file_name}” holds two dates: a span is written as 2024-01-01--2024-12-31")
        check_date(found["date"])
        version = int(found["version"]) if found["version"] else None
        return cls(found["name"], found["date"], found["features"], version, suffix, found["part"], form)


@dataclass(frozen=True)
class Reference:
    """What a person writes to mean a version: a name, perhaps with a date or a part of one."""

    name: str
    date: str | None

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read `bookings` or `bookings@2025-03`. Raises `BadName`."""
        found = _REFERENCE.fullmatch(unicodedata.normalize("NFC", text))
        if not found:
            raise BadName(f"“{text}” names no dataset: write bookings, bookings@2025-03-14 or a full dataset name")
        return cls(found["name"], found["date"])


def check_date(text: str) -> str:
    """Return the date, moment or span as written. Raises `BadName` on a day that does not exist."""
    if not _DATE.fullmatch(text):
        raise BadName(f"“{text}” is not a date: write it as 2025-03-14")
    days = [_checked_day(part) for part in text.split("--")]
    if len(days) == 2 and days[1] < days[0]:
        raise BadName(f"{text} ends before it begins: write it as 2024-01-01--2024-12-31")
    return text


def _checked_day(text: str) -> Date:
    digits, _, time = text.replace("-", "").rstrip("Z").partition("T")
    hour, minute, second = (int(time[at : at + 2] or 0) for at in (0, 2, 4))
    try:
        day = int(digits[6:8]) if digits[6:8] else 1
        datetime(int(digits[:4]), int(digits[4:6] or 1), day, hour, minute, second, tzinfo=UTC)
        return Date(int(digits[:4]), int(digits[4:6] or 1), day)
    except ValueError:
        raise BadName(f"{text} is not a date: write it as 2025-03-14") from None


def check_day(text: str) -> str:
    """Return a full date as written, YYYY-MM-DD. Raises `BadName`."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise BadName(f"“{text}” is not a day: write it as 2025-03-14")
    return check_date(text)


def check_slug(text: str, what: str) -> str:
    """Return `text` if it is words of letters and digits joined by `-`. Raises `BadName`."""
    if not re.fullmatch(_SLUG, text) or len(text) > 60 or text.casefold() in RESERVED:
        raise BadName(f"“{text}” will not do as {what}: use letters and digits joined by “-”, such as price-stay")
    return text
