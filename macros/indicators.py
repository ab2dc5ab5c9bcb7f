"""Macros on indicators: how they stand, in one sentence, as a chart and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from klarplan.strategy import derive
from klarplan.strategy.model import Indicator, Strategy
from macros.bar_charts import Part, stacks
from macros.line_chart import Points, decimals, line_chart
from macros.registry import INDICATOR, Context, known, macro
from macros.small_multiples import sparkline

Data = Mapping[str, Any]

MONEY = ("Euro", "€", "EUR")
"""Units of money, which has cents or none."""
PARTS: Mapping[derive.Trend, tuple[str, str]] = {
    "reached": ("✓", "#1b6e3c"),
    "on_track": ("▶", "#1a5fb4"),
    "behind": ("!", "#9c4500"),
    "unjudged": ("…", "#6b5b00"),
    "no_target": ("–", "#5e5c64"),
    "no_value": ("?", "#4a4850"),
}
"""Sign and colour of each state, behind white letters; „indicator.trend.STATE“ is its name."""


UNJUDGED: tuple[derive.Trend, ...] = ("unjudged", "no_target", "no_value")
"""The states that judge nothing."""


def sentence(ctx: Context, indicator: Indicator, *, judged: bool = True) -> str:
    """How an indicator stands: „Ziel 60 % bis Ende 2028, zuletzt 41 % (Ende 2025): im Rückstand“.

    The judgement is that of ``derive.trend``; where it is behind, the value that the path to the
    target asked for on the day of the newest value is told as well, and why nobody can judge.
    Not ``judged``, it is for a place beside the judgement: without that word, nothing where there
    is no value.
    """
    kind = "stands" if judged else "beside"
    words, strategy = ctx.words, ctx.strategy
    told = sayer(strategy, indicator)
    state = derive.trend(strategy, indicator, ctx.as_of)
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    value = derive.current_value(strategy, indicator.id, ctx.as_of)
    trend = words(f"indicator.trend.{state}")
    aim, latest = {}, {}
    if targets and targets[-1].value is not None and targets[-1].date:
        aim = {"aim": told(targets[-1].value), "by": words.point(targets[-1].date)}
    if value and value.value is not None and value.date:
        latest = {"latest": told(value.value), "day": words.point(value.date)}
        path = derive.expected_value(strategy, indicator, value.date)
        if aim and state == "behind" and path is not None:
            said = {**aim, **latest, "path": told(path)}
            return words(f"indicator.{kind}.both_path", **said, trend=trend)
        why = derive.unjudged(strategy, indicator, ctx.as_of)
        if aim and state == "unjudged" and why:
            said = {**aim, **latest, "why": words(f"indicator.unjudged.{why}")}
            return words(f"indicator.{kind}.both_open", **said, trend=trend)
    if not aim and not latest:
        return f"{trend[:1].upper()}{trend[1:]}." if judged else ""
    case = "both" if aim and latest else "aim" if aim else "latest"
    return words(f"indicator.{kind}.{case}", **aim, **latest, trend=trend)


def places(strategy: Strategy, indicator: Indicator) -> int:
    """So many decimals has every value of an indicator: as many as the one with most of them.

    Amounts of money have two or none.
    """
    points = (
        *strategy.values_of_indicator.get(indicator.id, ()),
        *strategy.targets_of_indicator.get(indicator.id, ()),
    )
    values = [indicator.baseline_value, *(point.value for point in points)]
    most = decimals(value for value in values if value is not None)
    return 2 if most == 1 and indicator.unit in MONEY else most


def sayer(strategy: Strategy, indicator: Indicator) -> Callable[[Decimal], str]:
    """Says values of an indicator: with its unit, and all with the same number of decimals."""
    words = strategy.words
    return partial(words.with_unit, unit=indicator.unit, places=places(strategy, indicator))


def shown(ctx: Context, indicator: Indicator) -> Data:
    """What every list of indicators tells about one."""
    strategy = ctx.strategy
    targets = strategy.targets_of_indicator.get(indicator.id, ())
    state = derive.trend(strategy, indicator, ctx.as_of)
    return {
        "indicator": indicator,
        "told": sayer(strategy, indicator),
        "link": ctx.link("indicators", indicator.id),
        "goal": ctx.link("goals", indicator.goal),
        "value": derive.current_value(strategy, indicator.id, ctx.as_of),
        "target": targets[-1] if targets else None,
        "trend": state,
        "trend_label": ctx.words(f"indicator.trend.{state}"),
        "sentence": sentence(ctx, indicator, judged=False),
    }


def multiple(ctx: Context, indicator: Indicator) -> Data:
    """What a card of a small multiple shows of one indicator, beside what every list tells."""
    words, strategy = ctx.words, ctx.strategy
    facts = shown(ctx, indicator)
    told, value, target = facts["told"], facts["value"], facts["target"]
    start, aim = {}, {}
    if indicator.baseline_value is not None and indicator.baseline_date:
        day = words.point(indicator.baseline_date)
        start = {"start": told(indicator.baseline_value), "day": day}
    if target and target.value is not None and target.date:
        aim = {"aim": told(target.value), "by": words.point(target.date)}
    case = "both" if start and aim else "start" if start else "aim"
    latest = value if value and value.value is not None and value.date else None
    path = None
    if latest and facts["trend"] == "behind":
        path = derive.expected_value(strategy, indicator, latest.date)
    measured, aims = _points(ctx, indicator)
    label = " ".join((f"{indicator.title}.", *_points_said(ctx, indicator, measured, aims)))
    return {
        **facts,
        "latest": latest,
        "path": path,
        "ends": words(f"indicator.ends.{case}", **start, **aim) if start or aim else "",
        "spark": sparkline(measured, aims, label),
    }


def multiples(ctx: Context, indicators: Iterable[Indicator]) -> Data:
    """The cards of small multiples, and whether a scale of theirs does not begin at zero."""
    rows = [multiple(ctx, indicator) for indicator in indicators]
    return {"rows": rows, "cut": any(row["spark"] and row["spark"].begins for row in rows)}


@macro
def indicators_table(ctx: Context) -> Data:
    """Zeigt alle Kennzahlen als Karten mit Verlauf, letztem Wert, Zielwert und Einschätzung, und
    dieselben Angaben als Tabelle zum Aufklappen."""
    return {
        **multiples(ctx, ctx.strategy.indicators),
        "with_goal": any(i.goal for i in ctx.strategy.indicators),
    }


@macro
def indicators_on_track(ctx: Context) -> Data | None:
    """Zeigt, wie viele Kennzahlen auf Kurs sind, und jede mit einem Satz, zuerst die im
    Rückstand."""
    rows = [shown(ctx, i) for i in ctx.strategy.indicators]
    if not rows:
        return None
    words, counts = ctx.words, Counter(row["trend"] for row in rows)
    order: tuple[derive.Trend, ...] = ("behind", "on_track", "reached", *UNJUDGED)
    there = {s: words(f"indicator.trend.{s}") for s in PARTS if counts[s]}
    states = ", ".join(f"{words.number(counts[s])} {name}" for s, name in there.items())
    parts = {s: Part(counts[s], colour, sign) for s, (sign, colour) in PARTS.items()}
    whole = words("indicator.count", n=len(rows))
    return {
        "states": states,
        "key": [
            (part, number, there[s]) for number, (s, part) in enumerate(parts.items()) if s in there
        ],
        "chart": stacks(
            words,
            [(words("indicator.all"), whole, list(parts.values()))],
            words("indicator.bars", n=len(rows), states=states),
        ),
        "rows": sorted(rows, key=lambda row: order.index(row["trend"])),
    }


@macro
def indicator_facts(ctx: Context, indicator: str) -> Data:
    """Zeigt, was eine Kennzahl misst, woher die Werte stammen und wie sie steht."""
    row = known(ctx.strategy.indicator_by_id, indicator, INDICATOR)
    return {
        **shown(ctx, row),
        "kind": ctx.label("indicators", "kind", row.kind),
        "direction": ctx.label("indicators", "direction", row.direction),
        "measures": [
            {"link": ctx.link("measures", m.measure), "effect": m.effect}
            for m in ctx.strategy.measures_of_indicator.get(row.id, ())
            if m.measure in ctx.strategy.measure_by_id
        ],
    }


def _points(ctx: Context, indicator: Indicator) -> tuple[Points, Points]:
    """What was measured so far, and the path from the baseline to the targets; both may be empty.

    Where no value was measured on the day of the baseline, the baseline is the value of that day.
    """
    strategy = ctx.strategy
    rows = strategy.values_of_indicator.get(indicator.id, ())
    values = {v.date: v.value for v in rows if v.date and v.date <= ctx.as_of}
    targets = {t.date: t.value for t in strategy.targets_of_indicator.get(indicator.id, ())}
    measured = [(d, n) for d, n in values.items() if n is not None]
    path = [(d, n) for d, n in targets.items() if d and n is not None]
    if indicator.baseline_date and indicator.baseline_value is not None:
        start = (indicator.baseline_date, indicator.baseline_value)
        if path:
            path.insert(0, start)
        if indicator.baseline_date not in values:
            measured.insert(0, start)
    return measured, path


def _points_said(ctx: Context, indicator: Indicator, measured: Points, path: Points) -> list[str]:
    """A sentence for each of the two lines that is there: its days and values."""
    words, told = ctx.words, sayer(ctx.strategy, indicator)
    found = []
    for key, points in (("measured", measured), ("path", path)):
        said = "; ".join(f"{words.point(d)} {told(n)}" for d, n in sorted(points))
        found += [words(f"indicator.{key}", values=said)] if said else []
    return found


@macro
def indicator_chart(ctx: Context, indicator: str) -> Data | None:
    """Zeigt die Werte und Zielwerte einer Kennzahl als Diagramm und als Tabelle."""
    row = known(ctx.strategy.indicator_by_id, indicator, INDICATOR)
    table = values_table(ctx, row)
    if table is None:
        return None
    words = ctx.words
    measured, path = _points(ctx, row)
    line = words("indicator.line", title=row.title, stands=sentence(ctx, row))
    label = " ".join((line, *_points_said(ctx, row, measured, path)))
    exact = places(ctx.strategy, row)
    chart = line_chart(words, measured, path, row.unit, label, places=exact)
    return {
        **table,
        "chart": chart,
        "begins": None if chart.begins is None else words.with_unit(chart.begins, row.unit),
        "with_path": len(path) > 1,
    }


def values_table(ctx: Context, row: Indicator) -> Data | None:
    """The rows of the table of an indicator: a day each; ``None`` without values and targets."""
    strategy = ctx.strategy
    values = {
        v.date: v
        for v in strategy.values_of_indicator.get(row.id, ())
        if v.date and v.date <= ctx.as_of
    }
    targets = {t.date: t for t in strategy.targets_of_indicator.get(row.id, ()) if t.date}
    if not (values or targets):
        return None
    start = row.baseline_date if row.baseline_value is not None else None
    return {
        "indicator": row,
        "told": sayer(strategy, row),
        "rows": [
            {
                "day": d,
                "value": values[d].value if d in values else None,
                "target": targets[d].value if d in targets else None,
                "baseline": row.baseline_value if d == start else None,
                "notes": [x.note for x in (values.get(d), targets.get(d)) if x and x.note],
            }
            for d in sorted({*values, *targets, *([start] if start else [])})
        ],
    }
