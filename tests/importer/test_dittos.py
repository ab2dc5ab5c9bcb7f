"""Marks that repeat the cell above are read as it, and placeholders for titles make nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.dittos import is_ditto
from klarplan.importer.outcome import Outcome
from tests.support.importing import rows, suggested

HEAD = ["Nr.", "Maßnahme", "Handlungsfeld", "Zuständig", "Ende", "Status"]
STAND = ["Stand: 30.06.2026"]


def imported(tmp_path: Path, table: list[list[Any]]) -> tuple[Path, Outcome]:
    """A strategy with a list taken over by the suggested mapping, and the account."""
    root, _, outcome = suggested(tmp_path, {"Liste": [STAND, HEAD, *table]})
    return root, outcome


@pytest.mark.parametrize("mark", ['"', "dito", "〃", "s. o.", '- " -', "wie oben"])
def test_a_mark_means_the_cell_above_and_is_told(tmp_path: Path, mark: str) -> None:
    """No field of action and no office is called “dito”; each cell so read is named."""
    table = [[1, "A", "Klima", "Amt 61", "2027", "läuft"], [2, "B", mark, mark, mark, mark]]
    root, outcome = imported(tmp_path, [*table, [3, "C", "Bau", "Amt 20", "2028", "fertig"]])
    assert [row["title"] for row in rows(root, "fields_of_action")] == ["Klima", "Bau"]
    assert [row["name"] for row in rows(root, "organisations")] == ["Amt 61", "Amt 20"]
    assert [row["planned_end"][:4] for row in rows(root, "measures")] == ["2027", "2027", "2028"]
    assert [r["status"] for r in rows(root, "status_reports")] == ["running", "running", "done"]
    told = [place.row for place, text in outcome.remarks if "Zelle darüber" in text.de]
    assert told == [4, 4, 4, 4]


def test_marks_below_each_other_mean_the_last_word(tmp_path: Path) -> None:
    """Three marks in a row repeat the same cell."""
    table = [[n, f"Ding {n}", "Klima" if n == 1 else '"', "Amt 61", "", ""] for n in range(1, 5)]
    root, _ = imported(tmp_path, table)
    assert {row["field"] for row in rows(root, "measures")} == {"HF-01"}


def test_a_mark_below_the_header_repeats_no_header(tmp_path: Path) -> None:
    """Nothing is taken from the header; the mark is left to the check."""
    root, outcome = imported(tmp_path, [[1, "A", "Klima", '"', "2027", "läuft"]])
    assert "Zuständig" not in [row["name"] for row in rows(root, "organisations")]
    assert not [text for _, text in outcome.remarks if "Zelle darüber" in text.de]


@pytest.mark.parametrize("mark", ["s. o.", "siehe oben", "dito"])
def test_a_free_text_keeps_its_mark(tmp_path: Path, mark: str) -> None:
    """The sentences above are not told of another measure; the kept mark is named."""
    head = ["Nr.", "Maßnahme", "Handlungsfeld", "Beschreibung"]
    text = "Wir bauen einen Radweg am Fluss. Er wird breit."
    table = [head, [1, "A", "Klima", text], [2, "B", mark, mark], [3, "C", "Bau", "Neu."]]
    root, _, outcome = suggested(tmp_path, {"Liste": table})
    assert [row["summary"] for row in rows(root, "measures")] == [text, mark, "Neu."]
    assert [row["field"] for row in rows(root, "measures")] == ["HF-01", "HF-01", "HF-02"]
    kept = [(p.row, p.column) for p, t in outcome.remarks if "bleibt so stehen" in t.de]
    assert kept == [(3, "Beschreibung")]


@pytest.mark.parametrize("text", ["-", "so", '"Klima"', "", "dito machen", "oben"])
def test_other_texts_are_no_marks(text: str) -> None:
    """Dashes, words in quotation marks and sentences stay what they are."""
    assert not is_ditto(text)


@pytest.mark.parametrize("title", ["(entfällt)", "nicht belegt", "s. Nr. 1", "Platzhalter"])
def test_a_placeholder_for_a_title_is_no_measure(tmp_path: Path, title: str) -> None:
    """A number that is no longer in use is named with its row, and makes no page."""
    table = [[1, "A", "Klima", "", "", "läuft"], [2, title, "Klima", "", "", ""]]
    root, outcome = imported(tmp_path, [*table, [3, "C", "Klima", "", "", "läuft"]])
    assert [row["title"] for row in rows(root, "measures")] == ["A", "C"]
    assert [item.rows for item in outcome.skipped] == [(4,)]


def test_a_dash_is_no_number(tmp_path: Path) -> None:
    """“-” in the column of numbers is published nowhere, and its row keeps office and status."""
    table = [[1, "A", "Klima", "Amt 61", "", "läuft"], ["-", "B", "Klima", "Amt 20", "", "fertig"]]
    root, outcome = imported(tmp_path, table)
    assert [row["official_id"] for row in rows(root, "measures")] == ["1", ""]
    assert [row["status"] for row in rows(root, "status_reports")] == ["running", "done"]
    assert len(rows(root, "responsibilities")) == 2
    assert outcome.left_out == ()
