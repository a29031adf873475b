"""The title of a notebook that a person would keep, from its first real heading, its file name or its work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from mlnb.adopt.content import Content, gather
from mlnb.adopt.generic import GENERIC, LEFTOVERS, STOP
from mlnb.adopt.headings import plain
from mlnb.adopt.roles import WEIGHTS
from mlnb.dataflow.mutators import words
from mlnb.notebook.document import Notebook
from mlnb.notebook.kinds import KINDS

_MOST_WORDS = 6
_MOST_SEARCHED = 300  # characters of a heading
_FIRST_CELLS = 3
_SEPARATOR = re.compile(r"\s*[:：|;•·]\s+|\s+[-–—~/]+\s+|\s*[(（\[].*$|\s*[—–]\s*|\.\s+|\s+by\s+(?=[A-Z])")
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’.+#](?=[^\W_]))*")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-_. ]?[01]?\d[-_. ]?[0-3]\d|[0-3]?\d[-_. ][0-3]?\d[-_. ](?:19|20)?\d{2})(?!\d)"
)
_LEADING = re.compile(r"^\s*(?:\d+(?:[._-]\d+)*[a-z]?(?=[\W_]|$)[\W_]*)(?:[a-z]{2,3}[-_](?=\w))?", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|[A-Z]+\b)|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_VERSION = re.compile(r"^(?:v|ver|version|copy|copie|kopie|copia|part|nb|untitled|final)?\d+(?:\.\d+)*$")
_SERIAL = re.compile(r"\d{4}$")  # train0007, and years
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAD_IN = re.compile(
    r"^\s*(?:(?:in )?this (?:notebook|file|script|is)(?: (?:is|for|to|the|a))*|notebook (?:to|for|on)|let[’']?s|"
    r"(?:exploratory )?data (?:analysis|exploration|visuali[sz]ation|cleaning|preparation) (?:of|on|for|with)|"
    r"how to|introduction to|intro to|an? (?:introduction|overview) (?:to|of))\s+",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^(?:from|we|i|here|now|as|if|there|when|it|so|the column|note|please|first|then|after)\b", re.IGNORECASE
)
_ENOUGH = 3  # telling words of a part that can stand for the whole
_LONGEST_WORD = 24  # of a script that has no spaces, a sentence
_LONGEST_HEADING = 14  # words; more is a paragraph
_KIND_WORDS = {word for spec in KINDS.values() for word in (spec.kind.value, *spec.aliases)} | words(
    "exploratory exploring cleaned experimenting deploying deployed notebook"
)


def title_of(notebook: Notebook, root: Path | None = None) -> str:
    """A title of a few words. Never empty: where nothing is said, it is made of what the notebook does."""
    return titles(gather(notebook, root))[0]


def titles(content: Content) -> list[str]:
    """Titles that would do, the best first, all different. The later ones serve where the first is taken."""
    heading = _heading(content)
    file_name = shorten(_cleaned_stem(content.stem))
    work = _work(content)
    weighed = [
        (2, heading),
        (2, file_name),
        (1, heading),
        (1, file_name),
    ]
    found = [text for wanted, text in weighed if informative(text) >= wanted]
    # One word is little: what the notebook works on makes it two.
    found = [text if len(_words(text)) > 1 or informative(text) > 1 else _with_subject(text, content) for text in found]
    found += [work, _with_subject(file_name, content), file_name, heading, _with_subject("", content)]
    return list(dict.fromkeys(text for text in found if _words(text))) or ["notebook"]


def informative(text: str) -> int:
    """How many words of a text say what it is about; a phrase without spaces, as in Chinese, counts by its length."""
    return says(_words(text))


def says(words: Iterable[str]) -> int:
    """The same of single words."""
    return sum(_weight(word) for word in words)


def _weight(word: str) -> int:
    folded = word.casefold()
    if (
        folded in GENERIC
        or _is_stop(word)
        or _VERSION.match(folded)
        or _SERIAL.search(folded)
        or (len(folded) == 1 and not _CJK.match(word))
    ):
        return 0
    return 2 if len(_CJK.findall(word)) >= 4 else 1


def shorten(text: str) -> str:
    """At most six words: the whole text where that is enough, else its first part that says something."""
    text = _LEAD_IN.sub("", text[:_MOST_SEARCHED])
    words = _edges_off(_once(_words(text)))
    if len(_without_stops(words)) > _MOST_WORDS:
        parts = [part for part in _SEPARATOR.split(text) if part and part.strip()]
        parts = [part for part in parts if informative(part)]
        first = parts[0] if parts and informative(parts[0]) >= _ENOUGH else text
        words = _edges_off(_once(_words(first)))
    if len(words) >= _MOST_WORDS:
        words = _without_stops(words)
    if len(words) > _MOST_WORDS:
        telling = [word for word in words if _weight(word)]
        words = telling if len(telling) >= 3 else words
    return _sentence(word[:_LONGEST_WORD] for word in _edges_off(words[:_MOST_WORDS]))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def _once(words: list[str]) -> list[str]:
    """Each word the first time it stands there."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(word.casefold(), word)
    return list(first.values())


