"""All checks of a strategy: reading, validation, rules across tables, pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.check.acknowledged import Answered, settle
from klarplan.check.macro_calls import Caller
from klarplan.check.rules.registry import rules
from klarplan.check.rules.schemas import BROKEN
from klarplan.check.rules.subject import Subject
from klarplan.check.tables import validate
from klarplan.check.texts import Page, read_pages
from klarplan.messages import Finding, KlarplanError
from klarplan.pages.destinations import destinations
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.public import public

if TYPE_CHECKING:
    from klarplan.pages.rendering import Renderer


@dataclass(frozen=True, slots=True)
class Checked:
    """What is open, sorted by file and line, and the warnings that editors have answered."""

    findings: tuple[Finding, ...]
    answered: tuple[Answered, ...] = ()


def check(root: Path, as_of: dt.date, *, pages: bool = True) -> tuple[Finding, ...]:
    """Everything that is open below ``root``; see ``examine``."""
    return examine(root, as_of, pages=pages).findings


def examine(root: Path, as_of: dt.date, *, pages: bool = True, ready: bool = False) -> Checked:
    """Everything that is wrong, or worth knowing, below ``root``, sorted by file and line.

    Bad content is never an exception; ``KlarplanError`` is raised where there is no strategy at
    all. With ``pages`` false, Markdown pages are not looked at; with ``ready``, what a
    public site lacks is told of a draft, too.
    """
    try:
        loaded = load(root)
    except KlarplanError as error:
        if error.exit_code != 1 or error.file is None:
            raise
        broken = Finding(
            rule=BROKEN,
            file=error.file,
            line=error.line,
            problem=error.problem,
            cure=error.cure,
        )
        return Checked((broken,))
    return _examine(loaded, public(loaded), as_of, pages=pages, ready=ready)


def check_loaded(
    loaded: Loaded, shown: Loaded, as_of: dt.date, *, pages: bool = True
) -> tuple[Finding, ...]:
    """The same as ``check`` for a strategy that is already read, and its public part ``shown``."""
    return _examine(loaded, shown, as_of, pages=pages, ready=False).findings


def _examine(loaded: Loaded, shown: Loaded, as_of: dt.date, *, pages: bool, ready: bool) -> Checked:
    found = [*loaded.findings, *validate(loaded)]
    errors = [f for f in found if f.severity == "error"]
    caller = Caller(loaded, shown, as_of)
    read: tuple[Page, ...] = ()
    if pages:
        read, more = read_pages(loaded.root, _renderer(loaded, as_of), caller.answer)
        found += more
    subject = Subject(
        loaded=loaded,
        public=shown,
        as_of=as_of,
        pages=read,
        broken=frozenset((f.file, f.line) for f in errors),
        internal=caller.internal,
        ready=ready,
    )
    wrong = {(f.file, f.line, f.column) for f in errors}
    rows = {(f.file, f.line) for f in errors if f.column is None and f.line is not None}
    for rule in rules():
        if rule.pages and not pages:
            continue
        for finding in rule.findings(subject):
            known = (finding.file, finding.line, finding.column) in wrong
            if not known and (finding.file, finding.line) not in rows:
                found.append(finding)
    for page in read:
        found += page.faults
    found += caller.findings
    still, answered = settle(loaded, tuple(dict.fromkeys(found)), complete=pages)
    return Checked(tuple(sorted(still, key=_place)), tuple(answered))


def _renderer(loaded: Loaded, as_of: dt.date) -> Callable[[], Renderer]:
    """Makes the renderer when the first page asks for it."""

    @cache
    def made() -> Renderer:
        from klarplan.pages.rendering import Renderer  # noqa: PLC0415 (slow import)

        return Renderer(loaded.root, destinations(loaded, as_of))

    return made


def _place(finding: Finding) -> tuple[str, int, str, str]:
    return finding.file, finding.line or 0, finding.column or "", finding.rule


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many errors, warnings and notices there are."""
    number = {"error": 0, "warning": 0, "notice": 0}
    for finding in findings:
        number[finding.severity] += 1
    return number
