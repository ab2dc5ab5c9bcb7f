"""What the check says of who leads a measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.support.klein import DAY, append, copied

RESPONSIBILITIES = "data/responsibilities.csv"


def found(root: Path) -> list[Finding]:
    """The findings on several leads."""
    return [f for f in check(root, DAY, pages=False) if f.rule == "KP216"]


@pytest.mark.parametrize(
    ("rows", "lines", "said"),
    [
        pytest.param(("A-4,rathaus,lead",), [11], "Für A-4 sind", id="two"),
        pytest.param(
            ("A-1,schulamt,lead", "A-1,werke,lead"), [11], "Für A-1 sind", id="three are one case"
        ),
        pytest.param(
            ("A-2,werke,lead", "A-6,rathaus,lead"), [11, 12], "federführend", id="two measures"
        ),
        pytest.param(("A-4,rathaus,partner",), [], "", id="a partner is none"),
        pytest.param(("A-8,werke,funder", "A-8,stadt,partner"), [], "", id="nor is who pays"),
    ],
)
def test_one_organisation_leads(
    rows: tuple[str, ...], lines: list[int], said: str, tmp_path: Path
) -> None:
    """Where several organisations lead a measure, the second row is told, once for a measure."""
    root = copied(tmp_path)
    append(root, RESPONSIBILITIES, "".join(f"{row}\n" for row in rows))
    told = found(root)
    assert [(f.severity, f.line, f.title.de) for f in told] == [
        ("warning", line, "Rolle") for line in lines
    ]
    assert all(said in f.problem.de and "„partner“" in f.cure.de for f in told)


def test_leads_can_be_answered(tmp_path: Path) -> None:
    """Who means it so answers the warning, and is asked no more."""
    root = copied(tmp_path)
    append(root, RESPONSIBILITIES, "A-4,rathaus,lead\n")
    reason = "Beide Ämter führen das Vorhaben gemeinsam, so steht es im Beschluss."
    head = "rule,table,id,column,value,reason\n"
    row = f'KP216,responsibilities,A-4/rathaus/lead,role,lead,"{reason}"\n'
    (root / "strategy/acknowledged.csv").write_text(head + row, encoding="utf-8")
    assert found(root) == []
