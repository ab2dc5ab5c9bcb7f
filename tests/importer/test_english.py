"""An English list of actions arrives by the suggestion: counts and sums are those of the source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klarplan.importer.units import read_unit
from tests.importer.test_suggest import imported
from tests.support.importing import rows, strategy, take, with_year, workbook

HEAD: list[Any] = [
    *("Ref", "Theme", "Action", "Owner", "RAG", "Due", "Budget (£k)", "Spend to date (£k)"),
    "Update",
]
ACTIONS: list[list[Any]] = [
    ["T1", "Transport", "Cycle lanes", "Highways", "Green", "31/03/2026", 250, 120.5, "On site"],
    ["T2", "Transport", "Chargers", "Fleet", "Amber", "Q4 2025", 80, 10, "Late grid"],
    ["E1", "Energy", "Retrofit", "Property", "Blue", "2024", 600, 598, "Complete"],
]


def test_an_english_list_of_actions(tmp_path: Path) -> None:
    """Owners, traffic lights, dates and thousands of pounds are understood; the total is none."""
    root = strategy(tmp_path / "strategie")
    total = [None, None, "Total", None, None, None, 930, 728.5]
    plan = [["As of 30.09.2025"], HEAD, *ACTIONS, total]
    text, outcome = imported(root, {"Plan": plan})
    assert [item.place.column for item in outcome.left_out] == [HEAD[6], HEAD[7]]
    outcome = take(root, [workbook(tmp_path / "plan.xlsx", {"Plan": plan})], with_year(text))
    assert [row["title"] for row in rows(root, "measures")] == [row[2] for row in ACTIONS]
    assert [row["status"] for row in rows(root, "status_reports")] == ["running", "delayed", "done"]
    assert [row["text"] for row in rows(root, "status_reports")] == [row[8] for row in ACTIONS]
    money = rows(root, "budget")
    assert sum(float(row["planned"]) for row in money) == 930_000
    assert sum(float(row["spent"]) for row in money) == 728_500
    assert {row["currency"] for row in money} == {"GBP"}
    assert len(rows(root, "responsibilities")) == len(ACTIONS)
    assert outcome.left_out == outcome.unused == ()


@pytest.mark.parametrize(
    ("text", "factor", "currency"),
    [("£k", 1_000, "GBP"), ("£m", 1_000_000, "GBP"), ("$k", 1_000, "USD"), ("k£", 1_000, "GBP")],
)
def test_thousands_after_the_sign_of_the_currency(text: str, factor: int, currency: str) -> None:
    """“£k” means thousands of pounds."""
    unit = read_unit(text)
    assert unit is not None
    assert (unit.factor, unit.currency) == (factor, currency)
