"""Dates for calendars: milestones and ends of measures, for people to subscribe to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from klarplan.open_data.feeds.icalendar import Event, calendar, event
from klarplan.open_data.feeds.identity import lasting_id
from klarplan.strategy import derive
from klarplan.strategy.addresses import (
    CALENDAR,
    FIELD_CALENDAR,
    MEASURE_CALENDAR,
    on_web,
    page_of,
    slug,
)
from klarplan.strategy.model import Measure, Milestone, Strategy


def calendars(strategy: Strategy, as_of: dt.date) -> dict[str, bytes]:
    """Calendars by their address: the whole strategy, each field, each measure.

    An event takes a whole day: the day a milestone is due, and the last day of the time that a
    measure is expected, else planned, to end. What is over is not told any more. ``DTSTAMP`` is
    the day of the measure's newest report, never the day of the build.
    """
    events = {measure.id: _events(strategy, measure, as_of) for measure in strategy.measures}
    words, settings = strategy.words, strategy.settings
    everything = [event for several in events.values() for event in several]
    found = {
        CALENDAR: _calendar(words("feed.dates", strategy=settings.title), strategy, everything)
    }
    for field in strategy.fields_of_action:
        several = [
            event
            for measure in strategy.measures_of_field.get(field.id, ())
            for event in events[measure.id]
        ]
        title = words("feed.dates_of_field", field=field.title or field.id)
        found[FIELD_CALENDAR.format(slug(field.id))] = _calendar(title, strategy, several)
    for measure in strategy.measures:
        if events[measure.id]:
            title = words("feed.dates_of_measure", measure=measure.title or measure.id)
            address = MEASURE_CALENDAR.format(slug(measure.id))
            found[address] = _calendar(title, strategy, events[measure.id])
    return found


def _events(strategy: Strategy, measure: Measure, as_of: dt.date) -> list[str]:
    if derive.is_over(strategy, measure, as_of):
        return []
    latest = derive.latest_report(strategy, measure.id, as_of)
    stamp = latest.date if latest and latest.date else None
    found = [
        _milestone(strategy, measure, milestone, milestone.due, stamp)
        for milestone in strategy.milestones_of_measure.get(measure.id, ())
        if milestone.due and milestone.is_open
    ]
    expected = derive.expected_end(strategy, measure, as_of)
    end = expected or (
        (measure.planned_end, measure.end_precision) if measure.planned_end else None
    )
    if end:
        found.append(_end(strategy, measure, end, stamp, is_expected=bool(expected)))
    return found


def _milestone(
    strategy: Strategy,
    measure: Measure,
    milestone: Milestone,
    due: dt.date,
    stamp: dt.date | None,
) -> str:
    called = measure.title or measure.id
    title = strategy.words("feed.milestone", milestone=milestone.title, measure=called)
    named = ("milestones", milestone.id)
    return _event(strategy, measure, named=named, title=title, day=due, stamp=stamp)


def _end(
    strategy: Strategy,
    measure: Measure,
    end: tuple[dt.date, str | None],
    stamp: dt.date | None,
    *,
    is_expected: bool,
) -> str:
    words = strategy.words
    day, precision = end
    called = measure.title or measure.id
    title = words(f"feed.{'expected_end' if is_expected else 'planned_end'}", measure=called)
    if precision and precision != "day":
        title = words(
            "feed.in_the_course_of",
            event=title,
            time=words.day(day, precision).replace("\u00a0", " "),
        )
    last = derive.last_day(day, precision)
    named = ("measures", measure.id)
    return _event(strategy, measure, named=named, title=title, day=last, stamp=stamp)


def _event(  # noqa: PLR0913 (what an event is made of)
    strategy: Strategy,
    measure: Measure,
    *,
    named: tuple[str, str],
    title: str,
    day: dt.date,
    stamp: dt.date | None,
) -> str:
    settings = strategy.settings
    return event(
        Event(
            uid=lasting_id(settings, *named),
            stamp=stamp or day,
            day=day,
            title=title,
            description=measure.summary or "",
            url=on_web(settings.site_url, page_of("measures", measure.id)),
        )
    )


def _calendar(title: str, strategy: Strategy, events: Iterable[str]) -> bytes:
    return calendar(title, strategy.words.lang, events)
