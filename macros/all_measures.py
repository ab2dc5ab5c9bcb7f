"""Macros on all measures at once: the list that can be narrowed, and the schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from klarplan.strategy import addresses, derive, slips
from klarplan.strategy.model import Measure, Milestone, Strategy
from klarplan.strategy.numbers import in_order
from macros.measure_lists import line
from macros.registry import PARTS, Context, macro
from macros.subscriptions import dates_of

Data = Mapping[str, Any]

EFFECTS = ("climate", "demography", "quick")
"""Effects to filter by; „overview.effects.EFFECT“ is what each is called."""


def _effects(measure: Measure) -> list[str]:
    effects = []
    if measure.climate_effect == "positive":
        effects.append("climate")
    if measure.demography_effect == "positive":
        effects.append("demography")
    if measure.quick_win:
        effects.append("quick")
    return effects


def _years(measure: Measure) -> tuple[int | None, int | None]:
    begin = measure.actual_start or measure.planned_start
    end = measure.end
    return (begin.year if begin else None, end.year if end else None)


def _row(ctx: Context, measure: Measure) -> dict[str, Any]:
    strategy = ctx.strategy
    state = derive.timeliness(strategy, measure, ctx.as_of)
    first, last = _years(measure)
    organisations = {
        r.organisation: None for r in strategy.responsibilities_of_measure.get(measure.id, ())
    }
    fields = strategy.further_fields_of_measure.get(measure.id, ())
    places = (
        around.id
        for place in strategy.places_of_measure.get(measure.id, ())
        for around in strategy.around(place)
    )
    return {
        **line(ctx, measure),
        "state": state,
        "fields": [measure.field, *(f.id for f in fields)],
        "places": [*dict.fromkeys(places)],
        "goals": [g.id for g in strategy.goals_of_measure.get(measure.id, ())],
        "organisations": list(organisations),
        "effects": _effects(measure),
        "first": first,
        "last": last,
    }


def _used(options: Mapping[str, str], values: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    found = {value for several in values for value in several}
    return [(key, label) for key, label in options.items() if key in found]


@macro
def measures_overview(ctx: Context) -> Data:
    """Zeigt alle Maßnahmen als Tabelle, die sich filtern, sortieren und herunterladen lässt."""
    words, strategy = ctx.words, ctx.strategy
    rows: list[dict[str, Any]] = [_row(ctx, measure) for measure in strategy.measures]
    years = sorted({y for row in rows for y in (row["first"], row["last"]) if y})
    statuses = {s.id: s.label for s in strategy.statuses}
    statuses |= {badge.id: badge.label for badge in (ctx.badge(PARTS), ctx.badge(None))}
    filters = [
        (
            "feld",
            words("chapter.fields.row"),
            _used(
                {f.id: f.title for f in strategy.fields_of_action},
                [row["fields"] for row in rows],
            ),
        ),
        ("ort", words("overview.place"), _used(_nested(strategy), [row["places"] for row in rows])),
        (
            "ziel",
            words("chapter.goals.row"),
            _used({g.id: g.title for g in strategy.goals}, [row["goals"] for row in rows]),
        ),
        ("status", words("list.status"), _used(statuses, [[row["badge"].id] for row in rows])),
        (
            "termin",
            words("facts.timeliness"),
            _used(
                {case: words(f"schedule.{case}") for case in slips.CASES},
                [[row["state"]] for row in rows],
            ),
        ),
        (
            "organisation",
            words("overview.organisation"),
            _used(
                {o.id: o.name for o in strategy.organisations},
                [row["organisations"] for row in rows],
            ),
        ),
        (
            "jahr",
            words("overview.year"),
            [(str(y), str(y)) for y in (range(years[0], years[-1] + 1) if years else ())],
        ),
        (
            "wirkung",
            words("overview.effect"),
            _used(
                {effect: words(f"overview.effects.{effect}") for effect in EFFECTS},
                [row["effects"] for row in rows],
            ),
        ),
    ]
    used = derive.status_counts(strategy, strategy.measures, ctx.as_of)
    return {
        "rows": rows,
        "explained": [ctx.badge(c.status) for c in used],
        "file": ctx.url(addresses.MEASURES),
        "filters": [
            {"name": name, "label": label, "options": options}
            for name, label, options in filters
            if len(options) > 1 or (name == "wirkung" and options)
        ],
        "with_field": len(strategy.fields_of_action) > 1,
        "with_leads": any(row["leads"] for row in rows),
        "by_field": "fields" in ctx.chapters,
    }


def _nested(strategy: Strategy) -> dict[str, str]:
    """Names of places by id, each behind the one that it lies in, with a dash for each step."""
    ordered = sorted(
        strategy.place_by_id.values(),
        key=lambda place: [p.name for p in reversed(strategy.around(place))],
    )
    return {p.id: "– " * (len(strategy.around(p)) - 1) + p.name for p in ordered}


def next_quarter(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the quarter after the one that a day is in."""
    month = (day.month - 1) // 3 * 3 + 4
    first = dt.date(day.year + (month > 12), (month - 1) % 12 + 1, 1)
    after = dt.date(first.year + (first.month > 9), (first.month + 2) % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


@macro
def coming(ctx: Context) -> Data:
    """Zeigt, was bis zum Ende des nächsten Quartals ansteht: Beginn, Meilensteine und Ende."""
    words, (_, until) = ctx.words, next_quarter(ctx.as_of)
    found: list[dict[str, Any]] = []
    for measure in ctx.strategy.measures:
        if derive.is_over(ctx.strategy, measure, ctx.as_of):
            continue
        dates: list[tuple[str, dt.date | None, str | None, str]] = [
            (words("coming.milestone"), m.due, "day", m.title) for m in _open_steps(ctx, measure)
        ]
        if not measure.actual_start:
            begin = measure.planned_start, measure.start_precision
            dates.append((words("coming.begin"), *begin, ""))
        dates.append((*slips.end_ahead(ctx.strategy, measure, ctx.as_of), ""))
        found += [
            {
                "day": day,
                "precision": exact,
                "what": what,
                "title": title,
                "link": ctx.link("measures", measure.id),
            }
            for what, day, exact, title in dates
            if day and ctx.as_of <= derive.last_day(day, exact) <= until
        ]
    rows = sorted(found, key=sooner)
    return {"rows": rows, "until": until, "calendar": dates_of(ctx)}


def sooner(row: Mapping[str, Any]) -> tuple[dt.date, tuple[tuple[int, str], ...]]:
    """Sorts dates to come: by the last day that is meant, then by the number of the measure."""
    return derive.last_day(row["day"], row["precision"]), in_order(row["link"].number)


def _open_steps(ctx: Context, measure: Measure) -> list[Milestone]:
    steps = ctx.strategy.milestones_of_measure.get(measure.id, ())
    return [m for m in steps if m.is_open]
