"""What the check says of measures that are superseded, parts of others, or act in places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.support.entwined import DAY, write_entwined

RULES = ("KP210", "KP211", "KP212", "KP213", "KP214", "KP215", "KP506")


def found(root: Path) -> list[Finding]:
    """What the rules on such relations find."""
    return [f for f in check(root, DAY, pages=False) if f.rule in RULES]


def test_an_entwined_strategy_is_right(tmp_path: Path) -> None:
    """Further fields, parts, splits, merges and places are no faults, nor are they remarked on."""
    root = write_entwined(tmp_path)
    assert [f for f in check(root, DAY, pages=False) if f.severity == "error"] == []
    assert found(root) == []


@pytest.mark.parametrize(
    ("rule", "more", "file", "said"),
    [
        pytest.param(
            "KP211",
            {"successions": ["T-3,S-2"]},
            "data/successions.csv",
            "T-3 ist durch S-2 abgelöst",
            id="superseded and running",
        ),
        pytest.param(
            "KP211",
            {
                "statuses": ["spaet,verzögert,Es dauert.,delayed,!,#9c4500"],
                "status_reports": ["Q-1,2026-02-01,2025,spaet,90,Doch nicht fertig."],
            },
            "data/successions.csv",
            "Q-1 ist durch Q-3 abgelöst",
            id="superseded and delayed",
        ),
        pytest.param(
            "KP211",
            {"successions": ["T-5,S-2", "T-5,S-3"]},
            "data/successions.csv",
            "T-5 ist durch S-2 und S-3 abgelöst",
            id="split while under way is one finding",
        ),
        pytest.param(
            "KP212",
            {"successions": ["N-1,I-1"]},
            "data/successions.csv",
            "N-1 ist nur durch Internes abgelöst",
            id="superseded by an internal measure, never reported on",
        ),
        pytest.param(
            "KP212",
            {
                "statuses": ["ruht,ruht,Es ruht.,paused,–,#6b3fa0"],
                "status_reports": ["T-4,2026-02-01,2025,ruht,,Es ruht."],
                "successions": ["T-4,I-1"],
            },
            "data/successions.csv",
            "T-4 ist nur durch Internes abgelöst",
            id="superseded by an internal measure, paused",
        ),
        pytest.param(
            "KP213",
            {"places": ["O-8,Acht,O-9,", "O-9,Neun,O-8,"], "measure_places": ["N-1,O-8"]},
            "data/places.csv",
            "O-8 → O-9 → O-8",
            id="two places in each other",
        ),
        pytest.param(
            "KP213",
            {"places": ["O-8,Acht,O-8,"], "measure_places": ["N-1,O-8"]},
            "data/places.csv",
            "O-8 → O-8",
            id="a place in itself",
        ),
        pytest.param(
            "KP215",
            {"measure_fields": ["N-1,F-2"]},
            "data/measure_fields.csv",
            "F-2 ist schon das federführende",
            id="the leading field as a further one",
        ),
        pytest.param(
            "KP506",
            {"budget": ["T-1,2025,50,,,EUR,own"]},
            "data/budget.csv",
            "T-2 ist ein Teil von T-1, und beide haben Beträge für 2025",
            id="whole and part with money of one year and source",
        ),
        pytest.param(
            "KP506",
            {"budget": ["T-4,2025,,,60,EUR,own", "T-4,2026,10,,,EUR,", "T-5,2026,10,,,EUR,"]},
            "data/budget.csv",
            "T-5 ist ein Teil von T-4, und beide haben Beträge für 2025",
            id="spent against planned, and a year without source, are one finding",
        ),
    ],
)
def test_what_is_odd_is_told(
    tmp_path: Path, rule: str, more: dict[str, Sequence[str]], file: str, said: str
) -> None:
    """Each oddity is one finding that names the cell and what to do about it."""
    findings = [f for f in found(write_entwined(tmp_path, **more)) if f.rule == rule]
    first = findings[0]
    grave = "error" if rule == "KP213" else "warning"
    assert (first.severity, first.file) == (grave, file)
    assert said in first.problem.de
    assert first.line
    assert first.cure.de
    assert first.cure.en
    assert len(findings) == (2 if rule == "KP506" and "T-2" in said else 1)


def test_places_without_any_measure_are_told_once(tmp_path: Path) -> None:
    """They would stand nowhere; once a measure acts in one of them, all do."""
    root = write_entwined(tmp_path, places=["O-8,Acht,O-1,"])
    assert [f for f in found(root) if f.rule == "KP214"] == []
    (root / "data" / "measure_places.csv").write_text("measure,place\n", "utf-8")
    (notice,) = [f for f in found(root) if f.rule == "KP214"]
    assert (notice.severity, notice.file, notice.line) == ("notice", "data/places.csv", 2)
    assert "measure_places.csv" in notice.cure.de


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"successions": ["S-1,I-1"]}, id="one of several successors is internal"),
        pytest.param({"successions": ["I-1,N-1"]}, id="an internal measure is superseded"),
        pytest.param(
            {"successions": ["T-2,I-1"]}, id="what is done is shown as done, whoever took it over"
        ),
        pytest.param({"budget": ["T-1,2026,50,,,EUR,own"]}, id="money of another year"),
        pytest.param({"budget": ["T-2,2025,50,,,EUR,eu"]}, id="money from another source"),
        pytest.param({"budget": ["T-1,2025,,,,EUR,own"]}, id="a row without any amount"),
        pytest.param({"measure_places": ["N-1,O-1"]}, id="a measure in the place above"),
    ],
)
def test_what_is_right_is_not_told(tmp_path: Path, more: dict[str, Sequence[str]]) -> None:
    """What tells the truth on the site is not remarked on."""
    assert found(write_entwined(tmp_path, **more)) == []
