"""A cell is not valid Python, also when IPython's own syntax is allowed for.

## What it does

Replaces magics, shell lines and `?` help, and compiles what is left of each cell on its own.

## Why

A notebook with a cell that cannot be compiled does not run to its end for anyone.

## Bad

```python
df = mlnb.load("bookings"
```

## Good

```python
df = mlnb.load("bookings")
```

## Fix

Mend the cell, or make it a raw cell if it is no code.

## Suppress

Set `MLN401 = "off"` under `[rules]` in `mlnb.toml`.

## Known false positives

Automagic (`ls` without `%`) is taken for Python.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlnb.check.rule import Finding, Rule, Subject, severities
from mlnb.notebook.syntax import compiles


def find(subject: Subject) -> Iterator[Finding]:
    for flow in subject.dataflow.cells:
        try:
            compiles(flow.source.code)  # finds more than parsing does, such as `return` outside a function
        except SyntaxError as error:
            place = subject.at(flow.cell, error.lineno or 1, max(error.offset or 1, 1))
            yield Finding(f"not valid Python: {error.msg}", place)
        except ValueError as error:  # NUL, half a character
            yield Finding(f"not valid Python: {error}", subject.at(flow.cell, 1, 1))


RULE = Rule("MLN401", "syntax", severities("warn", experiment="error", deployment="error"), find)
