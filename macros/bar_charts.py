"""Charts of bars: money against its plan, parts of a whole, plain numbers. All begin at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from klarplan.look.letter_widths import pixels
from klarplan.words.catalogue import Words
from macros.line_chart import NARROW, Area, Chart, Line, Text
from macros.word_lines import lines_of

ROWS = 12
"""As many rows a chart of bars shows; the table has them all."""
LINE = 18
"""Pixels from one line of words to the next."""
GAP = 10
"""Pixels between words beside each other."""
SLIVER = 0.4
"""Percent of the width that any amount but zero gets: more than a pixel on a phone."""
EDGE = 0.2
"""Percent of the width that keep the rim of a frame on the drawing."""
LEAST_PART = 4.4
"""Percent of the width that any part of a whole gets, so that its sign has room on a phone."""
TEXTURES = 12
"""So many textures tell parts from each other; the first has none."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The words above a bar, beside or below each other; where they begin, and the bar."""

    words: tuple[Text, ...]
    top: int
    bar: int


def _heads(words: Words, rows: Sequence[tuple[str, str]], bar: int) -> tuple[list[_Head], int]:
    """The words above each bar by (name, what it says), and the height of all.

    ``bar`` is what each takes below its words, with the gap to the next. Where one name and what
    it says are too long to stand beside each other on a phone, all stand below each other.
    """
    apart = any(pixels(name) + pixels(says) + GAP > NARROW for name, says in rows)
    heads, y = [], 0
    for name, says in rows:
        if apart:
            lines = [("strong", line) for line in lines_of(words, name, NARROW)]
            lines += [("axis", line) for line in lines_of(words, says, NARROW)]
            told = [Text(kind, 0, y + 14 + LINE * n, line) for n, (kind, line) in enumerate(lines)]
            top = y + 20 + LINE * (len(lines) - 1)
        else:
            told = [Text("strong", 0, y + 14, name), Text("axis", 100, y + 14, says, "end")]
            top = y + 20
        heads.append(_Head(tuple(told), y, top))
        y = top + bar
    return heads, y


def _tops(heads: Sequence[_Head]) -> tuple[int, ...]:
    return tuple(head.top for head in heads)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where amounts stand on a scale that holds zero, between two places in percent."""

    low: Decimal
    high: Decimal
    left: float = 0
    right: float = 100

    def place(self, amount: Decimal) -> float:
        """Where an amount stands, in percent of the width."""
        share = float((amount - self.low) / (self.high - self.low or Decimal(1)))
        return round(self.left + share * (self.right - self.left), 2)

    def area(self, kind: str, amount: Decimal, y: float, height: float) -> Area:
        """The bar of an amount from zero; none but that of zero is too short to be seen."""
        begin, end = sorted((self.place(Decimal(0)), self.place(amount)))
        if amount and end - begin < SLIVER:
            start = begin if amount > 0 else end - SLIVER
            begin = min(max(start, self.left), self.right - SLIVER)
            end = begin + SLIVER
        return Area(kind, round(begin, 2), y, round(end - begin, 2), height)

    def zero(self, height: float) -> tuple[Line, ...]:
        """Where zero stands, unless that is the edge."""
        place = self.place(Decimal(0))
        return (Line("zero", place, 0, place, height),) if self.low < 0 else ()


def _scale(amounts: Sequence[Decimal], left: float = 0, right: float = 100) -> _Scale:
    return _Scale(min([*amounts, Decimal(0)]), max([*amounts, Decimal(0)]), left, right)


@dataclass(frozen=True, slots=True)
class Bullet:
    """One row of money: what was planned, approved and spent, and what it says."""

    name: str
    planned: Decimal | None
    approved: Decimal | None
    spent: Decimal | None
    says: str


def bullets(words: Words, rows: Sequence[Bullet], label: str) -> Chart:
    """One row each: spent as a full bar, approved as a mark behind it, planned as the frame around
    both."""
    rows = rows[:ROWS]
    amounts = [n for r in rows for n in (r.planned, r.approved, r.spent) if n is not None]
    scale = _scale(amounts, EDGE, 100 - EDGE)
    heads, height = _heads(words, [(r.name, r.says) for r in rows], 30)
    areas: list[Area] = []
    lines: list[Line] = []
    texts: list[Text] = []
    for row, head in zip(rows, heads, strict=True):
        texts += head.words
        bar = head.bar
        if row.planned is not None:
            areas.append(scale.area("planned", row.planned, bar, 18))
        if row.spent is not None:
            areas.append(scale.area("spent", row.spent, bar + 4, 10))
        if row.approved is not None:
            place = scale.place(row.approved)
            spent = areas[-1] if row.spent is not None else None
            over = spent is not None and spent.x - 1 < place < spent.end + 1
            ends = ((-2, 4), (14, 20)) if over else ((-2, 20),)
            lines += [Line("approved", place, bar + a, place, bar + b) for a, b in ends]
    return Chart(
        height=height,
        label=label,
        areas=tuple(areas),
        lines=(*scale.zero(height), *lines),
        words=tuple(texts),
        rows=_tops(heads),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar: how many, the colour behind white letters, symbol or word."""

    count: int
    colour: str
    sign: str


