"""Ways to measure how much of something a notebook has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mlnb.adopt.content import Content, spaced
from mlnb.adopt.roles import Role
from mlnb.adopt.vocabulary import NAMES


@dataclass(frozen=True)
class Found:
    """How much of something a notebook has, from 0 to 1, and an example of it."""

    amount: float
    example: str = ""


Measure = Callable[[Content], Found]
NOTHING = Found(0.0)


def name(kind: str) -> Measure:
    """The file name holds a word for the kind, of the table or of the project's own."""

    def measure(content: Content) -> Found:
        hit = _first(NAMES[kind], content.stem_words)
        return hit if hit.amount or content.name.kind != kind else Found(1.0, kind)

    return measure


def name_holds(words: re.Pattern[str]) -> Measure:
    """The file name holds a word."""
    return lambda content: _first(words, content.stem_words)


def folder(words: re.Pattern[str]) -> Measure:
    """The folder's name holds a word."""
    return lambda content: _first(words, content.folder_words)


def project(words: re.Pattern[str]) -> Measure:
    """The name of the whole project holds a word."""
    return lambda content: _first(words, spaced(content.project))


def title(words: re.Pattern[str]) -> Measure:
    """One of the first three headings holds a word."""
    return lambda content: _first(words, "\n".join(heading.text for heading in content.headings[:3]).casefold())


def sections(words: re.Pattern[str], full: int = 3) -> Measure:
    """Headings hold the words, and how many of them."""

    def measure(content: Content) -> Found:
        hits = [heading.text for heading in content.headings[1:] if words.search(heading.text.casefold())]
        return Found(min(1.0, len(hits) / full), hits[0][:40]) if hits else NOTHING

    return measure


def says(words: re.Pattern[str]) -> Measure:
    """The text between the code holds the words."""
    return lambda content: _first(words, content.prose)


def outputs(words: re.Pattern[str]) -> Measure:
    """What the cells printed holds the words."""
    return lambda content: _first(words, content.printed)


def does(*roles: Role) -> Measure:
    """At least one cell does it."""

    def measure(content: Content) -> Found:
        names = [name for role in roles for name in content.found.get(role, ())]
        return Found(1.0, ", ".join(names[:3])) if names or content.share(*roles) else NOTHING

    return measure


def share(*roles: Role, full: float) -> Measure:
    """The part of the cells that do it; `full` is where it counts in full."""

    def measure(content: Content) -> Found:
        part = content.share(*roles)
        return Found(min(1.0, part / full), f"{part:.0%}") if part else NOTHING

    return measure


def writes_words(words: frozenset[str], full: int) -> Measure:
    """Names and texts of the code hold such words; `full` different ones count in full."""

    def measure(content: Content) -> Found:
        hits = sorted(words & content.words.keys(), key=lambda word: -content.words[word])
        return Found(min(1.0, len(hits) / full), ", ".join(hits[:3])) if hits else NOTHING

    return measure


