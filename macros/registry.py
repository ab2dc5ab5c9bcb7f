"""The macros by name, what they are given, and how wrong arguments are told."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from klarplan.look.colour import legible
from klarplan.messages import KlarplanError, Text, did_you_mean
from klarplan.strategy import addresses, derive, parts
from klarplan.strategy.model import Goal, Measure, Strategy
from klarplan.strategy.schema import Descriptor
from klarplan.words.catalogue import Words

if TYPE_CHECKING:
    from klarplan.look.row_pictures import Sizes

T = TypeVar("T")


class MacroError(KlarplanError):
    """A macro was called with an argument that it can't use."""


@dataclass(frozen=True, slots=True)
class Link:
    """A thing with a page: its id, title and the address from the current page."""

    id: str
    title: str
    url: str
    successors: tuple[Link, ...] = ()
    """The measures that took over a measure: lists name them behind it (``p.measure``)."""
    number: str = ""
    """What a measure or a goal is cited by; lists name it before the title."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A status as it is shown: symbol and word, never colour alone."""

    id: str
    label: str
    symbol: str
    meaning: str
    colour: str
    """Dark enough for white letters."""


NO_REPORT = "none"
"""The badge of a measure that nobody reported on."""
PARTS = derive.IN_PARTS
"""The badge of a measure without report of its own whose parts are reported on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """What the handbook tells of Klarplan itself, which macros can't know: they lie below it."""

    commands: tuple[Mapping[str, Any], ...] = ()
    """Each with name, help and options, for its template."""
    rules: tuple[Any, ...] = ()
    """The rules of the check, with id, title, explanation and severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every macro is given: the public strategy, the as-of date and the page it stands on."""

    strategy: Strategy
    descriptor: Descriptor
    as_of: dt.date
    page_url: str = ""
    chapters: tuple[str, ...] = ()
    """The chapters that this strategy has, in order."""
    parquet: bool = False
    """Whether tables are published as Parquet as well."""
    papers: bool = True
    """Whether papers are made, so that pages may lead to them."""
    macros: Mapping[str, Macro] = field(default_factory=lambda: MACROS)
    """What pages may call, by name: Klarplan's macros, and those of the fork."""
    docs: frozenset[str] = frozenset()
    """The pages of ``docs/`` that the site has, by file; known where pages are made."""
    handbook: Callable[[], Handbook] = Handbook
    """Filled where pages are rendered; the check does without. Asked for by its pages alone."""
    sizes: Callable[[], Mapping[str, Sizes]] = dict
    """The sizes of pictures by their id; one without any is not shown. Asked for where there are
    pictures alone."""

    @property
    def words(self) -> Words:
        """The sentences, dates and numbers of the language that is spoken."""
        return self.strategy.words

    def in_book(self, chapter: str) -> bool:
        """Whether the printed strategy has a chapter."""
        chosen = self.strategy.settings.book_chapters or self.chapters
        return chapter in chosen and chapter in self.chapters

    def url(self, page: str) -> str:
        """The address of a page of the site, seen from the current one."""
        return addresses.relative(self.page_url, page)

    def link(self, table: str, identifier: str | None) -> Link | None:
        """A link to a row's page, or ``None`` where there is no such row."""
        row = self.strategy.entry(table, identifier) if identifier else None
        if row is None:
            return None
        if isinstance(row, Measure):
            return self._measure(row, self._successors(row.id))
        number = self.strategy.number_of_goal[row.id] if isinstance(row, Goal) else ""
        url = self.url(addresses.page_of(table, row.id))
        return Link(row.id, row.title, url, number=number)

    def _measure(self, row: Measure, successors: tuple[Link, ...] = ()) -> Link:
        url = self.url(addresses.page_of("measures", row.id))
        return Link(row.id, row.title, url, successors, row.number)

    def _successors(self, identifier: str) -> tuple[Link, ...]:
        row = self.strategy.measure_by_id[identifier]
        if not derive.is_superseded(self.strategy, row, self.as_of):
            return ()
        return tuple(map(self._measure, self.strategy.successors_of_measure[identifier]))

    def links(self, table: str, identifiers: Iterable[str]) -> tuple[Link, ...]:
        """Links to several rows; unknown ones are left out."""
        found = (self.link(table, identifier) for identifier in identifiers)
        return tuple(link for link in found if link)

    def badge(self, status: str | None) -> Badge:
        """The badge of a status id; the grey one where nothing was reported."""
        row = self.strategy.status_by_id.get(status or "")
        if row is None and status == PARTS:
            label, meaning = self.words("status.in_parts"), self.words("status.in_parts_meaning")
            return Badge(PARTS, label, "+", meaning, "#4a5568")
        if row is None:
            label, meaning = self.words("status.none"), self.words("status.none_meaning")
            return Badge(NO_REPORT, label, "…", meaning, "#5e5c64")
        colour = legible(row.colour or "", "#4a5568")
        return Badge(row.id, row.label, row.symbol or "", row.meaning, colour)

    def badge_of(self, measure: Measure) -> Badge:
        """The badge of a measure's current status, told by its parts where they stand for it."""
        badge = self.badge(derive.status_of(self.strategy, measure, self.as_of))
        if badge.id != derive.IN_PARTS:
            return badge
        return replace(badge, label=parts.in_words(self.strategy, measure, self.as_of))

    def successors(self, measure: Measure) -> tuple[Link, ...]:
        """Links to the measures that took over a measure."""
        return self._successors(measure.id)

    def further_fields(self, measure: Measure) -> tuple[Link, ...]:
        """Links to the fields of action that a measure belongs to besides its leading one."""
        found = self.strategy.further_fields_of_measure.get(measure.id, ())
        return self.links("fields_of_action", (f.id for f in found))

    def label(self, table: str, column: str, value: str | None) -> str:
        """The label of a category, in the language that is spoken."""
        schema = self.descriptor.tables.get(table)
        known = schema.columns.get(column) if schema else None
        return known.label(value or "", self.words.lang) if known else value or ""

    def organisation(self, identifier: str | None) -> str | None:
        """The name of an organisation."""
        row = self.strategy.organisation_by_id.get(identifier or "")
        return row.name if row else None

    def leads(self, measure: str) -> tuple[str, ...]:
        """The names of the organisations that lead a measure."""
        return tuple(o.name for o in self.strategy.leads_of_measure.get(measure, ()) if o.name)


