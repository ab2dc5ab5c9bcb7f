"""What reports say of the end that is expected now, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from tests.support.klein import DAY, copied

HEADER = "measure,date,period,status,progress,expected_end,expected_end_precision,text"


def found(tmp_path: Path, *rows: str) -> list[tuple[str, str]]:
    """Rules and values of what is told of these reports, but for missing reports on others."""
    root = copied(tmp_path)
    table = root / "data/status_reports.csv"
    table.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    told = (f for f in check(root, DAY, pages=False) if f.file == "data/status_reports.csv")
    return [(f.rule, f.value or "") for f in told]


@pytest.mark.parametrize(
    ("day", "precision", "rules"),
    [
        ("2025-06-30", "day", ["KP310"]),
        ("2025-12-31", "year", []),
        ("2025-12-31", "quarter", []),
        ("2025-11-30", "month", ["KP310"]),
        ("2027-03-31", "quarter", []),
    ],
)
def test_an_expected_end_lies_ahead(
    day: str, precision: str, rules: list[str], tmp_path: Path
) -> None:
    """An end expected for a time before the report is told, as exactly as it was meant."""
    told = found(tmp_path, f"A-4,2025-12-15,2025,laeuft,45,{day},{precision},Es geht voran.")
    assert [rule for rule, _ in told] == rules


def test_an_expectation_is_not_dropped_in_silence(tmp_path: Path) -> None:
    """Where the newest report on a measure names no expected end any more, that is told."""
    first = "A-7,2025-12-15,2025,laeuft,30,2027-06-30,day,Vier Sensoren."
    assert found(tmp_path / "1", first) == []
    later = "A-7,2026-05-15,2026,{},30,{},,Fünf Sensoren."
    assert found(tmp_path / "2", first, later.format("laeuft", "2027-09-30")) == []
    assert found(tmp_path / "3", first, later.format("laeuft", "")) == [("KP309", "")]
    told = [rule for rule, _ in found(tmp_path / "4", first, later.format("beendet", ""))]
    assert "KP309" not in told


def test_precision_is_one_of_the_known(tmp_path: Path) -> None:
    """A half-year is a precision; a word that isn't one is told with those that are."""
    assert found(tmp_path / "1", "A-4,2025-12-15,2025,laeuft,45,2027-06-30,half,Text") == []
    told = found(tmp_path / "2", "A-4,2025-12-15,2025,laeuft,45,2027-06-30,Sommer,Text")
    assert [value for _, value in told] == ["Sommer"]


@pytest.mark.parametrize(
    ("status", "rules"),
    [("fertig", ["KP312"]), ("beendet", ["KP312"]), ("laeuft", []), ("offen", [])],
)
def test_what_has_ended_has_no_expected_end(status: str, rules: list[str], tmp_path: Path) -> None:
    """A report that a measure is done or stopped, yet expects an end, contradicts itself."""
    told = found(tmp_path, f"A-4,2026-01-15,2025,{status},,2027-06-30,month,Es ist so.")
    assert [rule for rule, _ in told if rule == "KP312"] == rules


def test_an_expected_end_of_what_ended_is_told_though_newer_reports_say_more(
    tmp_path: Path,
) -> None:
    """The contradiction stands in an older report, too, and is told there."""
    told = found(
        tmp_path,
        "A-4,2025-12-15,2025,fertig,100,2026-12-31,,Fertig.",
        "A-4,2026-05-15,2026,fertig,100,,,Ein Rückblick.",
    )
    assert ("KP312", "2026-12-31") in told
