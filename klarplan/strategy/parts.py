"""How a measure that nobody reports on by itself stands, told by its parts."""

from __future__ import annotations

import datetime as dt

from klarplan.strategy import derive
from klarplan.strategy.model import Measure, Strategy


def states(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """„2 abgeschlossen, 3 in Umsetzung“, by the statuses of the parts."""
    found = derive.standing_for(strategy, measure, as_of)
    counts = derive.status_counts(strategy, found, as_of)
    words = strategy.words
    labels = {status.id: status.label for status in strategy.statuses}
    unreported = words("status.unreported")
    told = (f"{words.number(c.count)} {labels.get(c.status or '', unreported)}" for c in counts)
    return ", ".join(told)


def in_words(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """„5 Teilmaßnahmen: 2 abgeschlossen, 3 in Umsetzung“."""
    count = len(derive.standing_for(strategy, measure, as_of))
    return strategy.words("status.parts", n=count, states=states(strategy, measure, as_of))
