"""Plan against reality, in words: begun late, overdue, ended early; and the one wording of both.

One rule. A planned date stands for the day, month, quarter or year that its precision names.
What happens within that span is as planned. Outside of it, the distance counts from the nearer
end of the span: for whole days in full months, and in days below one month; for a coarser plan
in the months of the calendar. From two years on it is told in years and months.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from klarplan import german
from klarplan.strategy import derive
from klarplan.strategy.derive import span
from klarplan.strategy.model import Measure, Strategy

Kind = Literal[
    "begun_late",
    "begun_early",
    "begun_on_plan",
    "not_begun",
    "ended_late",
    "ended_early",
    "ended_on_plan",
    "overdue",
    "due",
]


@dataclass(frozen=True, slots=True)
class Distance:
    """A span of time as it is told: full months, or days below one month."""

    months: int
    days: int


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that plan and reality say about each other."""

    kind: Kind
    distance: Distance

    @property
    def late(self) -> bool:
        """Whether it is behind the plan."""
        return self.kind in ("begun_late", "not_begun", "ended_late", "overdue")


def planned_period(measure: Measure) -> str:
    """The planned time of a measure in words, as exact as the plan is; empty without a date."""
    begin, end = (
        german.day(day, precision) if day else ""
        for day, precision in (
            (measure.planned_start, measure.start_precision),
            (measure.planned_end, measure.end_precision),
        )
    )
    if not end:
        return begin and f"ab {begin}"
    return f"{begin} bis {end}" if begin else f"bis {end}"


