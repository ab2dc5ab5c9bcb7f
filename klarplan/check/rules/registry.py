"""The list of all rules: what each is called, what it means, how grave it is.

The first digit of a rule's number tells what it looks at: 0 settings, files and their tables,
1 dates, 2 references, 3 reports and statuses, 4 indicators, 5 money, 6 texts in cells, 7 pages,
8 macro calls, 9 papers. A number that was given up is not given again: editors have noted it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from klarplan.messages import Finding, KlarplanError, Severity, Text

if TYPE_CHECKING:
    from klarplan.check.rules.subject import Subject

RuleFunction = Callable[["Subject"], Iterator[Finding]]

MODULES = (
    "accessibility",
    "addresses",
    "broken_text",
    "budget",
    "cell_markup",
    "cells",
    "chapters",
    "colours",
    "columns",
    "confidential",
    "cycles",
    "dates",
    "descriptor_keys",
    "expected_ends",
    "facts",
    "files",
    "footnotes",
    "former",
    "geocoding",
    "indicators",
    "issue_forms",
    "kept_addresses",
    "language",
    "language_codes",
    "links",
    "literal",
    "lost",
    "lost_columns",
    "markup",
    "menu",
    "milestones",
    "named_internal",
    "namesakes",
    "own_additions",
    "own_look",
    "own_program",
    "page_files",
    "people",
    "periods",
    "pictures",
    "placeholders",
    "print_losses",
    "publication",
    "reading",
    "redirects",
    "references",
    "relations",
    "row_shapes",
    "sample",
    "schemas",
    "shifted_cells",
    "status_reports",
    "statuses",
    "stopped",
    "stray_files",
    "telling",
    "templates",
    "text_cells",
    "time_frame",
    "typeface",
    "visibility",
)
"""The modules below ``klarplan.check.rules`` that hold rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; ``explanation`` is its sentence for the reference page.

    ``function`` is ``None`` where the finding arises while files are read or tables validated.
    ``pages`` marks rules that look at Markdown pages.
    """

    id: str
    title: Text
    explanation: Text
    severity: Severity
    pages: bool = False
    function: RuleFunction | None = None

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rule finds, with its id and severity; a finding may be milder than its rule."""
        if self.function is not None:
            for finding in self.function(subject):
                severity = self.severity if finding.severity == "error" else finding.severity
                yield replace(finding, rule=self.id, severity=severity)


_RULES: dict[str, Rule] = {}
_TARGET: ContextVar[dict[str, Rule]] = ContextVar("target", default=_RULES)


@contextmanager
def gathered() -> Iterator[dict[str, Rule]]:
    """The rules that are registered within, which are then none of Klarplan's."""
    found: dict[str, Rule] = {}
    former = _TARGET.set(found)
    try:
        yield found
    finally:
        _TARGET.reset(former)


def _add(rule: Rule) -> None:
    known = _TARGET.get()
    if rule.id in known:
        raise KlarplanError(
            Text(f"Zwei Regeln heißen „{rule.id}“.", f"Two rules are called “{rule.id}”.")
        )
    known[rule.id] = rule


def rule(
    id_: str, *, title: Text, de: str, severity: Severity = "error", pages: bool = False
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as a rule; ``de`` says in German what its docstring says in English."""

    def register(function: RuleFunction) -> RuleFunction:
        explanation = Text(de, " ".join((inspect.getdoc(function) or "").split()))
        _add(
            Rule(
                id=id_,
                title=title,
                explanation=explanation,
                severity=severity,
                pages=pages,
                function=function,
            )
        )
        return function

    return register


def declare(id_: str, title: Text, explanation: Text, severity: Severity = "error") -> str:
    """Register a rule whose findings are made elsewhere; returns its id."""
    _add(Rule(id=id_, title=title, explanation=explanation, severity=severity))
    return id_


def rules() -> tuple[Rule, ...]:
    """All rules, ordered by id."""
    for module in MODULES:
        import_module(f"klarplan.check.rules.{module}")
    return tuple(_RULES[key] for key in sorted(_RULES))
