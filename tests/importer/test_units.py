"""Amounts arrive in the unit that heading, number format, cell or mapping tell, or are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klarplan.importer.files import read_sheets
from klarplan.importer.number_format import shown
from klarplan.importer.outcome import Outcome
from klarplan.importer.units import UnclearUnitError, Unit, read_unit, unit_of_heading
from klarplan.messages import KlarplanError
from tests.support.importing import german_csv, problems, rows, strategy, take, workbook

MAPPING = """\
sources:
  - from: [Liste, "liste.csv"]
    table: measures
    columns: {{official_id: Nr., title: Maßnahme, field: {{value: Verkehr}}}}
  - from: [Liste, "liste.csv"]
    table: budget
    columns: {{measure: Nr., year: {{value: 2026}}, planned: {{column: "{heading}"{more}}}}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def imported(
    root: Path, heading: str, cells: list[Any], more: str = "", above: list[list[Any]] | None = None
) -> tuple[list[str], Outcome]:
    """The amounts that cells below a heading give."""
    table = [["Nr.", "Maßnahme", heading], *([n, f"M{n}", c] for n, c in enumerate(cells, 1))]
    path = workbook(root / "liste.xlsx", {"Liste": [*(above or []), *table]})
    outcome = take(root, [path], MAPPING.format(heading=heading, more=more))
    found = rows(root, "budget") if (root / "data" / "budget.csv").is_file() else []
    return [row["planned"] for row in found], outcome


@pytest.mark.parametrize(
    ("heading", "amount"),
    [
        ("Kosten (T€)", "250000"),
        ("Kosten in Mio. €", "250000000"),
        ("Budget TEUR", "250000"),
        ("Kosten [k€]", "250000"),
        ("Ansatz 2026 (in 1.000 €)", "250000"),
        ("Kosten in Tausend Euro (brutto)", "250000"),
        ("Kosten (netto, Tsd. €)", "250000"),
        ("T€ gesamt", "250000"),
        ("Kosten in €", "250"),
        ("Kosten", "250"),
    ],
)
def test_the_unit_of_a_heading_is_applied(root: Path, heading: str, amount: str) -> None:
    """250 below “Kosten (T€)” is 250,000 €, not 250 €, also in a CSV file."""
    assert imported(root, heading, [250])[0] == [amount]
    other = strategy(root / "csv")
    path = german_csv(other / "liste.csv", [["Nr.", "Maßnahme", heading], ["1", "A", "250"]])
    take(other, [path], MAPPING.format(heading=heading, more=""))
    assert [row["planned"] for row in rows(other, "budget")] == [amount]


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("T€ 50", "50000", ""),
        ("EUR 50.000", "50000", ""),
        ("50 TEUR", "50000", ""),
        ("1,2 Mio. €", "1200000", ""),
        ("€ 1,2 Mio.", "1200000", ""),
        ("50.000,- €", "50000", ""),
        ("CHF 1'200", "1200", "CHF"),
        ("3,5 TCHF", "3500", "CHF"),
        ("$ 20", "20", "USD"),
    ],
)
def test_the_unit_of_a_cell_is_applied(root: Path, cell: str, amount: str, currency: str) -> None:
    """“T€ 50” is 50,000 €; another currency comes into its column."""
    imported(root, "Kosten", [cell])
    (row,) = rows(root, "budget")
    assert (row["planned"], row["currency"]) == (amount, currency)


