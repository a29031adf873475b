"""The grammar of notebook names: written strictly, read leniently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.errors import BadName
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import NotebookName, read_name, slugify, unportable

CANONICAL = [
    ("010_exploration_booking-lead-times.ipynb", NotebookName(Kind.EXPLORATION, "booking-lead-times", "010")),
    ("040_deployment_price-api_v2.ipynb", NotebookName(Kind.DEPLOYMENT, "price-api", "040", 2)),
    ("experiment_ridge.ipynb", NotebookName(Kind.EXPERIMENT, "ridge")),
    ("030_experiment_Ꭰ.ipynb", NotebookName(Kind.EXPERIMENT, "Ꭰ", "030")),
    ("030_experiment_straße.ipynb", NotebookName(Kind.EXPERIMENT, "straße", "030")),
    ("013_exploration_订单漏斗.ipynb", NotebookName(Kind.EXPLORATION, "订单漏斗", "013")),
]


@pytest.mark.parametrize(("text", "name"), CANONICAL)
def test_canonical_names(text: str, name: NotebookName) -> None:
    """A canonical name is read, and prints as it was read."""
    assert (name, text) == (NotebookName.parse(text), str(name))


@pytest.mark.parametrize(
    "text", ["a.ipynb", "030_Experiment_x.ipynb", "030_experiment_.ipynb", "experiment_a_b.ipynb", "x"]
)
def test_names_that_are_not_canonical(text: str) -> None:
    """Anything else is refused with the form."""
    with pytest.raises(BadName, match="is not a name of the form"):
        NotebookName.parse(text)


READINGS = [
    ("012_experiment_clean-labels-only", Kind.EXPERIMENT, False),
    ("EDA - Ocean Two", Kind.EXPLORATION, False),
    ("CleanHotelData", Kind.CLEANING, False),
    ("expenses_report", None, False),
    ("explain_shap", None, False),
    ("experiment", None, False),
    ("deploy_experiment_x", Kind.DEPLOYMENT, True),
    ("clean then explore", None, True),
    ("012_experiment_foo-Copy1", Kind.EXPERIMENT, False),
]


@pytest.mark.parametrize(("stem", "kind", "ambiguous"), READINGS)
def test_lenient_reading(stem: str, kind: Kind | None, ambiguous: bool) -> None:
    """A field that is a kind beats a word that is one; whole words only; a description is needed."""
    reading = read_name(f"{stem}.ipynb")
    assert (kind, ambiguous) == (reading.kind, reading.ambiguous)


SLUGS = [
    ("LightGBM with monotone price", "lightgbm-with-monotone-price"),
    ("Müller’s  idea!", "müllers-idea"),
    ("订单 漏斗", "订单-漏斗"),
    ("a" * 200, "a" * 57),
    ("word " * 30, "word-" * 10 + "word"),
    ("word " * 4_000_000, "word-" * 10 + "word"),
    ("a" * 20_000_000, "a" * 57),
    (" " * 2000 + "rain", "rain"),
]


@pytest.mark.parametrize(("title", "slug"), SLUGS)
def test_slugs(title: str, slug: str) -> None:
    """A description becomes lower-case words, cut at a word."""
    assert slug == slugify(title)


@given(st.text())
def test_any_text_is_a_name_or_refused(text: str) -> None:
    """No text crashes, and every slug makes a canonical, portable name that parses back."""
    read_name(f"{text}.ipynb")
    try:
        name = NotebookName(Kind.EXPERIMENT, slugify(text), "030")
    except BadName:
        return
    assert name == NotebookName.parse(str(name))
    assert unportable(str(name)) is None


@pytest.mark.parametrize(
    "name", ["con.ipynb", "a:b.ipynb", "a .ipynb", "e\u0301.ipynb", "a\u202eb.ipynb", "x" * 90 + ".ipynb"]
)
def test_unportable_names(name: str) -> None:
    """Names that some system cannot hold are told apart."""
    assert unportable(name) is not None
