"""Building blocks in use: what the chapter on the assessment says of them, by topic."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from klarplan.words.hyphens import without
from tests.support.brief import baker_of, content, minimal, tables


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("digital", "Bausteine der digitalen Verwaltung"),
        ("climate", "Bausteine und ihr Stand"),
        ("general", "Bausteine und ihr Stand"),
    ],
)
def test_building_blocks_are_counted_and_not_judged(tmp_path: Path, topic: str, title: str) -> None:
    """Only digital strategies speak of digital administration; none says how many are enough."""
    minimal(tmp_path)
    tables(tmp_path, {"maturity": [{"id": "B-1", "component": "Kataster", "state": "available"}]})
    (tmp_path / "strategy").mkdir(exist_ok=True)
    (tmp_path / "strategy/strategy.yml").write_text(yaml.safe_dump({"topic": topic}), "utf-8")
    baker = baker_of(tmp_path)
    page = next(page for page in baker.pages() if page.kind == "assessment")
    made = content(baker, page)
    said = without(" ".join(made.text_content().split()))
    assert [without(h.text or "") for h in made.iter("h2")] == [title]
    assert ("digital" in said) == (topic == "digital")
    assert "1 Baustein ist ganz oder teilweise im Einsatz" in said.replace("\u00a0", " ")
    assert "gut aufgestellt" not in said
