"""All checks of a strategy: reading, validation, rules across tables, pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.check.acknowledged import Answered, settle
from klarplan.check.causes import told_once
from klarplan.check.macro_calls import Caller
from klarplan.check.obstacles import obstacles
from klarplan.check.own_rules import rules_of
from klarplan.check.places import located
from klarplan.check.rules.lost_columns import lost
from klarplan.check.rules.own_program import failed
from klarplan.check.rules.reading import UNRENDERED
from klarplan.check.rules.registry import Rule
from klarplan.check.rules.sample import SAMPLE
from klarplan.check.rules.schemas import BROKEN
from klarplan.check.rules.subject import Subject
from klarplan.check.tables import validate
from klarplan.check.template_trials import Trials
from klarplan.check.texts import Page, read_pages
from klarplan.messages import Finding, KlarplanError
from klarplan.own_code import OwnCodeError
from klarplan.pages.destinations import destinations
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.public import public
from klarplan.strategy.schema import VISIBILITY
from klarplan.strategy.unread import UnreadError, refusing

if TYPE_CHECKING:
    from klarplan.pages.rendering import Renderer


TURNED = "KP054"
"""Names of columns that stand over other values: nothing else is said of their table."""
GONE = (TURNED, "KP027", "KP052")
"""Rules that tell of columns whose values are gone: what depends on them needs no warning."""
UNPUBLISHED = "KP706"
"""A page that lies where it is not published is told of, and nothing in it before it is moved."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is open, and the warnings that editors have answered.

    Errors come first, and causes before their consequences; each cause is told once.
    """

    findings: tuple[Finding, ...]
    single: tuple[Finding, ...] = ()
    """The same findings, each at its own place."""
    answered: tuple[Answered, ...] = ()


def check(root: Path, as_of: dt.date, *, pages: bool = True) -> tuple[Finding, ...]:
    """Everything that is open below ``root``; see ``examine``."""
    return examine(root, as_of, pages=pages).findings


def examine(root: Path, as_of: dt.date, *, pages: bool = True, ready: bool = False) -> Checked:
    """Everything that is wrong, or worth knowing, below ``root``, each cause once.

    Bad content is never an exception; ``KlarplanError`` is raised where there is no strategy at
    all. With ``pages`` false, Markdown pages are not looked at; with ``ready``, what a
    public site lacks is told of a draft, too.
    """
    before = obstacles(root)
    try:
        loaded = load(root)
    except KlarplanError as error:
        if error.exit_code != 1 or error.file is None:
            raise
        broken = _refusal(BROKEN, error)
        return Checked((*before, broken), (*before, broken))
    standing = Standing(loaded, public(loaded), as_of)
    return _examine(standing, before, pages=pages, ready=ready)


def check_loaded(
    loaded: Loaded, shown: Loaded, as_of: dt.date, *, pages: bool = True
) -> tuple[Finding, ...]:
    """The same as ``check`` for a strategy that is already read, and its public part ``shown``."""
    return _examine(Standing(loaded, shown, as_of), pages=pages, ready=False).findings


class Standing:
    """The check of settings and tables as they were read, beside which texts may change.

    What was made of tables, and of texts that have not changed, is kept from time to time.
    """

    def __init__(self, loaded: Loaded, shown: Loaded, as_of: dt.date) -> None:
        self.loaded = loaded
        self.shown = shown
        self.told, self.unread = validate(loaded)
        """What is wrong with the tables, and which of them can't be read."""
        self.readable = refusing(loaded, self.unread)
        self.public = refusing(shown, self.unread)
        self.as_of = as_of
        self.caller = Caller(self.readable, self.public, as_of, _unsure(loaded, self.told))
        self.pages: dict[str, Page] = {}
        """The pages that were read last, by file."""
        self.renderer = _renderer(self.readable, as_of)
        """Makes what renders texts, once it is asked for."""
        self.templates = Trials(self.public, as_of)

    def read(self) -> list[Finding]:
        """Read the pages; returns what is wrong with those that can't be read.

        ``KlarplanError`` where no page can be rendered.
        """
        with suppress(UnreadError):  # what could not be read is told already
            self.renderer()
        answer = self.caller.answer
        pages, findings = read_pages(self.loaded.root, self.renderer, answer, self.pages)
        former, self.pages = self.pages, {page.file: page for page in pages}
        kept = {file for file, page in self.pages.items() if former.get(file) is page}
        self.caller.keep(kept)
        return findings

    def findings(self) -> tuple[Finding, ...]:
        """The same as ``check``, of the texts as they are now."""
        return _examine(self, pages=True, ready=False).findings


