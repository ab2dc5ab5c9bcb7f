"""What goes into a workbook of an office: the measures that it leads and still has to report on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from klarplan.strategy import derive
from klarplan.strategy.model import Measure, Strategy

OF_OFFICES = ("measures", "milestones", "budget")
"""The tables of which an office gets the rows of its measures."""


def offices(strategy: Strategy, as_of: dt.date) -> tuple[str, ...]:
    """The organisations that lead measures still open, each by itself."""
    return tuple(o.id for o in strategy.organisations if open_measures(strategy, [o.id], as_of))


def open_measures(
    strategy: Strategy, names: Collection[str], as_of: dt.date
) -> tuple[Measure, ...]:
    """The measures that one of these organisations leads: not done, stopped or superseded."""
    return tuple(
        measure
        for measure in strategy.measures
        if any(o.id in names for o in strategy.leads_of_measure.get(measure.id, ()))
        and not derive.is_over(strategy, measure, as_of)
    )
