"""Rows that are no measures make none, and are named with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, german_csv, rows, strategy, take, workbook

HEAD = ["Nr.", "Handlungsfeld", "Maßnahme", "Beschreibung", "Priorität"]
LIST: list[list[Any]] = [
    HEAD,
    [1, "Verkehr", "Radwege", "bauen", 3],
    [2, "Verkehr", "Busse", "kaufen", 4],
    [3, "Klima", "Bäume", "pflanzen", 5],
]
MAPPING = """\
sources:
  - from: Liste
    table: measures
    columns:
      official_id: Nr.
      title: Maßnahme
      field: {column: Handlungsfeld, fill_down: true}
      summary: Beschreibung
      priority: Priorität
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def suggested(root: Path, paths: list[Path]) -> str:
    """The mapping suggested for files."""
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    return suggest_mapping(read_sheets(paths), read_descriptor(root), statuses, TODAY)


def titles(root: Path) -> list[str]:
    """The titles of all measures."""
    return [row["title"] for row in rows(root, "measures")]


def skipped(outcome: Outcome) -> dict[str, tuple[int, ...]]:
    """The rows that were not read, by reason."""
    return {item.reason.de: item.rows for item in outcome.skipped}


@pytest.mark.parametrize(
    "total",
    [
        ["", "", "Summe", "", 12],
        ["", "Summe", "", "", 12],
        ["Gesamt", "", "", "", 12],
        ["", "", "Zwischensumme:", "", 12],
        ["", "", "", "Total", 12],
        ["Σ", "", "", "", 12],
        ["", "", "Anzahl", "", 3],
        ["", "", "Durchschnitt", "", "4,5"],
        ["", "", "Summe Handlungsfeld 1", "", 12],
        ["", "", "Verkehr gesamt", "", 12],
        ["", "Gesamtsumme (T€)", "", "", "12"],
    ],
)
@pytest.mark.parametrize("place", [3, 4])
def test_a_total_is_no_measure(root: Path, total: list[Any], place: int) -> None:
    """“Summe” makes no measure, wherever it stands in the row and in the list."""
    table = [*LIST[:place], total, *LIST[place:]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    for text in (MAPPING, suggested(root, [path])):
        outcome = take(root, [path], text)
        assert titles(root) == ["Radwege", "Busse", "Bäume"]
        assert skipped(outcome) == {"Summenzeile": (place + 1,)}
        assert outcome.left_out == ()


@pytest.mark.parametrize(
    "title", ["Gesamtkonzept Radverkehr", "Summen prüfen", "Total Quality Management", "Gesamt"]
)
def test_a_measure_with_a_number_is_no_total(root: Path, title: str) -> None:
    """What has a number of its own is a measure, even if its title sounds like a total."""
    path = workbook(root / "a.xlsx", {"Liste": [*LIST, [4, "Klima", title, "tun", 1]]})
    take(root, [path], MAPPING)
    assert titles(root)[-1] == title


def test_a_row_of_sums_without_a_word_is_no_measure(root: Path) -> None:
    """A row with nothing but a formula that adds up the rows above is a total."""
    path = workbook(root / "a.xlsx", {"Liste": [*LIST, ["", "", "", "", "=SUM(E2:E4)"]]})
    outcome = take(root, [path], MAPPING)
    assert titles(root) == ["Radwege", "Busse", "Bäume"]
    assert skipped(outcome) == {"Summenzeile": (5,)}


def test_the_mapping_may_keep_and_skip_rows(root: Path) -> None:
    """“keep” makes an entry of what looks like a total, “skip” leaves out an entry."""
    table = [*LIST, ["", "Klima", "Summe", "", 1]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    outcome = take(
        root, [path], MAPPING.replace("    columns:", "    keep: [5]\n    skip: 3\n    columns:")
    )
    assert titles(root) == ["Radwege", "Bäume", "Summe"]
    assert skipped(outcome) == {"laut Zuordnung ausgelassen („skip“)": (3,)}


@pytest.mark.parametrize(
    ("rest", "noted"),
    [
        ([["* Anteil in Fahrrädern (von 10)"]], (5,)),
        ([["Quelle: Stadtplanungsamt"], ["Stand: 30.06.2026"]], (5, 6)),
        ([[], ["Legende:"], ["grün", "im Plan"], ["rot", "kritisch"]], (6, 7, 8)),
        ([["", "", "Hinweis: Beträge ohne Personal"]], (5,)),
    ],
)
def test_notes_below_a_list_are_no_measures(
    root: Path, rest: list[list[Any]], noted: tuple[int, ...]
) -> None:
    """Footnotes, sources, dates and legends are named, and make no measure."""
    path = workbook(root / "a.xlsx", {"Liste": [*LIST, *rest]})
    for text in (MAPPING, suggested(root, [path])):
        outcome = take(root, [path], text)
        assert titles(root) == ["Radwege", "Busse", "Bäume"]
        assert skipped(outcome) == {"Fußnote oder Text neben der Liste": noted}


@pytest.mark.parametrize(
    "blank",
    [
        [[4], [5], [6]],
        [[4, "", "", "", 1], [5, "", "", "", 1]],
        [["", "", "", "", "0 €"]],
    ],
)
def test_blank_templates_are_no_measures(root: Path, blank: list[list[Any]]) -> None:
    """Rows with only a running number, or only defaults, are named and make nothing."""
    path = workbook(root / "a.xlsx", {"Liste": [*LIST, *blank]})
    outcome = take(root, [path], MAPPING)
    assert titles(root) == ["Radwege", "Busse", "Bäume"]
    numbers = tuple(range(5, 5 + len(blank)))
    assert skipped(outcome) == {"leere Vorlage ohne Titel": numbers}
    assert outcome.left_out == ()


def test_a_row_with_text_but_no_title_is_still_named_as_missing(root: Path) -> None:
    """A row that says something is no template: its missing title is an error as before."""
    path = workbook(root / "a.xlsx", {"Liste": [*LIST, [4, "Klima", "", "Moore wässern", 2]]})
    outcome = take(root, [path], MAPPING)
    assert [item.place.row for item in outcome.left_out] == [5]


@pytest.mark.parametrize(
    "again", [[HEAD], [["Maßnahmenliste"], HEAD], [[*HEAD[:3], "", "Priorität"]]]
)
def test_a_header_after_a_page_break_is_no_measure(root: Path, again: list[list[Any]]) -> None:
    """A second header, with the title of the list above it or not, makes nothing."""
    table = [["Maßnahmenliste"], *LIST[:2], *again, *LIST[2:]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    for text in (MAPPING, suggested(root, [path])):
        outcome = take(root, [path], text)
        assert titles(root) == ["Radwege", "Busse", "Bäume"]
        assert len(skipped(outcome)["wiederholte Kopfzeile"]) == len(again)


def sections(rows_: list[list[Any]], *, merged: bool, fill: str, path: Path) -> Path:
    """A workbook whose rows with one cell are merged or coloured."""
    workbook(path, {"Liste": rows_})
    book = openpyxl.load_workbook(path)
    sheet = book["Liste"]
    for number, row in enumerate(rows_, 1):
        if sum(cell not in ("", None) for cell in row) == 1:
            if merged:
                sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=4)
            if fill:
                sheet.cell(number, 1).fill = PatternFill("solid", fgColor=fill)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("merged", "fill"), [(True, ""), (False, "DDEBF7"), (False, "")], ids=["merged", "fill", "bare"]
)
@pytest.mark.parametrize("column", [0, 1])
def test_section_rows_become_fields_of_action(
    root: Path, merged: bool, fill: str, column: int
) -> None:
    """One cell across the table groups the rows below it, and is offered as field of action."""
    heads = [["", "", "", ""] for _ in range(2)]
    heads[0][column], heads[1][column] = "Verkehr", "Klima und Energie"
    if merged:
        heads = [["Verkehr"], ["Klima und Energie"]]
    table = [
        ["Nr.", "Maßnahme", "Beschreibung", "Priorität"],
        heads[0],
        [1, "Radwege", "bauen", 3],
        [2, "Busse", "kaufen", 4],
        heads[1],
        [3, "Bäume", "pflanzen", 5],
    ]
    path = sections(table, merged=merged, fill=fill, path=root / "a.xlsx")
    text = suggested(root, [path])
    assert "section: 1" in text
    assert "geraten" in text
    outcome = take(root, [path], text)
    assert outcome.left_out == ()
    assert titles(root) == ["Radwege", "Busse", "Bäume"]
    assert [row["title"] for row in rows(root, "fields_of_action")] == [
        *("Verkehr", "Klima und Energie")
    ]
    assert [row["field"] for row in rows(root, "measures")] == ["HF-01", "HF-01", "HF-02"]


def test_section_rows_are_named_where_the_mapping_does_not_read_them(root: Path) -> None:
    """A row that can only be a section makes no measure, and the key that reads it is named."""
    table = [*LIST[:2], ["Handlungsfeld Klima"], *LIST[2:]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    outcome = take(root, [path], MAPPING)
    assert titles(root) == ["Radwege", "Busse", "Bäume"]
    (item,) = outcome.skipped
    assert (item.rows, item.texts) == ((3,), ("Handlungsfeld Klima",))
    assert "section: 1" in item.cure.de


def test_sections_within_sections_have_levels(root: Path) -> None:
    """Of two headings in a row the second lies within the first; the mapping chooses the level."""
    table = [
        ["Nr.", "Maßnahme", "Beschreibung"],
        ["Handlungsfeld 1: Verkehr"],
        ["", "Radverkehr"],
        [1, "Radwege", "bauen"],
        ["", "Busverkehr"],
        [2, "Busse", "kaufen"],
        ["Handlungsfeld 2: Klima"],
        [3, "Bäume", "pflanzen"],
    ]
    path = workbook(root / "a.xlsx", {"Liste": table})
    outcome = take(root, [path], suggested(root, [path]))
    assert [row["field"] for row in rows(root, "measures")] == ["HF-01", "HF-01", "HF-02"]
    (item,) = outcome.skipped
    assert item.texts == ("Radverkehr", "Busverkehr")


def test_a_plain_list_of_titles_has_no_sections(root: Path) -> None:
    """Measures of which nothing but the title is known stay measures."""
    table = [["Maßnahme", "Beschreibung"], ["Radwege", ""], ["Busse", "kaufen"], ["Bäume", ""]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    take(root, [path], suggested(root, [path]))
    assert titles(root) == ["Radwege", "Busse", "Bäume"]


@pytest.mark.parametrize(
    ("fields", "filled"),
    [
        (["Verkehr", "", "", "Klima", ""], True),
        (["Verkehr", "Verkehr", "", "Klima", "Klima"], False),
        (["Verkehr", "", "Klima", "Klima", "Klima"], False),
        (["", "Verkehr", "", "Klima", ""], False),
    ],
)
def test_filling_down_is_only_suggested_for_blocks(
    root: Path, fields: list[str], filled: bool
) -> None:
    """One empty cell is a gap, not a block; then the row is named and nothing is guessed."""
    table = [HEAD, *([n, f, f"M{n}", "x", 1] for n, f in enumerate(fields, 1)), ["", "", "Summe"]]
    path = german_csv(root / "liste.csv", table)
    text = suggested(root, [path])
    assert ("fill_down" in text.replace("„fill_down: true“", "")) is filled
    outcome = take(root, [path], text)
    assert "Summe" not in titles(root)
    missing = 0 if filled else sum(not field for field in fields)
    assert len(outcome.left_out) == missing


def test_filling_down_is_suggested_for_merged_cells(root: Path) -> None:
    """Merged cells are one value for all their rows, even if only one cell is empty."""
    table = [HEAD, [1, "Verkehr", "A", "x", 1], [2, None, "B", "x", 1], [3, "Klima", "C", "x", 1]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    book = openpyxl.load_workbook(path)
    book["Liste"].merge_cells("B2:B3")
    book.save(path)
    text = suggested(root, [path])
    assert "geraten: verbundene Zellen" in text
    take(root, [path], text)
    assert [row["field"] for row in rows(root, "measures")] == ["HF-01", "HF-01", "HF-02"]


def test_the_title_of_a_list_is_no_section(root: Path) -> None:
    """A line above the headers heads no entries where each has a section below the headers."""
    table: list[list[Any]] = [
        ["Katalog"],
        ["Nr.", "Maßnahme", "Beschreibung"],
        ["Handlungsfeld 1: Verkehr"],
        [1, "Radwege", "bauen"],
        ["Seite 1 von 2"],
        ["Nr.", "Maßnahme", "Beschreibung"],
        ["Handlungsfeld 2: Klima"],
        [2, "Bäume", "pflanzen"],
    ]
    path = german_csv(root / "liste.csv", table)
    outcome = take(root, [path], suggested(root, [path]))
    assert [row["title"] for row in rows(root, "fields_of_action")] == [
        *("Handlungsfeld 1: Verkehr", "Handlungsfeld 2: Klima")
    ]
    assert any("Katalog" in text.de for _, text in outcome.remarks)
