"""What is told of the periods that measures are reported for."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from tests.support.klein import DAY, append, copied, replace

HEADER = "label,first,last,due\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2025,2025-08-01,2025-07-31,", [("KP322", "Letzter Tag", "2025-07-31")]),
        ("2025,2025-01-01,2025-12-31,2024-12-31", [("KP322", "Meldeschluss", "2024-12-31")]),
        ("2025,2025-01-01,2025-12-31,2026-02-28", []),
        ("2025,,,2026-02-28", []),
    ],
)
def test_the_days_of_a_period_are_in_order(
    rows: str, told: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """A period that ends, or whose reports are due, before it begins is told."""
    root = copied(tmp_path)
    append(root, "data/periods.csv", f"{HEADER}{rows}\n")
    found = [f for f in check(root, DAY, pages=False) if f.file == "data/periods.csv"]
    assert [(f.rule, f.title.de, f.value) for f in found] == told


def test_a_row_answers_what_a_label_leaves_open(tmp_path: Path) -> None:
    """„2024/25“ is told with its days until a row of periods.csv says them; „Runde 3“ needs one."""
    root = copied(tmp_path)
    table = "data/status_reports.csv"
    replace(root, table, "A-4,2026-01-10,2025", "A-4,2026-01-10,2024/25")
    replace(root, table, "A-3,2026-01-20,2025", "A-3,2026-01-20,Runde 3")
    found = {f.rule: f for f in check(root, DAY, pages=False) if f.file == table}
    assert sorted(found) == ["KP320", "KP321"]
    assert "01.01.2024 bis 31.12.2025" in found["KP321"].problem.de
    rows = "2024/25,2024-08-01,2026-07-31,\nRunde 3,2025-09-01,2026-01-31,\n"
    append(root, "data/periods.csv", f"{HEADER}{rows}")
    assert [f.rule for f in check(root, DAY, pages=False) if f.file == table] == []
