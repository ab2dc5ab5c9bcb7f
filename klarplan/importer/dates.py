"""Dates as people write them: with ab, bis, Ende, laufend, ff., as a season, week or serial."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from klarplan.importer.vague import without_vague
from klarplan.strategy.time_spans import Precision, read_span

SERIALS = range(20_000, 80_000)
"""Days since 1899-12-30, as Excel and LibreOffice count them, that are read as dates: 1954–2118."""
LONGEST = 120
"""No date is longer, however it is written."""
MOST_PARTS = 8
"""So many marks that may separate two dates are tried, as in 01.03.2025-31/05/2025."""
_FIRST_SERIAL = dt.date(1899, 12, 30)

_PERMANENT = re.compile(
    r"(?:fort)?laufende?r?|(?:fort)?lfd\.?|fortwährend|dauerhaft|dauerh\.|auf dauer"
    r"|daueraufgaben?|dauernd|dauerprojekt|kontinuierlich"
    r"|ständig|permanent|unbefristet|laufende aufgabe|ongoing|continuous(?:ly)?|permanently",
    re.IGNORECASE,
)
_AROUND = r"[\s,;:/()\[\]–—-]"
_PERMANENT_FIRST = re.compile(rf"(?:{_PERMANENT.pattern})(?:{_AROUND}+|$)", re.IGNORECASE)
_PERMANENT_LAST = re.compile(
    rf"(?:^|{_AROUND}+)(?:(?:dann|danach|anschließend|anschl\.)\s+)?(?:{_PERMANENT.pattern})"
    rf"{_AROUND}*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:ab(?: dem| sofort| dem jahr)?|seit(?: dem)?|von|vom|frühestens(?: ab)?|frühest\. ?|fr\. ab"
    r"|start(?:et)?(?: ab| im| am)?|beginn(?:t|end)?(?: ab| im| am)?|from|since|starting|as of)"
    r"\b[:.]?\s*(?!$)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:bis(?: spätestens| zum| zur| einschl\.| einschließlich| voraussichtlich)*"
    r"|(?:ende|fertig(?:stellung)?|abschluss):|spätestens(?: bis| zum| im| am)*"
    r"|spät\.(?: bis)?|längstens(?: bis)?|until|till|by"
    r"|no later than|not later than|at the latest)(?!\w)[:.]?\s*",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?: ?ff?\.?|,? (?:und|u\.) (?:folgende|folgejahre|fortfolgende|später|danach|ff\.?)"
    r"| fortfolgende| folgende| ?\+| ?[–—-]>?| ?→| bis(?: auf weiteres| offen| heute)?"
    r"|,? danach|,? anschließend| onwards?| and after| ?[–—-] ?(?:heute|offen|\?))$",
    re.IGNORECASE,
)
_OPEN_START = re.compile(r"[–—-] ?(?=\S)")
_OUTSIDE = re.compile(r"(?:vor|nach|before|after)\b", re.IGNORECASE)
_PART = re.compile(
    r"(?P<part>anfang|mitte|ende|early|mid|late|end of|beginning of)"
    r"(?: (?:des|der|von|jahres|of|the|im|jahr))*[ -]+(?=\S)"
    r"|jahres(?P<joined>anfang|beginn|mitte|ende) ",
    re.IGNORECASE,
)
_PARTS = {
    **dict.fromkeys(("anfang", "beginn", "early", "beginning of"), (1, 3)),
    **dict.fromkeys(("mitte", "mid"), (4, 3)),
    **dict.fromkeys(("ende", "late", "end of"), (10, 3)),
}
"""First month and number of months that a word means within a year: a quarter."""
_SEASON = re.compile(
    r"(?P<season>frühjahr|frühling|sommer|herbst|winter|spring|summer|autumn|fall)"
    r"[ /]*(?P<y>(?:19|20)\d\d)(?: ?/ ?(?P<z>(?:20)?\d\d))?",
    re.IGNORECASE,
)
_SEASONS = {
    **dict.fromkeys(("frühjahr", "frühling", "spring"), 3),
    **dict.fromkeys(("sommer", "summer"), 6),
    **dict.fromkeys(("herbst", "autumn", "fall"), 9),
}
_WEEKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:KW|Kalenderwoche|CW|week) ?(?P<w>\d{1,2}) ?[/.-]? ?(?P<y>20\d\d|\d\d)",
        r"(?P<w>\d{1,2})\. ?(?:KW|Kalenderwoche) ?[/-]? ?(?P<y>20\d\d|\d\d)",
        r"(?P<y>20\d\d)-?W(?P<w>\d\d)",
        r"(?P<y>20\d\d) ?[/-]? ?KW ?(?P<w>\d{1,2})",
    )
)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_ORDINALS = {
    **dict.fromkeys(("erste", "erstes", "ersten", "erster"), "1."),
    **dict.fromkeys(("zweite", "zweites", "zweiten", "zweiter"), "2."),
    **dict.fromkeys(("dritte", "drittes", "dritten", "drittes"), "3."),
    **dict.fromkeys(("vierte", "viertes", "vierten", "vierter"), "4."),
}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b(?= (?:quartal|halbjahr))", re.IGNORECASE)
_SHORT_YEAR = re.compile(
    r"(?P<before>(?:halbjahr|hj\.?|(?<=[12])\. ?h) ?/? ?)(?P<y>\d\d)$", re.IGNORECASE
)
_SIZES: tuple[tuple[int, Precision], ...] = ((3, "quarter"), (6, "half"), (12, "year"))
"""Parts of a year by their months."""
_SEPARATOR = re.compile(r" ?[–—-] ?| bis (?:zum |voraussichtlich )?| ?/ ?| und | to ", re.I)
_YEAR_AT_END = re.compile(r"(?:19|20)\d\d$")


class OutsideError(ValueError):
    """A date before or after the one that is named, such as “vor 2024”."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last day of a stretch of time, and how exact it is meant."""

    day: dt.date
    precision: Precision


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says of time; an edge is ``None`` where the cell says nothing of it."""

    begin: Edge | None = None
    end: Edge | None = None
    permanent: bool = False
    """Whether it is said to have no end: laufend, dauerhaft, Daueraufgabe."""
    range: bool = False
    """Whether beginning and end were both named, as in 2021–2023."""
    chosen: bool = False
    """Whether days were chosen for words that name none: Mitte 2025, Frühjahr, 46752, KW 40."""
    vague: tuple[str, ...] = ()
    """Words that no column can hold, such as “voraussichtlich”."""

    @property
    def is_one_day(self) -> bool:
        """Whether it is a single day, of which nothing says that it is a beginning or an end."""
        begin, end = self.begin, self.end
        both = begin is not None and begin == end and begin.precision == "day"
        return both and not self.range and not self.permanent


def _months(year: int, first: int, count: int) -> tuple[dt.date, dt.date]:
    last = first + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    days = calendar.monthrange(end_year, end_month)[1]
    return dt.date(year, first, 1), dt.date(end_year, end_month, days)


def _span(days: tuple[dt.date, dt.date], precision: Precision, *, chosen: bool) -> When:
    return When(Edge(days[0], precision), Edge(days[1], precision), chosen=chosen)


def _season(text: str) -> When | None:
    match = _SEASON.fullmatch(text)
    if match is None:
        return None
    year, name = int(match["y"]), match["season"].lower()
    if name == "winter":
        if match["z"] is None or int(match["z"][-2:]) != (year + 1) % 100:
            raise ValueError(text)
        return _span(_months(year, 12, 3), "month", chosen=True)
    if match["z"] is not None:
        return None
    return _span(_months(year, _SEASONS[name], 3), "month", chosen=True)


def _week(text: str) -> When | None:
    for pattern in _WEEKS:
        if match := pattern.fullmatch(text):
            year = int(match["y"]) % 100 + 2000
            monday = dt.date.fromisocalendar(year, int(match["w"]), 1)
            return _span((monday, monday + dt.timedelta(days=6)), "day", chosen=True)
    return None


def _serial(text: str) -> When | None:
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[1]) not in SERIALS:
        return None
    day = _FIRST_SERIAL + dt.timedelta(days=int(match[1]))
    return _span((day, day), "day", chosen=True)


def _part(text: str) -> When | None:
    match = _PART.match(text)
    if match is None:
        return None
    whole = _one(text[match.end() :].strip())
    if whole is None or whole.begin is None or whole.end is None or whole.range:
        return None
    if whole.begin.precision != "year" or whole.range:
        return replace(whole, chosen=True)
    first, count = _PARTS[(match["part"] or match["joined"]).lower()]
    return _span(_months(whole.begin.day.year, first, count), "quarter", chosen=True)


def is_bounded(text: str) -> bool:
    """Whether a text begins with a word such as ab, seit or bis."""
    return (_FROM.match(text) or _UNTIL.match(text)) is not None


def _one(text: str) -> When | None:
    """A day, month, quarter, half-year, year, week or season; also a range as periods have it."""
    for read in (_part, _season, _week, _serial):
        if (found := read(text)) is not None:
            return found
    if is_bounded(text):
        return None
    full = _SHORT_YEAR.sub(r"\g<before>20\g<y>", text)
    try:
        span = read_span(_ORDINAL.sub(lambda match: _ORDINALS[match[0].lower()], full))
    except ValueError:
        return None
    first, _, last = span.name.partition("/")
    if not last:
        return _span((span.begin, span.end), span.precision, chosen=False)
    begin, end = (
        Edge(day, read_span(name).precision)
        for day, name in ((span.begin, first), (span.end, last))
    )
    return When(begin, end, range=True)


def _sides(text: str) -> Iterator[tuple[str, str, str]]:
    year = _YEAR_AT_END.search(text)
    for match in islice(_SEPARATOR.finditer(text), MOST_PARTS):
        first, second = text[: match.start()].strip(), text[match.end() :].strip()
        if first and second:
            yield first, match[0].strip(), second
            if year and year[0] != second and not _YEAR_AT_END.search(first):
                yield f"{first} {year[0]}", match[0].strip(), second


def _beyond(words: re.Pattern[str], text: str) -> str:
    match = words.match(text)
    return text[match.end() :] if match else text


def _joined(text: str) -> When | None:
    for first, sign, second in _sides(text):
        bare, vague = without_vague(_beyond(_UNTIL, second))
        one, two = _one(_beyond(_FROM, first).rstrip(" ,")), _one(bare)
        if one and two and one.begin and two.end and not (one.range or two.range):
            if two.end.day < one.begin.day:
                raise ValueError(text)
            if sign == "/" and one.end and two.begin and _are_neighbours(one.end, two.begin):
                return replace(_either(one.begin, two.end), vague=vague)
            return When(
                *(one.begin, two.end),
                range=True,
                chosen=one.chosen or two.chosen,
                vague=vague,
            )
    return None


def _are_neighbours(one: Edge, two: Edge) -> bool:
    """Whether one part of a year follows on the other, as in Q3/Q4 or Okt./Nov."""
    parts = {one.precision, two.precision} <= {"month", "quarter", "half"}
    return parts and two.day - one.day == dt.timedelta(days=1)


def _either(begin: Edge, end: Edge) -> When:
    """One time or the next, which is no stretch of both: the part of a year that holds them."""
    for size, precision in _SIZES:
        first = (begin.day.month - 1) // size * size + 1
        days = _months(begin.day.year, first, size)
        if end.day <= days[1]:
            return _span(days, precision, chosen=True)
    return When(begin, end, chosen=True)


def _bounded(text: str) -> When | None:
    """A date, with the words that say that only its beginning or its end is meant."""
    whole = _one(text) or _joined(text)
    if whole is not None:
        return whole
    if (match := _OUTSIDE.match(text)) and _one(text[match.end() :].strip()):
        raise OutsideError(text)
    if match := _UNTIL.match(text) or _OPEN_START.match(text):
        bare, vague = without_vague(text[match.end() :])
        found = _one(bare)
        return found and replace(found, begin=None, vague=vague)
    rest, opened = text, False
    if match := _FROM.match(rest):
        rest, opened = rest[match.end() :], True
    if match := _OPEN_END.search(rest):
        rest, opened = rest[: match.start()], True
    bare, vague = without_vague(rest)
    found = _one(bare.strip()) if opened else None
    return found and replace(found, end=None, range=False, vague=vague)


def _without_permanent(text: str) -> tuple[str, str]:
    """A text without the word for a permanent task at one of its ends, and that word."""
    if match := _PERMANENT_FIRST.match(text):
        rest = text[match.end() :]
    elif match := _PERMANENT_LAST.search(text):
        rest = text[: match.start()]
    else:
        return text, ""
    word = match[0].strip(" ,;:/()[]–—-")
    return rest.strip(" ()[]"), word


def read_when(text: str) -> When:
    """What a cell says of time; ``ValueError`` where it says nothing that can be read.

    “ab 2024” and “2024 ff.” have a beginning only, “bis 2026” an end only, “seit 2020 laufend” a
    beginning and no end ever. ``OutsideError`` for “vor” and “nach”: their day is not named.
    """
    if len(text) > LONGEST:
        raise ValueError(text)
    bare = re.sub(r"(?<!\w)['’‘](?=\d\d\b)", "20", " ".join(text.split()))
    plain, vague = without_vague(bare)
    rest, word = _without_permanent(plain)
    if word and not rest:
        return When(permanent=True, vague=vague)
    found = _bounded(rest) or (_bounded(f"{rest} –") if word else None)
    if found is None or (word and found.range):
        raise ValueError(text)
    if word and found.begin is None:
        vague = (*vague, word)
    elif word:
        found = replace(found, end=None, permanent=True)
    return replace(found, vague=(*vague, *found.vague))
