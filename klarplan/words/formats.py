"""Dates, numbers and money as readers of a language expect them (CLDR; for German DIN 5008)."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from babel import Locale
from babel.dates import get_month_names

NBSP = "\u00a0"
MILLION = 1_000_000

_LOCALES: Mapping[str, str] = {"de": "de_DE", "en": "en_GB"}
_IN_FIGURES = ("de",)
"""Languages whose readers know which figure of a date is the month; 01/02/2026 is read in two
ways."""


def _known(value: Decimal, beside: Iterable[Decimal | None]) -> list[Decimal]:
    return [value, *(n for n in beside if n is not None)]


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class Formats(ABC):
    """How one language writes dates, numbers and money; ``lang`` is ``de`` or ``en``.

    Marks, names of months and plural rules are CLDR's; the patterns are sentences of the
    catalogue, since CLDR's lack the narrow spaces that keep a date or an amount on one line.
    """

    lang: str

    @abstractmethod
    def __call__(self, key: str, /, **values: object) -> str:
        """A sentence of the catalogue."""

    @cached_property
    def locale(self) -> Locale:
        """The language as CLDR knows it."""
        return Locale.parse(_LOCALES[self.lang])

    @property
    def tag(self) -> str:
        """The language with its region, as documents state it: ``de-DE`` (BCP 47)."""
        return f"{self.locale.language}-{self.locale.territory}"

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The names of the twelve months."""
        names = get_month_names("wide", locale=self.locale)
        return tuple(names[number] for number in range(1, 13))

    @cached_property
    def _short_months(self) -> tuple[str, ...]:
        names = get_month_names("abbreviated", locale=self.locale)
        return tuple(names[number] for number in range(1, 13))

    @cached_property
    def _marks(self) -> dict[int, str]:
        symbols = self.locale.number_symbols["latn"]
        return str.maketrans({",": symbols["group"], ".": symbols["decimal"], "-": "\u2212"})

    def is_one(self, value: Decimal | int) -> bool:
        """Whether a count takes the singular (CLDR plural rules)."""
        return self.locale.plural_form(value) == "one"

    def day(self, value: dt.date, precision: str | None = "day") -> str:
        """A date in words, as exact as ``precision`` says: day, month, quarter, half or year."""
        if precision == "year":
            return str(value.year)
        if precision == "half":
            return self(f"format.half_{(value.month + 5) // 6}", year=value.year)
        if precision == "quarter":
            return self(f"format.quarter_{(value.month + 2) // 3}", year=value.year)
        month = self.months[value.month - 1]
        if precision == "month":
            return f"{month}{NBSP}{value.year}"
        return self("format.day", day=str(value.day), month=month, year=value.year)

    def short_day(self, value: dt.date) -> str:
        """A date where there is little room, such as 21.11.2026 or 21 Nov 2026."""
        in_figures = self.lang in _IN_FIGURES
        return self(
            "format.short_day",
            day=f"{value.day:02}" if in_figures else str(value.day),
            month=f"{value.month:02}" if in_figures else self._short_months[value.month - 1],
            year=value.year,
        )

    def term(self, value: dt.date, precision: str | None = "day") -> str:
        """A date in a narrow column: a day in short, what is less exact in words."""
        exact = precision in (None, "", "day")
        return self.short_day(value) if exact else self.day(value, precision)

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """A number with the language's marks for decimals and thousands.

        ``places`` rounds half up; without it all given decimals stay, trailing zeros dropped.
        """
        exact = Decimal(value)
        if places is not None:
            exact = _rounded(exact, places)
        elif exact == exact.to_integral_value():
            exact = exact.quantize(Decimal(1))
        else:
            exact = exact.normalize()
        if exact == 0:
            exact = abs(exact)
        return f"{exact:,f}".translate(self._marks)

    def money(
        self, value: Decimal, currency: str = "EUR", beside: Iterable[Decimal | None] = ()
    ) -> str:
        """An amount in its currency: with cents where it or one ``beside`` it has any, else in
        whole units."""
        cents = Decimal("0.01")
        exact = [n.quantize(cents, rounding=ROUND_HALF_UP) for n in _known(value, beside)]
        places = 0 if all(n == n.to_integral_value() for n in exact) else 2
        return self._amount("money", self.number(exact[0], places), currency)

    def short_money(
        self, value: Decimal, currency: str = "EUR", beside: Iterable[Decimal | None] = ()
    ) -> str:
        """An amount for headlines: millions with one decimal, otherwise as ``money`` says.

        With others ``beside`` it, in a sentence or a row, all have the same form: millions with
        one or two decimals where each keeps two digits and no two become alike, else all written
        out. Nothing stays 0.
        """
        known = _known(value, beside)
        amounts = {abs(n) for n in known if n}
        if not amounts or max(amounts) < MILLION:
            return self.money(value, currency, known)
        for places in (1, 2):
            shown = {_rounded(n / MILLION, places) for n in amounts}
            exact = min(amounts) / MILLION  # 95,000 does not keep two digits as 0.10 million
            told = exact.scaleb(places) >= 10 and len(shown) == len(amounts)
            if value and (told or len(amounts) == 1):
                return self._amount("millions", self.number(value / MILLION, places), currency)
        whole = {_rounded(n, 0) for n in amounts}
        places = 0 if len(whole) == len(amounts) and min(whole) else 2
        return self._amount("money", self.number(value, places), currency)

    def _amount(self, form: str, number: str, currency: str) -> str:
        sign = "\u2212" if number.startswith("\u2212") else ""
        plain = number.removeprefix(sign)
        if currency == "EUR":
            return sign + self(f"format.{form}", number=plain, unit="€")
        return sign + self(f"format.{form}_by_code", number=plain, unit=currency)

    def with_unit(self, value: Decimal, unit: str | None, places: int | None = None) -> str:
        """A value and its unit, kept together on one line; ``places`` as in ``number``."""
        said = self.number(value, places)
        shown = {"Prozent": "%", "percent": "%", "Euro": "€"}.get(unit or "", unit or "")
        if shown == "%":
            return self("format.percent", number=said)
        return f"{said}{NBSP}{shown}" if shown else said

    def percent(self, value: int) -> str:
        """A whole percentage."""
        return self("format.percent", number=str(value))

    def count(self, value: int, one: str, many: str) -> str:
        """A count with its noun: „1 Maßnahme“, „3 Maßnahmen“."""
        return f"{self.number(value)}{NBSP}{one if self.is_one(value) else many}"

    def listed(self, words: Sequence[str]) -> str:
        """Several words in a row: „A, B und C“."""
        parts = (", ".join(words[:-1]), words[-1]) if words else ()
        return self("format.and").join(part for part in parts if part)

    def between(self, begin: str, end: str) -> str:
        """A stretch of time of which begin and end are told; just one where both say the same."""
        return begin if begin == end else self("period.both", begin=begin, end=end)

    def years(self, years: Iterable[int]) -> str:
        """Years in words, those that follow on each other in short: „2024 und 2026 bis 2028“."""
        runs: list[list[int]] = []
        for year in sorted(set(years)):
            if runs and year == runs[-1][-1] + 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        return self.listed([self.between(str(run[0]), str(run[-1])) for run in runs])

    def duration(self, months: int, days: int, *, dative: bool = False) -> str:
        """A span of time in words: „12 Tage“, „4 Monate“, „2 Jahre und 1 Monat“; ``dative`` as
        after „seit“."""
        case = "after_since" if dative else "plain"

        def told(value: int, unit: str) -> str:
            return self(f"format.{unit}.{case}", n=value)

        if not months:
            return told(days, "days")
        years, rest = divmod(months, 12) if months >= 24 else (0, months)
        parts = [told(years, "years")] if years else []
        return self.listed([*parts, told(rest, "months")] if rest else parts)

    def point(self, value: dt.date) -> str:
        """A day of measurement: „Ende 2028“ for the last day of a year, else the month."""
        if (value.month, value.day) == (12, 31):
            return self("format.end_of_year", year=value.year)
        return self.day(value, "month")
