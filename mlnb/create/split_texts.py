"""The two notebooks that a split makes, as trees and texts; nothing is written here."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from mlnb.create.split_crossing import Handover, Piece
from mlnb.errors import BadName
from mlnb.notebook import document, links, patch
from mlnb.notebook.names import RESERVED, slugify

_LONGEST_NAME = 60
_LONGEST_NOTE = 40
_MODULES = {"mlnb": "import mlnb", "pd": "import pandas as pd"}
_ORIGINS = {"pd": "pandas"}


@dataclass(frozen=True)
class Kept:
    """Something that the first part saves. `frame` is the expression that is saved, `parameter` names it later."""

    name: str
    features: str
    frame: str
    parameter: str
    loads: tuple[str, ...]


@dataclass(frozen=True)
class Files:
    """All that goes through files: what is saved, names for the same object, and the modules that are needed."""

    kept: tuple[Kept, ...]
    same: tuple[str, ...]
    modules_before: tuple[str, ...]
    modules_after: tuple[str, ...]


def files(values: Mapping[str, Mapping[str, Any]], stem: str, taken: Collection[str], used: Collection[str]) -> Files:
    """Name what is kept, from what the kernel reported of each value.

    `stem` is the slug of the notebook, `taken` are names of datasets, `used` names of variables.
    """
    names, parameters = set(taken), set(used)
    tables = {name: one for name, one in values.items() if one["how"] == "dataset" and "same" not in one}
    rows = {name: one for name, one in values.items() if one["how"] == "value" and "same" not in one}
    alone = len(tables) + bool(rows) == 1
    kept: list[Kept] = []
    before: list[str] = []
    after: list[str] = []
    for name, one in tables.items():
        parameter = _free("DATA" if alone else f"{name.upper()}_DATA", parameters)
        loads = (f"{name} = {one['load'].replace('LOADED', f'mlnb.load({parameter})', 1)}", *one["after"])
        kept.append(Kept(_dataset(stem, name, names), _note(one["columns"]), one["save"], parameter, loads))
        before += ["pd"] if "pd." in one["save"] else []
        after += ["pd"] if any("pd." in line for line in loads) else []
    if rows:
        parameter = _free("DATA" if alone else "VALUES_DATA", parameters)
        row = _free("values", parameters)
        loads = (
            f"{row} = mlnb.load({parameter})",
            *(f"{name} = {one['load'].replace('LOADED', row)}" for name, one in rows.items()),
        )
        columns = ", ".join(f'"{name}": [{one["save"]}]' for name, one in rows.items())
        frame = f"pd.DataFrame({{{columns}}})"
        kept.append(Kept(_dataset(stem, "values", names), _note(rows), frame, parameter, loads))
        before += ["pd", *(module for one in rows.values() for module in one["modules"] if f"{module}." in one["save"])]
        after += [module for one in rows.values() for module in one["modules"] if f"{module}." in one["load"]]
    same = tuple(f"{name} = {one['same']}" for name, one in values.items() if "same" in one)
    own = ["mlnb"] if kept else []
    return Files(tuple(kept), same, (*sorted(set(before)), *own), (*sorted(set(after)), *own))


def _dataset(stem: str, name: str, taken: set[str]) -> str:
    """A free dataset name for a variable of a notebook: `rain-tomorrow-train`."""
    words = _slug(name, "table")
    start = f"{stem[: _LONGEST_NAME - len(words) - 4].rstrip('-')}-{words}"[: _LONGEST_NAME - 3].rstrip("-")
    found, number = start, 1
    while found in taken or found.casefold() in RESERVED:
        number += 1
        found = f"{start}-{number}"
    taken.add(found)
    return found


def _note(columns: Iterable[str]) -> str:
    """The note of features: the first columns."""
    note = ""
    for column in columns:
        longer = f"{note}-{_slug(column, '')}".strip("-")
        if len(longer) > _LONGEST_NOTE:
            break
        note = longer
    return note if note and note.casefold() not in RESERVED else "table"


def _slug(text: str, otherwise: str) -> str:
    try:
        return slugify(text)[:_LONGEST_NOTE].strip("-") or otherwise
    except BadName:
        return otherwise


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found


# ------------------------------------------------------------------ the first part


def saving(kept: Files, path: Path, imported: Mapping[str, str], as_of: str | None) -> str | None:
    """The source of the cell that saves what the next notebook goes on with; None where nothing is saved."""
    if not kept.kept:
        return None
    lines = [f"# What {path.stem} goes on with."]
    imports = _imports(kept.modules_before, imported)
    lines += [*_apart(imports), ""] if imports else []
    date = f", as_of={as_of!r}".replace("'", '"') if as_of else ""
    lines += [f'mlnb.save({one.frame}, "{one.name}", features="{one.features}"{date})' for one in kept.kept]
    return "\n".join(lines)


def first_part(text: str, notebook: document.Notebook, cut: int, path: Path, relative: str, source: str | None) -> str:
    """The original with the Next link, without the cells from the cut on, and with a last cell that saves.

    `path` is that of the new notebook, `relative` the same from the root of the project.
    """
    link = links.markdown(path, notebook.path)
    header = links.header_cell(notebook)
    ids = any(cell.id is not None for cell in notebook.cells)
    cells: list[dict[str, Any]] = []
    if header is not None and header.index < cut:
        text = patch.with_sources(text, {header.index: links.with_next(header.source, link)})
    else:
        cells.append(_cell("markdown", f"**Next:** {link}", ids))
    if source is not None:
        cells.append(_cell("code", source, ids))
    text = patch.with_tail(text, cut, cells)
    own = notebook.metadata.get("mlnb")
    known = own.get("children") if isinstance(own, dict) else None
    children = [one for one in known if isinstance(one, str)] if isinstance(known, list) else []
    return patch.with_metadata(text, ("mlnb", "children"), list(dict.fromkeys([*children, relative])))


def _cell(kind: str, source: str, ids: bool, tags: Sequence[str] = ()) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {"tags": list(tags)} if tags else {}, "source": source}
    if ids:
        cell["id"] = secrets.token_hex(4)
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


# ------------------------------------------------------------------ the second part


@dataclass(frozen=True)
class SecondPart:
    """The new notebook. `moved` maps the index of each moved cell in the original to its index here."""

    tree: document.Tree
    moved: Mapping[int, int]


def second_part(
    head: document.Tree,
    original: document.Tree,
    cut: int,
    hand: Handover,
    kept: Files,
    refs: Mapping[str, str],
) -> SecondPart:
    """The template's head, the parameters, what is copied and loaded, and the moved cells without outputs.

    `refs` maps each parameter that names a dataset to the version it is pinned to.
    """
    kinds = [cell["cell_type"] for cell in head["cells"]]
    above = head["cells"][: kinds.index("code") if "code" in kinds else len(kinds)]
    setup, definitions = _arranged(hand.pieces)
    parameters = ["# parameters", *(f'{name}: str = "{ref}"' for name, ref in refs.items())]
    parameters += [constant.text for constant in hand.literals]
    sources = [_setup(setup, hand.imported, kept), _spaced(definitions)]
    cells = [
        *above,
        _cell("code", "\n".join(parameters), True, ["parameters"]),
        *(_cell("code", source, True) for source in sources if source),
    ]
    moved = {cut + number: len(cells) + number for number in range(len(original["cells"]) - cut)}
    cells += [_without_outputs(cell) for cell in original["cells"][cut:]]
    kernel = {key: value for key, value in original["metadata"].items() if key in ("kernelspec", "language_info")}
    return SecondPart({**head, "cells": cells, "metadata": {**head["metadata"], **kernel}}, moved)


def _without_outputs(cell: Mapping[str, Any]) -> dict[str, Any]:
    bare = {**cell, "id": cell.get("id") or secrets.token_hex(4)}
    return bare | {"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else bare


def _setup(pieces: Sequence[Piece], imported: Mapping[str, str], kept: Files) -> str:
    """Imports, what sets something up, and the loads; what was in a certain order stays in it."""
    copied = {name: imported[name] for piece in pieces for name in piece.names & imported.keys()}
    imports = _imports(kept.modules_after, copied)
    blocks = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.is_import)]
    texts = ["\n".join(_apart(piece.text for piece in block)) for block in blocks]
    if imports and blocks and blocks[0][0].is_import:
        texts[0] = "\n".join(_apart([texts[0], *imports]))
    else:
        texts.append("\n".join(_apart(imports)))
    texts.append("\n".join([*(line for one in kept.kept for line in one.loads), *kept.same]))
    return "\n\n".join(text for text in texts if text)


def _apart(lines: Iterable[str]) -> list[str]:
    """Imports with mlnb apart from those of others, as the templates have it."""
    given = list(lines)
    return [f"\n{line}" if line == "import mlnb" and number else line for number, line in enumerate(given)]


def _arranged(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What comes before the data is loaded, and what comes after: definitions, and what is made with them."""
    late: set[str] = set()
    setup: list[Piece] = []
    definitions: list[Piece] = []
    for piece in pieces:
        if piece.is_definition or (not piece.is_import and piece.reads & late):
            definitions.append(piece)
            late |= piece.names
        else:
            setup.append(piece)
    return setup, definitions


def _imports(modules: Iterable[str], imported: Mapping[str, str]) -> list[str]:
    """The imports of modules that are not there under the name that is used."""
    return [_MODULES.get(name, f"import {name}") for name in modules if imported.get(name) != _ORIGINS.get(name, name)]


def _spaced(pieces: Sequence[Piece]) -> str:
    """Definitions with two empty lines around each, as PEP 8 has them."""
    text = ""
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            text += "\n\n\n" if piece.is_definition or before.is_definition else "\n"
        text += piece.text
    return re.sub(r"\n{4,}", "\n\n\n", text)
