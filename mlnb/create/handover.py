"""What a notebook hands over to the one that goes on: a finding, an idea, its output or its decision, and the data."""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mlnb.create.new import HandedOver, NewNotebook, create
from mlnb.create.sections import Section, folded, sections
from mlnb.errors import BadName, BrokenNotebook, MlnbError, NotFound
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.kinds import Kind
from mlnb.notebook.parameters import declared
from mlnb.notebook.source import to_python
from mlnb.notebook.syntax import parse
from mlnb.project import Project
from mlnb.records import moves, runs
from mlnb.records.dataset import dataset_files, read_record
from mlnb.records.dataset_name import DatasetName, Reference

_MOST_ITEMS = 200
_LONGEST = 2000
_TITLE = 60
E, C, X, D = Kind.EXPLORATION, Kind.CLEANING, Kind.EXPERIMENT, Kind.DEPLOYMENT

# Which kinds usually go on from one.
_NEXT: dict[Kind, tuple[Kind, ...]] = {E: (C, X), C: (X, E), X: (X, D), D: (E, X)}


@dataclass(frozen=True)
class _Offer:
    """A section that is worth handing over: under which headings it stands, to which kinds, and in how many pieces."""

    name: str
    headings: frozenset[str]
    kinds: tuple[Kind, ...]
    in_points: bool


_OFFERS = (
    _Offer("Findings", frozenset({"findings", "key findings", "insights", "conclusions", "conclusion"}), (C, X), True),
    _Offer("Hand-over", frozenset({"hand over", "handover", "next steps", "next", "outlook"}), (C, X), True),
    _Offer("Ideas", frozenset({"ideas", "to try", "further work", "future work"}), (X,), True),
    _Offer("Output", frozenset({"output", "outputs"}), (X, E), False),
    _Offer("Result", frozenset({"result", "results"}), (X,), False),
    _Offer("Decision", frozenset({"decision"}), (D, X), False),
    _Offer("Checks", frozenset({"failures", "drift", "monitoring"}), (E, X), True),
)
# What a point says of itself: `Clean: the outliers`, `*Try:* a model with lags`.
_POINTED = re.compile(r"[*_]{0,2}(?P<word>\w+(?: \w+)?)[*_]{0,2}:[*_]{0,2}\s+(?P<rest>\S.*)", re.DOTALL)
_POINTS_TO = {
    **dict.fromkeys(("clean", "to clean", "fix", "to fix"), (C,)),
    **dict.fromkeys(("try", "to try", "idea", "next idea"), (X,)),
    **dict.fromkeys(("deploy", "to deploy"), (D,)),
    **dict.fromkeys(("look", "look at", "to explore"), (E,)),
}
_OF_OUTCOME = {"adopt": (D, X), "continue": (X,), "drop": (X, E)}


@dataclass(frozen=True)
class Item:
    """One thing to hand over. `cell` counts from 0; `kinds` are those that it suits."""

    id: str
    section: str
    text: str
    cell: int
    cell_id: str | None
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Handovers:
    """All a notebook offers. `dataset` is the full name of what it saved last, else of what it loads."""

    kind: Kind | None
    next_kinds: tuple[Kind, ...]
    items: tuple[Item, ...]
    dataset: str | None


def offers(project: Project, notebook: Notebook) -> Handovers:
    """What the notebook offers, read and never run. Next kinds come in order of how usual they are."""
    kind = project.names.read(notebook.path).kind
    usual = _NEXT[kind] if kind else ()
    next_kinds = (*usual, *(other for other in Kind if other not in usual))
    dataset = saved_last(project, notebook.path) or loaded(project, notebook)
    return Handovers(kind, next_kinds, items(notebook), dataset)


def find(handovers: Handovers, item_id: str) -> HandedOver:
    """An item by its id. Raises `NotFound` where the notebook has changed since it was offered."""
    for item in handovers.items:
        if item.id == item_id:
            return HandedOver(item.section, item.text, item.cell)
    raise NotFound("what was to be handed over is not in the notebook any more: look again at what it offers")


def usual(handovers: Handovers, kind: Kind) -> Item | None:
    """The item that a notebook of the kind takes over where nobody chose: the only one, or the last decision."""
    suiting = [item for item in handovers.items if kind in item.kinds]
    decisions = [item for item in suiting if item.section == "Decision"]
    return suiting[0] if len(suiting) == 1 else decisions[-1] if decisions else None


