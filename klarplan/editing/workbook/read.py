"""Reading an editors' workbook that came back: texts by row and column, and what is odd in it."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from klarplan.editing.unseen import left_out
from klarplan.editing.workbook import base as kept
from klarplan.editing.workbook.base import MARK, OURS, Base, Held, HeldColumn
from klarplan.editing.workbook.remarks import (
    FAULT,
    Remark,
    foreign_column,
    foreign_sheet,
    formula,
    missing_column,
    missing_sheet,
    no_headings,
    place_of,
    renamed_sheet,
    two_readings,
    year_as_day,
)
from klarplan.editing.workbook.sheet_names import HEADINGS_WITHIN, found_sheets, others
from klarplan.editing.workbook.values import by_label, clean, meant, unescaped
from klarplan.importer.files import CONVERTED, WORKBOOKS
from klarplan.importer.open_document import SAVE
from klarplan.importer.workbook import MAX_CELLS, broken, refuse_unsafe, too_far
from klarplan.messages import NOTHING, KlarplanError, Text
from klarplan.strategy.choices import OtherWords, other_words
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.readings import NUMBER_AND_TITLE, Readings, readings_of, unclear

_TWO_READINGS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
"""A text that is thousands in German, and decimals in English and in our tables."""
YEARS = range(1900, 2100)
"""A day with such a number comes from a year that was typed into a cell for a day."""
DAYS = range(20_000, 73_051)
"""Numbers that stand for days of the years from 1954 to 2099, where their format is lost."""
FORMULA = "f"
"""The type of a cell that holds a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackRow:
    """A row that came back: which row of the base it says it is, its texts, and their places."""

    mark: int | None
    cells: Mapping[str, str]
    number: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BackSheet:
    """A sheet that came back; ``letters`` are its columns as the program names them."""

    held: Held
    rows: tuple[BackRow, ...]
    letters: Mapping[str, str]

    def place(self, row: BackRow, column: str = "") -> str:
        """Where something stands: „Maßnahmen, D7 · Titel“; a row by its first filled cell."""
        first = column or next((name for name, text in row.cells.items() if text), "")
        cell = f"{self.letters.get(first, '')}{row.number}"
        return place_of(self.held.sheet, cell, self.held.title_of(column) if column else "")


@dataclass(kw_only=True)
class Back:
    """A workbook that came back."""

    file: str
    base: Base
    sheets: list[BackSheet] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    """What is left aside."""
    faults: list[Remark] = field(default_factory=list)
    """What must be mended before anything is taken over."""
    tables: Mapping[str, Table] = field(default_factory=dict)
    """The tables as they are now, whose rows people may call otherwise than the lists do."""

    def words_of(self, column: HeldColumn) -> OtherWords:
        """What else may be typed for the values of a column than what it is chosen from."""
        table = self.tables.get(column.choices)
        return [*other_words(table, self.base.lang)] if table else []

    def values_of(self, column: HeldColumn) -> Mapping[str, str]:
        """The values of a column by all that may be typed for them; empty where it is free."""
        labels = self.base.labels(column)
        return by_label(labels, self.words_of(column)) if labels else {}

    def readings_of(self, column: HeldColumn) -> Readings:
        """The rows that are chosen from in a column, by their numbers."""
        return readings_of(self.tables.get(column.choices))


_KINDS = {
    ".ods": Text("im Format ODS (LibreOffice)", "in the format ODS (LibreOffice)"),
    ".xls": Text("im alten Format XLS", "in the old format XLS"),
}


def refuse_converted(path: Path) -> None:
    """Raise ``KlarplanError`` (exit code 2) for a table in a format in which no workbook is known.

    A list may be in it: with a mapping it is read.
    """
    if path.suffix.lower() not in CONVERTED:
        return
    kind = _KINDS[path.suffix.lower()]
    raise KlarplanError(
        Text(f"Die Datei ist eine Tabelle {kind.de}.", f"The file is a table {kind.en}."),
        Text(
            f"Ist es eine Mappe aus „klarplan export“? {SAVE.de} Eine andere Liste braucht eine "
            "Zuordnung: Nennen Sie sie mit --mapping. Eine erste schreibt --suggest.",
            f"Is it a workbook of “klarplan export”? {SAVE.en} Any other list needs a mapping: "
            "name it with --mapping. --suggest writes a first one.",
        ),
        file=path.name,
        exit_code=2,
    )


def is_editors_workbook(path: Path) -> bool:
    """Whether a file is a workbook that ``klarplan export`` made.

    Raises ``KlarplanError`` where it is said to be a workbook, but can't be read.
    """
    if path.suffix.lower() not in WORKBOOKS:
        return False
    refuse_unsafe(path)
    book = _opened(path)
    try:
        return kept.SHEET in book.sheetnames
    finally:
        book.close()


def read_back(path: Path, tables: Mapping[str, Table]) -> Back:
    """What stands in a workbook that ``klarplan export`` made and people have changed.

    A row of ``tables`` may be typed by its number or title where the list has both.
    Raises ``KlarplanError`` where it can't be read, is too large, or lacks what it was made from.
    """
    refuse_unsafe(path)
    book = _opened(path)
    try:
        hidden = book[kept.SHEET]
        hidden.reset_dimensions()
        rows = [
            [str(value or "") for value in row]
            for row in hidden.iter_rows(values_only=True, max_row=10_000)
        ]
        back = Back(file=path.name, base=kept.from_rows(path.name, rows), tables=tables)
        budget = [MAX_CELLS]
        found = found_sheets(book, back.base.sheets)
        for held in back.base.sheets:
            name = found.get(held.sheet)
            if name is None:
                back.notes.append(missing_sheet(held.sheet))
                continue
            if name != held.sheet:
                back.notes.append(renamed_sheet(held.sheet, name))
            _Reader(path, replace(held, sheet=name), back).read(book[name], budget)
        back.notes += map(foreign_sheet, others(book, set(found.values())))
    except KlarplanError:
        raise
    except Exception as error:  # whatever a parser throws: a stranger may have made the file
        raise broken(path) from error
    finally:
        book.close()
    return back


