"""A name is used in a cell above the one that defines it.

## What it does

Follows definitions and uses over the cells from top to bottom, and reports a name that only a later cell binds.

## Why

Such a notebook works in the session it was written in and fails on the first clean run.

## Bad

```python
model.fit(X, y)          # cell 3
```
```python
model = Ridge()          # cell 5
```

## Good

The cell that defines `model` comes first.

## Fix

Move the defining cell up.

## Suppress

Set `MLN420 = "off"` under `[rules]` in `mlnb.toml`.

## Known false positives

None known: a name that a star import or a magic may bind is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlnb.check.rule import Finding, Rule, Subject, severities


def find(subject: Subject) -> Iterator[Finding]:
    reported: set[str] = set()
    for undefined in subject.dataflow.undefined():
        name = undefined.read.name
        if undefined.later is None or name in reported:
            continue  # bound nowhere: another cause
        reported.add(name)
        place = subject.at(undefined.cell, undefined.read.line, undefined.read.column + 1)
        yield Finding(f"“{name}” is used here but defined only in {undefined.later.place}", place)


RULE = Rule("MLN420", "used-before-defined", severities("warn", experiment="error", deployment="error"), find)
