"""Cells of a workbook: what a text of a table is in a spreadsheet, never a formula."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from klarplan.strategy.load import CAST

Value = None | str | int | Decimal | dt.date

LONGEST = 32_767
"""So many letters a cell of a spreadsheet holds."""
EXACT = 15
"""So many digits of a number a spreadsheet keeps."""
FIRST_DAY = dt.date(1900, 3, 1)
"""From this day on all programs count days alike; Excel takes 1900 for a leap year."""
_STARTERS = tuple("=+-@\t\r")
"""What a text begins with that Excel would read as a formula, once somebody edits the cell."""

TEXT, DATE = "@", "yyyy-mm-dd"
"""Number formats; the first keeps leading zeros and long numbers as they are."""

_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML has no letter for, and what would be read as the name of such a letter."""


def value_of(text: str, kind: str) -> Value:
    """What a cell of a column of a type (Table Schema) holds; ``None`` for an empty one.

    A text stays a text where it is none of the type, and where a spreadsheet would change it: days
    before March 1900, numbers of more than 15 digits, and truth values, which LibreOffice turns
    into formulas.
    """
    cast = CAST.get(kind) if kind != "boolean" else None
    if not text or cast is None:
        return text or None
    try:
        value: Value = cast(text)
    except (ValueError, InvalidOperation):
        return text
    if isinstance(value, dt.date):
        return value if value >= FIRST_DAY else text
    assert isinstance(value, int | Decimal)
    return value if len(Decimal(value).as_tuple().digits) <= EXACT else text


def cell_of(sheet: WriteOnlyWorksheet, value: Value, *, shortened: str = "") -> Cell:
    """A cell with a value; a text longer than a cell ends with ``shortened``.

    Control characters are written as Excel escapes them (``_x000B_``; ECMA-376, ST_Xstring).
    """
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = DATE
        return cell
    text = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(text) > LONGEST:
        text = text[: LONGEST - len(shortened)] + shortened
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # texts may look like formulas or errors
    cell.number_format = TEXT
    if text.startswith(_STARTERS):
        cell.quotePrefix = True
    return cell
