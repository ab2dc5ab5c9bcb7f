"""Periods and days in the names of sheets and columns: “Status 2024”, “Stand Dez. 2025”."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from klarplan.importer.dates import read_when

TIME = re.compile(
    r"(?<!\w)(?:(?:[1-4]\.\s?(?:quartal|hj\.?|halbjahr)|q[1-4]|h[12]|i{1,3}|iv|ende|anfang|mitte|"
    r"jan\w*\.?|feb\w*\.?|mär\w*\.?|apr\w*\.?|mai|jun\w*\.?|jul\w*\.?|aug\w*\.?|sep\w*\.?|"
    r"okt\w*\.?|nov\w*\.?|dez\w*\.?)[ /.-]{0,2}|\d{1,2}\.\d{1,2}\.|\d{1,2}/)?"
    r"(?:19|20)\d\d(?:\s?/\s?(?:20)?\d\d)?(?!\w)",
    re.IGNORECASE,
)
"""A period or day from the years 1900 to 2099."""
_LEAST = 80
"""So many days a period of reports has at least; a shorter stretch tells a day."""


@dataclass(frozen=True, slots=True)
class Time:
    """For when reports speak, as a name tells it."""

    target: str
    """``period`` or ``date``."""
    value: str
    open: bool
    """Whether the period is not over."""
    last: dt.date


def without_time(text: str) -> str:
    """A name without the periods and days in it."""
    return TIME.sub(" ", text.replace("_", " "))


def time_of(text: str, today: dt.date) -> Time | None:
    """The period or day that a text is; ``None`` for none and for one yet to come."""
    try:
        when = read_when(text)
    except ValueError:
        return None
    if when.begin is None or when.end is None or when.begin.day > today:
        return None
    first, last = when.begin.day, when.end.day
    if (last - first).days >= _LEAST and not when.chosen:
        return Time("period", text, last > today, last)
    return Time("date", last.isoformat(), open=False, last=last) if last <= today else None


def time_in(text: str, today: dt.date) -> Time | None:
    """The period or day up to today that a name tells, such as “Stand 2024”.

    ``None`` where it tells none, two, or one yet to come.
    """
    named = TIME.findall(text.replace("_", " "))
    return time_of(named[0], today) if len(named) == 1 else None
