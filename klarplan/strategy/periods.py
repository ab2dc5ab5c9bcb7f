"""The periods that measures are reported for: their days, their order, what they are called.

A label that names a stretch of time (2025-H2, Q3 2025, 2015/2016) stands for its days. Any other
needs a row in ``periods`` that says its days.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from klarplan.letters import plain_letters
from klarplan.messages import KlarplanError, Text, did_you_mean, first_of
from klarplan.strategy.derive import months_before
from klarplan.strategy.model import StatusReport, Strategy
from klarplan.strategy.proposals import Proposal
from klarplan.strategy.time_spans import Span, days_of_label, read_span
from klarplan.words.catalogue import Words

FOLDER = "strategy/reports"
"""Where the texts of reports lie, one file for each period."""

LONGEST = 60
"""So many letters of a label stand in the names of files."""
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One period and its report: ``as_of`` is its last day, or today while it goes on."""

    label: str
    first: dt.date
    last: dt.date
    as_of: dt.date
    slug: str
    """The label as it stands in an address or the name of a file: ``2025-h2``."""

    def name(self, words: Words) -> str:
        """What it is called in a title: „1. Halbjahr 2026“, else its label."""
        return name_of(words, self.label)

    def within(self, words: Words) -> str:
        """When something happened: „im 1. Halbjahr 2026“."""
        return _said(words, self.label, "within")

    def whole(self, words: Words) -> str:
        """What something holds for: „das 1. Halbjahr 2026“."""
        return _said(words, self.label, "whole")

    def title(self, words: Words) -> str:
        """The title of its report."""
        return words("report.title", period=self.name(words))

    @property
    def page(self) -> str:
        """The page of the site with its report."""
        return f"berichte/{self.slug}/"

    @property
    def prose(self) -> str:
        """The file with the text of its report, which may be missing."""
        return f"{FOLDER}/{prose_name(self.label)}.md"

    @property
    def years(self) -> range:
        """The years that it touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def next(self) -> tuple[dt.date, dt.date]:
        """First and last day of the half-year that follows it."""
        first = self.last + ONE_DAY
        return first, months_before(first, -6) - ONE_DAY

    def file(self, ending: str) -> str:
        """Its report as a file, ``pdf``, ``docx`` or ``pptx``."""
        return f"umsetzungsbericht-{self.slug}.{ending}"


def name_of(words: Words, label: str) -> str:
    """What a period is called in words: „1. Halbjahr 2026“, else its label."""
    kind, span = _read(label)
    if span is None:
        return " ".join(label.split())
    return span.name if kind == "years" else words.day(span.begin, kind)


def _said(words: Words, label: str, form: str) -> str:
    """A period within a sentence, in a form of the catalogue: ``within``, ``whole``."""
    kind, span = _read(label)
    years = (span.begin.year, span.end.year) if span else ("", "")
    values = {"year_first": years[0], "year_last": years[1]} if kind == "years" else {}
    key = f"period_name.{kind}.{form}"
    return words(key, **values) if values else words(key, period=name_of(words, label))


@cache
def _read(label: str) -> tuple[str, Span | None]:
    """What sort of period a label names, with its days; ``other`` for a name of one's own."""
    plain = " ".join(label.split())
    if not days_of_label(plain):
        return "other", None
    span = read_span(plain)
    if re.fullmatch(r"\d{4}/\d{4}", span.name):
        return "years", span
    return ("other", None) if "/" in span.name else (span.precision, span)


def prose_name(label: str) -> str:
    """A label as the name of a file, other marks than letters and digits as hyphens."""
    return re.sub(r"[^\w.-]+", "-", label)[:LONGEST].strip("-.") or "zeitraum"


def slug(label: str) -> str:
    """A label as it stands in an address."""
    return re.sub(r"[^a-z0-9]+", "-", plain_letters(label))[:LONGEST].strip("-") or "zeitraum"


def periods(strategy: Strategy, as_of: dt.date) -> tuple[Period, ...]:
    """The periods with reports that speak for a day or one before it, the newest first.

    Labels for the same days are one period, called as the first of them. A report without date
    or whose label tells no days belongs to none. No two periods have the same slug.
    """
    labels: dict[tuple[dt.date, dt.date], str] = {}
    for days, label, spoken in strategy.periods_of_reports:
        if spoken <= as_of:
            labels.setdefault(days, label)
    found: list[Period] = []
    taken: set[str] = set()
    for first, last in sorted(labels, key=lambda days: (days[1], days[0])):
        label = labels[first, last]
        free = base = slug(label)
        number = 2
        while free in taken:
            free, number = f"{base}-{number}", number + 1
        taken.add(free)
        found.append(Period(label, first, last, min(last, as_of), free))
    return tuple(reversed(found))


