"""Where the measures act: each place with what happens there, how it stands and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from klarplan.letters import plain_letters
from klarplan.strategy import derive, slips
from klarplan.strategy.addresses import contribution
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.model import Measure, Place
from klarplan.strategy.paper_list import PLACES_PAGE
from klarplan.strategy.place_names import has_places, place_anchor, places_title
from klarplan.words.room import cut
from macros.measure_now import next_step
from macros.participation import OPEN
from macros.registry import Context, macro, screen_macro

Data = Mapping[str, Any]

LISTED = 20
"""As many measures are named at a place; the others are counted."""
HEARD = 3
"""As many contributions are named at a measure; the others are counted."""
LONGEST = 90
"""So much room a contribution takes here, in average letters."""


def _contributions(ctx: Context, measure: Measure) -> Data:
    """What was contributed to a measure and what became of it; the first ones, the rest counted."""
    found = ctx.strategy.feedback_of_measure.get(measure.id, ())
    listed = "participation" in ctx.chapters
    return {
        "rows": [
            {
                "text": cut(item.contribution, LONGEST),
                "url": ctx.url(contribution(item.id)) if listed else "",
                "outcome": ctx.label("feedback", "outcome", item.outcome or OPEN),
            }
            for item in found[:HEARD]
        ],
        "more": max(len(found) - HEARD, 0),
        "url": f"{ctx.url(CHAPTERS['participation'].address)}?text={quote(measure.title)}"
        if listed
        else "",
    }


def _measure(ctx: Context, measure: Measure) -> Data:
    """How a measure stands, what comes next, and what was contributed to it."""
    strategy = ctx.strategy
    over = derive.is_over(strategy, measure, ctx.as_of)
    ahead = slips.end_ahead(strategy, measure, ctx.as_of)
    begin = measure.planned_start
    begins = ctx.words("coming.begin"), begin, measure.start_precision
    if begin and not measure.actual_start and not _is_past(begins, ctx.as_of):
        ahead = begins
    badge = ctx.badge_of(measure)
    return {
        "link": ctx.link("measures", measure.id),
        "badge": badge,
        "late": derive.is_late(strategy, measure, ctx.as_of)
        and slips.wording(strategy, measure, ctx.as_of, beside=badge.label),
        "step": None if over else next_step(strategy, measure, ctx.as_of),
        "ahead": None if over or not ahead[1] or _is_past(ahead, ctx.as_of) else ahead,
        "feedback": _contributions(ctx, measure),
    }


def _is_past(ahead: tuple[str, dt.date | None, str | None], as_of: dt.date) -> bool:
    _, day, precision = ahead
    return day is not None and derive.last_day(day, precision) < as_of


@macro
def place_index(ctx: Context) -> Data | None:
    """Zeigt je Ort die Maßnahmen, die dort wirken: wie sie stehen, was als Nächstes kommt und was
    aus Beiträgen dazu wurde; ein Ort steht hinter dem, in dem er liegt."""
    strategy = ctx.strategy
    here = strategy.measures_of_place
    if not here:
        return None
    overview = ctx.url(CHAPTERS["measures"].address)
    used = {p.id for key in here for p in strategy.around(strategy.place_by_id[key])}
    told: dict[str, Data] = {}

    def of(measure: Measure) -> Data:
        return told.get(measure.id) or told.setdefault(measure.id, _measure(ctx, measure))

    def shown(place: Place) -> Data:
        found = here.get(place.id, ())
        return {
            "name": place.name,
            "anchor": place_anchor(place.id),
            "kind": place.kind,
            "within": [
                {
                    "link": {"title": around.name, "url": f"#{place_anchor(around.id)}"},
                    "count": len(here.get(around.id, ())),
                }
                for around in strategy.around(place)[1:]
            ],
            "count": len(found),
            "rows": [of(m) for m in found[:LISTED]],
            "more": max(len(found) - LISTED, 0),
            "all": f"{overview}?ort={quote(place.id)}",
        }

    places = sorted(
        strategy.place_by_id.values(),
        key=lambda p: [q.name for q in reversed(strategy.around(p))],
    )
    return {
        "names": sorted(
            ({"title": p.name, "url": f"#{place_anchor(p.id)}"} for p in places),
            key=lambda link: plain_letters(link["title"]),
        ),
        "rows": [shown(p) for p in places if p.id in used],
        "without": [shown(p) for p in places if p.id not in used],
        "everywhere": len(strategy.measures) - len({m.id for ms in here.values() for m in ms}),
        "url": overview,
    }


@screen_macro
def place_link(ctx: Context) -> Data | None:
    """Verweist auf die Seite, die je Ort zeigt, was dort geschieht."""
    if not has_places(ctx.strategy):
        return None
    return {"link": {"title": places_title(ctx.strategy), "url": ctx.url(PLACES_PAGE)}}
