"""Macros on measures: status, facts, lists, reports, milestones, who and with whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.messages import Text
from klarplan.strategy import derive, periods, slips
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.model import Measure
from klarplan.words.catalogue import GERMAN
from macros.registry import (
    FIELD,
    GOAL,
    MEASURE,
    ORGANISATION,
    STATUS,
    Context,
    inline_macro,
    known,
    macro,
    one_of,
)
from macros.subscriptions import news_of

Data = Mapping[str, Any]


@inline_macro
def status_badge(ctx: Context, measure: str) -> Data:
    """Zeigt den aktuellen Status einer Maßnahme als Plakette im Satz."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    return {"badge": ctx.badge_of(row)}


@inline_macro
def ref(ctx: Context, id: str) -> Data:  # noqa: A002 - the word that authors know
    """Verweist im Satz auf eine Maßnahme, ein Ziel, ein Handlungsfeld, eine Kennzahl oder einen
    Beschluss."""
    tables = tuple(dict.fromkeys(("measures", *ROW_CHAPTERS)))
    for table in tables:
        link = ctx.link(table, id)
        if link:
            return {"link": link}
    everything = {row.id: row for table in tables for row in ctx.strategy.entries(table)}
    known(everything, id, Text("Den Eintrag", "entry"))
    return {"link": None}


def line(ctx: Context, measure: Measure) -> Data:
    """What every list says of a measure."""
    badge = ctx.badge_of(measure)
    return {
        "link": ctx.link("measures", measure.id),
        "number": measure.number,
        "field": ctx.link("fields_of_action", measure.field),
        "further": ctx.further_fields(measure),
        "badge": badge,
        "timeliness": slips.wording(ctx.strategy, measure, ctx.as_of, beside=badge.label),
        "late": derive.is_late(ctx.strategy, measure, ctx.as_of),
        "end": measure.end,
        "until": measure.end and derive.last_day(measure.end, measure.exactness_of_end),
        "permanent": measure.type == "permanent",
        "precision": measure.exactness_of_end,
        "leads": ctx.leads(measure.id),
    }


@macro
def measures_table(  # noqa: PLR0913, PLR0917 - one filter each
    ctx: Context,
    field: str | None = None,
    goal: str | None = None,
    status: str | None = None,
    organisation: str | None = None,
    timeliness: str | None = None,
) -> Data:
    """Zeigt Maßnahmen als Tabelle, auf Wunsch nur die eines Handlungsfelds, eines Ziels, eines
    Status, einer Organisation oder einer Termintreue: superseded, done, stopped, paused,
    expected_past, overdue, not_begun, delayed, stale, undated oder on_time."""
    strategy = ctx.strategy
    rows = list(strategy.measures)
    if field is not None:
        known(strategy.field_by_id, field, FIELD)
        rows = list(strategy.measures_of_field.get(field, ()))
    if goal is not None:
        known(strategy.goal_by_id, goal, GOAL)
        members = {m.id for m in strategy.measures_of_goal.get(goal, ())}
        rows = [m for m in rows if m.id in members]
    if status is not None:
        known(strategy.status_by_id, status, STATUS)
        rows = [m for m in rows if ctx.badge_of(m).id == status]
    if organisation is not None:
        known(strategy.organisation_by_id, organisation, ORGANISATION)
        members = {
            r.measure for r in strategy.responsibilities_of_organisation.get(organisation, ())
        }
        rows = [m for m in rows if m.id in members]
    if timeliness is not None:
        one_of(
            {case: GERMAN(f"schedule.{case}") for case in slips.CASES},
            timeliness,
            Text("Die Termintreue", "timeliness"),
        )
        rows = [m for m in rows if derive.timeliness(strategy, m, ctx.as_of) == timeliness]
    lines = [line(ctx, m) for m in rows]
    return {
        "rows": lines,
        "with_field": field is None and len(strategy.fields_of_action) > 1,
        "with_status": status is None,
        "with_leads": any(line["leads"] for line in lines),
        "filtered": any(x is not None for x in (field, goal, status, organisation, timeliness)),
    }


@macro
def further_measures(ctx: Context, field: str) -> Data | None:
    """Zeigt Maßnahmen, die auch zu einem Handlungsfeld gehören, mit dem federführenden Feld, in dem
    sie gezählt werden."""
    known(ctx.strategy.field_by_id, field, FIELD)
    rows = [line(ctx, m) for m in ctx.strategy.further_measures_of_field.get(field, ())]
    return {"rows": rows} if rows else None


@macro
def measure_parts(ctx: Context, measure: str) -> Data | None:
    """Zeigt die Teilmaßnahmen einer Maßnahme mit ihrem Stand."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    found = ctx.strategy.parts_of_measure.get(row.id, ())
    if not found:
        return None
    lines = [line(ctx, m) for m in found]
    return {
        "rows": lines,
        "with_field": any(m.field != row.field for m in found),
        "with_leads": any(each["leads"] for each in lines),
    }


@macro
def status_timeline(ctx: Context, measure: str) -> Data:
    """Zeigt alle Meldungen zum Stand einer Maßnahme, die neueste zuerst."""
    row = known(ctx.strategy.measure_by_id, measure, MEASURE)
    reports = [r for day, r in ctx.strategy.days_of_reports.get(row.id, ()) if day <= ctx.as_of]
    return {
        "measure": row,
        "news": news_of(ctx, row),
        "by_parts": derive.told_by_parts(ctx.strategy, row, ctx.as_of),
        "reports": [
            {
                "report": r,
                "badge": ctx.badge(r.status),
                "remark": periods.remark(ctx.strategy, r),
                "corrected": periods.corrected(ctx.strategy, r, ctx.as_of),
            }
            for r in reports
        ],
    }


@macro
def newest_reports(ctx: Context, count: int = 5) -> Data | None:
    """Zeigt die neuesten Meldungen aus allen Maßnahmen."""
    reports = sorted(
        (
            r
            for r in ctx.strategy.status_reports
            if r.date and r.date <= ctx.as_of and r.text and r.measure in ctx.strategy.measure_by_id
        ),
        key=lambda r: r.date or ctx.as_of,
        reverse=True,
    )[:count]
    if not reports:
        return None
    return {
        "rows": [
            {
                "report": r,
                "badge": ctx.badge(r.status),
                "link": ctx.link("measures", r.measure),
                "origin": periods.origin(ctx.strategy, r),
            }
            for r in reports
        ],
        "news": news_of(ctx),
    }
