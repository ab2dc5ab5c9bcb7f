"""A table as rows and columns: spans resolved, gaps filled, heads known, widths weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from klarplan.papers.markup import element
from klarplan.papers.text import ADDRESS, AFTER_MARK, RECENT

MOST_COLUMNS = 60
PORTRAIT = 89
"""How many characters of a table's type stand side by side on a page."""
GUTTER, DENSE = 2.0, 1.1
"""The room between two columns, in characters; and where a table is dense."""
PIECE = 6
"""A word in a head of a column may break after so many characters, where room is short."""
BOLD = 1.08
"""How much wider the type of heads is."""
WIDE, MORE = "mwMW", 0.5
"""Letters wider than others, and by how much: else „Maßnahmen“ would break in its own column."""
NUMBER = re.compile(r"[−–-]?[\d.,\s\u202f]*(\s?(%|€|EUR|Mio\.|Tsd\.))*")


@dataclass(slots=True)
class Cell:
    """One cell with its place; ``head`` says what it is a head of."""

    node: HtmlElement
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: str = ""
    """``column``, ``row`` or nothing."""
    text: str = field(init=False)
    """Its text, without breaks inside words that print added."""

    def __post_init__(self) -> None:
        self.text = " ".join(str(self.node.text_content()).replace("\u200b", "").split())


@dataclass(slots=True)
class Grid:
    """A whole table; cells stand in reading order and cover every place once."""

    cells: list[Cell]
    rows: int
    columns: int
    head_rows: int