def band(parts: Sequence[Part], y: float, height: float) -> list[tuple[Part, Area]]:
    """Parts beside each other that fill the width, each with a texture of its own.

    Parts of nothing are left out; small ones are widened so that each can be seen.
    """
    there = [(number, part) for number, part in enumerate(parts) if part.count > 0]
    widths = _widths([part.count for _, part in there])
    places = [round(place, 2) for place in accumulate(widths, initial=0.0)]
    return [
        (
            part,
            Area(
                "part",
                begin,
                y,
                round(end - begin, 2),
                height,
                part.colour,
                number % TEXTURES,
            ),
        )
        for (number, part), begin, end in zip(there, places[:-1], places[1:], strict=True)
    ]


def _widths(counts: Sequence[int]) -> list[float]:
    """Shares in percent: none below the least, the others in proportion."""
    least = min(LEAST_PART, 100 / len(counts)) if counts else 0
    small: set[int] = set()
    while True:
        rest = sum(count for n, count in enumerate(counts) if n not in small)
        room = 100 - least * len(small)
        shares = [least if n in small else room * count / rest for n, count in enumerate(counts)]
        below = {n for n, share in enumerate(shares) if share < least - 1e-9}
        if not below:
            return shares
        small |= below


def stacks(words: Words, rows: Sequence[tuple[str, str, Sequence[Part]]], label: str) -> Chart:
    """One stacked bar for each row of (name, what it says, parts); each bar fills the width.

    A part carries its sign, and its number where there is room for both.
    """
    areas: list[Area] = []
    texts: list[Text] = []
    heads, height = _heads(words, [(name, says) for name, says, _ in rows], 38)
    for (_, _, parts), head in zip(rows, heads, strict=True):
        texts += head.words
        for part, area in band(parts, head.bar, 30):
            areas.append(area)
            room = area.width / 100 * NARROW
            both = f"{part.sign} {words.number(part.count)}".strip()
            text = both if pixels(both) + 6 <= room else part.sign
            if text and pixels(text) + 1 <= room:
                middle = round(area.x + area.width / 2, 2)
                texts.append(Text("inside", middle, head.bar + 17, text, "middle"))
    return Chart(
        height=height, label=label, areas=tuple(areas), words=tuple(texts), rows=_tops(heads)
    )


def bars(
    words: Words,
    rows: Sequence[tuple[str, Decimal, str]],
    label: str,
    *,
    whole: Decimal | None = None,
) -> Chart:
    """One bar for each row of (name, number, number in words); negative ones reach to the left.

    With ``whole``, a frame of its length shows what each number is a part of.
    """
    rows = rows[:ROWS]
    scale = _scale([*(n for _, n, _ in rows), whole or Decimal(0)])
    areas: list[Area] = []
    texts: list[Text] = []
    heads, height = _heads(words, [(name, says) for name, _, says in rows], 26)
    for (_, number, _), head in zip(rows, heads, strict=True):
        texts += head.words
        if whole is not None:
            areas.append(scale.area("planned", whole, head.bar, 14))
        areas.append(scale.area("spent", number, head.bar, 14))
    lines = scale.zero(height)
    return Chart(
        height=height,
        label=label,
        areas=tuple(areas),
        lines=lines,
        words=tuple(texts),
        rows=_tops(heads),
    )
