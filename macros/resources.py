"""Macros on money and staff: what was planned, approved and spent, as bars and as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from klarplan import german
from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.model import BudgetItem
from macros.bar_charts import ROWS, Bullet, bars, bullets
from macros.line_chart import Chart
from macros.registry import MEASURE, Context, known, macro, one_of

Data = Mapping[str, Any]

HEADS = {
    "year": "Jahr",
    "field": "Handlungsfeld",
    "source": "Mittelherkunft",
    "programme": "Förderprogramm",
}
BY = {
    "year": "Jahren",
    "field": "Handlungsfeldern",
    "source": "Mittelherkunft",
    "programme": "Förderprogrammen",
}
WORDS = (("planned", "geplant"), ("approved", "bewilligt"), ("spent", "ausgegeben"))


def amounts(money: derive.Money) -> str:
    """The amounts of a sum in words: „geplant 5 €, ausgegeben 3 €“."""
    found = ((word, getattr(money, name)) for name, word in WORDS)
    return ", ".join(
        f"{word} {german.money(n, money.currency)}" for word, n in found if n is not None
    )


def drawn(money: derive.Money) -> str:
    """What was spent of what was planned, short enough to stand above a bar."""
    spent = german.short_money(money.spent or Decimal(0), money.currency)
    if money.planned is None:
        if money.spent is None:
            return f"{german.short_money(money.approved or Decimal(0), money.currency)} bewilligt"
        return f"{spent} ausgegeben"
    planned = german.short_money(money.planned, money.currency)
    return f"{planned} geplant" if money.spent is None else f"{spent} von {planned} ausgegeben"


def charts_of(
    rows: Sequence[tuple[str, derive.Money]], title: str
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
        shown = [Bullet(n, m.planned, m.approved, m.spent, drawn(m)) for n, m in mine][:ROWS]
        unit = f" in {currency}" if len(currencies) > 1 else ""
        values = "; ".join(f"{name}: {amounts(money)}" for name, money in mine[:ROWS])
        kinds = tuple(
            name
            for (name, _), column in zip(WORDS, zip(*known_, strict=True), strict=True)
            if any(n is not None for n in column)
        )
        made.append((bullets(shown, f"Balkendiagramm: {title}{unit}. {values}."), kinds))
    return made


def _grouping(ctx: Context, by: str) -> Callable[[BudgetItem], str]:
    strategy = ctx.strategy

    def group(item: BudgetItem) -> str:
        if by == "year":
            return str(item.year or "ohne Jahr")
        if by == "field":
            owner = strategy.measure_by_id.get(item.measure)
            field = strategy.field_by_id.get(owner.field) if owner else None
            return field.title if field else "ohne Handlungsfeld"
        if by == "source":
            label = ctx.label("budget", "funding_source", item.funding_source)
            return label or "ohne Angabe"
        return item.programme or "ohne Förderprogramm"

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
    one_of(HEADS, by, Text("Die Gliederung", "grouping"))
    if not items:
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
    title = f"Mittel nach {BY[by]}" + (f": {whose}" if whose else "")
    staff = [i.staff_fte for i in items if i.staff_fte is not None]
    totals = derive.totals(items)
    return {
        "head": HEADS[by],
        "title": title,
        "of_measure": measure is not None,
        "charts": charts_of(rows, title),
        "rows": [{"name": name, "money": money} for name, money in rows],
        "more": max(len(rows) - ROWS, 0),
        "totals": totals,
        "sources": _sources(ctx, items) if measure is not None else "",
        "programmes": (
            sorted({i.programme for i in items if i.programme}) if measure is not None else []
        ),
        "staff": max(staff) if staff and measure is not None else None,
    }


def _planned(items: Sequence[BudgetItem]) -> Decimal:
    return sum((i.planned or i.approved or i.spent or Decimal(0) for i in items), Decimal(0))


def _sources(ctx: Context, items: Sequence[BudgetItem]) -> str:
    labels = dict.fromkeys(
        ctx.label("budget", "funding_source", i.funding_source) for i in items if i.funding_source
    )
    return ", ".join(labels)


@macro
def budget_drawn(ctx: Context) -> Data | None:
    """Zeigt, wie viel von den bis heute geplanten Mitteln bewilligt und ausgegeben ist, je
    Handlungsfeld."""
    strategy = ctx.strategy
    items = [i for i in strategy.budget if i.year and i.year <= ctx.as_of.year]
    sums = derive.totals(items)
    if not any(m.planned and m.spent is not None for m in sums):
        return None
    rows: list[tuple[str, derive.Money]] = []
    for field in strategy.fields_of_action:
        members = strategy.measures_of_field.get(field.id, ())
        mine = {m.id for m in members}
        rows += [(field.title, m) for m in derive.totals([i for i in items if i.measure in mine])]
    title = f"Ausgeschöpfte Mittel bis {ctx.as_of.year} nach Handlungsfeldern"
    return {
        "year": ctx.as_of.year,
        "title": title,
        "sums": [{"money": m, "share": share(m.spent, m.planned)} for m in sums],
        "charts": charts_of(rows, title),
        "rows": [
            {"name": name, "money": m, "share": share(m.spent, m.planned)} for name, m in rows
        ],
    }


def share(part: Decimal | None, whole: Decimal | None) -> int | None:
    """What part is of the whole, in percent, rounded half up; ``None`` where that says nothing."""
    if part is None or not whole or whole < 0:
        return None
    return int((part / whole * 100).to_integral_value(rounding="ROUND_HALF_UP"))


@macro
def staff_by_year(ctx: Context) -> Data | None:
    """Zeigt das eingesetzte Personal in Vollzeitstellen je Jahr."""
    sums: dict[int, Decimal] = {}
    for item in ctx.strategy.budget:
        if item.year and item.staff_fte is not None:
            sums[item.year] = sums.get(item.year, Decimal(0)) + item.staff_fte
    rows = [(str(year), sums[year], german.number(sums[year])) for year in sorted(sums)]
    if not rows:
        return None
    values = "; ".join(f"{year}: {said}" for year, _, said in rows[:ROWS])
    label = f"Balkendiagramm: Personal in Vollzeitstellen nach Jahren. {values}."
    return {
        "rows": [{"year": year, "staff": number} for year, number, _ in rows],
        "chart": bars(rows, label) if len(rows) > 1 else None,
    }
