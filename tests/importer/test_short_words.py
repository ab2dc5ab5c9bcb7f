"""Heads and words that lists cut short, break or set signs beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.guess import is_span, key_of
from klarplan.importer.suggest_offices import role_of
from klarplan.importer.suggest_statuses import meaning
from tests.importer.test_suggest import imported
from tests.support.importing import rows, strategy, take, with_year, workbook


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("fed. Amt", "federführendes amt"),
        ("Zust. Stelle", "zuständige stelle"),
        ("Bez. d. Maßn.", "bezeichnung der massnahme"),
        ("Maßn.-Nr.", "massnahme nr"),
        ("Fortschr.", "fortschritt"),
        ("Umsetzungs-\nzeitraum (von/bis)", "umsetzungszeitraum (von bis)"),
        ("Lfd. Nr.", "lfd nr"),
        ("Std.", "std"),
        ("z. B. so", "z b so"),
    ],
)
def test_a_head_cut_short_or_broken_is_read_whole(title: str, key: str) -> None:
    """A word with a stop is the known one that begins so; what could be several stays as it is."""
    assert key_of(key_of(title)) == key_of(key)


def test_what_short_heads_stand_for() -> None:
    """They have the role of the whole words, and stretches of time are known with “von/bis”."""
    assert [role_of(t) for t in ("fed. Amt", "weitere Bet.", "Abt.")] == ["lead", "partner", "lead"]
    assert is_span(key_of("Umsetzungs-\nzeitraum (von/bis)"))
    assert is_span(key_of("von – bis".replace("–", "-")))
    assert not is_span(key_of("von"))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("abgeschl.", "done"),
        ("abgeschl. 12/2025", "done"),
        ("erledigt ✔", "done"),
        ("✔ erledigt", "done"),
        ("i. B.", "running"),
        ("lfd.", "running"),
        ("zurückgest.", "paused"),
        ("n. begonnen", "planned"),
        ("grau (noch n. begonnen)", "planned"),
        ("grün ●", "running"),
        ("i. V.", "unknown"),
        ("erledigt ✗", "unknown"),
        ("🔴 in Umsetzung", "unknown"),
        ("abgeschl. (Teil 1)", "unknown"),
        ("grau", "unknown"),
    ],
)
def test_a_status_cut_short_or_with_a_sign(text: str, status: str) -> None:
    """It is read where it can mean one thing only; a sign that says otherwise makes it doubtful."""
    assert meaning(text) == status


def test_an_unknown_workbook_is_proposed_as_it_is_meant(root: Path) -> None:
    """Two-line heads, short names of offices, numbers of goals and shares find their columns."""
    head: list[Any] = ["Lfd. Nr.", "Bez. d. Maßn.", "Handlungsfeld", "fed. Amt"]
    head += ["Umsetzungs-\nzeitraum (von/bis)", "Ampel", "Stand\nin %"]
    measures = [
        ["Stand: 30.09.2026"],
        head,
        [1.1, "Radweg", "Wege", "FB III", "Q2/2026 – 2028", "grün", 20],
        [1.2, "Bus", "Wege", "FB I, FB III", "lfd.", "erledigt ✔", 100],
    ]
    goals = [
        ["Ziel-Nr.", "Strategisches Ziel", "Erläuterung"],
        ["Z1", "Mehr Wege ohne Auto", "Mit Rad und Bus."],
    ]
    offices = [
        ["Kürzel", "Bezeichnung", "E-Mail"],
        ["FB I", "Zentrale Dienste", "fb1@musterstadt.example"],
        ["FB III", "Bauen und Umwelt", "fb3@musterstadt.example"],
    ]
    text, outcome = imported(root, {"Maßnahmen": measures, "Ziele": goals, "Ämter": offices})
    assert not outcome.left_out
    assert [(m["official_id"], m["start_precision"]) for m in rows(root, "measures")] == [
        ("1.1", "quarter"),
        ("1.2", ""),
    ]
    assert [(r["status"], r["progress"]) for r in rows(root, "status_reports")] == [
        ("running", "20"),
        ("done", "100"),
    ]
    assert [goal["title"] for goal in rows(root, "goals")] == ["Mehr Wege ohne Auto"]
    named = [(row["name"], row["functional_email"]) for row in rows(root, "organisations")]
    assert named == [
        ("Zentrale Dienste", "fb1@musterstadt.example"),
        ("Bauen und Umwelt", "fb3@musterstadt.example"),
    ], "offices called by their short names are no further ones"
    assert "keine von Personen" in text


def test_a_total_beside_years_is_told_and_not_doubled(root: Path) -> None:
    """It has no year; the mapping says why it stays out."""
    cells: list[list[Any]] = [
        ["Nr.", "Maßnahme", "Handlungsfeld", "Kosten gesamt (T€)", "Kosten 2026 (T€)"],
        ["1", "Radweg", "Wege", 1250, 150],
    ]
    text, _ = imported(root, {"Maßnahmen": cells})
    assert "Nicht zugeordnet: Kosten gesamt (T€) (Gesamtbetrag ohne Jahr" in text
    assert [(r["year"], r["planned"]) for r in rows(root, "budget")] == [("2026", "150000")]


def test_reports_without_a_period_make_no_report_and_that_is_told(root: Path) -> None:
    """The import says why no report to the council comes of it, and what helps."""
    cells: list[list[Any]] = [
        ["Stand: 30.09.2026"],
        ["Nr.", "Maßnahme", "Handlungsfeld", "Ampel"],
        ["1", "Radweg", "Wege", "grün"],
    ]
    _, outcome = imported(root, {"Maßnahmen": cells})
    assert sum("Keine Meldung nennt einen Zeitraum" in t.de for _, t in outcome.remarks) == 1


def test_with_a_period_nothing_is_told_of_it(root: Path) -> None:
    """Where one report names its period, there is a report."""
    measures = [["Nr.", "Maßnahme", "Handlungsfeld"], ["1", "Radweg", "Wege"]]
    reports = [["Nr.", "Zeitraum", "Ampel"], ["1", "2025", "grün"]]
    _, outcome = imported(root, {"Maßnahmen": measures, "Sachstand": reports})
    assert not any("Keine Meldung nennt" in text.de for _, text in outcome.remarks)


def test_a_row_for_each_task_names_the_task(root: Path) -> None:
    """Where a project stands in many rows, what tells them apart is the title; no row is lost."""
    head: list[Any] = ["Jahr", "Projekt", "Aufgabe", "Fällig", "Plan €"]
    cells = [head]
    cells += [[2025, "Stadtwald", "Pflanzkonzept", "Q4/2025", 15000]]
    cells += [[2026, "Stadtwald", "Pflanzung", "11/2026", 80000]]
    cells += [[2026, "Akte", "Pilot", "30.06.2026", 60000], [2027, "Akte", "Rollout", 2027, 9]]
    _, outcome = imported(root, {"Aufgabenplan": cells})
    assert not outcome.left_out
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    fields = [row["title"] for row in rows(root, "fields_of_action")]
    assert fields == ["Stadtwald", "Akte"]
    money = {(titles[r["measure"]], r["year"], r["planned"]) for r in rows(root, "budget")}
    assert money == {
        ("Pflanzkonzept", "2025", "15000"),
        ("Pflanzung", "2026", "80000"),
        ("Pilot", "2026", "60000"),
        ("Rollout", "2027", "9"),
    }


@pytest.mark.parametrize(("title", "told"), [("Kosten (EUR)", 1), ("Kosten 2026 (EUR)", 0)])
def test_a_year_that_only_the_mapping_tells_is_told(root: Path, title: str, told: int) -> None:
    """A column without a year may hold totals: the import says what the site will say."""
    cells: list[list[Any]] = [["Nr.", "Maßnahme", "Handlungsfeld", title], ["1", "Weg", "Wege", 5]]
    text, outcome = imported(root, {"Maßnahmen": cells})
    if told:
        outcome = take(root, [workbook(root / "b.xlsx", {"Maßnahmen": cells})], with_year(text))
    assert sum("nennt kein Jahr" in text.de for _, text in outcome.remarks) == told
