"""Which table each sheet of a workbook holds, seen beside the other sheets."""

from __future__ import annotations

from collections.abc import Sequence

from klarplan.importer.grid import Sheet, plain
from klarplan.importer.guess import Guess, guess, is_named
from klarplan.strategy.schema import Descriptor

SHARED = 0.5
"""The share of titles that tells that a sheet speaks of the measures of another one."""


def _titles(found: Guess) -> list[str]:
    return [plain(text) for text in found.texts(found.positions["title"])]


def _own_measures(found: Guess, known: set[str]) -> bool:
    """Whether a sheet lists measures of its own, each once, and not those of another sheet."""
    titles = _titles(found)
    again = sum(title in known for title in titles)
    alone = len(set(titles)) == len(titles)
    return bool(titles) and alone and again < SHARED * len(titles)


def guesses(
    sheets: Sequence[Sheet], descriptor: Descriptor, *, first: bool
) -> list[tuple[Sheet, Guess | None]]:
    """A guess for each sheet; a list that could hold the measures does, if no other one does.

    What looks like reports is a list of measures where their titles stand on no other sheet; so
    are sheets called reports if the strategy has no measures yet (``first``).
    """
    found = [(sheet, guess(sheet, descriptor.tables)) for sheet in sheets]
    only = {name: t for name, t in descriptor.tables.items() if name == "measures"}
    known = {t for _, one in found if one and one.table == "measures" for t in _titles(one)}
    none = not known and not any(one and one.table == "measures" for _, one in found)
    for number, (sheet, one) in enumerate(found):
        if one is not None and one.table == "measures":
            continue
        reports = one is None or one.table == "status_reports"
        tables = {"status_reports", one.table if one else "status_reports"} & set(descriptor.tables)
        named = any(is_named(sheet, descriptor.tables[name]) for name in tables)
        if named and not (first and none and reports):
            continue
        other = guess(sheet, only)
        if other is None:
            continue
        reported = (
            one is not None and one.table == "status_reports" and "period" not in one.positions
        )
        if none or (reported and _own_measures(other, known)):
            found[number] = sheet, other
            known |= set(_titles(other))
            none = False
    return found
