"""A table as rows and columns: spans resolved, gaps filled, heads and sums known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from klarplan.papers.markup import element
from klarplan.papers.text import without_breaks

MOST_COLUMNS = 60
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
        self.text = " ".join(without_breaks(str(self.node.text_content())).split())


@dataclass(slots=True)
class Grid:
    """A whole table; cells stand in reading order and cover every place once."""

    cells: list[Cell]
    rows: int
    columns: int
    head_rows: int
    foot_rows: int = 0
    """Rows of sums at the end."""


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
    return Grid(cells, len(rows), columns, head_rows, _foot_rows(rows[head_rows:]))


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


def _foot_rows(rows: Sequence[HtmlElement]) -> int:
    """How many of the last rows are a table's foot; a foot alone is none."""
    for count, row in enumerate(reversed(rows)):
        parent = row.getparent()
        if parent is None or parent.tag != "tfoot":
            return count
    return 0


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