Origin = Literal["", "late", "correction"]


def labels_around(day: dt.date) -> tuple[str, ...]:
    """How the half-year, the quarter and the year of a day, and those before, may be labelled."""
    half, quarter = (day.month - 1) // 6, (day.month - 1) // 3
    halves = [divmod(day.year * 2 + half - n, 2) for n in (0, 1)]
    quarters = [divmod(day.year * 4 + quarter - n, 4) for n in (0, 1)]
    return (
        *(f"{year}-H{n + 1}" for year, n in halves),
        *(f"{year}-Q{n + 1}" for year, n in quarters),
        *(f"{day.year - n}" for n in (0, 1)),
    )


def known_labels(strategy: Strategy) -> tuple[str, ...]:
    """The labels that a strategy uses, in its table of periods and in reports; the newest first."""
    rows = {row.label: strategy.days_of_period(row.label) for row in strategy.periods}
    rows |= {label: days for days, label, _ in strategy.periods_of_reports}
    never = (dt.date.min, dt.date.min)
    return tuple(sorted(rows, key=lambda label: (rows[label] or never)[1], reverse=True))


def origin(strategy: Strategy, report: StatusReport) -> Origin:
    """Whether a report came late for its period, or corrects another one on it.

    The second report of a measure on the same period is a correction. A report is late after the
    day in ``periods.due``, else after the first report on a later period.
    """
    days = strategy.days_of_period(report.period)
    if not days or not report.date:
        return ""
    for other in strategy.reports_of_measure.get(report.measure, ()):
        if other is report:
            break
        if strategy.days_of_period(other.period) == days and other.date != report.date:
            return "correction"
    limit = strategy.due_of_period(report.period) or strategy.first_report_after(days[1])
    return "late" if limit and report.date > limit else ""


def remark(strategy: Strategy, report: StatusReport) -> str:
    """„nachgemeldet am 3. Mai 2026“, „berichtigt am …“, or nothing to remark."""
    kind = origin(strategy, report)
    return strategy.words(f"report.remark.{kind}", day=report.date) if kind else ""


def corrected(strategy: Strategy, report: StatusReport, as_of: dt.date) -> dt.date | None:
    """When a report was corrected by another one on the same period, the last time."""
    days = strategy.days_of_period(report.period)
    several = strategy.reports_of_measure.get(report.measure, ())
    later = [
        other.date
        for other in several
        if days and strategy.days_of_period(other.period) == days and other.date
    ]
    last = max((day for day in later if day <= as_of), default=None)
    return last if last and report.date and last > report.date else None


def proposal_of(strategy: Strategy, period: Period) -> Proposal | None:
    """What the settings say of the report on a period, however they write its label."""
    told = strategy.settings.proposals
    for same in (str, slug, _spelt):
        for proposal in told:
            if same(proposal.period) == same(period.label):
                return proposal
    return None


def chosen(known: tuple[Period, ...], wanted: str | None) -> Period:
    """The period with a label, however it is written; the newest where none is wanted.

    Raises ``KlarplanError`` with the nearest and with all periods where there is no such one.
    """
    if not known:
        raise KlarplanError(
            Text(
                "Es gibt noch keinen Zeitraum, über den berichtet werden kann.",
                "There is no period yet to report on.",
            ),
            Text(
                "Füllen Sie in data/status_reports.csv die Spalten date und period, "
                "zum Beispiel mit 2026-07-15 und 2026-H1.",
                "Fill the columns date and period of data/status_reports.csv, "
                "for example with 2026-07-15 and 2026-H1.",
            ),
        )
    if wanted is None:
        return known[0]
    for same in (str, slug, _spelt):
        for period in known:
            if same(period.label) == same(wanted):
                return period
    labels = [period.label for period in known]
    guess = did_you_mean(wanted, labels)
    listed = first_of(labels)
    raise KlarplanError(
        Text(
            f"Für den Zeitraum „{wanted}“ gibt es keine Meldungen.",
            f"There are no reports for the period “{wanted}”.",
        ),
        Text(
            f"{guess.de} Gemeldet wurde für: {listed}.".strip(),
            f"{guess.en} Reported periods: {listed}.".strip(),
        ),
    )


def _spelt(label: str) -> str:
    return read_span(label).name if days_of_label(label) else slug(label)
