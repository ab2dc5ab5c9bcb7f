"""A sheet for each field, several lists on a sheet, and trees arrive as they are meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, content, rows, strategy, take, with_year, workbook

HEAD = ["Nr.", "Maßnahme", "Beschreibung"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def imported(root: Path, path: Path) -> tuple[str, Outcome]:
    """What comes of importing a workbook by the mapping suggested for it."""
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), statuses, TODAY)
    text = text.replace("# as_of: JJJJ-MM-TT", "as_of: 2026-01-01")
    outcome = take(root, [path], text)
    before = content(root)
    assert take(root, [path], text).files == {}
    assert content(root) == before
    return text, outcome


def measures(root: Path) -> list[tuple[str, str]]:
    """Field and title of each measure."""
    fields = {row["id"]: row["title"] for row in rows(root, "fields_of_action")}
    return [(fields[row["field"]], row["title"]) for row in rows(root, "measures")]


def test_a_sheet_for_each_field_names_the_fields(root: Path) -> None:
    """Numbers that begin anew on each sheet mean different measures; each sheet is a field."""
    head = [*HEAD, "Status", "Kosten (T€)"]
    sheets = {
        name: [
            head,
            *([n, f"{name} {n}", "x", "läuft", n] for n in (1, 2)),
            ["", "Summe", "", "", 3],
        ]
        for name in ("Verkehr", "Klima", "Bildung")
    }
    text, outcome = imported(root, workbook(root / "a.xlsx", sheets))
    assert "sheet: true" in text
    assert "geraten: für jedes gibt es ein Blatt" in text
    assert {item.place.column for item in outcome.left_out} == {"Kosten (T€)"}
    assert take(root, [root / "a.xlsx"], with_year(text)).left_out == ()
    assert measures(root) == [(name, f"{name} {n}") for name in sheets for n in (1, 2)]
    assert len({row["measure"] for row in rows(root, "status_reports")}) == 6
    assert [row["planned"] for row in rows(root, "budget")] == ["1000", "2000"] * 3


def test_sheets_with_different_columns_have_sources_of_their_own(root: Path) -> None:
    """Sheets need not be alike to be one field each."""
    sheets = {
        "Verkehr": [HEAD, [1, "Radwege", "x"]],
        "Klima": [["Klimaliste"], ["Maßnahme", "Nr."], ["Bäume", 7]],
    }
    text, outcome = imported(root, workbook(root / "a.xlsx", sheets))
    assert outcome.left_out == ()
    assert measures(root) == [("Verkehr", "Radwege"), ("Klima", "Bäume")]
    assert text.count("table: measures") == 2


def test_sheets_of_years_are_no_fields(root: Path) -> None:
    """Names such as 2025 or Tabelle1 say nothing about a field."""
    sheets = {"2025": [HEAD, [1, "Radwege", "x"]], "2026": [HEAD, [2, "Busse", "x"]]}
    text, _ = imported(root, workbook(root / "a.xlsx", sheets))
    assert "sheet: true" not in text


@pytest.mark.parametrize("other", [HEAD, ["Maßnahme", "Beschreibung", "Nr."]])
def test_blocks_on_one_sheet_are_all_read(root: Path, other: list[str]) -> None:
    """Blocks with a title and headers of their own, alike or in another order, are fields."""
    first = {"Nr.": 1, "Maßnahme": "Radwege", "Beschreibung": "bauen"}
    second = {"Nr.": 2, "Maßnahme": "Bäume", "Beschreibung": "pflanzen"}
    table: list[list[Any]] = [
        ["Handlungsfeld 1: Verkehr"],
        HEAD,
        [first[title] for title in HEAD],
        [],
        ["Handlungsfeld 2: Klima"],
        other,
        [second[title] for title in other],
    ]
    _, outcome = imported(root, workbook(root / "a.xlsx", {"Plan": table}))
    assert outcome.left_out == ()
    assert outcome.remarks == ()
    assert measures(root) == [
        ("Handlungsfeld 1: Verkehr", "Radwege"),
        ("Handlungsfeld 2: Klima", "Bäume"),
    ]
    assert [row["summary"] for row in rows(root, "measures")] == ["bauen", "pflanzen"]


def test_a_block_that_the_mapping_does_not_read_is_named(root: Path) -> None:
    """A second list with other columns is not read into the columns of the first."""
    table = [HEAD, [1, "Radwege", "x"], [], ["Beschreibung", "Nr.", "Maßnahme"], ["y", 2, "Busse"]]
    path = workbook(root / "a.xlsx", {"Plan": table})
    text = """\
sources:
  - from: Plan
    table: measures
    columns: {official_id: Nr., title: Maßnahme, summary: Beschreibung, field: {value: X}}
