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
    """Zeigt die wichtigsten Wege in die Strategie als Schaltflächen."""
    rows = [
        {"text": ctx.words(f"way.{chapter}"), "url": ctx.url(CHAPTERS[chapter].address)}
        for chapter in WAYS
        if chapter in ctx.chapters
    ]
    return {"rows": rows} if rows else None
