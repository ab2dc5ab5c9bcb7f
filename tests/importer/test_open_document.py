"""Tables of LibreOffice are read with all that their editor hid, struck out or coloured."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from klarplan.importer.files import read_sheets
from klarplan.importer.open_document import OFFICE, SPREADSHEET
from klarplan.messages import KlarplanError
from tests.support.office import installed_office


def test_without_libreoffice_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where LibreOffice is missing, the message says how to save the file."""
    monkeypatch.setenv(OFFICE, str(tmp_path / "fehlt"))
    with zipfile.ZipFile(tmp_path / "liste.ods", "w") as archive:
        archive.writestr("mimetype", SPREADSHEET)
    with pytest.raises(KlarplanError) as caught:
        read_sheets([tmp_path / "liste.ods"])
    assert "„.ods“" in caught.value.problem.de
    assert "speichern Sie sie als .xlsx" in caught.value.cure.de


@pytest.mark.long
@pytest.mark.parametrize("form", ["ods", "xls"])
def test_a_table_of_libreoffice_reads_like_its_workbook(tmp_path: Path, form: str) -> None:
    """Texts, hidden rows and sheets, colours, struck-out text, comments and sums are the same."""
    office = installed_office()
    if office is None:
        pytest.skip("LibreOffice fehlt. Führen Sie aus: make office")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Liste"
    table = [["Nr.", "Maßnahme", "Kosten (T€)"], [1, "Rad", 2.5], [2, "Bus", 7], [3, "Alt", 1]]
    for row in [*table, [None, "Summe", "=SUM(C2:C4)"]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet["B4"].font = Font(strike=True)
    sheet["C2"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["B2"].comment = Comment("Rückfrage", "Amt")
    book.create_sheet("Intern").append(["geheim"])
    book["Intern"].sheet_state = "hidden"
    book.save(tmp_path / "liste.xlsx")
    subprocess.run(
        [
            *(str(office), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"),
            *("--headless", "--convert-to", form, "--outdir", str(tmp_path / "made")),
            str(tmp_path / "liste.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    shown, hidden = read_sheets([tmp_path / "made" / f"liste.{form}"])
    assert shown.label == f"liste.{form}/Liste"
    cells = [row.cells for row in shown.rows]
    assert cells[1:] == [("1", "Rad", "2,5"), ("2", "Bus", "7"), ("3", "Alt", "1"), cells[-1]]
    assert cells[-1] == ("", "Summe", "10,5")
    assert hidden.marks.hidden
    marks = shown.marks
    assert marks.hidden_rows == {3: "hidden"}
    assert marks.kept == {(4, 1): ""}
    assert marks.fills == {(2, 2): "#00b050"}
    assert "Rückfrage" in marks.comments[2, 1]
    assert marks.sums == {(5, 2)}
