"""What an editor hid is left out and named, until a key of the mapping takes it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.messages import KlarplanError, quoted
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, rows, strategy, take, workbook

LIST: list[list[Any]] = [
    ["Nr.", "Maßnahme", "Beschreibung", "Ampel"],
    [1, "Radwege", "bauen", None],
    [2, "Busse", "kaufen", None],
    [3, "Bäume", "pflanzen", None],
]
MAPPING = """\
sources:
  - from: Liste
    table: measures
{more}    columns: {{official_id: Nr., title: Maßnahme, summary: Beschreibung, field: {{value: X}}}}
"""
COLOURS = """\
  - from: Liste
    table: status_reports
    as_of: 2026-01-01
    columns:
      measure: Nr.
      status: {column: Ampel, read: fill, values: {grün: running, "#ff0000": done}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def book(root: Path, change: Callable[[Any], object], table: list[list[Any]] | None = None) -> Path:
    """A workbook with the list, changed as an editor would."""
    path = workbook(root / "a.xlsx", {"Liste": table or LIST})
    made = openpyxl.load_workbook(path)
    change(made["Liste"])
    made.save(path)
    return path


def taken(root: Path, path: Path, hidden: str = "") -> tuple[list[tuple[str, str]], Outcome]:
    """Title and visibility of the measures that a list gives."""
    more = f"    hidden: {hidden}\n" if hidden else ""
    outcome = take(root, [path], MAPPING.format(more=more))
    return [(row["title"], row["visibility"]) for row in rows(root, "measures")], outcome


def hide_row(sheet: Any) -> None:
    """Hide the second entry."""
    sheet.row_dimensions[3].hidden = True


def collapse_row(sheet: Any) -> None:
    """Group the second entry and collapse the group."""
    sheet.row_dimensions.group(3, 3, outline_level=1, hidden=True)


def filter_rows(sheet: Any) -> None:
    """Filter the second entry away."""
    sheet.auto_filter.ref = "A1:D4"
    sheet.auto_filter.add_filter_column(1, ["Radwege", "Bäume"])
    sheet.row_dimensions[3].hidden = True


def strike_row(sheet: Any) -> None:
    """Strike the second entry out."""
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def strike_title(sheet: Any) -> None:
    """Strike only the title of the second entry out, as formatted text."""
    sheet["B3"] = CellRichText(TextBlock(InlineFont(strike=True), "Busse"))


@pytest.mark.parametrize(
    ("change", "part", "reason"),
    [
        (hide_row, "rows", "ausgeblendete Zeile"),
        (collapse_row, "rows", "ausgeblendete Zeile"),
        (filter_rows, "rows", "durch einen Filter ausgeblendete Zeile"),
        (strike_row, "struck", "durchgestrichener oder unsichtbarer Eintrag"),
        (strike_title, "struck", "durchgestrichener oder unsichtbarer Eintrag"),
    ],
)
def test_hidden_and_struck_rows_are_left_out_and_named(
    root: Path, change: Callable[[Any], object], part: str, reason: str
) -> None:
    """They are named with their number, and come in, or in for internal use, only by a key."""
    path = book(root, change)
    found, outcome = taken(root, path)
    assert [title for title, _ in found] == ["Radwege", "Bäume"]
    assert [(item.reason.de, item.rows) for item in outcome.skipped] == [(reason, (3,))]
    assert f"{part}: take" in outcome.skipped[0].cure.de
    assert outcome.left_out == ()
    inside = strategy(root / "internal")
    found, outcome = taken(inside, path, f"{{{part}: internal}}")
    assert found == [("Radwege", ""), ("Busse", "internal"), ("Bäume", "")]
    assert outcome.skipped == ()
    everything = strategy(root / "all")
    assert [title for title, _ in taken(everything, path, "take")[0]][1] == "Busse"


def test_hidden_columns_are_left_out_and_named(root: Path) -> None:
    """A column that is hidden is not read; a mapping that names it says what to do."""

    def change(sheet: Any) -> None:
        sheet.column_dimensions["C"].hidden = True

    path = book(root, change)
    with pytest.raises(KlarplanError) as caught:
        taken(root, path)
    assert "ausgeblendet" in caught.value.problem.de
    assert "columns: take" in caught.value.cure.de
    taken(root, path, "{columns: take}")
    assert rows(root, "measures")[0]["summary"] == "bauen"
    text = MAPPING.format(more="").replace("summary: Beschreibung, ", "")
    (item,) = take(strategy(root / "b"), [path], text).skipped
    assert (item.column, item.cells) == (("C („Beschreibung“)", "C (“Beschreibung”)"), 4)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out_and_named(root: Path, state: str) -> None:
    """Neither suggestion nor import reads a hidden sheet, even if a pattern fits it."""
    path = workbook(root / "a.xlsx", {"Liste": LIST, "Liste intern": [*LIST[:1], [9, "Geheim"]]})
    made = openpyxl.load_workbook(path)
    made["Liste intern"].sheet_state = state
    made.save(path)
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY)
    assert "# Ausgeblendetes Blatt: Liste intern" in text
    anything = MAPPING.format(more="").replace("from: Liste", 'from: "Liste*"')
    for mapped in (text, anything):
        outcome = take(root, [path], mapped)
        assert [row["title"] for row in rows(root, "measures")] == ["Radwege", "Busse", "Bäume"]
        (sheet,) = [item for item in outcome.unused if item.column is None]
        assert (sheet.hidden, sheet.cells) == (True, 6)
    mapped = MAPPING.format(more="    hidden: {sheets: internal}\n")
    take(root, [path], mapped.replace("from: Liste", 'from: "Liste*"'))
    assert rows(root, "measures")[-1]["visibility"] == "internal"


