"""Where news and dates can be subscribed to, seen from the page that offers them."""

from __future__ import annotations

from klarplan.strategy.addresses import (
    CALENDAR,
    FIELD_CALENDAR,
    FIELD_NEWS,
    MEASURE_CALENDAR,
    MEASURE_NEWS,
    NEWS,
    slug,
)
from klarplan.strategy.model import FieldOfAction, Measure
from klarplan.strategy.subscriptions import has_dates, has_news
from macros.registry import Context

Subject = Measure | FieldOfAction | None
"""What news are of: a measure, a field of action, or the whole strategy."""


def news_of(ctx: Context, subject: Subject = None) -> str:
    """The address of the feed, empty where there is none."""
    if not has_news(ctx.strategy, ctx.as_of):
        return ""
    if subject is None:
        return ctx.url(NEWS)
    pattern = MEASURE_NEWS if isinstance(subject, Measure) else FIELD_NEWS
    return ctx.url(pattern.format(slug(subject.id)))


def dates_of(ctx: Context, subject: Subject = None) -> str:
    """The address of the calendar, empty where there is none."""
    if not ctx.strategy.settings.site_url:
        return ""
    if subject is None:
        return ctx.url(CALENDAR)
    if not isinstance(subject, Measure):
        return ctx.url(FIELD_CALENDAR.format(slug(subject.id)))
    if not has_dates(ctx.strategy, subject, ctx.as_of):
        return ""
    return ctx.url(MEASURE_CALENDAR.format(slug(subject.id)))
