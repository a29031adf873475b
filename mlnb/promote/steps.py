"""Sections become steps: what each takes, what each gives, and why a notebook's variables may be arguments."""

from __future__ import annotations

import builtins
import itertools
import keyword
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import libcst as cst

from mlnb.dataflow.bindings import Flow, Read, in_sequence
from mlnb.dataflow.graph import live_after
from mlnb.errors import NotPromotable
from mlnb.promote.lift import STORE
from mlnb.promote.reading import Reading, Unit
from mlnb.promote.roles import Roles

# The title of a step that no heading names.
WHOLE = "The whole notebook"

_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Step:
    """One function of the pipeline.

    `takes` are variables of earlier steps, `parameters` those of the notebook, `gives` what it returns;
    `names` are all variables it binds or changes, whose values the verification compares.
    """

    name: str
    title: str
    units: tuple[Unit, ...]
    closing: tuple[cst.EmptyLine, ...]
    takes: tuple[str, ...]
    parameters: tuple[str, ...]
    gives: tuple[str, ...]
    names: tuple[str, ...]
    uses_store: bool

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(sorted({unit.cell.index for unit in self.units}))


@dataclass(frozen=True)
class _Draft:
    title: str
    units: tuple[Unit, ...]
    closing: tuple[cst.EmptyLine, ...]
    flow: Flow


def steps(reading: Reading, roles: Roles, notes: list[str]) -> tuple[Step, ...]:
    """The steps in the order of the notebook. Raises `NotPromotable` where arguments cannot stand for variables."""
    drafts = _drafts(reading, roles)
    _refuse_late_captures(drafts, roles)
    live = live_after([draft.flow for draft in drafts])
    taken = _module_names(reading, roles)
    available = set(roles.parameters)
    still_parameters = set(roles.parameters)
    found: list[Step] = []
    for draft, later in zip(drafts, live, strict=True):
        flow = draft.flow
        _refuse_undefined(draft, available, roles)
        unsure = (flow.defs - flow.certain_defs) & later
        inputs = available & (flow.read_names | unsure)
        changed = flow.mutates & available
        outputs = (flow.defs | changed) & later
        notes += [
            f"`{name}` of “{draft.title}” is bound on some paths only; where it is not, the step stops"
            for name in sorted(unsure - available)
        ]
        name = _free_name("main" if draft.title == WHOLE else draft.title, taken, [step.name for step in found])
        order = _order(draft.units)
        found.append(
            Step(
                name=name,
                title=draft.title,
                units=draft.units,
                closing=draft.closing,
                takes=_sorted(inputs - still_parameters, order),
                parameters=tuple(one for one in roles.parameters if one in inputs & still_parameters),
                gives=_sorted(outputs, order),
                names=_sorted(flow.defs | changed, order),
                uses_store=STORE in flow.read_names,
            )
        )
        available = (available - flow.deletes) | flow.defs
        still_parameters -= outputs | flow.deletes
    return tuple(found)


def _drafts(reading: Reading, roles: Roles) -> list[_Draft]:
    """A draft for each section with statements left; what stands before the first section joins it."""
    found: list[_Draft] = []
    before: tuple[Unit, ...] = ()
    for section in reading.sections:
        units = tuple(unit for unit in section.units if roles.role(unit) == "step")
        if section.title is None and reading.level is not None:
            before = units
        elif units:
            units, before = (*before, *units), ()
            flow = in_sequence(effective(unit, roles) for unit in units)
            found.append(_Draft(section.title or WHOLE, units, section.closing, flow))
    if before:  # sections there are, but all their statements became functions of the module
        found.append(_Draft(WHOLE, before, (), in_sequence(effective(unit, roles) for unit in before)))
    return found


