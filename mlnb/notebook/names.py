"""What a notebook name is made of, its default form `[seq_]kind_slug[_vN].ipynb`, and what file systems allow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mlnb.errors import BadName
from mlnb.notebook.kinds import KINDS, Kind

SUFFIX = ".ipynb"
MAX_CHARACTERS = 80
_ROOM = len(f"0000_exploration_{SUFFIX}")
MAX_TITLE = 1000  # more does not change a name, and takes time
MAX_BYTES = 200  # leaves room for `-checkpoint.ipynb` and run suffixes within the 255 of most file systems

# Device names of Windows, also with a file type: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"),
}
_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CANONICAL = re.compile(
    rf"(?:(?P<number>[0-9]{{2,4}})_)?(?P<kind>{'|'.join(Kind)})_(?P<slug>[^\W_]+(?:-[^\W_]+)*?)(?:_v(?P<version>[1-9][0-9]{{0,8}}))?"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class NotebookName:
    """The parts of a name. `number` keeps its zeros, so that the name prints as it was read.

    `date` and `author` are there only where a project's pattern has them; `mlnb.notebook.grammar` writes those.
    """

    kind: Kind
    slug: str
    number: str | None = None
    version: int | None = None
    date: str | None = None
    author: str | None = None

    def __str__(self) -> str:
        number = f"{self.number}_" if self.number else ""
        version = f"_v{self.version}" if self.version else ""
        return f"{number}{self.kind}_{self.slug}{version}{SUFFIX}"

    @property
    def title(self) -> str:
        """The slug as a person would write it."""
        text = self.slug.replace("-", " ")
        return text[:1].upper() + text[1:]

    @classmethod
    def parse(cls, file_name: str) -> NotebookName:
        """Read a canonical file name. Raises `BadName`."""
        stem = unicodedata.normalize("NFC", file_name.removesuffix(SUFFIX))
        found = _CANONICAL.fullmatch(stem)
        if not found or not file_name.endswith(SUFFIX) or not is_lower(found["slug"]):
            raise BadName(f"“{file_name}” is not a name of the form 030_experiment_short-description.ipynb")
        return cls(
            kind=Kind(found["kind"]),
            slug=found["slug"],
            number=found["number"],
            version=int(found["version"]) if found["version"] else None,
        )


def is_lower(slug: str) -> bool:
    """As people write lower case, or as `slugify` folds it: Cherokee, say, is folded to its capitals."""
    return slug in (slug.lower(), unicodedata.normalize("NFC", slug.casefold()))


@dataclass(frozen=True)
class NameReading:
    """What can be read out of any file name: perhaps a kind, and whether more than one was meant."""

    kind: Kind | None
    number: int | None
    slug: str
    canonical: bool
    ambiguous: bool


def read_name(path: Path | str) -> NameReading:
    """Read a notebook's file name leniently: canonical, else a field that is a kind, else a word that is one."""
    file_name = Path(path).name
    try:
        name = NotebookName.parse(file_name)
    except BadName:
        return read_leniently(unicodedata.normalize("NFC", file_name.removesuffix(SUFFIX)), _KIND_WORDS)
    number = int(name.number) if name.number else None
    return NameReading(kind=name.kind, number=number, slug=name.slug, canonical=True, ambiguous=False)


def read_leniently(stem: str, words: Mapping[str, Kind]) -> NameReading:
    """Read a stem by the words that mean a kind."""
    found_number = re.match(r"([0-9]{1,4})(?=[_\- .])", stem)
    number = int(found_number[1]) if found_number else None
    fields = [field.strip().casefold() for field in stem.split("_")]
    in_fields = [words[field] for field in fields if field in words]
    tokens = [token.casefold() for token in re.split(r"[\W_]+", _CAMEL.sub(" ", stem)) if token]
    in_tokens = list(dict.fromkeys(words[token] for token in tokens if token in words))
    kinds = in_fields or in_tokens
    rest = [token for token in tokens if token not in words and not token.isdigit()]
    described = bool(rest)
    ambiguous = len(set(in_fields)) > 1 or (not in_fields and len(in_tokens) > 1)
    kind = kinds[0] if kinds and described and (in_fields or not ambiguous) else None
    return NameReading(kind=kind, number=number, slug="-".join(rest), canonical=False, ambiguous=ambiguous)


_KIND_WORDS = {word: spec.kind for spec in KINDS.values() for word in (spec.kind.value, *spec.aliases)}


def slugify(title: str, room: int = _ROOM) -> str:
    """Turn a description into the words of a name. Raises `BadName` when nothing is left.

    NFKC, casefold, apostrophes dropped, other runs of non-letters to `-`, NFC again; cut at a word, so that with
    `room` more characters it is a name.
    """
    title = title.strip()[:MAX_TITLE]
    text = unicodedata.normalize("NFKC", title).casefold()
    text = re.sub(r"['’ʼ]", "", text)
    text = unicodedata.normalize("NFC", re.sub(r"[\W_]+", "-", text)).strip("-")
    if not text:
        raise BadName(f"“{title}” holds no letter or digit to make a name of: describe the notebook in a few words")
    words = text.split("-")
    while len(words) > 1 and not _fits("-".join(words), room):
        words.pop()
    slug = "-".join(words)
    while not _fits(slug, room):
        slug = slug[:-1]
    return slug


def _fits(slug: str, room: int) -> bool:
    return len(slug) + room <= MAX_CHARACTERS and len(slug.encode()) + room <= MAX_BYTES


def unportable(file_name: str) -> str | None:
    """Say why a file name fails on some system, or None when it is safe everywhere."""
    stem = file_name.removesuffix(SUFFIX)
    if found := _ILLEGAL.search(file_name):
        return f"it holds {found[0]!r}, which Windows does not allow"
    if _INVISIBLE.search(file_name):
        return "it holds an invisible character"
    if stem.split(".")[0].casefold() in RESERVED:
        return f"“{stem.split('.')[0]}” is a device name on Windows"
    if stem != stem.strip(" .") or not stem:
        return "it begins or ends with a space or a dot"
    if unicodedata.normalize("NFC", file_name) != file_name:
        return "its accents are written in two parts (not Unicode NFC)"
    if len(file_name) > MAX_CHARACTERS or len(file_name.encode()) > MAX_BYTES:
        return f"it is longer than {MAX_CHARACTERS} characters"
    return None
