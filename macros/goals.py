"""Macros on goals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.strategy.model import Goal
from macros.indicators import multiples, shown, values_table
from macros.registry import GOAL, Context, known, macro

Data = Mapping[str, Any]


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
        "measures": len(strategy.measures_of_goal.get(goal.id, ())) if strategy.measures else None,
        "indicators": [shown(ctx, i) for i in strategy.indicators_of_goal.get(goal.id, ())],
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
    """Zeigt, wie die Kennzahlen eines Ziels stehen: als Karten mit Verlauf, und alle Werte als
    Tabelle zum Aufklappen."""
    row = known(ctx.strategy.goal_by_id, goal, GOAL)
    indicators = ctx.strategy.indicators_of_goal.get(row.id, ())
    if not indicators:
        return None
    return {
        **multiples(ctx, indicators),
        "values": [values for i in indicators if (values := values_table(ctx, i))],
    }
