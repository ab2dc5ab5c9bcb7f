"""Rules on the periods that measures are reported for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import NOTHING, Finding, Fix, Text, did_you_mean, first_of
from klarplan.strategy.model import StatusReport
from klarplan.strategy.periods import periods, proposal_of
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.time_spans import read_span, usual_label
from klarplan.words.catalogue import GERMAN


def _reports_by_label(subject: Subject) -> dict[str, list[StatusReport]]:
    found: dict[str, list[StatusReport]] = {}
    for report in subject.strategy.status_reports:
        if report.period and (label := " ".join(report.period.split())):
            found.setdefault(label, []).append(report)
    return found


def _lines(reports: list[StatusReport]) -> str:
    named = ", ".join(str(report.line) for report in reports[:3])
    return f"{named} …" if len(reports) > 3 else named


@rule(
    "KP320",
    title=Text("Zeitraum ohne Tage", "Period without days"),
    de="Jeder Berichtszeitraum sagt durch seinen Namen oder in data/periods.csv, "
    "von wann bis wann er reicht.",
)
def period_without_days(subject: Subject) -> Iterator[Finding]:
    """Each label of a period tells its days, or a row of ``periods`` does."""
    for label, reports in _reports_by_label(subject).items():
        if subject.strategy.days_of_period(label) is None:
            lines, several = _lines(reports), len(reports) > 1
            where = f" ({len(reports)} Meldungen, Zeilen {lines})" if several else ""
            where_en = f" ({len(reports)} reports, lines {lines})" if several else ""
            yield subject.cell(
                "status_reports",
                reports[0].line,
                "period",
                Text(
                    f"„{label}“ sagt nicht, von wann bis wann der Zeitraum reicht{where}.",
                    f"“{label}” does not say from when to when the period reaches{where_en}.",
                ),
                Text(
                    "Schreiben Sie ihn zum Beispiel 2025-H2, 2025-Q3 oder 2025, oder nennen Sie "
                    "in data/periods.csv seinen ersten und letzten Tag.",
                    "Write it for example 2025-H2, 2025-Q3 or 2025, or name its first and last "
                    "day in data/periods.csv.",
                ),
            )


@rule(
    "KP321",
    title=Text("Zeitraum aus zwei Jahren", "Period of two years"),
    de="Ein Zeitraum wie 2024/25 steht für zwei Kalenderjahre, "
    "wenn data/periods.csv nichts anderes sagt.",
    severity="notice",
)
def period_of_years(subject: Subject) -> Iterator[Finding]:
    """A label such as 2024/25 stands for calendar years; its days are told."""
    rows = {" ".join(row.label.split()) for row in subject.strategy.periods if row.last}
    for label, reports in _reports_by_label(subject).items():
        days = subject.strategy.days_of_period(label)
        if days and "/" in label and label not in rows and "/" in read_span(label).name:
            first, last = (GERMAN.short_day(day) for day in days)
            yield subject.cell(
                "status_reports",
                reports[0].line,
                "period",
                Text(
                    f"„{label}“ gilt als {first} bis {last}.",
                    f"“{label}” is taken as {days[0]} to {days[1]}.",
                ),
                Text(
                    "Ist ein Haushalts- oder Schuljahr gemeint, nennen Sie in data/periods.csv "
                    "seinen ersten und letzten Tag.",
                    "If a budget year or a school year is meant, name its first and last day in "
                    "data/periods.csv.",
                ),
            )


@rule(
    "KP324",
    title=Text("Zeitraum von Excel umgeformt?", "Period changed by a spreadsheet?"),
    de="Kein Zeitraum sieht aus wie ein Datum, das eine Tabellenkalkulation geschrieben hat: Aus "
    "2/25 wird dort „Feb 25“.",
    severity="warning",
)
def period_from_spreadsheet(subject: Subject) -> Iterator[Finding]:
    """No period looks like a date of a spreadsheet, which makes “Feb 25” of 2/25."""
    for label, reports in _reports_by_label(subject).items():
        found = _SHORT_MONTH.fullmatch(label)
        if found is None or subject.strategy.days_of_period(label) is None:
            continue
        month = read_span(label).name
        for report in reports:
            yield subject.cell(
                "status_reports",
                report.line,
                "period",
                Text(
                    f"„{label}“ gilt hier als der Monat {month}; so schreibt aber auch Excel um, "
                    "was wie ein Datum aussieht, zum Beispiel 2/25.",
                    f"“{label}” is taken as the month {month}; but that is also what Excel makes "
                    "of what looks like a date, for example 2/25.",
                ),
                Text(
                    f"Ist der Monat gemeint, schreiben Sie {month}, sonst den Zeitraum selbst, zum "
                    f"Beispiel {month[:4]}-H1.",
                    f"If the month is meant, write {month}, else the period itself, for example "
                    f"{month[:4]}-H1.",
                ),
            )


@rule(
    "KP325",
    title=Text("Zeitraum klein geschrieben", "Period in small letters"),
    de="Zeiträume stehen so da, wie sie üblich sind: 2026-H2, nicht 2026-h2.",
    severity="warning",
)
def period_in_unusual_case(subject: Subject) -> Iterator[Finding]:
    """Labels of periods are in the usual case: what is the same is written in one way."""
    for name, line, column, text in subject.text_cells:
        if (name, column) not in (("status_reports", "period"), ("periods", "label")):
            continue
        if (usual := usual_label(text)) != text and " ".join(text.split()) == text:
            problem = Text(f"„{text}“ ist {usual}.", f"“{text}” is {usual}.")
            cure = Text(f"Schreiben Sie {usual}.", f"Write {usual}.")
            finding = subject.cell(name, line, column, problem, cure)
            yield replace(finding, fix=Fix(text, usual))


_SHORT_MONTH = re.compile(r"[A-Z][a-zä]{2}[ .-]{1,2}\d\d")


@rule(
    "KP322",
    title=Text("Tage eines Zeitraums", "Days of a period"),
    de="Ein Zeitraum in data/periods.csv endet nicht vor seinem ersten Tag, "
    "und sein Meldeschluss liegt nicht vor seinem ersten Tag.",
)
def period_out_of_order(subject: Subject) -> Iterator[Finding]:
    """A row of ``periods`` has its days in order."""
    for row in subject.strategy.periods:
        for column, day in (("last", row.last), ("due", row.due)):
            if row.first and day and day < row.first:
                yield subject.cell(
                    "periods",
                    row.line,
                    column,
                    Text(
                        f"{day} liegt vor dem ersten Tag {row.first}.",
                        f"{day} is before the first day {row.first}.",
                    ),
                    Text("Prüfen Sie beide Tage.", "Check both days."),
                )


@rule(
    "KP323",
    title=Text("Meldung vor ihrem Zeitraum", "Report before its period"),
    de="Eine Meldung liegt nicht vor dem ersten Tag ihres Zeitraums.",
    severity="warning",
)
def report_before_period(subject: Subject) -> Iterator[Finding]:
    """A report is not dated before its period began."""
    for report in subject.strategy.status_reports:
        days = subject.strategy.days_of_period(report.period)
        if days and report.date and report.date < days[0]:
            yield subject.cell(
                "status_reports",
                report.line,
                "period",
                Text(
                    f"Die Meldung vom {report.date} liegt vor ihrem Zeitraum „{report.period}“.",
                    f"The report of {report.date} is before its period “{report.period}”.",
                ),
                Text("Prüfen Sie Datum und Zeitraum.", "Check date and period."),
            )


@rule(
    "KP061",
    title=Text("Vorlage ohne Bericht", "Proposal without report"),
    de="Jeder Zeitraum unter proposals in strategy/strategy.yml ist einer, zu dem es einen Bericht "
    "gibt, und keiner steht dort zweimal.",
    severity="warning",
)
def proposal_without_report(subject: Subject) -> Iterator[Finding]:
    """Each period below proposals in strategy/strategy.yml has a report, and stands there once."""
    told = subject.strategy.settings.proposals
    known = periods(subject.strategy, dt.date.max) if told else ()
    used = [proposal_of(subject.strategy, period) for period in known]
    labels = [period.label for period in known]
    for proposal in told:
        if any(proposal is one for one in used):
            continue
        guess = did_you_mean(proposal.period, labels)
        written = re.compile(rf"""\s+["']?{re.escape(proposal.period)}["']?\s*:.*""")
        lines = enumerate(subject.texts.get(SETTINGS, ()), 1)
        yield subject.settings_file(
            Text(
                f"Zum Zeitraum „{shown(proposal.period)}“ gibt es keinen Bericht, oder er steht "
                "hier schon.",
                f"There is no report on the period “{shown(proposal.period)}”, or it stands here "
                "already.",
            ),
            guess
            if guess != NOTHING
            else Text(
                f"Nennen Sie einen Zeitraum, zu dem es Meldungen gibt: {first_of(labels)}."
                if labels
                else "Löschen Sie den Eintrag, bis es Meldungen gibt.",
                f"Name a period that there are reports for: {first_of(labels)}."
                if labels
                else "Delete the entry until there are reports.",
            ),
            value=shown(proposal.period),
            line=next((number for number, text in lines if written.fullmatch(text)), None),
        )
