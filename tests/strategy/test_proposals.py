"""The head of a report that is voted on: read from the settings, slips told where they stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from klarplan.strategy.proposals import Proposal
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import settings_text


def write(root: Path, text: str) -> None:
    """Write the settings of a root."""
    (root / SETTINGS).parent.mkdir(exist_ok=True)
    (root / SETTINGS).write_text(text, encoding="utf-8")


WHOLE = """\
proposals:
  2026-H1:
    number: 2026/117
    sequence:
      - 2026-09-30: "Rat: öffentlich"
      - 2026-09-15: ausschuss
    climate: keine | "gar" keine
  Runde 3:
"""


def test_what_is_written_is_read_and_written_again(tmp_path: Path) -> None:
    """Facts stay as they stand, meetings are in order, and the file that Klarplan writes is the
    same again."""
    write(tmp_path, WHOLE)
    settings, findings = read_settings(tmp_path)
    assert findings == []
    first, second = settings.proposals
    days = (dt.date(2026, 9, 15), "ausschuss"), (dt.date(2026, 9, 30), "Rat: öffentlich")
    assert (first.number, first.climate, first.costs) == ("2026/117", 'keine | "gar" keine', "")
    assert first.sequence == days
    assert second == Proposal(period="Runde 3")
    write(tmp_path, settings_text({"proposals": settings.proposals}))
    assert read_settings(tmp_path) == (settings, [])


@pytest.mark.parametrize("empty", ["proposals:", "proposals: []", 'proposals: ""', ""])
def test_nothing_is_a_value_too(empty: str, tmp_path: Path) -> None:
    """A strategy whose reports are not voted on needs no such setting."""
    write(tmp_path, f"title: A\n{empty}\n")
    settings, findings = read_settings(tmp_path)
    assert (settings.proposals, findings) == ((), [])


@pytest.mark.parametrize(
    ("below", "line", "value", "cure"),
    [
        ("  2026-H1: x", 2, "x", "2026-H1:"),
        ("  2026-H1:\n    numer: 1", 3, "numer", "Meinten Sie „number“?"),
        ("  2026-H1:\n    farbe: 1", 3, "farbe", "number, office, sequence"),
        ("  2026-H1:\n    costs:\n      - 1", 3, "1", "Anführungszeichen"),
        ("  2026-H1:\n    sequence: Rat", 3, "Rat", "- 2026-09-30: Rat"),
        ("  2026-H1:\n    sequence:\n      - Rat", 4, "Rat", "- 2026-09-30: Rat"),
        ("  2026-H1:\n    sequence:\n      - 15.9.2026: Rat", 4, "15.9.2026", "- 2026-09-15: Rat"),
        ("  2026-H1:\n    sequence:\n      - 2026-02-30: Rat", 4, "2026-02-30", "2026-09-30"),
        ("  2026-H1:\n    sequence:\n      - 2026-02-20:", 4, "2026-02-20", "- 2026-09-30: Rat"),
        ("  - 2026-H1", 1, "2026-H1", "2026-H1:"),
        ('  2026-H1:\n    number: "a\\0b"', 3, "a b", "Anführungszeichen"),
    ],
)
def test_a_slip_is_told_where_it_stands(
    below: str, line: int, value: str, cure: str, tmp_path: Path
) -> None:
    """One message names the line, what was written, and how it is right."""
    write(tmp_path, f"proposals:\n{below}\n")
    settings, (finding,) = read_settings(tmp_path)
    assert (finding.rule, finding.file) == ("KP012", SETTINGS)
    assert (finding.line, finding.value) == (line, value)
    assert cure in finding.cure.de
    assert settings.proposals == ()
