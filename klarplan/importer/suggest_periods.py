"""Reports of several periods side by side in a list of measures: “Status 2024”, “Status 2025”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from klarplan.importer.confidential import is_confidential
from klarplan.importer.guess import Guess, key_of, positions_of
from klarplan.importer.headers import bare_title
from klarplan.importer.suggest_statuses import Meanings
from klarplan.importer.times_in_names import TIME, Time, time_of, without_time
from klarplan.strategy.schema import TableSchema


@dataclass(frozen=True, slots=True)
class Dated:
    """Columns that report on one period or day."""

    target: str
    """``period`` or ``date``."""
    value: str
    open: bool
    """Whether the period is not over, so that the list has to say for which day it speaks."""
    positions: Mapping[str, int]


def dated_reports(
    found: Guess, schema: TableSchema, meanings: Meanings, today: dt.date, taken: set[int]
) -> list[Dated]:
    """The columns of a list whose headers name a period or day, by it; none among the ``taken``."""
    groups: dict[Time, dict[str, int]] = {}
    for position, title in enumerate(found.header.titles):
        full = bare_title(found.header.full(position))
        named = TIME.search(full)
        texts = found.texts(position)
        if named is None or position in taken or not texts or is_confidential(title):
            continue
        time = time_of(named[0], today)
        rest = key_of(without_time(full))
        targets = positions_of(schema, [rest])[0]
        target = next((t for t in ("status", "progress", "text") if t in targets), None)
        if "date" in targets:
            target = "status" if meanings.are_statuses(texts) else "text"
        if time is not None and target is not None:
            groups.setdefault(time, {}).setdefault(target, position)
    return [Dated(t.target, t.value, t.open, positions) for t, positions in groups.items()]
