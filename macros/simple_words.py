"""A macro that says in short sentences what the figures of a strategy come to.

They are made by a program: not „Leichte Sprache“, which people write and people test, but simple
words: twelve at most, one thought each, no abbreviation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_name

from klarplan.strategy import derive
from klarplan.strategy.model import Measure
from macros.registry import Context, macro

MILLION = 1_000_000
STEPS = ((MILLION, Decimal(100_000)), (10_000, Decimal(1_000)))
"""From so much on, an amount is rounded to so much."""
STATES = ("done", "working", "open", "paused", "stopped", "superseded", "unclear", "untold")
"""How a measure can stand, in the order in which it is told; „simple.measures.STATE“ says it."""
WORKING = ("active", "delayed")
"""The categories of statuses that mean that someone works on it."""


@macro
def in_simple_words(ctx: Context) -> Mapping[str, Any] | None:
    """Sagt in kurzen, einfachen Sätzen, was in den Tabellen steht: Maßnahmen, Verspätung, Ziele und
    Geld. Die Sätze macht ein Programm; Leichte Sprache sind sie nicht."""
    found = [list(part) for part in (_measures(ctx), _goals(ctx), _money(ctx))]
    if not any(found):
        return None
    say = ctx.words
    begin = [say("simple.plan"), say("simple.as_of", day=ctx.as_of)]
    return {"note": say("simple.note"), "parts": [begin, *filter(None, found)]}


@macro
def plan_explained(ctx: Context) -> Mapping[str, Any] | None:
    """Zählt in einfachen Worten auf, was in Ihrem Plan steht: Ziele, Maßnahmen, Geld und Stand; was
    es nicht gibt, fehlt."""
    strategy = ctx.strategy
    there = {
        "goals": strategy.goals or "vision" in ctx.chapters,
        "measures": strategy.measures,
        "money": strategy.budget,
        "reports": strategy.status_reports,
    }
    rows = [ctx.words(f"simple.told.{name}") for name, found in there.items() if found]
    return {"rows": rows} if rows else None


def _measures(ctx: Context) -> Iterator[str]:
    strategy, say = ctx.strategy, ctx.words
    measures = strategy.measures
    if not measures:
        return
    yield say("simple.measures.all", n=len(measures))
    yield say("simple.measures.meaning")
    states = Counter(_state(ctx, measure) for measure in measures)
    for state in STATES:
        if states[state]:
            yield say(f"simple.measures.{state}", n=states[state])
    late = len(derive.late(strategy, ctx.as_of))
    if late:
        yield say("simple.measures.late", n=late)
        yield say("simple.measures.late_meaning", n=late)
    elif any(_is_planned(measure) for measure in measures):
        yield say("simple.measures.none_late")


def _is_planned(measure: Measure) -> bool:
    """Whether a measure can be late at all."""
    return bool(measure.planned_start or measure.planned_end)


def _state(ctx: Context, measure: Measure) -> str:
    """How a measure stands, one of ``STATES``; one that its parts stand for stands as they do."""
    strategy, day = ctx.strategy, ctx.as_of
    case = derive.timeliness(strategy, measure, day)
    if case in ("done", "stopped", "paused", "superseded"):
        return case
    told = [derive.category(strategy, measure, day)]
    if derive.told_by_parts(strategy, measure, day):
        parts = derive.standing_for(strategy, measure, day)
        told = [derive.category(strategy, part, day) for part in parts]
    if any(category in WORKING for category in told):
        return "working"
    if "open" in told:
        return "open"
    return "unclear" if "unknown" in told else "untold"


def _goals(ctx: Context) -> Iterator[str]:
    strategy, say = ctx.strategy, ctx.words
    if strategy.goals:
        yield say("simple.goals.all", n=len(strategy.goals))
    good, judged = derive.on_track(strategy, strategy.indicators, ctx.as_of)
    if not judged:
        return
    yield say("simple.goals.measured", n=judged)
    if judged > 1 and good in (0, judged):
        yield say("simple.goals.all_good" if good else "simple.goals.all_bad")
        return
    if good:
        yield say("simple.goals.good", n=good)
    if bad := judged - good:
        yield say("simple.goals.bad", n=bad)


def _money(ctx: Context) -> Iterator[str]:
    """The money in its main currency: what there is, else what is planned, and what was spent."""
    sums = derive.totals(ctx.strategy.budget)[:1]
    for money in sums:
        mine = [i for i in ctx.strategy.budget if (i.currency or "EUR") == money.currency]
        if money.approved:
            yield ctx.words("simple.money.there", amount=_amount(ctx, money.approved, money))
        elif money.planned:
            yield ctx.words(
                "simple.money.planned",
                amount=_amount(ctx, money.planned, money),
                years=ctx.words.years(money.planned_years),
            )
        if money.spent:
            yield ctx.words("simple.money.spent", amount=_amount(ctx, money.spent, money))
        elif (money.approved or money.planned) and all(i.spent is not None for i in mine):
            yield ctx.words("simple.money.nothing_spent")


def _amount(ctx: Context, value: Decimal, money: derive.Money) -> str:
    """An amount in words: „rund 27,4 Millionen Euro“, „rund 291.000 Euro“, „9.150 Euro“."""
    step = next((step for least, step in STEPS if abs(value) >= least), Decimal(1))
    rounded = (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    key, n = "amount", rounded
    if abs(rounded) >= MILLION:
        key, n = "millions", rounded / MILLION
    n = n.to_integral_value() if n == n.to_integral_value() else n.normalize()
    name = get_currency_name(money.currency, n, locale=ctx.words.locale)
    said = ctx.words(f"simple.money.{key}", n=n, currency=name)
    return said if rounded == value else ctx.words("simple.money.about", amount=said)