def test_struck_parts_of_a_cell_are_left_out_and_named(root: Path) -> None:
    """Of a cell that is struck out in part the rest is read."""

    def change(sheet: Any) -> None:
        sheet["C2"] = CellRichText("bauen ", TextBlock(InlineFont(strike=True), "und rasten"))
        sheet["C3"].font = Font(strike=True)
        sheet["C4"] = 5
        sheet["C4"].number_format = ";;;"

    path = book(root, change)
    _, outcome = taken(root, path)
    assert [row["summary"] for row in rows(root, "measures")] == ["bauen", "", ""]
    (item,) = outcome.skipped
    assert (item.rows, item.cells) == ((2, 3, 4), 3)
    other = strategy(root / "b")
    taken(other, path, "{struck: take}")
    assert [r["summary"] for r in rows(other, "measures")] == ["bauen und rasten", "kaufen", "5"]


def test_a_merged_field_survives_its_hidden_first_row(root: Path) -> None:
    """What a merged cell shows is read, even if its first row is hidden or struck out."""
    table = [["Nr.", "Handlungsfeld", "Maßnahme"], [1, "Verkehr", "A"], [2, None, "B"]]
    for change in (
        lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True),
        lambda sheet: setattr(sheet["C2"], "font", Font(strike=True)),
    ):
        path = book(root, lambda s, c=change: (s.merge_cells("B2:B3"), c(s)), table)
        text = suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY)
        outcome = take(root, [path], text)
        assert outcome.left_out == ()
        assert [row["title"] for row in rows(root, "measures")] == ["B"]
        assert [row["title"] for row in rows(root, "fields_of_action")] == ["Verkehr"]


def test_comments_are_named_and_read_by_a_key(root: Path) -> None:
    """Comments are no text of the cell; “read: comment” reads them into a column."""

    def change(sheet: Any) -> None:
        sheet["B2"].comment = Comment("Rat hat gezögert", "Amt 61")
        sheet["B4"].comment = Comment("Nur mit Förderung", "Amt 61")

    path = book(root, change)
    _, outcome = taken(root, path)
    (item,) = outcome.skipped
    assert (item.column, item.rows) == (quoted("Maßnahme"), (2, 4))
    assert item.texts == ("Rat hat gezögert", "Nur mit Förderung")
    text = MAPPING.format(more="").replace(
        "summary: Beschreibung", "summary: {column: Maßnahme, read: comment}"
    )
    other = strategy(root / "b")
    outcome = take(other, [path], text)
    assert [row["summary"] for row in rows(other, "measures")] == [
        *("Rat hat gezögert", "", "Nur mit Förderung")
    ]
    assert outcome.skipped == ()


