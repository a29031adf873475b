"""What a rule is: a code, a severity per kind, and a function from a notebook to findings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from mlnb.check.diagnostic import Place, Severity
from mlnb.dataflow.graph import DataflowGraph, analyse
from mlnb.notebook.document import Cell, Notebook
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import NameReading
from mlnb.project import Project


@dataclass(frozen=True)
class Subject:
    """The notebook under check, with what rules ask of it, computed once and only if asked."""

    notebook: Notebook
    project: Project

    @property
    def path(self) -> Path:
        return self.notebook.path

    @cached_property
    def name(self) -> NameReading:
        return self.project.names.read(self.path)

    @cached_property
    def dataflow(self) -> DataflowGraph:
        return analyse(self.notebook)

    def at(self, cell: Cell, line: int | None = None, column: int | None = None) -> Place:
        return Place(cell=cell.index, cell_id=cell.id, line=line, column=column)


@dataclass(frozen=True)
class Finding:
    """What a rule found, before its severity is known; `at_most` for what is only worth a remark."""

    message: str
    place: Place = Place()
    at_most: Severity = Severity.ERROR


@dataclass(frozen=True)
class Rule:
    """Registered once, in `mlnb.check.registry`; its page is made from the docstring of its module."""

    code: str
    name: str
    severities: Mapping[Kind, Severity]
    find: Callable[[Subject], Iterator[Finding]]

    @property
    def module(self) -> ModuleType:
        found = inspect.getmodule(self.find)
        assert found is not None
        return found

    @property
    def summary(self) -> str:
        """The first line of the rule's documentation."""
        return (self.module.__doc__ or "").strip().splitlines()[0]

    @property
    def why(self) -> str:
        """The paragraph under `Why` in the rule's documentation, as one line."""
        return " ".join(section(self.module.__doc__ or "", "Why").split())


def severities(default: str, **kinds: str) -> Mapping[Kind, Severity]:
    """One severity for all kinds, with exceptions: `severities("warn", exploration="info")`."""
    return {kind: Severity(kinds.get(kind.value, default)) for kind in Kind}


def section(documentation: str, title: str) -> str:
    """The text under a heading `## title` of a rule's documentation."""
    lines = inspect.cleandoc(documentation).splitlines()
    if f"## {title}" not in lines:
        return ""
    start = lines.index(f"## {title}") + 1
    end = next((place for place in range(start, len(lines)) if lines[place].startswith("## ")), len(lines))
    return "\n".join(lines[start:end]).strip()
