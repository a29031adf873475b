"""What is printed is what was recorded: nothing of it is taken for a style or obeyed by the terminal."""

from __future__ import annotations

import json

import pytest

from mlnb.cli import output
from mlnb.project import CONFIG, Project
from mlnb.records import runs
from mlnb.records.run import Code, DatasetUse, RunRecord, Verdict
from tests import percent
from tests.cli.terminal import Type

PLAIN = [
    ("as it is, [red]é 订单", "as it is, [red]é 订单"),
    ("\x1b[31mred\x1b[0m", " [31mred [0m"),
    ("\x9b31m", " 31m"),
    ("two\nlines\r\n\tand\u2028more", "two lines   and more"),
    ("half \ud800", "half \ufffd"),
    ("exe.\u202egpj", "exe.gpj"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain(text: str, expected: str) -> None:
    """Control characters, line ends and changes of direction go; all else stays."""
    assert expected == output.plain(text)


ODD = ["[/]", "[red]", "[/red]", "[link=x]", ":smile:", "\x1b]0;title\x07", "two\nlines"]


@pytest.mark.parametrize("odd", ODD)
def test_runs_and_datasets(project: Project, mlnb: Type, odd: str) -> None:
    """Whatever stands in a record, its line has it as text."""
    record = RunRecord(
        id="20260101-000000-aaaa",
        notebook="notebooks/030_experiment_ridge.ipynb",
        kind="experiment",
        title=odd,
        state="failed",
        verdict=Verdict(reason="error", cell=0, message=f"ValueError: {odd}"),
        created="2026-01-01T00:00:00+00:00",
        arguments={"name": odd},
        metrics={odd: 0.5},
        datasets=(DatasetUse(reference=odd, file=odd, sha256="0", role="input"),),
        decision=odd,
        decision_why=odd,
        code=Code(sha256="0"),
    )
    folder = runs.create(project, record)
    percent.write(folder / runs.NOTEBOOK, "# %%\nx = 1")
    for command in (["runs"], ["runs", "--show", "aaaa"], ["search", "is:run"]):
        outcome = mlnb(*command)
        assert (0, "") == (outcome.code, outcome.err)
        assert output.plain(odd) in " ".join(outcome.out.split())
        assert "\x1b" not in outcome.out


@pytest.mark.parametrize("odd", ODD)
def test_findings_and_settings(project: Project, mlnb: Type, odd: str) -> None:
    """The same for the text of a notebook and of the settings."""
    tree = percent.tree("# %%\n1/0")
    tree["cells"][0]["outputs"] = [{"output_type": "error", "ename": odd, "evalue": "", "traceback": []}]
    (project.notebooks / "010_exploration_a.ipynb").write_text(json.dumps(tree))
    checked = mlnb("check")
    assert (0, 2) == (checked.code, len(checked.out.splitlines()))
    assert f"the cell ended in {output.plain(odd)}" in checked.out
    (project.root / CONFIG).write_text(f"exclude = [{json.dumps(odd)}]\n")
    shown = mlnb("config", "show")
    assert (0, "") == (shown.code, shown.err)
    assert repr(odd) in shown.out
