"""Charts of bars: money against its plan, parts of a whole, plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from macros.line_chart import LETTER, NARROW, THIN, Area, Chart, Line, Text

ROWS = 12
"""As many rows a chart of bars shows; the table has them all."""
LINE = 18
"""Pixels from one line of words to the next."""
LETTERS = int(NARROW / LETTER)
"""So many letters a line holds on the narrowest screen."""


def _lines(name: str) -> list[str]:
    """A name in lines that fit the narrowest screen."""
    return wrap(name, LETTERS) or [""]


@dataclass(frozen=True, slots=True)
class _Head:
    """The words above a bar, and where it begins: they stand beside or below each other."""

    words: tuple[Text, ...]
    bar: float


def _heads(rows: Sequence[tuple[str, str]], bar: int) -> tuple[list[_Head], int]:
    """The words above each bar by (name, what it says), and the height of all.

    ``bar`` is what each takes below its words, with the gap to the next. Where one name and what
    it says are too long to stand beside each other on a phone, all stand below each other.
    """
    apart = any(len(name) * LETTER + len(says) * THIN + 10 > NARROW for name, says in rows)
    heads, y = [], 0
    for name, says in rows:
        if apart:
            lines = _lines(name)
            told = [Text("strong", 0, y + 14 + LINE * n, line) for n, line in enumerate(lines)]
            told.append(Text("axis", 0, y + 14 + LINE * len(lines), says))
            top = y + 20 + LINE * len(lines)
        else:
            told = [Text("strong", 0, y + 14, name), Text("axis", 100, y + 14, says, "end")]
            top = y + 20
        heads.append(_Head(tuple(told), top))
        y = top + bar
    return heads, y


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
    heads, height = _heads([(r.name, r.says) for r in rows], 30)

    def area(kind: str, amount: Decimal | None, y: float, height: float) -> list[Area]:
        if amount is None:
            return []
        begin = (min(amount, Decimal(0)) - low) / scale
        share = float(abs(amount) / scale * 98)
        return [Area(kind, round(1 + float(begin) * 98, 2), y, round(share, 2), height)]

    areas: list[Area] = []
    lines: list[Line] = []
    words: list[Text] = []
    for row, head in zip(rows, heads, strict=True):
        words += head.words
        bar = head.bar
        areas += area("planned", row.planned, bar, 18)
        areas += area("spent", row.spent, bar + 4, 10)
        if row.approved is not None:
            place = round(1 + float((row.approved - low) / scale) * 98, 2)
            lines.append(Line("approved", place, bar - 2, place, bar + 20))
    return Chart(
        height=height,
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
    words: list[Text] = []
    heads, height = _heads([(name, says) for name, says, _ in rows], 40)
    for (_, _, parts), head in zip(rows, heads, strict=True):
        whole = sum(p.count for p in parts)
        words += head.words
        place = 0.0
        for part in parts:
            share = part.count / whole * 100 if whole else 0
            if not share:
                continue
            y = head.bar
            areas.append(Area("part", round(place, 2), y, round(share, 2), 26, part.colour))
            text = f"{part.sign} {part.count}".strip()
            if len(text) * LETTER + 6 <= share / 100 * NARROW:
                words.append(Text("inside", round(place + share / 2, 2), y + 18, text, "middle"))
            place += share
    return Chart(height=height, label=label, areas=tuple(areas), words=tuple(words))


def bars(
    rows: Sequence[tuple[str, Decimal, str]], label: str, *, whole: Decimal | None = None
) -> Chart:
    """One bar for each row of (name, number, number in words); negative ones reach to the left.

    With ``whole``, a frame of its length shows what each number is a part of.
    """
    rows = rows[:ROWS]
    low = min([*(n for _, n, _ in rows), Decimal(0)])
    high = max([*(n for _, n, _ in rows), whole or Decimal(0)])
    scale = high - low or Decimal(1)
    areas: list[Area] = []
    words: list[Text] = []
    heads, height = _heads([(name, says) for name, _, says in rows], 26)
    for (_, number, _), head in zip(rows, heads, strict=True):
        words += head.words
        begin = float((min(number, Decimal(0)) - low) / scale) * 100
        share = float(abs(number) / scale) * 100
        if whole is not None:
            areas.append(Area("planned", 0, head.bar, 100, 14))
        areas.append(Area("spent", round(begin, 2), head.bar, round(share, 2), 14))
    return Chart(height=height, label=label, areas=tuple(areas), words=tuple(words))
