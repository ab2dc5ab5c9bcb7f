"""Dates, numbers and money as German readers expect them (DIN 5008)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
NBSP = "\u00a0"


def day(value: dt.date, precision: str | None = "day") -> str:
    """A date in words, as exact as ``precision`` says: day, month, quarter, half or year."""
    if precision == "year":
        return str(value.year)
    if precision == "half":
        return f"{(value.month + 5) // 6}. Halbjahr {value.year}"
    if precision == "quarter":
        return f"{(value.month + 2) // 3}. Quartal {value.year}"
    if precision == "month":
        return f"{MONTHS[value.month - 1]} {value.year}"
    return f"{value.day}.{NBSP}{MONTHS[value.month - 1]} {value.year}"


def short_day(value: dt.date) -> str:
    """A date in figures, such as 21.11.2026."""
    return f"{value.day:02}.{value.month:02}.{value.year}"


def number(value: Decimal | int, places: int | None = None) -> str:
    """A number with decimal comma and points between thousands.

    ``places`` rounds half up; without it all given decimals stay, trailing zeros dropped.
    """
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    else:
        exact = exact.normalize()
    if exact == 0:
        exact = abs(exact)
    whole, _, fraction = f"{exact:,f}".partition(".")
    text = whole.replace(",", ".") + ("," + fraction if fraction else "")
    return text.replace("-", "\u2212")


def money(value: Decimal, currency: str = "EUR") -> str:
    """An amount in its currency: with cents where it has any, else in whole units."""
    exact = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    places = 0 if exact == exact.to_integral_value() else 2
    return f"{number(exact, places)}{NBSP}{'€' if currency == 'EUR' else currency}"


def short_money(value: Decimal, currency: str = "EUR") -> str:
    """An amount for headlines: millions with one decimal, otherwise as ``money`` says."""
    if abs(value) >= 1_000_000:
        unit = "€" if currency == "EUR" else currency
        return f"{number(value / 1_000_000, 1)}{NBSP}Mio.{NBSP}{unit}"
    return money(value, currency)


def with_unit(value: Decimal, unit: str | None, places: int | None = None) -> str:
    """A value and its unit, kept together on one line; ``places`` as in ``number``."""
    said = number(value, places)
    shown = {"Prozent": "%", "percent": "%", "Euro": "€"}.get(unit or "", unit or "")
    return f"{said}{NBSP}{shown}" if shown else said


def percent(value: int) -> str:
    """A whole percentage."""
    return f"{value}{NBSP}%"


def count(value: int, one: str, many: str) -> str:
    """A count with its noun: „1 Maßnahme“, „3 Maßnahmen“."""
    return f"{number(value)}{NBSP}{one if value == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Several words in a row: „A, B und C“."""
    return " und ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def duration(months: int, days: int, *, dative: bool = False) -> str:
    """A span of time in words: „12 Tage“, „4 Monate“, „2 Jahre und 1 Monat“; ``dative`` as
    after „seit“."""
    ending = "n" if dative else ""
    if not months:
        return count(days, "Tag", f"Tage{ending}")
    years, rest = divmod(months, 12) if months >= 24 else (0, months)
    parts = [count(years, "Jahr", f"Jahre{ending}")] if years else []
    if rest:
        parts.append(count(rest, "Monat", f"Monate{ending}"))
    return " und ".join(parts)


def point(value: dt.date) -> str:
    """A day of measurement: „Ende 2028“ for the last day of a year, else the month."""
    return f"Ende {value.year}" if (value.month, value.day) == (12, 31) else day(value, "month")
