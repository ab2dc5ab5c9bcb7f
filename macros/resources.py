"""Macros on money and staff: what was planned, approved and spent, as bars and as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.model import BudgetItem
from klarplan.words.catalogue import GERMAN, Words
from macros.bar_charts import ROWS, Bullet, bars, bullets
from macros.line_chart import Chart, decimals
from macros.registry import MEASURE, Context, known, macro, one_of

Data = Mapping[str, Any]

GROUPINGS = ("year", "field", "source", "programme")
"""How money is put into groups; „money.by.GROUPING“ and the like are the words for it."""
AMOUNTS = ("planned", "approved", "spent")


def amounts(words: Words, money: derive.Money) -> str:
    """The amounts of a sum in words: „geplant 5 €, ausgegeben 3 €“."""
    found = zip(AMOUNTS, money.amounts, strict=True)
    return ", ".join(
        words(f"money.amount.{name}", amount=words.money(n, money.currency, money.amounts))
        for name, n in found
        if n is not None
    )


def drawn(words: Words, money: derive.Money, figure: Sequence[Decimal | None] = ()) -> str:
    """What was planned and what was spent, short enough to stand above a bar.

    All amounts of a ``figure`` have the same form.
    """

    def told(value: Decimal | None, *beside: Decimal | None) -> str:
        return words.short_money(value or Decimal(0), money.currency, figure or beside)

    if money.planned is not None and money.spent is not None:
        spent, planned = told(money.spent, money.planned), told(money.planned, money.spent)
        unit = _behind(spent)
        once = planned.removesuffix(unit) if unit == _behind(planned) else planned
        return words("money.bar.both", planned=once, spent=spent)
    one = next((name for name in ("planned", "spent") if getattr(money, name) is not None), "")
    name = one or "approved"
    return words(f"money.bar.{name}", amount=told(getattr(money, name)))


def _behind(amount: str) -> str:
    """What stands behind the last digit of an amount, such as its unit."""
    return amount[max((at for at, sign in enumerate(amount, 1) if sign.isdigit()), default=0) :]


def charts_of(
    words: Words, rows: Sequence[tuple[str, derive.Money]], title: str
) -> list[tuple[Chart, tuple[str, ...]]]:
    """One chart for each currency, with the kinds of amounts in it.

    None for a currency in which just one number is known.
    """
    made = []
    currencies = dict.fromkeys(money.currency for _, money in rows)
    for currency in currencies:
        mine = [(name, money) for name, money in rows if money.currency == currency]
        known_ = [(m.planned, m.approved, m.spent) for _, m in mine]
        if sum(n is not None for numbers in known_ for n in numbers) < 2:
            continue
        told = [n for _, m in mine[:ROWS] for n in (m.planned, m.spent) if n is not None]
        shown = [
            Bullet(n, m.planned, m.approved, m.spent, drawn(words, m, told)) for n, m in mine[:ROWS]
        ]
        key = "money.chart_in" if len(currencies) > 1 else "money.chart"
        values = "; ".join(f"{name}: {amounts(words, money)}" for name, money in mine[:ROWS])
        label = words(key, title=title, currency=currency, values=values)
        kinds = tuple(
            name
            for name, column in zip(AMOUNTS, zip(*known_, strict=True), strict=True)
            if any(n is not None for n in column)
        )
        named = f"{title} ({currency})" if len(currencies) > 1 else title
        made.append((replace(bullets(words, shown, label), title=named), kinds))
    return made


def _grouping(ctx: Context, by: str) -> Callable[[BudgetItem], str]:
    strategy, without = ctx.strategy, ctx.words(f"money.without.{by}")

    def group(item: BudgetItem) -> str:
        if by == "year":
            return str(item.year or without)
        if by == "field":
            owner = strategy.measure_by_id.get(item.measure)
            field = strategy.field_by_id.get(owner.field) if owner else None
            return field.title if field else without
        if by == "source":
            label = ctx.label("budget", "funding_source", item.funding_source)
            return label or without
        return item.programme or without

    return group


@macro
def budget(ctx: Context, measure: str | None = None, by: str = "year") -> Data | None:
    """Zeigt geplante, bewilligte und ausgegebene Mittel: einer Maßnahme oder aller Maßnahmen,
    nach Jahr (year), Handlungsfeld (field), Mittelherkunft (source) oder Programm (programme)."""
    strategy = ctx.strategy
    whose = ""
    items: Sequence[BudgetItem] = strategy.budget
    if measure is not None:
        row = known(strategy.measure_by_id, measure, MEASURE)
        items, whose = strategy.budget_of_measure.get(row.id, ()), row.title
    one_of(
        {g: GERMAN(f"money.head.{g}") for g in GROUPINGS}, by, Text("Die Gliederung", "grouping")
    )
    if not items or not _is_told(items, by):
        return None
    group = _grouping(ctx, by)
    groups: dict[str, list[BudgetItem]] = {}
    for item in items:
        groups.setdefault(group(item), []).append(item)
    if by == "year":
        ordered = sorted(groups)
    elif by == "field":
        titles = [f.title for f in strategy.fields_of_action]
        ordered = sorted(groups, key=lambda g: titles.index(g) if g in titles else len(titles))
    else:
        ordered = sorted(groups, key=lambda g: -_planned(groups[g]))
    rows = [(name, money) for name in ordered for money in derive.totals(groups[name])]
    words, title = ctx.words, ctx.words(f"money.by.{by}")
    if whose:
        title = words("money.of_measure", title=title, measure=whose)
    staff = [i.staff_fte for i in items if i.staff_fte is not None]
    totals = derive.totals(items)
    if by != "year" and (years := sorted({i.year for i in items if i.year})):
        title = words("money.of_years", title=title, years=words.years(years))
    return {
        "head": words(f"money.head.{by}"),
        "title": title,
        "of_measure": measure is not None,
        "charts": charts_of(ctx.words, rows, title),
        "rows": [{"name": name, "money": money} for name, money in rows],
        "more": max(len(rows) - ROWS, 0),
        "totals": totals,
        "sources": _sources(ctx, items) if measure is not None else "",
        "programmes": (
            sorted({i.programme for i in items if i.programme}) if measure is not None else []
        ),
        "staff": max(staff) if staff and measure is not None else None,
    }


def _is_told(items: Sequence[BudgetItem], by: str) -> bool:
    """Whether anybody said what the groups are: a list without a programme knows of none."""
    if by in ("source", "programme"):
        return any(i.funding_source if by == "source" else i.programme for i in items)
    return True


def _planned(items: Sequence[BudgetItem]) -> Decimal:
    return sum((i.planned or i.approved or i.spent or Decimal(0) for i in items), Decimal(0))


def _sources(ctx: Context, items: Sequence[BudgetItem]) -> str:
    labels = dict.fromkeys(
        ctx.label("budget", "funding_source", i.funding_source) for i in items if i.funding_source
    )
    return ", ".join(labels)


def _standing(items: Sequence[BudgetItem]) -> list[Data]:
    """By currency what is planned, approved and spent, and the share of what is approved that is
    spent; the one basis of all pages."""
    return [
        {"money": money, "share": derive.spent_share(items, money, "approved")}
        for money in derive.totals(items)
    ]


@macro
def money_spent(ctx: Context) -> Data | None:
    """Sagt in einem Satz, wie viel von den bewilligten Mitteln ausgegeben ist."""
    sums = _standing(ctx.strategy.budget)
    return {"sums": sums} if sums else None


@macro
def budget_drawn(ctx: Context) -> Data | None:
    """Zeigt, wie viel von den bewilligten Mitteln ausgegeben ist, je Handlungsfeld."""
    strategy = ctx.strategy
    sums = _standing(strategy.budget)
    if all(one["money"].spent is None for one in sums):
        return None
    rows: list[tuple[str, Data]] = []
    counted: list[BudgetItem] = []
    for field in strategy.fields_of_action:
        mine = {m.id for m in strategy.measures_of_field.get(field.id, ())}
        items = [i for i in strategy.budget if i.measure in mine]
        rows += [(field.title, one) for one in _standing(items)]
        counted += items
    title = ctx.words("money.drawn_title")
    return {
        "title": title,
        "sums": sums,
        "elsewhere": ctx.in_book("resources"),
        "charts": charts_of(ctx.words, [(name, one["money"]) for name, one in rows], title),
        "rows": [{"name": name, **one} for name, one in rows],
        "together": _standing(counted),
    }


@macro
def staff_by_year(ctx: Context) -> Data | None:
    """Zeigt das eingesetzte Personal in Vollzeitstellen je Jahr."""
    sums: dict[int, Decimal] = {}
    for item in ctx.strategy.budget:
        if item.year and item.staff_fte is not None:
            sums[item.year] = sums.get(item.year, Decimal(0)) + item.staff_fte
    exact = decimals(sums.values())
    rows = [(str(year), sums[year], ctx.words.number(sums[year], exact)) for year in sorted(sums)]
    if not rows:
        return None
    values = "; ".join(f"{year}: {said}" for year, _, said in rows[:ROWS])
    label = ctx.words("staff.chart", values=values)
    return {
        "rows": [{"year": year, "staff": said} for year, _, said in rows],
        "chart": bars(ctx.words, rows, label) if len(rows) > 1 else None,
    }