"""
    outcome = take(root, [path], text)
    assert measures(root) == [("X", "Radwege")]
    (item,) = outcome.skipped
    assert item.rows == (4,)
    assert "header: 4" in item.cure.de


def parents(root: Path) -> dict[str, str]:
    """The title of the parent of each measure that has one."""
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    return {row["title"]: titles[row["parent"]] for row in rows(root, "measures") if row["parent"]}


@pytest.mark.parametrize("mark", ["{}", "{}.", "M {}"])
def test_numbers_tell_the_tree(root: Path, mark: str) -> None:
    """1.1.2 lies below 1.1; a chapter 1 with nothing but its title is the field."""
    tree = [("1", "Verkehr"), ("1.1", "Rad"), ("1.1.1", "A"), ("1.1.2", "B"), ("1.2", "Bus")]
    tree += [("2", "Klima"), ("2.1", "Bäume")]
    table = [[*HEAD, "Priorität"]]
    table += [
        [mark.format(number), title, *(["x", "3"] if "." in number else ["", ""])]
        for number, title in tree
    ]
    text, outcome = imported(root, workbook(root / "a.xlsx", {"Plan": table}))
    assert "tree: number" in text
    assert outcome.left_out == ()
    assert parents(root) == {"A": "Rad", "B": "Rad"}
    fields = {title: field for field, title in measures(root)}
    assert fields == {"Rad": "Verkehr", "A": "Verkehr", "B": "Verkehr", "Bus": "Verkehr"} | {
        "Bäume": "Klima"
    }


def test_chapters_that_say_more_than_a_title_are_measures(root: Path) -> None:
    """A row 1 that is described and 1.1 below it are measure and sub-measure."""
    table = [HEAD, ["1", "Rad", "Netz"], ["1.1", "Weg A", "x"], ["1.2", "Weg B", "x"]]
    imported(root, workbook(root / "a.xlsx", {"Plan": table}))
    assert parents(root) == {"Weg A": "Rad", "Weg B": "Rad"}


@pytest.mark.parametrize("how", ["indent", "spaces", "outline"])
def test_indent_and_groups_tell_the_tree(root: Path, how: str) -> None:
    """Indented titles, leading spaces and grouped rows are levels of a tree."""
    levels = [("Rad", 0), ("Weg A", 1), ("Belag", 2), ("Weg B", 1), ("Bus", 0)]
    table: list[list[Any]] = [["Maßnahme", "Beschreibung"]]
    table += [["   " * level * (how == "spaces") + title, "x"] for title, level in levels]
    path = workbook(root / "a.xlsx", {"Plan": table})
    book = openpyxl.load_workbook(path)
    for number, (_, level) in enumerate(levels, 2):
        if how == "indent":
            book["Plan"].cell(number, 1).alignment = Alignment(indent=level)
        if how == "outline" and level:
            book["Plan"].row_dimensions[number].outlineLevel = level
    book.save(path)
    text, outcome = imported(root, path)
    assert f"tree: {'outline' if how == 'outline' else 'indent'}" in text
    assert outcome.left_out == ()
    assert parents(root) == {"Weg A": "Rad", "Belag": "Weg A", "Weg B": "Rad"}


def test_a_header_of_two_rows_far_down_is_found(root: Path) -> None:
    """Title, date and blank rows above, merged headers, empty and note columns do no harm."""
    table: list[list[Any]] = [
        ["Maßnahmenplan der Stadt"],
        ["Stand: 30.06.2026"],
        [],
        ["Amt für Umwelt"],
        [],
        ["Nr.", None, "Maßnahme", "Umsetzung", None, None, "interne Notiz"],
        [None, None, None, "Beginn", "Ende", None, None],
        [1, None, "Radwege", "2025", "2027", None, "prüfen!"],
        [2, None, "Busse", "2026", "2028", None, None],
        ["Quelle: Umweltamt"],
    ]
    path = workbook(root / "a.xlsx", {"Plan": table})
    book = openpyxl.load_workbook(path)
    for area in ("A1:G1", "D6:E6", "A6:A7", "C6:C7"):
        book["Plan"].merge_cells(area)
    book.save(path)
    _, outcome = imported(root, path)
    found = rows(root, "measures")
    assert [(row["title"], row["planned_start"], row["planned_end"]) for row in found] == [
        ("Radwege", "2025-01-01", "2027-12-31"),
        ("Busse", "2026-01-01", "2028-12-31"),
    ]
    assert [(item.column, item.cells) for item in outcome.unused] == [("interne Notiz", 1)]
    assert [item.rows for item in outcome.skipped] == [(10,)]


def test_a_measure_on_several_rows_keeps_all_its_offices(root: Path) -> None:
    """Where number and title are merged over two rows, both offices belong to the measure."""
    table: list[list[Any]] = [
        ["Nr.", "Maßnahme", "Beschreibung", "Federführung"],
        [1, "Radwege", "bauen", "Amt 66"],
        [None, None, None, "Amt 61"],
        [2, "Busse", "kaufen", "Amt 20"],
    ]
    path = workbook(root / "a.xlsx", {"Plan": table})
    book = openpyxl.load_workbook(path)
    for area in ("A2:A3", "B2:B3", "C2:C3"):
        book["Plan"].merge_cells(area)
    book.save(path)
    _, outcome = imported(root, path)
    assert outcome.left_out == ()
    assert [row["measure"] for row in rows(root, "responsibilities")] == [
        *("M-001", "M-001", "M-002")
    ]
