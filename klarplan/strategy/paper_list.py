"""The papers of a strategy: which there are, what they are called and whom they are for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from klarplan.strategy import addresses
from klarplan.strategy.model import Strategy
from klarplan.strategy.periods import Period, periods

STRATEGY = "strategie.pdf"
BRIEF = "kurzfassung.pdf"
CARDS = "massnahmenkarten.pdf"
BRIEF_PAGE = "kurzfassung/"
FIGURES_PAGE = "auf-einen-blick/"
ORGANISATIONS_PAGE = "organisationen/"
GLOSSARY_PAGE = "glossar/"


Content = Literal["strategy", "brief", "report", "cards"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: its file below the site, its title, and in a sentence whom it serves."""

    name: str
    title: str
    text: str
    content: Content
    """What it tells; with its format, that says how it is made."""
    period: Period | None = None
    """What a report is about."""

    @property
    def kind(self) -> str:
        """Its format, as readers know it."""
        return {"pdf": "PDF", "docx": "Word (DOCX)"}[self.ending]

    @property
    def ending(self) -> str:
        """The ending of its file."""
        return self.name.rpartition(".")[2]


def measure_file(measure: str) -> str:
    """The PDF of one measure, beside its page."""
    return f"{addresses.page_of('measures', measure)}{addresses.slug(measure)}.pdf"


def reports_on(period: Period) -> Sequence[Paper]:
    """The report on a period, in each of its formats."""
    return [
        Paper(
            name=period.file(ending),
            content="report",
            title=period.title,
            text="Was erreicht wurde, was sich verzögert und was es kostet: für den Rat.",
            period=period,
        )
        for ending in ("pdf", "docx")
    ]


def papers(strategy: Strategy, as_of: dt.date) -> Sequence[Paper]:
    """The papers that a build makes, in the order in which they are offered."""
    found = [
        Paper(
            name=STRATEGY,
            content="strategy",
            title="Die ganze Strategie",
            text="Alles, was auf diesen Seiten steht, zum Lesen und Ausdrucken.",
        ),
        Paper(
            name=BRIEF,
            content="brief",
            title="Kurzfassung",
            text="Ziele, Zahlen und die wichtigsten Maßnahmen auf höchstens acht Seiten.",
        ),
    ]
    for period in periods(strategy, as_of)[:1]:
        found += reports_on(period)
    if strategy.measures:
        found.append(
            Paper(
                name=CARDS,
                content="cards",
                title="Maßnahmenkarten",
                text="Jede Maßnahme auf einer Karte im Format A6, zum Ausschneiden.",
            )
        )
    return found
