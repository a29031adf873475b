"""A dataset is read from a file whose name has no date.

## What it does

Looks for pandas-style reads (`read_csv`, `read_parquet`, …) of a literal path, and asks that
the file name follows `name_date_features`. Addresses with a scheme such as `https://` are left alone.

## Why

When the file behind an undated name changes, nobody can tell any more which data a model was trained on.

## Bad

```python
df = pd.read_csv("../data/bookings.csv")
```

## Good

```python
df = mlnb.load("bookings_2025-03-14_price-stay")
```

## Fix

Register the file with `mlnb data add bookings.csv --date 2025-03-14 --features price-stay` and load it by its name.

## Suppress

Set `MLN201 = "off"` under `[rules]` in `mlnb.toml`, or list the file under `datasets.exempt`.

## Known false positives

Small look-up tables that never change.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from mlnb.check.rule import Finding, Rule, Subject, severities
from mlnb.errors import BadName
from mlnb.notebook.source import to_python
from mlnb.notebook.syntax import parse
from mlnb.records.dataset_name import DatasetName

_READERS = {
    *("read_csv", "read_table", "read_parquet", "read_feather", "read_excel", "read_json", "read_pickle", "read_orc"),
    *("scan_csv", "scan_parquet", "read_ndjson"),
}


def find(subject: Subject) -> Iterator[Finding]:
    for cell in subject.notebook.code_cells:
        try:
            tree = parse(to_python(cell.source).code)
        except (SyntaxError, ValueError):
            continue  # MLN401 tells of it
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            path = _undated(call)
            if path and not _is_exempt(subject, path):
                name = PurePosixPath(path.replace("\\", "/")).name or path
                place = subject.at(cell, call.lineno, call.col_offset + 1)
                yield Finding(f"“{name}” has no date in its name; `mlnb data add` gives it one", place)


def _undated(call: ast.Call) -> str | None:
    reader = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    path = call.args[0] if call.args else None
    if reader not in _READERS or not isinstance(path, ast.Constant) or not isinstance(path.value, str):
        return None
    if "://" in path.value:
        return None
    parts = PurePosixPath(path.value.replace("\\", "/")).parts
    if any(_dated(part) for part in parts[-2:]):  # the file, or the folder of a directory dataset
        return None
    return path.value


def _is_exempt(subject: Subject, path: str) -> bool:
    """Where the settings say so, as written from the notebook's folder or from the root."""
    folders = (subject.path.parent, subject.project.root)
    return "\0" not in path and any(subject.project.needs_no_date(folder / path) for folder in folders)


def _dated(name: str) -> bool:
    try:
        DatasetName.parse(name)
    except BadName:
        return False
    return True


RULE = Rule("MLN201", "undated-dataset-read", severities("warn", exploration="info", deployment="error"), find)
