"""How a measure that nobody reports on by itself stands, told by its parts."""

from __future__ import annotations

import datetime as dt

from klarplan import german
from klarplan.strategy import derive
from klarplan.strategy.model import Measure, Strategy

IN_PARTS = "in Teilmaßnahmen"
"""What the status of such a measure is called where there is room for a word only."""
UNREPORTED = "noch ohne Meldung"


def states(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """„2 abgeschlossen, 3 in Umsetzung“, by the statuses of the parts."""
    found = derive.standing_for(strategy, measure, as_of)
    counts = derive.status_counts(strategy, found, as_of)
    labels = {status.id: status.label for status in strategy.statuses}
    told = (f"{german.number(c.count)} {labels.get(c.status or '', UNREPORTED)}" for c in counts)
    return ", ".join(told)


def in_words(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    """„5 Teilmaßnahmen: 2 abgeschlossen, 3 in Umsetzung“."""
    count = len(derive.standing_for(strategy, measure, as_of))
    said = german.count(count, "Teilmaßnahme", "Teilmaßnahmen")
    return f"{said}: {states(strategy, measure, as_of)}"
