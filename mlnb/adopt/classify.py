"""Which kind of notebook a notebook is, judged by what it does and says, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mlnb.adopt.content import Content, gather
from mlnb.adopt.evidence import BIAS, CLASSES, EVIDENCE, NONE
from mlnb.notebook.document import Notebook
from mlnb.notebook.grammar import DEFAULT, Grammar
from mlnb.notebook.kinds import Kind

Confidence = Literal["high", "medium", "low"]

# How far the best kind must lead the second, and how often it is right then: see benchmarks/adopt_accuracy.py.
HIGH = 2.0
MEDIUM = 1.0
SURE = 3.0  # where something speaks clearly against it
_CLEAR = 1.0
_MOST_REASONS = 4
_WORTH_TELLING = 0.3


@dataclass(frozen=True)
class Classification:
    """The kind, None for what is no work of machine learning. `score` is the lead over the second kind.

    `nearest` is the kind it would be if it had to be one.
    """

    kind: Kind | None
    confidence: Confidence
    score: float
    reasons: tuple[str, ...]
    nearest: Kind


def classify(notebook: Notebook, root: Path | None = None, names: Grammar = DEFAULT) -> Classification:
    """Judge a notebook by its content, its name and its folders below `root`.

    Nothing is executed, and no text makes it raise.
    """
    return classify_content(gather(notebook, root, names))


def classify_content(content: Content) -> Classification:
    """Add up the evidence; the kind with the highest sum wins, and how clearly says how sure that is."""
    scores = dict(BIAS)
    told: list[tuple[str, dict[str, float]]] = []
    for row in EVIDENCE:
        found = row.measure(content)
        if found.amount:
            worth = {kind: weight * found.amount for kind, weight in row.weights.items()}
            for kind, weight in worth.items():
                scores[kind] += weight
            told.append((row.sentence.format(found.example), worth))
    best, second = sorted(CLASSES, key=lambda kind: scores[kind], reverse=True)[:2]
    lead = scores[best] - scores[second]
    return Classification(
        kind=None if best == NONE else Kind(best),
        confidence=_confidence(content, lead, contradicted=_against(told, best, second) is not None),
        score=round(lead, 2),
        reasons=_reasons(content, told, best, second),
        nearest=max(Kind, key=lambda kind: scores[kind]),
    )


def _confidence(content: Content, lead: float, *, contradicted: bool) -> Confidence:
    if not content.is_python or not content.cells or lead < MEDIUM:
        return "low"
    return "high" if lead >= (SURE if contradicted else HIGH) else "medium"


def _against(told: list[tuple[str, dict[str, float]]], best: str, second: str) -> str | None:
    """What speaks clearly for the second kind and not for the best."""
    strongest = max(told, key=lambda each: each[1][second] - each[1][best], default=None)
    if strongest is None or strongest[1][second] - strongest[1][best] < _CLEAR:
        return None
    return strongest[0]


def _reasons(content: Content, told: list[tuple[str, dict[str, float]]], best: str, second: str) -> tuple[str, ...]:
    """What spoke most for the kind, and the strongest thing that spoke for the second."""
    if not content.cells and content.is_python:
        return ("it has no code",)
    ranked = sorted(told, key=lambda each: each[1][best] - min(0.0, each[1][second]), reverse=True)
    reasons = [sentence for sentence, worth in ranked if worth[best] >= _WORTH_TELLING][:_MOST_REASONS]
    if against := _against(told, best, second):
        reasons.append(f"but {against}")
    if not content.is_python:
        reasons.append("its code is not Python and was not looked at")
    return tuple(dict.fromkeys(reasons)) or ("there is little to judge it by",)
