"""How wide the columns of a table are: by what cannot break, then by how much there is to read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from klarplan.articles.nodes import words
from klarplan.look.letter_widths import width_of
from klarplan.papers.grid import Cell, Grid
from klarplan.papers.links import NUMBERED_CALL
from klarplan.papers.markup import OPENING
from klarplan.papers.text import ADDRESS, AFTER_MARK, RECENT, without_breaks
from klarplan.words.hyphens import SOFT_HYPHEN, softened

Long = Mapping[int, float]
"""The widest of the words that may be parted, by how many letters they have."""

PORTRAIT, ACROSS = 89.0, 135.0
"""How many characters of a table's type stand side by side on a page, upright and turned."""
GUTTER, DENSE = 1.8, 1.0
"""The room between two columns, in characters; and where a table is dense."""
WHOLE, USUAL = 8, 12
"""Words of no more letters are never parted (``narrow-word`` in the template), and not where the
columns of a table have room for them (``long-word``)."""
ROW_HEAD = 1.3
"""How much more room the names of rows get than other texts as long."""
BOLD = 1.01
"""How much wider the type of heads is than widths of letters say, which hold for both weights."""
IN_LIST = 2.0
"""How far the entries of a list stand from the edge of their cell, in characters."""
ROUNDED = 0.05
"""By so many characters widths may miss what is needed, since they are rounded."""
AROUND_BADGE, PAGE_NUMBER = 1.6, 7.0
"""The edges of a badge with the gap behind its symbol; the room for the number of a page."""
SPARED = 5
"""By so much a badge is narrower on two lines, if it is set so where room is short."""
LONGEST_KEPT = 20
"""A column gets room for a word as wide where there is some to spare, in characters; a word of as
many letters may be parted in any column, since the lines would end too unevenly else."""
BLOCKS = ("br", "li", "p", "div")
"""Where these begin, a line does."""
LONG = re.compile(rf"[^\W\d_]{{{WHOLE + 1},}}")
UNPARTED = ("#address[", "#beside[")
"""Texts in which no hyphen parts a word (design.typ)."""
SPACES = re.compile("[ \t\n\r\f]+")
"""Where lines may end; a protected space is no such place."""
MARKS = re.compile(r"(?<=[/–-])(?!\d)|\u200b")


@dataclass(frozen=True, slots=True)
class Fit:
    """Widths of columns in characters, and what a whole table needs with its gutters."""

    widths: Sequence[float]
    floors: Sequence[float]
    """The least width of each column: nothing in it is narrower without being parted wrongly."""
    usual: Sequence[float]
    """The least width of each column that leaves its head whole, and words no longer than usual."""
    floor: float
    """The sum of the floors and narrow gutters: on a page less wide, columns overprint."""
    need: float
    """What the table needs to keep usual words whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What each column of a table asks for, in characters, on a page of any width."""

    floors: Sequence[float]
    usual: Sequence[float]
    """Both as in ``Fit``."""
    least: Sequence[float]
    """Room for its longest word."""
    close: Sequence[float]
    """The same with long badges on two lines."""
    longest: Sequence[float]
    """The same for words that are longer, up to ``LONGEST_KEPT``."""
    long: Sequence[Long]
    """Its words that may be parted."""
    most: Sequence[float]
    """Room for its longest text."""
    weights: Sequence[float]
    """By how much there is to read."""


def asked_by(grid: Grid, lang: str) -> Asked:
    """What the columns of a grid ask for."""
    least = [2.0] * grid.columns
    close = [2.0] * grid.columns
    floors = [2.0] * grid.columns
    usual = [2.0] * grid.columns
    longest = [2.0] * grid.columns
    long: list[dict[int, float]] = [{} for _ in range(grid.columns)]
    most = [2.0] * grid.columns
    squares = [1.0] * grid.columns
    cap = 20.0 if grid.columns <= 4 else 14.0 if grid.columns <= 6 else 11.0
    for cell in grid.cells:
        at, wide = cell.column, BOLD if cell.head else 1.0
        fixed, usually, unparted, more, numbered = _fixed(cell.node)
        lines = _lines(cell)
        run, often, whole, parted = _runs("\n".join(lines), lang)
        inset = IN_LIST if any(True for _ in cell.node.iter("li")) else 0.0
        for found, times in ((parted, wide), (numbered, 1.0)):
            for letters, width in found.items():
                needed = (width * times + inset) / cell.columns
                long[at][letters] = max(long[at].get(letters, 0.0), needed)
        if cell.columns > 1:
            continue
        # What a column is called stands above all its rows, on every page.
        called = min(whole, cap) * wide if cell.head == "column" else 0.0
        usual[at] = max(usual[at], often * wide, usually, called)
        longest[at] = max(longest[at], min(whole * wide, LONGEST_KEPT))
        floors[at] = max(floors[at], run * wide, fixed)
        close[at] = max(close[at], min(whole, cap) * wide, run * wide, fixed)
        least[at] = max(least[at], close[at], unparted)
        count = len(cell.text)
        most[at] = max(most[at], (_widest_line(lines, count) + more) * wide, unparted)
        squares[at] += (min(count, 600) * (ROW_HEAD if cell.head == "row" else 1)) ** 2
    weights = [number ** (1 / 3) for number in squares]
    return Asked(floors, usual, least, close, longest, long, most, weights)


