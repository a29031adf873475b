"""Where the files of a project name its notebooks and data, and how they read when those have other names."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mlnb.errors import BrokenNotebook
from mlnb.notebook import links, patch
from mlnb.project import Project
from mlnb.records.mentions import Language, Mention, Names, destinations, mentions

TEXT_LIMIT = 2_000_000
NOTEBOOK_LIMIT = 50_000_000  # plots make notebooks large, and their links count as well
_LANGUAGES: dict[str, Language] = {
    ".md": "markdown", ".qmd": "markdown", ".rst": "markdown", ".txt": "plain", ".py": "python", ".sh": "plain",
    ".toml": "plain", ".yml": "plain", ".yaml": "plain", ".cfg": "plain", "Makefile": "plain", "justfile": "plain",
    "Snakefile": "plain", "Dockerfile": "plain",
}  # fmt: skip
_NEVER_ENTERED = {
    ".git", ".hg", ".svn", ".mlnb", ".dvc", ".ipynb_checkpoints", ".venv", "venv", ".tox", ".nox", "node_modules",
    "__pycache__", "site-packages", ".mypy_cache", ".ruff_cache", ".pytest_cache",
}  # fmt: skip
_OWN_NAMES: dict[str, type] = {"parent": str, "children": list}  # of the metadata of a notebook


@dataclass(frozen=True)
class Rewrite:
    """A file that names something which moves: its text before and after. `path` is where it is before the move."""

    path: Path
    text: str
    count: int
    before: str


@dataclass(frozen=True)
class _Hit:
    """A mention that was understood: what it names, and the folder that it is relative to, None where it is absolute.

    A `bare` name is one that can only mean one file, wherever it is relative to.
    """

    mention: Mention
    target: Path
    base: Path | None
    bare: bool = False


def rewritten(project: Project, moves: Mapping[Path, Path], *, done: bool = False) -> list[Rewrite]:
    """The files whose text changes when files move, each with its new text.

    `done` says that the files have moved already; `path` of a rewrite is then where the file is now.
    A notebook that moves to another folder keeps naming what it named.
    """
    moves = {Path(os.path.abspath(old)): Path(os.path.abspath(new)) for old, new in moves.items()}
    reader = _Reader(project, moves, done)
    found = (reader.rewrite(path) for path in reader.readable)
    return [rewrite for rewrite in found if rewrite is not None]


def counted(project: Project, paths: Iterable[Path]) -> dict[Path, dict[Path, int]]:
    """For each of the files the other files that name it, and how often."""
    targets = [Path(os.path.abspath(path)) for path in paths]
    reader = _Reader(project, {path: path for path in targets}, done=False)
    counts: dict[Path, dict[Path, int]] = {path: {} for path in targets}
    for path in reader.readable:
        for target, count in reader.count(path).items():
            if target != path:
                counts[target][path] = count
    return counts


@dataclass
class _Reader:
    """Reads the files of a project against one set of moves."""

    project: Project
    moves: Mapping[Path, Path]
    done: bool
    readable: list[Path] = field(default_factory=list)
    _known: set[Path] = field(default_factory=set)
    _named: dict[str, list[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root = self.project.root
        for folder, names, files in os.walk(root):
            here = Path(folder)
            names[:] = sorted(
                name
                for name in names
                if name not in _NEVER_ENTERED and here / name not in (self.project.runs, self.project.pipelines)
            )
            for name in sorted(files):
                self._known.add(here / name)
                self._named.setdefault(name, []).append(here / name)
                if name.endswith(".ipynb") or _language(name):
                    self.readable.append(here / name)
        for old in self.moves:
            if old not in self._known:
                self._named.setdefault(old.name, []).append(old)

    @cached_property
    def _wanted(self) -> Names:
        return Names({old.name for old in self.moves})

    @cached_property
    def _names(self) -> Names:
        """Also the names that end like one that is looked for, so that the longest is found."""
        endings = tuple({old.suffix for old in self.moves} - {""})
        return Names({name for name in self._named if name.endswith(endings)} if endings else ())

    @cached_property
    def _origins(self) -> dict[Path, Path]:
        return {new: old for old, new in self.moves.items()} if self.done else {}

    def rewrite(self, path: Path) -> Rewrite | None:
        before = _text(path)
        if before is None or not self._concerns(path, before):
            return None
        try:
            text, count = self._notebook(path, before) if path.suffix == ".ipynb" else self._file(path, before)
            text.encode()
        except (BrokenNotebook, UnicodeEncodeError):
            return None
        return Rewrite(path, text, count, before) if text != before else None

    def count(self, path: Path) -> Counter[Path]:
        before = _text(path)
        counts: Counter[Path] = Counter()
        if before is None or not self._wanted.may_be_in(before):
            return counts
        language = _language(path.name)
        parts = [(language, before)] if language else [(kind, source) for _, kind, source in sources(before)]
        for kind, source in parts:
            counts.update(hit.target for hit in self._hits(path, source, kind) if hit.mention.counts)
        if language is None:
            named = [name for names in _metadata_names(_tree(before)).values() for name in names]
            counts.update(target for name in named if (target := self.project.root / name) in self.moves)
        return counts

    def _concerns(self, path: Path, text: str) -> bool:
        return self._changes_folder(path) or self._wanted.may_be_in(text)

    def _changes_folder(self, path: Path) -> bool:
        return self._now(path).parent != self._origin(path).parent

    def _origin(self, path: Path) -> Path:
        return self._origins.get(path, path)

    def _now(self, path: Path) -> Path:
        return path if self.done else self.moves.get(path, path)

    def _file(self, path: Path, text: str) -> tuple[str, int]:
        language = _language(path.name)
        assert language is not None
        return self._edited(path, text, language)

    def _notebook(self, path: Path, text: str) -> tuple[str, int]:
        tree = _tree(text)
        edited: dict[int, str] = {}
        total = 0
        for index, language, source in _cells(tree):
            new, count = self._edited(path, source, language)
            if new != source:
                edited[index] = new
                total += count
        if edited:
            text = patch.with_sources(text, edited)
        for key, names in _metadata_names(tree).items():
            now = [self._renamed(name) for name in names]
            if now != names:
                text = patch.with_metadata(text, ("mlnb", key), now if _OWN_NAMES[key] is list else now[0])
                total += 1
        return text, total

    def _renamed(self, name: str) -> str:
        new = self.moves.get(self.project.root / name)
        return self.project.relative(new) if new else name

    def _edited(self, path: Path, text: str, language: Language) -> tuple[str, int]:
        """The text with other paths in it, and how many."""
        edits: dict[tuple[int, int], str] = {}
        count = 0
        for hit in self._hits(path, text, language):
            mention = hit.mention
            new = self._written(path, hit, text[mention.start : mention.end])
            if new != text[mention.start : mention.end]:
                edits[mention.start, mention.end] = new
                count += mention.counts
            if mention.label and self.moves[hit.target].stem != hit.target.stem:
                edits[mention.label] = links.label(self.moves[hit.target].stem)
        if self._changes_folder(path):
            rebased = self._rebased(path, text, language, edits)
            edits |= rebased
            count += len(rebased)
        return _applied(text, edits), count

    def _hits(self, path: Path, text: str, language: Language) -> Iterator[_Hit]:
        for readings in mentions(text, self._names, language):
            hit = next((hit for reading in readings if (hit := self._hit(path, reading))), None)
            if hit:
                yield hit

    def _hit(self, path: Path, mention: Mention) -> _Hit | None:
        """What is meant: seen from the file, else from the root, else by a bare name that only one file has."""
        here, root = self._origin(path).parent, self.project.root
        if os.path.isabs(mention.path):
            target = Path(os.path.normpath(mention.path))
            return _Hit(mention, target, None) if target in self.moves else None
        for base in (here,) if mention.is_link else (here, root):
            target = Path(os.path.normpath(base / mention.path))
            if target in self.moves and not (self.done and target in self._known):
                return _Hit(mention, target, base)
            if target in self._known:
                return None
        # The settings name by path, and their comments give examples.
        if mention.is_link or "/" in mention.path or path == self.project.config:
            return None
        same = self._named.get(mention.path, [])
        return _Hit(mention, same[0], None, bare=True) if len(same) == 1 and same[0] in self.moves else None

    def _written(self, path: Path, hit: _Hit, before: str) -> str:
        new = self.moves[hit.target]
        if hit.bare:
            return _enclosed(new.name, before, hit.mention)
        base = hit.base
        if base == self._origin(path).parent:
            base = self._now(path).parent
        if base == hit.base and new.parent == hit.target.parent:  # only the name is another one
            folder, slash, _ = before.rpartition("/")
            return f"{folder}{slash}{links.encoded(new.name) if hit.mention.is_link else new.name}"
        return _path_text(new, base, before, hit.mention)

    def _rebased(
        self, path: Path, text: str, language: Language, edits: Mapping[tuple[int, int], str]
    ) -> dict[tuple[int, int], str]:
        """What a file that changes its folder names beside the files that move."""
        before, now = self._origin(path).parent, self._now(path).parent
        found: dict[tuple[int, int], str] = {}
        for mention in destinations(text, language):
            span = mention.start, mention.end
            if any(start < span[1] and span[0] < end for start, end in edits):
                continue
            target = Path(os.path.normpath(before / mention.path))
            if target in self.moves or not _exists(target) or (self.done and _exists(now / mention.path)):
                continue
            new = _path_text(target, now, text[mention.start : mention.end], mention)
            if new != text[mention.start : mention.end]:
                found[span] = new
        return found


def _language(name: str) -> Language | None:
    return _LANGUAGES.get(name) or _LANGUAGES.get(os.path.splitext(name)[1])


def _text(path: Path) -> str | None:
    """The text of a file as it is, line ends and all; None where it is none, too large, or a link to elsewhere."""
    try:
        limit = NOTEBOOK_LIMIT if path.suffix == ".ipynb" else TEXT_LIMIT
        if path.is_symlink() or not path.is_file() or path.stat().st_size > limit:
            return None
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _tree(text: str) -> dict[str, Any]:
    try:
        tree = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def sources(text: str) -> list[tuple[int, Language, str]]:
    """The cells of a notebook's JSON, each with its index and language; none of a text that is no notebook."""
    return list(_cells(_tree(text)))


