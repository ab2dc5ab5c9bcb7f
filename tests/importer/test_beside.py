"""Lists that stand side by side on a sheet, or below another one, are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.importer.test_suggest import imported
from tests.support.importing import rows, strategy

LEFT: list[list[Any]] = [
    ["Nr.", "Maßnahme", "Kosten 2025 (€)", "Amt"],
    [1, "Radwege", 1000, "Amt 66"],
    [2, "Busse", 2000, "Amt 61"],
    [3, "Schule", 3000, "Amt 40"],
]
RIGHT: list[list[Any]] = [
    ["Nr.", "Maßnahme", "Ende", "Kosten 2025 (€)"],
    [11, "Ampel", "12.03.2024", 400],
    [12, "Brücke", "2023", 500],
    [None, "Summe", None, 900],
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty strategy."""
    return strategy(tmp_path / "strategie")


def beside(
    left: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]], gap: int = 1
) -> list[list[Any]]:
    """The rows of two lists next to each other, with empty columns between them."""
    height = max(len(left), len(right))
    lines = []
    for number in range(height):
        one = list(left[number]) if number < len(left) else [None] * len(left[0])
        other = list(right[number]) if number < len(right) else [None] * len(right[0])
        lines.append([*one, *[None] * gap, *other])
    return lines


def amounts(root: Path) -> dict[str, str]:
    """Planned amounts by the title of their measure."""
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    return {titles[row["measure"]]: row["planned"] for row in rows(root, "budget")}


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_lists_side_by_side_keep_dates_and_amounts_apart(root: Path, gap: int) -> None:
    """No entry gets the date or the money of the one that stands in its row by chance."""
    imported(root, {"Liste": beside(LEFT, RIGHT, gap)})
    ends = {row["title"]: row["planned_end"] for row in rows(root, "measures")}
    assert ends == {
        "Radwege": "",
        "Busse": "",
        "Schule": "",
        "Ampel": "2024-03-12",
        "Brücke": "2023-12-31",
    }
    assert amounts(root) == {
        "Radwege": "1000",
        "Busse": "2000",
        "Schule": "3000",
        "Ampel": "400",
        "Brücke": "500",
    }


def test_lists_side_by_side_may_count_anew(root: Path) -> None:
    """Where both lists number from 1, offices and money stay with the measure of their list."""
    right: list[list[Any]] = [
        ["Nr.", "Maßnahme", "Kosten 2025 (€)", "Amt"],
        [1, "Bäume", 7, "Amt 67"],
    ]
    imported(root, {"Liste": beside(LEFT, right)})
    assert amounts(root) == {"Radwege": "1000", "Busse": "2000", "Schule": "3000", "Bäume": "7"}
    titles = {row["id"]: row["title"] for row in rows(root, "measures")}
    offices = {row["id"]: row["name"] for row in rows(root, "organisations")}
    leads = [(r["measure"], r["organisation"]) for r in rows(root, "responsibilities")]
    assert {titles[measure]: offices[office] for measure, office in leads} == {
        "Radwege": "Amt 66",
        "Busse": "Amt 61",
        "Schule": "Amt 40",
        "Bäume": "Amt 67",
    }


def test_a_longer_list_on_the_right_loses_no_entry(root: Path) -> None:
    """Entries below the end of the list on the left arrive."""
    imported(root, {"Liste": beside(RIGHT[:2], LEFT)})
    assert amounts(root) == {"Ampel": "400", "Radwege": "1000", "Busse": "2000", "Schule": "3000"}


def test_an_empty_column_within_a_list_divides_nothing(root: Path) -> None:
    """What stands after a narrow empty column without another title belongs to the entry."""
    head = ["Nr.", "Maßnahme", None, "Ende", "Kosten 2025 (€)"]
    _, outcome = imported(root, {"Liste": [head, [1, "Radwege", None, "2026", 10]]})
    assert [row["planned_end"] for row in rows(root, "measures")] == ["2026-12-31"]
    assert amounts(root) == {"Radwege": "10"}
    assert not outcome.unused


def test_a_target_year_of_an_indicator_is_no_goal(root: Path) -> None:
    """“Ziel 2030” above numbers in a second list is named as not read, not taken for a goal."""
    head = ["Kennzahl", "Einheit", "Ziel 2030"]
    second: list[list[Any]] = [
        [],
        ["Kennzahlen"],
        head,
        ["Radverkehr", "%", 30],
        ["Bäume", "Stück", 900],
    ]
    _, outcome = imported(root, {"Liste": [*LEFT, *second]})
    assert [row["title"] for row in rows(root, "indicators")] == ["Radverkehr", "Bäume"]
    assert not outcome.left_out
    assert [one.column for one in outcome.unused] == ["Ziel 2030"]
