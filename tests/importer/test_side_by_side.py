"""Columns that could be read in two ways, and what is left of rows with unreadable cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from klarplan.importer.files import read_sheets
from tests.importer.test_suggest import imported, suggested
from tests.support.importing import rows, strategy, take, workbook

HEAD = ["Nr.", "Maßnahme", "Handlungsfeld"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def told(root: Path) -> list[tuple[str, str, str, str]]:
    """The reports as (period, date, status, text)."""
    return [
        (row["period"], row["date"], row["status"], row["text"])
        for row in rows(root, "status_reports")
    ]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Status 2018", "Status 2019"], ["2018 2018-12-31", "2019 2019-12-31"]),
        (["Ampel 1. Halbjahr 2019", "Ampel Q3 2019"], ["2019-H1 2019-06-30", "2019-Q3 2019-09-30"]),
        (["Stand Dez. 2018", "Stand 30.06.2019"], [" 2018-12-31", " 2019-06-30"]),
    ],
)
def test_reports_side_by_side_speak_for_their_own_time(
    root: Path, headers: list[str], expected: list[str]
) -> None:
    """Two columns with a period or day in their headers become two reports of then."""
    imported(root, {"Liste": [[*HEAD, *headers], ["1", "Radweg", "Verkehr", "läuft", "erledigt"]]})
    assert [f"{period} {date}" for period, date, _, _ in told(root)] == expected
    assert [status for _, _, status, _ in told(root)] == ["running", "done"]


def test_reports_below_years_that_span_columns(root: Path) -> None:
    """A year above “Ampel” and “Bericht” dates both, for every year."""
    head = [[*HEAD, "2018", None, "2019", None], [None, None, None, *["Ampel", "Bericht"] * 2]]
    entry = ["1", "Halle", "Sport", "gelb", "Planung", "grün", "Bau"]
    path = workbook(root / "liste.xlsx", {"Liste": [*head, entry]})
    book = load_workbook(path)
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"):
        book["Liste"].merge_cells(area)
    book.save(path)
    take(root, [path], suggested(root, read_sheets([path])))
    assert [(period, text) for period, _, _, text in told(root)] == [
        ("2018", "Planung"),
        ("2019", "Bau"),
    ]


def test_a_status_in_words_is_read_rather_than_colours(root: Path) -> None:
    """Beside a column of words, a traffic light without words is named and not read."""
    head = [*HEAD, "Ampel", "Status", "Stand"]
    entry = ["1", "Radweg", "Verkehr", None, "erledigt", "30.06.2019"]
    other = ["2", "Busse", "Verkehr", None, "läuft", "30.06.2019"]
    path = workbook(root / "liste.xlsx", {"Liste": [head, entry, other]})
    book = load_workbook(path)
    book["Liste"]["D2"].fill = PatternFill("solid", fgColor="FFFF0000")
    book["Liste"]["D3"].fill = PatternFill("solid", fgColor="FF00B050")
    book.save(path)
    text = suggested(root, read_sheets([path]))
    take(root, [path], text)
    assert [status for _, _, status, _ in told(root)] == ["done", "running"]
    assert "Farben in „Ampel“" in text


@pytest.mark.parametrize("header", ["Umsetzungsstand in %", "Umsetzungsstand"])
def test_a_status_in_percent_is_progress(root: Path, header: str) -> None:
    """Numbers below a header for the status tell how much is done."""
    head = [*HEAD, header, "Stand"]
    imported(root, {"Liste": [head, ["1", "Radweg", "Verkehr", "40 %", "30.06.2019"]]})
    assert [row["progress"] for row in rows(root, "status_reports")] == ["40"]


def test_the_stretch_of_a_measure_is_no_period_of_reports(root: Path) -> None:
    """“Zeitraum” with years to come plans the measure; reports keep the date of the list."""
    head = [*HEAD, "Zeitraum", "Status", "Stand"]
    entry = ["1", "Radweg", "Verkehr", "2018-2030", "läuft", "30.06.2019"]
    _, outcome = imported(root, {"Liste": [head, entry]})
    assert outcome.left_out == ()
    assert [(period, date) for period, date, _, _ in told(root)] == [("", "2019-06-30")]


@pytest.mark.parametrize("amount", ["1,000", "12,500 €", "siehe Nr. 4", "n. n."])
def test_an_amount_that_is_refused_leaves_no_empty_row(root: Path, amount: str) -> None:
    """An unclear amount is named once, and no row without amounts is written."""
    entries = [["1", "A", "F", "2.000"], ["2", "B", "F", amount], ["3", "C", "F", "30"]]
    _, outcome = imported(root, {"Liste": [[*HEAD, "Kosten 2019"], *entries]})
    assert [row["planned"] for row in rows(root, "budget")] == ["2000", "30"]
    assert [one.value for one in outcome.left_out] == [amount]


@pytest.mark.parametrize("heading", ["Kosten 2019 (in Hunderttausend €)", "Kosten 2019 (100 €)"])
def test_a_column_of_unclear_amounts_leaves_no_empty_rows(root: Path, heading: str) -> None:
    """Where the unit of a whole column is unclear, it is named once, and no amount is written."""
    _, outcome = imported(root, {"Liste": [[*HEAD, heading], ["1", "A", "F", 2]]})
    assert rows(root, "budget") == []
    assert [one.place.column for one in outcome.left_out] == [heading]


@pytest.mark.parametrize("amount", ["300.-", "CHF 300.–", "300,--"])
def test_a_dash_for_no_cents(root: Path, amount: str) -> None:
    """The Swiss and German ways to write whole amounts are read."""
    imported(root, {"Liste": [[*HEAD, "Kosten 2019"], ["1", "A", "F", amount]]})
    assert [row["planned"] for row in rows(root, "budget")] == ["300"]


def test_an_amount_in_brackets_is_not_taken_as_positive(root: Path) -> None:
    """“(5.000)” means minus 5.000 to accountants; it is named instead."""
    entries = [["1", "A", "F", "2.000"], ["2", "B", "F", "(5.000)"]]
    _, outcome = imported(root, {"Liste": [[*HEAD, "Kosten 2019"], *entries]})
    assert [row["planned"] for row in rows(root, "budget")] == ["2000"]
    assert [one.value for one in outcome.left_out] == ["(5.000)"]


def test_a_refused_measure_is_told_once(root: Path) -> None:
    """Its reports and offices are not named again as if they were other faults."""
    head: list[Any] = [*HEAD, "Zuständig", "Status", "Stand", "Kosten 2019"]
    good = ["1", "A", "F", "Amt 1", "läuft", "30.06.2019", "5"]
    bad = ["2", "=1+1", "F", "Amt 2", "läuft", "30.06.2019", "5"]
    path = root / "liste.csv"
    lines = [";".join(map(str, row)) for row in (head, good, bad)]
    path.write_text("\n".join(lines), encoding="utf-8")
    outcome = take(root, [path], suggested(root, read_sheets([path])))
    assert [(one.place.row, one.whole_row) for one in outcome.left_out] == [(3, True)]


def test_a_sheet_that_counts_measures_lists_none(root: Path) -> None:
    """“Anzahl Maßnahmen” with numbers below makes no measures, and sheets stay the fields."""
    sheet = [["Nr.", "Maßnahme"], ["1", "Leitfaden"], ["2", "Beratung"]]
    count = [["Handlungsfeld", "Anzahl Maßnahmen"], ["Bildung", 2], ["Wohnen", 2]]
    second = [["Nr.", "Maßnahme"], ["1", "Rampe"], ["2", "Aufzug"]]
    imported(root, {"Bildung": sheet, "Wohnen": second, "Übersicht": count})
    assert [row["title"] for row in rows(root, "measures")] == [
        *("Leitfaden", "Beratung"),
        *("Rampe", "Aufzug"),
    ]
    assert [row["title"] for row in rows(root, "fields_of_action")] == ["Bildung", "Wohnen"]


def test_entries_above_the_first_section_keep_the_field_for_empty_ones(root: Path) -> None:
    """“if_empty” beside “section” gives its field to entries before the first heading."""
    text = """