def _cells(tree: Mapping[str, Any]) -> Iterator[tuple[int, Language, str]]:
    cells = tree.get("cells")
    for index, cell in enumerate(cells if isinstance(cells, list) else []):
        if not isinstance(cell, dict):
            continue
        source = cell.get("source")
        text = "".join(line for line in source if isinstance(line, str)) if isinstance(source, list) else source
        if isinstance(text, str):
            yield index, "python" if cell.get("cell_type") == "code" else "markdown", text


def own_metadata(text: str) -> dict[str, Any]:
    """What mlnb has written into the metadata of a notebook; nothing of a text that is no notebook."""
    return _own(_tree(text))


def _own(tree: Mapping[str, Any]) -> dict[str, Any]:
    metadata = tree.get("metadata")
    own = metadata.get("mlnb") if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}


def _metadata_names(tree: Mapping[str, Any]) -> dict[str, list[str]]:
    """The notebooks that the metadata names as parent and children, from the root of the project."""
    own = _own(tree)
    found: dict[str, list[str]] = {}
    for key, kind in _OWN_NAMES.items():
        value = own.get(key)
        names: list[Any] = value if isinstance(value, list) else [value]
        if isinstance(value, kind) and names and all(isinstance(name, str) for name in names):
            found[key] = names
    return found


def _path_text(target: Path, base: Path | None, before: str, mention: Mention) -> str:
    """A path as it is written in a text, in the manner of what stood there."""
    if base is None:
        return str(target)
    path = Path(os.path.relpath(target, base)).as_posix()
    if re.match(r"\./", before) and not path.startswith("../"):
        path = f"./{path}"
    if mention.path.endswith("/") and not path.endswith("/"):
        path += "/"
    return links.encoded(path) if mention.is_link else _enclosed(path, before, mention)


def _enclosed(path: str, before: str, mention: Mention) -> str:
    """A word that now holds a space needs quotes."""
    return f'"{path}"' if mention.is_word and " " in path and " " not in before else path


def _applied(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    parts: list[str] = []
    done = 0
    for (start, end), new in sorted(edits.items()):
        if start < done:
            continue
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, a zero byte
        return False