def test_a_literal_of_the_number_format_belongs_to_the_text(root: Path) -> None:
    """A number that its format shows as “250 T€” is 250,000 €; so for prefixes and scaling."""
    path = workbook(
        root / "a.xlsx",
        {"Liste": [["Nr.", "Maßnahme", "Kosten"], *([n, f"M{n}", 250] for n in range(1, 6))]},
    )
    book = openpyxl.load_workbook(path)
    formats = ['0" T€"', '"T€ "0', '#,##0.00 "Mio. €"', "#,##0 [$CHF]", "0"]
    for number, code in enumerate(formats, 2):
        book["Liste"].cell(number, 3).number_format = code
    book["Liste"].cell(6, 3).value = 250_400
    book["Liste"].cell(6, 3).number_format = '#,##0,"T€"'
    book.save(path)
    take(root, [path], MAPPING.format(heading="Kosten", more=""))
    assert [(r["planned"], r["currency"]) for r in rows(root, "budget")] == [
        *(("250000", ""), ("250000", ""), ("250000000", ""), ("250", "CHF"), ("250400", ""))
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (250, '0" T€"', "250 T€"),
        (7, '"M-"000', "M-007"),
        (250_000, "0,", "250 Tsd."),
        (1_200_000, '#,##0.0,,"Mio"', "1,2Mio"),
        (0.5, "0%", "50%"),
        (50, '0" %"', "50 %"),
        (-5, '#,##0.00 "€";[Red]-#,##0.00 "€"', "-5,00 €"),
        (0, '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-', "0 €"),
        (1_500, '[>=1000000]0.0,,"Mio";[>=1000]0.0,"Tsd";0', "1,5Tsd"),
        (12, '"ca. "General', "ca. 12"),
        (1102, '00"."00', "11.02"),
        (5, ";;;", ""),
    ],
)
def test_numbers_read_as_their_format_shows_them(value: float, code: str, text: str) -> None:
    """Literals, percent, scaling, conditions and sections for negatives and zero all count."""
    assert shown(value, code) == text


def test_a_contradiction_of_heading_and_cell_is_told(root: Path) -> None:
    """“250.000 €” below “Kosten (T€)” is not taken over; the mapping decides."""
    cells = [250, "250.000 €", "250 T€", "1,2 Mio. €"]
    amounts, outcome = imported(root, "Kosten (T€)", cells)
    assert amounts == ["250000", "250000"]
    assert [value for *_, value in problems(outcome)] == ["250.000 €", "1,2 Mio. €"]
    assert "unit: cell" in outcome.left_out[0].cure.de


def test_the_mapping_decides_a_contradiction(root: Path) -> None:
    """With “unit: cell” each cell counts, with “unit: T€” a mere € sign is disregarded."""
    cells = ["250.000 €", "250"]
    assert imported(root, "Kosten (T€)", cells, ", unit: cell")[0] == ["250000", "250000"]
    other = strategy(root / "other")
    assert imported(other, "Kosten (T€)", ["250 €"], ", unit: T€")[0] == ["250000"]


@pytest.mark.parametrize("heading", ["Kosten (€ / T€)", "Kosten in Hundert €", "Kosten (%)"])
def test_a_column_whose_unit_is_unclear_is_refused_with_the_key(root: Path, heading: str) -> None:
    """A unit that is not understood or does not fit leaves the column out and names “unit”."""
    amounts, outcome = imported(root, heading, [250])
    assert amounts in ([], [""])
    (left,) = outcome.left_out
    assert "unit:" in left.cure.de
    assert left.place.column == heading


def test_amounts_of_two_currencies_do_not_share_a_row(root: Path) -> None:
    """An amount in another currency than that of its row is named, not relabelled."""
    table = [["Nr.", "Maßnahme", "Plan", "Ist"], [1, "A", "50 CHF", "20 €"]]
    path = workbook(root / "a.xlsx", {"Liste": table})
    text = MAPPING.format(heading="Plan", more="").replace("planned:", "spent: Ist, planned:")
    outcome = take(root, [path], text)
    (row,) = rows(root, "budget")
    assert len(outcome.left_out) == 1
    assert (row["planned"], row["spent"]).count("") == 1


