"""The workbook for people, read by openpyxl and LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from klarplan.open_data.changes import UNKNOWN, Changes
from klarplan.open_data.workbook import workbook
from klarplan.open_data.workbook.cells import Value, value_of
from klarplan.open_data.workbook.saved import saved
from klarplan.open_data.workbook.sheets import Book, SheetColumn, SheetTable
from klarplan.strategy.load import CAST, load
from klarplan.strategy.public import public
from tests.support.office import as_workbook
from tests.support.project import REPOSITORY

SAMPLE = public(load(REPOSITORY))
CHANGES = Changes(dt.date(2025, 3, 1), dt.date(2026, 11, 20))


@cache
def content() -> bytes:
    """The sample's workbook."""
    return workbook(SAMPLE, CHANGES)


def opened(book: bytes | None = None) -> Workbook:
    """A workbook, or the sample's, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(book or content()))


def read_back(cell: object) -> str:
    """What a cell says, as a text of a table."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), str(cell))


def typed(text: str, kind: str) -> object:
    """A text as its type reads it; as it is where it is none of the type."""
    try:
        return CAST[kind](text) if kind in CAST and text else text
    except (ValueError, ArithmeticError):
        return text


def one_sheet(kind: str, texts: list[str]) -> bytes:
    """A workbook of one table with one column."""
    column = SheetColumn(name="a", title="A", kind=kind)
    table = SheetTable(name="t", title="T", columns=[column], rows=[[text] for text in texts])
    book = Book(tables=(table,))
    book.add(table)
    return saved(book.workbook, None)


def test_every_table_is_a_sheet_with_two_headings() -> None:
    """Each sheet has German titles, technical names and as many rows as the table."""
    book = opened()
    assert len(book.sheetnames) == len(SAMPLE.strategy.tables) + 1
    for sheet, (name, table) in zip(
        book.worksheets[1:], SAMPLE.strategy.tables.items(), strict=True
    ):
        schema = SAMPLE.descriptor.tables[name]
        names = [cell.value for cell in sheet[2]]
        assert names == [column for column in schema.columns if column in table.header]
        assert [cell.value for cell in sheet[1]] == [schema.title_of(n) for n in names]
        assert sheet.max_row == len(table.records) + 2
        assert sheet.freeze_panes == "A3"


def test_no_value_of_the_sample_changes() -> None:
    """Each cell says what its table says, as its type reads it."""
    for sheet, (name, table) in zip(
        opened().worksheets[1:], SAMPLE.strategy.tables.items(), strict=True
    ):
        schema = SAMPLE.descriptor.tables[name]
        for number, cell in enumerate(sheet[2]):
            kind, place = schema.columns[cell.value].type, table.header.index(cell.value)
            said = [read_back(row[number].value) for row in sheet.iter_rows(min_row=3)]
            for shown, record in zip(said, table.records, strict=True):
                assert typed(shown, kind) == typed(record[place], kind), (name, cell.value)


def test_dates_are_dates_and_links_lead_to_their_row() -> None:
    """A planned end is a date; a report's measure leads to the row of that measure."""
    book = opened()
    measures, reports = book["Maßnahmen"], book[SAMPLE.descriptor.tables["status_reports"].title]
    column = [cell.value for cell in measures[2]].index("planned_end")
    ends = [row[column] for row in measures.iter_rows(min_row=3) if row[column].value]
    assert ends
    assert all(cell.is_date for cell in ends)
    at = [cell.value for cell in reports[2]].index("measure")
    for row in reports.iter_rows(min_row=3):
        found = re.fullmatch(r"'Maßnahmen'!A(\d+)", row[at].hyperlink.location)
        assert found
        assert measures.cell(int(found[1]), 1).value == row[at].value


