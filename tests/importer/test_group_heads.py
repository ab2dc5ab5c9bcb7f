"""Headers in two rows: what spans several columns, and what stands below it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from klarplan.importer.files import read_sheets
from tests.importer.test_suggest import imported, suggested
from tests.support.importing import german_csv, rows, strategy, take, workbook

HEADS: list[list[Any]] = [
    ["Handlungsfeld", "Nr.", "Maßnahme", "Kosten", None, None, "THG-Einsparung", "Personal", "Amt"],
    [None, None, None, "2024", "2025", "2026", "t CO2e/a", "VZÄ", None],
]
ENTRIES: list[list[Any]] = [
    ["Energie", "E1", "Solar", 100, 250, None, 1200, 0.5, "Amt 65"],
    ["Verkehr", "V1", "Radweg", 500, None, 2000, 340, 1, "Amt 66"],
]
NOTE: list[Any] = ["alle Angaben zu den Kosten in T€"]
AMOUNTS = {
    ("Solar", "2024"): "100000",
    ("Solar", "2025"): "250000",
    ("Radweg", "2024"): "500000",
    ("Radweg", "2026"): "2000000",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def amounts(root: Path) -> dict[tuple[str, str], str]:
    """Planned amounts by title and year."""
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    return {(titles[r["measure"]], r["year"]): r["planned"] for r in rows(root, "budget")}


def test_each_year_below_a_group_head_has_its_own_amounts(root: Path) -> None:
    """Units below other headers do not hide that the lower row names the years."""
    above: list[list[Any]] = [["Stadt Musterhausen"], ["Klimaschutzplan"], ["Anlage 2"], []]
    lines = [*above, *HEADS, *ENTRIES, [], NOTE]
    path = workbook(root / "liste.xlsx", {"Plan": lines})
    book = load_workbook(path)
    for area in ("A5:A6", "B5:B6", "C5:C6", "D5:F5", "I5:I6"):
        book["Plan"].merge_cells(area)
    book.save(path)
    text = suggested(root, read_sheets([path]))
    outcome = take(root, [path], text)
    assert amounts(root) == AMOUNTS
    assert not outcome.left_out
    assert "# Nicht zugeordnet: THG-Einsparung (t CO2e/a)" in text


def test_a_group_head_without_merged_cells(root: Path) -> None:
    """A CSV file, which knows no merged cells, is read alike."""
    path = german_csv(root / "plan.csv", [*HEADS, *ENTRIES, NOTE])
    take(root, [path], suggested(root, read_sheets([path])))
    assert amounts(root) == AMOUNTS


def test_an_english_group_head(root: Path) -> None:
    """“Costs” over years, with a unit below “Saving”, is read alike."""
    heads = [["Ref", "Action", "Saving", "Costs", None], [None, None, "tCO2e", "2025", "2026"]]
    imported(root, {"Plan": [*heads, ["A1", "Trees", 12, 100, 200]]})
    assert amounts(root) == {("Trees", "2025"): "100", ("Trees", "2026"): "200"}


def test_an_entry_is_no_lower_half_of_headers(root: Path) -> None:
    """The first entry arrives, even if it has words only and gaps."""
    head = ["Nr.", "Maßnahme", "Kosten", None, "Amt", "Bemerkung"]
    imported(root, {"Plan": [head, ["E1", "Solar", "keine", "offen", None, "später"]]})
    assert [row["title"] for row in rows(root, "measures")] == ["Solar"]


@pytest.mark.parametrize("merge", [True, False])
def test_columns_that_share_one_header_are_not_read_as_one(root: Path, merge: bool) -> None:
    """“Kosten” over three columns of amounts names no year: none is taken, all are named."""
    head = ["Nr.", "Maßnahme", "Kosten"]
    path = workbook(root / "liste.xlsx", {"Plan": [head, ["1", "Radweg", 10, 20, 30]]})
    book = load_workbook(path)
    if merge:
        book["Plan"].merge_cells("C1:E1")
    book.save(path)
    text = suggested(root, read_sheets([path]))
    outcome = take(root, [path], text)
    assert amounts(root) == {}
    assert "steht über den Spalten C, D, E" in text
    assert [one.column for one in outcome.unused] == ["Kosten", "Spalte D", "Spalte E"]
