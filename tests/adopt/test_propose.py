"""Titles that a person would keep, from headings, file names and work."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.adopt.propose import title_of
from mlnb.notebook import document
from mlnb.notebook.names import slugify
from tests import percent

HEADINGS = [
    ("# Booking lead times", "Booking lead times"),
    ("# 3.1 Booking lead times", "Booking lead times"),
    ("## 2) Booking lead times", "Booking lead times"),
    ("Booking lead times\n==================", "Booking lead times"),
    ('<h1 align="center">Booking <b>lead</b> times</h1>', "Booking lead times"),
    ("# 🎉 Booking lead times 🚀", "Booking lead times"),
    ("# [![Colab](https://x/y.svg)](https://z) Booking lead times", "Booking lead times"),
    ("# [Booking lead times](https://example.org)", "Booking lead times"),
    ("# **Booking** *lead* `times`", "Booking lead times"),
    ("# EDA: booking lead times", "Booking lead times"),
    ("# Exploratory data analysis of booking lead times", "Booking lead times"),
    ("# Introduction\n## Booking lead times", "Booking lead times"),
    ("# Table of Contents\n# Booking lead times", "Booking lead times"),
    ("# Assignment 3\n## Booking lead times", "Booking lead times"),
    ("# Homework 2\n\nText.\n\n# Booking lead times", "Booking lead times"),
    (
        "# Predicting how long guests stay in city hotels when it rains in summer",
        "Predicting long guests stay city hotels",
    ),
    (
        "# Bookings: a very long subtitle that tells of nearly everything which is in it",
        "Bookings very long subtitle tells",
    ),
    ("# When does it rain in Seattle?", "Does it rain in Seattle"),
    ("# booking_lead_times.ipynb", "Booking lead times"),
    ("# UG04 - Booking lead times", "Booking lead times"),
    ("# Notebook pour analyser les délais", "Analyser les délais"),
    ("# TIEMPOS DE RESERVA POR HOTEL", "Tiempos de reserva por hotel"),
    ("# Bill import: importing bills of hotels", "Bill import of hotels"),
    ("# 酒店预订漏斗分析", "酒店预订漏斗分析"),
    ("# Predicting hotel booking cancellations using machine learning", "Predicting hotel booking cancellations"),
    ("# Step 2: Booking lead times", "Booking lead times"),
    ("## booking_scraper.py & booking_scraping.ipynb", "Booking scraper"),
    ("# Прогноз спроса на такси", "Прогноз спроса на такси"),
    ("```\n# Booking costs\n```\n# Booking lead times", "Booking lead times"),
]
FILES = [
    ("booking_lead_times.ipynb", "Booking lead times"),
    ("01_booking-lead-times.ipynb", "Booking lead times"),
    ("1.0-jqp-booking-lead-times.ipynb", "Booking lead times"),
    ("2019-03-14 booking lead times.ipynb", "Booking lead times"),
    ("BookingLeadTimes_final_v2-Copy1.ipynb", "Booking Lead Times"),
    ("EDA_booking_lead_times (3).ipynb", "Booking lead times"),
    ("booking_lead_times_20190314.ipynb", "Booking lead times"),
    ("booking_lead_times_2.ipynb", "Booking lead times 2"),
]
WORK = """
# %%
from sklearn.ensemble import RandomForestClassifier
import pandas as pd
model = RandomForestClassifier()
# %%
model.fit(pd.read_csv("data/titanic.csv"))
"""


# Folder of the project, file, headings, code.
PROJECTS = [
    ("owner__m5-forecasting", "01-EDA.ipynb", "# Prices dataframe\n# Calendar\n# Sales", "", "M5 forecasting"),
    ("m5-forecasting-main", "notebooks/eda.ipynb", "", "", "M5 forecasting"),
    ("m5", "eda.ipynb", "", "pd.read_csv('data/sell_prices.csv')", "Sell prices"),
    ("fake-news", "pipeline.ipynb", "", "pd.read_csv('c1.csv')", "Fake news pipeline"),
    ("music", "KNN.ipynb", "", "", "KNN music"),
    ("jan-rossi__advice", "rossi_lead_times.ipynb", "", "", "Lead times"),
    ("99ProblemsButABatchAint1__ships", "eda_ships_harbour.ipynb", "# problems_but_a_batch", "", "Ships harbour"),
    ("churn", "01-EDA.ipynb", "---\njupyter: python3\n---", "", "Churn"),
    ("ratings", "hello-world-model.ipynb", "", "pd.read_csv('film_ratings.csv')", "Film ratings model"),
    ("churn", "audition_costs.ipynb", "# Create database connection\n# Set up", "", "Audition costs"),
    ("churn", "costs_map.ipynb", "# Load atmospheric data", "", "Costs map"),
    # A name that is only the project gets what is done.
    ("EY_UHI", "EDA.ipynb", "", "frame.corr()", "EY UHI correlations"),
    ("legal-decision", "Untitled4.ipynb", "", "model.add(LSTM(8))", "Legal decision LSTM"),
    ("legal-decision", "Untitled2.ipynb", "", "confusion_matrix(y, z)", "Legal decision confusion matrix"),
    ("UG04-COMM061", "deployment.ipynb", "", "import gradio as gr", "Gradio app"),
    ("crop-yield", "01_EDA.ipynb", "", "frame.corr()", "Crop yield"),
    # One of several models, samplers or files is not what the whole is about.
    ("crop-yield", "03_Modelling.ipynb", "", "Lasso().fit(x)\nRidge().fit(x)", "Crop yield modelling"),
    ("crop-yield", "modeling.ipynb", "", "SVMSMOTE().fit(x)", "Crop yield modeling"),
    ("crop-yield", "modeling.ipynb", "", "Lasso().fit(x)", "Lasso crop yield"),
    ("crop-yield", "feature_selection.ipynb", "", "Lasso().fit(x)", "Crop yield feature selection"),
    ("crop-yield", "2-ETL.ipynb", "", "read_csv('area_titles.csv')\nread_csv('wages.csv')", "Crop yield ETL"),
    ("deploying_ml_project", "deployment.ipynb", "", "Lasso().fit(read_csv('houseprice.csv'))", "Lasso houseprice"),
    # A section is not the whole.
    ("emotions", "03_Modelling.ipynb", "# Modelling\n### Evaluation protocol (no leakage)", "", "Emotions modelling"),
    ("moods", "tfidf_test.ipynb", "# Change the tokenizer", "", "Tfidf test"),
    ("10-Academy-Week-2", "data_extraction.ipynb", "", "", "Data extraction"),
    # A handle is no subject.
    ("4GeeksAcademy__gperdrizet-holmes", "02-sales.ipynb", "", "", "Sales holmes"),
    ("MarkMos__class_markmos", "thermo.ipynb", "", "", "Thermo"),
]
STEMS = [
    ("EDA_Tim_river_weather.ipynb", "River weather"),
    ("Quick_river_weather_Kevin.ipynb", "Quick river weather"),
    ("san_francisco_rents.ipynb", "San francisco rents"),
    ("XGBoost_rents.ipynb", "XGBoost rents"),
    ("z_old_extract_playoffs.ipynb", "Extract playoffs"),
]


def titled(markdown: str, name: str = "Untitled.ipynb") -> str:
    cell = {"cell_type": "markdown", "metadata": {}, "source": markdown}
    return title_of(document.from_node(Path("/p") / name, {"cells": [cell], "metadata": {}}))


@pytest.mark.parametrize(("folder", "name", "markdown", "code", "title"), PROJECTS)
def test_a_name_that_says_little_is_made_of_the_data_or_the_project(
    folder: str, name: str, markdown: str, code: str, title: str
) -> None:
    """Steps, front matter, jokes of the team and its handle are no titles; data and project are."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": markdown},
        {"cell_type": "code", "metadata": {}, "source": code, "outputs": []},
    ]
    root = Path("/p") / folder
    assert title == title_of(document.from_node(root / name, {"cells": cells, "metadata": {}}), root)


