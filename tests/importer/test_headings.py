"""Headings that town halls use are recognised, and what is a guess is marked as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.files import read_sheets
from klarplan.importer.mapping import ImportMapping
from klarplan.importer.mapping_file import read_mapping
from klarplan.importer.suggest import suggest_mapping
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import read_descriptor
from tests.support.importing import (
    TODAY,
    german_csv,
    mapping,
    rows,
    strategy,
    take,
    with_year,
    workbook,
)

VALUES: Mapping[str, tuple[str, str]] = {
    "measures.planned_start": ("2024", "01.02.2025"),
    "measures.planned_end": ("2026", "31.12.2027"),
    "measures.field": ("Verkehr", "Bildung"),
    "measures.official_id": ("1", "2"),
    "measures.summary": ("Ein Weg für Räder", "Mehr Busse"),
    "responsibilities.organisation": ("Bauamt", "Amt 20"),
    "budget.planned": ("50.000 €", "1.000"),
    "budget.spent": ("50.000 €", "1.000"),
    "status_reports.date": ("30.09.2026", "01.10.2026"),
    "status_reports.progress": ("30 %", "55"),
    "status_reports.text": ("Läuft", "Beginn"),
}
HEADINGS = [
    *(("Kosten", "budget.planned"), ("Budget", "budget.planned"), ("Costs", "budget.planned")),
    *(("Ansatz 2026", "budget.planned"), ("Kostenschätzung", "budget.planned")),
    *(("Ist 2025", "budget.spent"), ("Ausgaben 2025", "budget.spent")),
    *((name, "responsibilities.organisation") for name in ("Zuständige Stelle(n)", "Federführung")),
    *((name, "responsibilities.organisation") for name in ("Federführung/FF", "FF", "Dezernat")),
    *((name, "responsibilities.organisation") for name in ("Umsetzungsverantwortung", "Direktion")),
    *((name, "responsibilities.organisation") for name in ("Zuständigkeit", "Responsible")),
    *(("Umsetzungsbeginn", "measures.planned_start"), ("Start date", "measures.planned_start")),
    *(("Zieldatum", "measures.planned_end"), ("Due date", "measures.planned_end")),
    *(("Politikfeld", "measures.field"), ("Policy field", "measures.field")),
    *(("Lfd. Nr.", "measures.official_id"), ("No.", "measures.official_id")),
    *(("Beschrieb", "measures.summary"), ("Description", "measures.summary")),
    *(("Letzte Aktualisierung", "status_reports.date"), ("Last update", "status_reports.date")),
    *(("Fortschritt", "status_reports.progress"), ("Progress", "status_reports.progress")),
    *(("Umsetzungsgrad in %", "status_reports.progress"),),
    *(("Bemerkungen", "status_reports.text"), ("Comments", "status_reports.text")),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "s")


def suggested(root: Path, table: list[list[Any]]) -> tuple[str, ImportMapping]:
    """The mapping suggested for a list, as text and as it is read."""
    path = workbook(root / "liste.xlsx", {"Tabelle1": table})
    statuses, _ = csv_reader.read(root / "data" / "statuses.csv", "statuses", "statuses.csv")
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), statuses, TODAY)
    return text, read_mapping(mapping(root / "z.yml", text), read_descriptor(root), {})


@pytest.mark.parametrize(("heading", "place"), HEADINGS)
@pytest.mark.parametrize("title", ["Maßnahme", "Massnahme", "Measure"])
def test_a_heading_is_recognised(root: Path, title: str, heading: str, place: str) -> None:
    """Each usual heading beside a title and a status goes to its column, whatever the language."""
    cells = VALUES[place]
    head = [title, "Status", heading]
    table = [head, ["Radweg", "running", cells[0]], ["Busse", "done", cells[1]]]
    _, read = suggested(root, table)
    found = {
        f"{source.table}.{rule.target}"
        for source in read.sources
        for rule in source.rules
        if rule.column == heading and rule.target != "measure"
    }
    assert found == {place}


@pytest.mark.parametrize("title", ["Kosten", "Budget (T€)", "Ausgaben"])
def test_a_year_that_the_list_does_not_tell_is_asked_for(root: Path, title: str) -> None:
    """No amount is taken until the mapping tells the year; column, cells and cure are named."""
    text, read = suggested(root, [["Nr.", "Maßnahme", title], [1, "A", 50], [2, "B", 70]])
    (money,) = [source for source in read.sources if source.table == "budget"]
    assert money.rule("year") is None
    (left,) = take(root, [root / "liste.xlsx"], text).left_out
    assert (left.place.row, left.place.column, left.value) == (1, title, "50 · 70")
    assert f"Quelle in Zeile {money.line} " in left.cure.de
    assert "„year: {value: JJJJ}“" in left.cure.de
    assert rows(root, "budget") == []
    assert len(rows(root, "measures")) == 2
    assert take(root, [root / "liste.xlsx"], with_year(text, 2027)).left_out == ()
    assert [row["year"] for row in rows(root, "budget")] == ["2027", "2027"]


def test_a_column_without_a_year_beside_one_with_it_is_not_proposed(root: Path) -> None:
    """“Ansatz 2027” gets its own year, and “Kosten” beside it may be the total."""
    table = [["Nr.", "Maßnahme", "Kosten", "Ansatz 2027"], [1, "A", 50, 20], [2, "B", 70, 30]]
    text, read = suggested(root, table)
    (money,) = [source for source in read.sources if source.table == "budget"]
    assert [rule.value for rule in money.rules if rule.target == "year"] == ["2027"]
    assert "# Nicht zugeordnet: Kosten (ohne Jahr" in text


def test_a_column_of_years_dates_the_money(root: Path) -> None:
    """A column “Jahr” beside the amounts is their year."""
    table = [["Nr.", "Maßnahme", "Jahr", "Budget"], [1, "A", 2025, "50.000 €"], [2, "B", 2026, 7]]
    text, _ = suggested(root, table)
    assert take(root, [root / "liste.xlsx"], text).left_out == ()
    assert [(b["year"], b["planned"]) for b in rows(root, "budget")] == [
        *(("2025", "50000"), ("2026", "7"))
    ]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("completed", "done"),
        ("In Progress", "running"),
        ("weiß", "planned"),
        ("Sistiert", "paused"),
    ],
)
def test_status_words_may_be_english(root: Path, word: str, status: str) -> None:
    """The English label of a status counts, in the strategy's own list and in the usual one."""
    table = [["Stand: 30.09.2026"], ["Nr.", "Maßnahme", "Status"], [1, "A", word]]
    text, _ = suggested(root, table)
    take(root, [root / "liste.xlsx"], text)
    assert rows(root, "status_reports")[0]["status"] == status


