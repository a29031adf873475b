"""The datasets of a lineage: which version a name in code or in a record means, also where it is gone."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from mlnb.errors import BadName
from mlnb.lineage.graph import Node
from mlnb.lineage.reading import Saved
from mlnb.project import Project
from mlnb.records.dataset import DatasetRecord
from mlnb.records.dataset_name import DatasetName, Reference


class Version(Protocol):
    """A version on disk, as `mlnb.data` lists it."""

    @property
    def name(self) -> DatasetName: ...
    @property
    def path(self) -> Path: ...
    @property
    def record(self) -> DatasetRecord | None: ...
    @property
    def problem(self) -> str | None: ...


class Datasets:
    """Every version on disk, and those that are only named."""

    def __init__(self, project: Project, versions: Sequence[Version]) -> None:
        self.versions = tuple(versions)
        self._project = project
        self._nodes: dict[str, Node] = {}
        # Ids of nodes, by what people and records call them.
        self._by_stem: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_path: dict[str, str] = {}
        self._names: dict[str, DatasetName] = {}
        references = Counter(version.name.reference for version in versions)
        for version in sorted(versions, key=lambda each: each.name.order):
            node = self._listed(version, unique=references[version.name.reference] == 1)
            self._by_stem.setdefault(version.name.stem, node.id)
            self._by_name[version.name.name].append(node.id)
            self._by_path[str(version.path)] = node.id
            self._names[node.id] = version.name

    def nodes(self) -> Iterator[Node]:
        yield from self._nodes.values()

    def of(self, version: Version) -> str:
        return self._by_path[str(version.path)]

    def named(self, text: str, folder: Path | None = None) -> str | None:
        """The id of what `text` means to `mlnb.load`; None where it names nothing. A path is relative to `folder`."""
        if folder and ("/" in text or os.sep in text or (Path(text).suffix and os.path.isfile(folder / text))):
            return self.file(text, folder)
        try:
            full = DatasetName.parse(text)
        except BadName:
            return self._referred(text)
        return self._by_stem.get(full.stem) or self._gone(full)

    def saved(self, saved: Saved, loaded: Sequence[str]) -> str | None:
        """The id of the version that a call of `mlnb.save` writes, dated as the newest of what was `loaded`."""
        dates = [self._names[node].iso_date for node in loaded if node in self._names]
        as_of = saved.as_of or max(dates, default=None)
        if as_of is None:
            return None
        try:
            full = DatasetName.parse(f"{saved.name}_{as_of}_{saved.features}")
        except BadName:
            return None
        return self._by_stem.get(full.stem) or self._gone(full, "not written yet")

    def unknown(self, file: str) -> str:
        """The id of a file that is known by nothing but its name."""
        node = f"dataset:{file}"
        self._nodes.setdefault(
            node, Node(id=node, type="dataset", label=file, detail="read by its path, which was not recorded")
        )
        return node

    def _referred(self, text: str) -> str | None:
        try:
            reference = Reference.parse(text)
        except BadName:
            return None
        fitting = [
            node
            for node in self._by_name.get(reference.name, [])
            if reference.date is None or self._names[node].iso_date.startswith(reference.date)
        ]
        if fitting:
            return fitting[-1]
        node = f"dataset:{text}"
        self._nodes.setdefault(node, Node(id=node, type="dataset", label=text, missing=True, detail="no such version"))
        return node

    def file(self, text: str, folder: Path) -> str:
        """The id of the file at a path as code in `folder` writes it, or from the root where it is only there."""
        path = Path(os.path.normpath(folder / text))
        from_root = Path(os.path.normpath(self._project.root / text))
        if not os.path.isfile(path) and os.path.isfile(from_root):
            path = from_root
        if known := self._by_path.get(str(path)):
            return known
        inside = path.is_relative_to(self._project.root)
        shown = path.relative_to(self._project.root).as_posix() if inside else text
        node = f"dataset:{shown}"
        if node not in self._nodes:
            there = inside and os.path.isfile(path)
            detail = "undated file" if there else "no such file" if inside else "outside the project"
            self._nodes[node] = Node(
                id=node,
                type="dataset",
                label=path.name,
                path=shown if there else None,
                when=changed(path) if there else None,
                missing=inside and not there,
                detail=detail,
                also=(shown,),
            )
        return node

    def _gone(self, name: DatasetName, detail: str = "no such version") -> str:
        node = f"dataset:{name.stem}"
        if node not in self._nodes:
            self._nodes[node] = Node(
                id=node,
                type="dataset",
                label=name.stem,
                missing=True,
                detail=detail,
                also=(name.reference, name.name),
            )
            self._by_stem.setdefault(name.stem, node)
            self._names[node] = name
        return node

    def _listed(self, version: Version, *, unique: bool) -> Node:
        name, record = version.name, version.record
        path = self._project.relative(version.path)
        facts = f"{record.rows:,} rows, {len(record.columns)} columns" if record else "not registered"
        node = Node(
            id=f"dataset:{path}",
            type="dataset",
            label=name.reference if unique else name.stem,
            path=path,
            when=record.registered_at if record else changed(version.path),
            detail=f"{name.features} · {facts if not version.problem else 'damaged record'}",
            also=(name.stem, str(name), name.reference, name.name),
        )
        self._nodes[node.id] = node
        return node


def changed(path: Path) -> str | None:
    """When a file was last changed, None where nobody can say any more."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except (OSError, OverflowError, ValueError):
        return None
