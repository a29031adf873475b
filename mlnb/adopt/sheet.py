"""The plan as a CSV file that people edit in a spreadsheet, and back again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from mlnb.adopt.check import inside
from mlnb.adopt.classify import Confidence
from mlnb.adopt.dates import DateFrom
from mlnb.adopt.rows import DatasetRow, NotebookRow, Plan
from mlnb.errors import MlnbError
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

# Columns to edit first; the others are there to decide by.
COLUMNS = (
    *("what", "apply", "path", "kind", "number", "title", "folder", "name", "date", "features"),
    *("becomes", "confidence", "reasons", "references", "problem", "date from", "date why", "sha256"),
)
_NEEDED = {"what", "apply", "path", "sha256"}
_NOTEBOOK, _DATASET = "notebook", "dataset"
_YES = {"yes", "y", "true", "1", "x", "ja", "oui", "si", "sí", "wahr", "verdadero"}
_NO = {"no", "n", "false", "0", "", "nein", "non", "falsch", "falso"}
_DELIMITERS = ",;\t"
_LARGEST = 50_000_000
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = re.compile(r"^'*[=+\-@\t\r\n|%]|^'")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BadPlan(MlnbError):
    """The file is not a plan, or a line of it cannot be understood."""


def write(project: Project, plan: Plan) -> str:
    """The plan as CSV, with a mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    sheet.writeheader()
    for row in plan.all:
        cells = _notebook(project, row) if isinstance(row, NotebookRow) else _dataset(project, row)
        sheet.writerow({column: _guarded(text) for column, text in cells.items()})
    return "\ufeff" + out.getvalue()


def _notebook(project: Project, row: NotebookRow) -> dict[str, str]:
    return {
        "what": _NOTEBOOK,
        "apply": "yes" if row.apply else "no",
        "path": project.relative(row.path),
        "kind": row.kind.value if row.kind else "",
        "number": "" if row.number is None else str(row.number),
        "title": row.title,
        "folder": project.relative(row.folder),
        "becomes": project.relative(row.proposed) if row.proposed else "",
        "confidence": row.confidence,
        "reasons": "; ".join(row.reasons),
        "references": str(row.references),
        "problem": row.problem or "",
        "sha256": row.sha256,
    }


def _dataset(project: Project, row: DatasetRow) -> dict[str, str]:
    return {
        "what": _DATASET,
        "apply": "yes" if row.apply else "no",
        "path": project.relative(row.path),
        "name": row.name,
        "date": row.date or "",
        "features": row.features,
        "becomes": project.relative(row.proposed) if row.proposed else "",
        "references": str(row.references),
        "problem": row.problem or "",
        "date from": row.date_from or "",
        "date why": row.date_why,
        "sha256": row.sha256,
    }


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


# ---------------------------------------------------------------- reading


