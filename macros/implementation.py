"""Macros on how the strategy is carried out: what runs, what is late, what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from klarplan.messages import Text
from klarplan.strategy import derive, slips
from klarplan.strategy.model import Measure, StatusReport
from klarplan.strategy.periods import name_of
from klarplan.words.catalogue import GERMAN, Words
from macros.bar_charts import Part, bars, stacks
from macros.line_chart import Chart
from macros.registry import Badge, Context, macro, one_of

Data = Mapping[str, Any]

NAMED = 10
"""As many measures are named in a cell; the others are counted."""


@macro
def status_by_field(ctx: Context, on_paper: bool = True) -> Data | None:
    """Zeigt für jedes Handlungsfeld, wie viele Maßnahmen welchen Status haben, als gestapelte
    Balken und als Tabelle; auf Papier auf Wunsch ohne die Tabelle."""
    words, strategy = ctx.words, ctx.strategy
    if not strategy.measures:
        return None
    columns = [c.status for c in derive.status_counts(strategy, strategy.measures, ctx.as_of)]
    badges = [ctx.badge(c) for c in columns]
    rows: list[dict[str, Any]] = []
    for field in strategy.fields_of_action:
        measures = strategy.measures_of_field.get(field.id, ())
        counts = {c.status: c.count for c in derive.status_counts(strategy, measures, ctx.as_of)}
        rows.append(
            {
                "title": field.title,
                "link": ctx.link("fields_of_action", field.id),
                "counts": [counts.get(c, 0) for c in columns],
                "total": len(measures),
                "progress": derive.progress_of(strategy, measures, ctx.as_of),
            }
        )
    sums = [sum(row["counts"][n] for row in rows) for n in range(len(columns))]
    total = sum(sums)
    everything = [(words("by_field.all_fields"), total, sums)] if len(rows) > 1 else []
    drawn = [*everything, *((r["title"], r["total"], r["counts"]) for r in rows if r["total"])]
    return {
        "on_paper": on_paper,
        "badges": badges,
        "rows": rows,
        "sums": sums,
        "total": total,
        "progress": derive.progress_of(strategy, strategy.measures, ctx.as_of),
        "with_progress": any(row["progress"] is not None for row in rows),
        "chart": status_chart(words, badges, drawn),
    }


def status_chart(
    words: Words, badges: Sequence[Badge], rows: Sequence[tuple[str, int, Sequence[int]]]
) -> Chart:
    """Stacked bars, one for each row: its name, its sum, its number of measures for each badge."""
    said = [
        f"{title}: " + ", ".join(f"{n} {b.label}" for n, b in zip(counts, badges, strict=True) if n)
        for title, _, counts in rows
    ]
    return stacks(
        words,
        [
            (
                title,
                words("count.measures", n=whole),
                [Part(n, b.colour, b.symbol) for n, b in zip(counts, badges, strict=True)],
            )
            for title, whole, counts in rows
        ],
        words("by_field.chart", rows="; ".join(said)),
    )


def reported(ctx: Context, measure: Measure, *columns: str) -> StatusReport | None:
    """The newest report of a measure in which one of these columns is filled."""
    for day, report in ctx.strategy.days_of_reports.get(measure.id, ()):
        if day <= ctx.as_of and any(getattr(report, c) for c in columns):
            return report
    return None


LISTS = ("late", "stale")
"""The lists of measures that ask for attention; „late.LIST“ is what each is called."""


@macro
def late_measures(ctx: Context, timeliness: str = "late") -> Data | None:
    """Zeigt die verzögerten oder überfälligen Maßnahmen (late) oder die ohne aktuelle Meldung
    (stale), mit dem Grund aus der jüngsten Meldung, sonst mit deren Worten, und dem zuständigen
    Amt. Was schon unter den verzögerten steht, nennt die zweite Liste nur mit Namen."""
    one_of({name: GERMAN(f"late.{name}") for name in LISTS}, timeliness, Text("Die Liste", "list"))
    words, strategy, stale = ctx.words, ctx.strategy, timeliness == "stale"
    rows: list[dict[str, Any]] = []
    for m in strategy.measures:
        silent = derive.timeliness(strategy, m, ctx.as_of) == "stale"
        if not (silent if stale else derive.is_late(strategy, m, ctx.as_of)):
            continue
        latest = derive.latest_report(strategy, m.id, ctx.as_of)
        since = latest.date if latest and latest.date else m.actual_start or m.planned_start
        last = ""  # the badge tells that there is none
        if latest and since:
            period = latest.period and name_of(words, latest.period)
            last = (
                words("late.last_report_on", day=words.short_day(since), period=period)
                if period
                else words("late.last_report", day=words.short_day(since))
            )
        badge = ctx.badge_of(m)
        how = last if stale else slips.wording(strategy, m, ctx.as_of, beside=badge.label)
        rows.append(
            {
                "link": ctx.link("measures", m.id),
                "field": ctx.link("fields_of_action", m.field),
                "badge": badge,
                "how": how,
                "reason": derive.obstacle(strategy, m, ctx.as_of),
                "told": latest if latest and latest.text else None,
                "leads": ctx.leads(m.id),
                "since": since or ctx.as_of,
                "delay": slips.delay(strategy, m, ctx.as_of),
            }
        )
    if stale:
        rows.sort(key=lambda row: row["since"])
    else:
        rows.sort(key=lambda row: row["delay"], reverse=True)
    late = derive.late(strategy, ctx.as_of) if stale else ()
    also = [m.id for m in late if derive.is_stale(strategy, m, ctx.as_of)]
    if not rows and not also:
        return None
    return {
        "rows": rows,
        "also": ctx.links("measures", also),
        "stale": stale,
        "reasons": sum(row["reason"] is not None for row in rows),
        "told": any(row["told"] and not row["reason"] for row in rows),
        "months": strategy.settings.review_months,
        "with_field": len(strategy.fields_of_action) > 1,
    }


@macro
def stopped_measures(ctx: Context) -> Data | None:
    """Zeigt, welche Maßnahmen eingestellt wurden, warum, und was daraus gelernt wurde."""
    strategy = ctx.strategy
    rows = [
        {
            "link": ctx.link("measures", m.id),
            "badge": ctx.badge_of(m),
            "report": derive.latest_report(strategy, m.id, ctx.as_of),
            "lesson": reported(ctx, m, "lessons"),
        }
        for m in strategy.measures
        if derive.category(strategy, m, ctx.as_of) == "stopped"
    ]
    return {"rows": rows} if rows else None


@macro
def lessons(
    ctx: Context, count: int = 10, stopped: bool = True, reasons: bool = True
) -> Data | None:
    """Zeigt die neuesten Meldungen, die sagen, was gelernt wurde, mit dem Hemmnis dazu; auf Wunsch
    ohne die der Maßnahmen, die eingestellt sind (`stopped=False`), und ohne Hemmnisse, die
    `late_measures` als Grund nennt (`reasons=False`)."""
    reports = [
        r
        for r in ctx.strategy.status_reports
        if r.date and r.date <= ctx.as_of and r.lessons and r.measure in ctx.strategy.measure_by_id
    ]
    if not stopped:
        over = (stopped_measures(ctx) or {"rows": ()})["rows"]
        told = [row["lesson"] for row in over]
        reports = [r for r in reports if r not in told]
    reports.sort(key=lambda r: r.date or ctx.as_of, reverse=True)
    if not reports:
        return None
    return {
        "rows": [
            {
                "report": r,
                "link": ctx.link("measures", r.measure),
                "obstacles": r.obstacles if reasons or not _is_told_as_reason(ctx, r) else None,
            }
            for r in reports[:count]
        ]
    }


def _is_told_as_reason(ctx: Context, report: StatusReport) -> bool:
    """Whether the lists of late and of silent measures give its obstacle as the reason."""
    strategy, day = ctx.strategy, ctx.as_of
    measure = strategy.measure_by_id[report.measure]
    silent = derive.timeliness(strategy, measure, day) == "stale"
    listed = silent or derive.is_late(strategy, measure, day)
    return listed and derive.obstacle(strategy, measure, day) is report


@macro
def data_quality(ctx: Context) -> Data | None:
    """Zählt offen, bei wie vielen Maßnahmen welche Angaben noch fehlen, mit ihrem Anteil."""
    words, strategy = ctx.words, ctx.strategy
    active = [m for m in strategy.measures if not derive.is_over(strategy, m, ctx.as_of)]
    if not active:
        return None
    gaps = [
        (
            "report",
            [m for m in active if derive.status_of(strategy, m, ctx.as_of) is None],
        ),
        ("date", [m for m in active if derive.is_undated(strategy, m, ctx.as_of)]),
        ("lead", [m for m in active if not ctx.leads(m.id)]),
    ]
    if strategy.has("measure_goals"):
        gaps.append(("goal", [m for m in active if not strategy.goals_of_measure.get(m.id)]))
    if strategy.has("budget"):
        without = [m for m in active if not strategy.budget_of_measure.get(m.id)]
        gaps.append(("money", without))
    found = [(words(f"gaps.without_{gap}"), ms, _share(len(ms), len(active))) for gap, ms in gaps]
    complete = set(active).difference(*(ms for _, ms in gaps))
    said = "; ".join(f"{label}: {_counted(words, ms, share)}" for label, ms, share in found)
    return {
        "total": len(active),
        "complete": len(complete),
        "share": _share(len(complete), len(active)),
        "chart": bars(
            words,
            [(label, Decimal(len(ms)), _counted(words, ms, share)) for label, ms, share in found],
            words("gaps.chart", rows=said),
            whole=Decimal(len(active)),
        ),
        "rows": [
            {
                "label": label,
                "count": len(ms),
                "share": share,
                "links": ctx.links("measures", (m.id for m in ms[:NAMED])),
                "more": max(0, len(ms) - NAMED),
            }
            for label, ms, share in found
        ],
    }


def _counted(words: Words, measures: Sequence[Measure], share: int) -> str:
    return f"{words.number(len(measures))} ({words.percent(share)})"


def _share(part: int, whole: int) -> int:
    """Percent, rounded half up."""
    return (200 * part + whole) // (2 * whole)
