"""Workbooks and CSV files are read as a German spreadsheet program shows them."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from klarplan.check.places import letters
from klarplan.importer import workbook as module
from klarplan.importer.files import read_sheets
from klarplan.importer.workbook import NO_RESULT
from klarplan.messages import KlarplanError
from tests.support.importing import german_csv, workbook


def repacked(path: Path, part: str, pattern: str, text: str) -> Path:
    """The workbook with one of its parts changed, as other programs might have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = re.sub(pattern, lambda _: text, parts[part].decode("utf-8"), count=1)
    assert changed != parts[part].decode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, changed if name == part else old)
    return path


def test_cells_read_as_a_german_spreadsheet_shows_them(tmp_path: Path) -> None:
    """Numbers have a decimal comma, dates are as exact as shown, percentages keep their sign."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    cells = [
        (5.0, "General", "5"),
        (1234.5, "#,##0.00", "1234,5"),
        (0.1 + 0.2, "General", "0,3"),
        (7, "000", "007"),
        (1.1, "0.00", "1,10"),
        (0.4, "0%", "40%"),
        (12345678901234567890, "General", "12345678901234600000"),
        (dt.datetime(2025, 12, 31), "dd.mm.yyyy", "31.12.2025"),
        (dt.datetime(2025, 12, 1), "mmm yy", "12/2025"),
        (dt.datetime(2025, 1, 1), "yyyy", "2025"),
        (dt.datetime(2025, 12, 31, 14, 30), "dd.mm.yyyy hh:mm", "31.12.2025 14:30"),
        (dt.time(9, 5), "hh:mm", "09:05"),
        (True, "General", "WAHR"),
        ("_x000D_Ü", "General", "\rÜ"),
        ("_x005F_x0041_", "General", "_x0041_"),
    ]
    for row, (value, number_format, _) in enumerate(cells, start=1):
        cell = sheet.cell(row, 1, value)
        cell.number_format = number_format
    book.save(tmp_path / "a.xlsx")
    (read,) = read_sheets([tmp_path / "a.xlsx"])
    assert [row.cells[0] for row in read.rows] == [expected for _, _, expected in cells]


def test_rows_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    """Blank rows are left out, yet the rows after them keep their numbers."""
    path = workbook(tmp_path / "a.xlsx", {"A": [["x"], [], [None, " "], ["y", None]]})
    (sheet,) = read_sheets([path])
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("x",)), (4, ("y",))]
    (sheet,) = read_sheets([german_csv(tmp_path / "a.csv", [["x\nx", "1"], ["", ""], ["y", ""]])])
    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(1, "x\nx"), (3, "y")]


def test_a_formula_is_read_by_its_result_and_named_where_it_has_none(tmp_path: Path) -> None:
    """A cell whose result the file does not hold is not taken for an empty one."""
    path = workbook(tmp_path / "a.xlsx", {"A": [["=1+1", "=2+2", '=""']]})
    sheet_xml = "xl/worksheets/sheet1.xml"
    repacked(path, sheet_xml, r"<f>1\+1</f><v\s*/?>(</v>)?", "<f>1+1</f><v>2</v>")
    repacked(path, sheet_xml, r'<c r="C1">', '<c r="C1" t="str">')
    (sheet,) = read_sheets([path])
    assert sheet.rows[0].cells == ("2", "=2+2")
    assert sheet.unreadable == {(1, 1): NO_RESULT}


def test_an_error_of_the_spreadsheet_is_named(tmp_path: Path) -> None:
    """A cell that shows #REF! is not taken over as text."""
    path = workbook(tmp_path / "a.xlsx", {"A": [["#REF!"]]})
    (sheet,) = read_sheets([path])
    assert list(sheet.unreadable) == [(1, 0)]


