"""The timetable: a bar for each measure, from its begin to its end, and what lies between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from klarplan.strategy import derive, slips
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import Measure, Milestone
from macros.registry import FIELD, Context, known, macro

Data = Mapping[str, Any]

LATER = ("over", "expected")
"""What is drawn behind the plan of a measure."""
UNITS = 100
"""So many units of a bar are one year."""
BEFORE, AFTER = 4, 8
"""So many years before and after this one are shown at most: one early measure must not push
today off the screen. What lies beyond is cut, and the bar looks open there."""
LOOSE = 0.08
"""The share of the whole width in which a bar that goes on breaks up."""
PIECES = ((0.15, 0.23), (0.53, 0.15), (0.83, 0.1))
"""Where in it each piece begins, seen from the bar, and how wide it is."""
SHAPES: Mapping[str, str] = {
    "open": "open",
    "active": "active",
    "delayed": "delayed",
    "paused": "paused",
    "done": "done",
    "stopped": "stopped",
}
"""Categories of statuses that have a look of their own; others are drawn as ``unknown``."""


MARKS = ("milestone", "missed", "reached")
"""The signs of milestones: to come, not reached in time, reached."""


def place(day: dt.date, first_year: int) -> float:
    """Where a day stands on the schedule: ``UNITS`` for each year since the first."""
    length = (dt.date(day.year + 1, 1, 1) - dt.date(day.year, 1, 1)).days
    share = (day - dt.date(day.year, 1, 1)).days / length
    return round(UNITS * (day.year - first_year + share), 1)


def _period(ctx: Context, measure: Measure) -> str:
    """When a measure runs, in words, as exact as its dates are."""
    words, begin, end = ctx.words, measure.actual_start or measure.planned_start, measure.end
    permanent = measure.type == "permanent"
    exact = "day" if measure.actual_start else measure.start_precision
    since = words.day(begin, exact or "day") if begin else ""
    if end:
        until = words.day(end, measure.exactness_of_end or "day")
        if not since:
            return words("period.until", end=until)
        return words.between(since, until)
    if not since:
        return words("timetable.for_good" if permanent else "timetable.undated")
    return words("timetable.for_good_from" if permanent else "period.from", begin=since)


def _row(ctx: Context, measure: Measure) -> dict[str, Any]:
    """What the timetable says of a measure, and the days between which its bars stand.

    ``plan`` is begun (or planned) to ended (or planned, exact to the end of its span); ``over``
    the time since a plan that has passed; ``expected`` the time to the end that is expected now.
    Where nobody knows an end, ``end`` is ``None`` and the bar goes on. What is over stopped at the
    latest with its newest report, and what has only an expected end is drawn to today.
    """
    strategy, as_of = ctx.strategy, ctx.as_of
    steps = [m for m in strategy.milestones_of_measure.get(measure.id, ()) if m.due]
    coming = [m for m in steps if m.is_open and m.due and m.due >= as_of]
    over = derive.is_over(strategy, measure, as_of)
    category = derive.category(strategy, measure, as_of)
    begin = measure.actual_start or measure.planned_start
    end = measure.actual_end
    if end is None and measure.planned_end:
        end = derive.last_day(measure.planned_end, measure.end_precision)
    late = derive.is_late(strategy, measure, as_of)
    expected = None if over else derive.expected_end(strategy, measure, as_of)
    if end is None and begin and (over or expected):
        told = (day for day, _ in strategy.days_of_reports.get(measure.id, ()) if day <= as_of)
        end = max(begin, next(told, as_of) if over else as_of)
    badge = ctx.badge_of(measure)
    return {
        "link": ctx.link("measures", measure.id),
        "badge": badge,
        "shape": SHAPES.get(category, "unknown"),
        "period": _period(ctx, measure),
        "late": late,
        "timeliness": slips.wording(strategy, measure, as_of, beside=badge.label),
        "begin": begin,
        "end": end,
        "dated": bool(begin or end),
        "over": as_of if end and not over and end < as_of else None,
        "expected": derive.last_day(*expected) if expected else None,
        "steps": [(m.completed or m.due, _mark(m, as_of)) for m in steps if m.state != "dropped"],
        "next": coming[0] if coming else None,
    }


def _mark(step: Milestone, as_of: dt.date) -> str:
    """The sign of a milestone that was not dropped."""
    if step.completed or step.state == "reached":
        return "reached"
    return "missed" if step.is_missed(as_of) else "milestone"


def _years(rows: Sequence[Mapping[str, Any]], as_of: dt.date) -> tuple[int, int]:
    """First and last year that are shown."""
    days = [as_of]
    for row in rows:
        days += [row[name] for name in ("begin", "end", "expected") if row[name]]
        days += [day for day, _ in row["steps"]]
    first, last = min(days).year, max(days).year
    return max(first, as_of.year - BEFORE), min(last, as_of.year + AFTER)


def _drawn(row: Mapping[str, Any], first: int, last: int) -> Data:
    """The bars of a row in units: shape, place and width. They are cut at the edges of what is
    shown, and break up there and where no end is known."""
    width = float(UNITS * (last - first + 1))

    def at(day: dt.date) -> float:
        return min(max(place(day, first), 0.0), width)

    begin, end = row["begin"], row["end"]
    left = at(begin) if begin else (at(end) if end else 0.0)
    right = at(end) if end else width
    passed = max(right, at(row["over"])) if row["over"] else right
    expected = row["expected"]
    bars = [(row["shape"], left, max(left, right))]
    bars += [("over", right, passed)] if passed > right else []
    bars += [("expected", passed, at(expected))] if expected and at(expected) > passed else []
    before = bool(begin and begin.year < first)
    after = end is None or max(end, expected or end).year > last
    return {
        "bars": [
            (shape, round(x, 1), round(wide, 1))
            for number, (shape, start, stop) in enumerate(bars, start=1)
            for shape, x, wide in _pieces(
                (shape, min(start, width - 2), max(2.0, stop - start)),
                LOOSE * width if before and number == 1 else 0,
                LOOSE * width if after and number == len(bars) else 0,
            )
        ],
        "open": before or after,
        "marks": [(at(day), sign) for day, sign in row["steps"] if first <= day.year <= last],
    }


def _pieces(
    bar: tuple[str, float, float], head: float, tail: float
) -> Iterator[tuple[str, float, float]]:
    """A bar, broken up at its ``head`` and its ``tail`` over so many units, a third at most."""
    shape, x, wide = bar
    head, tail = min(head, wide / 3), min(tail, wide / 3)
    stop = x + wide - tail
    for place_, share in reversed(PIECES) if head else ():
        yield shape, x + head * (1 - place_ - share), head * share
    yield shape, x + head, wide - head - tail
    for place_, share in PIECES if tail else ():
        yield shape, stop + tail * place_, tail * share


@macro
def schedule(ctx: Context, field: str | None = None) -> Data | None:
    """Zeigt alle Maßnahmen und ihre Meilensteine als Zeitplan, auf Wunsch nur die eines
    Handlungsfelds."""
    strategy = ctx.strategy
    if field is not None:
        known(strategy.field_by_id, field, FIELD)
    groups: list[dict[str, Any]] = []
    for owner in strategy.fields_of_action:
        if field is None or owner.id == field:
            rows = [_row(ctx, m) for m in strategy.measures_of_field.get(owner.id, ())]
            if rows:
                groups.append({"title": owner.title, "rows": rows})
    rows = [row for group in groups for row in group["rows"]]
    if not any(row["dated"] for row in rows):
        return None
    first, last = _years(rows, ctx.as_of)
    for row in rows:
        row["drawn"] = _drawn(row, first, last)
    drawn = [row["drawn"] for row in rows if row["dated"]]
    shapes = [s for s in (*SHAPES, "unknown") if any(r["shape"] == s and r["dated"] for r in rows)]
    return {
        "groups": groups,
        "years": list(range(first, last + 1)),
        "units": UNITS * (last - first + 1),
        "today": place(ctx.as_of, first),
        "as_of": ctx.as_of,
        "count": len(rows),
        "list": _whole_list(ctx) if field is None else None,
        "shapes": shapes,
        "signs": {
            **{sign: any(bar[0] == sign for d in drawn for bar in d["bars"]) for sign in LATER},
            "goes_on": any(d["open"] for d in drawn),
            "undated": any(not row["dated"] for row in rows),
            **{sign: any(mark[1] == sign for d in drawn for mark in d["marks"]) for sign in MARKS},
        },
    }


def _whole_list(ctx: Context) -> dict[str, str] | None:
    """Where all measures stand with all details; nowhere without that chapter."""
    if "measures" not in ctx.chapters:
        return None
    title = ctx.words("chapter.measures.title")
    return {"title": title, "url": ctx.url(CHAPTERS["measures"].address)}