def test_a_spanning_header_and_a_line_beside_the_list_tell_the_unit(root: Path) -> None:
    """“Kosten (T€)” over two years and “Alle Angaben in T€” above the list count as well."""
    table = [
        ["Nr.", "Maßnahme", "Kosten (T€)", None],
        [None, None, "2026", "2027"],
        [1, "A", 250, 300],
    ]
    path = workbook(root / "a.xlsx", {"Liste": table})
    book = openpyxl.load_workbook(path)
    book["Liste"].merge_cells("C1:D1")
    book.save(path)
    take(root, [path], MAPPING.format(heading="2026", more=""))
    assert [row["planned"] for row in rows(root, "budget")] == ["250000"]
    other = strategy(root / "other")
    above = [["Haushaltsplan"], ["Alle Angaben in T€"], []]
    assert imported(other, "Kosten", [250], above=above)[0] == ["250000"]


def progress(
    root: Path, heading: str, cells: list[Any], more: str = ""
) -> tuple[list[str], Outcome]:
    """The progress that cells below a heading give."""
    table = [["Nr.", "Maßnahme", heading], *([n, f"M{n}", c] for n, c in enumerate(cells, 1))]
    path = workbook(root / "liste.xlsx", {"Liste": table})
    text = MAPPING.format(heading=heading, more=more)
    text = text.replace("table: budget", "table: status_reports").replace("planned:", "progress:")
    text = text.replace("year: {value: 2026}", "period: {value: 2024}")
    outcome = take(root, [path], text)
    return [row["progress"] for row in rows(root, "status_reports")], outcome


def test_percent_is_read_from_headings_and_formats(root: Path) -> None:
    """40 below “Umsetzung in %” is 40 percent; shares of one are refused until a key says so."""
    assert progress(root, "Umsetzung in %", [40, "40 %"])[0] == ["40", "40"]
    shares = strategy(root / "shares")
    found, outcome = progress(shares, "Umsetzung in %", [0.25, 1])
    assert found == []
    assert "unit: Anteil" in outcome.left_out[0].cure.de
    told = strategy(root / "told")
    assert progress(told, "Umsetzung", [0.25, 1], ", unit: Anteil")[0] == ["25", "100"]


def test_money_does_not_fit_a_column_of_percent(root: Path) -> None:
    """“50 T€” in a column of percent is named, not taken for 50,000 percent."""
    found, outcome = progress(root, "Fortschritt", ["50 T€", 20])
    assert "50000" not in found
    assert outcome.left_out[0].value == "50 T€"


def test_a_unit_of_the_mapping_must_be_one(root: Path) -> None:
    """A misspelt unit is told with its line."""
    with pytest.raises(KlarplanError) as caught:
        imported(root, "Kosten", [1], ", unit: Tausender")
    assert caught.value.line == 7
    assert "T€" in caught.value.cure.de


def test_units_are_told_apart() -> None:
    """Scales, currencies and percent are read; a heading without a unit has none."""
    assert read_unit("Mio. CHF") == Unit(factor=1_000_000, currency="CHF", name="Mio. CHF")
    assert read_unit("Stück") is None
    assert unit_of_heading("Maßnahme (Kurztitel)") is None
    with pytest.raises(UnclearUnitError):
        unit_of_heading("Kosten > 10.000 €")


def test_cells_keep_literals_as_text(tmp_path: Path) -> None:
    """A number shown with a prefix is read with it, such as a number of a measure."""
    book = openpyxl.Workbook()
    cell = book.worksheets[0].cell(1, 1, 7)
    cell.number_format = '"M-"000'
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets([tmp_path / "a.xlsx"])
    assert sheet.rows[0].cells == ("M-007",)


def test_a_heading_that_only_looks_like_a_unit_can_be_overruled(root: Path) -> None:
    """“unit: cell” reads a column whose heading is unclear by its cells alone."""
    heading = "Kosten über 10.000 €"
    assert imported(root, heading, ["250 T€", "5"])[0] in ([], ["", ""])
    other = strategy(root / "other")
    assert imported(other, heading, ["250 T€", "5"], ", unit: cell")[0] == ["250000", "5"]
