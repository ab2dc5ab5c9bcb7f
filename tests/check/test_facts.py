"""What has happened lies in the past, in every column that the schema marks as fact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.own_files import PACKAGE
from tests.support.klein import DAY, append, copied, replace

EVENTS = "id,title,date,format,participants,summary,result_url\n"
FEEDBACK = "id,participation,date,contribution,answer,outcome,measure\n"


def found(root: Path) -> list[tuple[str, str, str, int | None]]:
    """Rule, severity, file and line of what is told."""
    return [(f.rule, f.severity, f.file, f.line) for f in check(root, DAY)]


def test_an_event_may_be_announced(tmp_path: Path) -> None:
    """An event that lies ahead is only a warning, since it may be announced."""
    root = copied(tmp_path)
    append(root, "data/participation.csv", EVENTS + "V-1,Werkstatt,2026-07-01,,,,\n")
    assert found(root) == [("KP110", "warning", "data/participation.csv", 2)]


def test_a_contribution_comes_after_its_event(tmp_path: Path) -> None:
    """A contribution older than its event is a warning; one of the same day is not."""
    root = copied(tmp_path)
    append(root, "data/participation.csv", EVENTS + "V-1,Werkstatt,2026-05-01,,,,\n")
    rows = "F-1,V-1,2026-05-01,Gut,,,\nF-2,V-1,2026-04-30,Früh,,,\nF-3,,2026-01-01,Ohne,,,\n"
    append(root, "data/feedback.csv", FEEDBACK + rows)
    assert found(root) == [("KP111", "warning", "data/feedback.csv", 3)]


@pytest.mark.parametrize("cells", ["2027,5,5,0,", "2027,5,5,,", "2026,5,5,5,", "2027,5,5,0.00,"])
def test_money_to_come_may_be_approved(cells: str, tmp_path: Path) -> None:
    """Planned and approved money may lie ahead, and so may a spending of nothing."""
    root = copied(tmp_path)
    append(root, "data/budget.csv", f"A-4,{cells}EUR,own,,\n")
    assert found(root) == []


def test_the_day_itself_is_past(tmp_path: Path) -> None:
    """A fact of the as-of date is no finding, the day after is."""
    root = copied(tmp_path)
    replace(root, "data/decisions.csv", "B-2,2024-05-06", "B-2,2026-06-30")
    assert found(root) == []
    replace(root, "data/decisions.csv", "B-2,2026-06-30", "B-2,2026-07-01")
    assert found(root) == [("KP110", "error", "data/decisions.csv", 3)]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ({"fact": "error"}, [("KP110", "error", "data/bodies.csv", 2)]),
        ({"fact": "warning"}, [("KP110", "warning", "data/bodies.csv", 2)]),
        ({}, []),
        ({"fact": "error", "factDate": "tag"}, [("KP110", "error", "data/datapackage.json", None)]),
    ],
)
def test_a_fork_marks_its_own_facts(
    field: dict[str, str], expected: list[object], tmp_path: Path
) -> None:
    """The mark in the schema is all that the rule needs, also for a column of the fork's own."""
    root = copied(tmp_path)
    package = json.loads((PACKAGE.parent / "data/datapackage.json").read_text("utf-8"))
    (bodies,) = (r for r in package["resources"] if r["name"] == "bodies")
    bodies["schema"]["fields"].append({"name": "seit", "title": "Seit", "type": "date", **field})
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")
    (root / "data/bodies.csv").write_text("id,name,seit\nrat,Rat,2028-01-01\n", "utf-8")
    assert found(root) == expected
