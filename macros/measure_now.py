"""Macros that answer first: how a measure stands now, what comes next, who can be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from klarplan.messages import Text
from klarplan.strategy import derive, slips
from klarplan.strategy.model import Measure, Strategy
from macros.indicators import shown
from macros.one_measure import reason_of
from macros.registry import GOAL, MEASURE, Context, known, macro, one_of

Data = Mapping[str, Any]


def next_step(strategy: Strategy, measure: Measure, as_of: dt.date) -> Data | None:
    """The next milestone that is open; of several that are overdue, the oldest."""
    steps = strategy.milestones_of_measure.get(measure.id, ())
    step = next((s for s in steps if s.due and s.is_open), None)
    if step is None or step.due is None:
        return None
    return {"title": step.title, "due": step.due, "late": step.due < as_of}


def _end(ctx: Context, measure: Measure) -> Data | None:
    """The end to come: when it is planned, and when the office now expects it."""
    strategy, words = ctx.strategy, ctx.words
    expected = derive.expected_end(strategy, measure, ctx.as_of)
    planned = measure.planned_end
    if planned is None and expected is None:
        return None
    gap = slips.expected_later(measure, expected) if expected else None
    return {
        "planned": planned,
        "precision": measure.end_precision,
        "expected": expected,
        "gap": slips.gap_in_words(words, gap) if gap else "",
    }


def _money(ctx: Context, measure: Measure) -> list[Data]:
    """Money by currency: spent of what was approved, in percent; else what is planned."""
    return [
        {"money": money, "share": derive.share(money.spent, money.approved)}
        for money in derive.totals(ctx.strategy.budget_of_measure.get(measure.id, ()))
    ]


@macro
def measure_now(ctx: Context, measure: str) -> Data | None:
    """Zeigt das Wichtigste einer Maßnahme zuerst: was als Nächstes kommt, wer zuständig ist, was
    ausgegeben ist und was zuletzt gemeldet wurde, mit Hemmnis und Beschluss."""
    strategy = ctx.strategy
    row = known(strategy.measure_by_id, measure, MEASURE)
    over = derive.is_over(strategy, row, ctx.as_of)
    decided = [d for d in strategy.decisions_of_measure.get(row.id, ()) if d.date]
    decision = max(decided, key=lambda d: d.date or dt.date.min, default=None)
    report = derive.latest_report(strategy, row.id, ctx.as_of)
    reason = reason_of(ctx, row)
    found = {
        "reason": reason,
        "step": None if over else next_step(strategy, row, ctx.as_of),
        "end": None if over else _end(ctx, row),
        "leads": strategy.leads_of_measure.get(row.id, ()),
        "contact": strategy.settings.contact_email,
        "money": _money(ctx, row),
        "report": report,
        "obstacles": report and not reason and report.obstacles,
        "decision": decision and {"link": ctx.link("decisions", decision.id), "day": decision.date},
    }
    empty = not any(found[name] for name in ("step", "end", "leads", "money", "report"))
    return None if empty else {"measure": row, "over": over, **found}


@macro
def effort(ctx: Context, table: str, id: str) -> Data | None:  # noqa: A002 - as in ``ref``
    """Stellt nebeneinander, was eine Maßnahme (`measures`) oder die Maßnahmen eines Ziels
    (`goals`) bisher gekostet haben, wie sich die Kennzahlen dazu bewegt haben und was gelernt
    wurde; ein Verhältnis wird nicht gerechnet."""
    strategy = ctx.strategy
    one_of({"measures": "Maßnahme", "goals": "Ziel"}, table, Text("Die Tabelle", "table"))
    if table == "measures":
        rows: tuple[Measure, ...] = (known(strategy.measure_by_id, id, MEASURE),)
        linked = [x.indicator for x in strategy.indicators_of_measure.get(id, ())]
    else:
        aim = known(strategy.goal_by_id, id, GOAL)
        rows = strategy.measures_of_goal.get(aim.id, ())
        linked = [indicator.id for indicator in strategy.indicators_of_goal.get(aim.id, ())]
    items = [item for m in rows for item in strategy.budget_of_measure.get(m.id, ())]
    spent = [money for money in derive.totals(items) if money.spent is not None]
    indicators = [
        shown(ctx, strategy.indicator_by_id[i]) for i in linked if i in strategy.indicator_by_id
    ]
    if not spent or not indicators:
        return None
    lessons = [
        {"link": ctx.link("measures", m.id), "text": report.lessons, "day": report.date}
        for m in rows
        for _, report in strategy.days_of_reports.get(m.id, ())[:1]
        if report.lessons and report.date and report.date <= ctx.as_of
    ]
    return {
        "money": spent,
        "several": len(rows),
        "of_goal": table == "goals",
        "indicators": indicators,
        "lessons": lessons,
    }
