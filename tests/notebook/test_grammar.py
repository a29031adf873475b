"""Names under the settings of a project: presets, own patterns, further words, hostile names."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlnb.errors import BadName, BadSettings
from mlnb.notebook.grammar import DEFAULT, PRESETS, Grammar
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import NotebookName, read_name, slugify, unportable
from mlnb.settings import grammar, parse

WRITTEN = [
    ("seq", "030_experiment_ridge.ipynb"),
    ("plain", "experiment_ridge.ipynb"),
    ("date", "2025-03-14_experiment_ridge.ipynb"),
    ("ccds", "3.30-abc-ridge.ipynb"),
    ("folder", "experiment/030_ridge.ipynb"),
    ("{kind}-{seq:04}-{slug}", "experiment-0030-ridge.ipynb"),
    ("{date}/{slug}_{kind}", "2025-03-14/ridge_experiment.ipynb"),
    ("{author}.{kind}.{slug}", "abc.experiment.ridge.ipynb"),
]


@pytest.mark.parametrize(("pattern", "text"), WRITTEN)
def test_patterns(pattern: str, text: str) -> None:
    """Presets and own patterns write a name and read it back."""
    own = Grammar(PRESETS.get(pattern, pattern))
    name = own.name(Kind.EXPERIMENT, "ridge", number=30, date="2025-03-14", author="abc")
    assert (text, name) == (own.write(name), own.parse(text))
    reading = own.read(Path("project/notebooks") / text)
    assert (Kind.EXPERIMENT, "ridge", True) == (reading.kind, reading.slug, reading.canonical)


BAD_PATTERNS = [
    ("{slug}", "must hold {slug} and {kind}"),
    ("{kind}", "must hold {slug} and {kind}"),
    ("{kind}_{slgu}", "did you mean “slug”"),
    ("{kind}_{slug}_{slug}", "twice"),
    ("{kind}_{slug:x}", "a field is written as"),
    ("{kind}_{slug}}", "a field is written as"),
    ("../{kind}_{slug}", "below the notebooks folder"),
    ("/{kind}_{slug}", "below the notebooks folder"),
    ("{kind}\\{slug}", "below the notebooks folder"),
    ("{kind}:{slug}", "Windows does not allow"),
    ("{kind}_{seq:03}{slug}", "cannot be read back"),
    ("{kind}_{slug} ", "ends with a space"),
    ("con/{kind}_{slug}", "device name"),
    ("a\0b/{kind}_{slug}", "Windows does not allow"),
    (".git/hooks/{kind}_{slug}", "begins or ends with a space or a dot"),
    ("{kind}//{slug}", "begins or ends with a space or a dot"),
    ("./{kind}_{slug}", "begins or ends with a space or a dot"),
    ("\u202ea/{kind}_{slug}", "an invisible character"),
]


@pytest.mark.parametrize(("pattern", "message"), BAD_PATTERNS)
def test_bad_patterns(pattern: str, message: str) -> None:
    """A pattern that cannot work is refused when the settings are read, with the reason."""
    with pytest.raises(BadSettings, match="setting “notebooks.pattern” will not do: ") as refusal:
        parse({"notebooks": {"pattern": pattern}}, "mlnb.toml")
    assert message in str(refusal.value)


def test_aliases() -> None:
    """Further words for a kind, in any language, as a field or as a word; folded as people write them."""
    settings = parse({"kinds": {"experiment": {"aliases": ["実験", "Versuch"]}}}, "mlnb.toml")
    own = grammar(settings)
    for stem in ("013_実験_注文", "versuch ridge", "Ridge - VERSUCH", "030_experiment_x"):
        assert own.read(f"{stem}.ipynb").kind is Kind.EXPERIMENT, stem
    assert read_name("013_実験_注文.ipynb").kind is None
    assert own.parse("030_experiment_x.ipynb").kind is Kind.EXPERIMENT


BAD_ALIASES = [
    ({"experiment": {"aliases": ["clean"]}}, "it means cleaning already"),
    ({"experiment": {"aliases": ["Etude"]}, "cleaning": {"aliases": ["etude"]}}, "already"),
    ({"experiment": {"aliases": ["two words"]}}, "is not one word"),
    ({"experiment": {"alias": ["x"]}}, "did you mean “aliases”"),
    ({"experimnt": {"aliases": ["x"]}}, "kinds.experimnt"),
]


@pytest.mark.parametrize(("kinds", "message"), BAD_ALIASES)
def test_bad_aliases(kinds: dict[str, object], message: str) -> None:
    """A word means one kind."""
    with pytest.raises(BadSettings) as refusal:
        parse({"kinds": kinds}, "mlnb.toml")
    assert message in str(refusal.value)


LENIENT = [
    ("ccds", "2.01-jd-first-plots.ipynb", Kind.EXPLORATION),
    ("ccds", "1.0 jd clean up.ipynb", Kind.CLEANING),
    ("folder", "eda/orders.ipynb", Kind.EXPLORATION),
    ("folder", "02 cleaning/orders.ipynb", Kind.CLEANING),
    ("folder", "misc/orders.ipynb", None),
    ("folder", "eda/030_experiment_x.ipynb", Kind.EXPERIMENT),
]


@pytest.mark.parametrize(("pattern", "text", "kind"), LENIENT)
def test_lenient_reading(pattern: str, text: str, kind: Kind | None) -> None:
    """Where the pattern says the kind by a phase or a folder, these are read as leniently as words are."""
    assert kind is Grammar(PRESETS[pattern]).read(Path("work") / text).kind


def test_strict_settings() -> None:
    """A project may insist on the form, and on ASCII."""
    assert Grammar(accept="canonical").read("EDA of orders.ipynb").kind is None
    assert Grammar(accept="canonical").read("010_exploration_orders.ipynb").kind is Kind.EXPLORATION
    own = Grammar(ascii_only=True)
    with pytest.raises(BadName, match="ascii-only"):
        own.slug("注文")
    with pytest.raises(BadName):
        own.parse("010_exploration_注文.ipynb")
    assert "orders" == own.slug("Orders!")


def test_a_hundred_thousand_names() -> None:
    """Names of all patterns, scripts and lengths print and read back as they were."""
    chance = random.Random(7)
    scripts = [(0x30, 0x3A), (0x61, 0x7B), (0xE0, 0x180), (0x391, 0x3CA), (0x430, 0x450), (0x5D0, 0x5EB)]
    scripts += [(0x620, 0x64B), (0x905, 0x93A), (0x3041, 0x3097), (0x4E00, 0x9FFF), (0xAC00, 0xD7A4), (0x10A0, 0x10C6)]
    grammars = [Grammar(pattern) for pattern in [*PRESETS.values(), *(pattern for pattern, _ in WRITTEN[5:])]]
    for turn in range(100_000):
        first, last = chance.choice(scripts)
        words = ("".join(chr(chance.randrange(first, last)) for _ in range(chance.randint(1, 9))) for _ in range(3))
        try:
            slug = slugify(" ".join(words))
        except BadName:  # combining marks or unassigned code points only
            continue
        own = grammars[turn % len(grammars)]
        name = own.name(
            chance.choice(list(Kind)),
            slug,
            number=chance.randint(0, 9999),
            version=chance.choice([None, None, chance.randint(1, 99)]),
            date=f"{chance.randint(1, 9999):04}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            author=chance.choice(["ab", "müller", "李"]),
        )
        text = own.write(name)
        assert name == own.parse(text), text
        assert unportable(PurePosixPath(text).name) is None, text


PARTS = """con prn aux nul com1 lpt9 com¹ conin$ . .. ... ~ - _ $ ' " ` \\ / : * ? < > | % & ; # ! @ + = , 🎉 👩‍🔬 \0 \x1b[31m
\x7f \u202e \u200b \ufeff \u2028 e\u0301 ﬁ İ ß ǅ 订单 실험 تجربة ١٢٣ ² ½ Ⅳ 𝕏 \ud800 experiment cleaning EDA v2 final Copy1 ../.. C:
.ipynb .ipynb_checkpoints NUL.tar.gz {{title}} ${HOME} $(id) \u0378 \U000e0041 xn-- 030 99999 2025-02-30""".split(" ")


def test_a_thousand_hostile_names() -> None:
    """Whatever is typed, it is refused in one sentence or becomes a name that every file system can hold."""
    chance = random.Random(11)
    titles = [*PARTS, *("x" * length for length in (1, 57, 58, 255, 300, 70_000)), " ", "", "\n"]
    while len(titles) < 1_000:
        titles.append(chance.choice(["", " ", "-", "_"]).join(chance.choices(PARTS, k=chance.randint(1, 40))))
    for pattern in PRESETS.values():
        own = Grammar(pattern)
        for title in titles:
            own.read(f"{title}.ipynb")
            try:
                slug = own.slug(title)
            except BadName:
                continue
            text = own.write(own.name(Kind.CLEANING, slug, number=20, date="2025-03-14", author="ab"))
            file_name = PurePosixPath(text).name
            assert unportable(file_name) is None, title
            assert file_name == unicodedata.normalize("NFC", file_name)
            assert own.parse(text).slug == slug, title


@given(st.text(), st.sampled_from(list(PRESETS.values())))
def test_any_text(text: str, pattern: str) -> None:
    """No text crashes, and what is read strictly prints as it was read."""
    own = Grammar(pattern)
    own.read(text)
    for candidate in (text, f"{text}.ipynb"):
        try:
            name = own.parse(candidate)
        except BadName:
            continue
        assert own.write(name) == unicodedata.normalize("NFC", candidate)


def test_the_default_is_the_form_of_names() -> None:
    """Without settings the grammar writes what `NotebookName` prints."""
    name = NotebookName(Kind.EXPERIMENT, "ridge", "030", 2)
    assert str(name) == DEFAULT.write(name)
    assert "experiment_ridge.ipynb" == DEFAULT.write(NotebookName(Kind.EXPERIMENT, "ridge"))
