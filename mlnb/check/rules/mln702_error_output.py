"""A cell shows an error as its output.

## What it does

Looks for error outputs in code cells, except those tagged `raises-exception`.

## Why

The reader cannot tell whether the results below come from before or after the failure.

## Bad

A cell that ends in `KeyError: 'price'`.

## Good

The mended cell, executed again.

## Fix

Mend the cell and run the notebook from the top.

## Suppress

Tag the cell `raises-exception` where the error is the point.

## Known false positives

None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlnb.check.rule import Finding, Rule, Subject, severities


def find(subject: Subject) -> Iterator[Finding]:
    for cell in subject.notebook.code_cells:
        if "raises-exception" in cell.tags:
            continue
        for output in cell.outputs:
            if output.get("output_type") == "error":
                yield Finding(f"the cell ended in {str(output.get('ename') or 'an error')[:100]}", subject.at(cell))
                break


RULE = Rule("MLN702", "error-output", severities("warn", exploration="info", deployment="error"), find)
