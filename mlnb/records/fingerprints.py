"""What a notebook is recognised by after somebody moved it: its id, and the hashes of its cells."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIMIT = 50_000_000  # of a larger file only the beginning is looked at
_INJECTED = "injected-parameters"  # papermill's cell in an executed notebook


@dataclass(frozen=True)
class Fingerprint:
    """`cells` are the hashes of the cells that hold something; of a file that is no notebook one of its bytes."""

    id: str | None
    cells: tuple[str, ...]


def fingerprint(path: Path) -> Fingerprint:
    """Read a file's fingerprint, whatever it holds. Raises OSError."""
    with path.open("rb") as file:
        content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        return Fingerprint(None, (_hash(f"{path.stat().st_size}".encode() + content[:LIMIT]),))
    try:
        tree = json.loads(content.decode("utf-8-sig"))
        cells = [_hash(cell.encode("utf-8", "surrogatepass")) for cell in _cells(tree)]
    except (ValueError, RecursionError, AttributeError):
        return Fingerprint(None, (_hash(content),) if content.strip() else ())
    metadata = tree.get("metadata")
    own = metadata.get("mlnb") if isinstance(metadata, dict) else None
    identity = own.get("id") if isinstance(own, dict) else None
    return Fingerprint(identity if isinstance(identity, str) and identity else None, tuple(cells))


def _cells(tree: Any) -> Iterator[str]:
    cells = tree.get("cells")
    if not isinstance(cells, list):  # format 3 and older
        sheets = tree.get("worksheets")
        if not isinstance(sheets, list):
            raise ValueError("not a notebook")
        cells = [cell for sheet in sheets for cell in sheet.get("cells", ())]
    for cell in cells:
        metadata = cell.get("metadata")
        tags = metadata.get("tags") if isinstance(metadata, dict) else None
        source = cell.get("source", cell.get("input", ""))
        text = "".join(str(line) for line in source) if isinstance(source, list) else str(source)
        if text.strip() and not (isinstance(tags, list) and _INJECTED in tags):
            yield f"{cell.get('cell_type')}\n{text.rstrip()}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


_Pairs = Iterator[tuple[str, str]]


def matched(gone: Mapping[str, Fingerprint], fresh: Mapping[str, Fingerprint]) -> list[tuple[str, str]]:
    """Which of the fresh files is which of those that are gone.

    The evidence in order: the same id; the same cells; at least half of the cells the same. Where two files could be
    one, or one could be two, nothing is matched.
    """
    found: list[tuple[str, str]] = []
    left, free = dict(gone), dict(fresh)
    for evidence in (_by_id, _by_cells, _by_half):
        pairs = list(evidence(left, free))
        olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
        for old, new in pairs:
            left.pop(old, None)
            if olds[old] == news[new] == 1:
                found.append((old, new))
                free.pop(new)
    return found


def _by_id(gone: Mapping[str, Fingerprint], fresh: Mapping[str, Fingerprint]) -> _Pairs:
    yield from _by(lambda one: one.id, gone, fresh)


def _by_cells(gone: Mapping[str, Fingerprint], fresh: Mapping[str, Fingerprint]) -> _Pairs:
    yield from _by(lambda one: one.cells or None, gone, fresh)


def _by(
    key: Callable[[Fingerprint], object], gone: Mapping[str, Fingerprint], fresh: Mapping[str, Fingerprint]
) -> _Pairs:
    having: dict[object, list[str]] = defaultdict(list)
    for new, one in fresh.items():
        having[key(one)].append(new)
    for old, one in gone.items():
        for new in having[key(one)] if key(one) is not None else ():
            if not _differ(one, fresh[new]):
                yield old, new


def _by_half(gone: Mapping[str, Fingerprint], fresh: Mapping[str, Fingerprint]) -> _Pairs:
    holding: dict[str, list[str]] = defaultdict(list)
    for new, one in fresh.items():
        for cell in set(one.cells):
            holding[cell].append(new)
    for old, one in gone.items():
        shared = Counter(new for cell in set(one.cells) for new in holding[cell])
        for new, count in shared.items():
            most = max(len(set(one.cells)), len(set(fresh[new].cells)))
            if count >= 2 and 2 * count >= most and not _differ(one, fresh[new]):
                yield old, new


def _differ(one: Fingerprint, other: Fingerprint) -> bool:
    """Two notebooks of one template look alike, but their ids tell them apart."""
    return one.id is not None and other.id is not None and one.id != other.id