sources:
  - from: Liste
    table: measures
    columns:
      official_id: Nr.
      title: Maßnahme
      field: {section: 1, if_empty: Allgemeines}
"""
    sheet = [["Nr.", "Maßnahme"], ["1", "A"], [], ["Kapitel 2: Energie"], ["2", "B"]]
    path = workbook(root / "liste.xlsx", {"Liste": sheet})
    take(root, [path], text)
    assert [row["title"] for row in rows(root, "fields_of_action")] == [
        "Allgemeines",
        "Kapitel 2: Energie",
    ]


def test_units_in_a_row_of_their_own_below_the_header(root: Path) -> None:
    """“[T€]” below “Kosten 2019” makes thousands, and the row is no entry."""
    sheet = [[*HEAD, "KOSTEN\n2019"], [None, None, None, "[T€]"], ["1", "A", "F", 120]]
    _, outcome = imported(root, {"Liste": sheet})
    assert [row["planned"] for row in rows(root, "budget")] == ["120000"]
    assert outcome.left_out == ()


def test_a_mapping_may_name_a_header_without_the_unit_below_it(root: Path) -> None:
    """The header as it stands in its row is known too."""
    text = """
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr., title: Maßnahme, field: Handlungsfeld}
  - from: Liste
    table: budget
    columns: {measure: Nr., year: {value: "2019"}, planned: Kosten}
