"""Numbers of measures are labels, however the spreadsheet program keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.importing import german_csv, rows, strategy, take, workbook

LIST = """\
sources:
  - from: [Liste, liste]
    table: measures
    columns: {official_id: Nr, title: Titel, field: {value: Alles}}
  - from: [Liste, liste]
    table: budget
    columns: {measure: Nr, year: {value: 2026}, planned: Kosten}
"""
HEAD: list[Any] = ["Nr", "Titel", "Kosten"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def numbers(root: Path) -> dict[str, str]:
    """The numbers of the measures by title."""
    return {row["title"]: row["official_id"] for row in rows(root, "measures")}


def test_a_number_in_a_cell_is_a_label_like_a_text(root: Path) -> None:
    """1.1 as a number and 2.1 as a text have the same form, and amounts keep their decimals."""
    cells: list[list[Any]] = [HEAD, [1.1, "Weg", 2.5], ["2.1", "Bus", "3,5"], [3, "Rad", 1]]
    file = workbook(root.parent / "l.xlsx", {"Liste": cells})
    outcome = take(root, [file], LIST)
    assert numbers(root) == {"Weg": "1.1", "Bus": "2.1", "Rad": "3"}
    assert [row["planned"] for row in rows(root, "budget")] == ["2.5", "3.5", "1"]
    assert not outcome.left_out
    told = [text.de for _, text in outcome.remarks if "Bezeichnungen" in text.de]
    assert len(told) == 1
    assert "„1,1“ ist als „1.1“ gelesen" in told[0]


def test_a_csv_file_of_a_german_program_has_labels_too(root: Path) -> None:
    """There the number 1.1 stands as 1,1."""
    file = german_csv(root.parent / "liste.csv", [HEAD, ["1,1", "Weg", "2,5"], ["1,2", "Bus", "1"]])
    take(root, [file], LIST)
    assert numbers(root) == {"Weg": "1.1", "Bus": "1.2"}


def test_ten_shown_with_its_nought_stays_ten(root: Path) -> None:
    """A number that the program shows as 1,10 is the label 1.10, not a second 1.1."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Liste"
    for row in (HEAD, [1.1, "Weg", 1], [1.9, "Bus", 1], [1.1, "Rad", 1]):
        sheet.append(row)
    sheet["A4"].number_format = "0.00"
    book.save(root.parent / "l.xlsx")
    take(root, [root.parent / "l.xlsx"], LIST)
    assert numbers(root) == {"Weg": "1.1", "Bus": "1.9", "Rad": "1.10"}


def test_ten_cut_short_is_told(root: Path) -> None:
    """Where the nought is lost, the second 1.1 is named with its row, never merged in silence."""
    cells: list[list[Any]] = [HEAD, [1.1, "Weg", 1], [1.9, "Bus", 1], [1.1, "Rad", 1]]
    file = workbook(root.parent / "l.xlsx", {"Liste": cells})
    outcome = take(
        root,
        [file],
        LIST.replace(
            "    columns: {official", "    match: [official_id, title]\n    columns: {official"
        ),
    )
    assert numbers(root)["Rad"] == "1.1"
    assert any("Vielleicht war eine davon 1.10" in text.de for _, text in outcome.remarks)


def test_a_strategy_with_commas_of_before_is_found_again(root: Path) -> None:
    """A measure that was taken over as “1,1” is the same one, and its number is put right."""
    file = workbook(root.parent / "l.xlsx", {"Liste": [HEAD, [1.1, "Weg", 1]]})
    take(root, [file], LIST)
    path = root / "data/measures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1.1", '"1,1"'), encoding="utf-8")
    take(root, [file], LIST)
    assert numbers(root) == {"Weg": "1.1"}
    assert len(rows(root, "measures")) == 1


def test_a_text_that_names_two_is_no_number(root: Path) -> None:
    """In a column that names several measures, “1,2” are two, but the number 1.2 is one."""
    split = (
        LIST
        + """\
  - from: Ziele
    table: goals
    columns: {title: Ziel}
  - from: Ziele
    table: measure_goals
    columns: {goal: Ziel, measure: {column: Nr, split: [","]}}
"""
    )
    cells: list[list[Any]] = [HEAD, [1, "Weg", 1], [2, "Bus", 1], [1.2, "Rad", 1]]
    goals: list[list[Any]] = [["Ziel", "Nr"], ["Ruhe", "1,2"], ["Luft", 1.2]]
    file = workbook(root.parent / "l.xlsx", {"Liste": cells, "Ziele": goals})
    take(root, [file], split)
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    aims = {row["id"]: row["title"] for row in rows(root, "goals")}
    pairs = {(aims[row["goal"]], titles[row["measure"]]) for row in rows(root, "measure_goals")}
    assert pairs == {("Ruhe", "Weg"), ("Ruhe", "Bus"), ("Luft", "Rad")}
