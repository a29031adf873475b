"""The texts that come with a package: README, PROMOTION, CHANGELOG, and the lock file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mlnb.promote.plan import PipelinePlan
from mlnb.records.pipeline import ComparisonRecord, PipelineManifest


def readme(plan: PipelinePlan, manifest: PipelineManifest) -> str:
    """What a person who meets the package needs: what it is, how it runs, what it needs, how good it is."""
    parts = [
        f"# {plan.title}",
        f"Version {manifest.version}, promoted from `{manifest.notebook}`.\n{_verdict_sentence(manifest)}",
        "## Run",
        "```\npip install .\n" + f"{plan.name} run --data-dir DATA --out OUT\n```",
        "`DATA` is a folder of dated datasets such as `bookings_2025-03-14_price-stay.parquet`.\n"
        "`OUT` receives the model, the datasets and `metrics.json`.",
    ]
    if plan.parameters:
        values = plan.values
        rows = [f"| `{one.name}` | {one.type} | `{values[one.name]}` | {one.help} |" for one in plan.parameters]
        parts += ["## Parameters", "\n".join(["| name | type | default | |", "|---|---|---|---|", *rows])]
    rows = [f"| `{step.name}` | {_names(step.takes)} | {_names(step.gives)} |" for step in manifest.steps]
    parts += ["## Steps", "\n".join(["| step | takes | gives |", "|---|---|---|", *rows])]
    if manifest.metrics:
        rows = [f"| {name} | {value} |" for name, value in manifest.metrics.items()]
        parts += ["## Metrics at promotion", "\n".join(["| metric | value |", "|---|---|", *rows])]
    if plan.predicts:
        needs = [name for name in plan.roles.needs.get("predict", ()) if not name.startswith("<")]
        given = "".join(f", {name}={'load_model(path)' if name == 'model' else name}" for name in needs)
        code = f"from {plan.package}.predict import load_model, predict\n\npredict(records{given})"
        parts += ["## Predict", f"```python\n{code}\n```"]
    parts.append("`PROMOTION.md` says what was kept and how it was compared; `pytest` compares the metrics again.")
    return "\n\n".join(parts) + "\n"


def promotion(plan: PipelinePlan, manifest: PipelineManifest) -> str:
    """What became of the notebook, and the proof."""
    parts = [
        f"# Promotion of {manifest.notebook}",
        f"{manifest.name} {manifest.version}, {manifest.promoted[:10]}, "
        f"mlnb {manifest.mlnb}, Python {manifest.python}.",
        f"## Verdict: {manifest.verdict}",
        _verdict_sentence(manifest),
        _comparisons(manifest.comparisons),
        "## Steps",
        "\n".join(_step_lines(plan)),
    ]
    if plan.definitions:
        lines = [f"- {unit.place}: `{unit.text}`" for unit in plan.definitions]
        parts += ["## Functions and constants of the module", "\n".join(lines)]
    if manifest.left_out:
        note = "These statements only show something."
        parts += ["## Left out", note, "\n".join(f"- {line}" for line in manifest.left_out)]
    if manifest.notes:
        parts += ["## Notes", "\n".join(f"- {note}" for note in manifest.notes)]
    return "\n\n".join(parts) + "\n"


def changelog(manifest: PipelineManifest, reason: str, before: str) -> str:
    """The changelog with an entry for this version on top."""
    metrics = "".join(f"- {name}: {value}\n" for name, value in manifest.metrics.items())
    entry = f"## {manifest.version} ({manifest.promoted[:10]})\n\n{reason}\n\n- verdict: {manifest.verdict}\n{metrics}"
    head = "# Changelog\n"
    older = before.removeprefix(head).lstrip("\n")
    return f"{head}\n{entry}" + (f"\n{older}" if older else "")


def lock(requirements: Mapping[str, str]) -> str:
    """Exact versions of all that the pipeline imported while it ran."""
    return "".join(
        f"{name}=={version}\n" for name, version in sorted(requirements.items(), key=lambda item: item[0].lower())
    )


def _verdict_sentence(manifest: PipelineManifest) -> str:
    number = len(manifest.comparisons)
    values = f"{number} value{'s' if number != 1 else ''} of the notebook and the pipeline"
    match manifest.verdict:
        case "identical":
            return f"{values} were compared: all are identical."
        case "within tolerance":
            return f"{values} were compared: all are equal within a relative tolerance of 1e-9."
        case _:
            counts = Counter(one.verdict for one in manifest.comparisons)
            return f"{values} were compared; {counts['not checked']} could not be checked, which is not a pass."


def _comparisons(comparisons: tuple[ComparisonRecord, ...]) -> str:
    rows = [f"| {one.step} | {one.what} | {one.verdict} | {_cell(one.detail)} |" for one in comparisons]
    return "\n".join(["| step | what | verdict | |", "|---|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _step_lines(plan: PipelinePlan) -> list[str]:
    found: list[str] = []
    for step in plan.steps:
        cells = ", ".join(str(index + 1) for index in step.cells)
        found.append(f"- `{step.name}` from cell{'s' if len(step.cells) > 1 else ''} {cells}: “{step.title}”")
    return found


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"
