"""Who does what: the organisations, each with the measures it leads or takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import Organisation
from klarplan.strategy.paper_list import ORGANISATIONS_PAGE
from macros.registry import Context, macro, screen_macro

Data = Mapping[str, Any]

LISTED = 100
"""As many measures are named below an organisation; the others are counted."""


def _measures(ctx: Context, identifiers: Iterable[str]) -> Data:
    """Measures with what took them over: the first ones, and how many more there are."""
    found = [i for i in dict.fromkeys(identifiers) if i in ctx.strategy.measure_by_id]
    return {
        "count": len(found),
        "rows": ctx.links("measures", found[:LISTED]),
        "more": max(len(found) - LISTED, 0),
    }


KINDS = (
    "department",
    "company",
    "association",
    "neighbour",
    "authority",
    "science",
    "business",
    "civic",
    "other",
)
"""The kinds of organisations in their order; „organisation.kind.KIND“ is the heading of each."""


@macro
def organisation_index(ctx: Context) -> Data | None:
    """Zeigt alle Organisationen mit Postfach und den Maßnahmen, die sie federführend oder als
    Beteiligte bearbeiten."""
    strategy = ctx.strategy
    kinds: dict[str, list[Organisation]] = {kind: [] for kind in KINDS}
    for row in strategy.organisations:
        kinds[row.kind if row.kind in KINDS else "other"].append(row)
    if not strategy.organisations:
        return None

    def shown(row: Organisation) -> Data:
        roles = strategy.responsibilities_of_organisation.get(row.id, ())
        leads = {r.measure for r in roles if r.role == "lead"}
        return {
            "organisation": row,
            "all": ctx.url(CHAPTERS["measures"].address) + f"?organisation={quote(row.id)}",
            "parent": ctx.organisation(row.parent),
            "lead": _measures(ctx, (r.measure for r in roles if r.role == "lead")),
            "partner": _measures(ctx, (r.measure for r in roles if r.measure not in leads)),
            "fields": ctx.links(
                "fields_of_action",
                (f.id for f in strategy.fields_of_action if f.lead == row.id),
            ),
        }

    return {
        "groups": [
            {
                "title": ctx.words(f"organisation.kind.{kind}"),
                "rows": [shown(row) for row in rows],
            }
            for kind, rows in kinds.items()
            if rows
        ],
    }


@screen_macro
def organisation_link(ctx: Context) -> Data | None:
    """Verweist auf die Seite mit allen Organisationen und ihren Maßnahmen."""
    return {"url": ctx.url(ORGANISATIONS_PAGE)} if ctx.strategy.organisations else None
