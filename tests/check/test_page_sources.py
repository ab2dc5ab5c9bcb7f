"""Each page of the site has one source."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from tests.support.klein import DAY, copied


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("docs/massnahmen/a-1.md", "strategy/measures/A-1.md"),
        ("docs/massnahmen/index.md", "strategy/measures/index.md"),
        ("docs/vision.md", "strategy/vision.md"),
        ("docs/berichte/2025.md", "strategy/reports/2025.md"),
        ("docs/Handlungsfelder/f-1/index.md", "strategy/fields/F-1.md"),
    ],
)
def test_no_page_of_docs_takes_the_place_of_another(file: str, other: str, tmp_path: Path) -> None:
    """A file that would replace a page made from data or another text is an error that says so."""
    root = copied(tmp_path)
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Etwas anderes\n\nText.\n", encoding="utf-8")
    told = [f for f in check(root, DAY) if f.rule == "KP710"]
    assert [f.file for f in told] == [file]
    assert other in told[0].problem.de
