"""The editors' workbook as it goes out: all that people need, and nothing that they owe not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klarplan.commands.export import export
from klarplan.messages import KlarplanError
from tests.support.klein import DAY, append, copied, replace
from tests.support.project import klarplan
from tests.support.workbooks import column, exported, row_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def opened(path: Path) -> Any:
    """A workbook as openpyxl reads it."""
    return openpyxl.load_workbook(path)


def values(sheet: Any, name: str) -> list[object]:
    """The values of a column, by its technical name."""
    at = column(sheet, name)
    return [sheet.cell(row, at).value for row in range(3, sheet.max_row + 1)]


def test_every_table_is_there_with_internal_rows_and_columns_marked(root: Path) -> None:
    """All tables and rows are there; what is internal is said beside rows and above columns."""
    replace(
        root,
        "data/measures.csv",
        "visibility,next_review\n",
        "visibility,next_review,vermerk\n",
    )
    book = opened(exported(root))
    tables = list((root / "data").glob("*.csv"))
    assert len([s for s in book.worksheets if s.sheet_state == "visible"]) == len(tables) + 1
    sheet = book["Maßnahmen"]
    hints = dict(zip(values(sheet, "id"), values(sheet, "_hinweis"), strict=True))
    assert hints["A-8"] == "intern, nicht veröffentlichen"
    assert hints["A-7"] is None
    titles = {
        sheet.cell(2, n).value: sheet.cell(1, n).value for n in range(2, sheet.max_column + 1)
    }
    assert titles["vermerk"] == "vermerk (intern, nicht veröffentlichen)"
    assert titles["planned_end"] == "Geplantes Ende"
    assert "intern, nicht veröffentlichen" in values(book["Sachstandsmeldungen"], "_hinweis")


def test_cells_are_chosen_explained_and_locked(root: Path) -> None:
    """References show titles to choose from, dates are dates, ids are locked, headings explain."""
    book = opened(exported(root))
    sheet = book["Maßnahmen"]
    row = row_of(sheet, "A-4")

    def cell(name: str, number: int = row) -> Any:
        return sheet.cell(number, column(sheet, name))

    assert cell("field").value == "F-2 Schule"
    assert cell("type").value == "Projekt"
    assert cell("planned_end").value == dt.datetime(2027, 3, 31)
    assert cell("quick_win").value == "nein"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert cell("id").protection.locked
    assert not cell("title").protection.locked
    assert "Handlungsfeld" in cell("field", 1).comment.text
    letter = cell("field").column_letter
    rule = next(r for r in sheet.data_validations.dataValidation if f"{letter}3" in str(r.sqref))
    name, place = rule.formula1.split("!")
    chosen = [c.value for (c,) in book[name.strip("'")][place.replace("$", "")]]
    assert chosen == ["F-1 Rathaus", "F-2 Schule", "F-3 Wasser"]
    assert book["_klarplan"].sheet_state == "veryHidden"


def test_an_office_gets_what_it_owes(root: Path) -> None:
    """Only open measures that it leads, each with its last report beside an empty new one."""
    book = opened(exported(root, office="schulamt"))
    sheet = book["Neue Meldungen"]
    assert values(sheet, "measure") == ["A-4 Glasfaser"]  # A-5 was stopped
    assert values(sheet, "_status") == ["läuft"]
    assert values(sheet, "_date") == [dt.datetime(2026, 1, 10)]
    assert values(sheet, "status") == [None]
    assert values(book["Maßnahmen"], "id") == ["A-4"]
    assert values(book["Meilensteine"], "id") == ["S-3"]
    assert "Organisationen" not in book.sheetnames


def test_an_office_is_not_told_what_is_internal_elsewhere(root: Path) -> None:
    """Internal measures of others are neither on a sheet nor in a list to choose from."""
    for office, told in (("werke", True), ("rathaus", False)):
        book = opened(exported(root, f"{office}.xlsx", office))
        texts = [c for s in book.worksheets for row in s.iter_rows(values_only=True) for c in row]
        assert any("Entwurf Leitstelle" in str(text) for text in texts) is told


def test_an_office_gets_what_those_below_it_owe(root: Path) -> None:
    """The town as a whole leads nothing itself, but is above two that do."""
    book = opened(exported(root, office="stadt"))
    assert values(book["Maßnahmen"], "id") == ["A-1", "A-3", "A-4"]


def test_each_office_gets_a_workbook_of_its_own(root: Path) -> None:
    """Into a folder goes one for each that leads; no measure is in two of them."""
    append(root, "data/responsibilities.csv", "A-7,stadt,lead\n")
    replace(root, "data/responsibilities.csv", "A-7,werke,lead\n", "")
    folder = root.parent / "meldungen"
    paths = export(root, folder, DAY, "de")
    assert [path.name for path in paths] == [
        *("stadt.xlsx", "rathaus.xlsx", "schulamt.xlsx", "werke.xlsx")
    ]
    found = [i for path in paths for i in values(opened(path)["Maßnahmen"], "id")]
    assert sorted(map(str, found)) == ["A-1", "A-3", "A-4", "A-6", "A-7", "A-8"]


def test_a_workbook_is_never_overwritten(root: Path) -> None:
    """The same again is no fault, but what somebody may have filled in stays."""
    path = exported(root)
    content = path.read_bytes()
    assert exported(root) == path
    assert path.read_bytes() == content
    path.write_bytes(content + b" ")
    with pytest.raises(KlarplanError) as refused:
        exported(root)
    assert "gibt es schon" in refused.value.problem.de
    assert path.read_bytes() == content + b" "


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x.xlsx", "--for", "schulamd"), "Meinten Sie „schulamt“?"),
        (("x.xlsx", "--for", "nirgends"), "data/organisations.csv"),
        (("x", "--for", "werke"), "endet nicht auf .xlsx"),
        ((".", "--for", "werke"), "braucht diese Endung: mappe.xlsx"),
        (("x.docx",), "braucht diese Endung: x.xlsx"),
        (("x.ODS",), "braucht diese Endung: x.xlsx"),
        (("x.csv", "--table", "budget"), "braucht diese Endung: x.xlsx"),
    ],
    ids=["near", "unknown", "folder", "here", "text", "another workbook", "table"],
)
def test_what_is_asked_for_wrongly_is_told(
    root: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """An unknown office, or a folder for one office, is told with a cure."""
    done = klarplan("export", *arguments, "--root", str(root), cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_table_that_can_not_be_read_is_told(root: Path) -> None:
    """It would be missing in the workbook; nothing is written."""
    append(root, "data/milestones.csv", '"offen\n')
    with pytest.raises(KlarplanError) as refused:
        exported(root)
    assert refused.value.file == "data/milestones.csv"
    assert not (root.parent / "mappe.xlsx").exists()


def test_a_workbook_speaks_english(root: Path, tmp_path: Path) -> None:
    """Titles, labels and explanations are English where they are asked for."""
    done = klarplan(
        *("export", "x.xlsx", "--lang", "en", "--for", "werke", "--root", str(root)),
        *("--as-of", DAY.isoformat()),
        cwd=tmp_path,
    )
    assert "Written: x.xlsx" in done.stdout
    book = opened(tmp_path / "x.xlsx")
    assert book.sheetnames[0] == "Guide"
    assert values(book["Measures"], "quick_win") == ["no", "no", "no"]
    assert "internal, not to be published" in values(book["Measures"], "_hinweis")
    assert values(book["New reports"], "_status") == ["open", "running", "open"]


@pytest.mark.parametrize(("lang", "first"), [("en", "Guide"), ("de", "Anleitung")])
def test_a_workbook_speaks_the_language_of_the_strategy(root: Path, lang: str, first: str) -> None:
    """An English strategy has English workbooks, whatever language the messages are in."""
    append(root, "strategy/strategy.yml", f"lang: {lang}\n")
    assert opened(exported(root)).sheetnames[0] == first


def test_a_status_without_an_english_label_keeps_its_own(root: Path) -> None:
    """Labels are those of the table of statuses, as far as it has them."""
    replace(root, "data/statuses.csv", "laeuft,läuft,running,", "laeuft,läuft,,")
    append(root, "strategy/strategy.yml", "lang: en\n")
    book = opened(exported(root, office="werke"))
    assert values(book["New reports"], "_status") == ["open", "läuft", "open"]


def test_the_guide_can_be_read_and_printed(root: Path) -> None:
    """Each step is wrapped in a row that is high enough, and the sheet fits on one page wide."""
    sheet = openpyxl.load_workbook(exported(root, office="werke"))["Anleitung"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    steps = [row for row in sheet.iter_rows() if str(row[0].value).startswith("Schritt ")]
    assert len(steps) > 5
    for name, step in steps:
        assert step.alignment.wrap_text
        lines = 1 + len(step.value) // sheet.column_dimensions["B"].width
        assert sheet.row_dimensions[name.row].height >= 15 * lines


def test_single_tables_can_be_asked_for(root: Path) -> None:
    """Only they are in the workbook; what is not known or does not go together is told."""
    asked = ("export", str(root.parent / "geld.xlsx"), "--root", str(root))
    done = klarplan(*asked, "--table", "budget", "--table", "milestones")
    assert done.returncode == 0, done.stderr
    names = openpyxl.load_workbook(root.parent / "geld.xlsx").sheetnames
    assert [name for name in names if name not in ("Anleitung", "Listen", "_klarplan")] == [
        "Finanzierung",
        "Meilensteine",
    ]
    unknown = klarplan(*asked, "--table", "budgt")
    assert unknown.returncode == 2
    assert "budget" in unknown.stderr
    both = klarplan(*asked, "--table", "budget", "--for", "werke")
    assert both.returncode == 2
    assert "--table" in both.stderr