def _examine(
    standing: Standing, before: Sequence[Finding] = (), *, pages: bool, ready: bool
) -> Checked:
    loaded, caller = standing.loaded, standing.caller
    found = [*before, *loaded.findings, *standing.told]
    errors = [f for f in found if f.severity == "error"]
    read: tuple[Page, ...] = ()
    if pages:
        try:
            found += standing.read()
        except KlarplanError as error:
            if error.file is None:
                raise
            if all(f.file != error.file for f in before):
                found.append(_refusal(UNRENDERED, error))
            pages = False
        read = tuple(standing.pages.values())
    subject = Subject(
        loaded=standing.readable,
        public=standing.public,
        as_of=standing.as_of,
        pages=read,
        broken=frozenset((f.file, f.line) for f in errors),
        internal=caller.internal - caller.unsure,
        ready=ready,
    )
    wrong = {(f.file, f.line, f.column) for f in errors}
    rows = {(f.file, f.line) for f in errors if f.column is None and f.line is not None}
    gone = partial(lost, loaded.root)
    cautious = _cautious(standing, subject, [*errors, *filter(gone, found)])
    # Errors first: what is told of a cell as an error needs no warning. Then what is gone.
    mistaken: set[tuple[str, int | None, str | None]] = set()
    known = rules_of(loaded.root)
    for rule in sorted(known, key=lambda rule: (rule.severity != "error", rule.id not in GONE)):
        if rule.pages and not pages:
            continue
        made = [*_findings(rule, subject if rule.severity == "error" else cautious)]
        for finding in made:
            place = (finding.file, finding.line, finding.column)
            told = place in wrong or (finding.severity != "error" and place in mistaken)
            if not told and (finding.file, finding.line) not in rows:
                found.append(finding)
        mistaken |= {(f.file, f.line, f.column) for f in made if f.severity == "error" and f.column}
        if rule.id in GONE and any(map(gone, made)):
            cautious = _cautious(standing, subject, [*errors, *filter(gone, found)])
            subject = cautious if rule.id == TURNED else subject
    for page in read:
        found += page.faults
    found += caller.findings
    if pages:
        found += standing.templates.misspelt
        if all(f.severity != "error" for f in found):
            found += standing.templates.unfillable
    unpublished = {f.file for f in found if f.rule == UNPUBLISHED}
    found = [f for f in found if f.file not in unpublished or f.rule == UNPUBLISHED]
    sample = {f.file for f in found if f.rule == SAMPLE and f.line is None}
    found = [f for f in found if f.file not in sample or f.rule == SAMPLE]
    turned = {f.file for f in found if f.rule == TURNED}
    found = [f for f in found if f.file not in turned or f.rule == TURNED]
    placed = tuple(located(loaded, found))
    complete = pages and not any(map(gone, found))
    still, answered = settle(loaded, tuple(dict.fromkeys(placed)), complete=complete)
    return Checked(told_once(still), tuple(still), tuple(answered))


def _refusal(rule: str, error: KlarplanError) -> Finding:
    """What ends the work, as a finding at its file."""
    assert error.file
    return Finding(
        rule=rule, file=error.file, line=error.line, problem=error.problem, cure=error.cure
    )


def _unsure(loaded: Loaded, told: Iterable[Finding]) -> frozenset[str]:
    """Ids of rows of which nobody can say whether they are internal, before that is mended."""
    wrong = {(f.file, f.line) for f in told if f.column == VISIBILITY}
    return frozenset(
        record[0]
        for table in loaded.strategy.tables.values()
        for record, line in zip(table.records, table.lines, strict=True)
        if (table.file, line) in wrong and record
    )


def _cautious(standing: Standing, subject: Subject, causes: Sequence[Finding]) -> Subject:
    """The subject of warnings: without tables in which something is wrong that may be the cause."""
    less = standing.unread | _faulty(standing.loaded, causes)
    if less == standing.unread:
        return subject
    loaded, public = refusing(standing.loaded, less), refusing(standing.shown, less)
    return replace(subject, loaded=loaded, public=public)


def _faulty(loaded: Loaded, errors: Sequence[Finding]) -> frozenset[str]:
    """Tables in which something is wrong: what warnings find missing there may be just that."""
    files = {error.file for error in errors}
    tables = loaded.descriptor.tables.items()
    return frozenset(name for name, schema in tables if f"data/{schema.path}" in files)


def _findings(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """What a rule finds; nothing (more) where it asks for what could not be read."""
    with suppress(UnreadError):
        try:
            yield from rule.findings(subject)
        except OwnCodeError as error:
            yield failed(error)


def _renderer(loaded: Loaded, as_of: dt.date) -> Callable[[], Renderer]:
    """Makes the renderer when the first page asks for it."""

    @cache
    def made() -> Renderer:
        from klarplan.pages.rendering import Renderer  # noqa: PLC0415 (slow import)

        return Renderer(loaded.root, destinations(loaded, as_of))

    return made


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many errors, warnings and notices there are."""
    number = {"error": 0, "warning": 0, "notice": 0}
    for finding in findings:
        number[finding.severity] += 1
    return number
