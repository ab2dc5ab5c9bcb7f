"""Days, months, quarters, half-years, years and ranges as town halls write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from klarplan.words.catalogue import ENGLISH, GERMAN

Precision = Literal["day", "month", "quarter", "half", "year"]

PRECISIONS: tuple[Precision, ...] = ("day", "month", "quarter", "half", "year")
"""From fine to coarse, as the columns ``…_precision`` know them."""

PRECISION_COLUMNS: Mapping[str, str] = {
    "planned_start": "start_precision",
    "planned_end": "end_precision",
    "expected_end": "expected_end_precision",
}
"""Columns with days that may stand for more than a day, and the column that says how much."""


YEARS = range(1800, 2200)
"""Years that days may be in, so that counting months from one never leaves the calendar."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, both days included, and its canonical name (such as 2025-H1)."""

    begin: dt.date
    end: dt.date
    precision: Precision
    name: str


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NAMES = (GERMAN.months, ENGLISH.months)
_MONTH_NAMES = {
    **{name.lower()[:3]: number for names in _NAMES for number, name in enumerate(names, start=1)},
    **{name.lower(): number for names in _NAMES for number, name in enumerate(names, start=1)},
    "mrz": 3,
    "maerz": 3,
    "sept": 9,
    "jän": 1,
    "jänner": 1,
    "feber": 2,
}
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ANY_YEAR = r"(?P<y>(?:19|20)\d\d|\d\d)"
_ORDINAL = r"(?P<n>[1-4]|i{1,3}|iv)"
_PREFIX = re.compile(r"^(?:stand|bis|ab|seit|zum|am|im|jahr)\b[:.]?\s*", re.IGNORECASE)


def _whole_year(match: re.Match[str]) -> Span:
    year = int(match["y"])
    return Span(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", str(year))


def _months(year: int, first: int, count: int) -> tuple[dt.date, dt.date]:
    last = first + count - 1
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _number(text: str) -> int:
    return _ROMAN.get(text.lower()) or int(text)


def _full_year(text: str) -> int:
    year = int(text)
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _half(match: re.Match[str]) -> Span:
    half, year = _number(match["n"]), int(match["y"])
    if half > 2:
        raise ValueError(match.string)
    return Span(*_months(year, 6 * half - 5, 6), "half", f"{year}-H{half}")


def _quarter(match: re.Match[str]) -> Span:
    quarter, year = _number(match["n"]), _full_year(match["y"])
    return Span(*_months(year, 3 * quarter - 2, 3), "quarter", f"{year}-Q{quarter}")


def _month(match: re.Match[str]) -> Span:
    month, year = int(match["m"]), int(match["y"])
    return Span(*_months(year, month, 1), "month", f"{year}-{month:02}")


def month_number(name: str) -> int | None:
    """The number of a month, by its German or English name, in short or by how it begins."""
    begin = name.casefold()
    if begin in _MONTH_NAMES:
        return _MONTH_NAMES[begin]
    found = {number for known, number in _MONTH_NAMES.items() if known.startswith(begin)}
    return found.pop() if len(found) == 1 else None


def _month_number(name: str) -> int:
    number = month_number(name)
    if number is None:
        raise ValueError(name)
    return number


def _named_month(match: re.Match[str]) -> Span:
    month, year = _month_number(match["name"]), _full_year(match["y"])
    return Span(*_months(year, month, 1), "month", f"{year}-{month:02}")


def _exact(year: int, month: int, day: int) -> Span:
    date = dt.date(year, month, day)
    return Span(date, date, "day", date.isoformat())


def _day(match: re.Match[str]) -> Span:
    return _exact(_full_year(match["y"]), int(match["m"]), int(match["d"]))


def _named_day(match: re.Match[str]) -> Span:
    return _exact(_full_year(match["y"]), _month_number(match["name"]), int(match["d"]))


_TIME = r"(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: Uhr)?)?"
_MONTH = r"(?P<name>" + "|".join(sorted(_MONTH_NAMES, key=len, reverse=True)) + r")"

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (_YEAR, _whole_year),
        (rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d){_TIME}", _day),
        (rf"(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\. ?{_ANY_YEAR}{_TIME}", _day),
        (rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/{_YEAR}{_TIME}", _day),
        (rf"(?P<d>\d{{1,2}})(?:\. ?| ){_MONTH}\.? {_ANY_YEAR}", _named_day),
        (rf"{_YEAR}-(?P<m>0[1-9]|1[0-2])", _month),
        (rf"(?P<m>\d{{1,2}}) ?[./-] ?{_YEAR}", _month),
        (rf"{_MONTH}\.?[ -]{_ANY_YEAR}", _named_month),
        (rf"{_YEAR} ?[-/]? ?Q ?(?P<n>[1-4])", _quarter),
        (rf"Q ?(?P<n>[1-4]) ?[-/]? ?{_ANY_YEAR}", _quarter),
        (rf"{_ORDINAL}\.? ?(?:Quartal|Quart\.?|Qu?\.?) ?/? ?{_ANY_YEAR}", _quarter),
        (rf"(?P<n>i{{1,3}}|iv) ?/ ?{_YEAR}", _quarter),
        (rf"{_YEAR} ?[-/]? ?H(?:J|albjahr)? ?(?P<n>[12])", _half),
        (rf"H(?:J|albjahr)? ?(?P<n>[12]) ?[-/]? ?{_YEAR}", _half),
        (rf"{_ORDINAL}\.? ?(?:Halbjahr|Hj\.?|H\.?) ?/? ?{_YEAR}", _half),
    )
)

