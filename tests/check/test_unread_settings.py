"""Settings that can't be read are one error; what would follow from them is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.strategy.settings import SETTINGS
from tests.support.klein import DAY, append, copied, replace


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('municipality: "Stadt Kleinstadt"', 'municipality: "Stadt Kleinstadt', 2),
        ("review_months: 12", "  review_months: 12", 5),
        ("review_months: 12", "review_months:12", 5),
        ("published: false", "published false", 8),
        ("published: false", "title: x", 8),
    ],
)
def test_broken_settings_are_one_finding_more(
    old: str, new: str, line: int, tmp_path: Path
) -> None:
    """One error names the line; no other finding comes, be it of a measure or of publication."""
    root = copied(tmp_path)
    append(root, "strategy/acknowledged.csv", "rule,table,id,column,value,reason\n")
    before = set(check(root, DAY))
    replace(root, SETTINGS, old, new)
    (found,) = set(check(root, DAY)) - before
    assert (found.rule, found.file, found.line) == ("KP010", SETTINGS, line)


def test_missing_settings_are_one_finding_more(tmp_path: Path) -> None:
    """Without settings, their file is the only error, and publication is no matter."""
    root = copied(tmp_path)
    before = set(check(root, DAY))
    (root / SETTINGS).unlink()
    (found,) = set(check(root, DAY)) - before
    assert (found.rule, found.file, found.severity) == ("KP009", SETTINGS, "error")
