"""Columns that are not taken over are named with what they are and how a mapping takes them in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.importer.test_suggest import imported
from tests.support.importing import problems, rows, strategy, take, workbook

STAND = ["Stand: 30.06.2026"]
MEASURES = """\
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr, title: Maßnahme, field: {value: Alles}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def table(title: str, cells: list[Any]) -> list[list[Any]]:
    """A list with one further column, for a day."""
    head = ["Nr", "Maßnahme", title]
    return [STAND, head, *([n, f"Vorhaben {n}", cell] for n, cell in enumerate(cells, start=1))]


@pytest.mark.parametrize(
    ("title", "how"),
    [
        ("Wert 2024", "„table: indicator_values“ liest ihn als „value“"),
        ("Ist-Wert (t CO2) 2023", "„table: indicator_values“ liest ihn als „value“"),
        ("Ziel 2030", "„table: indicator_targets“ liest ihn als „value“"),
        ("Zielwert", "„table: indicator_targets“ liest ihn als „value“"),
        ("Ausgangswert", "„table: indicators“ liest ihn als „baseline_value“"),
    ],
)
def test_values_of_indicators_say_which_table_takes_them(root: Path, title: str, how: str) -> None:
    """Numbers of an indicator in a list of measures are named with the table and its column."""
    text, outcome = imported(root, {"Liste": table(title, [5, 7])})
    assert [unused.column for unused in outcome.unused] == [title]
    assert f"Nicht zugeordnet: {title} (Wert einer Kennzahl: eine Quelle mit {how}" in text


def test_values_of_indicators_are_taken_as_the_suggestion_says(root: Path) -> None:
    """Sources for indicators, values and targets, written as told, take over the columns."""
    head = ["Nr", "Maßnahme", "Kennzahl", "Wert 2024", "Ziel 2030"]
    text = (
        MEASURES
        + """\
  - from: Liste
    table: indicators
    columns: {title: Kennzahl}
  - from: Liste
    table: indicator_values
    columns: {indicator: Kennzahl, date: {value: 2024-12-31}, value: Wert 2024}
  - from: Liste
    table: indicator_targets
    columns: {indicator: Kennzahl, date: {value: 2030-12-31}, value: Ziel 2030}
"""
    )
    listed = {"Liste": [head, [1, "Radweg", "Wege in km", 12, 20]]}
    outcome = take(root, [workbook(root / "a.xlsx", listed)], text)
    assert (outcome.left_out, outcome.unused) == ((), ())
    assert [v["value"] for v in rows(root, "indicator_values")] == ["12"]
    assert [(t["date"], t["value"]) for t in rows(root, "indicator_targets")] == [
        ("2030-12-31", "20")
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Verausgabt bis 31.12.2025",
        "Ausgaben bis Ende 2025 (€)",
        "Mittelabfluss kumuliert 2025",
        "Ausgaben gesamt seit 2020",
        "Kosten bis 2030",
        "Ausgaben (Stand 31.12.2025)",
    ],
)
def test_amounts_that_add_up_are_no_amounts_of_a_year(root: Path, title: str) -> None:
    """What was spent up to a day is not spent in its year; the column is named instead."""
    text, outcome = imported(root, {"Liste": table(title, [1000, 2000])})
    assert rows(root, "budget") == []
    assert [unused.column for unused in outcome.unused] == [title]
    assert f"Nicht zugeordnet: {title} (aufgelaufen, nicht der Betrag eines Jahres" in text


@pytest.mark.parametrize("title", ["Mittelabfluss kumuliert", "Ausgaben gesamt", "Ist bisher"])
def test_amounts_that_add_up_without_a_year_are_asked_for_it(root: Path, title: str) -> None:
    """Without a day in the header the year stays open, and they are said to add up."""
    text, outcome = imported(root, {"Liste": table(title, [1000])})
    assert rows(root, "budget") == []
    assert [(item.place.column, item.value) for item in outcome.left_out] == [(title, "1000")]
    assert f"„{title}“ nennt keines; sie laufen über mehrere Jahre auf." in text


@pytest.mark.parametrize("title", ["davon Förderung", "davon Eigenmittel 2026", "Davon: Land"])
def test_parts_of_an_amount_are_named(root: Path, title: str) -> None:
    """“davon …” is not added to the amount that it is a part of."""
    text, outcome = imported(root, {"Liste": table(title, [1000, 2000])})
    assert rows(root, "budget") == []
    assert [unused.column for unused in outcome.unused] == [title]
    assert f"{title} (Teil eines anderen Betrags" in text


@pytest.mark.parametrize(
    "others", [[], ["Bemerkungen"], ["Status"]], ids=["alone", "remarks", "status"]
)
def test_a_stand_without_days_is_the_text_of_a_report(root: Path, others: list[str]) -> None:
    """“Stand” with sentences below it tells how a measure stands; its remarks stay named."""
    head = ["Nr", "Maßnahme", "Stand", *others]
    listed = [
        STAND,
        head,
        [1, "Radweg", "Die Planung ist fertig", *["in Umsetzung" for _ in others]],
    ]
    imported(root, {"Liste": listed})
    (report,) = rows(root, "status_reports")
    assert (report["date"], report["text"]) == ("2026-06-30", "Die Planung ist fertig")