def at_end(*roles: Role) -> Measure:
    """The part of the cells of the last third that do it: a notebook is for what it ends with."""

    def measure(content: Content) -> Found:
        late = content.cells[-max(1, len(content.cells) // 3) :]
        wanted = set(roles)
        part = sum(1 for cell in late if cell & wanted) / len(late) if late else 0.0
        return Found(min(1.0, part / 0.5), f"{part:.0%}") if part else NOTHING

    return measure


def how_often(words: re.Pattern[str], full: int) -> Measure:
    """The text between the code holds the words; `full` times count in full."""

    def measure(content: Content) -> Found:
        hits = words.findall(content.prose)
        return Found(min(1.0, len(hits) / full), " ".join(hits[0].split())) if hits else NOTHING

    return measure


def when(test: Callable[[Content], bool]) -> Measure:
    return lambda content: Found(1.0) if test(content) else NOTHING


def _first(words: re.Pattern[str], text: str) -> Found:
    hit = words.search(text)
    return Found(1.0, " ".join(hit[0].split())) if hit else NOTHING


# ---------------------------------------------------------------- particular questions


def pictures(content: Content) -> Found:
    part = content.pictures / len(content.cells) if content.cells else 0.0
    return Found(min(1.0, part / 0.4), f"{part:.0%}") if part else NOTHING


def writes_late(content: Content) -> bool:
    """A table is written in the last third, as the outcome."""
    late = content.cells[-max(1, len(content.cells) // 3) :]
    return any(Role.WRITE in cell for cell in late)


def explains(content: Content) -> Found:
    """Words of text beside each cell of code."""
    each = len(content.prose.split()) / max(1, len(content.cells))
    return Found(min(1.0, each / 80), f"{each:.0f}") if each > 15 else NOTHING


def plots_own(content: Content) -> bool:
    """Plots of what is computed here, as no data is read."""
    return reads_nothing(content) and not content.data_files and content.share(Role.PLOT) > 0 and not trains(content)


def calls_service(content: Content) -> bool:
    return content.calls_service


def is_short(content: Content) -> bool:
    return 0 < len(content.cells) < 8


def trains(content: Content) -> bool:
    return bool(content.found.keys() & {Role.TRAIN, Role.TUNE})


def submits(content: Content) -> bool:
    return any("submission" in file.lower() for file in content.writes)


def stores_only(content: Content) -> bool:
    return writes_late(content) and not trains(content) and content.share(Role.PLOT) < 0.15


def looks_only(content: Content) -> bool:
    shows = content.share(Role.PLOT, Role.LOOK) >= 0.3 or content.pictures >= 2
    return shows and not trains(content) and Role.WRITE not in content.found


def predicts_only(content: Content) -> bool:
    return Role.PREDICT in content.found and not trains(content)


def uses_saved(content: Content) -> bool:
    return Role.LOAD in content.found and not trains(content)


def reads_nothing(content: Content) -> bool:
    return not content.found.keys() & {Role.READ, Role.GATHER, Role.LOAD} and not content.reads


MACHINE_LEARNING = re.compile(
    r"^(sklearn|xgboost|lightgbm|catboost|tensorflow|keras|torch|transformers|statsmodels|prophet|fbprophet|pmdarima|"
    r"gensim|fastai|pytorch_lightning|lightning|optuna|spacy|pycaret|autogluon|peft|trl|ultralytics|mxnet|jax|surprise|"
    r"imblearn|pymc3?|h2o|detectron2|sentence_transformers|sktime|darts|simpletransformers|torch_geometric|timm|flax|"
    r"tensorflow_hub|stable_baselines3|gym|gymnasium|openai|anthropic|langchain|llama_index|ollama|pyspark\.ml|shap)\b"
)
TRAINERS = re.compile(
    r"^(sklearn\.(ensemble|linear_model|svm|tree|neighbors|naive_bayes|neural_network|cluster|mixture|model_selection)|"
    r"xgboost|lightgbm|catboost|tensorflow|keras|torch\.(nn|optim)|fastai|peft|trl|optuna|pytorch_lightning|"
    r"statsmodels\.tsa|prophet|fbprophet|pmdarima|pycaret|surprise)\b"
)
SERVERS = re.compile(
    r"^(fastapi|flask|sagemaker|azureml|google\.cloud\.aiplatform|kfp|mlflow\.tracking|bentoml|gradio|streamlit|ray\.serve|"
    r"airflow|prefect|seldon|kserve|uvicorn|onnxruntime|tritonclient)\b"
)
GATHERERS = re.compile(
    r"^(bs4|selenium|scrapy|requests_html|urllib|tweepy|praw|psaw|sqlalchemy|psycopg2|pymongo|pymysql|sqlite3|boto3|"
    r"googleapiclient|spotipy|playwright|tabula|camelot|pdfplumber|google\.cloud\.bigquery|neo4j|py2neo)\b"
)


def imports(pattern: re.Pattern[str]) -> Measure:
    """A module is imported."""

    def measure(content: Content) -> Found:
        hits = sorted(module for module in content.modules if pattern.match(module))
        return Found(1.0, ", ".join(hits[:3])) if hits else NOTHING

    return measure
