"""Charts as numbers: where lines, areas and words stand. One template draws them all.

Widths are shares of the chart's width, heights and letters are pixels: a chart fills the column
of a phone as well as that of a desk, and its letters keep their size.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from math import inf

from klarplan.look.letter_widths import pixels
from klarplan.words.catalogue import Words

WIDTH = 640
"""Pixels that a chart is drawn for on paper."""
NARROW = 288
"""Pixels of the text's column on the narrowest screen; words are cut so that they fit there."""
WIDEST = 190
"""Pixels that a value and its unit take at most in a chart; else the unit stands below alone."""
HEIGHT = 240
"""Pixels from the top of a chart to its bottom."""
NEVER = 10_000
"""Weighs more than any length of lines: words beyond the edge or upon each other can't be read."""
SAMPLES = 24
"""Places on each piece of a line where words might hide it."""
NARROW_BAND = Decimal("0.7")
"""A scale begins at zero unless the lowest value is at least this share of the highest."""
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
    texture: int = 0

    @property
    def end(self) -> float:
        """Where it ends, in percent of the width."""
        return round(self.x + self.width, 2)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Text:
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
    words: tuple[Text, ...] = ()
    width: int = WIDTH
    begins: Decimal | None = None
    """Where the scale of values begins, unless at zero."""
    rows: tuple[int, ...] = ()
    """Where each row begins, in pixels from the top, in a chart of rows."""
    title: str = ""
    """What it shows, for its caption."""


def ends_of_scale(numbers: Collection[Decimal]) -> tuple[Decimal, Decimal]:
    """The lowest and highest number of a scale: it holds zero, unless all lie far above it and
    differ."""
    low, high = min(numbers), max(numbers)
    far = low >= high * NARROW_BAND and low < high
    return (Decimal(0) if low > 0 and not far else low), max(high, Decimal(0))


def cut_off(x: float, y: float) -> tuple[Line, ...]:
    """The sign of a scale that does not begin at zero: a zigzag from a place downwards."""
    corners = [(x + 2 * (n % 2), y + 3 * n) for n in range(4)]
    return tuple(Line("break", *a, *b) for a, b in pairwise(corners))


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


def decimals(numbers: Iterable[Decimal]) -> int:
    """So many decimals has the number with most of them."""
    return max((max(-int(n.normalize().as_tuple().exponent), 0) for n in numbers), default=0)


def line_chart(  # noqa: PLR0913 (what is drawn, how it is said, how large)
    words: Words,
    values: Points,
    path: Points,
    unit: str | None,
    label: str,
    *,
    places: int | None = None,
) -> Chart:
    """Measured values as a line with full dots, the path to the target as one with hollow dots.

    The scale starts at zero unless all numbers lie in a narrow band far from it; then it has the
    sign of that, and ``begins`` says where.
    """
    values, path = sorted(values), sorted(path)
    days = [d for d, _ in (*values, *path)]
    numbers = [n for _, n in (*values, *path)]
    low, high = ends_of_scale(numbers)
    marks = steps(low, high)
    top, bottom = 26, HEIGHT - 26
    mark = partial(words.number, places=decimals(marks))
    widest = max(pixels(mark(m)) for m in marks)
    left, right = min(2 + widest / NARROW * 100, 45.0), 95.0
    first, last = min(days), max(days)
    distance = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return round(left + (right - left) * (day - first).days / distance, 2)

    def y(number: Decimal) -> float:
        share = (number - marks[0]) / (marks[-1] - marks[0])
        return round(bottom - (bottom - top) * float(share), 1)

    def line(kind: str, points: Points) -> list[Line]:
        return [Line(kind, x(a), y(m), x(b), y(n)) for (a, m), (b, n) in pairwise(points)]

    texts = [Text("axis", 0, y(m) - 4, mark(m)) for m in marks]
    texts += _years(days, x)
    lines = (*line("path", path), *line("value", values))
    say = partial(words.with_unit, unit=unit, places=places)
    if any(pixels(say(n)) > WIDEST for n in numbers):
        say = partial(words.number, places=places)
    texts += _words_at(_ends(words, values, path, say, x, y), lines, texts, bottom)
    begins = marks[0] if marks[0] > 0 else None
    return Chart(
        height=HEIGHT,
        label=label,
        lines=(
            *(Line("grid", 0, y(m), 100, y(m)) for m in marks),
            *(cut_off(0.5, bottom + 3) if begins else ()),
            *lines,
        ),
        dots=(
            *(Dot("path", x(d), y(n)) for d, n in path),
            *(Dot("value", x(d), y(n)) for d, n in values),
        ),
        words=tuple(texts),
        begins=begins,
    )