def paint(sheet: Any) -> None:
    """Colour the traffic lights: green by theme of Excel's palette, red, and none."""
    sheet["D2"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["D3"].fill = PatternFill("solid", fgColor=Color(indexed=10))


def test_colours_are_named_and_read_by_a_key(root: Path) -> None:
    """A traffic light that is only a colour is named, and a key maps colours to statuses."""
    path = book(root, paint)
    _, outcome = taken(root, path)
    (item,) = outcome.skipped
    assert item.column == quoted("Ampel")
    assert item.rows == (2, 3)
    assert "grün #00b050" in item.reason.de
    outcome = take(root, [path], MAPPING.format(more="") + COLOURS)
    assert [row["status"] for row in rows(root, "status_reports")] == ["running", "done"]
    assert outcome.skipped == ()


def test_the_suggestion_offers_colours_as_statuses(root: Path) -> None:
    """Each colour is offered with a meaning, marked as a guess with its reason."""
    path = book(root, paint)
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), statuses, TODAY)
    assert '"#00b050": running  # geraten: grün, 1 Zelle' in text
    assert '"#ff0000": critical  # geraten: rot, 1 Zelle' in text


def test_a_legend_tells_what_colours_mean(root: Path) -> None:
    """Where the sheet says that green means done, the suggestion follows it."""
    legend = [[], ["Legende:"], [None, "abgeschlossen"], [None, "läuft"]]

    def change(sheet: Any) -> None:
        paint(sheet)
        sheet["A7"].fill = PatternFill("solid", fgColor="00B050")
        sheet["A8"].fill = PatternFill("solid", fgColor="FF0000")

    path = book(root, change, [*LIST, *legend])
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY)
    assert '"#00b050": done  # geraten: Legende „abgeschlossen“' in text
    assert '"#ff0000": running  # geraten: Legende „läuft“' in text


def test_colours_for_the_eye_are_not_named(root: Path) -> None:
    """Bands of rows, a coloured header, and colours that repeat the text mean nothing more."""

    def change(sheet: Any) -> None:
        for number in (1, 3):
            for cell in sheet[number]:
                cell.fill = PatternFill("solid", fgColor="EEEEEE")

    assert taken(root, book(root, change))[1].skipped == ()
    table = [
        [*row[:3], text] for row, text in zip(LIST, ("Ampel", "grün", "rot", "grün"), strict=True)
    ]

    def repeat(sheet: Any) -> None:
        for number, colour in ((2, "00B050"), (3, "FF0000"), (4, "00B050")):
            sheet.cell(number, 4).fill = PatternFill("solid", fgColor=colour)

    assert taken(root, book(root, repeat, table))[1].skipped == ()


def test_keys_for_hidden_parts_are_checked(root: Path) -> None:
    """A word or part that does not exist, and “internal” where nothing can be, are told."""
    path = book(root, hide_row)
    for hidden in ("{row: take}", "{rows: yes}", "{columns: internal}"):
        with pytest.raises(KlarplanError) as caught:
            taken(root, path, hidden)
        assert caught.value.line == 4
    reports = MAPPING.format(more="") + COLOURS.replace("as_of", "hidden: internal\n    as_of")
    with pytest.raises(KlarplanError) as caught:
        take(root, [path], reports)
    assert "keine Sichtbarkeit" in caught.value.problem.de


def test_a_mapping_that_fits_only_a_hidden_sheet_says_so(root: Path) -> None:
    """The key that reads hidden sheets is named where nothing else is there to read."""
    path = workbook(root / "a.xlsx", {"Vorblatt": [["Hinweis"]], "Liste": LIST})
    made = openpyxl.load_workbook(path)
    made["Liste"].sheet_state = "hidden"
    made.save(path)
    with pytest.raises(KlarplanError) as caught:
        taken(root, path)
    assert "sheets: take" in caught.value.cure.de
