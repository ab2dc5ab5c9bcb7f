"""Rules on status reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy import derive
from klarplan.strategy.derive import goes_on, has_begun, is_finished, is_stale, latest_report
from klarplan.strategy.model import StatusReport


def _category(subject: Subject, report: StatusReport) -> str:
    status = subject.strategy.status_by_id.get(report.status)
    return status.category if status else ""


@rule(
    "KP302",
    title=Text("Meldung vor Beginn", "Report before start"),
    de="Eine Meldung über begonnene Arbeit liegt nicht vor dem Beginn der Maßnahme, "
    "und keine Meldung liegt vor dem Zeitraum der Strategie und dem Beginn der Maßnahme.",
    severity="warning",
)
def report_before_start(subject: Subject) -> Iterator[Finding]:
    """A report that tells of work is not before its measure's start; none is before all began."""
    first_year = subject.strategy.settings.period_start
    for report in subject.strategy.status_reports:
        measure = subject.strategy.measure_by_id.get(report.measure)
        start = (measure.actual_start or measure.planned_start) if measure else None
        if not start or not report.date or report.date >= start:
            continue
        if measure and measure.actual_end and measure.actual_end < start:
            continue  # its dates are told to be wrong
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
    "KP304",
    title=Text("Fortschritt fällt", "Progress falls"),
    de="Der Fortschritt einer Maßnahme sinkt nicht von einer Meldung zur nächsten, "
    "ohne dass der Text der Meldung sagt, warum.",
    severity="warning",
)
def progress_falls(subject: Subject) -> Iterator[Finding]:
    """The progress of a measure does not fall from one report to the next without a word."""
    for reports in subject.strategy.reports_of_measure.values():
        told = [r for r in reports if r.progress is not None]
        for before, after in pairwise(told):
            assert before.progress is not None
            assert after.progress is not None
            if after.progress < before.progress and not after.text:
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
                        "Prüfen Sie beide Zahlen. Ist Arbeit hinzugekommen, erklären Sie es in der "
                        "Spalte „text“.",
                        "Check both numbers. If work was added, explain it in the column “text”.",
                    ),
                )


COMPLETE = 100
UNDER_WAY = ("active", "delayed", "paused")
"""Categories of statuses of what has begun and not ended."""


@rule(
    "KP305",
    title=Text("Fortschritt und Status", "Progress and status"),
    de="Abgeschlossen heißt 100 Prozent, noch nicht begonnen heißt 0 Prozent Fortschritt; woran "
    "noch gearbeitet wird, ist nicht bei 100 Prozent.",
    severity="warning",
)
def progress_against_status(subject: Subject) -> Iterator[Finding]:
    """Done means a progress of 100 percent, not yet begun means 0; what goes on has less."""
    for report in subject.strategy.status_reports:
        state, progress = _category(subject, report), report.progress
        if progress is None:
            continue
        if progress == COMPLETE and state in UNDER_WAY:
            yield subject.cell(
                "status_reports",
                report.line,
                "progress",
                Text(
                    f"100 % passt nicht zum Status „{report.status}“: Daran wird noch gearbeitet.",
                    f"100% does not agree with the status “{report.status}”: work still goes on.",
                ),
                Text(
                    "Ändern Sie den Status, oder melden Sie weniger als 100.",
                    "Change the status, or report less than 100.",
                ),
            )
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
    if "review_months" in subject.told_settings:
        return  # the cycle is not known
    for measure in strategy.measures:
        if not is_stale(strategy, measure, subject.as_of):
            continue
        report = latest_report(strategy, measure.id, subject.as_of)
        over = f" für {report.period}" if report and report.period else ""
        over_en = f" on {report.period}" if report and report.period else ""
        last = f"letzte Meldung: {report.date}{over}" if report else "noch keine Meldung"
        last_en = f"latest report: {report.date}{over_en}" if report else "no report yet"
        months = strategy.settings.review_months
        days = strategy.days_of_period(report.period) if report else None
        limit = derive.months_before(subject.as_of, months)
        if report and days and report.date and report.date < limit <= days[1] <= subject.as_of:
            yield _dated_early(subject, report, days[1])
            continue
        yield subject.cell(
            "measures",
            measure.line,
            "id",
            Text(
                f"{measure.id}: keine Meldung über die letzten {months} Monate ({last}).",
                f"{measure.id}: no report on the last {months} months ({last_en}).",
            ),
            Text(
                "Ergänzen Sie eine Zeile in data/status_reports.csv.",
                "Add a row to data/status_reports.csv.",
            ),
        )