def _opened(path: Path) -> Any:
    import openpyxl  # noqa: PLC0415 (0.3 s others need not wait for)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(path, read_only=True, keep_links=False)
        except Exception as error:  # whatever a parser throws
            raise broken(path) from error


class _Reader:
    """Reads one sheet into ``back``."""

    def __init__(self, path: Path, held: Held, back: Back) -> None:
        self.path, self.held, self.back = path, held, back
        self.values = {c.name: back.values_of(c) for c in held.columns}
        self.readings = {c.name: back.readings_of(c) for c in held.columns}
        self.columns: dict[int, HeldColumn | None] = {}
        self.mark_at: int | None = None
        self.left_aside: set[int] = set()
        self.epoch = WINDOWS_EPOCH

    def read(self, sheet: Any, budget: list[int]) -> None:
        """Read all rows; ``budget`` is how many cells may still be read."""
        self.epoch = sheet.parent.epoch
        rows: list[BackRow] = []
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), 1):
            budget[0] -= len(cells) + 1
            if budget[0] < 0:
                raise too_far(self.path, self.held.sheet)
            if self.mark_at is not None:
                rows.append(self._row(number, cells))
            elif number <= HEADINGS_WITHIN:
                self._names([clean(str(cell.value or "")) for cell in cells])
        if self.mark_at is None:
            self.back.faults.append(no_headings(self.held.sheet))
            return
        letters = {c.name: get_column_letter(n + 1) for n, c in self.columns.items() if c}
        self.back.notes += (
            foreign_column(self.held.sheet, get_column_letter(position + 1))
            for position in sorted(self.left_aside)
        )
        self.back.notes += (
            missing_column(self.held.sheet, self.held.title_of(name))
            for name in self.held.names
            if name not in letters
        )
        self.back.sheets.append(BackSheet(held=self.held, rows=tuple(rows), letters=letters))

    def _names(self, names: list[str]) -> None:
        if MARK in names:
            self.mark_at = names.index(MARK)
            self.columns = _columns(names, self.held)

    def _row(self, number: int, cells: Sequence[Any]) -> BackRow:
        texts = {column.name: "" for column in self.columns.values() if column}
        mark = None
        unseen = dict[str, Remark]()
        for position, cell in enumerate(cells):
            if cell.value is None:
                continue
            column = self.columns.get(position)
            if position == self.mark_at:
                mark = kept.marked(str(cell.value))
            elif column is not None:
                text = self._text(number, position, cell, column)
                if text is None:
                    del texts[column.name]
                else:
                    texts[column.name] = text
                if (said := left_out(unescaped(str(cell.value)))) != NOTHING:
                    place = place_of(
                        self.held.sheet, f"{get_column_letter(position + 1)}{number}", column.title
                    )
                    unseen[column.name] = Remark(place, said)
            elif position not in self.columns and str(cell.value).strip():
                self.left_aside.add(position)
        rows = self.held.rows
        before = self.held.cells(rows[mark]) if mark is not None and mark < len(rows) else {}
        # What the table had itself and nobody has touched is no news.
        self.back.notes += (
            remark
            for name, remark in unseen.items()
            if clean(before.get(name, "")) != texts.get(name)
        )
        return BackRow(mark=mark, cells=texts, number=number)

    def _text(self, number: int, position: int, cell: Any, column: HeldColumn) -> str | None:
        """What a cell says; ``None`` where it must be mended before it says anything."""
        cell_name = f"{get_column_letter(position + 1)}{number}"
        place = place_of(self.held.sheet, cell_name, column.title)
        if cell.data_type in (FORMULA, FAULT):
            self.back.faults.append(formula(place, cell.data_type, cell.value))
            return None
        text = cell.value.strip() if isinstance(cell.value, str) else ""
        if column.kind == "number" and _TWO_READINGS.fullmatch(text):
            self.back.faults.append(two_readings(place, text))
            return None
        if several := self.readings[column.name].several(text):
            labels = self.back.base.labels(column)
            self.back.faults.append(Remark(place, unclear(text, several, labels), NUMBER_AND_TITLE))
            return None
        value = cell.value
        if column.kind == "date":
            day = value if isinstance(value, dt.datetime) else None
            if day and (number := (day - self.epoch).days) in YEARS:
                self.back.faults.append(year_as_day(place, day, number))
                return None
            if isinstance(value, int | float) and value in DAYS:
                value = from_excel(value, self.epoch)
        return meant(value, column, self.values[column.name], cell.number_format)


def _columns(names: list[str], held: Held) -> dict[int, HeldColumn | None]:
    """The columns by their place; ``None`` for those of ours that are not read."""
    known = {column.name: column for column in held.columns}
    found: dict[int, HeldColumn | None] = {}
    for position, name in enumerate(names):
        if name in known:
            found[position] = known.pop(name)
        elif name.startswith(OURS):
            found[position] = None
    return found
