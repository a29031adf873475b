"""`python benchmarks/adopt.py [FOLDER]`: how long it takes to plan the adoption of 1 000 notebooks, on one core.

The notebooks are those below FOLDER, as many as there are; without it they are made up, with plots in their outputs.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from mlnb import api

COUNT = 1000
ROUNDS = 3
SUBJECTS = ("bookings", "churn", "house prices", "titanic", "weather", "credit risk", "reviews", "sensor drift")
STEPS = {
    "eda": (
        "df.head()",
        "df.describe()",
        "df.{c}.hist(bins=30)\nplt.show()",
        "sns.heatmap(df.corr())",
        "df.{c}.value_counts()",
    ),
    "cleaning": (
        "df = df.dropna(subset=['{c}'])",
        "df['{c}'] = pd.to_numeric(df['{c}'], errors='coerce')",
        "df = df.merge(other, on='id').drop_duplicates()",
        "df.to_csv('../data/{s}_clean.csv', index=False)",
    ),
    "model": (
        "X_train, X_test, y_train, y_test = train_test_split(df.drop(columns='{c}'), df['{c}'], random_state=0)",
        "model = RandomForestClassifier(n_estimators=200)\nmodel.fit(X_train, y_train)",
        "print(classification_report(y_test, model.predict(X_test)))",
        "for depth in range(2, 9):\n    print(depth, cross_val_score(RandomForestClassifier(depth), X_train, y_train))",
    ),
    "inference": (
        "model = joblib.load('../models/{s}.joblib')",
        "df['{c}'] = model.predict(df)",
        "df.to_csv('submission.csv')",
    ),
}
HEAD = """\
%matplotlib inline
import joblib
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import classification_report
from sklearn.model_selection import cross_val_score, train_test_split
"""


def made_up(folder: Path, count: int) -> None:
    """Notebooks as people leave them: 10 to 60 cells, pictures of some 50 kB, links to one another."""
    chance = random.Random(7)
    for number in range(count):
        what = chance.choice(list(STEPS))
        subject = chance.choice(SUBJECTS)
        slug = subject.replace(" ", "_")
        cells = [_markdown(f"# {subject.title()}: {what} {number}"), _code(HEAD, chance)]
        cells.append(_code(f"df = pd.read_csv('../data/{slug}.csv')\ndf.shape", chance))
        if number:
            before = f"../part{(number - 1) // 50}/{number - 1:04}.ipynb"
            cells.append(_markdown(f"Goes on from [the one before]({before})."))
        for step in range(chance.randint(6, 50)):
            text = chance.choice(STEPS[what]).format(c=f"column_{step % 7}", s=slug)
            seen = f"## Step {step}\n\n{'What we see here. ' * 8}"
            cells.append(_markdown(seen) if step % 4 == 0 else _code(text, chance))
        path = folder / f"part{number // 50}" / f"{number:04}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        tree = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
        path.write_text(json.dumps(tree, indent=1), encoding="utf-8")


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str, chance: random.Random) -> dict[str, Any]:
    outputs: list[dict[str, Any]] = []
    if "plt." in text or "sns." in text:
        picture = base64.b64encode(chance.randbytes(40_000)).decode()
        outputs.append({"output_type": "display_data", "metadata": {}, "data": {"image/png": picture}})
    source = text.splitlines(keepends=True)
    return {"cell_type": "code", "metadata": {}, "source": source, "execution_count": 1, "outputs": outputs}


def copied(source: Path, folder: Path, count: int) -> int:
    """Real notebooks in their folders, up to `count`."""
    paths = [path for path in sorted(source.rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts]
    chosen = random.Random(7).sample(paths, min(count, len(paths)))
    for path in chosen:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=COUNT)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(prefix="mlnb-benchmark-") as temporary:
        root = Path(temporary) / "shelf"
        count = asked.count
        if asked.folder:
            count = copied(asked.folder.resolve(), root, asked.count)
        else:
            made_up(root, count)
        project = api.init(root)
        size = sum(path.stat().st_size for path in root.rglob("*.ipynb"))
        plans = []
        seconds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            plans.append(api.adopt_plan(project, root))
            seconds.append(time.perf_counter() - start)
        plan = plans[-1]
        kinds = Counter(row.kind.value if row.kind else "none" for row in plan.rows)
        sure = Counter(row.confidence for row in plan.rows)
        print(f"{count} notebooks of {size / 1e6:.0f} MB planned in {statistics.median(seconds):.1f} s on one core")
        print(f"{1000 * statistics.median(seconds) / max(1, count):.1f} ms each; {len(plan.skipped)} could not be read")
        print("kinds:", ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))
        print("confidence:", ", ".join(f"{number} {name}" for name, number in sure.most_common()))


if __name__ == "__main__":
    main()
