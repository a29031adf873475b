"""An experiment or deployment notebook declares no parameters.

## What it does

Looks for a code cell tagged `parameters`, or one that begins with the comment `# parameters`.

## Why

Without a parameters cell the notebook cannot be rerun with newer data or other settings; it can only be edited.

## Bad

```python
df = mlnb.load("bookings_2025-03-14_price-stay")
```

## Good

```python
# parameters
DATA = "bookings_2025-03-14_price-stay"
```

## Fix

Gather what a rerun may change in one cell that begins with `# parameters`.

## Suppress

Set `MLN304 = "off"` under `[rules]` in `mlnb.toml`.

## Known false positives

None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlnb.check.rule import Finding, Rule, Subject, severities
from mlnb.notebook.parameters import parameters_cell


def find(subject: Subject) -> Iterator[Finding]:
    if subject.notebook.code_cells and parameters_cell(subject.notebook) is None:
        yield Finding("there is no parameters cell: begin one with the comment “# parameters”")


RULE = Rule("MLN304", "no-parameters-cell", severities("off", experiment="warn", deployment="error"), find)
