"""Macros of the start page: where to go first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.strategy.chapters import CHAPTERS
from macros.registry import Context, screen_macro

WAYS: Mapping[str, str] = {
    "measures": "Alle Maßnahmen ansehen",
    "implementation": "Wie weit wir sind",
    "participation": "Was aus Vorschlägen wurde",
}
"""The chapters that most readers look for, in words of theirs."""


@screen_macro
def main_links(ctx: Context) -> Mapping[str, Any] | None:
    """Zeigt die wichtigsten Wege in die Strategie als Schaltflächen."""
    rows = [
        {"text": text, "url": ctx.url(CHAPTERS[chapter].address)}
        for chapter, text in WAYS.items()
        if chapter in ctx.chapters
    ]
    return {"rows": rows} if rows else None
