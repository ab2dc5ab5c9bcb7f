"""Macros on goals and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan import derive
from klarplan.model import Goal, Indicator
from macros.charts import line_chart
from macros.registry import GOAL, INDICATOR, Context, known, macro

Data = Mapping[str, Any]

TREND = {
    "reached": "Ziel erreicht",
    "on_track": "auf Kurs",
    "behind": "im Rückstand",
    "no_target": "ohne Zielwert",
    "no_value": "noch ohne Wert",
}


def _indicator(ctx: Context, indicator: Indicator) -> Data:
    strategy = ctx.strategy
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    state = derive.trend(strategy, indicator, ctx.as_of)
    return {
        "indicator": indicator,
        "link": ctx.link("indicators", indicator.id),
        "goal": ctx.link("goals", indicator.goal),
        "value": derive.current_value(strategy, indicator.id, ctx.as_of),
        "target": targets[-1] if targets else None,
        "trend": state,
        "trend_label": TREND[state],
    }


@macro
def goals_list(ctx: Context, field: str | None = None) -> Data:
    """Zeigt alle Ziele als gegliederte Liste, auf Wunsch nur die eines Handlungsfelds."""
    strategy = ctx.strategy
    if field is not None:
        goals = list(strategy.goals_of_field.get(field, ()))
        return {"tree": [_branch(ctx, g, set(), deep=False) for g in goals], "filtered": True}
    seen: set[str] = set()
    roots = [g for g in strategy.goals if not g.parent or g.parent not in strategy.goal_by_id]
    tree = [_branch(ctx, g, seen, deep=True) for g in roots]
    tree += [_branch(ctx, g, seen, deep=False) for g in strategy.goals if g.id not in seen]
    return {"tree": tree, "filtered": False}


def _branch(ctx: Context, goal: Goal, seen: set[str], *, deep: bool) -> dict[str, Any]:
    seen.add(goal.id)
    strategy = ctx.strategy
    children = [g for g in strategy.goals_of_parent.get(goal.id, ()) if g.id not in seen]
    return {
        "goal": goal,
        "link": ctx.link("goals", goal.id),
        "level": ctx.label("goals", "level", goal.level),
        "measures": len(strategy.measures_of_goal.get(goal.id, ())),
        "indicators": [_indicator(ctx, i) for i in strategy.indicators_of_goal.get(goal.id, ())],
        "children": [_branch(ctx, g, seen, deep=True) for g in children] if deep else [],
    }


@macro
def goal_facts(ctx: Context, goal: str) -> Data:
    """Zeigt die Eckdaten eines Ziels als Tabelle."""
    strategy = ctx.strategy
    row = known(strategy.goal_by_id, goal, GOAL)
    return {
        "goal": row,
        "level": ctx.label("goals", "level", row.level),
        "field": ctx.link("fields_of_action", row.field),
        "parent": ctx.link("goals", row.parent),
        "children": ctx.links("goals", (g.id for g in strategy.goals_of_parent.get(row.id, ()))),
        "documents": strategy.documents_of.get(("goals", row.id), ()),
    }


@macro
def goal_indicators(ctx: Context, goal: str) -> Data | None:
    """Zeigt die Kennzahlen eines Ziels mit letztem Wert, Zielwert und Einschätzung."""
    row = known(ctx.strategy.goal_by_id, goal, GOAL)
    rows = [_indicator(ctx, i) for i in ctx.strategy.indicators_of_goal.get(row.id, ())]
    return {"rows": rows, "with_goal": False, "title": row.title} if rows else None


@macro
def indicators_table(ctx: Context) -> Data:
    """Zeigt alle Kennzahlen mit letztem Wert, Zielwert und Einschätzung."""
    return {
        "rows": [_indicator(ctx, i) for i in ctx.strategy.indicators],
        "with_goal": any(i.goal for i in ctx.strategy.indicators),
    }


@macro
def indicator_facts(ctx: Context, indicator: str) -> Data:
    """Zeigt, was eine Kennzahl misst, woher die Werte stammen und wie sie steht."""
    row = known(ctx.strategy.indicator_by_id, indicator, INDICATOR)
    return {
        **_indicator(ctx, row),
        "kind": ctx.label("indicators", "kind", row.kind),
        "direction": ctx.label("indicators", "direction", row.direction),
        "measures": [
            {"link": ctx.link("measures", m.measure), "effect": m.effect}
            for m in ctx.strategy.measures_of_indicator.get(row.id, ())
            if m.measure in ctx.strategy.measure_by_id
        ],
    }


@macro
def indicator_chart(ctx: Context, indicator: str) -> Data | None:
    """Zeigt die Werte und Zielwerte einer Kennzahl als Diagramm und als Tabelle."""
    strategy = ctx.strategy
    row = known(strategy.indicator_by_id, indicator, INDICATOR)
    values = {
        v.date: v
        for v in strategy.values_of_indicator.get(row.id, ())
        if v.date and v.date <= ctx.as_of
    }
    targets = {t.date: t for t in strategy.targets_of_indicator.get(row.id, ()) if t.date}
    days = sorted({*values, *targets} | ({row.baseline_date} if row.baseline_date else set()))
    if not days or not (values or targets):
        return None
    measured = [(d, v.value) for d, v in values.items() if v.value is not None]
    aimed = [(d, t.value) for d, t in targets.items() if t.value is not None]
    if row.baseline_date and row.baseline_value is not None:
        aimed.insert(0, (row.baseline_date, row.baseline_value))
        if row.baseline_date not in values:
            measured.insert(0, (row.baseline_date, row.baseline_value))
    return {
        **_indicator(ctx, row),
        "chart": line_chart(measured, aimed, row.unit),
        "rows": [
            {
                "day": d,
                "value": values[d].value if d in values else None,
                "target": targets[d].value if d in targets else None,
                "baseline": row.baseline_value if d == row.baseline_date else None,
                "notes": [x.note for x in (values.get(d), targets.get(d)) if x and x.note],
            }
            for d in days
        ],
    }
