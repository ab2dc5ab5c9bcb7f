"""Macros on taking part: what came in, what was answered, what it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from klarplan.strategy.addresses import contribution_anchor
from macros.bar_charts import bars
from macros.pictures import pictures_of
from macros.registry import Context, macro

Data = Mapping[str, Any]

OPEN = "open"
"""What became of a contribution of which nothing is told."""


@macro
def participation(ctx: Context) -> Data | None:
    """Zeigt Veranstaltungen und Befragungen, die neueste zuerst."""
    rows = sorted(
        ctx.strategy.participation, key=lambda p: (p.date is not None, p.date), reverse=True
    )
    if not rows:
        return None
    return {
        "rows": rows,
        "pictures_of": {row.id: pictures_of(ctx, "participation", row.id) for row in rows},
    }


@macro
def stakeholders(ctx: Context) -> Data | None:
    """Zeigt, wen die Strategie betrifft und wie die Gruppen einbezogen sind."""
    return {"rows": ctx.strategy.stakeholders} if ctx.strategy.stakeholders else None


def _outcomes(ctx: Context) -> list[tuple[str, str, int]]:
    """What became of contributions, in the order of the schema: value, label and number of each."""
    counts = Counter(f.outcome or OPEN for f in ctx.strategy.feedback)
    schema = ctx.descriptor.tables.get("feedback")
    order = [v for v, _ in schema.columns["outcome"].categories] if schema else []
    order += [v for v in counts if v not in order]
    return [(o, ctx.label("feedback", "outcome", o), counts[o]) for o in order if counts[o]]


@macro
def feedback_outcomes(ctx: Context) -> Data | None:
    """Zeigt, was aus den Beiträgen der Beteiligung wurde: Zahlen, und welche Maßnahmen sie
    geprägt haben."""
    words, strategy = ctx.words, ctx.strategy
    items = strategy.feedback
    if not items:
        return None
    rows = [(label, count) for _, label, count in _outcomes(ctx)]
    said = ", ".join(f"{words.number(n)} {label}" for label, n in rows)
    changed = Counter(
        f.measure
        for f in items
        if f.measure in strategy.measure_by_id and f.outcome in ("adopted", "partly")
    )
    return {
        "total": len(items),
        "answered": sum(bool(f.answer) for f in items),
        "undecided": sum(bool(f.answer) and (f.outcome or OPEN) == OPEN for f in items),
        "rows": rows,
        "changed": [
            {"link": ctx.link("measures", m), "count": n}
            for m, n in sorted(changed.items(), key=lambda pair: (-pair[1], pair[0] or ""))
        ],
        "chart": bars(
            words,
            [(label, Decimal(n), words.number(n)) for label, n in rows],
            words("feedback.chart", n=len(items), rows=said),
        ),
    }


@macro
def feedback(ctx: Context) -> Data | None:
    """Zeigt Beiträge aus der Beteiligung, die Antwort und was daraus wurde; sie lassen sich nach
    dem Ergebnis filtern, und jeder hat eine eigene Adresse."""
    rows = []
    for item in ctx.strategy.feedback:
        event = ctx.strategy.participation_by_id.get(item.participation or "")
        rows.append(
            {
                "feedback": item,
                "event": event.title if event else None,
                "anchor": contribution_anchor(item.id),
                "outcome_id": item.outcome or OPEN,
                "outcome": ctx.label("feedback", "outcome", item.outcome or OPEN),
                "measure": ctx.link("measures", item.measure),
            }
        )
    outcomes = [(value, label) for value, label, _ in _outcomes(ctx)]
    return {"rows": rows, "outcomes": outcomes} if rows else None
