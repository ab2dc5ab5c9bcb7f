"""The first sheet of an editors' workbook: what to do, and where."""

from __future__ import annotations

import datetime as dt
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.properties import PageSetupProperties

from klarplan.editing.workbook.book import LINE, EditorsBook
from klarplan.messages import Text
from klarplan.open_data.workbook.cells import cell_of
from klarplan.open_data.workbook.sheets import HEAD, LINK, WRAP
from klarplan.strategy.load import Loaded
from klarplan.words.catalogue import spoken

WIDTH = 100
"""So many letters of a text stand on a line."""


def guide(book: EditorsBook, loaded: Loaded, as_of: dt.date, office: str) -> None:
    """Write the sheet: for whom, what to do in which order, and a link to every other sheet."""
    sheet: Any = book.workbook.create_sheet(book.sheet_names[" guide"])
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = WIDTH
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    organisation = loaded.strategy.organisation_by_id.get(office)
    strategy = loaded.strategy.settings.title
    title = f"{strategy} – {organisation.name or office}" if organisation else strategy
    headline = cell_of(sheet, title)
    headline.font = HEAD
    sheet.append([headline])
    sheet.append([cell_of(sheet, _begin(book.lang, as_of))])
    steps = (*(_OFFICE if office else _ALL), *_BOTH)
    for number, step in enumerate(steps, 1):
        name = cell_of(sheet, f"{said(book, 'Schritt', 'Step')} {number}")
        _append(sheet, number + 2, name, said(book, step.de, step.en))
    sheet.append([])
    heads = [
        cell_of(sheet, said(book, *texts)) for texts in (("Blatt", "Sheet"), ("Inhalt", "Content"))
    ]
    for head in heads:
        head.font = HEAD
    sheet.append(heads)
    tables = [table for table in book.tables if table.columns]
    for number, table in enumerate(tables, len(steps) + 5):
        name = cell_of(sheet, table.title)
        name.hyperlink, name.font = book.link(table.name), LINK
        schema = loaded.descriptor.tables.get(table.name)
        about = schema.said(book.lang).description if schema else said(book, *_REPORTS)
        _append(sheet, number, name, about)


def _append(sheet: Any, row: int, name: Cell, text: str) -> None:
    """A row whose text is wrapped; not every program makes room for it by itself."""
    cell = cell_of(sheet, text)
    name.alignment = cell.alignment = WRAP
    sheet.row_dimensions[row].height = LINE * (1 + len(text) // (WIDTH - 10))
    sheet.append([name, cell])


_REPORTS = (
    "Je Maßnahme links die letzte Meldung, rechts die neue: Hier tragen Sie ein.",
    "For each measure the last report on the left, the new one on the right, to be filled in.",
)


def said(book: EditorsBook, de: str, en: str) -> str:
    """A text in the language of a workbook."""
    return en if book.lang == "en" else de


def _begin(lang: str, as_of: dt.date) -> str:
    said = Text("Stand: {day}. So gehen Sie vor:", "As of {day}. What to do:")
    return said.in_("en" if lang == "en" else "de").format(day=spoken(lang).day(as_of))


_OFFICE = (
    Text(
        "Füllen Sie im Blatt „Neue Meldungen“ die gelben Felder aus: je Maßnahme Datum, Status "
        "und ein, zwei Sätze. Gibt es nichts Neues, lassen Sie die Zeile leer. Ein erwartetes Ende "
        "gilt weiter, wenn Sie nichts anderes schreiben.",
        "Fill in the yellow cells of the sheet “New reports”: date, status and a sentence or two "
        "for each measure. Leave the row empty where there is nothing new. An end that was "
        "expected still is, unless you write something else.",
    ),
    Text(
        "Berichtigen Sie in den anderen Blättern, was nicht stimmt.",
        "Correct the other sheets where something is wrong.",
    ),
)
_ALL = (
    Text(
        "Schreiben Sie in die weißen Felder; graue sind gesperrt.",
        "Write into the white cells; grey ones are locked.",
    ),
)
_BOTH = (
    Text(
        "Wo ein kleiner Pfeil erscheint, wählen Sie aus der Liste. Was eine Spalte bedeutet, "
        "steht im Kommentar ihrer Überschrift (rote Ecke).",
        "Where a small arrow appears, choose from the list. What a column means is told by the "
        "comment of its heading (red corner).",
    ),
    Text(
        "Neue Zeilen gehören unter die letzte. „Kennung“ lassen Sie dort leer; sie wird beim "
        "Übernehmen vergeben.",
        "New rows go below the last one. Leave the id empty there; it is given when the "
        "workbook is taken back.",
    ),
    Text(
        "Soll ein Wert entfallen, leeren Sie das Feld. Bei gelöschten Zeilen wird nachgefragt.",
        "To give up a value, empty the cell. Rows that you delete are asked about.",
    ),
    Text(
        "Orange Felder sind intern, nicht veröffentlichen. Bitte nur Werte, keine Formeln.",
        "Orange cells are internal, not to be published. Values only, please, no formulas.",
    ),
    Text(
        "Speichern Sie als XLSX, und schicken Sie die Datei dorthin zurück, woher sie kam.",
        "Save as XLSX, and send the file back to where it came from.",
    ),
)
