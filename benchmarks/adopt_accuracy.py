"""`python benchmarks/adopt_accuracy.py LABELS.csv`: how often adoption judges notebooks as people do.

LABELS.csv has the columns path (from its own folder on), kind (or none), description, and if you like second_choice.
The project of a notebook is the first folder below `repos/`, else the folder of the labels.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mlnb.adopt.classify import Classification, classify_content
from mlnb.adopt.content import gather
from mlnb.adopt.evidence import CLASSES, NONE
from mlnb.adopt.propose import titles
from mlnb.errors import MlnbError
from mlnb.notebook import document

SHOWN = 30


@dataclass(frozen=True)
class Judged:
    """A labelled notebook beside what mlnb says of it."""

    path: str
    kind: str
    second: str
    description: str
    found: Classification
    title: str

    @property
    def said(self) -> str:
        return self.found.kind.value if self.found.kind else NONE

    @property
    def is_right(self) -> bool:
        return self.said == self.kind


def judged(labels: Path) -> list[Judged]:
    """Every labelled notebook that can be read."""
    found: list[Judged] = []
    with labels.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            path = labels.parent / row["path"]
            try:
                content = gather(document.read(path), project_of(labels.parent, row["path"]))
            except MlnbError as error:
                print(f"left out: {error}")
                continue
            found.append(
                Judged(
                    path=row["path"],
                    kind=row["kind"],
                    second=row.get("second_choice") or "",
                    description=row.get("description") or "",
                    found=classify_content(content),
                    title=titles(content)[0],
                )
            )
    return found


def project_of(root: Path, path: str) -> Path:
    parts = Path(path).parts
    return root.joinpath(*parts[:2]) if parts[0] == "repos" and len(parts) > 2 else root


def report(found: list[Judged]) -> None:
    right = sum(each.is_right for each in found)
    either = sum(each.is_right or each.said == each.second for each in found)
    print(f"{len(found)} notebooks: {right / len(found):.1%} as labelled, {either / len(found):.1%} by either choice")
    for level in ("high", "medium", "low"):
        some = [each for each in found if each.found.confidence == level]
        if some:
            share = f"{len(some) / len(found):.0%} of all"
            print(f"{level:>8}: {sum(each.is_right for each in some) / len(some):.1%} of {len(some)} ({share})")
    counts = Counter((each.kind, each.said) for each in found)
    print("\nlabelled \\ said " + "".join(f"{name:>13}" for name in CLASSES))
    for kind in CLASSES:
        print(f"{kind:>15} " + "".join(f"{counts[kind, said]:>13}" for said in CLASSES))


def proposals(found: list[Judged], count: int) -> None:
    print("\nproposed title | description of the labeller | file")
    for each in random.Random(7).sample(found, min(count, len(found))):
        print(f"{each.title} | {each.description} | {Path(each.path).name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list the notebooks that were judged otherwise")
    asked = parser.parse_args()
    found = judged(asked.labels.resolve())
    report(found)
    proposals(found, SHOWN)
    for each in found if asked.wrong else ():
        if not each.is_right:
            print(f"\n{each.path}: {each.said}, labelled {each.kind}")
            print(f"    {each.found.confidence} {each.found.score}: {'; '.join(each.found.reasons)}")


if __name__ == "__main__":
    main()
