"""Which entry of a list lies below which: by numbers such as 1.1.2, by indent, by grouped rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klarplan.importer.grid import Sheet, SheetRow, plain

_SEPARATED = re.compile(r"(.+?)(?:\s*[.\-/]\s*[^.\-/\s]+|(?<=\d)\s*[a-z])")


def _above_in_number(number: str) -> str:
    match = _SEPARATED.fullmatch(number)
    return match[1] if match else ""


def _by_number(rows: Sequence[SheetRow], position: int) -> dict[int, int]:
    numbers: dict[str, int] = {}
    for row in rows:
        numbers.setdefault(plain(row.at(position)).strip(". )"), row.number)
    found = {}
    for row in rows:
        number = plain(row.at(position)).strip(". )")
        while number := _above_in_number(number):
            if number in numbers and numbers[number] != row.number:
                found[row.number] = numbers[number]
                break
    return found


def _by_level(rows: Sequence[SheetRow], levels: Mapping[int, int]) -> dict[int, int]:
    """The nearest earlier row of a lower level; the nearest later one where lists end with it."""
    above = not rows or levels.get(rows[0].number, 0) == 0
    found = {}
    path: list[tuple[int, int]] = []
    for row in rows if above else reversed(rows):
        level = levels.get(row.number, 0)
        while path and path[-1][0] >= level:
            path.pop()
        if path:
            found[row.number] = path[-1][1]
        path.append((level, row.number))
    return found


def indent_of(sheet: Sheet, row: SheetRow, position: int) -> int:
    """How far the text of a cell is indented, by its format or by spaces."""
    text = row.at(position)
    spaces = len(text) - len(text.lstrip(" \t\u00a0\u2003\u2002"))
    return sheet.marks.indents.get((row.number, position), 0) * 100 + spaces


def parents(sheet: Sheet, rows: Sequence[SheetRow], position: int, tree: str) -> Mapping[int, int]:
    """For the row number of each entry that has one the row number of its parent.

    ``tree`` is ``number`` (``position`` holds 1, 1.1, 1.1.2), ``indent`` (of the cell at
    ``position``) or ``outline`` (levels of grouped rows).
    """
    if tree == "number":
        return _by_number(rows, position)
    if tree == "indent":
        return _by_level(rows, {row.number: indent_of(sheet, row, position) for row in rows})
    return _by_level(rows, sheet.marks.outline)
