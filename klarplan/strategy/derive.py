"""What is computed, never typed: status, timeliness, progress, totals, sentences on indicators.

Everything here takes the as-of date as an argument; nothing asks the clock.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
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

Timeliness = Literal["on_time", "overdue", "stale", "undated", "finished"]
Trend = Literal["reached", "on_track", "behind", "no_target", "no_value"]


def has_begun(category: str) -> bool:
    """Whether a status of this category says that work was or is done."""
    return category in ("active", "done")


def goes_on(category: str) -> bool:
    """Whether a status of this category says that work is still to be done."""
    return category in ("open", "active")


def is_finished(category: str) -> bool:
    """Whether a status of this category says that no more work will be done."""
    return category in ("done", "stopped")


def is_late(timeliness: str) -> bool:
    """Whether a measure asks for attention: behind its plan, or silent for too long."""
    return timeliness in ("overdue", "stale")


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def span(day: dt.date, precision: str | None) -> tuple[dt.date, dt.date]:
    """First and last day of what a planned date stands for."""
    if precision == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    if precision in ("quarter", "month"):
        size = 3 if precision == "quarter" else 1
        first = day.month - (day.month - 1) % size
        last = first + size - 1
        end = calendar.monthrange(day.year, last)[1]
        return dt.date(day.year, first, 1), dt.date(day.year, last, end)
    return day, day


def latest_report(strategy: Strategy, measure: str, as_of: dt.date) -> StatusReport | None:
    """The newest report on a measure up to the as-of date."""
    for report in reversed(strategy.reports_of_measure.get(measure, ())):
        if report.date and report.date <= as_of:
            return report
    return None


def category(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """The status category of a measure; ``none`` where nothing was reported yet."""
    report = latest_report(strategy, measure.id, as_of)
    if report is None:
        return "none"
    status = strategy.status_by_id.get(report.status)
    return status.category if status and status.category else "unknown"


def is_stale(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure that should be under way had no report within the review cycle.

    Finished and superseded measures, and those that have not begun, are never stale.
    Without any report the cycle runs from the (planned) start.
    """
    if measure.superseded_by or is_finished(category(strategy, measure, as_of)):
        return False
    limit = months_before(as_of, strategy.settings.review_months)
    report = latest_report(strategy, measure.id, as_of)
    last = report.date if report else measure.actual_start or measure.planned_start
    return last is not None and last < limit


