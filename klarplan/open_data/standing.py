"""All measures as they stand, as a table that spreadsheets in Germany open by a double click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from klarplan.strategy import derive, parts, slips
from klarplan.strategy.addresses import MEASURES, on_web, page_of
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Measure, Strategy

COLUMNS = (
    *("id", "official", "title", "summary", "field", "place", "lead", "offices"),
    *("status", "progress", "start", "end", "expected", "schedule"),
    *("planned", "approved", "spent", "currency", "address"),
)
"""What stands in each column; the first eight are those that the list of measures searches."""
_FORMULA = ("=", "+", "-", "@")


def standing(loaded: Loaded, as_of: dt.date) -> dict[str, bytes]:
    """The table of a *public* strategy by its place below the site; none without measures.

    A semicolon between cells, a comma in amounts and UTF-8 with byte order mark, as Excel expects
    them where German is spoken; dates as ISO 8601, which it takes for dates everywhere. Each
    measure stands on a line of its own, whatever its texts hold.
    """
    strategy = loaded.strategy
    if not strategy.measures:
        return {}
    lines = [[strategy.words(f"listed.column.{name}") for name in COLUMNS]]
    lines += [_row(strategy, measure, as_of) for measure in strategy.measures]
    text = "".join(";".join(map(_cell, line)) + "\r\n" for line in lines)
    return {MEASURES: text.encode("utf-8-sig")}


def _row(strategy: Strategy, measure: Measure, as_of: dt.date) -> list[str]:
    report = derive.latest_report(strategy, measure.id, as_of)
    expected = derive.expected_end(strategy, measure, as_of)
    field = strategy.field_by_id.get(measure.field)
    roles = [
        (strategy.organisation_by_id[r.organisation].name or r.organisation, r.role)
        for r in strategy.responsibilities_of_measure.get(measure.id, ())
        if r.organisation in strategy.organisation_by_id
    ]
    money = derive.totals(strategy.budget_of_measure.get(measure.id, ()))
    return [
        measure.id,
        measure.official_id or "",
        measure.title or "",
        measure.summary or "",
        (field.title or field.id) if field else "",
        _listed(place.name for place in strategy.places_of_measure.get(measure.id, ())),
        _listed(name for name, role in roles if role == "lead"),
        _listed(name for name, role in roles if role != "lead"),
        _status(strategy, measure, as_of),
        "" if report is None or report.progress is None else str(report.progress),
        _day(measure.planned_start),
        _day(measure.planned_end),
        _day(expected[0] if expected else None),
        slips.wording(strategy, measure, as_of),
        *(_amounts(money, amount) for amount in _AMOUNTS),
        " / ".join(m.currency for m in money),
        on_web(strategy.settings.site_url, page_of("measures", measure.id)),
    ]


_AMOUNTS: tuple[Callable[[derive.Money], Decimal | None], ...] = (
    lambda money: money.planned,
    lambda money: money.approved,
    lambda money: money.spent,
)


def _amounts(
    money: Iterable[derive.Money], amount: Callable[[derive.Money], Decimal | None]
) -> str:
    """An amount; of several currencies each, in their order."""
    found = [amount(m) for m in money]
    if all(a is None for a in found):
        return ""
    return " / ".join("" if a is None else f"{a:f}".replace(".", ",") for a in found)


def _status(strategy: Strategy, measure: Measure, as_of: dt.date) -> str:
    known = derive.status_of(strategy, measure, as_of)
    if known == derive.IN_PARTS:
        return parts.in_words(strategy, measure, as_of)
    status = strategy.status_by_id.get(known or "")
    return status.label if status else strategy.words("status.none")


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _cell(text: str) -> str:
    """A cell on one line; what a spreadsheet would take for a formula begins with a space."""
    plain = " ".join(text.split())
    if plain.startswith(_FORMULA):
        plain = f" {plain}"
    return '"' + plain.replace('"', '""') + '"' if {*';"'} & {*plain} else plain