def hand_over(
    project: Project,
    parent: Path,
    kind: Kind,
    title: str,
    item: Item | None = None,
    dataset: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Create the notebook that goes on from `parent`: with the item's text, the dataset, and links on both sides.

    `dataset` is a full name. Raises as `create` does; then nothing is written.
    """
    taken = HandedOver(item.section, item.text, item.cell) if item else None
    return create(project, NewNotebook(kind, title, parent, dataset, folder, handover=taken))


def title_for(project: Project, parent: Path, item: Item | None) -> str:
    """What the next notebook is about where nobody said: a finding's “so what”, else what the parent is about."""
    if item is not None and item.section in {offer.name for offer in _OFFERS if offer.in_points}:
        text = re.split(r"→|->|=>", item.text)[-1].strip() or item.text
        text = re.sub(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)", r"\1", text.splitlines()[0])
        text = re.split(r"(?<=\w)[.;:!?](?:\s|$)", re.sub(r"[*_`]{1,3}", "", text))[0]
        while len(text) > _TITLE and " " in text:
            text = text.rpartition(" ")[0]
        if any(character.isalnum() for character in text):
            return text.strip()
    slug = project.names.read(parent).slug
    if not slug:
        raise BadName("say in a few words what the new notebook is about")
    return slug.replace("-", " ").capitalize()


# ------------------------------------------------------------------ items


def items(notebook: Notebook) -> tuple[Item, ...]:
    """What a notebook's text and its calls of mlnb offer, in order of the cells."""
    found: list[Item] = []
    seen: Counter[str] = Counter()
    for section, text, cell, kinds in sorted((*_written(notebook), *_called(notebook)), key=lambda one: one[2].index):
        short = text.strip()[:_LONGEST]
        key = f"{section}\n{short}"
        seen[key] += 1
        identity = hashlib.sha256(f"{key}\n{seen[key]}".encode("utf-8", "replace")).hexdigest()[:12]
        found.append(Item(identity, section, short, cell.index, cell.id, kinds))
    return tuple(found[:_MOST_ITEMS])


_Found = tuple[str, str, Cell, tuple[Kind, ...]]


def _written(notebook: Notebook) -> Iterator[_Found]:
    for section in sections(notebook):
        offer = next((offer for offer in _OFFERS if section.name in offer.headings), None)
        if offer:
            yield from _of_section(offer, section)


def _of_section(offer: _Offer, section: Section) -> Iterator[_Found]:
    if not offer.in_points:
        if (whole := section.whole()) is not None:
            yield offer.name, whole.text, whole.cell, offer.kinds
        return
    for point in section.points():
        pointed = _POINTED.match(point.text)
        kinds = _POINTS_TO.get(folded(pointed["word"])) if pointed else None
        text = pointed["rest"] if pointed and kinds else point.text
        yield offer.name, text, point.cell, kinds or offer.kinds


def _called(notebook: Notebook) -> Iterator[_Found]:
    """Decisions and saved datasets, by the calls in the code."""
    for cell, call in _calls(notebook):
        given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        match _called_name(call):
            case "decide" if (outcome := _text(call.args[0] if call.args else given.get("outcome"))) in _OF_OUTCOME:
                why = _text(given.get("why"))
                yield "Decision", f"{outcome}: {why}" if why else outcome, cell, _OF_OUTCOME[outcome]
            case "save" if name := _text(call.args[1] if len(call.args) > 1 else given.get("name")):
                features = _text(given.get("features"))
                yield "Output", f"dataset {name}{f' ({features})' if features else ''}", cell, (X, E)


def _calls(notebook: Notebook) -> Iterator[tuple[Cell, ast.Call]]:
    if not notebook.is_python:
        return
    for cell in notebook.code_cells:
        if not any(word in cell.source for word in ("decide", "save", "load")):
            continue
        try:
            tree = parse(to_python(cell.source).code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            yield cell, call


def _called_name(call: ast.Call) -> str | None:
    """`save` of `mlnb.save(…)` and `nb.save(…)`; a bare `decide(…)` is mlnb's too, a bare `save(…)` anyone's."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="mlnb" | "nb"), attr=name):
            return name
        case ast.Name(id="decide"):
            return "decide"
        case _:
            return None


def _text(node: ast.expr | None) -> str:
    """The text that an expression is; of an f-string what it says before it is run."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(
                f"{{{ast.unparse(part.value)}}}" if isinstance(part, ast.FormattedValue) else _text(part)
                for part in parts
            )
        case _:
            return ""


# ------------------------------------------------------------------ data


def saved_last(project: Project, path: Path) -> str | None:
    """The full name of the dataset version that the notebook saved last, also under an earlier name of it."""
    where = moves.followed(project)
    own = project.relative(path)
    names = {Path(name).name for name in where.earlier(own)}
    found: list[tuple[datetime, str]] = []
    for name, file in dataset_files(project):
        try:
            record = read_record(file)
            if record is None or record.made_by is None or Path(record.made_by).name not in names:
                continue
            if record.run is None or _is_run_of(project, record.made_by, record.run, own, where):
                found.append((datetime.fromisoformat(record.registered_at), name.stem))
        except (MlnbError, ValueError):
            continue
    return max(found, key=lambda one: (one[0].timestamp(), one[1]))[1] if found else None


def _is_run_of(project: Project, notebook: str, run: str, own: str, where: moves.Present) -> bool:
    """Two notebooks in different folders may have one name; the run knows which of them it was."""
    try:
        record = runs.read(runs.folder_for(project, notebook, run))
    except (MlnbError, ValueError, OSError):
        return True
    return where(record.notebook, record.created) == own


def loaded(project: Project, notebook: Notebook) -> str | None:
    """The full name of the first dataset that the notebook loads."""
    try:
        defaults = {parameter.name: parameter.default for parameter in declared(notebook)}
    except BrokenNotebook:
        defaults = {}
    for _, call in _calls(notebook):
        if _called_name(call) != "load" or not call.args:
            continue
        argument = call.args[0]
        value = defaults.get(argument.id) if isinstance(argument, ast.Name) else _text(argument)
        if isinstance(value, str) and (full := _pinned(project, value)):
            return full
    return None


def _pinned(project: Project, text: str) -> str | None:
    """The version that a text means, None where there is none."""
    known = [name for name, _ in dataset_files(project)]
    try:
        stem = DatasetName.parse(text).stem
        return next((name.stem for name in known if name.stem == stem), None)
    except BadName:
        pass
    try:
        reference = Reference.parse(text)
    except BadName:
        return None
    fitting = [n for n in known if n.name == reference.name and n.iso_date.startswith(reference.date or "")]
    return fitting[-1].stem if fitting else None