def test_the_same_tables_make_the_same_bytes() -> None:
    """No time of day, and no day of the build, is in the file."""
    assert workbook(SAMPLE, CHANGES) == content()
    with zipfile.ZipFile(io.BytesIO(content())) as archive:
        assert b"2026-11-20T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_contents_say_when_the_tables_were_changed() -> None:
    """Who keeps the file knows how old it is; without a known day nothing is said."""
    for changes, told in ((CHANGES, ["Zuletzt geändert: 20. November 2026"]), (UNKNOWN, [])):
        sheet = opened(workbook(SAMPLE, changes)).worksheets[0]
        lines = [str(row[0].value) for row in sheet.iter_rows()]
        found = [" ".join(line.split()) for line in lines if line.startswith("Zuletzt")]
        assert found == told


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://evil.example")', "+49 251 1", "-3", "@SUM(A1)", "\t=1", "#N/A"],
)
def test_a_text_is_never_a_formula(text: str) -> None:
    """What begins like a formula stays a text, also when its cell is edited."""
    content = one_sheet("string", [text])
    cell = opened(content).worksheets[0]["A3"]
    assert (cell.data_type, cell.value) == ("s", text)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("6.0", "number", Decimal("6.0")),
        ("1e5", "number", Decimal("1e5")),
        ("1e5", "string", "1e5"),
        ("007", "string", "007"),
        ("1899-12-31", "date", "1899-12-31"),
        ("1900-02-28", "date", "1900-02-28"),
        ("2026-11-20", "date", dt.date(2026, 11, 20)),
        ("1234567890123456", "integer", "1234567890123456"),
        ("0.1234567890123456", "number", "0.1234567890123456"),
        ("true", "boolean", "true"),
        ("vielleicht", "date", "vielleicht"),
        ("", "number", None),
    ],
)
def test_what_a_spreadsheet_would_change_stays_a_text(text: str, kind: str, value: Value) -> None:
    """Days before March 1900 and numbers of more than 15 digits are kept letter by letter."""
    assert value_of(text, kind) == value


def test_a_text_too_long_for_a_cell_says_so() -> None:
    """Nothing is cut off in silence."""
    text = opened(one_sheet("string", ["ä" * 40_000])).worksheets[0]["A3"].value
    assert len(text) == 32_767
    assert text.endswith(" …")


def test_sheets_have_names_that_excel_takes() -> None:
    """Titles that are too long, alike or hold what Excel refuses are made to fit, each once."""
    titles = ["a" * 40, "A" * 40, "Kosten/Nutzen: [alle]?", "'", "Kosten Nutzen   alle"]
    tables = [
        SheetTable(name=f"t{n}", title=title, columns=[SheetColumn(name="a", title="A")], rows=[])
        for n, title in enumerate(titles)
    ]
    book = Book(tables=tables)
    for table in tables:
        book.add(table)
    names = opened(saved(book.workbook, None)).sheetnames
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in names)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
def test_any_text_arrives_as_it_is(texts: list[str]) -> None:
    """Umlauts, quotes, pipes, line breaks and control characters are read back unchanged."""
    sheet = opened(one_sheet("string", texts)).worksheets[0]
    assert [read_back(sheet.cell(n, 1).value) for n, _ in enumerate(texts, 3)] == texts


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str)
DAYS = st.dates(dt.date(1850, 1, 1), dt.date(2150, 1, 1)).map(str)


@given(kind=st.sampled_from(["number", "integer", "date", "boolean"]), data=st.data())
def test_any_value_is_the_same_to_its_type(kind: str, data: st.DataObject) -> None:
    """Numbers, days and truth values mean the same when read back."""
    texts = {
        "number": NUMBERS,
        "integer": st.integers(-(10**18) + 1, 10**18 - 1).map(str),
        "date": DAYS,
        "boolean": st.sampled_from(["true", "false", "0", "1"]),
    }
    text = data.draw(texts[kind])
    shown = read_back(opened(one_sheet(kind, [text])).worksheets[0]["A3"].value)
    assert typed(shown, kind) == typed(text, kind)


@pytest.mark.long
def test_libreoffice_saves_it_without_a_change(tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, each cell still says the same."""
    path = tmp_path / "daten.xlsx"
    path.write_bytes(content())
    again = openpyxl.load_workbook(as_workbook(path, tmp_path / "neu"))
    for before, after in zip(opened().worksheets, again.worksheets, strict=True):
        rows = [[read_back(cell) for cell in row] for row in before.iter_rows(values_only=True)]
        same = [[read_back(cell) for cell in row] for row in after.iter_rows(values_only=True)]
        assert same == rows, before.title