def read(project: Project, file: Path) -> Plan:
    """The plan in a file, as edited; columns that people added are passed over. Raises `BadPlan` naming the line."""
    rows: list[NotebookRow] = []
    datasets: list[DatasetRow] = []
    seen: dict[Path, int] = {}
    for line, cells in _lines(file):
        try:
            row = _READERS[_one_of(cells, "what", tuple(_READERS))](project, cells)
        except MlnbError as error:
            raise BadPlan(f"{file.name} line {line}: {error}") from None
        if row.path in seen:
            raise BadPlan(f"{file.name} line {line}: {cells['path']} stands in line {seen[row.path]} already")
        seen[row.path] = line
        if isinstance(row, NotebookRow):
            rows.append(row)
        else:
            datasets.append(row)
    if seen and not any(path.exists() for path in seen):
        raise BadPlan(f"{file.name} is the plan of another folder: none of its files is in {project.root}")
    return Plan(project.root, False, tuple(rows), tuple(datasets), (), 0, 0.0)


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers, whatever sign the spreadsheet put between cells."""
    try:
        if file.stat().st_size > _LARGEST:
            raise BadPlan(f"{file} is too large to be a plan")
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadPlan(f"{file} is not UTF-8 text: save it as “CSV UTF-8”") from None
    except OSError as error:
        raise BadPlan(f"{file} cannot be read: {error.strerror}") from None
    head = text.split("\n", 1)[0]
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    try:
        columns = [name.strip().casefold() for name in next(sheet, [])]
        if missing := sorted(_NEEDED - set(columns)):
            raise BadPlan(f"{file} is not a plan of `mlnb adopt --write`: it has no column “{missing[0]}”")
        for cells in sheet:
            if any(cell.strip() for cell in cells):
                row = dict(zip(columns, (_unguarded(cell.strip()) for cell in cells), strict=False))
                yield sheet.line_num, dict.fromkeys(_NEEDED, "") | row
    except csv.Error as error:
        raise BadPlan(f"{file} line {sheet.line_num}: {error}") from None


def _read_notebook(project: Project, cells: Mapping[str, str]) -> NotebookRow:
    path = inside(project, project.root / cells["path"])
    kind = _one_of(cells, "kind", ("", *Kind))
    folder = cells.get("folder", "")
    return NotebookRow(
        path=path,
        kind=Kind(kind) if kind else None,
        confidence=_confidence(cells),
        reasons=tuple(part for part in cells.get("reasons", "").split("; ") if part),
        title=cells.get("title", ""),
        number=_number(cells),
        folder=inside(project, project.root / folder) if folder else path.parent,
        proposed=None,
        references=int(cells["references"]) if cells.get("references", "").isdecimal() else 0,
        apply=_applies(cells),
        problem=None,
        sha256=_sha256(cells),
    )


def _read_dataset(project: Project, cells: Mapping[str, str]) -> DatasetRow:
    found_in: dict[str, DateFrom] = {name: name for name in get_args(DateFrom)}
    return DatasetRow(
        path=inside(project, project.root / cells["path"]),
        name=cells.get("name", ""),
        date=cells.get("date") or None,
        date_from=found_in.get(cells.get("date from", "")),
        date_why=cells.get("date why", ""),
        features=cells.get("features", ""),
        proposed=None,
        references=int(cells["references"]) if cells.get("references", "").isdecimal() else 0,
        apply=_applies(cells),
        problem=None,
        sha256=_sha256(cells),
    )


_READERS: dict[str, Callable[[Project, Mapping[str, str]], NotebookRow | DatasetRow]] = {
    _NOTEBOOK: _read_notebook,
    _DATASET: _read_dataset,
}


def _one_of(cells: Mapping[str, str], column: str, known: tuple[str, ...]) -> str:
    text = cells.get(column, "").casefold()
    if text not in known:
        raise BadPlan(f"“{text}” is no {column}: use {', '.join(name for name in known if name)}")
    return text


def _applies(cells: Mapping[str, str]) -> bool:
    text = cells["apply"].casefold()
    if text not in _YES | _NO:
        raise BadPlan(f"“{cells['apply']}” under “apply” is neither yes nor no")
    return text in _YES


def _number(cells: Mapping[str, str]) -> int | None:
    text = cells.get("number", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise BadPlan(f"“{text}” is no number of a notebook: use 0 to 9999")
    return int(text)


def _confidence(cells: Mapping[str, str]) -> Confidence:
    known: dict[str, Confidence] = {name: name for name in get_args(Confidence)}
    return known.get(cells.get("confidence", ""), "low")


def _sha256(cells: Mapping[str, str]) -> str:
    if not _SHA256.fullmatch(cells["sha256"]):
        raise BadPlan(f"“{cells['sha256'][:20]}” is no hash: leave the column sha256 as it was written")
    return cells["sha256"]


def confirmed(plan: Plan, dates: str | None, *, everything: bool) -> Plan:
    """The plan with more rows to apply: notebooks of low confidence, and datasets dated by what was confirmed.

    `dates` is “content” for dates from names and content, “file-time” for those of the file as well.
    """
    trusted = {"content": ("name", "content"), "file-time": ("name", "content", "file time")}.get(dates or "", ())
    return replace(
        plan,
        rows=tuple(replace(row, apply=True) if everything and row.kind else row for row in plan.rows),
        datasets=tuple(replace(row, apply=True) if row.date_from in trusted else row for row in plan.datasets),
    )
