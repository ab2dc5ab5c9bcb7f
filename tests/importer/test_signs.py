"""Gaps, commas and raised figures change what a number is: they are read right or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from klarplan.importer.files import read_sheets
from klarplan.importer.outcome import Outcome
from klarplan.importer.suggest import suggest_mapping
from klarplan.importer.units import unit_of_heading
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import TODAY, rows, strategy, take, workbook


def money(tmp_path: Path, amount: Any, heading: Any = "Kosten") -> tuple[list[str], Outcome]:
    """What arrives of an amount below a heading, and the account of it."""
    list_ = [["Nr.", "Maßnahme", heading], [1, "Radwege", amount], [2, "Busse", "7"]]
    path = workbook(tmp_path / "a.xlsx", {"Liste": list_})
    root = strategy(tmp_path / "s")
    mapping = """\
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr., title: Maßnahme, field: {value: X}}
  - from: Liste
    table: budget
    columns: {measure: Nr., year: {value: 2026}, planned: Spalte C}
"""
    outcome = take(root, [path], mapping.replace("Spalte C", str(heading)))
    return [row["planned"] for row in rows(root, "budget") if row["measure"] == "M-001"], outcome


def raised(text: str, mark: str, how: str = "superscript") -> CellRichText:
    """A text with a raised or lowered part."""
    return CellRichText(text, TextBlock(InlineFont(vertAlign=how), mark))


@pytest.mark.parametrize(
    ("amount", "planned"),
    [
        ("10 000", "10000"),
        ("1 234 567,5", "1234567.5"),
        ("1\u202f000,50 €", "1000.5"),
        ("1'000'000.-", "1000000"),
        ("- 0", "0"),
        ("12,50", "12.5"),
    ],
)
def test_gaps_between_thousands_are_read(tmp_path: Path, amount: str, planned: str) -> None:
    """Blanks and apostrophes may stand between groups of three digits."""
    assert money(tmp_path, amount)[0] == [planned]


@pytest.mark.parametrize(
    "amount", ["10 000\n20 000", "10 000 20 000", "5.000\n200", "12 34", "1000 000", "10 000\n200"]
)
def test_two_numbers_in_a_cell_do_not_become_one(tmp_path: Path, amount: str) -> None:
    """Numbers on two lines or with other gaps between them are named instead of joined."""
    found, outcome = money(tmp_path, amount)
    assert found == []
    assert [lost.place.row for lost in outcome.left_out] == [2]


@pytest.mark.parametrize("amount", ["1,234", "£5,000", "12,345 EUR", "CHF 2,500"])
def test_three_places_after_a_comma_are_no_cents(tmp_path: Path, amount: str) -> None:
    """“1,234” is thousands in English; money has no three decimals, so it is named."""
    found, outcome = money(tmp_path, amount)
    assert found == []
    assert "zweideutig" in outcome.left_out[0].problem.de


@pytest.mark.parametrize(
    ("amount", "heading", "planned"),
    [(83.125, "Kosten (T€)", "83125"), ("1,250", "Kosten (Mio. €)", "1250000")],
)
def test_thousands_and_millions_may_have_three_decimals(
    tmp_path: Path, amount: Any, heading: str, planned: str
) -> None:
    """83,125 thousands of euros are 83125 euros."""
    assert money(tmp_path, amount, heading)[0] == [planned]


@pytest.mark.parametrize(("text", "mark"), [("250", "1"), ("1.000", "2)"), ("5", "*")])
def test_the_mark_of_a_footnote_is_no_digit(tmp_path: Path, text: str, mark: str) -> None:
    """A raised figure behind an amount is not read as its last digit; the cell is named."""
    found, outcome = money(tmp_path, raised(text, mark))
    assert found == []
    assert [lost.place.row for lost in outcome.left_out] == [2]


def test_raised_and_lowered_figures_stay_in_texts(tmp_path: Path) -> None:
    """“m²” and “CO₂” that a workbook writes with formats keep their meaning."""
    titles = [raised("100 m", "2"), raised("CO", "2", "subscript"), "Radwege"]
    list_ = [["Nr.", "Maßnahme"], *([n, title] for n, title in enumerate(titles, 1))]
    path = workbook(tmp_path / "a.xlsx", {"Liste": list_})
    root = strategy(tmp_path / "s")
    take(root, [path], suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY))
    assert [row["title"] for row in rows(root, "measures")] == ["100 m²", "CO₂", "Radwege"]


def test_footnotes_do_not_hide_what_a_heading_means(tmp_path: Path) -> None:
    """“Kosten (T€)¹” and “Status²” are known, and so is the unit."""
    head = ["Nr.", raised("Maßnahme", "1"), raised("Kosten 2026 (T€)", "2)"), raised("Status", "3")]
    path = workbook(tmp_path / "a.xlsx", {"Liste": [head, [1, "Radwege", 250, "läuft"]]})
    root = strategy(tmp_path / "s")
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY)
    outcome = take(root, [path], text.replace("# as_of: JJJJ-MM-TT", "as_of: 2026-01-01"))
    assert outcome.left_out == ()
    assert [row["planned"] for row in rows(root, "budget")] == ["250000"]
    assert [row["status"] for row in rows(root, "status_reports")] == ["running"]


def test_powers_of_ten_are_no_footnotes() -> None:
    """“10³ €” are thousands of euros."""
    unit = unit_of_heading("Kosten (10³ €)")
    assert unit is not None
    assert (unit.factor, unit.currency) == (1000, "EUR")
