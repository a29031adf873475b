"""The four kinds of notebook and all that follows from a kind, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a notebook is for. The order is the order of the work."""

    EXPLORATION = "exploration"
    CLEANING = "cleaning"
    EXPERIMENT = "experiment"
    DEPLOYMENT = "deployment"


@dataclass(frozen=True)
class KindSpec:
    """What follows from a kind."""

    kind: Kind
    label: str
    caption: str
    prompt: str
    aliases: tuple[str, ...]
    sections: tuple[str, ...]
    first_number: int

    @property
    def template(self) -> str:
        return f"{self.kind}.ipynb"


KINDS: dict[Kind, KindSpec] = {
    spec.kind: spec
    for spec in (
        KindSpec(
            kind=Kind.EXPLORATION,
            label="Exploration",
            caption="A first look at a dataset",
            prompt="What do you want to know?",
            aliases=("eda", "explore", "exploratory"),
            sections=("Question", "Findings"),
            first_number=10,
        ),
        KindSpec(
            kind=Kind.CLEANING,
            label="Cleaning",
            caption="Clean a dataset and design first features",
            prompt="What is cleaned?",
            aliases=("clean", "cleanup"),
            sections=("Input", "Decisions", "Output"),
            first_number=20,
        ),
        KindSpec(
            kind=Kind.EXPERIMENT,
            label="Experiment",
            caption="Train and test one idea",
            prompt="What is the idea?",
            aliases=("exp", "experiments"),
            sections=("Hypothesis", "Result", "Decision"),
            first_number=30,
        ),
        KindSpec(
            kind=Kind.DEPLOYMENT,
            label="Deployment",
            caption="The whole pipeline, from data to prediction",
            prompt="What is deployed?",
            aliases=("deploy", "production"),
            sections=("Contract", "Pipeline", "Checks"),
            first_number=40,
        ),
    )
}