@pytest.mark.parametrize("heading", ["Stand", "Fortschritt", "Umsetzungsgrad"])
def test_a_heading_of_two_meanings_is_read_by_its_cells(root: Path, heading: str) -> None:
    """“Stand” with words for a status is no date, “Fortschritt” with words no number."""
    table = [["Nr.", "Maßnahme", heading], [1, "A", "in Umsetzung"], [2, "B", "erledigt"]]
    _, read = suggested(root, table)
    (reports,) = [source for source in read.sources if source.table == "status_reports"]
    assert {rule.target: rule.column for rule in reports.rules}["status"] == heading


@pytest.mark.parametrize("word", ["Daueraufgabe", "fortlaufend", "dauerhaft"])
def test_a_status_may_say_that_a_task_is_permanent(root: Path, word: str) -> None:
    """“Daueraufgabe” as a status is work under way, and the measure a permanent task."""
    table = [["Stand: 30.09.2026"], ["Nr.", "Maßnahme", "Status"], [1, "A", word], [2, "B", "neu"]]
    text, _ = suggested(root, table)
    assert take(root, [root / "liste.xlsx"], text).left_out == ()
    assert [m["type"] for m in rows(root, "measures")] == ["permanent", ""]
    assert [r["status"] for r in rows(root, "status_reports")] == ["running", "planned"]


def test_offices_are_taken_apart_where_the_list_shows_it(root: Path) -> None:
    """Separators between what looks like offices are proposed, others are asked about."""
    table = [
        ["Nr.", "Maßnahme", "Zuständig", "Beteiligte"],
        [1, "A", "Amt 61 (FF), Amt 20", "Verein für Bildung, Kunst"],
        [2, "B", "Amt 20 u. Amt 65", "Klima & Umwelt gGmbH"],
    ]
    text, read = suggested(root, table)
    split = {rule.column: rule.split for s in read.sources for rule in s.rules if rule.split}
    assert split == {"Zuständig": (",", " u. ")}
    assert "# „,“ in „Beteiligte“ kann zu einem Namen gehören" in text
    assert "# Rolle; geraten" in text


def test_goals_are_no_measures(root: Path) -> None:
    """A list of goals alone is suggested as goals."""
    path = german_csv(root / "ziele.csv", [("Ziel", "Beschreibung"), ("Weniger Lärm", "Text")])
    text = suggest_mapping(read_sheets([path]), read_descriptor(root), None, TODAY)
    assert "table: goals" in text
    assert "table: measures" not in text
