"""Colours, bars and icons that follow from the values of cells are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import CellIsRule, DataBarRule, IconSetRule
from openpyxl.styles import PatternFill

from klarplan.importer.files import read_sheets
from klarplan.messages import quoted
from tests.importer.test_suggest import suggested
from tests.support.importing import strategy, take, workbook

RULES: dict[str, Any] = {
    "colour": CellIsRule(operator="equal", formula=["3"], fill=PatternFill(bgColor="FF0000")),
    "icons": IconSetRule("3TrafficLights1", "num", [1, 2, 3]),
    "bars": DataBarRule("num", 0, "num", 3, "FF638EC6"),
}


@pytest.mark.parametrize("how", RULES)
def test_colours_that_follow_from_a_rule_are_named(tmp_path: Path, how: str) -> None:
    """Conditional formatting is named once, with its column and the rows of entries."""
    root = strategy(tmp_path / "strategie")
    table = [["Stand: 30.06.2026"], ["Nr.", "Maßnahme", "Ampel"], [1, "A", 1], [2, "B", 3]]
    path = workbook(root / "liste.xlsx", {"Liste": table})
    book = load_workbook(path)
    book["Liste"].conditional_formatting.add("C3:C50", RULES[how])
    book.save(path)
    outcome = take(root, [path], suggested(root, read_sheets([path])))
    told = [(one.column, one.rows) for one in outcome.skipped if "bedingten" in one.reason.de]
    assert told == [(quoted("Ampel"), (3, 4))]
