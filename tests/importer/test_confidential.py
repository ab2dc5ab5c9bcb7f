"""What a list itself calls not public is not published, and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.importer.confidential import is_confidential, visibility_of
from tests.importer.test_suggest import imported
from tests.support.importing import problems, rows, strategy, take, workbook

HEAD = ["Nr.", "Maßnahme", "Handlungsfeld", "Stand", "Status"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


@pytest.mark.parametrize(
    "header", ["interne Anmerkung", "Bemerkung (nö)", "Sachstand – nicht öffentlich", "Kosten nö"]
)
def test_a_column_that_calls_itself_not_public_is_not_suggested(root: Path, header: str) -> None:
    """The suggestion leaves the column out and says why; the result names it as not read."""
    entry = ["1", "Radweg", "Verkehr", "30.06.2025", "läuft", "1200"]
    text, outcome = imported(root, {"Liste": [[*HEAD, header], entry]})
    assert f"Nicht zugeordnet: {header} (nach der Überschrift nicht öffentlich)" in text
    assert [one.column for one in outcome.unused] == [header]
    assert [report["text"] for report in rows(root, "status_reports")] == [""]
    assert not (root / "data" / "budget.csv").exists()


@pytest.mark.parametrize(
    ("header", "marks"),
    [
        ("Vertraulich", ["x", ""]),
        ("Öffentlich", ["nein", "ja"]),
        ("ö/nö", ["nö", "ö"]),
        ("Veröffentlichung", ["", "☒"]),
        ("Sichtbarkeit", ["nach Ratsbeschluss", "öffentlich"]),
    ],
)
def test_rows_marked_as_not_public_become_internal(
    root: Path, header: str, marks: list[str]
) -> None:
    """What a column says of the public decides; what is unclear or empty there stays internal."""
    entries = [
        [str(n), f"Vorhaben {n}", "Verkehr", "30.06.2025", "läuft", mark]
        for n, mark in enumerate(marks)
    ]
    imported(root, {"Liste": [[*HEAD, header], *entries]})
    assert [row["visibility"] == "internal" for row in rows(root, "measures")] == [True, False]


def test_a_mark_that_nobody_can_read_hides_the_row(root: Path) -> None:
    """A word for visibility that the mapping does not know is named, and its row hidden."""
    text = """
sources:
  - from: Liste
    table: measures
    columns:
      official_id: Nr.
      title: Maßnahme
      field: Handlungsfeld
      visibility: {column: Freigabe, values: {ja: public}}
"""
    entries = [["1", "A", "F", "ja"], ["2", "B", "F", "vielleicht"]]
    head = ["Nr.", "Maßnahme", "Handlungsfeld", "Freigabe"]
    path = workbook(root / "liste.xlsx", {"Liste": [head, *entries]})
    outcome = take(root, [path], text)
    assert [row["visibility"] for row in rows(root, "measures")] == ["public", "internal"]
    assert len(problems(outcome)) == 1


def test_reading_a_confidential_column_by_hand_is_told(root: Path) -> None:
    """A mapping may read a column that calls itself internal; the result says it is published."""
    text = """
sources:
  - from: Liste
    table: measures
    columns:
      title: Maßnahme
      field: Handlungsfeld
      summary: Notiz (intern)
"""
    head = ["Maßnahme", "Handlungsfeld", "Notiz (intern)"]
    path = workbook(root / "liste.xlsx", {"Liste": [head, ["A", "F", "geheim"]]})
    outcome = take(root, [path], text)
    assert any("nicht öffentlich" in told.de for _, told in outcome.remarks)


def test_a_sheet_that_calls_itself_internal_is_not_suggested(root: Path) -> None:
    """Only the public sheet is proposed; the other one is named."""
    public = [[*HEAD], ["1", "Radweg", "Verkehr", "30.06.2025", "läuft"]]
    inside = [[*HEAD], ["2", "Grundstück", "Wohnen", "30.06.2025", "läuft"]]
    text, outcome = imported(root, {"Maßnahmen": public, "Maßnahmen nö": inside})
    assert "Nicht vorgeschlagen: Maßnahmen nö (nicht öffentlich)" in text
    assert [row["title"] for row in rows(root, "measures")] == ["Radweg"]
    assert [one.column for one in outcome.unused] == [None]


@pytest.mark.parametrize("name", ["Internet", "International", "Internist", "Extern", "Öffentlich"])
def test_words_that_only_look_like_internal_are_public(name: str) -> None:
    """“Internet” and “international” do not say that a column is internal."""
    assert not is_confidential(name)


def test_notes_below_an_internal_header_are_no_marks() -> None:
    """A column of internal texts hides no rows."""
    assert visibility_of("intern", ["Chef will nicht", "Stelle unbesetzt"]) is None