def read_grid(table: HtmlElement) -> Grid:
    """The grid of an HTML table (HTML Standard, section 4.9.12, without its error cases)."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    head_rows = _head_rows(rows)
    taken: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for y, row in enumerate(rows):
        end = head_rows if y < head_rows else len(rows)
        x = 0
        for node in row:
            if node.tag not in ("td", "th"):
                continue
            while (y, x) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            cell = Cell(node, y, x, *_spans(node, end - y, MOST_COLUMNS - x))
            while any((y, x + i) in taken for i in range(cell.columns)):
                cell.columns -= 1
            cell.head = _head(node, in_head=y < head_rows)
            for dy in range(cell.rows):
                for dx in range(cell.columns):
                    taken[y + dy, x + dx] = cell
            cells.append(cell)
    columns = max((x for _, x in taken), default=-1) + 1
    for y in range(len(rows)):
        for x in range(columns):
            if (y, x) not in taken:
                head = "column" if y < head_rows else ""
                cells.append(Cell(element("td"), y, x, head=head))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells, len(rows), columns, head_rows)


def _head_rows(rows: Sequence[HtmlElement]) -> int:
    count = 0
    for row in rows:
        parent = row.getparent()
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        in_head = parent is not None and parent.tag == "thead"
        all_heads = bool(cells) and all(
            cell.tag == "th" and cell.get("scope") not in ("row", "rowgroup") for cell in cells
        )
        if not (in_head or (all_heads and len(cells) > 1)):
            break
        count += 1
    return count if count < len(rows) else 0


def _head(node: HtmlElement, *, in_head: bool) -> str:
    if in_head:
        return "column"
    if node.tag == "th" and node.get("scope") not in ("col", "colgroup"):
        return "row"
    return "row" if node.get("scope") in ("row", "rowgroup") else ""


def _spans(node: HtmlElement, rows_left: int, columns_left: int) -> tuple[int, int]:
    def number(name: str) -> int:
        value = node.get(name)
        match = re.fullmatch(r"\s*(\d{1,4})\s*", value) if value else None
        return int(match.group(1)) if match else 1

    rows = number("rowspan") or rows_left
    return max(1, min(rows, rows_left)), max(1, min(number("colspan"), columns_left))


def given_widths(table: HtmlElement, columns: int) -> list[float] | None:
    """The widths that ``data-print-columns`` gives, if there is one for each column."""
    parts = (table.get("data-print-columns") or "").replace(",", " ").split()
    if len(parts) != columns or not all(re.fullmatch(r"\d{1,3}(\.\d)?", p) for p in parts):
        return None
    widths = [float(part) for part in parts]
    return widths if all(widths) else None


def weigh(grid: Grid) -> tuple[list[float], float]:
    """A width for each column, in characters, and the least width the whole table needs.

    A column has room for its longest word, and more the more text it holds, but no more than its
    longest text needs. Where room is short, words break in the heads of columns first.
    """
    least = [2.0] * grid.columns
    floor = [2.0] * grid.columns
    most = [2.0] * grid.columns
    squares = [1.0] * grid.columns
    cap = 20 if grid.columns <= 4 else 14 if grid.columns <= 6 else 11
    for cell in grid.cells:
        if cell.columns > 1:
            continue
        at, text, wide = cell.column, cell.text, BOLD if cell.head else 1.0
        word, badge = _longest_word(text), _longest_badge(cell.node)
        least[at] = max(least[at], min(word, cap) * wide, badge)
        piece = min(word, PIECE if cell.head == "column" else cap)
        floor[at] = max(floor[at], piece * wide, badge)
        most[at] = max(most[at], len(text) * wide, badge)
        squares[at] += min(len(text), 600) ** 2
    room = PORTRAIT - GUTTER * (grid.columns - 1)
    need = sum(least) + PORTRAIT - room
    if sum(most) <= room:
        widths = most
    elif sum(least) >= room:
        short = sum(least) - (PORTRAIT - DENSE * (grid.columns - 1))
        loose = sum(least) - sum(floor)
        share = min(max(short / loose, 0), 1) if loose else 0
        widths = [a - share * (a - b) for a, b in zip(least, floor, strict=True)]
    else:
        widths = _share(room, least, most, [number ** (1 / 3) for number in squares])
    return [round(width, 1) for width in widths], need


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


def lines(grid: Grid, widths: Sequence[float]) -> int:
    """About how many lines of type a table takes with its columns this wide."""
    room = PORTRAIT - GUTTER * (grid.columns - 1)
    heights = [1] * grid.rows
    for cell in grid.cells:
        across = sum(widths[cell.column : cell.column + cell.columns]) * room / sum(widths)
        needed = -(-len(cell.text) // max(int(across), 1)) + len(list(cell.node.iter("li", "p")))
        heights[cell.row] = max(heights[cell.row], needed)
    return sum(heights)


@lru_cache(RECENT)
def _longest_word(text: str) -> float:
    """The widest run of characters that does not break by itself (UAX 14: not before digits)."""
    longest = 0.0
    for word in re.split(r"[\s\u00ad]+|[/–-]+(?!\d)", text):
        parts = AFTER_MARK.split(word) if len(word) >= ADDRESS else [word]
        longest = max(longest, *(len(p) + MORE * sum(map(p.count, WIDE)) for p in parts))
    return longest


def _longest_badge(node: HtmlElement) -> float:
    """The widest badge, which stays whole: symbol, gap and the edges of its box."""
    found = [
        len(" ".join(str(badge.text_content()).split())) * BOLD + 3
        for badge in node.iter("span")
        if (badge.get("data-typst") or "").startswith("#badge(")
        and "boxed: true" in badge.get("data-typst", "")
    ]
    return max(found, default=0.0)


def alignments(grid: Grid, *, numbers: bool) -> list[str]:
    """Where the text of each column stands: ``right``, ``center``, or nothing for left.

    In a table of numbers, columns of nothing but numbers stand right.
    """
    found = []
    for column in range(grid.columns):
        cells = [c for c in grid.cells if c.column == column and c.columns == 1 and not c.head]
        own = {_alignment(c.node) for c in cells}
        if len(own) == 1 and own != {""}:
            found.append(own.pop())
        elif numbers and cells and all(NUMBER.fullmatch(c.text) for c in cells):
            found.append("right")
        else:
            found.append("")
    return found


def _alignment(node: HtmlElement) -> str:
    match = re.search(r"text-align\s*:\s*(right|center)", node.get("style") or "")
    return match.group(1) if match else ""
