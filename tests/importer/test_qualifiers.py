"""Of columns that differ by Ist and Soll, alt and neu, each is read as what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.importing import rows, suggested

STAND = ["Stand: 30.06.2026"]


def imported(tmp_path: Path, heads: list[str], cells: list[Any]) -> tuple[Path, str]:
    """A strategy with a measure that has these cells, by the suggested mapping, and that."""
    table = [STAND, ["Nr.", "Maßnahme", *heads], [1, "Radwege", *cells]]
    root, text, _ = suggested(tmp_path, {"Liste": table})
    return root, text


DAYS = ["30.06.2026", "31.12.2025"]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (["Ende (Ist)", "Ende (Soll)"], ("2025-12-31", "2026-06-30")),
        (["Fertigstellung tatsächlich", "Fertigstellung geplant"], ("2025-12-31", "2026-06-30")),
        (["Ende Plan", "Ende Ist"], ("2026-06-30", "2025-12-31")),
    ],
)
def test_plan_and_result_of_an_end_are_told_apart(
    tmp_path: Path, heads: list[str], expected: tuple[str, str]
) -> None:
    """“Ende Ist” is the actual end, whichever column comes first."""
    root, _ = imported(tmp_path, heads, DAYS)
    (row,) = rows(root, "measures")
    assert (row["planned_end"], row["actual_end"]) == expected


@pytest.mark.parametrize("head", ["Start Ist", "Beginn (tatsächlich)", "Umsetzungsbeginn effektiv"])
def test_an_actual_beginning_alone_is_no_plan(tmp_path: Path, head: str) -> None:
    """Where a list tells only what happened, no plan is published."""
    root, _ = imported(tmp_path, [head], ["15.02.2024"])
    (row,) = rows(root, "measures")
    assert (row.get("planned_start", ""), row["actual_start"]) == ("", "2024-02-15")


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (["Status Vorjahr", "Status aktuell"], ["erledigt", "läuft"]),
        (["Ampel alt", "Ampel neu"], ["rot", "grün"]),
        (["Status Prognose", "Status"], ["erledigt", "läuft"]),
    ],
)
def test_the_present_status_counts(tmp_path: Path, heads: list[str], cells: list[str]) -> None:
    """The status of last year or of the forecast is named as not assigned, never published."""
    root, text = imported(tmp_path, heads, cells)
    assert [row["status"] for row in rows(root, "status_reports")] == ["running"]
    assert f"Nicht zugeordnet: {heads[0]}" in text


def test_a_former_status_alone_makes_no_report(tmp_path: Path) -> None:
    """“Status Vorjahr” is not what holds on the day of the list."""
    root, text = imported(tmp_path, ["Status Vorjahr"], ["erledigt"])
    assert rows(root, "status_reports") == []
    assert "Nicht zugeordnet: Status Vorjahr" in text


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (["Fortschritt Soll", "Fortschritt Ist"], [80, 40]),
        (["Umsetzungsgrad Vorjahr", "Umsetzungsgrad"], [80, 40]),
        (["Fortschritt in % (Ziel)", "Fortschritt in % (aktuell)"], [80, 40]),
    ],
)
def test_progress_is_what_was_reached(tmp_path: Path, heads: list[str], cells: list[int]) -> None:
    """What is to be reached is not reported as reached."""
    root, _ = imported(tmp_path, [*heads, "Status"], [*cells, "läuft"])
    assert [row["progress"] for row in rows(root, "status_reports")] == ["40"]


def test_texts_and_offices_of_before_are_left_out(tmp_path: Path) -> None:
    """“Sachstand (alt)” and “Zuständig früher” say what no longer holds."""
    heads = ["Sachstand (alt)", "Sachstand (neu)", "Zuständig früher", "Zuständig", "Status"]
    root, _ = imported(tmp_path, heads, ["vorher", "jetzt", "Amt 20", "Amt 61", "läuft"])
    assert [row["text"] for row in rows(root, "status_reports")] == ["jetzt"]
    assert [row["name"] for row in rows(root, "organisations")] == ["Amt 61"]


def test_former_amounts_and_numbers_are_left_out(tmp_path: Path) -> None:
    """“Ansatz 2027 alt” gives way to the new one, “Nr. alt” to the number that counts."""
    heads = ["Nr. alt", "Ansatz 2027 alt", "Ansatz 2027 neu"]
    root, _ = imported(tmp_path, heads, ["7", 55, 60])
    assert [row["planned"] for row in rows(root, "budget")] == ["60"]
    assert [row["official_id"] for row in rows(root, "measures")] == ["1"]
