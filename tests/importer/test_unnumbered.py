"""Rows without a number in a numbered list: lines of the reckoning, continuations, or entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.outcome import Outcome, Place
from klarplan.messages import Text
from tests.support.importing import rows, suggested

HEAD = ["Nr.", "Maßnahme", "Beschreibung", "Kosten 2026"]
ENTRIES: list[list[Any]] = [[n, f"Ding {n}", "Text", 1000] for n in range(1, 6)]


def imported(tmp_path: Path, table: list[list[Any]], key: str = "") -> tuple[list[str], Outcome]:
    """The titles of the measures that a list gives by the suggested mapping, and the account."""
    tmp_path.mkdir(exist_ok=True)
    root, _, outcome = suggested(
        tmp_path, {"Liste": table}, lambda t: t.replace("    header: 1\n", f"    header: 1\n{key}")
    )
    return [row["title"] for row in rows(root, "measures")], outcome


def told(outcome: Outcome) -> list[tuple[Place, Text]]:
    """The remarks on entries without a number."""
    return [(place, text) for place, text in outcome.remarks if "keine Nummer" in text.de]


@pytest.mark.parametrize(
    "lines",
    [
        ["davon Förderung", "verbleibender Eigenanteil"],
        ["Haushaltsansatz", "Differenz"],
        ["abzüglich Zuschüsse", "Bedarf"],
    ],
)
def test_what_is_reckoned_below_the_total_is_no_measure(tmp_path: Path, lines: list[str]) -> None:
    """Lines with an amount below the last total make no measures, and are named with their rows."""
    tail: list[list[Any]] = [["", "Summe", "", 5000], *([None, line, "", 700] for line in lines)]
    titles, outcome = imported(tmp_path, [HEAD, *ENTRIES, *tail])
    assert titles == [f"Ding {n}" for n in range(1, 6)]
    assert outcome.left_out == ()
    (named,) = [item for item in outcome.skipped if item.reason.de == "Summenzeile"]
    assert named.rows == (7, 8, 9)


def test_entries_after_a_subtotal_stay_entries(tmp_path: Path) -> None:
    """A total in the middle of the list does not end it."""
    more: list[list[Any]] = [[6, "Ding 6", "Text", 10], [None, "Ding 7", "Text", 10]]
    titles, _ = imported(tmp_path, [HEAD, *ENTRIES, ["", "Zwischensumme", "", 5000], *more])
    assert titles[-2:] == ["Ding 6", "Ding 7"]


def test_a_list_of_titles_and_amounts_keeps_what_follows_a_total(tmp_path: Path) -> None:
    """Where all entries are one text and an amount, the rows below a total may be entries."""
    table: list[list[Any]] = [["Maßnahme", "Kosten 2026"], ["A", 1], ["B", 2], ["Summe", 3]]
    titles, _ = imported(tmp_path, [*table, ["C", 4], ["D", 5]])
    assert titles == ["A", "B", "C", "D"]


@pytest.mark.parametrize("row", [3, 5, 6])
def test_a_row_without_number_is_told(tmp_path: Path, row: int) -> None:
    """A continuation of the row above would be a measure; the result names it and both keys."""
    table = [HEAD, *ENTRIES]
    table.insert(row - 1, [None, "beschaffen", "mehr Text", None])
    titles, outcome = imported(tmp_path, table)
    assert "beschaffen" in titles
    ((place, text),) = told(outcome)
    assert place.row == row
    assert "skip" in text.de
    _, outcome = imported(tmp_path / "kept", table, f"    keep: [{row}]\n")
    assert told(outcome) == []
    titles, _ = imported(tmp_path / "skipped", table, f"    skip: [{row}]\n")
    assert "beschaffen" not in titles


def test_a_list_with_few_numbers_has_nothing_to_tell(tmp_path: Path) -> None:
    """Where many entries have no number, none of them is odd."""
    table = [HEAD, *ENTRIES[:3], *([None, f"Neu {n}", "Text", 1] for n in range(3))]
    _, outcome = imported(tmp_path, table)
    assert told(outcome) == []