def _without_stops(words: list[str]) -> list[str]:
    return [word for word in words if not _is_stop(word)] or words


def _is_stop(word: str) -> bool:
    """“la” is, and LA is a place."""
    return word.casefold() in STOP and not (word.isupper() and len(word) == 2)


def _edges_off(words: list[str]) -> list[str]:
    """No stop word and no word of kind at either end, as long as something is said without it."""
    start, end = 0, len(words)
    while end - start > 1 and says(words[start:end]):
        if _is_edge(words[start]) and says(words[start + 1 : end]):
            start += 1
        elif _is_edge(words[end - 1]) and says(words[start : end - 1]):
            end -= 1
        else:
            break
    return words[start:end]


def _is_edge(word: str) -> bool:
    return _is_stop(word) or word.casefold() in _KIND_WORDS


def _sentence(words: Iterable[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- where titles come from


def _heading(content: Content) -> str:
    """The first heading that says something, among those that can be the title of the whole."""
    tops = [heading for heading in content.headings if heading.level == 1]
    for heading in content.headings:
        in_front = heading.cell < _FIRST_CELLS and heading.level <= 3
        if not in_front and not (len(tops) == 1 and heading is tops[0]):
            continue
        if _TOLD.match(heading.text) or len(heading.text.split()) > _LONGEST_HEADING:
            continue
        text = shorten(heading.text)
        if informative(text):
            return text
    return ""


def _cleaned_stem(stem: str) -> str:
    """A file name without number, initials, dates, kind and marks of age."""
    text = _DATE.sub(" ", unicodedata.normalize("NFC", stem))
    text = _LEADING.sub("", text, count=1)
    text = re.sub(r"[_\s.+,&-]+", " ", _CAMEL.sub(" ", text))
    words = [
        word for word in _words(plain(text)) if word.casefold() not in LEFTOVERS and not _VERSION.match(word.casefold())
    ]
    return " ".join(words)


def _with_subject(text: str, content: Content) -> str:
    """A title of too few words, with the data it is about; else with the name of the project.

    `KNN` becomes `KNN music`; words that say nothing come last, so that `clean data` becomes `weather data`.
    """
    words = _words(text)
    plain_words = [] if says(words) else [word for word in words if not _is_edge(word)]
    words = words if says(words) else []
    for subject in _subjects(content):
        known = {word.casefold() for word in (*words, *plain_words)}
        words += [word for word in _words(subject) if word.casefold() not in known and _weight(word)][:3]
        if says(words) >= 2:
            break
    plain_words = [word.lower() if words and word.istitle() else word for word in plain_words]
    return shorten(" ".join((*words, *plain_words)))


def _subjects(content: Content) -> list[str]:
    """What the data is called: files read, else written, the folder, the project."""
    files = [file for file in (*content.reads[:5], *content.writes[:3]) if not file.lower().endswith(_NO_SUBJECTS)]
    stems = [_cleaned_stem(PurePosixPath(file.replace("\\", "/")).name.split(".")[0]) for file in files]
    folders = [folder for folder in reversed(content.folders) if folder.casefold() not in _PLAIN_FOLDERS]
    return [text for text in [*stems, *map(_cleaned_stem, [*folders, content.project])] if informative(text)]


_NO_SUBJECTS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".html", *WEIGHTS)
_PLAIN_FOLDERS = words("notebooks notebook src code jupyter ipynb scripts nbs research")


def _work(content: Content) -> str:
    """What is trained on what: `random forest on titanic`."""
    for made in content.trained:
        learner = [
            word
            for word in _WORD.findall(_CAMEL.sub(" ", made).replace("_", " "))
            if word.casefold() not in _PLAIN_LEARNERS
        ]
        if made[:1].isupper() and learner:
            return _with_subject(" ".join(word.lower() for word in learner[:3]), content)
    return ""


_PLAIN_LEARNERS = {
    "classifier",
    "regressor",
    "sequential",
    "model",
    "pipeline",
    "cv",
    "search",
    "trainer",
    "net",
    "module",
}
