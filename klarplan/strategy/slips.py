"""Plan against reality, in words: begun late, overdue, ended early; and the one wording of both.

One rule. A planned date stands for the day, month, quarter or year that its precision names.
What happens within that span is as planned. Outside of it, the distance counts from the nearer
end of the span: for whole days in full months, and in days below one month; for a coarser plan
in the months of the calendar. Since when something is overdue always counts from the last day of
the span: on 2 July a plan for June is overdue since 2 days, not since a month. From two years on
it is told in years and months.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from klarplan.strategy import derive
from klarplan.strategy.derive import last_day, span
from klarplan.strategy.model import Measure, Strategy
from klarplan.words.catalogue import Words

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


def planned_period(words: Words, measure: Measure) -> str:
    """The planned time of a measure in words, as exact as the plan is; empty without a date."""
    begin, end = (
        words.day(day, precision) if day else ""
        for day, precision in (
            (measure.planned_start, measure.start_precision),
            (measure.planned_end, measure.end_precision),
        )
    )
    if not end:
        return begin and words("period.from", begin=begin)
    return words.between(begin, end) if begin else words("period.until", end=end)


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
            last = last_day(measure.planned_start, precision)
            if last < as_of:
                found.append(Slip("not_begun", distance(last, as_of)))
    if measure.planned_end:
        precision = measure.end_precision
        last = last_day(measure.planned_end, precision)
        going_on = not over and not derive.ended_unreported(strategy, measure, as_of)
        if measure.actual_end and measure.actual_end <= as_of and state == "done":
            if not superseded:
                kinds = ("ended_late", "ended_early", "ended_on_plan")
                found.append(_compared(measure.planned_end, measure.actual_end, precision, kinds))
        elif going_on and last < as_of:
            found.append(Slip("overdue", distance(last, as_of)))
        elif going_on:
            found.append(Slip("due", distance(as_of, last, precision)))
    return tuple(found)


def delay(strategy: Strategy, measure: Measure, as_of: dt.date) -> tuple[int, int]:
    """What delays are told by, the longest first: days since the planned end has passed, or the
    planned begin of what has not begun, else 0; then the days from the planned end to the end that
    is expected now."""
    kinds = {slip.kind for slip in slips(strategy, measure, as_of)}
    passed = later = 0
    if measure.planned_start and "not_begun" in kinds:
        passed = (as_of - last_day(measure.planned_start, measure.start_precision)).days
    if measure.planned_end:
        last = last_day(measure.planned_end, measure.end_precision)
        if "overdue" in kinds:
            passed = (as_of - last).days
        expected = derive.expected_end(strategy, measure, as_of)
        later = (last_day(*expected) - last).days if expected else 0
    return passed, later


CASES: tuple[str, ...] = get_args(derive.Timeliness)
"""The cases of the schedule; „schedule.CASE“ is what each is called in a word."""


def gap_in_words(words: Words, gap: Distance, *, dative: bool = False) -> str:
    """A distance in words, „5 Monate“; with ``dative`` as after „seit“, „5 Monaten“."""
    return words.duration(gap.months, gap.days, dative=dative) if gap.months or gap.days else ""


def in_words(words: Words, slip: Slip) -> str:
    """What plan and reality say, such as „seit 5 Monaten überfällig“."""
    gap = slip.distance
    if slip.kind == "due" and not gap.months and not gap.days:
        return words("slip.due_this_month")
    dative = slip.kind in ("not_begun", "overdue", "due")
    return words(f"slip.{slip.kind}", gap=gap_in_words(words, gap, dative=dative))


def expectation(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """When the office now expects the end, „1. Quartal 2027“; empty where it does not say."""
    expected = derive.expected_end(strategy, measure, as_of)
    return strategy.words.day(*expected) if expected else ""


def end_ahead(
    strategy: Strategy, measure: Measure, as_of: dt.date
) -> tuple[str, dt.date | None, str | None]:
    """What is told of the end to come, with its day and how exact that is: expected, else planned.

    Once the office expects another end, nobody is told to look out for the planned one.
    """
    expected = derive.expected_end(strategy, measure, as_of)
    if expected:
        return (strategy.words("schedule.expected_end"), *expected)
    return strategy.words("schedule.planned_end"), measure.planned_end, measure.end_precision


def expected_later(measure: Measure, expected: tuple[dt.date, str | None]) -> Distance | None:
    """How much later than planned an expected end is, at least; ``None`` where it isn't later.

    Both count up to their last day: from June 2026 to the first quarter of 2027 it is 9 months.
    """
    if measure.planned_end is None:
        return None
    last = last_day(measure.planned_end, measure.end_precision)
    first, end = span(*expected)
    coarse = "month" if {measure.end_precision, expected[1]} - {"day", None} else "day"
    return distance(last, end, coarse) if first > last else None


def _missed_steps(strategy: Strategy, measure: Measure, as_of: dt.date) -> int:
    steps = strategy.milestones_of_measure.get(measure.id, ())
    return sum(step.is_missed(as_of) for step in steps)


def wording(strategy: Strategy, measure: Measure, as_of: dt.date, *, beside: str = "") -> str:
    """How a measure stands against its plan, in the one wording of pages, lists and papers.

    The cases are those of ``derive.timeliness``: „überfällig seit 5 Monaten (jetzt erwartet
    1. Quartal 2027)“. What a badge ``beside`` it says already, „ruht“, is not said again. Where
    nothing but the end is in time, that is said.
    """
    words, case = strategy.words, derive.timeliness(strategy, measure, as_of)
    told = {slip.kind: slip.distance for slip in slips(strategy, measure, as_of)}
    expected = expectation(strategy, measure, as_of)
    past = derive.expected_is_past(strategy, measure, as_of)
    passed = words("schedule.also_passed" if "overdue" in told else "schedule.passed")
    said, more = words(f"schedule.{case}"), ""
    if case == "superseded":
        others = strategy.successors_of_measure[measure.id]
        names = words.listed([m.number for m in others])
        return words("schedule.superseded_by", names=names)
    if case == "expected_past":
        return passed
    if case in ("overdue", "not_begun") and case in told:
        gap = gap_in_words(words, told[case], dative=True)
        said = words(f"schedule.{case}_since", gap=gap)
    if case == "done" and "ended_late" in told:
        more = words("schedule.later", gap=gap_in_words(words, told["ended_late"]))
    elif case == "paused":
        more = passed if past else words("schedule.open_end")
    elif case == "on_time" and (missed := _missed_steps(strategy, measure, as_of)):
        said, more = words("schedule.end_on_time"), words("schedule.steps_missed", n=missed)
    if expected and case in ("overdue", "delayed", "undated", "paused") and more != passed:
        more = words("schedule.now", end=expected)
    if said == beside:
        return more
    return words("schedule.with", said=said, more=more) if more else said
