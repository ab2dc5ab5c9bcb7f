"""What stands on a slide, and how much of it there is room for.

Lengths are points. A text is taken to be a little wider than it is in bold Calibri; fewer letters
stand in a line than would fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from klarplan.papers.pptx.letters import width_of
from klarplan.papers.text import NO_HYPHEN, RECENT, breakable_anywhere, without_breaks
from klarplan.words.hyphens import SOFT_HYPHEN

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
EDGES = 14.0
"""The room at both sides of the text in a box or a cell."""
MARKED = ACROSS - 34.0
"""The room for the text of a point, behind its mark."""
GAP = 6.0
"""The room between two points, and above and below the text of a cell together."""
NOTED = 2 * NOTE * LINE + GAP
"""The room that is kept for what a slide leaves out."""
BAR = 102.0
"""The height of a bar with what explains it."""

_PIECES = re.compile(f"([^{SOFT_HYPHEN}{NO_HYPHEN}]+)([{SOFT_HYPHEN}{NO_HYPHEN}]?)")


@dataclass(frozen=True, slots=True)
class Row:
    """A point or a row of a table: its texts, and the number of the measure that it is about."""

    texts: tuple[str, ...]
    number: str = ""
    foreign: tuple[tuple[str, str], ...] = ()
    """Words in another language than the slides, and which: ``("open data", "en")``."""
    place: int | None = None
    """The number of a point in a list with numbers."""
    bare: bool = False
    """Whether it is no point but said between points, without a mark."""

    def across(self) -> float:
        """The room for the text of a point."""
        return ACROSS - EDGES if self.bare else MARKED


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

    def across(self) -> list[float]:
        """The room for the text of each column."""
        return [ACROSS * share / sum(self.shares) - EDGES for share in self.shares]


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


def broken(text: str, width: float, size: float) -> str:
    """A text with ends of lines in those words that no line holds, and no other marks in words.

    No presentation program parts words by itself: it would break them between any two letters.
    """
    most = width / size
    return re.sub(r"\S+", lambda found: _parted(found.group(), most), text)


@lru_cache(RECENT)
def _parted(word: str, most: float) -> str:
    """A word, as several lines at its places to break where it is wider than ``most`` (in ems)."""
    whole = without_breaks(word)
    if width_of(whole) <= most:
        return whole
    dash = "-" if SOFT_HYPHEN in word else ""
    found, line, end = [], "", ""
    for piece, mark in _PIECES.findall(word):
        hyphen = "-" if mark == SOFT_HYPHEN else ""
        if line and width_of(line + piece + hyphen) > most:
            found.append(line + end)
            line = ""
        rest = piece
        while width_of(rest + hyphen) > most and len(rest) > 1:
            count = len(rest) - 1
            while count > 1 and width_of(rest[:count] + dash) > most:
                count -= 1
            found.append(rest[:count] + dash)
            rest = rest[count:]
        line, end = line + rest, hyphen
    return "\n".join([*found, line])


def lines(text: str, width: float, size: float) -> int:
    """How many lines a text takes; words that no line holds are broken."""
    most = width / size
    found, used = 1, 0.0
    for word in re.split("[ \u00a0]+", broken(text, width, size).strip()):
        for number, part in enumerate(word.split("\n")):
            length = width_of(part)
            if number == 0 and used and used + width_of(" ") + length <= most:
                used += width_of(" ") + length
                continue
            found += 1 if used else 0
            used = length
    return found


def height(block: Points | Table | Bars, rows: Sequence[Row] | None = None) -> float:
    """How high a block is, or would be with some of its rows."""
    if isinstance(block, Bars):
        return BAR
    shown = block.rows if rows is None else rows
    if isinstance(block, Points):
        return sum(lines(r.texts[0], r.across(), TEXT) * TEXT * LINE + GAP for r in shown)
    return row_height(block, block.head) + sum(row_height(block, r.texts) for r in shown)


def row_height(table: Table, texts: Sequence[str]) -> float:
    """How high a row of a table is: as its highest cell."""
    across = table.across()
    high = max(lines(text, wide, table.size) for text, wide in zip(texts, across, strict=True))
    return high * table.size * LINE + GAP


def breakable(slide: Slide, lang: str) -> Slide:
    """A slide whose words have places to break, which are used where a line does not hold them."""
    content: list[Points | Table | Bars] = []
    for block in slide.content:
        if isinstance(block, Bars):
            content.append(block)
            continue
        rows = tuple(replace(row, texts=_marked(row.texts, lang)) for row in block.rows)
        made = replace(block, rows=rows)
        content.append(
            replace(made, head=_marked(made.head, lang)) if isinstance(made, Table) else made
        )
    return replace(slide, content=tuple(content))


def _marked(texts: Sequence[str], lang: str) -> tuple[str, ...]:
    return tuple(breakable_anywhere(text, lang) for text in texts)


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
        while 1 < count < len(block.rows) and block.rows[count - 1].bare:
            count -= 1  # what leads to points goes with them
        content.append(replace(block, rows=tuple(block.rows[:count])))
        room -= height(content[-1])
        left += tuple(block.rows[count:])
        more += len(block.rows) - count + block.more
    return Fitted(replace(slide, content=tuple(content)), left, more)
