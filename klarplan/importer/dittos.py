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


def is_ditto(text: str) -> bool:
    """Whether a text says nothing but that the cell above counts."""
    return _DITTO.fullmatch(plain(text)) is not None


def with_dittos(sheet: Sheet) -> Sheet:
    """A sheet in which marks stand for what is above them; what they were stays with its marks.

    A mark below a header, or with nothing above, stays as it is.
    """
    above: dict[int, str] = {}
    marks: dict[tuple[int, int], str] = {}
    rows = []
    for row in sheet.rows:
        cells = list(row.cells)
        for position, text in enumerate(cells):
            known = above.get(position, "")
            if is_ditto(text) and known and not is_heading(known):
                cells[position] = known
                marks[row.number, position] = text
            elif text.strip():
                above[position] = text
        rows.append(SheetRow(row.number, tuple(cells)))
    if not marks:
        return sheet
    return replace(sheet, rows=tuple(rows), marks=replace(sheet.marks, dittos=marks))
