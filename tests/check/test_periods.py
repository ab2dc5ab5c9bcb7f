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


def test_a_proposal_belongs_to_a_report(tmp_path: Path) -> None:
    """A period below proposals that has no report, or stands there twice, is told with its line."""
    root = copied(tmp_path)
    append(root, "strategy/strategy.yml", "proposals:\n  2025:\n    number: 1\n")
    assert [f for f in check(root, DAY, pages=False) if f.rule == "KP061"] == []
    append(root, "strategy/strategy.yml", "  2025-H3:\n    number: 2\n  ' 2025':\n    number: 3\n")
    found = [f for f in check(root, DAY, pages=False) if f.rule == "KP061"]
    assert {f.value: f.severity for f in found} == {"2025-H3": "warning", "2025": "warning"}
    lines = (root / "strategy/strategy.yml").read_text("utf-8").splitlines()
    assert "  2025-H3:" in {lines[(f.line or 0) - 1] for f in found}


@pytest.mark.parametrize(("written", "usual"), [("2025-h2", "2025-H2"), ("2025-q3", "2025-Q3")])
def test_a_period_is_written_in_the_usual_case(written: str, usual: str, tmp_path: Path) -> None:
    """Another case is told with what is meant; a name of one's own stays as it is."""
    root = copied(tmp_path)
    table = "data/status_reports.csv"
    replace(root, table, "A-4,2026-01-10,2025", f"A-4,2026-01-10,{written}")
    append(root, "data/periods.csv", f"{HEADER}{written},,,\nrunde 3,2025-01-01,2025-02-01,\n")
    found = [f for f in check(root, DAY, pages=False) if f.rule == "KP325"]
    assert {(f.file, f.fix.new if f.fix else "") for f in found} == {
        (table, usual),
        ("data/periods.csv", usual),
    }
