"""The grammar of dataset names: `name_date_features[_vN].ext`, and of references such as `bookings@2025-03`."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date as Date

from mlnb.errors import BadName
from mlnb.notebook.names import RESERVED

SUFFIXES = (".parquet", ".csv", ".csv.gz", ".feather", ".jsonl")

_SLUG = r"[^\W_]+(?:-[^\W_]+)*"
_D = "[0-9]"  # \d would take the digits of every script
_NAME = re.compile(
    rf"(?P<name>{_SLUG})_(?P<date>{_D}{{4}}-{_D}{{2}}-{_D}{{2}}|{_D}{{8}}|{_D}{{4}}-{_D}{{2}})_(?P<features>{_SLUG}?)"
    r"(?:_v(?P<version>[1-9]\d*))?"
)
_REFERENCE = re.compile(rf"(?P<name>{_SLUG})(?:@(?P<date>{_D}{{4}}(?:-{_D}{{2}}(?:-{_D}{{2}})?)?))?")


@dataclass(frozen=True)
class DatasetName:
    """A dated name. `date` is kept as written; it is the date the data is as of, not that of the file."""

    name: str
    date: str
    features: str
    version: int | None
    suffix: str

    def __str__(self) -> str:
        return self.stem + self.suffix

    @property
    def stem(self) -> str:
        """The name without its file type: what `mlnb.load` takes as full name."""
        version = f"_v{self.version}" if self.version else ""
        return f"{self.name}_{self.date}_{self.features}{version}"

    @property
    def reference(self) -> str:
        return f"{self.name}@{self.iso_date}"

    @property
    def iso_date(self) -> str:
        """The date as YYYY-MM-DD or YYYY-MM."""
        if len(self.date) == 8:
            return f"{self.date[:4]}-{self.date[4:6]}-{self.date[6:]}"
        return self.date

    @property
    def order(self) -> tuple[str, int]:
        """Sorts versions of one dataset by date, a month after its days, then by version."""
        return (self.iso_date if len(self.iso_date) > 7 else f"{self.iso_date}-99", self.version or 0)

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
        found = _NAME.fullmatch(text.removesuffix(suffix) if suffix else text)
        if not found:
            raise BadName(f"“{file_name}” is not a dataset name of the form bookings_2025-03-14_price-stay.parquet")
        check_date(found["date"])
        version = int(found["version"]) if found["version"] else None
        return cls(found["name"], found["date"], found["features"], version, suffix)


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
    """Return the date as written. Raises `BadName` on a day that does not exist."""
    digits = text.replace("-", "")
    try:
        Date(int(digits[:4]), int(digits[4:6] or 1), int(digits[6:] or 1))
    except ValueError:
        raise BadName(f"{text} is not a date: write it as 2025-03-14") from None
    return text


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
