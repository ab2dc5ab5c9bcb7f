"""What a header says of an amount decides whether it is planned, approved or spent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.importing import rows, suggested


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Kosten Ist 2025", "spent"),
        ("Kosten 2025 (Ist)", "spent"),
        ("Haushalt 2025 (Ergebnis)", "spent"),
        ("Kosten verausgabt 2025", "spent"),
        ("Ausgaben Plan 2025", "planned"),
        ("Kosten 2025 (geschätzt)", "planned"),
        ("Kosten (bewilligt) 2025", "approved"),
        ("Kosten 2025", "planned"),
        ("Ausgaben 2025", "spent"),
    ],
)
def test_the_word_that_says_most_decides(tmp_path: Path, heading: str, column: str) -> None:
    """“Kosten Ist 2025” was spent, wherever “Ist” stands; nothing else is filled."""
    root, *_ = suggested(tmp_path, {"Liste": [["Nr.", "Maßnahme", heading], [1, "A", 700]]})
    (row,) = rows(root, "budget")
    filled = {name: row.get(name, "") for name in ("planned", "approved", "spent")}
    assert filled == {"planned": "", "approved": "", "spent": "", column: "700"}


@pytest.mark.parametrize(
    "heading", ["Plan/Ist 2025", "Kosten Plan-Ist 2025", "Ansatz/Ergebnis 2025"]
)
def test_a_header_that_says_both_is_not_assigned(tmp_path: Path, heading: str) -> None:
    """Where an amount may be plan or result, none is published, and the column is named."""
    root, text, _ = suggested(tmp_path, {"Liste": [["Nr.", "Maßnahme", heading], [1, "A", 700]]})
    assert rows(root, "budget") == []
    assert f"Nicht zugeordnet: {heading}" in text


def test_a_sheet_of_money_is_read_by_the_same_words(tmp_path: Path) -> None:
    """On a sheet “Haushalt”, “Kosten (Ist)” is no plan, whichever column comes first."""
    money = [["Nr.", "Jahr", "Kosten (Ist)", "Kosten (Plan)"], [1, 2025, 10, 20]]
    measures = [["Nr.", "Maßnahme"], [1, "A"], [2, "B"]]
    root, *_ = suggested(tmp_path, {"Maßnahmen": measures, "Haushalt": money})
    assert [(r["planned"], r["spent"]) for r in rows(root, "budget")] == [("20", "10")]


@pytest.mark.parametrize("word", ["N.N.", "noch offen", "(unklar)", "?"])
def test_who_is_not_named_yet_is_no_office(tmp_path: Path, word: str) -> None:
    """No page of an organisation is called “N.N.”; the mapping says what it leaves out."""
    table = [["Nr.", "Maßnahme", "Zuständig"], [1, "A", "Amt 61"], [2, "B", word]]
    root, text, _ = suggested(tmp_path, {"Liste": table})
    assert [row["name"] for row in rows(root, "organisations")] == ["Amt 61"]
    assert f"Keine Stelle nennt in „Zuständig“: {word}" in text