def test_csv_may_be_in_either_encoding_and_with_either_delimiter(tmp_path: Path) -> None:
    """Windows-1252 and UTF-8, semicolon, comma and sep= line all read the same."""
    row = ["Ü1", "„Straße“ – 5 €"]
    (tmp_path / "b.csv").write_text("\ufeffÜ1,„Straße“ – 5 €\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("sep=;\nÜ1;„Straße“ – 5 €\n", encoding="utf-8")
    paths = [german_csv(tmp_path / "a.csv", [row]), tmp_path / "b.csv", tmp_path / "c.csv"]
    for sheet in read_sheets(paths):
        assert [(r.number, r.cells) for r in sheet.rows] == [(1, tuple(row))]


def refusal(path: Path) -> KlarplanError:
    """The error that reading a file leads to."""
    with pytest.raises(KlarplanError) as caught:
        read_sheets([path])
    assert caught.value.cure.de
    return caught.value


def test_files_that_cannot_be_read_are_refused_with_a_cure(tmp_path: Path) -> None:
    """Missing, foreign, protected, broken and unclosed files each get their own message."""
    assert "gibt es nicht" in refusal(tmp_path / "fehlt.xlsx").problem.de
    cases = {
        "a.pdf": (b"%PDF", "„.pdf“", 2),
        "a.ods": (b"PK", "keine lesbare Tabelle", 2),
        "a.xls": (b"<html>", "keine lesbare Tabelle", 2),
        "a.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Kennwort", 1),
        "b.xlsx": (b"kein Archiv", "nicht als Arbeitsmappe", 1),
        "c.csv": (b'a;b\n"offen;1\n', "Anführungszeichen", 1),
        "d.csv": ("a;b\n".encode("utf-16"), "UTF-16", 1),
        "e.csv": (b"", "leer", 1),
    }
    for name, (raw, words, exit_code) in cases.items():
        (tmp_path / name).write_bytes(raw)
        error = refusal(tmp_path / name)
        assert words in error.problem.de, name
        assert error.exit_code == exit_code, name


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A zip file with another content gets a message instead of a traceback."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<a>")
    assert "nicht als Arbeitsmappe" in refusal(tmp_path / "a.xlsx").problem.de


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    """A small file that unpacks to hundreds of megabytes is not opened."""
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(module.MAX_UNPACKED // 1_000_000 + 1):
            part.write(bytes(1_000_000))
    assert "ausgepackt" in refusal(tmp_path / "a.xlsx").problem.de


def test_a_sheet_that_reaches_too_far_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell far out does not make the import build millions of empty cells."""
    monkeypatch.setattr(module, "MAX_CELLS", 1000)
    path = workbook(tmp_path / "a.xlsx", {"A": [["x"]]})
    repacked(path, "xl/worksheets/sheet1.xml", 'r="A1"', 'r="XFD1"')
    assert "reicht zu weit" in refusal(path).problem.de


@pytest.mark.parametrize(
    ("part", "mark", "many"),
    [
        ("xl/styles.xml", "</cellXfs>", '<xf numFmtId="0"/>' * 600_000),
        ("xl/workbook.xml", "</sheets>", '<sheet name="x" sheetId="9"/>' * 300),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", "<Relationship/>" * 600_000),
    ],
)
def test_a_workbook_with_too_many_entries_is_refused(
    tmp_path: Path, part: str, mark: str, many: str
) -> None:
    """Millions of formats, sheets or relations are refused before they are read."""
    path = workbook(tmp_path / "a.xlsx", {"A": [["x"]]})
    repacked(path, part, mark, many + mark)
    assert "zu viele" in refusal(path).problem.de


def test_entities_of_xml_are_not_expanded(tmp_path: Path) -> None:
    """A workbook with XML entities (billion laughs, files of the machine) is refused."""
    path = workbook(tmp_path / "a.xlsx", {"A": [["Text"]]})
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
    repacked(path, "xl/worksheets/sheet1.xml", "<worksheet", bomb)
    assert "nicht als Arbeitsmappe" in refusal(path).problem.de


def test_columns_have_the_letters_of_spreadsheets() -> None:
    """The columns after Z are AA, AB and so on."""
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
