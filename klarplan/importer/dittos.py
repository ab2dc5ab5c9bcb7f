"""Marks that repeat the cell above: „"“, 〃, dito, s. o., wie oben."""

from __future__ import annotations

import re
from dataclasses import replace

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.guess import is_heading

_DITTO = re.compile(
    r"[-–— .]*(?:\"+|''|´´|``|’’|[„“”〃])[-–— .]*"
    r"|(?:dito|ditto|dto|idem|desgl|desgleichen|ebenso|s\. ?o|w\. ?o"
    r"|siehe oben|wie (?:oben|vor|zuvor|darüber)|see above|as above|same)\.?"
)


_SENTENCE = re.compile(r"(?:\S+\s+){3,}\S*\w{2}[.!?](?:\s|$)")
LONGEST_VALUE = 80
"""No value that repeats, such as the name of an office, is longer."""


def _free_texts(sheet: Sheet) -> set[int]:
    """The columns with sentences or long texts, in which a mark may refer to anything."""
    return {
        position
        for row in sheet.rows
        if sum(bool(cell.strip()) for cell in row.cells) > 1
        for position, text in enumerate(row.cells)
        if not is_heading(text) and (len(text.strip()) > LONGEST_VALUE or _SENTENCE.match(text))
    }


def is_ditto(text: str) -> bool:
    """Whether a text says nothing but that the cell above counts."""
    return _DITTO.fullmatch(plain(text)) is not None


def with_dittos(sheet: Sheet) -> Sheet:
    """A sheet in which marks stand for what is above them; what they were stays with its marks.

    A mark below a header, with nothing above or in a column of free texts stays as it is.
    """
    above: dict[int, str] = {}
    marks: dict[tuple[int, int], str] = {}
    rows, free = [], _free_texts(sheet)
    for row in sheet.rows:
        cells = list(row.cells)
        for position, text in enumerate(cells):
            known = above.get(position, "")
            repeats = is_ditto(text) and position not in free
            if repeats and known and not is_heading(known):
                cells[position] = known
                marks[row.number, position] = text
            elif text.strip():
                above[position] = text
        rows.append(SheetRow(row.number, tuple(cells)))
    if not marks:
        return sheet
    return replace(sheet, rows=tuple(rows), marks=replace(sheet.marks, dittos=marks))
