"""What there is to subscribe to: which feeds and calendars a strategy has."""

from __future__ import annotations

import datetime as dt

from klarplan.strategy import derive
from klarplan.strategy.model import Measure, Strategy


def has_news(strategy: Strategy, as_of: dt.date) -> bool:
    """Whether a *public* strategy has feeds: for the whole, each field and each measure.

    They need the site's address, as they lead back to it, and one report to begin with.
    """
    return bool(strategy.settings.site_url) and any(
        report.date and report.date <= as_of and report.measure in strategy.measure_by_id
        for report in strategy.status_reports
    )


def has_dates(strategy: Strategy, measure: Measure, as_of: dt.date) -> bool:
    """Whether a measure has a calendar of its own: it isn't over, and a date lies before it."""
    if not strategy.settings.site_url or derive.is_over(strategy, measure, as_of):
        return False
    steps = strategy.milestones_of_measure.get(measure.id, ())
    return (
        any(step.due and step.is_open for step in steps)
        or derive.expected_end(strategy, measure, as_of) is not None
        or measure.planned_end is not None
    )
