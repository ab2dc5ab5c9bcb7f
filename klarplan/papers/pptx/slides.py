"""What stands on a slide, and how much of it there is room for.

Lengths are points. A letter is taken to be as wide as the widest usual text of Calibri has on
average; fewer letters stand in a line than would fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 720.0, 405.0
"""A slide of 16 : 9."""
LEFT, ACROSS = 36.0, 648.0
TOP, BOTTOM = 88.0, 368.0
"""Where content begins below the title, and where it ends above the footer."""
TEXT, CELL, NOTE = 14.0, 12.0, 12.0
"""Sizes of type; a slide shown on a wall of 13 inches is a third larger."""
LARGER = (18.0, 16.0, 14.0)
"""Sizes of type of a table that has the slide for itself, where all of it fits."""
LINE = 1.22
"""The height of a line, of its size."""
LETTER = 0.51
"""The width of a letter, of its size."""
GAP = 6.0
"""The room between two points, and above and below the text of a cell together."""
NOTED = 2 * NOTE * LINE + GAP
"""The room that is kept for what a slide leaves out."""
BAR = 102.0
"""The height of a bar with what explains it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A point or a row of a table: its texts, and the number of the measure that it is about."""

    texts: tuple[str, ...]
    number: str = ""
    foreign: tuple[tuple[str, str], ...] = ()
    """Words in another language than the slides, and which: ``("open data", "en")``."""
    place: int | None = None
    """The number of a point in a list with numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list; points have their number or a dot."""

    rows: Sequence[Row]
    more: int = 0
    """So many more there are than the rows tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: heads, rows, the share of the width that each column takes, which hold numbers."""

    head: Sequence[str]
    rows: Sequence[Row]
    shares: Sequence[float]
    numbers: Sequence[int] = ()
    more: int = 0
    size: float = CELL


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One bar of parts, each with label, symbol, count and colour; and what it says in words."""

    parts: Sequence[tuple[str, str, int, str]]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """A slide; ``note`` is said below its content, ``section`` is where the report tells all."""

    title: str
    content: Sequence[Points | Table | Bars]
    section: str = ""
    cut: bool = False
    """Whether a text on it is not the whole one."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A slide of which everything fits, and the rows that were left out."""

    slide: Slide
    left: tuple[Row, ...]
    more: int
    """So many are left out, those that no row tells included."""


def lines(text: str, width: float, size: float) -> int:
    """How many lines a text takes; words that no line holds are broken."""
    most = max(1, int(width / (size * LETTER)))
    found, used = 1, 0
    for word in text.split():
        length = len(word)
        if used and used + 1 + length <= most:
            used += 1 + length
            continue
        found += 1 if used else 0
        found += (length - 1) // most
        used = length if length <= most else length % most or most
    return found


def height(block: Points | Table | Bars, rows: Sequence[Row] | None = None) -> float:
    """How high a block is, or would be with some of its rows."""
    if isinstance(block, Bars):
        return BAR
    shown = block.rows if rows is None else rows
    if isinstance(block, Points):
        return sum(lines(r.texts[0], ACROSS - 34, TEXT) * TEXT * LINE + GAP for r in shown)
    return row_height(block, block.head) + sum(row_height(block, r.texts) for r in shown)


def row_height(table: Table, texts: Sequence[str]) -> float:
    """How high a row of a table is: as its highest cell."""
    across = (ACROSS * share / sum(table.shares) - 14 for share in table.shares)
    high = max(lines(text, wide, table.size) for text, wide in zip(texts, across, strict=True))
    return high * table.size * LINE + GAP


def _enlarged(table: Table, room: float) -> Table:
    """A table in the largest type in which all of it fits."""
    room -= NOTED if table.more else 0
    made = (replace(table, size=size) for size in LARGER)
    return next((each for each in made if height(each) <= room), table)


def fitted(slide: Slide) -> Fitted:
    """As much of a slide as there is room for; at least one row of each block stays."""
    room = BOTTOM - TOP - sum(GAP for _ in slide.content[1:])
    content: list[Points | Table | Bars] = []
    left: tuple[Row, ...] = ()
    more = 0
    alone = len(slide.content) == 1
    for given in slide.content:
        block = _enlarged(given, room) if alone and isinstance(given, Table) else given
        if isinstance(block, Bars):
            content.append(block)
            room -= height(block)
            continue
        whole = height(block) <= room - (NOTED if block.more or left or slide.cut else 0)
        count = len(block.rows)
        while not whole and count > 1 and height(block, block.rows[:count]) > room - NOTED:
            count -= 1
        content.append(replace(block, rows=tuple(block.rows[:count])))
        room -= height(content[-1])
        left += tuple(block.rows[count:])
        more += len(block.rows) - count + block.more
    return Fitted(replace(slide, content=tuple(content)), left, more)
