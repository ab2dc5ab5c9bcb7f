"""Charts as numbers: where lines, bars and words stand. One template draws them all.

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
NARROW = 320
"""Pixels of the narrowest screen; words are cut so that they fit there."""
LETTER = 7.4
"""Pixels of an average letter."""
ROWS = 12
"""As many rows a chart of bars shows; the table has them all."""

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


def fitting(text: str, pixels: float = NARROW) -> str:
    """A text cut so that it fits into some pixels."""
    most = max(int(pixels / LETTER), 2)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


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
        below = any(number < n or (number == n and kind == "aim") for n in others)
        place, text = x(day), german.with_unit(number, unit)
        if kind == "aim":
            text = f"Ziel {text}"
        high = y(number) + (20 if below else -10)
        anchor = "end" if place > 60 else "start" if place < 30 else "middle"
        place = min(place + 3, 99) if anchor == "end" else place
        words.append(Words(kind, place, high, text, anchor))
    return words


@dataclass(frozen=True, slots=True)
class Bullet:
    """One row of money: what was planned, approved and spent, and what it says."""

    name: str
    planned: Decimal | None
    approved: Decimal | None
    spent: Decimal | None
    says: str


def bullets(rows: Sequence[Bullet], label: str) -> Chart:
    """One row each: spent as a dark bar, approved as a mark, planned as the frame around both."""
    rows = rows[:ROWS]
    amounts = [n for r in rows for n in (r.planned, r.approved, r.spent) if n is not None]
    low, high = min([*amounts, Decimal(0)]), max([*amounts, Decimal(0)])
    scale = high - low or Decimal(1)
    apart = any(len(r.name) + len(r.says) + 2 > NARROW / LETTER for r in rows)
    head = 38 if apart else 20

    def area(kind: str, amount: Decimal | None, y: float, height: float) -> list[Area]:
        if amount is None:
            return []
        begin = (min(amount, Decimal(0)) - low) / scale
        share = float(abs(amount) / scale * 98)
        return [Area(kind, round(1 + float(begin) * 98, 2), y, round(share, 2), height)]

    areas: list[Area] = []
    lines: list[Line] = []
    words: list[Words] = []
    step = head + 30
    for n, row in enumerate(rows):
        y = n * step
        words.append(Words("strong", 0, y + 14, fitting(row.name)))
        if apart:
            words.append(Words("axis", 0, y + 32, fitting(row.says)))
        else:
            words.append(Words("axis", 100, y + 14, row.says, "end"))
        bar = y + head
        areas += area("planned", row.planned, bar, 18)
        areas += area("spent", row.spent, bar + 4, 10)
        if row.approved is not None:
            place = round(1 + float((row.approved - low) / scale) * 98, 2)
            lines.append(Line("approved", place, bar - 2, place, bar + 20))
    return Chart(
        height=len(rows) * step,
        label=label,
        areas=tuple(areas),
        lines=tuple(lines),
        words=tuple(words),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar: how many, the colour behind white letters, symbol or word."""

    count: int
    colour: str
    sign: str


def stacks(rows: Sequence[tuple[str, str, Sequence[Part]]], label: str) -> Chart:
    """One stacked bar for each row of (name, what it says, parts); each bar fills the width.

    A part that has room for it carries its sign and number.
    """
    areas: list[Area] = []
    words: list[Words] = []
    step = 60
    for n, (name, says, parts) in enumerate(rows):
        whole = sum(p.count for p in parts)
        room = NARROW - len(says) * LETTER - 12
        words.append(Words("strong", 0, n * step + 14, fitting(name, room)))
        words.append(Words("axis", 100, n * step + 14, says, "end"))
        place = 0.0
        for part in parts:
            share = part.count / whole * 100 if whole else 0
            if not share:
                continue
            y = n * step + 20
            areas.append(Area("part", round(place, 2), y, round(share, 2), 26, part.colour))
            text = f"{part.sign} {part.count}".strip()
            if len(text) * LETTER + 6 <= share / 100 * NARROW:
                words.append(Words("inside", round(place + share / 2, 2), y + 18, text, "middle"))
            place += share
    return Chart(height=len(rows) * step, label=label, areas=tuple(areas), words=tuple(words))


def bars(rows: Sequence[tuple[str, Decimal, str]], label: str) -> Chart:
    """One bar for each row of (name, number, number in words); negative ones reach to the left."""
    rows = rows[:ROWS]
    low = min([*(n for _, n, _ in rows), Decimal(0)])
    high = max([*(n for _, n, _ in rows), Decimal(0)])
    scale = high - low or Decimal(1)
    areas: list[Area] = []
    words: list[Words] = []
    step = 44
    for n, (name, number, says) in enumerate(rows):
        room = NARROW - len(says) * LETTER - 12
        words.append(Words("strong", 0, n * step + 14, fitting(name, room)))
        words.append(Words("axis", 100, n * step + 14, says, "end"))
        begin = float((min(number, Decimal(0)) - low) / scale) * 100
        share = float(abs(number) / scale) * 100
        areas.append(Area("spent", round(begin, 2), n * step + 20, round(share, 2), 14))
    return Chart(height=len(rows) * step, label=label, areas=tuple(areas), words=tuple(words))
