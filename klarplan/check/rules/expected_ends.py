"""Rules on the ends that reports expect."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy import derive
from klarplan.strategy.derive import is_finished, latest_report


@rule(
    "KP309",
    title=Text("Erwartetes Ende fehlt", "Expected end is missing"),
    de="Nannte eine frühere Meldung ein erwartetes Ende, nennt auch die neueste eines, "
    "solange die Maßnahme nicht beendet ist.",
    severity="warning",
)
def expected_end_missing(subject: Subject) -> Iterator[Finding]:
    """The newest report on a measure that goes on repeats or corrects the end once expected."""
    strategy = subject.strategy
    for measure in strategy.measures:
        if derive.is_over(strategy, measure, subject.as_of):
            continue
        newest = latest_report(strategy, measure.id, subject.as_of)
        reports = strategy.reports_of_measure.get(measure.id, ())
        told = [r for r in reports if r.expected_end and r is not newest]
        if newest is None or newest.expected_end or not told:
            continue
        yield subject.cell(
            "status_reports",
            newest.line,
            "expected_end"
            if "expected_end" in strategy.tables["status_reports"].header
            else "date",
            Text(
                f"{measure.id} nennt kein erwartetes Ende mehr; zuletzt war es "
                f"{told[-1].expected_end} (Meldung vom {told[-1].date}).",
                f"{measure.id} no longer names an expected end; it was {told[-1].expected_end} "
                f"(report of {told[-1].date}).",
            ),
            Text(
                "Tragen Sie ein, wann das Ende jetzt erwartet wird.",
                "Enter when the end is expected now.",
            ),
        )


@rule(
    "KP310",
    title=Text("Erwartetes Ende vor der Meldung", "Expected end before the report"),
    de="Ein erwartetes Ende liegt nicht vor dem Tag, an dem es gemeldet wird.",
    severity="warning",
)
def expected_end_in_past(subject: Subject) -> Iterator[Finding]:
    """What a report expects was still to come when it was written."""
    for report in subject.strategy.status_reports:
        end, exact = report.expected_end, report.expected_end_precision
        if end and report.date and derive.span(end, exact)[1] < report.date:
            yield subject.cell(
                "status_reports",
                report.line,
                "expected_end",
                Text(
                    f"Das erwartete Ende {end} liegt vor der Meldung vom {report.date}.",
                    f"The expected end {end} is before the report of {report.date}.",
                ),
                Text(
                    "Prüfen Sie das Jahr. Ist die Maßnahme beendet, melden Sie das mit dem Status.",
                    "Check the year. If the measure has ended, report so by its status.",
                ),
            )


@rule(
    "KP312",
    title=Text("Erwartetes Ende trotz Ende", "Expected end of what has ended"),
    de="Eine Meldung, dass eine Maßnahme abgeschlossen oder eingestellt ist, erwartet kein Ende "
    "mehr.",
    severity="warning",
)
def expected_end_of_ended(subject: Subject) -> Iterator[Finding]:
    """A report that a measure is done or stopped expects no end any more."""
    for report in subject.strategy.status_reports:
        status = subject.strategy.status_by_id.get(report.status)
        if not report.expected_end or status is None or not is_finished(status.category):
            continue
        yield subject.cell(
            "status_reports",
            report.line,
            "expected_end",
            Text(
                f"Die Meldung sagt, dass {report.measure} „{status.label}“ ist, und erwartet doch "
                f"ein Ende ({report.expected_end}).",
                f"The report says that {report.measure} is “{status.label_en or status.label}”, "
                f"yet expects an end ({report.expected_end}).",
            ),
            Text(
                "Leeren Sie „expected_end“; wann die Maßnahme endete, gehört in „actual_end“ von "
                "data/measures.csv. Geht die Arbeit weiter, berichtigen Sie den Status.",
                "Empty “expected_end”; when the measure ended belongs into “actual_end” of "
                "data/measures.csv. If work goes on, correct the status.",
            ),
        )
