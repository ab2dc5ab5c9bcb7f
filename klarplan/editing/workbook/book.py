"""The sheets of the editors' workbook: locked and open cells, choices, explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from klarplan.editing.workbook.base import HINT, MARK
from klarplan.messages import Text
from klarplan.open_data.workbook.cells import TEXT, cell_of
from klarplan.open_data.workbook.sheets import HEADINGS, LONG, WRAP, Book, SheetColumn, SheetTable
from klarplan.strategy.choices import Labels

MORE_ROWS = 500
"""So many rows below the last one have choices and formats for what is added."""
ASKED = PatternFill("solid", fgColor="FFFFF9DB")
LOCKED = PatternFill("solid", fgColor="FFEDEDED")
INTERNAL = PatternFill("solid", fgColor="FFFCE4D6")
KEYS = (MARK, HINT, "id", "measure")
"""Columns that stay in sight where they come first."""
EDGE = Side("thin", color="FFD0D0D0")
EDGES = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
TOP = Alignment(vertical="top")
LINE, MOST_LINES = 15, 12
"""The height of a line in points, and how many of a text are in sight."""
HEADING_HEIGHT = 46
"""Of the titles, in points: three lines."""
OPEN = Protection(locked=False)
DAYS = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
"""How dates are shown."""
NUMBERS = {"integer": "0", "number": "General", "year": "0"}

WRONG_CHOICE = Text(
    "Bitte wählen Sie einen Eintrag aus der Liste.", "Please choose one of the list."
)
WRONG_DAY = Text(
    "Bitte geben Sie ein Datum ein, zum Beispiel 31.12.2026.",
    "Please enter a date, for example 2026-12-31.",
)
WRONG_NUMBER = Text("Bitte geben Sie eine Zahl ein", "Please enter a number")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditColumn(SheetColumn):
    """A column that people edit, with what helps them to."""

    note: str = ""
    """What is explained of it."""
    choices: str = ""
    """The list from which its cells are chosen."""
    strict: bool = True
    """Whether nothing but the list may stand in it."""
    locked: bool = False
    internal: bool = False
    asked: bool = False
    """Whether it waits to be filled in."""
    width: int = 0
    """How many letters its values need, also those that are not on the sheet."""
    bounds: tuple[float | None, float | None] = (None, None)

    @property
    def is_prose(self) -> bool:
        """Whether its texts are long."""
        return self.kind == "string" and not self.choices and self.width > LONG // 2


@dataclass(kw_only=True)
class EditorsBook(Book):
    """A workbook for people who edit tables; ``list_sheet`` holds what they choose from."""

    lang: str
    lists: Mapping[str, Labels]
    list_sheet: str
    list_names: Sequence[str] = field(default_factory=tuple)

    def prepare(self, sheet: WriteOnlyWorksheet, table: SheetTable) -> None:
        """Lock the sheet but for what may be written, and offer choices."""
        made: Any = sheet
        protection = made.protection
        protection.sheet = True
        for freedom in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
            setattr(protection, freedom, False)
        protection.sort = protection.autoFilter = False
        made.row_dimensions[1].height = HEADING_HEIGHT
        made.page_setup.orientation = "landscape"
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.page_setup.fitToHeight = 0
        keys = [n for n, c in enumerate(table.columns, 1) if c.name in KEYS]
        fixed = next((n for n in range(1, 5) if n not in keys), 1)
        made.freeze_panes = f"{get_column_letter(fixed)}{HEADINGS + 1}"
        for number, row in enumerate(table.rows, HEADINGS + 1):
            if (lines := _lines(table, row)) > 1:
                made.row_dimensions[number].height = LINE * min(lines, MOST_LINES)
        last = HEADINGS + len(table.rows) + MORE_ROWS
        for number, column in enumerate(table.columns, 1):
            letter = get_column_letter(number)
            assert isinstance(column, EditColumn)
            dimension = made.column_dimensions[letter]
            dimension.hidden = column.name == MARK
            words = max(map(len, column.title.split()), default=0)
            dimension.width = max(dimension.width, min(column.width, LONG) + 2, words + 4)
            if column.name not in (MARK, HINT):
                dimension.protection = OPEN
                dimension.number_format = self._format(column)
                if column.is_prose:
                    dimension.alignment = WRAP
            if rule := self._rule(column):
                rule.sqref = f"{letter}{HEADINGS + 1}:{letter}{last}"
                made.data_validations.append(rule)

    def headings(self, sheet: WriteOnlyWorksheet, column: SheetColumn) -> tuple[Cell, Cell]:
        """Title and name of a column, and what is explained of it as a comment."""
        title, name = super().headings(sheet, column)
        assert isinstance(column, EditColumn)
        if column.note:
            title.comment = Comment(column.note, "Klarplan", height=140, width=320)
        if column.internal:
            title.fill = name.fill = INTERNAL
        return title, name

    def cell(
        self, sheet: WriteOnlyWorksheet, table: SheetTable, column: SheetColumn, text: str
    ) -> Cell:
        """The cell for a text: to be written in, unless it is locked."""
        assert isinstance(column, EditColumn)
        cell = super().cell(sheet, table, column, text)
        cell.border = EDGES
        cell.alignment = WRAP if column.is_prose else TOP
        if column.asked:
            cell.fill = ASKED
        if column.locked:
            cell.fill = LOCKED
        else:
            cell.protection = OPEN
        if column.internal:
            cell.fill = INTERNAL
        if column.kind == "date" and cell.data_type == "d":
            cell.number_format = DAYS[self.lang]
        elif cell.value is None:
            cell.number_format = self._format(column)
        return cell

    def add_lists(self) -> None:
        """Write the sheet of all lists, a column for each, hidden."""
        sheet: Any = self.workbook.create_sheet(self.list_sheet)
        sheet.sheet_state = "hidden"
        columns = [[name, *self.lists[name].values()] for name in self.list_names]
        for number in range(max(map(len, columns), default=0)):
            sheet.append([cell_of(sheet, c[number] if number < len(c) else None) for c in columns])

    def _format(self, column: EditColumn) -> str:
        if column.choices:
            return TEXT
        return DAYS[self.lang] if column.kind == "date" else NUMBERS.get(column.kind, TEXT)

    def _rule(self, column: EditColumn) -> DataValidation | None:
        """What may be written into a column, for a spreadsheet program to offer and to watch."""
        if column.locked and not column.choices:
            return None
        if column.choices:
            letter = get_column_letter(self.list_names.index(column.choices) + 1)
            name, end = self.list_sheet.replace("'", "''"), len(self.lists[column.choices]) + 1
            rule = DataValidation("list", formula1=f"'{name}'!${letter}$2:${letter}${end}")
            rule.error = WRONG_CHOICE.en if self.lang == "en" else WRONG_CHOICE.de
        elif column.kind == "date":
            rule = DataValidation("date", operator="greaterThan", formula1="1")
            rule.error = WRONG_DAY.en if self.lang == "en" else WRONG_DAY.de
        elif column.kind in NUMBERS:
            rule = self._number_rule(column)
        else:
            return None
        rule.allow_blank = rule.showErrorMessage = True
        rule.errorStyle = "stop" if column.strict else "warning"
        rule.errorTitle = "Klarplan"
        return rule

    def _number_rule(self, column: EditColumn) -> DataValidation:
        low, high = column.bounds
        first, last = (-(10**14) if low is None else low), (10**14 if high is None else high)
        rule = DataValidation(
            "decimal" if column.kind == "number" else "whole",
            operator="between",
            formula1=str(first),
            formula2=str(last),
        )
        said = WRONG_NUMBER.en if self.lang == "en" else WRONG_NUMBER.de
        if low is not None and high is not None:
            said += f": {low:g} – {high:g}"
        rule.error = f"{said}."
        return rule


def _lines(table: SheetTable, row: Sequence[str]) -> int:
    """How many lines the longest text of a row takes, where it is wrapped; three to write in."""
    found = [1]
    for column, text in zip(table.columns, row, strict=True):
        assert isinstance(column, EditColumn)
        if column.asked:
            found.append(3)
        if column.is_prose:
            width = min(column.width, LONG)
            found.append(sum(1 + len(line) // width for line in text.split("\n")))
    return max(found)
