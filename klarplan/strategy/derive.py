"""What is computed, never typed: status, timeliness, progress, totals, sentences on indicators.

Everything here takes the as-of date as an argument; nothing asks the clock.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from klarplan.strategy.model import (
    BudgetItem,
    Indicator,
    IndicatorPoint,
    Measure,
    StatusReport,
    Strategy,
)

Timeliness = Literal[
    "superseded",
    "done",
    "stopped",
    "paused",
    "expected_past",
    "overdue",
    "not_begun",
    "delayed",
    "stale",
    "undated",
    "on_time",
]
"""The cases of the schedule, in their order: the first that fits is told (``timeliness``)."""
Trend = Literal["reached", "on_track", "behind", "unjudged", "no_target", "no_value"]
Unjudged = Literal["start", "since", "old", "direction"]
"""Why an indicator can't be judged: what is not known (``unjudged``)."""


def has_begun(category: str) -> bool:
    """Whether a status of this category says that work was or is done."""
    return category in ("active", "delayed", "done")


def goes_on(category: str) -> bool:
    """Whether a status of this category says that work is still to be done."""
    return category in ("open", "active", "delayed", "paused")


def is_finished(category: str) -> bool:
    """Whether a status of this category says that no more work will be done."""
    return category in ("done", "stopped")


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def span(day: dt.date, precision: str | None) -> tuple[dt.date, dt.date]:
    """First and last day of what a planned date stands for."""
    if precision == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    if precision in ("half", "quarter", "month"):
        size = {"half": 6, "quarter": 3}.get(precision, 1)
        first = day.month - (day.month - 1) % size
        last = first + size - 1
        end = calendar.monthrange(day.year, last)[1]
        return dt.date(day.year, first, 1), dt.date(day.year, last, end)
    return day, day


def last_day(day: dt.date, precision: str | None) -> dt.date:
    """The last day of what a planned date stands for: it counts for order and for what is late."""
    return span(day, precision)[1]


def latest_report(strategy: Strategy, measure: str, as_of: dt.date) -> StatusReport | None:
    """The newest report on a measure that speaks for the as-of date or a day before it."""
    for day, report in strategy.days_of_reports.get(measure, ()):
        if day <= as_of:
            return report
    return None


def last_progress(strategy: Strategy, measure: Measure, as_of: dt.date) -> StatusReport | None:
    """The newest report on a measure that names its progress: a later one may say nothing of it."""
    for day, report in strategy.days_of_reports.get(measure.id, ()):
        if day <= as_of and report.progress is not None:
            return report
    return None


def obstacle(strategy: Strategy, measure: Measure, as_of: dt.date) -> StatusReport | None:
    """The newest report on a measure where it names an obstacle: why it is late, or rests.

    What an earlier report named is history: of how the measure stands now, nobody said it.
    """
    report = latest_report(strategy, measure.id, as_of)
    return report if report and report.obstacles else None


def expected_end(
    strategy: Strategy, measure: Measure, as_of: dt.date
) -> tuple[dt.date, str | None] | None:
    """When the newest report expects a measure to end, with how exactly; the plan stays.

    What an earlier report expected is history: the office no longer says so.
    """
    report = latest_report(strategy, measure.id, as_of)
    if report is None or report.expected_end is None:
        return None
    return report.expected_end, report.expected_end_precision


