"""Rows with cells too few or one too many, put right by what the other rows have in each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations, islice
from math import comb
from typing import NamedTuple

from klarplan.strategy.csv_reader import Table

LOOKED_AT = 300
"""So many rows tell what stands in each column."""
RARE = 20
"""What fewer rows than one in so many have in a column may be wrong itself."""
MOST_WAYS = 500
"""So many ways to leave cells out of a row are tried."""
_SHORT = 24
"""Longer cells are texts, of which one is like another."""


class Realigned(NamedTuple):
    """A row as it should be; ``positions`` are the columns, counted from 0, of what was left out.

    Of a row with a cell too many, it is the one place of that.
    """

    positions: tuple[int, ...]
    cells: tuple[str, ...]


class Columns:
    """What stands in the columns of a table: ids, dates, numbers and words of one form."""

    def __init__(self, table: Table, width: int) -> None:
        self._table = table
        self._width = width

    @cached_property
    def _rows(self) -> list[list[str]]:
        whole = (r for r in self._table.records if len(r) == self._width)
        return [[_form(cell) for cell in row] for row in islice(whole, LOOKED_AT)]

    @cached_property
    def _forms(self) -> list[Counter[str]]:
        return [Counter(row[n] for row in self._rows) for n in range(self._width)]

    def realigned(self, record: Sequence[str]) -> Realigned | None:
        """The row with cells more, or one less, in the only places where all others then fit."""
        found = {other.cells: other for other in self._tried(record) if self._fits(other.cells)}
        return next(iter(found.values())) if len(found) == 1 else None

    def moved_back(self, record: Sequence[str]) -> tuple[str, ...] | None:
        """A row of the right width that fits in one way only once an empty cell is moved."""
        if len(record) != self._width:
            return None
        empty = [n for n, cell in enumerate(record) if not cell.strip()]
        tried = {(*record[:n], *record[n + 1 :], "") for n in empty}
        if empty[-1:] == [self._width - 1]:
            tried |= {(*record[:n], "", *record[n:-1]) for n in range(self._width)}
        tried.discard(tuple(record))
        found = [cells for cells in tried if self._fits(cells, record)]
        return found[0] if len(found) == 1 else None

    def _tried(self, record: Sequence[str]) -> Iterator[Realigned]:
        lacking = self._width - len(record)
        if lacking > 0 and comb(self._width, lacking) <= MOST_WAYS:
            for places in combinations(range(self._width), lacking):
                left = iter(record)
                cells = ("" if n in places else next(left) for n in range(self._width))
                yield Realigned(places, tuple(cells))
        elif len(record) == self._width + 1:
            for n, cell in enumerate(record):
                if not cell.strip():
                    yield Realigned((n,), (*record[:n], *record[n + 1 :]))

    def _fits(self, cells: Sequence[str], own: Sequence[str] = ()) -> bool:
        """Whether cells have the forms of their columns, as rows other than their ``own`` tell."""
        least = len(self._rows) / RARE
        for n, cell in enumerate(cells):
            form = _form(cell)
            itself = bool(own) and _form(own[n]) == form
            if cell.strip() and self._forms[n][form] - itself <= least:
                return False
        return True


def _form(cell: str) -> str:
    """A cell without what differs from row to row: ``M-0`` for M-012, ``0-0-0`` for a date."""
    text = " ".join(cell.split())
    return re.sub(r"\d+", "0", text) if len(text) <= _SHORT and " " not in text else " "
