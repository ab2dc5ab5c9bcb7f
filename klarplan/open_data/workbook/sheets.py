"""Sheets of a workbook: a table below German and technical headings, linked with the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from klarplan.open_data.workbook.cells import cell_of, value_of

HEADINGS = 2
"""So many rows stand above the data: titles for people, names for programs."""
MOST_LINKS = 60_000
"""So many links Excel opens on a sheet, and some more."""
LONG = 60
"""The widest column, in letters."""
_NO_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")

FACE: Mapping[str, Any] = {"name": "Calibri", "size": 11}
"""The typeface of all cells; without one, LibreOffice takes another for some."""
HEAD = Font(**FACE, bold=True)
NAMES = Font(**FACE, color="FF595959", italic=True)
LINK = Font(**FACE, color="FF1F4E79", underline="single")
FILL = PatternFill("solid", fgColor="FFE8EEF4")
WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its name, its title for people, its type (Table Schema), and what it points at."""

    name: str
    title: str
    kind: str = "string"
    target: str = ""
    """The table whose ids it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """A table that becomes a sheet; ``rows`` are the texts of its cells."""

    name: str
    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[str]]
    shortened: str = " …"
    """What a text ends with that is longer than a cell."""

    @property
    def places(self) -> dict[str, int]:
        """The row of the sheet, counted from 1, in which each id stands."""
        ids = next((n for n, column in enumerate(self.columns) if column.name == "id"), None)
        if ids is None:
            return {}
        return {row[ids]: n for n, row in enumerate(self.rows, HEADINGS + 1)}


@dataclass(kw_only=True)
class Book:
    """A workbook to which sheets are added, each known by its table's name."""

    tables: Sequence[SheetTable]
    workbook: Workbook = field(default_factory=lambda: Workbook(write_only=True))

    def __post_init__(self) -> None:
        self.sheet_names = dict(
            zip((t.name for t in self.tables), sheet_names(self.tables), strict=True)
        )
        self.places = {table.name: table.places for table in self.tables}

    def link(self, table: str, row: int = 1) -> Hyperlink:
        """A link to the row of a table's sheet."""
        name = self.sheet_names[table].replace("'", "''")
        return Hyperlink(ref="", location=f"'{name}'!A{row}")

    def add(self, table: SheetTable) -> None:
        """Write a table into a sheet: headings that stay in sight, a filter, widths, links."""
        sheet: Any = self.workbook.create_sheet(self.sheet_names[table.name])
        last = get_column_letter(len(table.columns))
        sheet.freeze_panes = f"A{HEADINGS + 1}"
        sheet.auto_filter.ref = f"A{HEADINGS}:{last}{HEADINGS + len(table.rows)}"
        sheet.print_title_rows = f"1:{HEADINGS}"
        for number, width in enumerate(_widths(table), 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        self.prepare(sheet, table)
        headings = [self.headings(sheet, column) for column in table.columns]
        for row in (*zip(*headings, strict=True), *self._rows(sheet, table)):
            sheet.append(row)

    def prepare(self, sheet: WriteOnlyWorksheet, table: SheetTable) -> None:
        """Set what a kind of workbook wants of a sheet, before any row is written: nothing here."""

    def headings(self, sheet: WriteOnlyWorksheet, column: SheetColumn) -> tuple[Cell, Cell]:
        """What stands above a column: its title and its name."""
        return heading(sheet, column.title, HEAD), heading(sheet, column.name, NAMES)

    def cell(
        self, sheet: WriteOnlyWorksheet, table: SheetTable, column: SheetColumn, text: str
    ) -> Cell:
        """The cell for a text of a column, without its link."""
        value = value_of(text, column.kind)
        cell = cell_of(sheet, value, shortened=table.shortened)
        if isinstance(value, str) and len(value) > LONG:
            cell.alignment = WRAP
        return cell

    def _rows(self, sheet: WriteOnlyWorksheet, table: SheetTable) -> Iterator[list[Cell]]:
        links = 0
        for texts in table.rows:
            cells = []
            for column, text in zip(table.columns, texts, strict=True):
                cell = self.cell(sheet, table, column, text)
                row = self.places.get(column.target, {}).get(text) if text else None
                if row and links < MOST_LINKS:
                    cell.hyperlink = self.link(column.target, row)
                    cell.font = LINK
                    links += 1
                cells.append(cell)
            yield cells


def heading(sheet: WriteOnlyWorksheet, text: str, font: Font) -> Cell:
    """A cell of the rows above the data."""
    cell = cell_of(sheet, text)
    cell.font, cell.fill, cell.alignment = font, FILL, WRAP
    return cell


def _widths(table: SheetTable) -> Iterable[float]:
    """The width of each column in letters: as its longest value, within bounds."""
    for number, column in enumerate(table.columns):
        longest = max((len(row[number]) for row in table.rows), default=0)
        yield min(max(longest, len(column.name), len(column.title) // 2, 8), LONG) + 2


def sheet_names(tables: Iterable[SheetTable]) -> Iterator[str]:
    """What the sheets are called: the titles, as far as Excel takes them, each once."""
    taken: Mapping[str, None] = {}
    for table in tables:
        plain = _NO_NAME.sub(" ", table.title).strip()[:31] or table.name[:31]
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
        taken = {**taken, name.lower(): None}
        yield name