_SHORT_RANGE = re.compile(r"((?:19|20)\d\d) ?(?:[–/] ?(\d\d)|- ?(1[3-9]|[2-9]\d))")
_SEPARATOR = re.compile(r" ?[–—/-] ?| bis (?:zum )?", re.IGNORECASE)


def _single(text: str) -> Span | None:
    for pattern, make in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return make(match)
    return None


def _range(text: str) -> Span | None:
    short = _SHORT_RANGE.fullmatch(text)
    if short:
        text = f"{short[1]}/{short[1][:2]}{short[2] or short[3]}"
    for separator in _SEPARATOR.finditer(text):
        first = _single(text[: separator.start()].strip())
        second = _single(text[separator.end() :].strip())
        if first and second:
            return _joined(first, second)
    return None


def _joined(first: Span, second: Span) -> Span:
    if second.end < first.begin:
        raise ValueError(f"{first.name}/{second.name}")
    precision = max(first.precision, second.precision, key=PRECISIONS.index)
    return Span(first.begin, second.end, precision, f"{first.name}/{second.name}")


def days_of_label(label: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of the stretch of time that a label names; ``None`` where it names none.

    A single day names none: it is the day on which somebody reported.
    """
    try:
        span = read_span(label)
    except ValueError:
        return None
    return (span.begin, span.end) if span.begin < span.end else None


def usual_label(label: str) -> str:
    """A label in the usual case, where nothing else is wrong with it: 2026-H2 for 2026-h2."""
    with suppress(ValueError):
        name = read_span(label).name
        if name.casefold() == " ".join(label.split()).casefold():
            return name
    return label


def read_span(text: str) -> Span:
    """The stretch of time that a text names; ``ValueError`` where it names none.

    Known are days (31.12.2025, 31. Dezember 2025, 31 Dec 2025, 2025-12-31), months (12/2025,
    Dez. 2025), quarters (Q3 2025, III. Quartal 2025), half-years (1. Halbjahr 2025, 2025-H1),
    years, and ranges of these (2015/2016, 2015/16, 01.01.2025 – 30.06.2025).
    """
    plain = _PREFIX.sub("", " ".join(text.split()))
    span = _single(plain) or _range(plain)
    if span is None:
        raise ValueError(text)
    return span