def timeliness(strategy: Strategy, measure: Measure, as_of: dt.date) -> Timeliness:
    """How a measure stands against its plan on the as-of date.

    ``finished`` when done, stopped or superseded; else ``overdue`` when the planned end is past,
    or the planned start is past and nothing has begun, each as exact as the plan is; else
    ``stale`` when no report came within the review cycle; else ``undated`` without a planned
    end, unless its start is still to come or it is a permanent task; else ``on_time``.
    """
    state = category(strategy, measure, as_of)
    if is_finished(state) or measure.superseded_by:
        return "finished"
    precision = measure.date_precision
    if measure.planned_end and span(measure.planned_end, precision)[1] < as_of:
        return "overdue"
    begin = None if measure.actual_start else measure.planned_start
    if begin and state == "open" and span(begin, precision)[1] < as_of:
        return "overdue"
    if is_stale(strategy, measure, as_of):
        return "stale"
    ahead = begin is not None and span(begin, precision)[1] >= as_of
    if not measure.planned_end and not ahead and measure.type != "permanent":
        return "undated"
    return "on_time"


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many measures have a status; ``status`` is ``None`` where nothing was reported."""

    status: str | None
    count: int


def status_counts(
    strategy: Strategy, measures: Iterable[Measure], as_of: dt.date
) -> tuple[StatusCount, ...]:
    """Measures by current status, in the order of the code list, unreported ones last."""
    found: Counter[str | None] = Counter()
    for measure in measures:
        report = latest_report(strategy, measure.id, as_of)
        found[report.status if report and report.status in strategy.status_by_id else None] += 1
    order: list[str | None] = [*strategy.status_by_id, None]
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
        if category(strategy, measure, as_of) != "stopped" and not measure.superseded_by:
            values.append(report.progress)
    return (2 * sum(values) + len(values)) // (2 * len(values)) if values else None


@dataclass(frozen=True, slots=True)
class Money:
    """Sums of one currency; an amount that nobody gave is ``None``, not zero."""

    currency: str
    planned: Decimal | None
    approved: Decimal | None
    spent: Decimal | None


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def totals(items: Sequence[BudgetItem]) -> tuple[Money, ...]:
    """Planned, approved and spent money per currency, the most used currency first."""
    currencies = Counter(item.currency or "EUR" for item in items)
    return tuple(
        Money(
            currency,
            _sum(i.planned for i in items if (i.currency or "EUR") == currency),
            _sum(i.approved for i in items if (i.currency or "EUR") == currency),
            _sum(i.spent for i in items if (i.currency or "EUR") == currency),
        )
        for currency, _ in currencies.most_common()
    )


def current_value(strategy: Strategy, indicator: str, as_of: dt.date) -> IndicatorPoint | None:
    """The newest measured value up to the as-of date."""
    values = [
        v for v in strategy.values_of_indicator.get(indicator, ()) if v.date and v.date <= as_of
    ]
    return values[-1] if values else None


def expected_value(strategy: Strategy, indicator: Indicator, day: dt.date) -> Decimal | None:
    """The value that the target path asks for on a day, by straight lines between its points.

    The path starts at the baseline and goes through every target; before its first point and
    after its last one it is flat.
    """
    points: list[tuple[dt.date, Decimal]] = []
    if indicator.baseline_date and indicator.baseline_value is not None:
        points.append((indicator.baseline_date, indicator.baseline_value))
    for target in strategy.targets_of_indicator.get(indicator.id, ()):
        if target.date and target.value is not None:
            points.append((target.date, target.value))
    if not strategy.targets_of_indicator.get(indicator.id):
        return None
    points.sort()
    if day <= points[0][0]:
        return points[0][1]
    for (d0, v0), (d1, v1) in pairwise(points):
        if d0 <= day <= d1:
            if d0 == d1:
                return v1
            return v0 + (v1 - v0) * Decimal((day - d0).days) / Decimal((d1 - d0).days)
    return points[-1][1]


def on_track(
    strategy: Strategy, indicators: Iterable[Indicator], as_of: dt.date
) -> tuple[int, int]:
    """How many indicators keep to their path or reached their target, of how many with both."""
    trends = [trend(strategy, indicator, as_of) for indicator in indicators]
    judged = [found for found in trends if found not in ("no_value", "no_target")]
    return len(judged) - judged.count("behind"), len(judged)


def trend(strategy: Strategy, indicator: Indicator, as_of: dt.date) -> Trend:
    """Whether an indicator keeps to its target path.

    ``reached`` when the newest value meets the last target; ``on_track`` when it meets the path
    on its own day; else ``behind``. For ``maintain``, it may miss by five percent either way.
    """
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    value = current_value(strategy, indicator.id, as_of)
    if value is None or value.value is None or value.date is None:
        return "no_value"
    if not targets or targets[-1].value is None:
        return "no_target"
    final = targets[-1].value
    path = expected_value(strategy, indicator, value.date)
    direction = indicator.direction or ("decrease" if _falls(indicator, final) else "increase")

    def meets(aim: Decimal) -> bool:
        assert value.value is not None
        if direction == "maintain":
            return abs(value.value - aim) <= abs(aim) * Decimal("0.05")
        return value.value >= aim if direction == "increase" else value.value <= aim

    if direction != "maintain" and meets(final):
        return "reached"
    return "on_track" if path is not None and meets(path) else "behind"


def _falls(indicator: Indicator, final: Decimal) -> bool:
    return indicator.baseline_value is not None and final < indicator.baseline_value
