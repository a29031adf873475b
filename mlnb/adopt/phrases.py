"""Short phrases out of long ones: which words of a heading or a file name say what it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mlnb.adopt.generic import GENERIC, STOP
from mlnb.dataflow.mutators import words as table
from mlnb.notebook.kinds import KINDS

MOST_WORDS = 6
_MOST_SEARCHED = 300  # characters of a heading
_SEPARATOR = re.compile(r"\s*[:：|;•·]\s+|\s+[-–—~/]+\s+|\s*[(（\[].*$|\s*[—–]\s*|\.\s+|\s+by\s+(?=[A-Z])")
_ENDING = re.compile(r"(?<=[^\W\d_]{4})(?:ing|ed|ers?|s)$")  # “import” and “importing” are one word twice
_BRACKET = re.compile(r"\s*[(（\[].*$")
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’.+#](?=[^\W_]))*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|[A-Z]+\b)|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_VERSION = re.compile(r"^(?:v|ver|version|copy|copie|kopie|copia|part|nb|untitled|final)?\d+(?:\.\d+)*$")
_SERIAL = re.compile(r"\d{4}$")  # train0007, and years
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAD_IN = re.compile(
    r"^\s*(?:(?:step|part|phase|stage) \d+\s*[:.–—-]|"
    r"(?:in )?this (?:notebook|file|script|is)(?: (?:is|for|to|the|a))*|let[’']?s|"
    r"(?:notebook|script|programme?|skript|programa|cuaderno|código|codigo) "
    r"(?:to|for|on|pour|para(?: la)?|zum?|zur|de)|"
    r"(?:exploratory )?data (?:analysis|exploration|visuali[sz]ation|cleaning|preparation) (?:of|on|for|with)|"
    r"how to|introduction to|intro to|an? (?:introduction|overview) (?:to|of))\s+",
    re.IGNORECASE,
)
# “FE010 - ”, and what universities call their courses.
_CODE = re.compile(r"^\s*[A-Z]{1,8}[-_ ]?\d{1,4}\s*[-–—:]+\s*(?=\S)|\b[A-Z]{3,5} ?\d{3,4}\b(?=.*\b(?i:project|course))")
_GREETING = re.compile(r"\bhello[\s_-]+world\b", re.IGNORECASE)
# Spelt with capitals inside, and yet one word.
_ONE_WORD = re.compile(
    r"(XGBoost|LightGBM|CatBoost|AdaBoost|TensorFlow|PyTorch|DataFrame|AutoML|GitHub|MongoDB|PostgreSQL|YouTube|OpenAI|"
    r"ChatGPT|DeepSeek|MovieLens|OpenBabel|BigQuery|SageMaker|NumPy|SciPy|MLflow|WordNet|ImageNet|ResNet|UNet|BERTopic)"
)
_KIND_WORDS = {word for spec in KINDS.values() for word in (spec.kind.value, *spec.aliases)} | table(
    "exploratory exploring cleaned experimenting deploying deployed notebook"
)
_ENOUGH = 3  # telling words of a part that can stand for the whole
_LONGEST_WORD = 24  # of a script that has no spaces, a sentence


def words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def uncamelled(text: str) -> str:
    """`leadTimes` as `lead Times`, and `XGBoost` as it is."""
    parts = enumerate(_ONE_WORD.split(text))  # every second one is such a word
    return " ".join(part if index % 2 else _CAMEL.sub(" ", part) for index, part in parts if part)


def informative(text: str) -> int:
    """How many words of a text say what it is about; a phrase without spaces, as in Chinese, counts by its length."""
    return says(words(text))


def says(found: Iterable[str]) -> int:
    """The same of single words."""
    return sum(weight(word) for word in found)


def weight(word: str) -> int:
    folded = word.casefold()
    if (
        folded in GENERIC
        or _is_stop(word)
        or is_version(folded)
        or _SERIAL.search(folded)
        or (len(folded) == 1 and not _CJK.match(word))
    ):
        return 0
    return 2 if len(_CJK.findall(word)) >= 4 else 1


def is_version(word: str) -> bool:
    return _VERSION.match(word) is not None


def is_edge(word: str) -> bool:
    """A word that a title neither begins nor ends with."""
    return _is_stop(word) or word.casefold() in _KIND_WORDS


def shorten(text: str) -> str:
    """At most six words: the whole text where that is enough, else its first part that says something."""
    text = _GREETING.sub(" ", _CODE.sub("", _LEAD_IN.sub("", text[:_MOST_SEARCHED])))
    found = _edges_off(_once(words(_quieter(text))))
    if len(_without_stops(found)) > MOST_WORDS and informative(before := _BRACKET.sub("", text)):
        text = before
        found = _edges_off(_once(words(_quieter(text))))
    if len(_without_stops(found)) > MOST_WORDS:
        parts = [part for part in _SEPARATOR.split(text) if part and informative(part)]
        text = parts[0] if parts and informative(parts[0]) >= _ENOUGH else text
        found = _edges_off(_once(words(_quieter(text))))
    if len(found) > MOST_WORDS:
        found = _cut(found)
    return sentence(word[:_LONGEST_WORD] for word in _edges_off(found[:MOST_WORDS]))


def _cut(found: list[str]) -> list[str]:
    """The words that matter; where these are too many, up to the end of a phrase."""
    short = _without_stops(found)
    ends = [
        len(_without_stops(found[:end]))
        for end in range(_ENOUGH, len(found))
        if _is_stop(found[end]) and not _is_stop(found[end - 1])
    ]
    fits = [end for end in ends if _ENOUGH <= end <= MOST_WORDS and says(short[:end]) >= _ENOUGH]
    if len(short) <= MOST_WORDS and not (fits and _trails_off(short[fits[-1] :])):
        return short
    if fits:
        return short[: fits[-1]]
    telling = [word for word in short if weight(word)]
    return telling if len(telling) >= _ENOUGH else short


def _trails_off(rest: list[str]) -> bool:
    """After the last phrase that fits, nothing more is said: “… using machine learning”."""
    return bool(rest) and not says(rest)


def _quieter(text: str) -> str:
    """A text that is all in capitals, in small ones."""
    return text.lower() if text.isupper() and len(text.split()) >= _ENOUGH else text


def _once(found: list[str]) -> list[str]:
    """Each word the first time it stands there; small words may come again."""
    seen: set[str] = set()
    kept: list[str] = []
    for word in found:
        form = _ENDING.sub("", word.casefold())
        if form not in seen or _is_stop(word):
            kept.append(word)
        seen.add(form)
    return kept


def _without_stops(found: list[str]) -> list[str]:
    return [word for word in found if not _is_stop(word)] or found


def _is_stop(word: str) -> bool:
    """“la” is, and LA is a place."""
    return word.casefold() in STOP and not (word.isupper() and len(word) == 2)


def _edges_off(found: list[str]) -> list[str]:
    """No stop word and no word of kind at either end, as long as something is said without it."""
    start, end = 0, len(found)
    while end - start > 1 and says(found[start:end]):
        if is_edge(found[start]) and says(found[start + 1 : end]):
            start += 1
        elif is_edge(found[end - 1]) and says(found[start : end - 1]):
            end -= 1
        else:
            break
    return found[start:end]


def sentence(found: Iterable[str]) -> str:
    text = " ".join(found)
    return text[:1].upper() + text[1:]
