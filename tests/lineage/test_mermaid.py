"""A flowchart that no name of a file can break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.lineage.graph import Edge, Node, around, graph
from mlnb.lineage.mermaid import LONGEST, escaped, mermaid

CASES = json.loads((Path(__file__).parent / "mermaid.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("label", "expected"), CASES)
def test_labels(label: str, expected: str) -> None:
    """What could end a label, or begin Markdown, a directive or an entity, is a character code."""
    assert expected == escaped(label)


@given(st.text())
def test_a_label_stays_on_its_line_and_in_its_quotes(label: str) -> None:
    """Whatever a file is called, nothing that means something to Mermaid is left of it."""
    text = escaped(label)
    assert not set(text) & set('"`[](){}<>|\\&*~^=$!?+\n\r\u2028\u2029')
    assert len(text) <= LONGEST * len("#1114111;")


def test_the_whole_chart() -> None:
    """Shapes for the types, one arrow for two relations, dashes round what is gone, a thick line round the focus."""
    nodes = [
        Node("d", "dataset", "rain@2014", missing=True),
        Node("n", "notebook", "030 Ridge", kind="experiment"),
        Node("r", "run", "20261121-081446-7f3a", kind="experiment"),
        Node("p", "pipeline", "rain 0.1.0"),
    ]
    edges = [
        Edge("d", "n", "reads"),
        Edge("d", "n", "next"),
        Edge("n", "r", "ran"),
        Edge("n", "p", "promoted"),
    ]
    expected = """\
flowchart LR
  n0[("rain@2014 #40;dataset#44; missing#41;")]
  n1["030 Ridge #40;experiment#41;"]
  n2(["20261121-081446-7f3a #40;run#41;"])
  n3[["rain 0.1.0 #40;pipeline#41;"]]
  n0 --> n1
  n1 --> n3
  n1 --> n2
  classDef missing stroke-dasharray: 4 3
  class n0 missing
  classDef focus stroke-width: 3px
  class n1 focus
"""
    assert expected == mermaid(around(graph(nodes, edges), "n"))
