"""The file name does not say which kind of notebook this is, or what it is about.

## What it does

Reads the file name and asks for exactly one kind (exploration, cleaning, experiment, deployment, or an alias such as
`eda`) and at least one descriptive word.

## Why

The kind and a description in the name are what lets anyone find a notebook again months later.

## Bad

`analysis.ipynb`, `experiment.ipynb`

## Good

`030_experiment_lightgbm-monotone-price.ipynb`

## Fix

Rename the notebook.

## Suppress

List it under `scratch` in `mlnb.toml` while it is temporary: then its name is only remarked on.

## Known false positives

None known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlnb.check.rule import Finding, Rule, Subject, severities


def find(subject: Subject) -> Iterator[Finding]:
    if subject.name.kind is None:
        reason = "names two kinds" if subject.name.ambiguous else "names no kind with a description"
        yield Finding(f"“{subject.path.name}” {reason}; a good name is {subject.project.names.example}")


RULE = Rule("MLN101", "kind-missing", severities("error"), find)
