"""Macros of the start page: where to go first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.strategy.addresses import DATA, page_url
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.paper_list import BRIEF_PAGE, PLACES_PAGE, STRATEGY
from klarplan.strategy.place_names import has_places, places_title
from macros.registry import Context, screen_macro
from macros.sections import section_anchor

WAYS = ("measures", "implementation", "participation")
"""The chapters that most readers look for; „way.CHAPTER“ is what they call them."""

TAKING_PART = "mitmachen.md"
"""The page of ``docs/`` that says how to take part."""


@screen_macro
def main_links(ctx: Context) -> Mapping[str, Any] | None:
    """Zeigt die wichtigsten Wege in die Strategie als Schaltflächen; wo es nichts zu sehen gibt,
    führt keine hin."""
    rows = [
        {"text": ctx.words(f"way.{chapter}"), "url": ctx.url(_address(ctx, chapter))}
        for chapter in WAYS
        if chapter in ctx.chapters and _filled(ctx, chapter)
    ]
    if has_places(ctx.strategy):
        rows.append({"text": places_title(ctx.strategy), "url": ctx.url(PLACES_PAGE)})
    return {"rows": rows} if rows else None


def _address(ctx: Context, chapter: str) -> str:
    """Where a way leads: to a chapter, or to what in it was looked for."""
    address = CHAPTERS[chapter].address
    if chapter == "participation" and ctx.strategy.feedback:
        return f"{address}#{section_anchor('participation.heading.feedback')}"
    return address


@screen_macro
def offers(ctx: Context) -> Mapping[str, Any]:
    """Nennt, wie man mitmacht und was man mitnehmen kann: Kurzfassung, PDF und offene Daten; nur,
    was es gibt."""
    pages = {
        "take_part": page_url(TAKING_PART) if TAKING_PART in ctx.docs else "",
        "brief": BRIEF_PAGE,
        "strategy": STRATEGY if ctx.papers else "",
        "data": DATA if ctx.strategy.offered else "",
    }
    return {
        "rows": [
            {
                "title": ctx.words(f"offer.{name}.title"),
                "text": ctx.words(f"offer.{name}.text"),
                "url": ctx.url(page),
                "paper": page if name == "strategy" else "",
            }
            for name, page in pages.items()
            if page
        ]
    }


def _filled(ctx: Context, chapter: str) -> bool:
    """Whether a table of a chapter has a row."""
    return any(getattr(ctx.strategy, table) for table in CHAPTERS[chapter].tables)