def expected_is_past(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether the end that the newest report expects is past."""
    expected = expected_end(strategy, measure, as_of)
    return expected is not None and last_day(*expected) < as_of


def is_undated(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether nobody says when a measure is to end: neither plan nor office, nor is it for good."""
    expected = expected_end(strategy, measure, as_of)
    return not measure.planned_end and not expected and measure.type != "permanent"


def category(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """The status category of a measure; ``none`` where nothing was reported yet."""
    report = latest_report(strategy, measure.id, as_of)
    if report is None:
        return "none"
    status = strategy.status_by_id.get(report.status)
    return status.category if status and status.category else "unknown"


def told_by_parts(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure has no report of its own, but parts that stand for it."""
    parts = strategy.parts_of_measure.get(measure.id)
    return bool(parts) and latest_report(strategy, measure.id, as_of) is None


def standing_for(strategy: Strategy, measure: Measure, as_of: dt.date) -> tuple[Measure, ...]:
    """The parts whose reports tell how a measure stands.

    A part without report of its own is stood for by its parts; each measure occurs once.
    """
    found: list[Measure] = []
    seen = {measure.id}
    ahead = [*reversed(strategy.parts_of_measure.get(measure.id, ()))]
    while ahead:
        part = ahead.pop()
        if part.id in seen:
            continue
        seen.add(part.id)
        if told_by_parts(strategy, part, as_of):
            ahead += reversed(strategy.parts_of_measure[part.id])
        else:
            found.append(part)
    return tuple(found)


def _state(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """The category of a measure; of one that its parts stand for what they all came to.

    They came to nothing yet while its own plan still runs, or for good where it is permanent:
    more parts may follow.
    """
    if not told_by_parts(strategy, measure, as_of):
        return category(strategy, measure, as_of)
    plan = (measure.planned_start, measure.planned_end)
    if measure.type == "permanent" or any(day and day > as_of for day in plan):
        return "none"
    parts = standing_for(strategy, measure, as_of)
    states = {category(strategy, p, as_of) for p in parts if not is_superseded(strategy, p, as_of)}
    if not states or not all(map(is_finished, states)):
        return "none"
    return "done" if "done" in states else "stopped"


def is_superseded(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether others had taken over a measure by a day.

    A succession has no date of its own: it holds from the actual end of the measure, else from
    the report that it ended, else from its newest report. So it changes no report of a period in
    which the measure still went on.
    """
    if measure.id not in strategy.successors_of_measure:
        return False
    if measure.actual_end:
        return measure.actual_end <= as_of
    reports = strategy.reports_of_measure.get(measure.id, ())
    newest = reports[-1] if reports else None
    ended = is_finished(category(strategy, measure, as_of))
    return ended or latest_report(strategy, measure.id, as_of) is newest


def is_stale(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure that should be under way had no report within the review cycle.

    Finished and superseded measures, and those that have not begun, are never stale.
    Without any report the cycle runs from the (planned) start. A measure that its parts stand for
    is never stale: they are, each by itself.
    """
    over = is_over(strategy, measure, as_of)
    if over or told_by_parts(strategy, measure, as_of):
        return False
    if ended_unreported(strategy, measure, as_of):
        return True
    limit = months_before(as_of, strategy.settings.review_months)
    report = latest_report(strategy, measure.id, as_of)
    last = strategy.day_of(report) if report else _start(measure)
    return last is not None and last < limit


def is_over(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure was done, stopped or superseded, so that its plan is no longer judged."""
    return is_superseded(strategy, measure, as_of) or is_finished(_state(strategy, measure, as_of))


def ended_unreported(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure has ended, but neither a report nor its parts ever told anything of it.

    Nobody knows then whether it was done or stopped, but overdue it is not.
    """
    ended = measure.actual_end is not None and measure.actual_end <= as_of
    return (
        ended
        and _state(strategy, measure, as_of) == "none"
        and not told_by_parts(strategy, measure, as_of)
    )


def timeliness(strategy: Strategy, measure: Measure, as_of: dt.date) -> Timeliness:
    """How a measure stands against its plan on the as-of date: the first case that fits.

    ``superseded``; ``done``; ``stopped``; ``paused``; ``stale``, where it ended without any
    report; ``expected_past``: the end that its newest
    report expects is past; ``overdue``: the planned end is past; ``not_begun``: the planned start
    is past, and the newest report says that work has not begun; ``delayed``: reported so, or the
    expected end is after the planned one; ``stale``: no report within the review cycle, or none
    at all where nobody can tell whether work has begun; ``undated``: neither planned nor expected
    end, unless it is a permanent task; else ``on_time``. Days are as exact as their precision.
    Where its parts stand for a measure, it is done or stopped when all of them are.
    """
    known = strategy.known_timeliness
    key = (id(measure), as_of)
    if key not in known:
        fitting = (case for case, fits in _cases(strategy, measure, as_of) if fits)
        known[key] = (measure, next(fitting, "on_time"))
    case: Timeliness = known[key][1]
    return case


def _cases(
    strategy: Strategy, measure: Measure, as_of: dt.date
) -> Iterator[tuple[Timeliness, bool]]:
    """The cases in their order, each looked at when those before it do not fit."""
    state = _state(strategy, measure, as_of)
    yield "superseded", is_superseded(strategy, measure, as_of)
    yield "done", state == "done"
    yield "stopped", state == "stopped"
    yield "paused", state == "paused"
    yield "stale", ended_unreported(strategy, measure, as_of)
    expected = expected_end(strategy, measure, as_of)
    planned = measure.planned_end
    last = last_day(planned, measure.end_precision) if planned else None
    yield "expected_past", expected_is_past(strategy, measure, as_of)
    yield "overdue", last is not None and last < as_of
    yield "not_begun", state == "open" and _should_have_begun(measure, as_of)
    yield "delayed", state == "delayed"
    yield "delayed", bool(expected and last and span(*expected)[0] > last)
    unknown = state == "none" and (not _start(measure) or _should_have_begun(measure, as_of))
    unknown = unknown and not told_by_parts(strategy, measure, as_of)
    yield "stale", is_stale(strategy, measure, as_of) or unknown
    yield "undated", is_undated(strategy, measure, as_of)


LATE: tuple[Timeliness, ...] = ("expected_past", "overdue", "not_begun", "delayed")
"""The cases that „verzögert oder überfällig“ means."""


def is_late(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure is „verzögert oder überfällig“: late, or paused beyond its plan."""
    case = timeliness(strategy, measure, as_of)
    return case in LATE or (case == "paused" and _past_plan(strategy, measure, as_of))


def late(strategy: Strategy, as_of: dt.date) -> tuple[Measure, ...]:
    """The measures that are „verzögert oder überfällig“: every figure of them counts this list."""
    return tuple(m for m in strategy.measures if is_late(strategy, m, as_of))


def _past_plan(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    planned = measure.planned_end
    past = planned is not None and last_day(planned, measure.end_precision) < as_of
    return past or expected_is_past(strategy, measure, as_of)


def _start(measure: Measure) -> dt.date | None:
    return measure.actual_start or measure.planned_start


def _should_have_begun(measure: Measure, as_of: dt.date) -> bool:
    begun = measure.actual_start is not None and measure.actual_start <= as_of
    planned = measure.planned_start
    return not begun and planned is not None and last_day(planned, measure.start_precision) < as_of


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many measures have a status (``status_of``); ``None`` where nothing was reported."""

    status: str | None
    count: int


IN_PARTS = "in-parts"
"""Stands for the status of measures that their parts stand for."""


def status_of(strategy: Strategy, measure: Measure, as_of: dt.date) -> str | None:
    """The id of a measure's current status, ``IN_PARTS``, or ``None`` where nothing is known."""
    report = latest_report(strategy, measure.id, as_of)
    if report is None:
        return IN_PARTS if told_by_parts(strategy, measure, as_of) else None
    return report.status if report.status in strategy.status_by_id else None


def status_counts(
    strategy: Strategy, measures: Iterable[Measure], as_of: dt.date
) -> tuple[StatusCount, ...]:
    """Measures by current status, in the order of the code list, unreported ones last."""
    found = Counter(status_of(strategy, measure, as_of) for measure in measures)
    order = (*strategy.status_by_id, IN_PARTS, None)
    return tuple(StatusCount(status, found[status]) for status in order if found[status])


def progress_of(strategy: Strategy, measures: Iterable[Measure], as_of: dt.date) -> int | None:
    """Mean reported progress in percent of measures that are not stopped, rounded half up.

    Measures whose latest report names no progress are left out; ``None`` where all do.
    """
    values = []
    for measure in measures:
        report = latest_report(strategy, measure.id, as_of)
        if report is None or report.progress is None:
            continue
        stopped = category(strategy, measure, as_of) == "stopped"
        if not stopped and not is_superseded(strategy, measure, as_of):
            values.append(report.progress)
    return (2 * sum(values) + len(values)) // (2 * len(values)) if values else None


@dataclass(frozen=True, slots=True)
class Money:
    """Sums of one currency; an amount that nobody gave is ``None``, not zero."""

    currency: str
    planned: Decimal | None
    approved: Decimal | None
    spent: Decimal | None
    planned_years: tuple[int, ...] = ()
    """The years of the planned amounts: of other years nobody said that they cost nothing."""

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        """Planned, approved and spent, as they stand beside each other."""
        return self.planned, self.approved, self.spent


def share(part: Decimal | None, whole: Decimal | None) -> int | None:
    """A part in whole percent, rounded half up; ``None`` where that says nothing."""
    if part is None or whole is None or whole <= 0:
        return None
    return int((part * 100 / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def spent_share(
    items: Sequence[BudgetItem], money: Money, whole: Literal["planned", "approved"]
) -> int | None:
    """How much of the planned or approved ``money`` of these items is spent, in whole percent.

    ``None`` where a measure has spent money of which nobody said what was planned or approved:
    what it spent is no part of the others' sum.
    """
    mine = [item for item in items if (item.currency or "EUR") == money.currency]
    known = {item.measure for item in mine if getattr(item, whole) is not None}
    if any(item.spent and item.measure not in known for item in mine):
        return None
    return share(money.spent, getattr(money, whole))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def totals(items: Sequence[BudgetItem]) -> tuple[Money, ...]:
    """Planned, approved and spent money per currency, the most used currency first."""
    of_currency: dict[str, list[BudgetItem]] = {}
    for item in items:
        of_currency.setdefault(item.currency or "EUR", []).append(item)
    return tuple(
        Money(
            currency,
            _sum(i.planned for i in mine),
            _sum(i.approved for i in mine),
            _sum(i.spent for i in mine),
            tuple(sorted({i.year for i in mine if i.year and i.planned is not None})),
        )
        for currency, mine in sorted(of_currency.items(), key=lambda pair: -len(pair[1]))
    )


def current_value(strategy: Strategy, indicator: str, as_of: dt.date) -> IndicatorPoint | None:
    """The newest measured value up to the as-of date."""
    values = [
        v for v in strategy.values_of_indicator.get(indicator, ()) if v.date and v.date <= as_of
    ]
    return values[-1] if values else None


def expected_value(strategy: Strategy, indicator: Indicator, day: dt.date) -> Decimal | None:
    """The value that the target path asks for on a day, by straight lines between its points.

    The path starts at the baseline and goes through every target; after its last point it is flat.
    Before its first point there is none, except for what is to stay as it is.
    """
    targets = [(t.date, t.value) for t in strategy.targets_of_indicator.get(indicator.id, ())]
    points = [(date, value) for date, value in targets if date and value is not None]
    if not points:
        return None
    if start := _start_of_path(indicator):
        points.append(start)
    points.sort()
    if day < points[0][0]:
        return points[0][1] if indicator.direction == "maintain" else None
    for (d0, v0), (d1, v1) in pairwise(points):
        if d0 <= day <= d1:
            if d0 == d1:
                return v1
            return v0 + (v1 - v0) * Decimal((day - d0).days) / Decimal((d1 - d0).days)
    return points[-1][1]


def _start_of_path(indicator: Indicator) -> tuple[dt.date, Decimal] | None:
    if indicator.baseline_date and indicator.baseline_value is not None:
        return indicator.baseline_date, indicator.baseline_value
    return None


def on_track(
    strategy: Strategy, indicators: Iterable[Indicator], as_of: dt.date
) -> tuple[int, int]:
    """How many indicators keep to their path or reached their target, of how many can be judged."""
    trends = [trend(strategy, indicator, as_of) for indicator in indicators]
    judged = [found for found in trends if found in ("reached", "on_track", "behind")]
    return len(judged) - judged.count("behind"), len(judged)


def trend(strategy: Strategy, indicator: Indicator, as_of: dt.date) -> Trend:
    """Whether an indicator keeps to its target path.

    ``reached`` when the newest value meets the last target; ``on_track`` when it meets the path
    on its own day, else ``behind``; ``unjudged`` where nobody can know (see ``unjudged``). For
    ``maintain``, it may miss by five percent either way.
    """
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    value = current_value(strategy, indicator.id, as_of)
    if value is None or value.value is None or value.date is None:
        return "no_value"
    if not targets or targets[-1].value is None:
        return "no_target"
    final, direction = targets[-1].value, _direction(strategy, indicator)
    if direction != "maintain" and _meets(value.value, final, direction):
        return "reached"
    path = expected_value(strategy, indicator, value.date)
    if path is None or unjudged(strategy, indicator, as_of):
        return "unjudged"
    return "on_track" if _meets(value.value, path, direction) else "behind"


def unjudged(strategy: Strategy, indicator: Indicator, as_of: dt.date) -> Unjudged | None:
    """Why nobody can say whether an indicator with value and target keeps to its path.

    ``direction``: nothing tells whether it is to rise or to fall; ``old``: the last target's day is
    past, and no value is of that day or later; ``since``: no value is newer than the baseline;
    ``start``: there is neither a baseline nor an earlier target from which a path could start.
    """
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    value = current_value(strategy, indicator.id, as_of)
    last = targets[-1].date if targets else None
    if value is None or value.date is None or last is None:
        return None
    if _direction(strategy, indicator) is None:
        return "direction"
    if value.date < last < as_of:
        return "old"
    start = _start_of_path(indicator)
    if start and value.date <= start[0]:
        return "since"
    return "start" if expected_value(strategy, indicator, value.date) is None else None


def _direction(strategy: Strategy, indicator: Indicator) -> str | None:
    """Where an indicator is to go: as it says, else as its path goes from its start to its end."""
    if indicator.direction:
        return indicator.direction
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    known = [indicator.baseline_value, *(target.value for target in targets)]
    path = [value for value in known if value is not None]
    if not path or path[0] == path[-1]:
        return None
    return "decrease" if path[-1] < path[0] else "increase"


def _meets(value: Decimal, aim: Decimal, direction: str | None) -> bool:
    if direction == "maintain":
        return abs(value - aim) <= abs(aim) * Decimal("0.05")
    if direction is None:
        return value == aim
    return value >= aim if direction == "increase" else value <= aim
