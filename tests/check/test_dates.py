"""What the check says of dates that lack something, or that what they are for doesn't have."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.support.klein import DAY, copied, replace

MEASURES = "data/measures.csv"
REPORTS = "data/status_reports.csv"
HEADER = "measure,date,period,status,progress,expected_end,expected_end_precision,text"


def found(root: Path, rule: str) -> list[Finding]:
    """What one rule finds."""
    return [f for f in check(root, DAY, pages=False) if f.rule == rule]


def expecting(root: Path, row: str) -> None:
    """Write a single report in place of all."""
    (root / REPORTS).write_text(f"{HEADER}\n{row}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        pytest.param(
            "2024-06-01,2027-03-31,2024-09-01,,quarter,quarter",
            ",2027-03-31,2024-09-01,,quarter,quarter",
            7,
            "Genauigkeit des Beginns",
            id="begin",
        ),
        pytest.param(
            "2026-09-01,2028-06-30,,,quarter,quarter",
            "2026-09-01,,,,quarter,half",
            9,
            "Genauigkeit des Endes",
            id="end",
        ),
        pytest.param(
            "2025-03-01,2026-12-31,2025-03-01,,month,month",
            "2025-03-01, ,2025-03-01,,month,year",
            10,
            "Genauigkeit des Endes",
            id="a blank is no date",
        ),
    ],
)
def test_a_precision_is_of_a_date(
    old: str, new: str, line: int, column: str, tmp_path: Path
) -> None:
    """A precision without the date that it is for is told, with both ways to mend it."""
    root = copied(tmp_path)
    replace(root, MEASURES, old, new)
    (told,) = found(root, "KP113")
    assert (told.severity, told.line, told.title.de) == ("warning", line, column)
    assert "leeren Sie die Zelle" in told.cure.de


def test_a_precision_of_an_expected_end_is_of_a_date(tmp_path: Path) -> None:
    """So it is for the end that a report expects."""
    root = copied(tmp_path)
    expecting(root, "A-4,2026-01-15,2025,laeuft,45,,quarter,Es geht voran.")
    (told,) = found(root, "KP113")
    assert (told.file, told.line, told.value) == (REPORTS, 2, "quarter")
    assert "expected_end" in told.cure.de


def test_a_strategy_without_reports_is_checked(tmp_path: Path) -> None:
    """Where there is no table of reports, no precision is looked for in it."""
    root = copied(tmp_path)
    (root / REPORTS).unlink()
    assert found(root, "KP113") == []


def test_a_date_that_cannot_be_read_is_one_fault_only(tmp_path: Path) -> None:
    """A date that is wrong is not missing: it is told once, as what it is."""
    root = copied(tmp_path)
    expecting(root, "A-4,2026-01-15,2025,laeuft,45,Sommer,quarter,Es geht voran.")
    assert found(root, "KP113") == []


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param("F-2,project,5,2024-06-01", "F-2,permanent,5,2024-06-01", [7], id="running"),
        pytest.param("F-3,project,4,2026-09-01", "F-3,permanent,4,2026-09-01", [9], id="to come"),
        pytest.param(
            "F-3,pilot,3,2025-03-01,2026-12-31", "F-3,permanent,3,2025-03-01,", [], id="no end"
        ),
        pytest.param("F-1,pilot,3", "F-1,regulation,3", [], id="another type"),
    ],
)
def test_a_permanent_task_does_not_end(
    old: str, new: str, lines: list[int], tmp_path: Path
) -> None:
    """A permanent task with a planned end is told: it would be overdue some day."""
    root = copied(tmp_path)
    replace(root, MEASURES, old, new)
    told = found(root, "KP114")
    assert [(f.severity, f.line, f.title.de) for f in told] == [
        ("warning", line, "Geplantes Ende") for line in lines
    ]


def test_nobody_expects_the_end_of_a_permanent_task(tmp_path: Path) -> None:
    """Nor does its newest report expect an end."""
    root = copied(tmp_path)
    replace(root, MEASURES, "F-3,pilot,3,2025-03-01,2026-12-31", "F-3,permanent,3,2025-03-01,")
    expecting(root, "A-7,2026-01-15,2025,laeuft,45,2027-06-30,,Es geht voran.")
    (told,) = found(root, "KP114")
    assert (told.file, told.line) == (REPORTS, 2)
    assert "„expected_end“" in told.cure.de