@pytest.mark.parametrize(("name", "title"), STEMS)
def test_people_are_left_out(name: str, title: str) -> None:
    """Who wrote it is no part of the title, and a place named after a saint is."""
    assert title == titled("", name)


@pytest.mark.parametrize(("markdown", "title"), HEADINGS)
def test_from_the_first_real_heading(markdown: str, title: str) -> None:
    """Markup, numbers, pictures and boilerplate go; what is left is cut to six words."""
    assert title == titled(markdown)


@pytest.mark.parametrize(("name", "title"), FILES)
def test_else_from_the_file_name(name: str, title: str) -> None:
    """Numbers, initials, dates, kinds and marks of age go."""
    assert title == titled("# Introduction", name)


def test_else_from_the_work() -> None:
    """What is trained on what."""
    notebook = document.from_node(Path("/p/Untitled3.ipynb"), percent.tree(WORK))
    assert "Random forest titanic" == title_of(notebook)


@pytest.mark.parametrize("markdown", ["# 🎉🎉🎉", "# ", "#", "# ---", "# 12345", "# <img src=x>", ""])
def test_there_is_always_a_title(markdown: str) -> None:
    """A title of nothing but emoji or pictures is passed over."""
    assert slugify(titled(markdown))


@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_makes_a_title(heading: str, name: str) -> None:
    """Six words at most, of which a name can be made."""
    title = titled(f"# {heading}", name.replace("/", "").replace("\0", "") + ".ipynb")
    assert slugify(title)
    assert len(title.split()) <= 6
    assert "\n" not in title
