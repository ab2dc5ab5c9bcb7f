"""A table as rows and columns: spans resolved, gaps filled, heads known, widths weighed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from klarplan.pdf.markup import classes, element

MOST_COLUMNS = 60
LONGEST_PART = 20
"""A longer word is hyphenated rather than given a column of its own width."""
PORTRAIT, LANDSCAPE = 92, 138
"""How many characters of a table's type stand side by side on a page."""
PADDING = 3
"""The width of a cell's inset, in characters."""


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

    @property
    def text(self) -> str:
        """Its text, without breaks inside words that print added."""
        return " ".join(str(self.node.text_content()).replace("\u200b", "").split())


@dataclass(slots=True)
class Grid:
    """A whole table; cells stand in reading order and cover every place once."""

    cells: list[Cell]
    rows: int
    columns: int
    head_rows: int


def read_grid(table: HtmlElement) -> Grid:
    """The grid of an HTML table (HTML Standard, section 4.9.12, without its error cases)."""
    rows = [
        row
        for row in table.iter("tr")
        if next(row.iterancestors("table"), None) is table
    ]
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
        match = re.fullmatch(r"\s*(\d{1,4})\s*", node.get(name) or "1")
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

    A column gets what its longest word needs, and a share of the rest by how much it holds.
    """
    least = [4.0] * grid.columns
    wanted = [4.0] * grid.columns
    squares = [0.0] * grid.columns
    counts = [0] * grid.columns
    for cell in grid.cells:
        if cell.columns > 1:
            continue
        text = cell.text
        wide = 1.1 if cell.head else 1.0
        least[cell.column] = max(least[cell.column], _longest_part(cell, text) * wide)
        wanted[cell.column] = max(wanted[cell.column], min(len(text), 60) * wide)
        squares[cell.column] += min(len(text), 600) ** 2
        counts[cell.column] += 1
    need = sum(least) + PADDING * grid.columns
    spare = PORTRAIT - need
    if sum(wanted) + PADDING * grid.columns <= PORTRAIT:
        widths = [w + PADDING for w in wanted]
    elif spare > 0:
        weight = [math.sqrt(s / max(n, 1)) for s, n in zip(squares, counts, strict=True)]
        more = [max(math.sqrt(w) * 4 - low, 0.5) for w, low in zip(weight, least, strict=True)]
        widths = [
            low + PADDING + spare * m / sum(more) for low, m in zip(least, more, strict=True)
        ]
    else:
        widths = [low + PADDING for low in least]
    return [round(width, 1) for width in widths], need


def _longest_part(cell: Cell, text: str) -> float:
    """The longest piece of text that should stay in one line; a badge stays whole."""
    badges = [
        len(str(badge.text_content()).strip()) + 5
        for badge in cell.node.iter("span")
        if (badge.get("data-typst") or "").startswith("#badge(") and "boxed: true" in badge.get("data-typst", "")
    ]
    words = [len(word) for word in re.split(r"[\s\u00ad/–-]+", text)]
    return max(min(max(words, default=0), LONGEST_PART), *badges, 0)


def alignment(cell: Cell) -> str:
    """Where the text of a cell stands: ``right`` for numbers, ``center``, or nothing for left."""
    if classes(cell.node) & {"number", "num"}:
        return "right"
    match = re.search(r"text-align\s*:\s*(right|center)", cell.node.get("style") or "")
    found = match.group(1) if match else (cell.node.get("align") or "").lower()
    return found if found in ("right", "center") else ""
