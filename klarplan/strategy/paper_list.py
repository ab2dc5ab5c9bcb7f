"""The papers of a strategy: which there are, what they are called and whom they are for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from klarplan.strategy import addresses
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import Measure, Strategy
from klarplan.strategy.periods import Period, periods
from klarplan.words.catalogue import Words

STRATEGY = "strategie.pdf"
ANNEX = "strategie-anhang.pdf"
BRIEF = "kurzfassung.pdf"
CARDS = "massnahmenkarten.pdf"
TIMETABLE = "zeitplan.pdf"
LEAST_DATED = 2
"""So many measures with dates make a timetable."""
BRIEF_PAGE = "kurzfassung/"
FIGURES_PAGE = "auf-einen-blick/"
ORGANISATIONS_PAGE = "organisationen/"
PLACES_PAGE = "orte/"
GLOSSARY = "docs/glossar.md"
"""The one page of ``docs/`` that is printed."""
GLOSSARY_PAGE = "glossar/"


Content = Literal["strategy", "annex", "brief", "report", "timetable", "cards"]


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
        return {"pdf": "PDF", "docx": "Word (DOCX)", "pptx": "PowerPoint (PPTX)"}[self.ending]

    @property
    def ending(self) -> str:
        """The ending of its file."""
        return self.name.rpartition(".")[2]


def measure_file(measure: str) -> str:
    """The PDF of one measure, beside its page."""
    return f"{addresses.page_of('measures', measure)}{addresses.slug(measure)}.pdf"


def reports_on(words: Words, period: Period) -> Sequence[Paper]:
    """The report on a period, in each of its formats."""
    return [
        Paper(
            name=period.file(ending),
            content="report",
            title=period.title(words),
            text=words("paper.slides" if ending == "pptx" else "paper.report"),
            period=period,
        )
        for ending in ("pdf", "docx", "pptx")
    ]


def papers(strategy: Strategy, as_of: dt.date) -> Sequence[Paper]:
    """The papers that a build makes, in the order in which they are offered."""
    words = strategy.words
    held = "with_goals" if strategy.goals else "with_measures"
    brief = _paper(words, BRIEF, "brief", held if strategy.measures else "text")
    found = [_paper(words, STRATEGY, "strategy")]
    if has_annex(strategy):
        found.append(_paper(words, ANNEX, "annex"))
    found.append(brief)
    for period in periods(strategy, as_of)[:1]:
        found += reports_on(words, period)
    if sum(has_dates(measure) for measure in strategy.measures) >= LEAST_DATED:
        found.append(_paper(words, TIMETABLE, "timetable"))
    if strategy.measures:
        found.append(_paper(words, CARDS, "cards"))
    return found


def has_dates(measure: Measure) -> bool:
    """Whether a measure has a begin or an end, planned or real, that a bar can show."""
    return any(
        (measure.planned_start, measure.planned_end, measure.actual_start, measure.actual_end)
    )


def has_annex(strategy: Strategy) -> bool:
    """Whether there is more to tell than stands in the book.

    That are the pages of rows, what people said and who took part, who does what, and places.
    """
    shown = [CHAPTERS[name] for name in strategy.settings.chapters]
    rows = any(chapter.rows and strategy.entries(chapter.rows) for chapter in shown)
    part = strategy.feedback or strategy.participation or strategy.stakeholders
    taken = part and CHAPTERS["participation"] in shown
    return bool(rows or taken or strategy.organisations or strategy.measures_of_place)


def _paper(words: Words, name: str, content: Content, text: str = "text") -> Paper:
    return Paper(
        name=name,
        content=content,
        title=words(f"paper.{content}.title"),
        text=words(f"paper.{content}.{text}"),
    )
