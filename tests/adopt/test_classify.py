"""The kind of a notebook by its content: told with reasons, never by running it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.adopt.classify import classify
from mlnb.adopt.evidence import BIAS, CLASSES, EVIDENCE
from mlnb.adopt.roles import CALLS
from mlnb.notebook import document
from mlnb.notebook.document import Notebook
from mlnb.notebook.kinds import Kind
from tests import percent

EXPLORATION = """
# %%
import pandas as pd
import seaborn as sns
df = pd.read_csv("bookings.csv")
# %%
df.head()
# %%
df.price.hist(bins=40)
# %%
sns.heatmap(df.corr())
# %%
df.channel.value_counts()
"""
CLEANING = """
# %%
import pandas as pd
df = pd.read_csv("raw.csv")
# %%
df = df.dropna().drop_duplicates()
# %%
df["price"] = pd.to_numeric(df.price.str.replace(",", "."))
# %%
df.merge(pd.read_csv("rooms.csv")).to_parquet("bookings.parquet")
"""
EXPERIMENT = """
# %%
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, train_test_split
X_train, X_test, y_train, y_test = train_test_split(*load())
# %%
search = GridSearchCV(RandomForestClassifier(), {"max_depth": [3, 5]})
search.fit(X_train, y_train)
# %%
f1_score(y_test, search.predict(X_test))
"""
DEPLOYMENT = """
# %%
import joblib
from fastapi import FastAPI
app = FastAPI()
model = joblib.load("price.joblib")
# %%
@app.post("/predict")
def predict(records):
    return model.predict(records)
# %% [markdown]
# ## Deployment to production
"""
LESSON = """
# %% [markdown]
# # Lab 3: loops
#
# In this lab you will learn about loops. **Exercise 1**: complete the function.
# %%
for x in [1, 2, 3]:
    print(x)  # TODO: your code here
"""
TUTORIAL = """
# %% [markdown]
# # Word vectors
# Copyright 2021 The Authors. Licensed under the Apache License.
#
# Let's see how you can use the library. You will need your own key; note that we will ask you for it.
# %%
from wordlib import Vectors
vectors = Vectors()
# %%
vectors["king"]
"""
CLIENT = """
# %%
import requests
reply = requests.post("http://localhost:8888/predict", json={"text": "a"})
# %%
reply.json()
"""
PICKLED = """
# %%
import pickle
import pandas as pd
model = pickle.load(open("price_model.pkl", "rb"))
rows = pickle.load(open("rows.pkl", "rb"))
# %%
model.predict(rows)
"""
TABLE = [
    ("a.ipynb", TUTORIAL, None),
    ("a.ipynb", CLIENT, Kind.DEPLOYMENT),
    ("a.ipynb", PICKLED, Kind.DEPLOYMENT),
    ("a.ipynb", EXPLORATION, Kind.EXPLORATION),
    ("a.ipynb", CLEANING, Kind.CLEANING),
    ("a.ipynb", EXPERIMENT, Kind.EXPERIMENT),
    ("a.ipynb", DEPLOYMENT, Kind.DEPLOYMENT),
    ("a.ipynb", LESSON, None),
    ("eda_bookings.ipynb", EXPLORATION, Kind.EXPLORATION),
    ("01-data-cleaning.ipynb", CLEANING, Kind.CLEANING),
    ("Limpieza de datos.ipynb", "# %%\nx = 1", Kind.CLEANING),
    ("训练模型.ipynb", "# %%\nx = 1", Kind.EXPERIMENT),
    ("eda.ipynb", EXPERIMENT, Kind.EXPERIMENT),  # the content contradicts the name
    ("notes.ipynb", EXPERIMENT, Kind.EXPERIMENT),
]


def made(text: str, name: str = "a.ipynb", **metadata: object) -> Notebook:
    tree = percent.tree(text)
    return document.from_node(Path("/project") / name, {**tree, "metadata": metadata or tree["metadata"]})


@pytest.mark.parametrize(("name", "text", "kind"), TABLE)
def test_kinds(name: str, text: str, kind: Kind | None) -> None:
    """Content decides, a word in the name is strong evidence, and every judgement has a reason."""
    found = classify(made(text, name))
    assert kind == found.kind
    assert found.reasons


def test_reasons_are_sentences() -> None:
    """The reasons say what was found, the strongest first, and name what was found."""
    found = classify(made(EXPERIMENT, "price_model.ipynb"))
    assert "high" == found.confidence
    assert {"its name says “model”", "it trains (fit)"} < {*found.reasons}
    assert all("{" not in reason and "()" not in reason for reason in found.reasons)


def test_the_folder_speaks() -> None:
    """What lies in a folder of lessons is a lesson, as far as the folder lies in the project."""
    notebook = made(EXPERIMENT, "tutorials/a.ipynb")
    assert classify(notebook, Path("/project")).score < classify(notebook, Path("/project/tutorials")).score


def test_little_to_go_by_is_low() -> None:
    """Where nothing is said, the confidence is low, and a person decides."""
    for text in ("", "# %%\n", "# %%\nx = 1", "# %% [markdown]\n# hello"):
        assert "low" == classify(made(text)).confidence


def test_other_languages_are_judged_by_name_and_text() -> None:
    """The code of R is not read as Python, and the confidence says so."""
    kernel = {"name": "ir", "language": "R"}
    found = classify(
        made("# %% [markdown]\n# # Data cleaning\n# %%\nfit <- lm(y ~ x)", "cleaning_x.ipynb", kernelspec=kernel)
    )
    assert (Kind.CLEANING, "low") == (found.kind, found.confidence)
    assert "its code is not Python and was not looked at" in found.reasons


def test_nothing_is_executed(tmp_path: Path) -> None:
    """A notebook is read, however much it would like to run."""
    mark = tmp_path / "mark"
    text = f"# %%\nopen({str(mark)!r}, 'w').write('x')\n# %%\n!touch {mark}\n# %%\n%%bash\ntouch {mark}"
    classify(made(text))
    assert not mark.exists()


@given(st.text(), st.text(), st.sampled_from(["code", "markdown", "raw"]))
def test_no_text_makes_it_raise(source: str, name: str, kind: str) -> None:
    """Text of any script, control characters and half characters among it."""
    cell = {"cell_type": kind, "metadata": {}, "source": source, "outputs": []}
    path = Path("/project") / (name.replace("/", "").replace("\0", "") + ".ipynb")
    classify(document.from_node(path, {"cells": [cell], "metadata": {}}))


HOSTILE = [
    "(" * 5000,
    "x = " + "-" * 20_000 + "1",
    "a." * 3000 + "b",
    "%%time\n" * 200,
    "f(" * 90 + ")" * 90,
    "# " * 30_000,
    "pd.read_csv(" + " + ".join(["'a'"] * 500) + ")",
    "<h1>" * 3000,
    "[" * 3000 + "](",
    "# " + "!" * 100_000,
    "**" + "a" * 100_000,
]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_takes_no_time(source: str) -> None:
    """Deep nesting and endless lines neither crash nor hang."""
    for kind in ("code", "markdown"):
        cell: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source, "outputs": []}
        classify(document.from_node(Path("/p/a.ipynb"), {"cells": [cell], "metadata": {}}))


def test_the_table_is_sound() -> None:
    """Every row weighs something, for known kinds only, and no call has two roles."""
    assert set(CLASSES) == set(BIAS)
    for row in EVIDENCE:
        assert set(CLASSES) == set(row.weights)
        assert any(row.weights.values())
    names = [name for names in CALLS.values() for name in names]
    assert len(set(names)) == len(names)
