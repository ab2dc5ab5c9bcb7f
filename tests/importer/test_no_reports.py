"""A list that tells no status, text or end makes no reports, and ranks are never mixed unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.importing import rows, suggested


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Umsetzungsgrad", ["◑", "◕"]),
        ("Fortschritt", ["siehe Bericht", "wird gemeldet"]),
        ("Fertigstellungsgrad", ["hoch", "gering"]),
    ],
)
def test_a_column_that_cannot_be_read_makes_no_reports(
    tmp_path: Path, heading: str, cells: list[str]
) -> None:
    """Below “Stand: …” such a list is not a list of reports “ohne Bewertung”."""
    table = [["Stand: 30.06.2026"], ["Nr.", "Maßnahme", heading]]
    table += [[str(n), f"Ding {n}", cell] for n, cell in enumerate(cells, 1)]
    root, text, _ = suggested(tmp_path, {"Liste": table})
    assert "table: status_reports" not in text
    assert rows(root, "status_reports") == []
    assert f"Nicht zugeordnet: {heading}" in text


@pytest.mark.parametrize("signs", [["🚗🚗", "🚗🚴"], ["◢", "◣"], ["§", "$"]])
def test_signs_that_nothing_explains_are_no_status(tmp_path: Path, signs: list[str]) -> None:
    """Such a column is named with the key that reads it; it makes no reports “ohne Bewertung”."""
    table = [["Stand: 30.06.2026"], ["Nr.", "Maßnahme", "Stand der Durchführung*"]]
    table += [[str(n), f"Ding {n}", sign] for n, sign in enumerate(signs, 1)]
    root, text, _ = suggested(tmp_path, {"Liste": table})
    assert rows(root, "status_reports") == []
    assert "Nicht zugeordnet: Stand der Durchführung* (Zeichen, die nichts erklärt" in text


@pytest.mark.parametrize("word", ["sehr hoch", "mittel", ""])
def test_numbers_that_rank_are_doubted_beside_words_too(tmp_path: Path, word: str) -> None:
    """Where 1 may be the highest, the suggestion asks to look, whatever words stand there."""
    table = [["Nr.", "Maßnahme", "Prio"], [1, "A", 1], [2, "B", 3], [3, "C", word]]
    text = suggested(tmp_path, {"Liste": table}).text
    assert "„Prio“: In Klarplan ist 5 das Höchste" in text
