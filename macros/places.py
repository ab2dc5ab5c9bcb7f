"""Where the measures act: the places, each with those that stand out there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import Measure, Place
from macros.registry import Context, macro

Data = Mapping[str, Any]

LISTED = 20
"""As many measures are named at a place; the others are counted."""


@macro
def place_index(ctx: Context) -> Data | None:
    """Zeigt die Orte, in denen Maßnahmen wirken, mit diesen Maßnahmen; ein Ort steht hinter dem, in
    dem er liegt."""
    strategy = ctx.strategy
    here: dict[str, list[Measure]] = {}
    for measure in strategy.measure_by_id.values():
        for place in strategy.places_of_measure.get(measure.id, ()):
            here.setdefault(place.id, []).append(measure)
    if not here:
        return None
    used = {p.id for key in here for p in strategy.around(strategy.place_by_id[key])}
    overview = ctx.url(CHAPTERS["measures"].address)

    def shown(place: Place) -> Data:
        found = here.get(place.id, [])
        return {
            "name": place.name,
            "kind": place.kind,
            "within": [p.name for p in strategy.around(place)[1:]],
            "count": len(found),
            "rows": [
                {
                    "link": ctx.link("measures", m.id),
                    "badge": ctx.badge_of(m),
                }
                for m in found[:LISTED]
            ],
            "more": max(len(found) - LISTED, 0),
            "all": f"{overview}?ort={quote(place.id)}",
        }

    places = sorted(
        (p for p in strategy.place_by_id.values() if p.id in used),
        key=lambda p: [q.name for q in reversed(strategy.around(p))],
    )
    return {
        "rows": [shown(p) for p in places],
        "everywhere": len(strategy.measures) - len({m.id for ms in here.values() for m in ms}),
        "url": overview,
    }
