"""The papers of a strategy: which there are, what they are called and whom they are for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from klarplan.strategy import addresses
from klarplan.strategy.model import Strategy
from klarplan.strategy.periods import periods

STRATEGY = "strategie.pdf"
BRIEF = "kurzfassung.pdf"
CARDS = "massnahmenkarten.pdf"
BRIEF_PAGE = "kurzfassung/"
FIGURES_PAGE = "auf-einen-blick/"
ORGANISATIONS_PAGE = "organisationen/"
GLOSSARY_PAGE = "glossar/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: its file below the site, its title, and in a sentence whom it serves."""

    name: str
    title: str
    text: str

    @property
    def kind(self) -> str:
        """Its format, as readers know it."""
        return {"pdf": "PDF", "docx": "Word (DOCX)"}[self.name.rpartition(".")[2]]


def measure_file(measure: str) -> str:
    """The PDF of one measure, beside its page."""
    return f"{addresses.page_of('measures', measure)}{addresses.slug(measure)}.pdf"


def papers(strategy: Strategy, as_of: dt.date) -> Sequence[Paper]:
    """The papers that a build makes, in the order in which they are offered."""
    found = [
        Paper(
            name=STRATEGY,
            title="Die ganze Strategie",
            text="Alles, was auf diesen Seiten steht, zum Lesen und Ausdrucken.",
        ),
        Paper(
            name=BRIEF,
            title="Kurzfassung",
            text="Ziele, Zahlen und die wichtigsten Maßnahmen auf höchstens acht Seiten.",
        ),
    ]
    for period in periods(strategy, as_of)[:1]:
        text = "Was erreicht wurde, was sich verzögert und was es kostet: für den Rat."
        for ending in ("pdf", "docx"):
            found.append(Paper(name=period.file(ending), title=period.title, text=text))
    if strategy.measures:
        found.append(
            Paper(
                name=CARDS,
                title="Maßnahmenkarten",
                text="Jede Maßnahme auf einer Karte im Format A6, zum Ausschneiden.",
            )
        )
    return found
