"""What a workbook itself says about its symbols, numbers and short words: “● in Umsetzung”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.values import line

LONGEST = 12
"""A longer word needs no legend."""
PAIR = 2
SIGN = 2
"""In a row of more than two cells only so short a word is explained by the next cell."""
MOST_TEXT = 4000
"""So many characters of legends are searched."""


def texts_beside(sheets: Iterable[Sheet], entries: frozenset[tuple[str, int]]) -> tuple[str, ...]:
    """The texts of all rows but entries and headers, each cell also together with the next one.

    ``entries`` are rows with entries or headers by (label of the sheet, number).
    """
    found: list[str] = []
    for sheet in sheets:
        for row in sheet.rows:
            if (sheet.label, row.number) not in entries:
                found.extend(_of_row(row))
    return tuple(found)


def _of_row(row: SheetRow) -> Iterator[str]:
    cells = [line(cell) for cell in row.cells if cell.strip()]
    longest = LONGEST if len(cells) == PAIR else SIGN
    yield from (f"{one} = {two}" for one, two in pairwise(cells) if len(one) <= longest)
    yield from cells


@lru_cache(maxsize=512)
def _pattern(word: str) -> re.Pattern[str]:
    bare = re.escape(word)
    edge = r"(?<![^\W_])" if word[:1].isalnum() else ""
    after = r"\s*(?:[=:–-]|→)\s*" if word[-1:].isalnum() else r"\s*(?:[=:–-]|→)?\s*"
    return re.compile(
        rf"{edge}{bare}{after}(?P<meaning>[^\W\d_][\w -]{{1,60}}?)\s*(?=[^\w\s-]|\d+\s*=|$)",
        re.IGNORECASE,
    )


def explained(word: str, legends: Sequence[str]) -> str:
    """What legends say about a symbol, number or short word; empty where they say nothing."""
    bare = line(word)
    if not bare or len(bare) > LONGEST:
        return ""
    left = MOST_TEXT
    for text in legends:
        left -= len(text)
        if left < 0:
            break
        match = _pattern(bare).search(text)
        if match is not None and plain(match["meaning"]) != plain(bare):
            return match["meaning"].strip()
    return ""
