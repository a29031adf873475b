"""What speaks for a kind of notebook: one table of what is looked for, what it weighs and how it is told.

A weight is added to a kind's score, times how much of the thing there is (0 to 1). `none` stands for a notebook that is
no work of machine learning: a tutorial, an exercise, a test of a library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mlnb.adopt.content import Content, spaced
from mlnb.adopt.roles import Role
from mlnb.adopt.vocabulary import FOLDERS, NAMES, PROSE, TRAINING_DATA, TRAINING_OUTPUT, WORDS
from mlnb.notebook.kinds import Kind

NONE = "none"
CLASSES: tuple[str, ...] = (*(kind.value for kind in Kind), NONE)


@dataclass(frozen=True)
class Found:
    """How much of something a notebook has, from 0 to 1, and an example of it."""

    amount: float
    example: str = ""


Measure = Callable[[Content], Found]
NOTHING = Found(0.0)


@dataclass(frozen=True)
class Evidence:
    """One row of the table. `{}` in the sentence is replaced by the example."""

    sentence: str
    measure: Measure
    weights: Mapping[str, float]


def _row(
    sentence: str, measure: Measure, *, e: float = 0, c: float = 0, x: float = 0, d: float = 0, n: float = 0
) -> Evidence:
    return Evidence(sentence, measure, dict(zip(CLASSES, (e, c, x, d, n), strict=True)))


# ---------------------------------------------------------------- ways to measure


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


def when(test: Callable[[Content], bool]) -> Measure:
    return lambda content: Found(1.0) if test(content) else NOTHING


def _first(words: re.Pattern[str], text: str) -> Found:
    hit = words.search(text)
    return Found(1.0, " ".join(hit[0].split())) if hit else NOTHING


# ---------------------------------------------------------------- particular questions


def _pictures(content: Content) -> Found:
    part = content.pictures / len(content.cells) if content.cells else 0.0
    return Found(min(1.0, part / 0.4), f"{part:.0%}") if part else NOTHING


def _writes_late(content: Content) -> bool:
    """A table is written in the last third, as the outcome."""
    late = content.cells[-max(1, len(content.cells) // 3) :]
    return any(Role.WRITE in cell for cell in late)


def _trains(content: Content) -> bool:
    return bool(content.found.keys() & {Role.TRAIN, Role.TUNE})


def _submits(content: Content) -> bool:
    return any("submission" in file.lower() for file in content.writes)


def _stores_only(content: Content) -> bool:
    return _writes_late(content) and not _trains(content) and content.share(Role.PLOT) < 0.15


def _looks_only(content: Content) -> bool:
    shows = content.share(Role.PLOT, Role.LOOK) >= 0.3 or content.pictures >= 2
    return shows and not _trains(content) and Role.WRITE not in content.found


def _uses_saved(content: Content) -> bool:
    return Role.LOAD in content.found and not _trains(content)


def _reads_nothing(content: Content) -> bool:
    return not content.found.keys() & {Role.READ, Role.GATHER, Role.LOAD} and not content.reads


_MACHINE_LEARNING = re.compile(
    r"^(sklearn|xgboost|lightgbm|catboost|tensorflow|keras|torch|transformers|statsmodels|prophet|fbprophet|pmdarima|"
    r"gensim|fastai|pytorch_lightning|lightning|optuna|spacy|pycaret|autogluon|peft|trl|ultralytics|mxnet|jax|surprise|"
    r"imblearn|pymc3?|h2o|detectron2|sentence_transformers|sktime|darts|simpletransformers|torch_geometric|timm|flax|"
    r"tensorflow_hub|stable_baselines3|gym|gymnasium|openai|anthropic|langchain|llama_index|ollama|pyspark\.ml|shap)\b"
)
_TRAINERS = re.compile(
    r"^(sklearn\.(ensemble|linear_model|svm|tree|neighbors|naive_bayes|neural_network|cluster|mixture|model_selection)|"
    r"xgboost|lightgbm|catboost|tensorflow|keras|torch\.(nn|optim)|fastai|peft|trl|optuna|pytorch_lightning|"
    r"statsmodels\.tsa|prophet|fbprophet|pmdarima|pycaret|surprise)\b"
)
_SERVERS = re.compile(
    r"^(fastapi|flask|sagemaker|azureml|google\.cloud\.aiplatform|kfp|mlflow\.tracking|bentoml|gradio|streamlit|ray\.serve|"
    r"airflow|prefect|seldon|kserve|uvicorn|onnxruntime|tritonclient)\b"
)
_GATHERERS = re.compile(
    r"^(bs4|selenium|scrapy|requests_html|urllib|tweepy|praw|psaw|sqlalchemy|psycopg2|pymongo|pymysql|sqlite3|boto3|"
    r"googleapiclient|spotipy|playwright|tabula|camelot|pdfplumber|google\.cloud\.bigquery|neo4j|py2neo)\b"
)


def imports(pattern: re.Pattern[str]) -> Measure:
    """A module is imported."""

    def measure(content: Content) -> Found:
        hits = sorted(module for module in content.modules if pattern.match(module))
        return Found(1.0, ", ".join(hits[:3])) if hits else NOTHING

    return measure


# ---------------------------------------------------------------- the table

BIAS: Mapping[str, float] = dict(zip(CLASSES, (0.2, 0.2, 0.2, -1.2, -0.8), strict=True))

EVIDENCE: tuple[Evidence, ...] = (
    # What people call it.
    _row("its name says “{}”", name("exploration"), e=2.2),
    _row("its name says “{}”", name("cleaning"), c=2.4),
    _row("its name says “{}”", name("experiment"), x=2.0),
    _row("its name says “{}”", name("deployment"), d=3.4),
    _row("its name says “{}”", name("none"), n=1.8),
    _row("its name speaks of {}", name_holds(TRAINING_DATA), c=1.0, x=-1.5),
    _row("its folder is called “{}”", folder(FOLDERS["exploration"]), e=0.8),
    _row("its folder is called “{}”", folder(FOLDERS["cleaning"]), c=0.8),
    _row("its folder is called “{}”", folder(FOLDERS["experiment"]), x=0.8),
    _row("its folder is called “{}”", folder(FOLDERS["deployment"]), d=1.0),
    _row("its folder is called “{}”", folder(FOLDERS["lesson"]), n=3.0),
    _row("its folder is called “{}”", folder(FOLDERS["example"]), n=1.2),
    _row("its project is called “{}”", project(FOLDERS["lesson"]), n=2.0),
    _row("its title says “{}”", title(NAMES["exploration"]), e=1.2),
    _row("its title says “{}”", title(NAMES["cleaning"]), c=1.2),
    _row("its title says “{}”", title(NAMES["experiment"]), x=1.2),
    _row("its title says “{}”", title(NAMES["deployment"]), d=1.2),
    _row("its title says “{}”", title(NAMES["none"]), n=1.2),
    _row("its title speaks of {}", title(TRAINING_DATA), c=0.5, x=-1.0),
    _row("it has sections such as “{}”", sections(NAMES["exploration"]), e=0.6),
    _row("it has sections such as “{}”", sections(NAMES["cleaning"]), c=0.6),
    _row("it has sections such as “{}”", sections(NAMES["experiment"]), x=0.8),
    _row("it has sections such as “{}”", sections(NAMES["deployment"]), d=0.6),
    _row("its text says “{}”", says(PROSE["none"]), n=1.5),
    _row("its text says “{}”", says(PROSE["experiment"]), x=0.5),
    _row("its text says “{}”", says(PROSE["deployment"]), d=0.5),
    # What it does.
    _row("it trains ({})", does(Role.TRAIN), x=1.8, d=0.2, e=-0.6, c=-1.0),
    _row("its outputs tell of {}", outputs(TRAINING_OUTPUT), x=1.0, c=-0.5),
    _row("it tunes ({})", does(Role.TUNE), x=1.0, c=-0.5),
    _row("it measures predictions ({})", does(Role.EVALUATE), x=0.9),
    _row("it splits training from test data ({})", does(Role.SPLIT), x=0.7),
    _row("it predicts ({})", does(Role.PREDICT), x=0.5, d=0.7),
    _row("it uses a model trained before", when(_uses_saved), d=1.8, x=0.4),
    _row("it saves what it trained ({})", does(Role.SAVE), x=0.5, d=0.4),
    _row("it serves or schedules ({})", does(Role.SERVE), d=1.6),
    _row("it writes a submission", when(_submits), d=1.0, x=0.5, c=-1.0),
    _row("it plots in {} of its cells", share(Role.PLOT, full=0.5), e=1.8),
    _row("it shows pictures in {} of its cells", _pictures, e=1.0),
    _row("it looks at rows and counts in {} of its cells", share(Role.LOOK, full=0.6), e=0.8, c=0.3),
    _row("it only looks and plots", when(_looks_only), e=1.0),
    _row("it tests hypotheses ({})", does(Role.TEST), e=0.8, x=0.2),
    _row("it cleans and reshapes in {} of its cells", share(Role.CLEAN, full=0.6), c=1.0),
    _row("it makes features ({})", does(Role.FEATURES), c=0.3, x=0.3),
    _row("it gathers data ({})", does(Role.GATHER), c=1.2),
    _row("it writes a table at its end", when(_writes_late), c=0.8),
    _row("it writes data and neither trains nor plots much", when(_stores_only), c=1.0),
    _row("it makes up its data ({})", does(Role.TOY), n=1.0),
    _row("it reads no data", when(_reads_nothing), n=0.6, e=-0.3, c=-0.5),
    # What it imports and how its code speaks.
    _row("it imports {}", imports(_TRAINERS), x=1.0, e=-0.3, c=-0.3),
    _row("it imports {}", imports(_SERVERS), d=1.2),
    _row("it imports {}", imports(_GATHERERS), c=0.8),
    _row("it imports {}", imports(_MACHINE_LEARNING), x=0.4),
    _row("its code speaks of {}", writes_words(WORDS["experiment"], 6), x=1.5),
    _row("its code speaks of {}", writes_words(WORDS["cleaning"], 5), c=1.0),
    _row("its code speaks of {}", writes_words(WORDS["deployment"], 4), d=1.0),
    _row("its code speaks of {}", writes_words(WORDS["none"], 3), n=0.8),
)