def _lines(cell: Cell) -> list[str]:
    """The text of a cell, parted where lines end in any case."""
    if not any(True for _ in cell.node.iter(*BLOCKS)):
        return [str(cell.node.text_content())]
    lines = [""]

    def add(node: HtmlElement) -> None:
        apart = node.tag in BLOCKS
        if apart:
            lines.append("")
        lines[-1] += node.text or ""
        for part in node:
            add(part)
            lines[-1] += part.tail or ""
        if apart and node.tag != "br":
            lines.append("")

    add(cell.node)
    return lines


def _widest_line(lines: Sequence[str], count: int) -> float:
    """How wide a text is where lines end only where they must."""
    if len(lines) == 1 and count > 60:
        return 0.97 * count
    return max(width_of(" ".join(without_breaks(line).split())) for line in lines)


def fitted(asked: Asked, room: float) -> Fit:
    """The widths of columns where so many characters stand side by side.

    A column has room for its longest word, and more the more text it holds, but no more than its
    longest text needs. Where room is short, gutters are narrow, then long badges take two lines,
    then words are parted at their syllables: in as few columns as can be, usual ones last.
    """
    floors, most = asked.floors, asked.most
    between = len(floors) - 1
    inner, dense = room - GUTTER * between, room - DENSE * between
    steps = [list(floors)]
    for more in (asked.usual, asked.close, asked.least, asked.longest):
        steps.append([max(pair) for pair in zip(steps[-1], more, strict=True)])
    least = steps[3] if sum(steps[3]) <= dense else steps[2]
    if sum(most) <= inner:
        widths = list(most)
    else:
        given = inner if sum(least) <= inner else dense
        widths = steps[0]
        for step in steps[1:]:
            widths = _raised(widths, step, given)
            if sum(step) > given:
                break
        if sum(widths) < given:
            widths = _share(given, widths, most, asked.weights)
    return Fit(
        [round(width, 2) for width in widths],
        floors,
        asked.usual,
        sum(floors) + DENSE * between,
        sum(least) + GUTTER * between,
    )


