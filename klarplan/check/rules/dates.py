"""Rules on dates of measures."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.derive import category, goes_on, is_over, latest_report


@rule(
    "KP101",
    title=Text("Ende vor Beginn", "End before start"),
    de="Das Ende einer Maßnahme liegt nicht vor ihrem Beginn.",
)
def end_before_start(subject: Subject) -> Iterator[Finding]:
    """A measure does not end before it starts."""
    for measure in subject.strategy.measures:
        for kind, start, end in (
            ("planned", measure.planned_start, measure.planned_end),
            ("actual", measure.actual_start, measure.actual_end),
        ):
            if start and end and end < start:
                yield subject.cell(
                    "measures",
                    measure.line,
                    f"{kind}_end",
                    Text(
                        f"Das Ende {end} liegt vor dem Beginn {start}.",
                        f"The end {end} is before the start {start}.",
                    ),
                    Text("Prüfen Sie beide Angaben.", "Check both dates."),
                )


@rule(
    "KP103",
    title=Text("Abgeschlossen ohne Datum", "Done without date"),
    de="Eine abgeschlossene Maßnahme nennt ihr tatsächliches Ende.",
    severity="warning",
)
def done_without_end(subject: Subject) -> Iterator[Finding]:
    """A measure that is done has an actual end."""
    strategy = subject.strategy
    for measure in strategy.measures:
        if measure.actual_end or category(strategy, measure, subject.as_of) != "done":
            continue
        column = "actual_end" if strategy.tables["measures"].column("actual_end") else "id"
        yield subject.cell(
            "measures",
            measure.line,
            column,
            Text(
                f"{measure.id} ist als abgeschlossen gemeldet, hat aber kein tatsächliches Ende.",
                f"{measure.id} was reported as done, but has no actual end.",
            ),
            Text(
                "Tragen Sie in „actual_end“ ein, wann die Maßnahme abgeschlossen wurde.",
                "Enter in “actual_end” when the measure was completed.",
            ),
        )


@rule(
    "KP104",
    title=Text("Ende trotz laufender Arbeit", "End in spite of work going on"),
    de="Eine Maßnahme mit tatsächlichem Ende ist auch als abgeschlossen oder eingestellt gemeldet.",
    severity="warning",
)
def end_but_running(subject: Subject) -> Iterator[Finding]:
    """A measure with an actual end was also reported as done or stopped."""
    for measure in subject.strategy.measures:
        state = category(subject.strategy, measure, subject.as_of)
        if (
            measure.actual_end
            and goes_on(state)
            and measure.id not in subject.strategy.successors_of_measure
        ):
            yield subject.cell(
                "measures",
                measure.line,
                "actual_end",
                Text(
                    f"{measure.id} hat ein tatsächliches Ende, die letzte Meldung sagt aber, "
                    "dass die Arbeit weitergeht.",
                    f"{measure.id} has an actual end, but work goes on as of its latest report.",
                ),
                Text(
                    "Ergänzen Sie eine Meldung über den Abschluss oder leeren Sie die Zelle.",
                    "Add a report on the completion or empty the cell.",
                ),
            )


@rule(
    "KP107",
    title=Text("Überprüfung steht an", "Review is due"),
    de="Die nächste Überprüfung einer laufenden Maßnahme liegt nicht in der Vergangenheit.",
    severity="notice",
)
def review_due(subject: Subject) -> Iterator[Finding]:
    """The next review of a measure that goes on is not in the past."""
    for measure in subject.strategy.measures:
        day = measure.next_review
        over = is_over(subject.strategy, measure, subject.as_of)
        if day and day < subject.as_of and not over:
            yield subject.cell(
                "measures",
                measure.line,
                "next_review",
                Text(
                    f"Die Überprüfung war für den {day} vorgesehen.",
                    f"The review was planned for {day}.",
                ),
                Text(
                    "Überprüfen Sie die Maßnahme und tragen Sie den nächsten Tag ein.",
                    "Review the measure and enter the next day.",
                ),
            )


PRECISIONS = (
    ("measures", "planned_start", "start_precision"),
    ("measures", "planned_end", "end_precision"),
    ("status_reports", "expected_end", "expected_end_precision"),
)
"""Dates, each with the column that says how exact it is."""


@rule(
    "KP113",
    title=Text("Genauigkeit ohne Datum", "Precision without date"),
    de="Wo eine Genauigkeit steht, steht auch das Datum, für das sie gilt.",
    severity="warning",
)
def precision_without_date(subject: Subject) -> Iterator[Finding]:
    """Where a precision stands, there is the date that it is for."""
    for table, dated, exact in PRECISIONS:
        if table not in subject.strategy.tables:
            continue
        schema = subject.loaded.descriptor.tables[table]
        for line in subject.strategy.tables[table].lines:
            if not subject.written(table, line, exact).strip():
                continue
            if subject.written(table, line, dated).strip():
                continue
            yield subject.cell(
                table,
                line,
                exact,
                Text(
                    f"Hier steht, wie genau „{schema.title_of(dated)}“ gemeint ist, es fehlt aber "
                    "das Datum selbst.",
                    f"This tells how exact “{schema.titles_of(dated).en}” is, but the date itself "
                    "is missing.",
                ),
                Text(
                    f"Tragen Sie in „{dated}“ das Datum ein, oder leeren Sie die Zelle.",
                    f"Enter the date in “{dated}”, or empty the cell.",
                ),
            )


@rule(
    "KP114",
    title=Text("Daueraufgabe mit Ende", "Permanent task with an end"),
    de="Eine Daueraufgabe hat kein geplantes Ende, und keine Meldung erwartet eines.",
    severity="warning",
)
def permanent_with_end(subject: Subject) -> Iterator[Finding]:
    """A permanent task has no planned end, and no report expects one."""
    strategy = subject.strategy
    for measure in strategy.measures:
        if measure.type != "permanent":
            continue
        newest = latest_report(strategy, measure.id, subject.as_of)
        for table, line, column, day in (
            ("measures", measure.line, "planned_end", measure.planned_end),
            ("status_reports", newest.line, "expected_end", newest.expected_end)
            if newest
            else ("", 0, "", None),
        ):
            if not day:
                continue
            yield subject.cell(
                table,
                line,
                column,
                Text(
                    f"{measure.id} ist eine Daueraufgabe, soll aber enden ({day}); danach gälte "
                    "sie als überfällig.",
                    f"{measure.id} is a permanent task, but is to end ({day}); after that it "
                    "would count as overdue.",
                ),
                Text(
                    f"Leeren Sie „{column}“, oder geben Sie der Maßnahme in „type“ eine andere "
                    "Art, zum Beispiel project.",
                    f"Empty “{column}”, or give the measure another “type”, such as project.",
                ),
            )