@dataclass(frozen=True, slots=True)
class Macro:
    """One macro: its name, the function that selects its data, and whether it stands in a line."""

    name: str
    select: Callable[..., Mapping[str, Any] | None]
    inline: bool = False
    screen_only: bool = False
    """Whether it is left out on paper, with its heading."""
    own: bool = False
    """Whether it is the fork's, from ``local/macros.py``."""

    @property
    def template(self) -> str:
        """The file of its markup, seen from the root."""
        return f"{'local/' * self.own}overrides/macros/{self.name}.html"

    @property
    def signature(self) -> inspect.Signature:
        """What an author may pass: the parameters without the context."""
        signature = inspect.signature(self.select)
        return signature.replace(parameters=list(signature.parameters.values())[1:])

    @property
    def doc(self) -> str:
        """The German description, for the reference page."""
        return inspect.getdoc(self.select) or ""


MACROS: dict[str, Macro] = {}
"""Every macro of Klarplan by its name; ``local_macros`` adds those of a fork."""

_TARGET: ContextVar[dict[str, Macro]] = ContextVar("target", default=MACROS)


@contextmanager
def gathered() -> Iterator[dict[str, Macro]]:
    """The macros that are registered within, which are then none of Klarplan's."""
    found: dict[str, Macro] = {}
    former = _TARGET.set(found)
    try:
        yield found
    finally:
        _TARGET.reset(former)


def _register(made: Macro) -> None:
    known = _TARGET.get()
    if known is not MACROS and made.name in known:
        raise KlarplanError(
            Text(f"Zwei Bausteine heißen „{made.name}“.", f"Two macros are called “{made.name}”.")
        )
    known[made.name] = made


Select = TypeVar("Select", bound=Callable[..., Mapping[str, Any] | None])


def macro(function: Select) -> Select:
    """Register a macro whose template renders a block of its own."""
    _register(Macro(function.__name__, function))
    return function


def screen_macro(function: Select) -> Select:
    """Register a macro whose block is for screens only, such as a list of links to go on with."""
    _register(Macro(function.__name__, function, screen_only=True))
    return function


def inline_macro(function: Select) -> Select:
    """Register a macro that stands within a sentence."""
    _register(Macro(function.__name__, function, inline=True))
    return function


def known(index: Mapping[str, T], value: object, thing: Text) -> T:
    """The row with an id; ``MacroError`` with the nearest id where there is none."""
    found = index.get(value) if isinstance(value, str) else None
    if found is None:
        guess = did_you_mean(str(value), index)
        raise MacroError(
            Text(f"{thing.de} „{value}“ gibt es nicht.", f"There is no {thing.en} “{value}”."),
            guess
            if guess.de
            else Text(
                f"Vorhanden sind: {_some(index) or 'keine'}.",
                f"There are: {_some(index) or 'none'}.",
            ),
        )
    return found


def _some(names: Iterable[str]) -> str:
    """The first five names."""
    listed = list(names)
    return ", ".join(listed[:5]) + ", …" * (len(listed) > 5)


def one_of(options: Mapping[str, str], value: object, thing: Text) -> str:
    """A category; ``MacroError`` with the nearest where it is none of the options."""
    if isinstance(value, str) and value in options:
        return value
    guess = did_you_mean(str(value), options)
    listed = _some(k if k == label else f"{k} ({label})" for k, label in options.items())
    raise MacroError(
        Text(f"{thing.de} „{value}“ gibt es nicht.", f"There is no {thing.en} “{value}”."),
        Text(
            f"{guess.de} Möglich sind: {listed}.".strip(), f"{guess.en} Possible: {listed}.".strip()
        ),
    )


MEASURE = Text("Die Maßnahme", "measure")
GOAL = Text("Das Ziel", "goal")
FIELD = Text("Das Handlungsfeld", "field of action")
INDICATOR = Text("Die Kennzahl", "indicator")
STATUS = Text("Den Status", "status")
ORGANISATION = Text("Die Organisation", "organisation")
DECISION = Text("Den Beschluss", "decision")
BODY = Text("Das Gremium", "body")
