"""Which chapters a strategy has: what its tables and texts can fill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from klarplan.strategy.model import Strategy

TABLES: Mapping[str, tuple[str, ...]] = {
    "vision": (),
    "assessment": ("assessment", "maturity"),
    "goals": ("goals",),
    "fields": ("fields_of_action",),
    "measures": ("measures",),
    "indicators": ("indicators",),
    "implementation": ("measures",),
    "resources": ("budget",),
    "governance": ("bodies", "organisations"),
    "decisions": ("decisions",),
    "participation": ("participation", "feedback", "stakeholders"),
}
"""Tables that fill a chapter; any one of them is enough, and so is a text of its own."""


def chapter_prose(chapter: str) -> str:
    """The file with a chapter's own text."""
    if chapter in ("goals", "fields", "measures", "indicators", "decisions"):
        return f"strategy/{chapter}/index.md"
    return f"strategy/{chapter}.md"


def chapters_present(strategy: Strategy, root: Path) -> tuple[str, ...]:
    """The chapters of the settings that have a table (be it empty) or a text."""
    return tuple(
        chapter
        for chapter in strategy.settings.chapters
        if any(strategy.has(table) for table in TABLES[chapter])
        or (root / chapter_prose(chapter)).is_file()
    )
