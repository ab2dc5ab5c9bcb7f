"""What can be subscribed to: news of measures (Atom), dates for calendars (iCalendar)."""

from __future__ import annotations

import datetime as dt

from klarplan.open_data.feeds.calendar import calendars
from klarplan.open_data.feeds.news import news
from klarplan.strategy.load import Loaded


def feeds(loaded: Loaded, as_of: dt.date) -> dict[str, bytes]:
    """The feeds of a *public* strategy by their address: for the whole, each field and each
    measure.

    Without the site's address there are none: what is subscribed to has to lead back to it.
    """
    strategy = loaded.strategy
    if not strategy.settings.site_url:
        return {}
    return {**news(strategy, as_of), **calendars(strategy, as_of)}
