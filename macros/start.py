"""Macros of the start page: where to go first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.strategy.chapters import CHAPTERS
from macros.registry import Context, screen_macro

WAYS = ("measures", "implementation", "participation")
"""The chapters that most readers look for; „way.CHAPTER“ is what they call them."""


@screen_macro
def main_links(ctx: Context) -> Mapping[str, Any] | None:
    """Zeigt die wichtigsten Wege in die Strategie als Schaltflächen; wo es nichts zu sehen gibt,
    führt keine hin."""
    rows = [
        {"text": ctx.words(f"way.{chapter}"), "url": ctx.url(CHAPTERS[chapter].address)}
        for chapter in WAYS
        if chapter in ctx.chapters and _filled(ctx, chapter)
    ]
    return {"rows": rows} if rows else None


def _filled(ctx: Context, chapter: str) -> bool:
    """Whether a table of a chapter has a row."""
    return any(getattr(ctx.strategy, table) for table in CHAPTERS[chapter].tables)
