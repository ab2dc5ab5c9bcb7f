"""Reports of several periods side by side in a list of measures: “Status 2024”, “Status 2025”."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from klarplan.importer.confidential import is_confidential
from klarplan.importer.dates import read_when
from klarplan.importer.guess import Guess, key_of, positions_of
from klarplan.importer.headers import bare_title
from klarplan.importer.suggest_statuses import Meanings
from klarplan.strategy.schema import TableSchema

_TIME = re.compile(
    r"(?<!\w)(?:(?:[1-4]\.\s?(?:quartal|hj\.?|halbjahr)|q[1-4]|h[12]|i{1,3}|iv|ende|anfang|mitte|"
    r"jan\w*\.?|feb\w*\.?|mär\w*\.?|apr\w*\.?|mai|jun\w*\.?|jul\w*\.?|aug\w*\.?|sep\w*\.?|"
    r"okt\w*\.?|nov\w*\.?|dez\w*\.?)[ /.-]{0,2}|\d{1,2}\.\d{1,2}\.|\d{1,2}/)?"
    r"(?:19|20)\d\d(?:\s?/\s?(?:20)?\d\d)?(?!\w)",
    re.IGNORECASE,
)
_LEAST = 80
"""So many days a period of reports has at least; a shorter stretch tells a day."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Columns that report on one period or day."""

    target: str
    """``period`` or ``date``."""
    value: str
    open: bool
    """Whether the period is not over, so that the list has to say for which day it speaks."""
    positions: Mapping[str, int]


def _time(text: str, today: dt.date) -> tuple[str, str, bool] | None:
    try:
        when = read_when(text)
    except ValueError:
        return None
    if when.begin is None or when.end is None or when.begin.day > today:
        return None
    first, last = when.begin.day, when.end.day
    if (last - first).days >= _LEAST and not when.chosen:
        return "period", text, last > today
    return ("date", last.isoformat(), False) if last <= today else None


def dated_reports(
    found: Guess, schema: TableSchema, meanings: Meanings, today: dt.date, taken: set[int]
) -> list[Dated]:
    """The columns of a list whose headers name a period or day, by it; none among the ``taken``."""
    groups: dict[tuple[str, str, bool], dict[str, int]] = {}
    for position, title in enumerate(found.header.titles):
        full = bare_title(found.header.full(position))
        named = _TIME.search(full)
        texts = found.texts(position)
        if named is None or position in taken or not texts or is_confidential(title):
            continue
        time = _time(named[0], today)
        rest = key_of(_TIME.sub(" ", full))
        targets = positions_of(schema, [rest])[0]
        target = next((t for t in ("status", "progress", "text") if t in targets), None)
        if "date" in targets:
            target = "status" if meanings.are_statuses(texts) else "text"
        if time is not None and target is not None:
            groups.setdefault(time, {}).setdefault(target, position)
    return [Dated(*time, positions) for time, positions in groups.items()]
