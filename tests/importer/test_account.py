"""The account of an import folds what is alike: by column, value and reason."""

from __future__ import annotations

from pathlib import Path

from klarplan.importer.account import account
from tests.support.importing import strategy, take, workbook

LIST = """\
sources:
  - from: Liste
    table: measures
    columns: {official_id: Nr, title: Titel, field: {value: Alles}, priority: Prio, impact: CO2}
"""


def test_equal_cells_are_told_once_with_their_rows(tmp_path: Path) -> None:
    """The same value in a column is one line with its number and the first rows."""
    root = strategy(tmp_path / "s")
    table = [["Nr", "Titel", "Prio", "CO2"]]
    table += [[str(n), f"T{n}", "viel", "ca. 3"] for n in range(1, 12)]
    table += [["20", "X", "wenig", "3"]]
    outcome = take(root, [workbook(root / "a.xlsx", {"Liste": table})], LIST)
    told = list(account(outcome, "de", dry_run=False))
    rows = "Zeilen 2, 3, 4, 5, 6, 7, 8, 9, …"
    assert [text for text in told if "viel" in text] == [
        f"  a.xlsx/Liste, Spalte „Prio“ [viel] (11-mal, {rows}): „viel“ ist keine lesbare Zahl."
    ]
    (vague,) = [text for text in told if "ca. 3" in text]
    assert f"Spalte „CO2“ (11-mal, {rows}): „ca. 3“" in vague
    (single,) = [text for text in told if "wenig" in text]
    assert "a.xlsx/Liste, Zeile 13, Spalte „Prio“ [wenig]: " in single
    assert "Nicht übernommen (12):" in told
