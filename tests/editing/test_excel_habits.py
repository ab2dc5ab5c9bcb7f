"""What Excel and its users do to a workbook: no change that nobody meant, and clear words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from klarplan.commands.take_back import TakenBack
from tests.support.excel import PARTS, Parts, rewritten
from tests.support.klein import copied
from tests.support.workbooks import changed, column, exported, put, row_of, sentences, taken

MEASURES, MONEY, REPORTS = "Maßnahmen", "Finanzierung", "Sachstandsmeldungen"
Change = Callable[[Any], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def cell(book: Any, name: str, sheet: str = MEASURES, row: str = "A-4") -> Any:
    """A cell by its technical name, in the row of a measure."""
    of = book[sheet]
    key, text = ("id", row) if sheet == MEASURES else ("measure", "A-4 Glasfaser")
    return of.cell(row_of(of, text, key), column(of, name))


def setting(name: str, value: object, form: str = "", sheet: str = MEASURES) -> Change:
    """A change: a cell of A-4 gets a value and perhaps a format."""

    def change(book: Any) -> None:
        one = cell(book, name, sheet)
        one.value = value
        if form:
            one.number_format = form

    return change


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_the_form_of_the_file_is_no_change(root: Path, part: Callable[[Parts], None]) -> None:
    """However a program writes the same cells, there is nothing to take over and to tell."""
    path = rewritten(changed(exported(root), lambda book: None), part)
    if part is PARTS["macros"]:
        path = path.rename(path.with_suffix(".xlsm"))
    found = taken(root, path)
    assert not found.contents
    assert not found.back.notes
    assert not found.refused


def touched(book: Any) -> None:
    """Filters, protection, widths, comments, names, hidden rows, other order of sheets."""
    sheet = book[MEASURES]
    sheet.auto_filter.ref = f"A2:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    for one in book.worksheets:
        one.protection.sheet = False
        one.freeze_panes = None
    sheet.cell(4, 4).comment = Comment("Bitte prüfen", "Amt")
    book.defined_names["Druck"] = DefinedName("Druck", attr_text=f"'{MEASURES}'!$A$1:$D$9")
    book.move_sheet(MEASURES, 3)
    book["_klarplan"].sheet_state = "visible"
    del book["Listen"]


def days_look_otherwise(book: Any) -> None:
    """Other formats for days, and none."""
    forms = ("dd/mm/yyyy;@", "[$-407]d. mmmm yyyy;@", "mmm yy", "General")
    names = ("planned_start", "planned_end", "actual_start", "actual_end")
    for name, form in zip(names, forms, strict=True):
        cell(book, name).number_format = form
    one = cell(book, "next_review", row="A-1")
    one.value, one.number_format = (one.value - dt.datetime(1899, 12, 30)).days, "General"


def texts_look_otherwise(book: Any) -> None:
    """Numbers as texts, truth values of both languages, spaces of all kinds at the ends."""
    put(
        *(book[MEASURES], row_of(book[MEASURES], "A-4")),
        {"priority": "5", "quick_win": False, "title": "\u00a0Glasfaser\u202f ", "impact": "5,0"},
    )
    put(book[MEASURES], row_of(book[MEASURES], "A-2"), {"quick_win": "WAHR"})
    cell(book, "planned", MONEY).value = "200.000,00 €"
    cell(book, "approved", MONEY).value = "180000,00 EUR"
    cell(book, "funding_source", MONEY).value = cell(book, "funding_source", MONEY).value.upper()


def lists_are_typed(book: Any) -> None:
    """Labels with dashes, quotation marks and spaces as Word puts them."""
    one = cell(book, "field")
    one.value = one.value.replace("F-2 ", "f‑2\u00a0 ")


def rows_and_columns_moved(book: Any) -> None:
    """A title above, rows below one another in another order, columns gone."""
    sheet = book[MEASURES]
    rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=3)]
    for number, row in enumerate(sorted(rows, key=lambda row: str(row[3])), 3):
        for at, value in enumerate(row, 1):
            sheet.cell(number, at).value = value
    sheet.insert_rows(1)
    sheet.cell(1, 4).value = "Stand März"


NOTHING = (
    touched,
    days_look_otherwise,
    texts_look_otherwise,
    lists_are_typed,
    rows_and_columns_moved,
)


@pytest.mark.parametrize("change", NOTHING, ids=lambda change: change.__name__)
def test_what_means_the_same_is_no_change(root: Path, change: Change) -> None:
    """Nothing is to be taken over, and nobody is asked anything."""
    found = taken(root, changed(exported(root), change))
    assert sentences(found) == []
    assert not found.contents
    assert not found.refused
    assert not found.back.notes
    assert not found.merged.lost


SAID: dict[str, tuple[Change, str]] = {
    "a day as a text": (setting("planned_end", "31.12.2027"), "2027"),
    "a sum as a text": (setting("spent", "1.000,50 €", sheet=MONEY), "1.000,50"),
    "a sum with blanks": (setting("spent", "171\u00a0000", sheet=MONEY), "171.000"),
    "percent as a text": (setting("progress", "50 %", sheet=REPORTS), "50"),
    "percent as a word": (setting("progress", "50 Prozent", sheet=REPORTS), "50"),
    "percent as a share": (setting("progress", 0.5, "0%", sheet=REPORTS), "50"),
    "half a post as percent": (setting("staff_fte", 0.5, "0%", sheet=MONEY), "0,5"),
    "a dash for another": (setting("title", "Glasfaser – überall"), "Glasfaser – überall"),
    "other quotation marks": (setting("title", "„Glasfaser“"), "„Glasfaser“"),
}


@pytest.mark.parametrize(("change", "said"), SAID.values(), ids=SAID)
def test_what_was_typed_is_taken_as_it_is_meant(root: Path, change: Change, said: str) -> None:
    """The value is told, and nothing else."""
    found = taken(root, changed(exported(root), change))
    assert not found.refused, refusals(found)
    assert len(sentences(found)) == 1
    assert said in sentences(found)[0]


def refusals(found: TakenBack) -> str:
    """All that is to be mended first, in sentences."""
    remarks = [remark.told("de") for remark in (*found.back.faults, *found.merged.faults)]
    return " ".join([*remarks, *(f"{f.cell} {f.problem.de} {f.cure.de}" for f in found.errors)])


REFUSED: dict[str, tuple[Change, str]] = {
    "a year in a cell for days": (
        setting("planned_end", dt.datetime(1905, 7, 18), "dd.mm.yyyy"),
        "vermutlich wurde nur das Jahr 2026 eingetippt. Tragen Sie einen Tag ein, zum Beispiel "
        "31.12.2026",
    ),
    "no day": (
        setting("planned_end", "Ende 2027"),
        "„Ende 2027“ ist kein Datum. Tragen Sie einen Tag ein, zum Beispiel 31.12.2027.",
    ),
    "words for a number": (
        setting("spent", "rund hundert Tausend", sheet=MONEY),
        "Tragen Sie nur die Zahl ein, ohne Einheit",
    ),
    "a moment": (setting("planned_end", dt.datetime(2027, 1, 1, 10, 30)), "kein Datum"),
    "a number that became a day": (
        setting("spent", dt.datetime(2026, 5, 2), "d. mmm", sheet=MONEY),
        "„02.05.2026“ ist keine Zahl",
    ),
    "too many percent": (setting("progress", "150 %", sheet=REPORTS), "höchstens 100"),
    "percent of a post": (setting("staff_fte", "50 %", sheet=MONEY), "Meinten Sie 0,5?"),
    "a share of a whole number": (setting("progress", 0.5, sheet=REPORTS), "Meinten Sie 50?"),
    "a formula": (setting("title", "=A1"), "enthält eine Formel"),
    "a link": (setting("title", '=HYPERLINK("https://x.example")'), "enthält eine Formel"),
    "an error": (setting("title", "#NAME?"), "zeigt einen Fehler (#NAME?)"),
    "a word that is not in the list": (
        setting("type", "Vorhaben"),
        "Wählen Sie einen Eintrag aus der Liste des Feldes.",
    ),
    "a field that is not in the list": (
        setting("field", "F-99 Gibtsnicht"),
        "Wählen Sie einen Eintrag aus der Liste des Feldes.",
    ),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_meant_is_told(root: Path, change: Change, said: str) -> None:
    """The cell is named, and what to do; nothing would be written."""
    found = taken(root, changed(exported(root), change))
    assert found.refused
    assert said in refusals(found)


@pytest.mark.parametrize("name", ["Tabelle1", "Maßnahmen (2)", "Maßnahmen Bauamt"])
def test_a_sheet_that_was_renamed_is_known(root: Path, name: str) -> None:
    """It is read all the same, and the message has the new name."""

    def change(book: Any) -> None:
        setting("title", "Netze")(book)
        book[MEASURES].title = name

    found = taken(root, changed(exported(root), change))
    assert sentences(found) == ["Bezeichnung: „Glasfaser“ → „Netze“"]
    told = [note.told("de") for note in found.back.notes]
    assert told == [f"Das Blatt „Maßnahmen“ heißt jetzt „{name}“; es wird trotzdem gelesen."]


def test_of_two_copies_of_a_lost_sheet_none_is_taken(root: Path) -> None:
    """Nobody can tell which one is meant; all names are told."""

    def change(book: Any) -> None:
        setting("title", "Netze")(book)
        book.copy_worksheet(book[MEASURES]).title = "eins"
        book[MEASURES].title = "zwei"

    found = taken(root, changed(exported(root), change))
    told = " ".join(note.told("de") for note in found.back.notes)
    assert not found.contents
    assert all(f"„{name}“" in told for name in (MEASURES, "eins", "zwei"))


def test_a_renamed_sheet_of_new_reports_is_not_that_of_the_old_ones(root: Path) -> None:
    """Both have the same columns, but only one shows the last report."""

    def change(book: Any) -> None:
        sheet = book["Neue Meldungen"]
        put(sheet, 3, {"date": "1.6.2026", "status": "läuft", "text": "Es geht voran."})
        sheet.title = "Tabelle2"

    found = taken(root, changed(exported(root, office="werke"), change))
    assert len(sentences(found)) == 1
    assert sentences(found)[0].startswith("Neue Meldung vom 1. Juni 2026: läuft")


def test_a_copied_row_with_both_marks_is_one_new_row(root: Path) -> None:
    """Copied twice and filled in anew, each copy is a row of its own."""

    def change(book: Any) -> None:
        sheet = book[MONEY]
        source = row_of(sheet, "A-4 Glasfaser", "measure")
        for year in (2026, 2027):
            target = sheet.max_row + 1
            for at in range(1, sheet.max_column + 1):
                sheet.cell(target, at).value = sheet.cell(source, at).value
            put(sheet, target, {"year": year, "spent": None})

    found = taken(root, changed(exported(root), change))
    assert [row["year"] for row in found.merged.edits["budget"].added] == ["2026", "2027"]
    assert not found.merged.edits["budget"].cells


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        ({"text": "Nur ein Satz."}, "„Datum“, „Status“"),
        ({"date": dt.date(2026, 6, 1), "text": "Ein Satz."}, "„Status“"),
        ({"status": "läuft"}, "„Datum“"),
    ],
)
def test_a_new_report_that_lacks_something_is_told(
    root: Path, cells: dict[str, object], missing: str
) -> None:
    """With the row and what is missing by title; what it would change is not told."""

    def change(book: Any) -> None:
        put(book["Neue Meldungen"], 3, cells)

    found = taken(root, changed(exported(root, office="werke"), change))
    assert found.refused
    assert f"In dieser neuen Zeile fehlt noch: {missing}." in refusals(found)
    assert not found.contents


def test_a_new_row_that_lacks_something_is_told(root: Path) -> None:
    """In any table; the id is no such thing, it is given."""

    def change(book: Any) -> None:
        put(book["Meilensteine"], book["Meilensteine"].max_row + 1, {"title": "Ohne Maßnahme"})

    found = taken(root, changed(exported(root), change))
    assert "In dieser neuen Zeile fehlt noch: „Maßnahme“." in refusals(found)