def _dated_early(subject: Subject, report: StatusReport, last: dt.date) -> Finding:
    """What is told where a measure lacks a report only as the latest has too early a date."""
    return subject.cell(
        "status_reports",
        report.line,
        "date",
        Text(
            f"Die Meldung für {report.period} trägt den {report.date}, einen Tag lange vor dem "
            f"Ende des Zeitraums ({last}); {report.measure} gilt seither als ohne Meldung.",
            f"The report on {report.period} bears {report.date}, a day long before the end of the "
            f"period ({last}); since then {report.measure} counts as without a report.",
        ),
        Text(
            "Prüfen Sie das Datum. Stimmt es, ergänzen Sie eine neue Meldung.",
            "Check the date. If it is right, add a new report.",
        ),
    )


@rule(
    "KP307",
    title=Text("Meldung doppelt", "Report twice"),
    de="Zu einer Maßnahme gibt es für denselben Zeitraum an einem Tag nur eine Meldung.",
)
def report_twice(subject: Subject) -> Iterator[Finding]:
    """A measure has no two reports with the same period and date."""
    strategy = subject.strategy
    seen: dict[tuple[object, ...], StatusReport] = {}
    for report in strategy.status_reports:
        if not report.measure or not report.date:
            continue
        period = strategy.days_of_period(report.period) or report.period
        first = seen.setdefault((report.measure, period, report.date), report)
        if first is not report:
            yield subject.cell(
                "status_reports",
                report.line,
                "date",
                Text(
                    f"{report.measure} hat vom {report.date} schon eine Meldung in Zeile "
                    f"{first.line}, für denselben Zeitraum.",
                    f"{report.measure} already has a report of {report.date} in line "
                    f"{first.line}, for the same period.",
                ),
                Text(
                    "Löschen Sie eine der beiden. Berichtigt die zweite die erste, tragen Sie den "
                    "Tag der Berichtigung ein.",
                    "Delete one of them. If the second corrects the first, enter the day of the "
                    "correction.",
                ),
            )


@rule(
    "KP308",
    title=Text("Wiederaufgenommen ohne ein Wort", "Reopened without a word"),
    de="Läuft eine abgeschlossene oder eingestellte Maßnahme wieder, sagt die Meldung, warum.",
    severity="warning",
)
def reopened(subject: Subject) -> Iterator[Finding]:
    """A report that takes up what was done or stopped says why in its text."""
    for reports in subject.strategy.reports_of_measure.values():
        for before, after in pairwise(reports):
            ended, state = _category(subject, before), _category(subject, after)
            if is_finished(ended) and goes_on(state) and not after.text:
                yield subject.cell(
                    "status_reports",
                    after.line,
                    "status",
                    Text(
                        f"{after.measure} war am {before.date} „{before.status}“ und ist jetzt "
                        f"„{after.status}“.",
                        f"{after.measure} was “{before.status}” on {before.date} and is "
                        f"“{after.status}” now.",
                    ),
                    Text(
                        "Erklären Sie in der Spalte „text“, warum die Arbeit weitergeht, oder "
                        "berichtigen Sie den Status.",
                        "Explain in the column “text” why work goes on, or correct the status.",
                    ),
                )


@rule(
    "KP311",
    title=Text("Als beendet gemeldet vor dem Ende", "Reported as ended before the end"),
    de="Eine Meldung über das Ende einer Maßnahme spricht nicht für einen Tag vor diesem Ende.",
    severity="warning",
)
def ended_before_end(subject: Subject) -> Iterator[Finding]:
    """A report that a measure ended doesn't speak for a day before its actual end."""
    strategy = subject.strategy
    for measure in strategy.measures:
        reports = strategy.reports_of_measure.get(measure.id, ())
        told = [r for r in reports if is_finished(_category(subject, r))]
        day = strategy.day_of(told[-1]) if told else None
        if measure.actual_end and day and day < measure.actual_end <= subject.as_of:
            yield subject.cell(
                "status_reports",
                told[-1].line,
                "period" if told[-1].period else "date",
                Text(
                    f"{measure.id} endete am {measure.actual_end}, die Meldung darüber spricht "
                    f"aber für den {day}.",
                    f"{measure.id} ended on {measure.actual_end}, but the report on it speaks for "
                    f"{day}.",
                ),
                Text(
                    "Nennen Sie den Zeitraum, in dem die Maßnahme endete, oder lassen Sie "
                    "„period“ leer; prüfen Sie auch das tatsächliche Ende.",
                    "Name the period in which the measure ended, or leave “period” empty; check "
                    "the actual end, too.",
                ),
            )
