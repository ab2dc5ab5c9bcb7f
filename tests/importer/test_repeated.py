"""A number that stands twice by mistake costs neither an entry nor its identity."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.importer.test_suggest import imported
from tests.support.importing import rows, strategy, take, workbook

HEAD: list[Any] = ["Nr.", "Maßnahme", "Kosten 2026 (€)"]
LIST: list[list[Any]] = [
    *([1.1, "Ganztag", 10], [1.2, "Digitalpakt", 20], [1.3, "Lernzentrum", 30]),
    *([1.1, "Sprache", 40], [1.11, "Bericht", 50]),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def titles(root: Path) -> list[str]:
    """The titles of all measures."""
    return [row["title"] for row in rows(root, "measures")]


def test_both_entries_arrive_with_their_amounts_and_are_told(root: Path) -> None:
    """1.1 and 1.10, which a spreadsheet cuts to 1.1, are two measures; the rows are told."""
    text, outcome = imported(root, {"Liste": [HEAD, *LIST]})
    assert titles(root) == [row[1] for row in LIST]
    assert [row["planned"] for row in rows(root, "budget")] == ["10", "20", "30", "40", "50"]
    assert "match: [official_id, title]" in text
    told = [text.de for _, text in outcome.remarks if "2, 5" in text.de]
    assert len(told) == 1
    assert "1.10" in told[0]


@pytest.mark.parametrize("row", [1, 2, 4])
def test_an_edited_title_stays_the_same_measure(root: Path, row: int) -> None:
    """A number that stands once still tells which measure a new title belongs to."""
    text, _ = imported(root, {"Liste": [HEAD, *LIST]})
    changed = [[*one] for one in LIST]
    changed[row][1] = f"{changed[row][1]} neu"
    take(root, [workbook(root / "neu.xlsx", {"Liste": [HEAD, *changed]})], text)
    assert titles(root) == [one[1] for one in changed]


def test_the_same_list_again_changes_nothing(root: Path) -> None:
    """Entries with the same number are found again by their titles, in any order."""
    text, _ = imported(root, {"Liste": [HEAD, *LIST]})
    again = workbook(root / "neu.xlsx", {"Liste": [HEAD, *reversed(LIST)]})
    assert take(root, [again], text).files == {}


def test_numbers_that_begin_anew_are_no_mistake(root: Path) -> None:
    """Where each part of a list counts from 1, field and title tell the measures apart."""
    lines = [[1, "Rad", 1], [2, "Bus", 2], [1, "Solar", 3], [2, "Wind", 4]]
    text, _ = imported(root, {"Liste": [HEAD, *lines]})
    assert "match: [field, title]" in text
    assert titles(root) == ["Rad", "Bus", "Solar", "Wind"]
