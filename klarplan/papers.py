"""The papers of a strategy: which there are, what they are called and whom they are for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from klarplan.model import Strategy

STRATEGY = "strategie.pdf"
BRIEF = "kurzfassung.pdf"
CARDS = "massnahmenkarten.pdf"
BRIEF_PAGE = "kurzfassung/"
REPORT_PAGES = "berichte/"
FIGURES_PAGE = "auf-einen-blick/"
ORGANISATIONS_PAGE = "organisationen/"


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


def periods(strategy: Strategy, as_of: dt.date) -> tuple[str, ...]:
    """The periods that measures were reported for, the newest first."""
    newest: dict[str, dt.date] = {}
    for report in strategy.status_reports:
        if report.period and report.date and report.date <= as_of:
            newest[report.period] = max(report.date, newest.get(report.period, report.date))
    return tuple(sorted(newest, key=lambda period: (newest[period], period), reverse=True))


def period_slug(period: str) -> str:
    """A period as it stands in an address or the name of a file: ``2025-h2``."""
    return re.sub(r"[^a-z0-9]+", "-", period.lower()).strip("-") or "zeitraum"


def report_page(period: str) -> str:
    """The page of the site that reports on a period."""
    return f"{REPORT_PAGES}{period_slug(period)}/"


def report_file(period: str, ending: str) -> str:
    """The file of a report, ``pdf`` or ``docx``."""
    return f"umsetzungsbericht-{period_slug(period)}.{ending}"


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
            title = f"Umsetzungsbericht {period}"
            found.append(Paper(name=report_file(period, ending), title=title, text=text))
    if strategy.measures:
        found.append(
            Paper(
                name=CARDS,
                title="Maßnahmenkarten",
                text="Jede Maßnahme auf einer Karte im Format A6, zum Ausschneiden.",
            )
        )
    return found
