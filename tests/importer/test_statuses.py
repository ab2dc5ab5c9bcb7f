"""Statuses that a list tells by symbols, numbers, crosses or words with something around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from klarplan.importer.files import read_sheets
from tests.importer.test_suggest import imported, suggested
from tests.support.importing import rows, strategy, take, workbook

HEAD: list[Any] = ["Nr.", "Maßnahme", "Handlungsfeld"]
STAND: list[Any] = ["Stand: 30.06.2026"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def entries(texts: list[Any]) -> list[list[Any]]:
    """Measures with these cells in their last column."""
    return [[n, f"Projekt {n}", "Verkehr", text] for n, text in enumerate(texts, start=1)]


def statuses(root: Path) -> list[str]:
    """The statuses of all reports."""
    return [row["status"] for row in rows(root, "status_reports")]


@pytest.mark.parametrize("heading", ["Stand", "Umsetzungsstand", "Ampel", "Fortschritt"])
@pytest.mark.parametrize(
    ("texts", "legend"),
    [
        (["✔", "●", "▲"], "Legende: ✔ abgeschlossen, ● in Umsetzung, ▲ verzögert"),
        ([3, 2, 1], "1 = verzögert; 2 = läuft; 3 = erledigt"),
        (["E", "L", "V"], "E: erledigt | L: in Arbeit | V: in Verzug"),
    ],
)
def test_a_legend_explains_symbols_and_numbers(
    root: Path, heading: str, texts: list[Any], legend: str
) -> None:
    """What a legend below the list says of a sign is its status, whatever the column is called."""
    text, _ = imported(root, {"Liste": [STAND, [*HEAD, heading], *entries(texts), [], [legend]]})
    assert statuses(root) == ["done", "running", "delayed"]
    assert "geraten: Legende" in text


def test_a_legend_may_be_a_table_on_another_sheet(root: Path) -> None:
    """“1” beside “im Plan” on a sheet of its own explains the traffic light."""
    legend = [["Ampel"], [1, "im Plan"], [2, "verzögert"], [3, "abgeschlossen"]]
    lists = {"Liste": [STAND, [*HEAD, "Ampel"], *entries([3, 1, 2])], "Legende": legend}
    imported(root, lists)
    assert statuses(root) == ["done", "running", "delayed"]


@pytest.mark.parametrize("heading", ["Ampel", "Umsetzungsgrad", "Fortschritt"])
def test_grades_without_a_legend_are_no_percent(root: Path, heading: str) -> None:
    """A column of 1 to 3 that nothing explains is marked or named, and makes no 3 percent."""
    text, _ = imported(root, {"Liste": [STAND, [*HEAD, heading], *entries([1, 3, 2])]})
    assert {row["progress"] for row in rows(root, "status_reports")} <= {""}
    assert "bitte prüfen" in text or "Stufen oder Prozent?" in text


@pytest.mark.parametrize(
    ("font", "texts"),
    [("Wingdings", "ülû"), ("Wingdings 2", "P\u0098O"), ("Webdings", "anr")],
)
def test_letters_in_a_font_of_symbols_are_what_they_show(root: Path, font: str, texts: str) -> None:
    """“ü” in Wingdings is a tick, in the status as in a legend."""
    lines = [STAND, [*HEAD, "Status"], *entries(list(texts)), [], [None, "● in Arbeit"]]
    path = workbook(root / "liste.xlsx", {"Liste": lines})
    book = load_workbook(path)
    for row in (3, 4, 5):
        book["Liste"].cell(row, 4).font = Font(name=font)
    book.save(path)
    take(root, [path], suggested(root, read_sheets([path])))
    assert statuses(root) == ["done", "running", "stopped"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("teilweise umgesetzt", "running"),
        ("Teils umgesetzt", "running"),
        ("in Arbeit (siehe Bemerkung)", "running"),
        ("in Bearbeitung, 50 %", "running"),
        ("3 - abgeschlossen", "done"),
        ("✔ erledigt", "done"),
        ("erledigt am 03.02.2025", "done"),
        ("umgesetzt seit Mai 2024", "done"),
        ("noch offen", "planned"),
        ("Amber", "delayed"),
        ("Planung fertig, Bau läuft", "unknown"),
        ("nicht umgesetzt", "unknown"),
        ("fast fertig", "unknown"),
    ],
)
def test_what_stands_around_a_status_does_not_count(root: Path, word: str, status: str) -> None:
    """Brackets, numbers, dates and shares are set aside; other words make it a question."""
    text, _ = imported(root, {"Liste": [STAND, [*HEAD, "Status"], *entries([word])]})
    assert statuses(root) == [status]
    assert "geraten" in text if status != "unknown" else "bitte prüfen" in text


def test_reports_bring_their_measures_to_a_new_strategy(root: Path) -> None:
    """A workbook with nothing but “Sachstand” makes the measures that it reports on."""
    head = ["Kennziffer", "Maßnahme", "Ampel", "Sachstand"]
    lines = [STAND, head, ["A.1", "Hitzeschutz", "grün", "Läuft"], ["A.2", "Moore", "rot", ""]]
    _, outcome = imported(root, {"Sachstandsliste": lines})
    assert [row["title"] for row in rows(root, "measures")] == ["Hitzeschutz", "Moore"]
    assert statuses(root) == ["running", "critical"]
    assert outcome.left_out == ()