def _raised(widths: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """As many columns as there is room for as wide as wanted, those that lack least first.

    Columns that lack as much share what is left for them.
    """
    raised, left = list(widths), room - sum(widths)
    lacks = [round(more - width, 2) for width, more in zip(widths, wanted, strict=True)]
    for lack in sorted(set(lacks)):
        columns = [at for at, own in enumerate(lacks) if own == lack]
        needed = sum(wanted[at] - widths[at] for at in columns)
        share = min(left / needed, 1) if needed else 1
        if left <= 0:
            break
        for at in columns:
            raised[at] += share * (wanted[at] - widths[at])
        left -= share * needed
    return raised


def parted_from(asked: Asked, widths: Sequence[float], room: float, gutter: float = GUTTER) -> int:
    """Words of so many letters and more may be parted in columns of these proportions: the others
    have room, so that parting them would serve nothing."""
    scale = (room - gutter * (len(widths) - 1)) / sum(widths)
    parted = (
        letters
        for long, width in zip(asked.long, widths, strict=True)
        for letters, needed in long.items()
        if needed > width * scale + ROUNDED
    )
    return min([LONGEST_KEPT, *parted])


def given_widths(
    table: HtmlElement, needed: Sequence[float], room: float, gutter: float = GUTTER
) -> list[float] | None:
    """The widths that ``data-print-columns`` gives, if there is one for each column, and all have
    what is needed where so many characters stand side by side."""
    parts = (table.get("data-print-columns") or "").replace(",", " ").split()
    if len(parts) != len(needed):
        return None
    if not all(re.fullmatch(r"\d{1,3}(\.\d)?", part) for part in parts):
        return None
    widths = [float(part) for part in parts]
    return widths if all(widths) and roomy(widths, needed, room, gutter) else None


def roomy(
    widths: Sequence[float], needed: Sequence[float], room: float, gutter: float = GUTTER
) -> bool:
    """Whether columns in these proportions have the widths that are needed."""
    scale = (room - gutter * (len(widths) - 1)) / sum(widths)
    return all(width * scale > least - ROUNDED for width, least in zip(widths, needed, strict=True))


def heights(grid: Grid, widths: Sequence[float], room: float = PORTRAIT) -> list[int]:
    """About how many lines of type each row takes with its columns this wide."""
    scale = (room - GUTTER * (grid.columns - 1)) / sum(widths)
    found = [1] * grid.rows
    for cell in grid.cells:
        across = sum(widths[cell.column : cell.column + cell.columns]) * scale
        needed = -(-len(cell.text) // max(int(across), 1)) + len(list(cell.node.iter("li", "p")))
        found[cell.row] = max(found[cell.row], -(-needed // cell.rows))
    return found


def _share(
    room: float, least: Sequence[float], most: Sequence[float], weights: Sequence[float]
) -> list[float]:
    """Widths in proportion to the weights, none below its least or above its most."""
    low, high = 0.0, room
    widths = list(least)
    for _ in range(30):
        factor = (low + high) / 2
        widths = [
            min(max(weight * factor, a), max(a, b))
            for weight, a, b in zip(weights, least, most, strict=True)
        ]
        low, high = (low, factor) if sum(widths) > room else (factor, high)
    return widths


@lru_cache(RECENT)
def _runs(text: str, lang: str) -> tuple[float, float, float, Long]:
    """The widest run of a text that never breaks, the same with words of up to ``USUAL`` letters
    whole, its widest word (UAX 14: not before digits), and its words that may be parted.

    Words of more than ``WHOLE`` letters break at their syllables, addresses behind their marks.
    """
    run = often = word = 0.0
    long: dict[int, float] = {}
    for token in SPACES.split(text):
        parts = [piece for part in MARKS.split(token) for piece in part.split(SOFT_HYPHEN)]
        if len(token) >= ADDRESS:
            parts = [piece for part in parts for piece in AFTER_MARK.split(part)]
        for part in parts:
            whole = width_of(part)
            word = max(word, whole)
            if len(part) > WHOLE and (found := LONG.findall(part)):
                letters = max(map(len, found))
                long[letters] = max(long.get(letters, 0.0), whole)
            if whole > run:
                least = _widest_syllable(part, lang) if len(part) > WHOLE else whole
                run = max(run, least)
                often = max(often, least if len(part) > USUAL else whole)
            elif whole > often and len(part) <= USUAL:
                often = whole
    return run, often, word, long


@lru_cache(RECENT)
def _widest_syllable(word: str, lang: str) -> float:
    parted = LONG.sub(lambda found: softened(found.group(), lang, WHOLE + 1), word)
    pieces = parted.split(SOFT_HYPHEN)
    hyphens = [*["-"] * (len(pieces) - 1), ""]
    return max(width_of(piece + end) for piece, end in zip(pieces, hyphens, strict=True))


def across(cell: HtmlElement) -> float:
    """How much room the text of a cell takes in one line, in characters."""
    return width_of(words(cell)) + _fixed(cell)[3]


def _fixed(node: HtmlElement) -> tuple[float, float, float, float, Long]:
    """The widest thing in a cell that stays whole, the same with words of up to ``USUAL`` letters
    whole and with badges on one line, what all of them add to its text, and words with a number
    behind them that may be parted.

    Those are badges, badges with their number, and room for the number of a page.
    """
    widest = usual = whole = more = 0.0
    long: dict[int, float] = {}
    for part in node.iter("span"):
        opening = part.get(OPENING) or ""
        if opening.startswith("#to(") and opening.endswith(NUMBERED_CALL):
            # No line ends between it and the word before, of which a hyphen may part a long one.
            last = "".join(words(part).split()[-1:])
            added = PAGE_NUMBER
            width = added + BOLD * min(width_of(last), WHOLE)
            if len(last) > WHOLE:
                long[len(last)] = max(long.get(len(last), 0.0), added + BOLD * width_of(last))
            if len(last) <= USUAL:
                usual = max(usual, added + BOLD * width_of(last))
        elif opening.startswith("#badge(") and "boxed: true" in opening:
            width, added = _bold(part) + AROUND_BADGE, AROUND_BADGE
            whole = max(whole, width)
            parted = _on_two_lines(words(part)) * BOLD + AROUND_BADGE
            width = parted if width - parted >= SPARED else width
        elif opening.startswith("#pair["):
            badge = any((kid.get(OPENING) or "").startswith("#badge(") for kid in part.iter("span"))
            width, added = _bold(part) + (AROUND_BADGE if badge else 0), 1.0
        elif opening in UNPARTED:
            width, added = _widest_piece(words(part)), 0.0
        else:
            continue
        widest, more = max(widest, width), more + added
    return widest, max(widest, usual), max(widest, whole), more, long


def _widest_piece(text: str) -> float:
    """How wide the widest of the pieces is that a text without hyphens falls into."""
    tokens = (part for token in SPACES.split(text) for part in MARKS.split(token))
    return max(width_of(without_breaks(part)) for part in tokens)


def _on_two_lines(text: str) -> float:
    """How wide a text is on two lines, which end at its most even space."""
    tokens = text.split(" ")
    parts = ((tokens[:at], tokens[at:]) for at in range(1, len(tokens) + 1))
    return min(max(width_of(" ".join(part)) for part in pair) for pair in parts)


def _bold(node: HtmlElement) -> float:
    return width_of(words(node)) * BOLD
