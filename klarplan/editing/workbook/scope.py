"""What goes into a workbook: all tables, or what an office owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from klarplan.messages import KlarplanError, Text, did_you_mean
from klarplan.strategy import derive
from klarplan.strategy.model import Measure, Strategy

OF_OFFICES = ("measures", "milestones", "budget")
"""The tables of which an office gets the rows of its measures."""


def offices(strategy: Strategy, as_of: dt.date) -> dict[str, tuple[Measure, ...]]:
    """The organisations that lead measures still open, each with those that it leads itself."""
    found = {org.id: owed(strategy, [org.id], as_of) for org in strategy.organisations}
    return {office: measures for office, measures in found.items() if measures}


def owed(strategy: Strategy, names: Collection[str], as_of: dt.date) -> tuple[Measure, ...]:
    """The measures that one of these organisations leads: not done, stopped or superseded."""
    led = {
        r.measure for r in strategy.responsibilities if r.role == "lead" and r.organisation in names
    }
    return tuple(
        measure
        for measure in strategy.measures
        if measure.id in led and not derive.is_over(strategy, measure, as_of)
    )


def with_those_below(strategy: Strategy, office: str) -> tuple[str, ...]:
    """An organisation and all below it.

    Raises ``KlarplanError`` (exit code 2) where it is not known.
    """
    known = strategy.organisation_by_id
    if office not in known:
        guess = did_you_mean(office, known)
        raise KlarplanError(
            Text(
                f"Eine Organisation „{office}“ gibt es nicht.",
                f"There is no organisation “{office}”.",
            ),
            guess
            if guess.de
            else Text(
                "Nennen Sie eine Kennung aus data/organisations.csv.",
                "Name an id of data/organisations.csv.",
            ),
            exit_code=2,
        )
    found = [office]
    for name in found:
        found += _below(strategy, name, found)
    return tuple(found)


def _below(strategy: Strategy, name: str, found: Collection[str]) -> Iterable[str]:
    return [o.id for o in strategy.organisations if o.parent == name and o.id not in found]
