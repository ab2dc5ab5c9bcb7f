"""Tables with more columns than a page holds: shared out to several with the same row heads."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml.html import HtmlElement

from klarplan.papers.grid import Cell, Grid
from klarplan.papers.links import ENTRY
from klarplan.papers.markup import OPENING, element, is_note
from klarplan.papers.widths import DENSE


def groups(grid: Grid, floors: Sequence[float], room: float) -> list[list[int]]:
    """The columns of each table that a wide one becomes, about as many in each.

    Those before the first column of data stand in each, unless they fill half of the page.
    """
    heads = list(range(_row_heads(grid)))
    taken = sum(floors[at] + DENSE for at in heads)
    if taken > room / 2:
        heads, taken = [], 0.0
    data = range(len(heads), grid.columns)
    parts = -(-sum(floors[at] + DENSE for at in data) // (room - taken))
    most = -(-len(data) // max(parts, 1))
    found: list[list[int]] = []
    width = room
    for at in data:
        own = floors[at] + DENSE
        if not found or width + own > room + DENSE or len(found[-1]) - len(heads) == most:
            found.append([*heads])
            width = taken
        found[-1].append(at)
        width += own
    return found


def shared_out(table: HtmlElement, grid: Grid, parts: Sequence[Sequence[int]]) -> list[HtmlElement]:
    """A table for each group of columns, in place of the one that holds them all."""
    captions = [node for node in table if node.tag == "caption"]
    used: set[int] = set()
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    made = []
    for number, columns in enumerate(parts):
        part = element("table")
        for name, value in table.attrib.items():
            if name != "data-print-columns":
                part.set(name, value)
        part.extend(captions if number == 0 else [copy.deepcopy(node) for node in captions])
        for kind, first, last in _sections(grid):
            section = element(kind)
            section.extend(_row(row, columns, used) for row in rows[first:last])
            part.append(section)
        made.append(part)
    return made


def _sections(grid: Grid) -> list[tuple[str, int, int]]:
    ends = (0, grid.head_rows, grid.rows - grid.foot_rows, grid.rows)
    kinds = ("thead", "tbody", "tfoot")
    found = zip(kinds, ends[:-1], ends[1:], strict=True)
    return [section for section in found if section[1] < section[2]]


def _row_heads(grid: Grid) -> int:
    """How many of the first columns name the rows: those of heads, else the first."""
    body = [cell for cell in grid.cells if cell.row >= grid.head_rows and cell.columns == 1]
    count = 0
    for at in range(grid.columns - 1):
        cells = [cell for cell in body if cell.column == at]
        if not cells or any(cell.head != "row" for cell in cells):
            break
        count += 1
    return count or 1


def _row(cells: Sequence[Cell], columns: Sequence[int], used: set[int]) -> HtmlElement:
    made = element("tr")
    for cell in cells:
        width = sum(cell.column <= at < cell.column + cell.columns for at in columns)
        if width:
            made.append(_cell(cell, width, again=id(cell) in used))
            used.add(id(cell))
    return made


def _cell(cell: Cell, columns: int, *, again: bool) -> HtmlElement:
    """A cell of a part; where it stands a second time, without the places and notes in it."""
    node = copy.deepcopy(cell.node)
    if again:
        for part in list(node.iter("span")):
            opening = part.get(OPENING) or ""
            if part is not node and (opening.startswith(("#anchor(", ENTRY)) or is_note(part)):
                part.drop_tree()
    node.tail = None
    for name, number in (("colspan", columns), ("rowspan", cell.rows)):
        node.attrib.pop(name, "")
        if number > 1:
            node.set(name, str(number))
    return node