"""
    sheet = [[*HEAD, "Kosten"], [None, None, None, "in Mio. €"], ["1", "A", "F", 1.5]]
    take(root, [workbook(root / "liste.xlsx", {"Liste": sheet})], text)
    assert [row["planned"] for row in rows(root, "budget")] == ["1500000"]


@pytest.mark.parametrize("names", [["Titel", "Kosten"], ["Handlungsfeld", "Verantwortlich"]])
def test_a_form_for_one_measure_is_no_list(root: Path, names: list[str]) -> None:
    """A sheet with names in its first column makes no measures out of those names."""
    sheet = [["Maßnahmensteckbrief"], ["Titel", "Radweg"], *[[name, "Amt 66"] for name in names]]
    path = workbook(root / "liste.xlsx", {"M1": sheet})
    text = suggested(root, read_sheets([path]))
    assert "sources: []" in text
    assert "Nicht erkannt: M1" in text


@pytest.mark.parametrize("header", ["Ist-Wert", "Ist-Stand", "Plan-Zahl"])
def test_values_of_indicators_are_no_money(root: Path, header: str) -> None:
    """“Ist-Wert” counts something else than euros; it is named as not read."""
    text, _ = imported(root, {"Liste": [[*HEAD, header], ["1", "A", "F", "12"]]})
    assert f"Nicht zugeordnet: {header}" in text
    assert "table: budget" not in text


def test_a_header_broken_by_a_hyphen_is_one_word(root: Path) -> None:
    """“HANDLUNGS-” above “FELD” in one cell is the field of action."""
    imported(root, {"Liste": [["Nr.", "Maßnahme", "HANDLUNGS-\nFELD"], ["1", "A", "Energie"]]})
    assert [row["title"] for row in rows(root, "fields_of_action")] == ["Energie"]


def test_priorities_counted_from_the_top_are_turned(root: Path) -> None:
    """Where the header says that 1 is high, 1 becomes 5, and the suggestion says so."""
    head = [*HEAD, "Priorität (1 = hoch)"]
    entries = [[str(n), f"V{n}", "F", n] for n in (1, 2, 3)]
    text, _ = imported(root, {"Liste": [head, *entries]})
    assert [row["priority"] for row in rows(root, "measures")] == ["5", "3", "1"]
    assert "geraten: 1 ist das Höchste" in text


def test_priorities_in_mere_numbers_are_doubted(root: Path) -> None:
    """Where nothing says which number is the highest, the suggestion asks to look."""
    text, _ = imported(root, {"Liste": [[*HEAD, "Priorität"], ["1", "A", "F", 1]]})
    assert "In Klarplan ist 5 das Höchste" in text


@pytest.mark.parametrize("width", [3, 6])
def test_a_list_that_lies_on_its_side_makes_no_measures(root: Path, width: int) -> None:
    """Where headers stand in the first column, “Handlungsfeld” and “Kosten” are no measures."""
    numbers = range(1, width + 1)
    table: list[list[Any]] = [
        ["Nr.", *numbers],
        ["Maßnahme", *(f"Ding {n}" for n in numbers)],
        ["Handlungsfeld", *("Klima" for _ in numbers)],
        ["Ende", *("2027" for _ in numbers)],
        ["Kosten", *numbers],
    ]
    text = suggested(root, read_sheets([workbook(root / "liste.xlsx", {"Liste": table})]))
    assert "Nicht erkannt: Liste" in text
    assert "table: measures" not in text


def test_words_of_headers_in_the_first_column_do_not_hide_a_list(root: Path) -> None:
    """A column of kinds such as “Projekt” and “Maßnahme” is no column of headers."""
    table: list[list[Any]] = [["Art", "Titel", "Handlungsfeld", "Ende", "Amt"]]
    table += [["Projekt", f"Ding {n}", "Klima", "2027", "Amt 61"] for n in range(4)]
    text = suggested(root, read_sheets([workbook(root / "liste.xlsx", {"Liste": table})]))
    assert "table: measures" in text
