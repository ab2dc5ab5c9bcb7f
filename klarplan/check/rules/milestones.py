"""Rules on milestones: their state, their dates, and those of their measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.derive import expected_end, is_over, latest_report, span
from klarplan.strategy.model import Measure


@rule(
    "KP106",
    title=Text("Stand und Datum des Meilensteins", "State and date of the milestone"),
    de="Stand und Datum eines Meilensteins widersprechen sich nicht. "
    "Ein erreichter Meilenstein ohne Datum ist nur eine Warnung.",
)
def milestone_state(subject: Subject) -> Iterator[Finding]:
    """State and date of a milestone agree; reached without a date is only a warning."""
    strategy = subject.strategy
    for milestone in strategy.milestones:
        undated = not subject.written("milestones", milestone.line, "completed")
        if milestone.state == "reached" and undated:
            finding = subject.cell(
                "milestones",
                milestone.line,
                "completed" if "completed" in strategy.tables["milestones"].header else "state",
                Text(
                    f"{milestone.id} ist als erreicht geführt, es fehlt aber das Datum.",
                    f"{milestone.id} counts as reached, but the date is missing.",
                ),
                Text("Tragen Sie ein, wann er erreicht wurde.", "Enter when it was reached."),
            )
            yield replace(finding, severity="warning")
        elif milestone.completed and milestone.state in ("planned", "missed", "dropped"):
            yield subject.cell(
                "milestones",
                milestone.line,
                "state",
                Text(
                    f"{milestone.id} hat ein Datum, an dem er erreicht wurde, aber einen anderen "
                    "Stand.",
                    f"{milestone.id} has a date of completion, but another state.",
                ),
                Text(
                    "Setzen Sie den Stand auf „reached“ oder leeren Sie „completed“.",
                    "Set the state to “reached” or empty “completed”.",
                ),
            )


@rule(
    "KP118",
    title=Text("Meilenstein vorbei und noch geplant", "Milestone past and still planned"),
    de="Ein Meilenstein, dessen Termin vor der jüngsten Meldung zu seiner Maßnahme liegt, ist "
    "nicht mehr geplant, sondern erreicht, verfehlt oder verschoben.",
    severity="warning",
)
def milestone_past(subject: Subject) -> Iterator[Finding]:
    """A milestone due before the latest report on its measure is no longer planned."""
    strategy = subject.strategy
    for milestone in strategy.milestones:
        measure = strategy.measure_by_id.get(milestone.measure)
        if measure is None or not milestone.is_open or not milestone.due:
            continue
        newest = latest_report(strategy, measure.id, subject.as_of)
        told = strategy.day_of(newest) if newest else None
        if told is None or milestone.due >= told:
            continue  # that nobody has reported since is told of the measure
        over = is_over(strategy, measure, subject.as_of)
        state = "state" if milestone.state else "due"
        yield subject.cell(
            "milestones",
            milestone.line,
            state,
            Text(
                f"{milestone.id} war für den {milestone.due} vorgesehen und steht noch auf geplant"
                + (
                    f"; {measure.id} ist inzwischen beendet."
                    if over
                    else f"; die jüngste Meldung zu {measure.id} gibt schon den Stand vom {told} "
                    "wieder."
                ),
                f"{milestone.id} was due on {milestone.due} and is still planned; "
                + (
                    f"{measure.id} has ended since."
                    if over
                    else f"the latest report on {measure.id} speaks for {told} already."
                ),
            ),
            Text(
                "Setzen Sie „state“ auf „reached“ (mit Datum in „completed“), „missed“ oder "
                "„dropped“, oder tragen Sie in „due“ den neuen Termin ein.",
                "Set “state” to “reached” (with the day in “completed”), “missed” or “dropped”, or "
                "enter the new date in “due”.",
            ),
        )


@rule(
    "KP117",
    title=Text("Meilenstein außerhalb der Maßnahme", "Milestone outside of its measure"),
    de="Ein Meilenstein liegt nicht vor dem Beginn und nicht nach dem Ende seiner Maßnahme.",
    severity="warning",
)
def milestone_outside(subject: Subject) -> Iterator[Finding]:
    """A milestone is neither before the start of its measure nor behind its end."""
    for milestone in subject.strategy.milestones:
        measure = subject.strategy.measure_by_id.get(milestone.measure)
        if measure is None:
            continue
        begin, end = _reach(subject, measure)
        if begin and end and end < begin:
            continue  # the measure itself is told of
        for column, day in (("due", milestone.due), ("completed", milestone.completed)):
            early = day is not None and begin is not None and day < begin
            late = day is not None and end is not None and day > end and column == "due"
            if early or late:
                yield subject.cell(
                    "milestones",
                    milestone.line,
                    column,
                    Text(
                        f"{milestone.id} ist für den {day} eingetragen; {measure.id} "
                        + (f"beginnt erst am {begin}." if early else f"endet schon am {end}."),
                        f"{milestone.id} is entered for {day}; {measure.id} "
                        + (f"only begins on {begin}." if early else f"already ends on {end}."),
                    ),
                    Text(
                        "Prüfen Sie das Datum des Meilensteins und Beginn und Ende der Maßnahme.",
                        "Check the date of the milestone, and start and end of the measure.",
                    ),
                )
                break


def _reach(subject: Subject, measure: Measure) -> tuple[dt.date | None, dt.date | None]:
    """The earliest start and the latest end that are told of a measure."""
    starts = [measure.actual_start] if measure.actual_start else []
    if measure.planned_start:
        starts.append(span(measure.planned_start, measure.start_precision)[0])
    ends = [measure.actual_end] if measure.actual_end else []
    if measure.planned_end:
        ends.append(span(measure.planned_end, measure.end_precision)[1])
    expected = expected_end(subject.strategy, measure, subject.as_of)
    if expected and measure.planned_end:
        ends.append(span(*expected)[1])
    return min(starts, default=None), max(ends, default=None)
