"""The geometry of charts: where lines, points and labels stand; templates draw them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from klarplan import german

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 28, 44

Points = Sequence[tuple[dt.date, Decimal]]


def steps(low: Decimal, high: Decimal, about: int = 5) -> list[Decimal]:
    """Round numbers that enclose ``low`` to ``high`` in about that many steps."""
    span = high - low or abs(high) or Decimal(1)
    raw = span / about
    power = Decimal(1).scaleb(raw.adjusted())
    size = next(f * power for f in (1, 2, Decimal("2.5"), 5, 10) if f * power >= raw)
    first = (low / size).to_integral_value(rounding="ROUND_FLOOR") * size
    marks = [first]
    while marks[-1] < high:
        marks.append(marks[-1] + size)
    if len(marks) == 1:
        marks.append(first + size)
    return marks


def line_chart(values: Points, targets: Points, unit: str | None) -> Mapping[str, Any]:
    """Two lines over time: measured values and the path of the targets.

    Returns pixel coordinates in a box of ``WIDTH`` × ``HEIGHT``. The scale starts at zero unless
    all numbers lie in a narrow band far from it.
    """
    everything = [*values, *targets]
    days = [d for d, _ in everything]
    numbers = [n for _, n in everything]
    low, high = min(numbers), max(numbers)
    if low > 0 and low < high * Decimal("0.7"):
        low = Decimal(0)
    marks = steps(low, high)
    first, last = min(days), max(days)
    span = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span, 1)

    def y(number: Decimal) -> float:
        share = (number - marks[0]) / (marks[-1] - marks[0])
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(share), 1)

    def dots(points: Points) -> list[dict[str, Any]]:
        return [
            {"x": x(d), "y": y(n), "text": german.with_unit(n, unit), "day": d}
            for d, n in sorted(points)
        ]

    years = sorted({d.year for d in days})
    every = -(-len(years) // 8)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "bottom": HEIGHT - BOTTOM,
        "values": dots(values),
        "targets": dots(targets),
        "marks": [{"y": y(m), "text": german.number(m)} for m in marks],
        "years": [
            {"x": x(min(max(dt.date(year, 12, 31), first), last)), "text": str(year)}
            for year in years[::-1][::every][::-1]
        ],
    }
