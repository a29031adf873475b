"""The file name is a leftover: Untitled, a copy, or “final”.

## What it does

Looks for `Untitled`, `-Copy1`, `final`, `latest`, `tmp` and `backup` in the file name.

## Why

Nobody knows which of `model-final`, `model-final-Copy1` and `Untitled7` ran in production.

## Bad

`030_experiment_price-Copy1.ipynb`

## Good

`031_experiment_price-with-holidays.ipynb`

## Fix

Rename the notebook to say how it differs.

## Suppress

List it under `scratch` in `mlnb.toml` while it is temporary.

## Known false positives

A notebook about final exams.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlnb.check.rule import Finding, Rule, Subject, severities

_LEFTOVER = re.compile(
    r"^(?P<untitled>Untitled\d*)$|(?P<copy>-Copy\d+)$|(?:^|[\W_])(?P<word>final|latest|tmp|backup)(?:[\W_]|$)"
)


def find(subject: Subject) -> Iterator[Finding]:
    if found := _LEFTOVER.search(subject.path.stem):
        leftover = next(group for group in found.groups() if group)
        yield Finding(f"“{leftover}” in the file name says nothing: rename the notebook to say how it differs")


RULE = Rule("MLN104", "name-leftover", severities("warn"), find)
