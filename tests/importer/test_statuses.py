"""Statuses that a list tells by symbols, numbers, crosses or words with something around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from klarplan.importer.files import read_sheets
from klarplan.importer.suggest_statuses import UNKNOWN, Meanings, meaning
from tests.importer.test_suggest import imported, suggested
from tests.support.importing import TODAY, rows, strategy, take, workbook

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


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (["in Bearbeitung, 50 %", "erledigt"], ["in Bearbeitung, 50 %", "erledigt"]),
        (["erledigt am 03.02.2025", "läuft"], ["erledigt am 03.02.2025", "läuft"]),
        (["läuft", "erledigt"], ["", ""]),
    ],
)
def test_what_a_status_says_besides_is_kept_as_text(
    root: Path, words: list[Any], texts: list[str]
) -> None:
    """A share, a date or another word in the column of the status is not lost."""
    imported(root, {"Liste": [STAND, [*HEAD, "Status"], *entries(words)]})
    assert [row["text"] for row in rows(root, "status_reports")] == texts


@pytest.mark.parametrize("mark", ["x", "✓", "☒"])
@pytest.mark.parametrize("spanned", [True, False])
def test_a_column_for_each_status_with_a_cross_in_it(root: Path, mark: str, spanned: bool) -> None:
    """The header of the crossed column is the status; no cross makes no report."""
    words = ["geplant", "in Umsetzung", "umgesetzt"]
    heads = [[*HEAD, *words]]
    if spanned:
        heads = [[*HEAD, "Umsetzungsstand", None, None], [None, None, None, *words]]
    crosses = [[mark, None, None], [None, mark, None], [None, None, mark], [None, None, None]]
    table = [[n, f"P{n}", "Verkehr", *cells] for n, cells in enumerate(crosses, start=1)]
    text, outcome = imported(root, {"Liste": [STAND, *heads, *table]})
    assert statuses(root) == ["planned", "running", "done"]
    assert "geraten: je Status eine Spalte" in text
    assert outcome.unused == outcome.left_out == ()
    assert imported(root, {"Liste": [STAND, *heads, *table]})[1].files == {}


def test_two_crosses_in_a_row_are_named(root: Path) -> None:
    """Where two statuses are crossed, neither is taken; what is more than a cross is told."""
    head = [*HEAD, "geplant", "läuft", "erledigt"]
    table: list[list[Any]] = [
        *([1, "A", "V", "x", "x", None], [2, "B", "V", None, None, "x (2024)"]),
        *([3, "C", "V", None, "x", None], [4, "D", "V", None, "x", "-"]),
        *([n, f"E{n}", "V", None, None, "x"] for n in (5, 6, 7, 8)),
    ]
    _, outcome = imported(root, {"Liste": [STAND, head, *table]})
    assert [(one.place.row, one.value) for one in outcome.left_out] == [(3, "geplant · läuft")]
    assert statuses(root)[:3] == ["done", "running", "running"]
    assert [place.row for place, text in outcome.remarks if "x (2024)" in text.de] == [4]


def test_reports_bring_their_measures_to_a_new_strategy(root: Path) -> None:
    """A workbook with nothing but “Sachstand” makes the measures that it reports on."""
    head = ["Kennziffer", "Maßnahme", "Ampel", "Sachstand"]
    lines = [STAND, head, ["A.1", "Hitzeschutz", "grün", "Läuft"], ["A.2", "Moore", "rot", ""]]
    _, outcome = imported(root, {"Sachstandsliste": lines})
    assert [row["title"] for row in rows(root, "measures")] == ["Hitzeschutz", "Moore"]
    assert statuses(root) == ["running", "critical"]
    assert outcome.left_out == ()


@pytest.mark.parametrize(
    "text",
    [
        "erledigt (Teil 1)",
        "fertig (50 %)",
        "abgeschlossen bis 2027",
        "umgesetzt ab Q2 2027",
        "abgeschlossen Phase 1",
        "eingestellt (vorläufig)",
        "noch erledigt",
        "fertig Ende 2028",
    ],
)
def test_what_leaves_something_to_do_is_not_done(text: str) -> None:
    """A part, a share, a time to come or a reserve beside “erledigt” makes it a question."""
    assert Meanings(None, today=TODAY).of(text)[0] == UNKNOWN


@pytest.mark.parametrize("text", ["im Plan (verzögert)", "offen (läuft)", "grün (gelb)"])
def test_brackets_with_another_status_are_a_question(text: str) -> None:
    """Where word and brackets name two statuses, neither is taken."""
    assert meaning(text) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("erledigt (03/2025)", "done"),
        ("abgeschlossen (siehe Vorlage 3)", "done"),
        ("fertig (100 %)", "done"),
        ("erledigt Mai 2025", "done"),
        ("2 – in Arbeit (50 %)", "running"),
        ("verzögert (Personal)", "delayed"),
    ],
)
def test_dates_and_references_leave_a_status_as_it_is(text: str, status: str) -> None:
    """What says when something was done, or where to read of it, does not doubt it."""
    assert Meanings(None, today=TODAY).of(text)[0] == status
