"""What the search knows of a page beside its words: its kind, its field of action, its status."""

from __future__ import annotations

from collections.abc import Mapping

from klarplan.pages.page import Facets
from klarplan.strategy import derive
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.model import Decision, FieldOfAction, Goal, Indicator, Measure, Row
from klarplan.words.catalogue import Words
from macros.registry import PARTS, Context

KINDS: Mapping[str, str] = {
    **{chapter.kind: f"chapter.{chapter.name}.row" for chapter in ROW_CHAPTERS.values()},
    "brief": "search.page",
    "report": "search.page",
    "figures": "search.page",
    "organisations": "search.page",
    "places": "search.page",
    "start": "search.page",
    "page": "search.page",
    "table": "search.table",
}
"""What kinds of pages are called, by their key in the catalogue; every other kind is a chapter."""

_LEFT_OUT = ("suche.md", "handbuch/")


def page_facets(words: Words, kind: str, path: str) -> Facets | None:
    """The facets of a chapter or a page of ``docs/``.

    ``None`` for what citizens don't look for: the page of the search, and the handbook for editors.
    """
    if path.startswith(_LEFT_OUT):
        return None
    return Facets(kind=words(KINDS.get(kind, "search.chapter")))


def row_facets(context: Context, kind: str, row: Row) -> Facets:
    """The facets of a row's page."""
    strategy = context.strategy
    field, status, symbol, badge = "", "", "", ""
    further: tuple[str, ...] = ()
    if isinstance(row, FieldOfAction):
        field = row.id
    elif isinstance(row, Goal):
        field = row.field or ""
    elif isinstance(row, Measure):
        field = row.field
        further = tuple(f.title for f in strategy.further_fields_of_measure.get(row.id, ()))
        shown = context.badge_of(row)
        status = context.words("status.in_parts") if shown.id == PARTS else shown.label
        symbol, badge = shown.symbol, f"badge badge--{shown.id}"
    elif isinstance(row, Indicator):
        goal = strategy.goal_by_id.get(row.goal or "")
        field = goal.field or "" if goal else ""
        trend = derive.trend(strategy, row, context.as_of)
        status, badge = context.words(f"indicator.trend.{trend}"), f"trend trend--{trend}"
    elif isinstance(row, Decision):
        measure = strategy.measure_by_id.get(row.measure or "")
        field = measure.field if measure else ""
    place = strategy.field_by_id.get(field)
    return Facets(
        kind=context.words(KINDS[kind]),
        field=place.title if place else "",
        status=status,
        symbol=symbol,
        badge=badge,
        further=further,
    )
