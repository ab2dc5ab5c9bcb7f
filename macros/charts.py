"""Charts as numbers: where lines, areas and words stand. One template draws them all.

Widths are shares of the chart's width, heights and letters are pixels: a chart fills the column
of a phone as well as that of a desk, and its letters keep their size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from klarplan import german

WIDTH = 640
"""Pixels that a chart is drawn for on paper."""
NARROW = 288
"""Pixels of the text's column on the narrowest screen; words are cut so that they fit there."""
LETTER, THIN = 7.8, 7.0
"""Pixels of an average letter, bold and regular."""
Points = Sequence[tuple[dt.date, Decimal]]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``x`` in percent of the width, ``y`` in pixels."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; ``x`` and ``width`` in percent, ``y`` and ``height`` in pixels."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Words:
    """A text at a place; ``anchor`` is start, middle or end."""

    kind: str
    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A whole chart: its height in pixels, what it says, and what is drawn, back to front."""

    height: int
    label: str
    lines: tuple[Line, ...] = ()
    areas: tuple[Area, ...] = ()
    dots: tuple[Dot, ...] = ()
    words: tuple[Words, ...] = ()
    width: int = WIDTH


def steps(low: Decimal, high: Decimal, about: int = 4) -> list[Decimal]:
    """Round numbers that enclose ``low`` to ``high`` in about that many steps."""
    distance = high - low or abs(high) or Decimal(1)
    raw = distance / about
    power = Decimal(1).scaleb(raw.adjusted())
    size = next(f * power for f in (1, 2, Decimal("2.5"), 5, 10) if f * power >= raw)
    first = (low / size).to_integral_value(rounding="ROUND_FLOOR") * size
    marks = [first]
    while marks[-1] < high:
        marks.append(marks[-1] + size)
    if len(marks) == 1:
        marks.append(first + size)
    return marks


def line_chart(
    values: Points, path: Points, unit: str | None, label: str, *, height: int = 240
) -> Chart:
    """Measured values as a line with full dots, the path to the target as one with hollow dots.

    The scale starts at zero unless all numbers lie in a narrow band far from it.
    """
    values, path = sorted(values), sorted(path)
    days = [d for d, _ in (*values, *path)]
    numbers = [n for _, n in (*values, *path)]
    low, high = min(numbers), max(numbers)
    if low > 0 and low < high * Decimal("0.7"):
        low = Decimal(0)
    marks = steps(low, high)
    top, bottom = 26, height - 26
    widest = max(len(german.number(m)) for m in marks)
    left, right = min(4 + widest * LETTER / NARROW * 100, 34.0), 95.0
    first, last = min(days), max(days)
    distance = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return round(left + (right - left) * (day - first).days / distance, 2)

    def y(number: Decimal) -> float:
        share = (number - marks[0]) / (marks[-1] - marks[0])
        return round(bottom - (bottom - top) * float(share), 1)

    def line(kind: str, points: Points) -> list[Line]:
        return [Line(kind, x(a), y(m), x(b), y(n)) for (a, m), (b, n) in pairwise(points)]

    words = [Words("axis", 0, y(m) - 4, german.number(m)) for m in marks]
    years = sorted({d.year for d in days})
    every = -(-len(years) // 6)
    for year in years[::-1][::every]:
        place = x(min(max(dt.date(year, 12, 31), first), last))
        words.append(Words("axis", place, height - 6, str(year), "middle"))
    words += _ends(values, path, unit, x, y)
    return Chart(
        height=height,
        label=label,
        lines=(
            *(Line("grid", 0, y(m), 100, y(m)) for m in marks),
            *line("path", path),
            *line("value", values),
        ),
        dots=(
            *(Dot("path", x(d), y(n)) for d, n in path),
            *(Dot("value", x(d), y(n)) for d, n in values),
        ),
        words=tuple(words),
    )


def _ends(
    values: Points,
    path: Points,
    unit: str | None,
    x: Callable[[dt.date], float],
    y: Callable[[Decimal], float],
) -> list[Words]:
    """The words at the newest value and at the last target; one above, one below if they meet."""
    ends = [("strong", *values[-1])] if values else []
    if path:
        ends.append(("aim", *path[-1]))
    words = []
    for kind, day, number in ends:
        others = [n for k, d, n in ends if k != kind and abs(x(d) - x(day)) < NARROW / 10]
        if kind == "strong":
            others += _between(path, day)
        below = any(number < n or (number == n and kind == "aim") for n in others)
        place, text = x(day), german.with_unit(number, unit)
        if kind == "aim":
            text = f"Ziel {text}"
        high = y(number) + (20 if below else -10)
        anchor = "end" if place > 60 else "start" if place < 30 else "middle"
        place = min(place + 3, 99) if anchor == "end" else place
        words.append(Words(kind, place, high, text, anchor))
    return words


def _between(path: Points, day: dt.date) -> list[Decimal]:
    """Where a path stands on a day; nothing outside of it."""
    for (d0, n0), (d1, n1) in pairwise(path):
        if d0 <= day <= d1 and d0 < d1:
            return [n0 + (n1 - n0) * (day - d0).days / (d1 - d0).days]
    return []
