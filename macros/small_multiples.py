"""Indicators as small multiples: each as a line from its baseline to now, with its target.

All have the same size and the same parts in the same order, so that the eye compares them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

from macros.line_chart import Chart, Dot, Line, Points, Text, cut_off, ends_of_scale

WIDTH, HEIGHT = 280, 78
"""Pixels on paper; on a screen it is as wide as its card."""
TOP, BOTTOM = 8, 52
"""Where the highest and the lowest value stand; years stand below."""
LEFT, RIGHT = 2.5, 97.5
"""Where the first and the last day stand, in percent of the width."""


def sparkline(values: Points, path: Points, label: str) -> Chart | None:
    """Measured values as a line that ends in a full dot, the path to the target in a hollow one.

    The line has a dot where it begins, too; years stand below its ends. ``None`` without any
    value and target.
    """
    values, path = sorted(values), sorted(path)
    points = (*values, *path)
    if not points:
        return None
    first, last = min(d for d, _ in points), max(d for d, _ in points)
    low, high = ends_of_scale([number for _, number in points])
    middle = (TOP + BOTTOM) / 2

    def x(day: dt.date) -> float:
        share = (day - first).days / ((last - first).days or 1)
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    def y(number: Decimal) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * float((number - low) / (high - low)), 1)

    def place(day: dt.date, number: Decimal) -> tuple[float, float]:
        return x(day), y(number) if high > low else middle

    def line(kind: str, points: Points) -> list[Line]:
        return [Line(kind, *place(*a), *place(*b)) for a, b in pairwise(points)]

    years = [Text("axis", 0, HEIGHT - 6, str(first.year))]
    if last.year > first.year:
        years.append(Text("axis", 100, HEIGHT - 6, str(last.year), "end"))
    ends = dict.fromkeys((*values[:1], *values[-1:]))
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        label=label,
        lines=(
            Line("grid", 0, BOTTOM + 6, 100, BOTTOM + 6),
            *(cut_off(50, BOTTOM + 1.5) if low > 0 else ()),
            *line("path", path),
            *line("value", values),
        ),
        dots=(
            *(Dot("path", *place(*end)) for end in path[-1:]),
            *(Dot("value", *place(*end)) for end in ends),
        ),
        words=tuple(years),
        begins=low if low > 0 else None,
    )
