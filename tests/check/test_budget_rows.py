"""Rows of the budget that look alike are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check, examine
from tests.support.klein import DAY, append, copied


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("A-4,2025,1,1,1,EUR,state,Schulnetz,", "warning"),
        ("A-4,2025,200000,180000,170000,EUR,state,Schulnetz,1", "error"),
        ("A-4,2025,1,1,1,EUR,state,Anderes,", ""),
        ("A-4,2025,1,1,1,EUR,own,Schulnetz,", ""),
        ("A-4,2026,200000,180000,,EUR,state,Schulnetz,1", ""),
        ("A-1,2024,7,,,EUR,own,,", "warning"),
    ],
)
def test_rows_alike_are_told(row: str, expected: str, tmp_path: Path) -> None:
    """Same measure, year, source and programme: a warning; equal in everything: an error."""
    root = copied(tmp_path)
    line = append(root, "data/budget.csv", row + "\n")
    found = [(f.rule, f.severity, f.line) for f in check(root, DAY) if f.rule == "KP504"]
    assert found == ([("KP504", expected, line)] if expected else [])


def test_each_further_row_is_told_once(tmp_path: Path) -> None:
    """Three rows alike are two rows too many, and both name the first."""
    root = copied(tmp_path)
    first = append(root, "data/budget.csv", "A-2,2025,1,1,,EUR,eu,,\n")
    append(root, "data/budget.csv", "A-2,2025,2,1,,EUR,eu,,\nA-2,2025,3,1,,EUR,eu,,\n")
    found = [f for f in examine(root, DAY).single if f.rule == "KP504"]
    assert [f.line for f in found] == [first + 1, first + 2]
    assert all(f"Zeile {first} " in f.problem.de for f in found)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A-2,2025,,,,EUR,own,,", True),
        ("A-3,2026,,,,,,,", True),
        ("A-3,2026, ,,,,state,Schulnetz,", True),
        ("A-2,2025,0,,,EUR,own,,", False),
        ("A-2,2025,,,12.50,EUR,own,,", False),
        ("A-2,2025,,,,EUR,own,,0.5", False),
        ("A-2,2025,viel,,,EUR,own,,", False),
    ],
)
def test_a_row_without_any_amount_is_told(row: str, told: bool, tmp_path: Path) -> None:
    """A row that names neither money nor posts says nothing; one with a wrong amount is another."""
    root = copied(tmp_path)
    line = append(root, "data/budget.csv", row + "\n")
    found = [(f.severity, f.line) for f in check(root, DAY, pages=False) if f.rule == "KP507"]
    assert found == ([("warning", line)] if told else [])