def distance(earlier: dt.date, later: dt.date, precision: str | None = "day") -> Distance:
    """How far two days are apart, by the rule above."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if precision in ("month", "quarter", "half", "year"):
        return Distance(months, 0)
    last = calendar.monthrange(later.year, later.month)[1]
    if later.day < min(earlier.day, last):
        months -= 1
    return Distance(months, 0) if months else Distance(0, (later - earlier).days)


def _compared(
    planned: dt.date, actual: dt.date, precision: str | None, kinds: tuple[Kind, Kind, Kind]
) -> Slip:
    first, last = span(planned, precision)
    if actual > last:
        return Slip(kinds[0], distance(last, actual, precision))
    if actual < first:
        return Slip(kinds[1], distance(actual, first, precision))
    return Slip(kinds[2], Distance(0, 0))


def slips(strategy: Strategy, measure: Measure, as_of: dt.date) -> tuple[Slip, ...]:
    """What plan and reality say about a measure's begin and end on the as-of date.

    Without a planned date there is nothing to say. A stopped or superseded measure is neither
    overdue nor ended as planned; a finished one without an actual end isn't judged. Where work
    goes on by the newest report, an actual end that a later report will tell counts for nothing.
    """
    found: list[Slip] = []
    state = derive.category(strategy, measure, as_of)
    superseded = derive.is_superseded(strategy, measure, as_of)
    over = derive.is_over(strategy, measure, as_of)
    if measure.planned_start:
        precision = measure.start_precision
        if measure.actual_start and measure.actual_start <= as_of:
            kinds: tuple[Kind, Kind, Kind] = ("begun_late", "begun_early", "begun_on_plan")
            found.append(_compared(measure.planned_start, measure.actual_start, precision, kinds))
        elif state == "open" and not over:
            last = span(measure.planned_start, precision)[1]
            if last < as_of:
                found.append(Slip("not_begun", distance(last, as_of, precision)))
    if measure.planned_end:
        precision = measure.end_precision
        last = span(measure.planned_end, precision)[1]
        going_on = not over and not derive.ended_unreported(strategy, measure, as_of)
        if measure.actual_end and measure.actual_end <= as_of and state == "done":
            if not superseded:
                kinds = ("ended_late", "ended_early", "ended_on_plan")
                found.append(_compared(measure.planned_end, measure.actual_end, precision, kinds))
        elif going_on and last < as_of:
            found.append(Slip("overdue", distance(last, as_of, precision)))
        elif going_on:
            found.append(Slip("due", distance(as_of, last, precision)))
    return tuple(found)


SLIPS: Mapping[Kind, str] = {
    "begun_late": "{} später als geplant begonnen",
    "begun_early": "{} früher als geplant begonnen",
    "begun_on_plan": "wie geplant begonnen",
    "not_begun": "sollte vor {} beginnen",
    "ended_late": "{} später als geplant abgeschlossen",
    "ended_early": "{} früher als geplant abgeschlossen",
    "ended_on_plan": "wie geplant abgeschlossen",
    "overdue": "seit {} überfällig",
    "due": "geplantes Ende in {}",
}
CASES: Mapping[str, str] = {
    "superseded": "abgelöst",
    "done": "abgeschlossen",
    "stopped": "eingestellt",
    "paused": "ruht",
    "expected_past": "erwarteter Termin verstrichen",
    "overdue": "überfällig",
    "not_begun": "Beginn überfällig",
    "delayed": "verspätet",
    "stale": "ohne aktuelle Meldung",
    "undated": "ohne Termin",
    "on_time": "im Zeitplan",
}
"""What the cases of the schedule are called where there is room for a word only."""


def gap_in_words(gap: Distance, *, dative: bool = False) -> str:
    """A distance in words, „5 Monate“; with ``dative`` as after „seit“, „5 Monaten“."""
    return german.duration(gap.months, gap.days, dative=dative) if gap.months or gap.days else ""


def in_words(slip: Slip) -> str:
    """What plan and reality say, such as „seit 5 Monaten überfällig“."""
    gap = slip.distance
    if slip.kind == "due" and not gap.months and not gap.days:
        return "geplantes Ende in diesem Monat"
    dative = slip.kind in ("not_begun", "overdue", "due")
    return SLIPS[slip.kind].format(gap_in_words(gap, dative=dative))


def expectation(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """When the office now expects the end, „1. Quartal 2027“; empty where it does not say."""
    expected = derive.expected_end(strategy, measure, as_of)
    return german.day(*expected) if expected else ""


def end_ahead(
    strategy: Strategy, measure: Measure, as_of: dt.date
) -> tuple[str, dt.date | None, str | None]:
    """What is told of the end to come, with its day and how exact that is: expected, else planned.

    Once the office expects another end, nobody is told to look out for the planned one.
    """
    expected = derive.expected_end(strategy, measure, as_of)
    if expected:
        return ("Erwartetes Ende", *expected)
    return "Geplantes Ende", measure.planned_end, measure.end_precision


def expected_later(measure: Measure, expected: tuple[dt.date, str | None]) -> Distance | None:
    """How much later than planned an expected end is, at least; ``None`` where it isn't later.

    Both count up to their last day: from June 2026 to the first quarter of 2027 it is 9 months.
    """
    if measure.planned_end is None:
        return None
    last = span(measure.planned_end, measure.end_precision)[1]
    first, end = span(*expected)
    coarse = "month" if {measure.end_precision, expected[1]} - {"day", None} else "day"
    return distance(last, end, coarse) if first > last else None


def wording(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """How a measure stands against its plan, in the one wording of pages, lists and papers.

    The cases are those of ``derive.timeliness``: „überfällig seit 5 Monaten (jetzt erwartet
    1. Quartal 2027)“.
    """
    case = derive.timeliness(strategy, measure, as_of)
    told = {slip.kind: slip.distance for slip in slips(strategy, measure, as_of)}
    expected = expectation(strategy, measure, as_of)
    now = f" (jetzt erwartet {expected})" if expected else ""
    past = derive.expected_is_past(strategy, measure, as_of)
    passed = f"{'auch ' if 'overdue' in told else ''}der erwartete Termin ist verstrichen"
    words = CASES[case]
    if case == "superseded":
        others = strategy.successors_of_measure[measure.id]
        words += f" durch {german.listed([m.official_id or m.id for m in others])}"
    elif case == "done" and "ended_late" in told:
        words += f" ({gap_in_words(told['ended_late'])} später als geplant)"
    elif case == "paused":
        words += f" ({passed})" if past else now or " (Termin offen)"
    elif case == "expected_past":
        words = passed
    elif case == "overdue":
        words += f" seit {gap_in_words(told['overdue'], dative=True)}{now}"
    elif case in ("delayed", "undated"):
        words += now
    return words
