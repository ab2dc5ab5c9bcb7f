"""When the data changed: the days that portals are told, never the day of the build."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from klarplan.strategy.load import Loaded


@dataclass(frozen=True, slots=True)
class Changes:
    """The days of the first and the last change of the tables; nothing where nobody knows."""

    first: dt.date | None = None
    last: dt.date | None = None


UNKNOWN = Changes()


def by_reports(loaded: Loaded, as_of: dt.date) -> Changes:
    """The days of the oldest and the newest report, where git can't tell when tables changed."""
    days = [r.date for r in loaded.strategy.status_reports if r.date and r.date <= as_of]
    return Changes(min(days), max(days)) if days else UNKNOWN
