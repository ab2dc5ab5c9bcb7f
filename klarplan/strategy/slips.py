"""Plan against reality, in words: begun late, overdue, ended early.

One rule. A planned date stands for the day, month, quarter or year that its precision names.
What happens within that span is as planned. Outside of it, the distance counts from the nearer
end of the span: for whole days in full months, and in days below one month; for a coarser plan
in the months of the calendar. From two years on it is told in years and months.
"""

from __future__ import annotations

import calendar
import datetime as dt
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
        german.day(day, measure.date_precision) if day else ""
        for day in (measure.planned_start, measure.planned_end)
    )
    if not end:
        return begin and f"ab {begin}"
    return f"{begin} bis {end}" if begin else f"bis {end}"


def distance(earlier: dt.date, later: dt.date, precision: str | None = "day") -> Distance:
    """How far two days are apart, by the rule above."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if precision in ("month", "quarter", "year"):
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
    overdue nor ended as planned; a finished one without an actual end isn't judged.
    """
    found: list[Slip] = []
    precision = measure.date_precision
    state = derive.category(strategy, measure, as_of)
    over = derive.is_finished(state) or measure.superseded_by is not None
    if measure.planned_start:
        if measure.actual_start and measure.actual_start <= as_of:
            kinds: tuple[Kind, Kind, Kind] = ("begun_late", "begun_early", "begun_on_plan")
            found.append(_compared(measure.planned_start, measure.actual_start, precision, kinds))
        elif state == "open" and not over:
            last = span(measure.planned_start, precision)[1]
            if last < as_of:
                found.append(Slip("not_begun", distance(last, as_of, precision)))
    if measure.planned_end:
        last = span(measure.planned_end, precision)[1]
        if measure.actual_end and measure.actual_end <= as_of:
            if state == "done" and not measure.superseded_by:
                kinds = ("ended_late", "ended_early", "ended_on_plan")
                found.append(_compared(measure.planned_end, measure.actual_end, precision, kinds))
        elif not over and last < as_of:
            found.append(Slip("overdue", distance(last, as_of, precision)))
        elif not over:
            found.append(Slip("due", distance(as_of, last, precision)))
    return tuple(found)
