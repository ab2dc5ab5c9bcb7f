"""What a new list no longer names, and names that may mean the same, stand in the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.near_names import are_near
from klarplan.importer.outcome import Outcome
from tests.support.importing import rows, strategy, take, workbook

MAPPING = """\
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr., title: Maßnahme, field: Handlungsfeld}
  - from: Liste
    table: responsibilities
    columns:
      measure: Nr.
      organisation: {column: Amt, create: true, split: [","]}
      role: {value: lead}
  - from: Liste
    table: responsibilities
    columns: {measure: Nr., organisation: {column: Mit, create: true}, role: {value: partner}}
"""
HEAD = ["Nr.", "Maßnahme", "Handlungsfeld", "Amt", "Mit"]


def lists(tmp_path: Path, *tables: list[list[Any]]) -> tuple[Path, Outcome]:
    """A strategy that took over lists one after the other, and the account of the last one."""
    root = strategy(tmp_path / "s")
    for table in tables:
        path = workbook(tmp_path / "a.xlsx", {"Liste": [HEAD, *table]})
        outcome = take(root, [path], MAPPING)
    return root, outcome


def told(outcome: Outcome, words: str) -> list[str]:
    """The remarks with these words."""
    return [text.de for _, text in outcome.remarks if words in text.de]


def test_an_office_that_the_list_no_longer_names_is_told(tmp_path: Path) -> None:
    """Where another office leads now, the row of the old one is named; it is not deleted."""
    root, outcome = lists(
        tmp_path,
        [[1, "Radwege", "Verkehr", "Amt 20", ""]],
        [[1, "Radwege", "Verkehr", "Amt 61", ""]],
    )
    assert len(rows(root, "responsibilities")) == 2
    (text,) = told(outcome, "nicht mehr in der Liste")
    assert "M-001 · Amt 20 · lead" in text
    assert "data/responsibilities.csv" in text


def test_offices_that_change_their_roles_are_told(tmp_path: Path) -> None:
    """Lead and partner that swap leave two old rows, and both are named."""
    _, outcome = lists(
        tmp_path,
        [[1, "Radwege", "Verkehr", "Amt 20", "Amt 61"]],
        [[1, "Radwege", "Verkehr", "Amt 61", "Amt 20"]],
    )
    (text,) = told(outcome, "nicht mehr in der Liste (2)")
    assert "Amt 20 · lead" in text
    assert "Amt 61 · partner" in text


@pytest.mark.parametrize(
    "second",
    [
        [1, "Radwege", "Verkehr", "", ""],
        [1, "Radwege", "Verkehr", "Amt 20, Amt 65", ""],
        [2, "Busse", "Verkehr", "Amt 20", ""],
    ],
    ids=["empty", "one more", "another measure"],
)
def test_what_the_list_does_not_contradict_is_not_told(tmp_path: Path, second: list[Any]) -> None:
    """An empty cell, a further office and another measure leave nothing to delete."""
    _, outcome = lists(tmp_path, [[1, "Radwege", "Verkehr", "Amt 20", ""]], [second])
    assert told(outcome, "nicht mehr in der Liste") == []


def test_fields_with_nearly_the_same_name_are_told(tmp_path: Path) -> None:
    """“Verkehr” and “1. Verkehr” became two fields of action: the result says so, and the cure."""
    root, outcome = lists(
        tmp_path,
        [[1, "A", "Verkehr", "", ""], [2, "B", "1. Verkehr", "", ""], [3, "C", "Bau", "", ""]],
    )
    assert len(rows(root, "fields_of_action")) == 3
    (text,) = told(outcome, "zwei Einträge")
    assert "„1. Verkehr“ (HF-02) und „Verkehr“ (HF-01)" in text


def test_a_name_near_to_one_that_exists_is_told(tmp_path: Path) -> None:
    """A slip in a later list is told, and only then."""
    first = [[1, "A", "Mobilität", "Stadtwerke", ""]]
    _, outcome = lists(tmp_path, first, [[2, "B", "Mobiltät", "Stadtwerk", ""]])
    assert len(told(outcome, "zwei Einträge")) == 2


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Klima & Energie", "Klima und Energie", True),
        ("FB 61", "FB61", True),
        ("HF 2: Bildung", "Bildung", True),
        ("Amt 61", "Amt 65", False),
        ("Fachbereich A", "Fachbereich B", False),
        ("Tiefbauamt", "Hochbauamt", False),
        ("Kita Nord", "Kita Süd", False),
    ],
)
def test_what_counts_as_nearly_the_same(one: str, other: str, near: bool) -> None:
    """Numbers before a name, stops, joining words and slips do not tell names apart."""
    assert are_near(one, other) is near
