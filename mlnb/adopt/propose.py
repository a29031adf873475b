"""The title of a notebook that a person would keep, from its heading, its file name, its data or its work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from mlnb.adopt.content import Content, gather
from mlnb.adopt.generic import LEFTOVERS
from mlnb.adopt.headings import Heading, plain
from mlnb.adopt.people import GIVEN_NAMES
from mlnb.adopt.phrases import MOST_WORDS, informative, is_edge, is_version, says, shorten, uncamelled, weight, words
from mlnb.adopt.roles import WEIGHTS
from mlnb.adopt.tasks import learner, task
from mlnb.dataflow.mutators import words as table
from mlnb.notebook.document import Notebook

_FIRST_CELLS = 3
_EARLY = 6  # a heading of the whole; after more cells it is one of a section
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-_. ]?[01]?\d[-_. ]?[0-3]\d|[0-3]?\d[-_. ][0-3]?\d[-_. ](?:19|20)?\d{2}"
    r"|[0-3]\d[01]\d20\d\d|2\d[01]\d[0-3]\d(?=[_ -]))(?!\d)"
)
_LEADING = re.compile(r"^\s*(?:\d+(?:[._-]\d+)*[a-z]?(?=[\W_]|$)[\W_]*)(?:[a-z]{2,3}[-_](?=\w))?", re.IGNORECASE)
_TOLD = re.compile(
    r"^(?:from|we|i|here|now|as|if|there|when|it|so|the (?:column|goal|aim|purpose)|note|please|first|then|after)\b",
    re.IGNORECASE,
)
# What a section does first; the whole is not about it.
_STEP = re.compile(
    r"^(?:load|get|open|read|import|connect|create|define|set|fetch|install|initiali[sz]e|make|check|run|show|print|"
    r"select|add|look|identify|inspect|change|save|export|removing|checking|loading|extracting|creating|reading|importing|merging|defining|plotting|"
    r"cargar?|importar?|lectura|guardar|charger|lire|laden|lesen)\b",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"(?<=[^\W\d_])[_ -]([2-9]|1\d)$")
_LONGEST_HEADING = 14  # words; more is a paragraph
_LONGEST_SECTION = 8
_FEW = 2  # headings of the highest level: the first of more is a section
_CLEAR = 3  # telling words


def title_of(notebook: Notebook, root: Path | None = None) -> str:
    """A title of a few words. Never empty: where nothing is said, it is made of what the notebook does."""
    return titles(gather(notebook, root))[0]


def titles(content: Content) -> list[str]:
    """Titles that would do, the best first, all different. The later ones serve where the first is taken."""
    whole, section = _headings(content)
    stem = _without_people(_cleaned_stem(content.stem), content)
    file_name = _with_number(shorten(stem), content.stem)
    trained = _trained(content, stem)
    weighed = [(2, whole), (2, file_name), (1, whole), (1, file_name)]
    found = [text for wanted, text in weighed if informative(text) >= wanted]
    # One word is little: what the notebook works on makes it more.
    found = [text if informative(text) > 1 or len(words(text)) > 1 else _with_subject(text, content) for text in found]
    named = _with_subject(file_name, content)
    sections = [section] if informative(section) > 1 else []
    # The first section is what a notebook without a name is called; one with a name is about more.
    found += [*sections, trained] if not words(stem) else [trained, *([named] if informative(named) else []), *sections]
    found += [
        "" if all(map(is_edge, words(stem))) else named,
        _with_task(content),
        named,
        section,
        file_name,
        whole,
        _with_subject("", content),
    ]
    if found_first := next((text for text in found if words(text)), ""):
        found.insert(0, _with_task(content) if _is_thin(found_first, stem, content) else found_first)
    return list(dict.fromkeys(text for text in found if words(text))) or ["notebook"]


def _is_thin(title: str, stem: str, content: Content) -> bool:
    """It is the name of the project and no more, where that is no words or the file has no name of its own."""
    around = set(_folded(" ".join((_project(content), *content.folders))))
    if not set(_folded(title)) <= around or any(
        not is_edge(word) and word.casefold() not in _DATA for word in words(stem)
    ):
        return False
    return not words(stem) or sum(len(word) >= _LEAST_HANDLE and word.isalpha() for word in words(title)) < _FEW


def _with_task(content: Content) -> str:
    """What the notebook works on and what it does there: `BiciMAD distances`."""
    done = task(content)
    known = set(_folded(done))
    around = words(_with_subject("", content)) or words(_cleaned_stem(_project(content)))
    subject = [word for word in around if word.casefold() not in known]
    return shorten(" ".join((*subject[: MOST_WORDS - len(known)], done)))


# ---------------------------------------------------------------- headings


def _headings(content: Content) -> tuple[str, str]:
    """The heading that is the title of the whole, and the first that says something else; empty where there is none."""
    tops = min((heading.level for heading in content.headings), default=0)
    highest = [heading for heading in content.headings if heading.level == tops]
    whole = section = ""
    for heading in content.headings:
        in_front = heading.cell < _FIRST_CELLS and heading.level <= 3
        alone = len(highest) == 1 and heading is highest[0] and heading.level <= 3 and heading.cell < _EARLY
        if not (in_front or alone) or not _can_be_title(heading, content):
            continue
        text = shorten(heading.text)
        if not informative(text):
            continue
        if _STEP.match(heading.text):
            continue
        opens = heading is content.headings[0] and heading.level == 1 and heading.cell == 0
        if not whole and (alone or (opens and (len(highest) <= _FEW or informative(text) >= _CLEAR))):
            whole = text
        elif not section and len(heading.text.split()) <= _LONGEST_SECTION:
            section = text
    return whole, section


def _can_be_title(heading: Heading, content: Content) -> bool:
    told = _TOLD.match(heading.text) and not heading.text.endswith("?")  # a question says what it is about
    if told or len(heading.text.split()) > _LONGEST_HEADING:
        return False
    owner = _handle(content)
    joined = "".join(words(heading.text)).casefold()
    return not owner or (joined not in owner and not set(map(str.casefold, words(heading.text))) & GIVEN_NAMES)


# ---------------------------------------------------------------- file names


def _cleaned_stem(stem: str) -> str:
    """A file name without number, initials, dates, kind and marks of age."""
    text = _DATE.sub(" ", unicodedata.normalize("NFC", stem))
    text = _LEADING.sub("", text, count=1)
    text = re.sub(r"[_\s.+,&-]+", " ", uncamelled(text))
    found = [
        word for word in words(plain(text)) if word.casefold() not in LEFTOVERS and not is_version(word.casefold())
    ]
    while len(found) > 1 and len(found[0]) == 1 and found[0].isascii() and says(found[1:]):
        found = found[1:]
    return " ".join(found)


def _with_number(text: str, stem: str) -> str:
    """A title with the number that tells the file from those before it: `xgb_model_2`, not `xgb_model (2)`."""
    number = _LAST_NUMBER.search(_DATE.sub(" ", stem))
    if not number or not informative(text) or number[1] in words(text) or len(words(text)) >= MOST_WORDS:
        return text
    return f"{text} {number[1]}"


def _handle(content: Content) -> str:
    """Whose the project is, where its folder is called `owner__project`."""
    return content.project.rpartition("__")[0].casefold()


def _without_people(text: str, content: Content) -> str:
    """A file name without who wrote it."""
    owner, project = _handle(content), _project(content).casefold()
    kept: list[str] = []
    for word, before in zip(words(text), ["", *words(text)], strict=False):
        folded = word.casefold()
        is_place = before.casefold() in _SAINTS
        is_owner = len(folded) > _LEAST_HANDLE and folded in owner and (folded == owner or folded not in project)
        if is_place or not (folded in GIVEN_NAMES or is_owner):
            kept.append(word)
    return " ".join(kept)


def _project(content: Content) -> str:
    """The name of the project, without its owner, the branch of a download, the code of a course and who owns it."""
    name = re.sub(r"[-_](?:main|master|develop)$", "", content.project.rpartition("__")[2])
    parts = re.split(r"([-_\s])", name)
    return "".join(part for part in parts if not _CODE.match(part) and not _INITIALED.match(part)).strip("-_ ")


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in words(uncamelled(re.sub(r"[_-]+", " ", text)))]


# ---------------------------------------------------------------- what it works on


def _with_subject(text: str, content: Content, least: int = 2) -> str:
    """A title of too few words, with the project it belongs to; one that says nothing, with the data it is about.

    `KNN` becomes `KNN music`; words that say nothing come last, so that `clean data` becomes `weather data`.
    """
    found = words(text)
    has_subject = says(found) > 0
    plain_words = [] if has_subject else [word for word in found if not is_edge(word) and word.casefold() not in _DATA]
    found = found if has_subject else []
    for subject in _subjects(content, data_first=not has_subject):
        known = {word.casefold() for word in (*found, *plain_words)}
        free = min(_MOST_OF_SUBJECT, MOST_WORDS - len(known))
        found += [word for word in words(subject) if word.casefold() not in known and weight(word)][:free]
        if says(found) >= least:
            break
    if not found:
        return shorten(text)
    return shorten(" ".join((*found, *(word.lower() if word.istitle() else word for word in plain_words))))


def _subjects(content: Content, *, data_first: bool) -> list[str]:
    """What the work is about: files of data, the folder, the project. What has one word comes after what has more."""
    folders = [folder for folder in reversed(content.folders) if folder.casefold() not in _PLAIN_FOLDERS]
    around = [_without_people(_cleaned_stem(text), content) for text in (*folders, _project(content))]
    around = [text for text in around if any(weight(word) and not is_edge(word) for word in words(text))]
    made = _stems(content.writes[:3])
    files = list(dict.fromkeys(_stems(content.reads) or made))
    shared = [_without_people(text, content) for text in _shared(files)]
    side = [_without_people(text, content) for text in (*(files[:_FEW] if len(files) > 1 else ()), *made)]
    if data_first and sum(len(word) >= _LEAST_HANDLE for word in words(around[-1] if around else "")) >= _FEW:
        found = [*(text for text in shared if informative(text) > 1), *around, *shared, *side]
    else:
        found = [*shared, *around, *side] if data_first else [*around, *shared, *side]
    telling = [text for text in found if informative(text)]
    return sorted(telling, key=lambda text: informative(text) < 2) if data_first else telling


def _shared(stems: list[str]) -> list[str]:
    """What several files have in common; one of several says nothing of the whole."""
    common = [word for word in words(stems[0]) if all(word in words(stem) for stem in stems)] if stems else []
    return [" ".join(common)] if common and _is_sound(" ".join(common)) else []


def _stems(files: Iterable[str]) -> list[str]:
    """The names of files of data, as far as they are made of words and not of codes."""
    names = [PurePosixPath(file.replace("\\", "/")).name for file in files if not file.lower().endswith(_NO_SUBJECTS)]
    stems = [_cleaned_stem(max(name.split(".")[:-1] or [name], key=len)) for name in names]
    return [stem for stem in stems if _is_sound(stem)]


def _is_sound(stem: str) -> bool:
    """At least one word of four letters, or all in capitals, and none of less than three."""
    telling = [word for word in words(stem) if weight(word)]
    letters = [sum(map(str.isalpha, word)) for word in telling]
    if stem and not stem.isascii():
        return True
    return bool(telling) and min(letters) >= 3 and (max(letters) >= 4 or stem.isupper())


_LEAST_HANDLE = 4
_CODE = re.compile(r"^[A-Za-z]{1,5}(?:0\d|\d{3,})$")  # UG04, COMP4501
# Two consonants with which no word begins, as in `tgrandjean`: an initial and a surname.
_INITIALED = re.compile(
    r"^(?!bl|br|ch|cl|cr|cy|db|dr|dw|fl|fr|gh|gl|gn|gr|kn|kl|kr|ml|nl|ph|pl|pr|ps|pt|rh|sb|sc|sh|sk|sl|sm|sn|sp|sq|st"
    r"|sv|sw|th|tr|ts|tw|vl|wh|wr|xg|lg|[b-z]y)[bcdfghjklmnpqrstvwxz]{2}[a-z]{2,}[aeiou][a-z]{2,}$"
)
_MOST_OF_SUBJECT = 4
_SAINTS = table("san saint st santa são sao sankt new north south")
_DATA = table("data dataset datasets")
_NO_SUBJECTS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".html", ".pkl", ".pickle", ".sav", *WEIGHTS)
_PLAIN_FOLDERS = table("notebooks notebook src code jupyter ipynb scripts nbs research drafts draft data lib eda")


def _trained(content: Content, stem: str) -> str:
    """What is trained on what, `random forest on titanic`, where the file is not named after something else."""
    found = learner(content)
    is_other = any(not is_edge(word) and word.casefold() not in _TRAINING for word in words(stem))
    if not found or is_other:
        return ""
    return _with_subject(found, content, least=informative(found) + 1)


_TRAINING = table(
    "model models modeling modelling modelo modelado modelos modèle train training trained fit run experiment "
    "experiments baseline prediction predictions predict predicting ml machine learning regression classification "
    "classifier forecasting forecast and the of y"
)