def _years(days: Collection[dt.date], x: Callable[[dt.date], float]) -> list[Text]:
    """Years below the ends of years that have points, from the last on, as far as there is room."""
    first, last = min(days), max(days)
    found: list[Text] = []
    for year in sorted({d.year for d in days}, reverse=True):
        place = x(min(max(dt.date(year, 12, 31), first), last))
        text = Text("axis", place, HEIGHT - 6, str(year), "middle")
        if all(_apart(text, other, NARROW) for other in found):
            found.append(text)
    return found


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a line that gets words: its place, and whether they stand better below it."""

    kind: str
    x: float
    y: float
    text: str
    below: bool = False


def _ends(  # noqa: PLR0913, PLR0917 (what is drawn, how it is said, where it stands)
    words: Words,
    values: Points,
    path: Points,
    say: Callable[[Decimal], str],
    x: Callable[[dt.date], float],
    y: Callable[[Decimal], float],
) -> list[_End]:
    """The newest value and the last target."""
    ends = []
    if values:
        day, number = values[-1]
        below = any(number < n for n in _between(path, day))
        ends.append(_End("strong", x(day), y(number), say(number), below))
    if path:
        day, number = path[-1]
        ends.append(_End("aim", x(day), y(number), words("indicator.aim", value=say(number))))
    return ends


def _words_at(
    ends: Sequence[_End], lines: Sequence[Line], others: Sequence[Text], floor: float
) -> list[Text]:
    """The words at the ends of lines, above the floor, where they hide least of all lines and
    of the other words."""
    drawn = sorted(
        (a.y1 + (a.y2 - a.y1) * n / SAMPLES, a.x1 + (a.x2 - a.x1) * n / SAMPLES)
        for a in lines
        for n in range(SAMPLES + 1)
    )
    words: list[Text] = []
    for end in ends:
        places = _places(end)
        inside = [place for place in places if place.y <= floor] or places
        words.append(min(inside, key=lambda place: _hides(place, drawn, [*others, *words])))
    return words


def _places(end: _End) -> list[Text]:
    """Where words at a point may stand, the best first: above or below it, further away."""
    usual = "end" if end.x > 60 else "start" if end.x < 30 else "middle"
    anchors = (usual, *(anchor for anchor in ("end", "middle", "start") if anchor != usual))
    shifts = {"end": min(3.0, 99 - end.x), "middle": 0.0, "start": 0.0}
    steps = (20, -10, 34, -24, 48, -38, 62, -52, -66)
    if not end.below:
        steps = (-10, 20, -24, 34, -38, 48, -52, 62, -66)
    near = [(end.x + shifts[anchor], away, anchor) for anchor in anchors for away in steps]
    edge = [(99.0, away, "end") for away in steps]
    return [Text(end.kind, x, end.y + away, end.text, anchor) for x, away, anchor in near + edge]


def _hides(place: Text, drawn: Sequence[tuple[float, float]], others: Sequence[Text]) -> float:
    """How much words at a place hide or leave the chart, on a phone and on a desk.

    Points that are drawn are given as (y, x), in order: few are as high as the words.
    """
    found = 0.0
    _, _, high, low = _box(place, WIDTH)
    level = drawn[bisect_right(drawn, (high, inf)) : bisect_left(drawn, (low, -inf))]
    for width in (NARROW, WIDTH):
        left, right, top, _ = _box(place, width)
        found += NEVER * (max(-left, 0) + max(right - width, 0) + max(-top, 0))
        hidden = sum(left < x * width / 100 < right for _, x in level)
        # On a phone the same piece of a line is shorter, and words take more of the chart.
        found += hidden * width / NARROW
        found += NEVER * sum(not _apart(place, other, width) for other in others)
    return found


def _apart(one: Text, other: Text, width: float) -> bool:
    """Whether two words leave each other free in a chart of a width in pixels."""
    left, right, top, bottom = _box(one, width)
    start, end, above, below = _box(other, width)
    return right <= start or end <= left or bottom <= above or below <= top


def _box(text: Text, width: float) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of words in pixels."""
    long = pixels(text.text)
    left = text.x * width / 100 - long * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return left - 3, left + long + 3, text.y - 13, text.y + 4


def _between(path: Points, day: dt.date) -> list[Decimal]:
    """Where a path stands on a day; nothing outside of it."""
    for (d0, n0), (d1, n1) in pairwise(path):
        if d0 <= day <= d1 and d0 < d1:
            return [n0 + (n1 - n0) * (day - d0).days / (d1 - d0).days]
    return []
