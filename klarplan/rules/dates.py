"""Rules on dates of measures and milestones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klarplan.derive import category
from klarplan.messages import Finding, Text
from klarplan.rules.registry import rule
from klarplan.rules.subject import Subject


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
    "KP102",
    title=Text("Tatsächliches Datum in der Zukunft", "Actual date in the future"),
    de="Tatsächlicher Beginn und tatsächliches Ende liegen nicht nach dem Stichtag.",
    severity="warning",
)
def actual_date_in_future(subject: Subject) -> Iterator[Finding]:
    """An actual start or end is not after the as-of date."""
    for measure in subject.strategy.measures:
        for column in ("actual_start", "actual_end"):
            day = getattr(measure, column)
            if day and day > subject.as_of:
                yield subject.cell(
                    "measures",
                    measure.line,
                    column,
                    Text(
                        f"{day} liegt nach dem Stichtag {subject.as_of}.",
                        f"{day} is after the as-of date {subject.as_of}.",
                    ),
                    Text(
                        "Was noch kommt, gehört in die Spalten der geplanten Daten.",
                        "What is to come belongs into the columns of planned dates.",
                    ),
                )


@rule(
    "KP103",
    title=Text("Abgeschlossen ohne Datum", "Done without date"),
    de="Eine abgeschlossene Maßnahme nennt ihr tatsächliches Ende. "
    "Ist die Spalte in der ganzen Tabelle leer, ist das nur eine Warnung.",
)
def done_without_end(subject: Subject) -> Iterator[Finding]:
    """A measure that is done has an actual end; only a warning where no measure has one."""
    strategy = subject.strategy
    dated = any(measure.actual_end for measure in strategy.measures)
    for measure in strategy.measures:
        if measure.actual_end or category(strategy, measure, subject.as_of) != "done":
            continue
        column = "actual_end" if strategy.tables["measures"].column("actual_end") else "id"
        finding = subject.cell(
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
        yield finding if dated else replace(finding, severity="warning")
