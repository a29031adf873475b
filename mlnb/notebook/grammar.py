"""Notebook names under the settings of a project: a pattern to write by, and words to read by.

A pattern is text with fields, such as `{seq:03}_{kind}_{slug}`; a `/` in it is a folder. `_v2` may follow any name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

from mlnb.errors import BadName, did_you_mean
from mlnb.notebook.kinds import KINDS, Kind
from mlnb.notebook.names import SUFFIX, NameReading, NotebookName, is_lower, read_leniently, slugify, unportable

PRESETS: dict[str, str] = {
    "seq": "{seq:03}_{kind}_{slug}",
    "plain": "{kind}_{slug}",
    "date": "{date}_{kind}_{slug}",
    "ccds": "{phase}.{seq:02}-{author}-{slug}",
    "folder": "{kind}/{seq:03}_{slug}",
}
# The phases of Cookiecutter Data Science; 2 is for plots, which are read as exploration.
PHASES: dict[Kind, str] = {Kind.EXPLORATION: "0", Kind.CLEANING: "1", Kind.EXPERIMENT: "3", Kind.DEPLOYMENT: "4"}
_KIND_OF_PHASE = {phase: kind for kind, phase in PHASES.items()} | {"2": Kind.EXPLORATION}

_FIELDS: dict[str, str] = {
    "seq": r"[0-9]{%d,4}",
    "kind": "|".join(Kind),
    "phase": "|".join(PHASES.values()),
    "slug": r"[^\W_]+(?:-[^\W_]+)*?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "author": r"[^\W_]{1,20}",
}
_FIELD = re.compile(r"\{(?P<name>\w+)(?::0?(?P<width>[1-4]))?\}")
_TRICKY = ("a", "4x", "a-b", "2025-01-01-x", "cleaning", "v2", "订单-漏斗", "x-v2", "0")


@dataclass(frozen=True)
class Grammar:
    """How names are written and read. Equal settings make equal grammars.

    `aliases` are further words for kinds. With `accept` canonical a name in any other form has no kind.
    """

    pattern: str = PRESETS["seq"]
    aliases: Mapping[str, Kind] = field(default_factory=dict)
    accept: Literal["lenient", "canonical"] = "lenient"
    ascii_only: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError on a pattern that cannot be written or read back."""
        names = [found["name"] for found in _FIELD.finditer(self.pattern)]
        for name in names:
            if name not in _FIELDS:
                hint = did_you_mean(name, _FIELDS) or f"; known are {', '.join(_FIELDS)}"
                raise ValueError(f"there is no field {{{name}}}{hint}")
        if "{" in _FIELD.sub("", self.pattern) or "}" in _FIELD.sub("", self.pattern):
            raise ValueError("a field is written as {slug} or {seq:03}")
        if len(names) != len(set(names)):
            raise ValueError("a field stands in it twice")
        if "slug" not in names or not {"kind", "phase"} & set(names):
            raise ValueError("it must hold {slug} and {kind}, or every notebook of a project would look the same")
        parts = PurePosixPath(self.pattern).parts
        if self.pattern.startswith("/") or self.pattern.endswith("/") or ".." in parts or "\\" in self.pattern:
            raise ValueError("its folders must lie below the notebooks folder")
        self._try_out()

    def _try_out(self) -> None:
        for kind in Kind:
            for slug in (each for each in _TRICKY if each.isascii() or not self.ascii_only):
                name = self.name(kind, slug, number=7, date="2025-03-14", author="ab")
                written = self.write(name)
                for part in written.split("/"):
                    if problem := unportable(part):
                        raise ValueError(f"it makes names such as “{written[:100]}”, and {problem}")
                try:
                    same = self.parse(written) == name
                except BadName:
                    same = False
                if not same:
                    raise ValueError(f"names such as “{written}” cannot be read back: put “_” between its fields")

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(found["name"] for found in _FIELD.finditer(self.pattern))

    @cached_property
    def words(self) -> dict[str, Kind]:
        """Every word that means a kind, folded."""
        known = {word: spec.kind for spec in KINDS.values() for word in (spec.kind.value, *spec.aliases)}
        return known | {_fold(word): kind for word, kind in self.aliases.items()}

    def name(
        self,
        kind: Kind,
        slug: str,
        *,
        number: int | None = None,
        version: int | None = None,
        date: str | None = None,
        author: str | None = None,
    ) -> NotebookName:
        """A name with the fields that the pattern has; the others are left out."""
        has = self.fields
        return NotebookName(
            kind=kind,
            slug=slug,
            number=f"{number:0{self._width}}" if "seq" in has and number is not None else None,
            version=version,
            date=date if "date" in has else None,
            author=author if "author" in has else None,
        )

    def write(self, name: NotebookName) -> str:
        """The file name, with the folders of the pattern before it. Raises `BadName` where a field has no value."""
        values = {
            "seq": name.number,
            "kind": name.kind.value,
            "phase": PHASES[name.kind],
            "slug": name.slug,
            "date": name.date,
            "author": name.author,
        }
        pattern = self.pattern
        if name.number is None and self._number_is_optional:
            pattern = re.sub(r"\{seq(?::\d+)?\}_", "", pattern)

        def value(found: re.Match[str]) -> str:
            text = values[found["name"]]
            if text is None:
                raise BadName(f"a name of the form {self.pattern} needs a value for {{{found['name']}}}")
            return text

        version = f"_v{name.version}" if name.version else ""
        return f"{_FIELD.sub(value, pattern)}{version}{SUFFIX}"

    def parse(self, text: str) -> NotebookName:
        """Read a canonical name, with the folders that the pattern has. Raises `BadName`."""
        stem = unicodedata.normalize("NFC", text.removesuffix(SUFFIX))
        found = self._canonical.fullmatch(stem)
        if not found or not text.endswith(SUFFIX) or not is_lower(found["slug"]):
            raise BadName(f"“{text}” is not a name of the form {self.example}")
        if self.ascii_only and not found["slug"].isascii():
            raise BadName(f"“{text}” holds letters beyond a–z, which “notebooks.ascii-only” keeps out")
        read = {"seq": None, "kind": None, "phase": None, "date": None, "author": None, **found.groupdict()}
        if read["date"] and not _is_day(read["date"]):
            raise BadName(f"“{text}” holds a day that does not exist")
        return NotebookName(
            kind=Kind(read["kind"]) if read["kind"] else _KIND_OF_PHASE[str(read["phase"])],
            slug=found["slug"],
            number=read["seq"],
            version=int(found["version"]) if found["version"] else None,
            date=read["date"],
            author=read["author"],
        )

    def read(self, path: Path | str) -> NameReading:
        """What a name says: canonical, else a field that is a kind, else a word that is one."""
        whole = PurePosixPath(Path(path).as_posix())
        parts = self.pattern.count("/") + 1
        try:
            name = self.parse("/".join(whole.parts[-parts:]))
        except BadName:
            if self.accept == "canonical":
                return NameReading(kind=None, number=None, slug="", canonical=False, ambiguous=False)
            return self._read_leniently(whole)
        number = int(name.number) if name.number else None
        return NameReading(kind=name.kind, number=number, slug=name.slug, canonical=True, ambiguous=False)

    def _read_leniently(self, path: PurePosixPath) -> NameReading:
        stem = unicodedata.normalize("NFC", path.name.removesuffix(SUFFIX))
        reading = read_leniently(stem, self.words)
        if reading.kind is not None or reading.ambiguous:
            return reading
        kind: Kind | None = None
        if "phase" in self.fields and (found := re.match(r"([0-4])\.\d", stem)):
            kind = _KIND_OF_PHASE[found[1]]
        elif "/" in self.pattern:
            kind = read_leniently(f"{path.parent.name} x", self.words).kind
        described = bool(reading.slug)
        return NameReading(kind if described else None, reading.number, reading.slug, canonical=False, ambiguous=False)

    def slug(self, title: str) -> str:
        """The words of a name for a description, short enough for the whole name. Raises `BadName`."""
        slug = slugify(title, room=self._room)
        if self.ascii_only and not slug.isascii():
            raise BadName(
                f"“{title}” holds letters beyond a–z, which “notebooks.ascii-only” keeps out of names:"
                " describe the notebook without them"
            )
        return slug

    @property
    def example(self) -> str:
        """A name of this form, as messages show it."""
        return self.write(self.name(Kind.EXPERIMENT, "short-description", number=30, date="2025-03-14", author="abc"))

    @cached_property
    def _room(self) -> int:
        """How many bytes of a file name the other fields take."""
        name = self.name(Kind.EXPLORATION, "", number=9999, version=99, date="2025-03-14", author="x" * 20)
        return len(PurePosixPath(self.write(name)).name)

    @property
    def _width(self) -> int:
        found = next((each for each in _FIELD.finditer(self.pattern) if each["name"] == "seq"), None)
        return int(found["width"] or 3) if found else 3

    @property
    def _number_is_optional(self) -> bool:
        """A number may be missing where it begins the file name."""
        return re.search(r"(?:^|/)\{seq(?::\d+)?\}_", self.pattern) is not None

    @cached_property
    def _canonical(self) -> re.Pattern[str]:
        made = ""
        at = 0
        for found in _FIELD.finditer(self.pattern):
            made += re.escape(unicodedata.normalize("NFC", self.pattern[at : found.start()]))
            at = found.end()
            inner = _FIELDS[found["name"]]
            if found["name"] == "seq":
                inner %= min(self._width, 2)
                if self._number_is_optional:
                    made += f"(?:(?P<seq>{inner})_)?"
                    at += 1  # the “_” belongs to the number
                    continue
            if found["name"] == "slug" and self.ascii_only:
                inner = "[a-z0-9]+(?:-[a-z0-9]+)*?"
            made += f"(?P<{found['name']}>{inner})"
        made += re.escape(unicodedata.normalize("NFC", self.pattern[at:]))
        return re.compile(made + r"(?:_v(?P<version>[1-9][0-9]{0,8}))?")


DEFAULT = Grammar()


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())


def _is_day(text: str) -> bool:
    try:
        Date.fromisoformat(text)
    except ValueError:
        return False
    return True