def test_a_stand_without_days_on_a_sheet_of_reports_is_its_text(root: Path) -> None:
    """So it is on a sheet of its own."""
    listed = [["Nr", "Maßnahme"], [1, "Radweg"], [2, "Bus"]]
    told = [
        STAND,
        ["Nr", "Status", "Stand"],
        [1, "in Umsetzung", "Läuft"],
        [2, "geplant", "Wartet"],
    ]
    imported(root, {"Maßnahmen": listed, "Sachstand": told})
    assert [r["text"] for r in rows(root, "status_reports")] == ["Läuft", "Wartet"]


@pytest.mark.parametrize("title", ["Zeithorizont", "Umsetzung bis", "Laufzeit", "Fristigkeit"])
def test_words_for_how_soon_are_named_with_their_number(root: Path, title: str) -> None:
    """A column of kurzfristig and langfristig is named with its words and the key to date them."""
    cells = ["kurzfristig", "langfristig", "kurzfristig", "mittel- bis langfristig"]
    text, outcome = imported(root, {"Liste": table(title, cells)})
    assert [unused.column for unused in outcome.unused] == [title]
    assert f"Nicht zugeordnet: {title} („kurzfristig“ 2-mal, „langfristig“ 1-mal" in text
    assert "„values: {kurzfristig: JJJJ" in text


@pytest.mark.parametrize("title", ["Umsetzung bis", "Ende", "Zieltermin"])
def test_dates_among_such_words_are_taken(root: Path, title: str) -> None:
    """One date in the column is enough to read it; the words are left out, each with its cure."""
    text, outcome = imported(root, {"Liste": table(title, ["kurzfristig", "Q4 2027", "langfr."])})
    assert [m["planned_end"] for m in rows(root, "measures")] == ["", "2027-12-31", ""]
    assert problems(outcome) == [
        ("liste.xlsx/Liste", 3, title, "kurzfristig"),
        ("liste.xlsx/Liste", 5, title, "langfr."),
    ]
    assert "„kurzfristig: Q4 2027“" in outcome.left_out[0].cure.de
    assert f"Ohne Tag in „{title}“: „kurzfristig“ 1-mal" in text
    dated = text.replace(f"planned_end: {title}", f"planned_end: {{column: {title}, VALUES}}")
    dated = dated.replace("VALUES", "values: {kurzfristig: Q4 2026, langfr.: 2035}")
    assert take(root, [root / "liste.xlsx"], dated).left_out == ()
    told = [(m["planned_end"], m["end_precision"]) for m in rows(root, "measures")]
    assert told == [("2026-12-31", "quarter"), ("2027-12-31", "quarter"), ("2035-12-31", "year")]


def test_columns_for_how_soon_say_how_their_crosses_are_read(root: Path) -> None:
    """Columns kurzfristig, mittelfristig and langfristig are read by “marked”, as is told."""
    soon = ["kurzfristig", "mittelfristig", "langfristig"]
    listed = [["Nr", "Maßnahme", *soon], [1, "A", "x", "", ""], [2, "B", "", "", "x"]]
    text, outcome = imported(root, {"Liste": listed})
    assert [unused.column for unused in outcome.unused] == ["kurzfristig", "langfristig"]
    assert "kurzfristig (Kreuze je Zeitraum? „planned_end“ mit „marked“" in text
    ends = "planned_end: {marked: [kurzfristig, mittelfristig, langfristig], values: VALUES}"
    ends = ends.replace("VALUES", "{kurzfristig: 2027, mittelfristig: 2030, langfristig: 2035}")
    dated = MEASURES.replace("Alles}}", f"Alles}}, {ends}}}")
    take(root, [root / "liste.xlsx"], dated)
    assert [m["planned_end"] for m in rows(root, "measures")] == ["2027-12-31", "2035-12-31"]


@pytest.mark.parametrize(
    ("title", "table_"),
    [
        ("Ist 2024", "indicator_values"),
        ("2024", "indicator_values"),
        ("Ziel 2030", "indicator_targets"),
        ("Soll 2030", "indicator_targets"),
    ],
)
def test_values_on_a_sheet_of_indicators_are_no_money(root: Path, title: str, table_: str) -> None:
    """The advice for “Ist 2024” among indicators names their values, never the budget."""
    sheets = {
        "Kennzahlen": [["Kennzahl", "Einheit", title], ["CO2", "t", 900], ["Rad", "%", 22]],
        "Liste": [["Nr", "Maßnahme"], [1, "A"], [2, "B"]],
    }
    text, _ = imported(root, sheets)
    assert "budget" not in text
    assert f"{title} (Wert einer Kennzahl: eine Quelle mit „table: {table_}“" in text
