"""Run every rule over a notebook; a file that cannot be read is a finding too, never a crash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlnb.check.diagnostic import Diagnostic, Place, Severity
from mlnb.check.registry import RULES
from mlnb.check.rule import Finding, Rule, Subject
from mlnb.errors import BadSettings, BrokenNotebook, did_you_mean
from mlnb.notebook import document
from mlnb.notebook.kinds import Kind
from mlnb.project import Project

UNREADABLE = "MLN400"


@dataclass(frozen=True)
class Report:
    """What was found in one notebook. `skipped` says why its code was not looked at."""

    path: Path
    kind: Kind | None
    number: int | None
    title: str
    diagnostics: tuple[Diagnostic, ...]
    skipped: str | None = None

    @property
    def worst(self) -> Severity:
        return max((finding.severity for finding in self.diagnostics), key=lambda s: s.rank, default=Severity.OFF)


def check(project: Project, path: Path) -> Report:
    """Check one notebook. Raises `NotFound` where there is none and `BadSettings` for a rule that does not exist."""
    _known_rules(project)
    reading = project.names.read(path)
    if project.is_record(path):
        return Report(path, None, None, path.parent.name, (), skipped="it is the record of a run")
    try:
        notebook = document.read(path)
    except BrokenNotebook as error:
        broken = Diagnostic(
            UNREADABLE,
            "unreadable",
            Severity.ERROR,
            str(error),
            "A notebook that cannot be read cannot be run.",
            Place(),
        )
        return Report(path, reading.kind, reading.number, path.stem, (broken,), skipped="it cannot be read")
    subject = Subject(notebook, project)
    skipped = None if notebook.is_python else "its language is not Python"
    rules = [rule for rule in RULES if notebook.is_python or rule.code < "MLN200"]
    found = tuple(
        diagnostic
        for rule in rules
        for finding in _findings(rule, subject)
        if (diagnostic := _diagnostic(rule, finding, subject))
    )
    return Report(path, reading.kind, reading.number, notebook.title or path.stem, _in_order(found), skipped)


def _in_order(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    def key(finding: Diagnostic) -> tuple[int, int, str]:
        cell = finding.place.cell
        return (-1 if cell is None else cell, finding.place.line or 0, finding.code)

    return tuple(sorted(found, key=key))


def _findings(rule: Rule, subject: Subject) -> Iterator[Finding]:
    try:
        yield from rule.find(subject)
    except RecursionError:
        yield Finding("this could not be looked for: the notebook is nested too deeply", at_most=Severity.INFO)


def _diagnostic(rule: Rule, finding: Finding, subject: Subject) -> Diagnostic | None:
    severity = min(_severity(rule, subject), finding.at_most, key=lambda severity: severity.rank)
    if severity is Severity.OFF:
        return None
    return Diagnostic(rule.code, rule.name, severity, finding.message, rule.why, finding.place)


def _severity(rule: Rule, subject: Subject) -> Severity:
    """As configured for the kind, else the rule's own; a notebook without kind is treated as an exploration."""
    kind = subject.name.kind or Kind.EXPLORATION
    severity = rule.severities[kind]
    configured = subject.project.settings.rules.get(rule.code)
    if isinstance(configured, str):
        severity = Severity(configured)
    elif configured is not None and kind.value in configured:
        severity = Severity(configured[kind.value])
    is_name_rule = rule.code < "MLN200"
    if is_name_rule and severity.rank > Severity.INFO.rank and subject.project.is_scratch(subject.path):
        return Severity.INFO
    return severity


def _known_rules(project: Project) -> None:
    known = [rule.code for rule in RULES]
    for code in project.settings.rules:
        if code not in known:
            hint = did_you_mean(code, known) or f"; known are {', '.join(known)}"
            raise BadSettings(f"{project.config}: there is no rule “{code}”{hint}")
