"""Which sheet of a workbook that came back is which of those that it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from klarplan.editing.workbook.base import HINT, MARK, OURS, SHEET, Held
from klarplan.editing.workbook.values import clean

HEADINGS_WITHIN = 20
"""In so many rows from the top the technical names are looked for."""


def found_sheets(book: Any, sheets: Sequence[Held]) -> dict[str, str]:
    """The names of sheets as they are now, by the names that they had.

    One that was renamed is known by its technical names, if only one has them.
    """
    found = {held.sheet: held.sheet for held in sheets if held.sheet in book.sheetnames}
    lost = [held for held in sheets if held.sheet not in found]
    if lost:
        free = {name: _names(book[name]) for name in others(book, set(found))}
        for held in lost:
            alike = [name for name, names in free.items() if _is(held, names)]
            if len(alike) == 1:
                found[held.sheet] = alike[0]
                del free[alike[0]]
    return found


def others(book: Any, own: set[str]) -> Iterator[str]:
    """Sheets with data that are none of ours; those without tables are not read back."""
    for number, name in enumerate(book.sheetnames):
        if name not in own and name != SHEET and number > 0:
            sheet = book[name]
            if sheet.sheet_state == "visible":
                yield name


def _names(sheet: Any) -> frozenset[str]:
    """The technical names of a sheet; none where it has no row of them."""
    sheet.reset_dimensions()
    for cells in islice(sheet.iter_rows(values_only=True), HEADINGS_WITHIN):
        names = {clean(str(value)) for value in cells if value is not None}
        if MARK in names:
            return frozenset(names)
    return frozenset()


def _is(held: Held, names: frozenset[str]) -> bool:
    """Whether technical names are those of a sheet; those for new reports show the last one."""
    ours = {name for name in names - {MARK, HINT} if name.startswith(OURS)}
    return bool(names) and bool(ours) == held.reports and set(held.names) <= names
