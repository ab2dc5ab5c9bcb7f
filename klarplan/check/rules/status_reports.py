"""Rules on status reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.derive import has_begun, is_stale, latest_report
from klarplan.strategy.model import StatusReport


def _category(subject: Subject, report: StatusReport) -> str:
    status = subject.strategy.status_by_id.get(report.status)
    return status.category if status else ""


@rule(
    "KP301",
    title=Text("Meldung in der Zukunft", "Report in the future"),
    de="Eine Meldung ist nicht nach dem Stichtag datiert.",
)
def report_in_future(subject: Subject) -> Iterator[Finding]:
    """A status report is not dated after the as-of date."""
    for report in subject.strategy.status_reports:
        if report.date and report.date > subject.as_of:
            yield subject.cell(
                "status_reports",
                report.line,
                "date",
                Text(
                    f"Die Meldung ist auf den {report.date} datiert, Stichtag ist {subject.as_of}.",
                    f"The report is dated {report.date}, the as-of date is {subject.as_of}.",
                ),
                Text("Tragen Sie den Tag der Meldung ein.", "Enter the day of the report."),
            )


@rule(
    "KP302",
    title=Text("Meldung vor Beginn", "Report before start"),
    de="Eine Meldung über begonnene Arbeit liegt nicht vor dem Beginn der Maßnahme, "
    "und keine Meldung liegt vor dem Zeitraum der Strategie und dem Beginn der Maßnahme.",
)
def report_before_start(subject: Subject) -> Iterator[Finding]:
    """A report that tells of work is not before its measure's start; none is before all began."""
    first_year = subject.strategy.settings.period_start
    for report in subject.strategy.status_reports:
        measure = subject.strategy.measure_by_id.get(report.measure)
        start = (measure.actual_start or measure.planned_start) if measure else None
        if not start or not report.date or report.date >= start:
            continue
        works = has_begun(_category(subject, report)) or (report.progress or 0) > 0
        before_all = first_year is not None and report.date < dt.date(first_year, 1, 1)
        if works or before_all:
            yield subject.cell(
                "status_reports",
                report.line,
                "date",
                Text(
                    f"Die Meldung vom {report.date} liegt vor dem Beginn von {report.measure} "
                    f"({start}).",
                    f"The report of {report.date} is before the start of {report.measure} "
                    f"({start}).",
                ),
                Text(
                    "Prüfen Sie das Datum, oder tragen Sie bei der Maßnahme den tatsächlichen "
                    "Beginn ein.",
                    "Check the date, or enter the actual start of the measure.",
                ),
            )


@rule(
    "KP303",
    title=Text("Zwei Meldungen für einen Zeitraum", "Two reports for one period"),
    de="Zu jeder Maßnahme gibt es je Berichtszeitraum höchstens eine Meldung.",
)
def report_twice(subject: Subject) -> Iterator[Finding]:
    """A measure has at most one report for each period."""
    seen: dict[tuple[str, str], StatusReport] = {}
    for report in subject.strategy.status_reports:
        if not report.period or not report.measure:
            continue
        first = seen.setdefault((report.measure, report.period), report)
        if first is not report and first.date != report.date:
            yield subject.cell(
                "status_reports",
                report.line,
                "period",
                Text(
                    f"{report.measure} hat für „{report.period}“ schon eine Meldung in Zeile "
                    f"{first.line}.",
                    f"{report.measure} already has a report for “{report.period}” in line "
                    f"{first.line}.",
                ),
                Text(
                    "Prüfen Sie den Zeitraum, oder fassen Sie beide Meldungen zusammen.",
                    "Check the period, or merge both reports.",
                ),
            )


@rule(
    "KP304",
    title=Text("Fortschritt fällt", "Progress falls"),
    de="Der Fortschritt einer Maßnahme sinkt nicht von einer Meldung zur nächsten.",
)
def progress_falls(subject: Subject) -> Iterator[Finding]:
    """The progress of a measure does not fall from one report to the next."""
    for reports in subject.strategy.reports_of_measure.values():
        told = [r for r in reports if r.progress is not None]
        for before, after in pairwise(told):
            assert before.progress is not None
            assert after.progress is not None
            if after.progress < before.progress:
                yield subject.cell(
                    "status_reports",
                    after.line,
                    "progress",
                    Text(
                        f"Der Fortschritt von {after.measure} fällt von {before.progress} % "
                        f"({before.date}) auf {after.progress} %.",
                        f"The progress of {after.measure} falls from {before.progress}% "
                        f"({before.date}) to {after.progress}%.",
                    ),
                    Text(
                        "Prüfen Sie beide Zahlen. Ist Arbeit hinzugekommen, lassen Sie den "
                        "Fortschritt hier leer und erklären Sie es im Text.",
                        "Check both numbers. If work was added, leave the progress empty here and "
                        "explain it in the text.",
                    ),
                )


@rule(
    "KP305",
    title=Text("Fortschritt und Status", "Progress and status"),
    de="Abgeschlossen heißt 100 Prozent, noch nicht begonnen heißt 0 Prozent Fortschritt.",
)
def progress_against_status(subject: Subject) -> Iterator[Finding]:
    """Done means a progress of 100 percent, not yet begun means 0 percent."""
    for report in subject.strategy.status_reports:
        state, progress = _category(subject, report), report.progress
        if progress is None:
            continue
        needed = {"done": 100, "open": 0}.get(state, progress)
        if progress != needed and 0 <= progress <= 100:
            yield subject.cell(
                "status_reports",
                report.line,
                "progress",
                Text(
                    f"{progress} % passt nicht zum Status „{report.status}“.",
                    f"{progress}% does not agree with the status “{report.status}”.",
                ),
                Text(
                    f"Setzen Sie {needed} oder leeren Sie die Zelle, oder ändern Sie den Status.",
                    f"Set {needed} or empty the cell, or change the status.",
                ),
            )


@rule(
    "KP306",
    title=Text("Meldung überfällig", "Report overdue"),
    de="Über jede laufende Maßnahme wird im vorgesehenen Abstand berichtet (review_months).",
    severity="warning",
)
def stale(subject: Subject) -> Iterator[Finding]:
    """A measure that goes on is reported on within the review cycle (review_months)."""
    strategy = subject.strategy
    for measure in strategy.measures:
        if not is_stale(strategy, measure, subject.as_of):
            continue
        report = latest_report(strategy, measure.id, subject.as_of)
        last = f"letzte Meldung: {report.date}" if report else "noch keine Meldung"
        last_en = f"latest report: {report.date}" if report else "no report yet"
        months = strategy.settings.review_months
        yield subject.cell(
            "measures",
            measure.line,
            "id",
            Text(
                f"{measure.id}: seit mehr als {months} Monaten keine Meldung ({last}).",
                f"{measure.id}: no report for more than {months} months ({last_en}).",
            ),
            Text(
                "Ergänzen Sie eine Zeile in data/status_reports.csv.",
                "Add a row to data/status_reports.csv.",
            ),
        )