def effective(unit: Unit, roles: Roles) -> Flow:
    """The flow of a statement once the module has its names: reading a function means reading what it needs."""

    def needed(name: str) -> tuple[str, ...]:
        if name in roles.mlnb:
            return (STORE,)
        return roles.needs.get(name, ()) if name in roles.module else (name,)

    flow = unit.flow
    reads = tuple(replace(read, name=name) for read in flow.reads for name in needed(read.name))
    own = frozenset(name for name in flow.mutates if name not in roles.module and name not in roles.mlnb)
    captures = frozenset(name for captured in flow.captures for name in needed(captured)) - {STORE}
    return replace(flow, reads=reads, mutates=own, captures=captures)


def _refuse_late_captures(drafts: Sequence[_Draft], roles: Roles) -> None:
    """A function that stays in its step keeps that step's variables: nobody may bind them anew later."""
    for number, draft in enumerate(drafts):
        for unit in draft.units:
            for name in sorted(effective(unit, roles).captures):
                for later in drafts[number + 1 :]:
                    again = [other for other in later.units if name in other.flow.defs]
                    if again:
                        raise NotPromotable(
                            f"{unit.place}: a function defined here reads `{name}` when it is called, and "
                            f"{again[0].place} binds `{name}` anew; give `{name}` to the function as an argument"
                        )


def _refuse_undefined(draft: _Draft, available: Collection[str], roles: Roles) -> None:
    """Every name a step reads must come from somewhere that the step can see."""
    for unit in draft.units:
        for raw in unit.flow.reads:
            if raw.name in ("display", "exit", "quit"):
                raise NotPromotable(f"{unit.cell.place}, line {raw.line}: `{raw.name}` belongs to IPython; take it out")
    for read in draft.flow.reads:
        if read.name in available or read.name == STORE:
            continue
        in_step = read.name in draft.flow.defs
        if in_step and (read.deferred or not read.certain) and read.name not in _BUILTINS:
            continue
        if read.name in _BUILTINS and read.name not in roles.binders:
            continue
        raise NotPromotable(_undefined(draft, read, roles))


def _undefined(draft: _Draft, read: Read, roles: Roles) -> str:
    reader = next(unit for unit in draft.units if any(one.name == read.name for one in effective(unit, roles).reads))
    later = [unit for unit in roles.binders.get(read.name, ()) if unit is not reader]
    where = f"; {later[0].place} binds it" if later else ""
    direct = any(one.name == read.name for one in reader.flow.reads)
    if direct:
        return f"{reader.cell.place}, line {read.line}: `{read.name}` is read before it is bound{where}"
    through = next(name for name in sorted(reader.flow.read_names) if read.name in roles.needs.get(name, ()))
    return (
        f"{reader.place}: `{through}` is used here and reads `{read.name}`, which is not bound yet{where}; "
        f"give `{read.name}` to `{through}` as an argument"
    )


def _module_names(reading: Reading, roles: Roles) -> set[str]:
    """Names that a step must not take: those of its module, Python's, and what every module of a package has."""
    read = {name for unit in reading.units for name in unit.flow.read_names}
    return {*roles.module, *_BUILTINS, *keyword.kwlist, "functools", "Store"} | (read & _BUILTINS)


def _free_name(title: str, taken: Collection[str], steps: Collection[str]) -> str:
    """A function name from a heading: `Train the model` → `train_the_model`.

    `train_step` where the module has that name, `train_2` where an earlier step has it.
    """
    words = re.sub(r"\W+", "_", re.sub(r"[`*’']", "", title.casefold())).strip("_") or "section"
    words = "_".join(words.split("_")[:6])
    if not words.isidentifier():
        words = f"section_{words}"
    name = f"{words}_step" if words in taken else words
    numbered = (name if number == 1 else f"{name}_{number}" for number in itertools.count(1))
    return next(candidate for candidate in numbered if candidate not in steps and candidate not in taken)


def _order(units: Iterable[Unit]) -> dict[str, int]:
    """Names by where they first appear."""
    found: dict[str, int] = {}
    for unit in units:
        names = [(read.line, read.column, read.name) for read in unit.flow.reads]
        for _, _, name in sorted(names):
            found.setdefault(name, len(found))
        for binding in unit.flow.bindings:
            found.setdefault(binding.name, len(found))
    return found


def _sorted(names: Collection[str], order: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (order.get(name, len(order)), name)))
