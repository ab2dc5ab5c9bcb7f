"""Lists without room for all columns: what stands beside the name of a row stands in one, below
each other."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from klarplan.articles.nodes import append_text, classes, is_inline, move_content, words
from klarplan.papers.grid import Cell, Grid
from klarplan.papers.markup import element

FEWEST = 2
"""So many columns are folded to one at least."""


def folded(table: HtmlElement, grid: Grid) -> HtmlElement | None:
    """A list whose columns behind the name of the row are one, in which each line says what it
    is; nothing of a table of numbers, or of one with spans or without a head."""
    kept = 1 + next((c.column for c in grid.cells if c.head == "row"), 0)
    plain = len(grid.cells) == grid.rows * grid.columns and grid.head_rows == 1
    if not plain or grid.foot_rows or grid.columns - kept < FEWEST or "numbers" in classes(table):
        return None
    rows = [grid.cells[at : at + grid.columns] for at in range(0, len(grid.cells), grid.columns)]
    titles = [words(cell.node) for cell in rows[0][kept:]]
    made = element("table")
    for name, value in table.attrib.items():
        if name != "data-print-columns":
            made.set(name, value)
    made.extend([node for node in table if node.tag == "caption"])
    head, body = element("thead"), element("tbody")
    head.append(_row(rows[0], kept, element("th")))
    append_text(head[0][-1], ", ".join(filter(None, titles)))
    body.extend(_row(row, kept, _told(row[kept:], titles)) for row in rows[1:])
    made.extend([head, body])
    return made


def _row(cells: Sequence[Cell], kept: int, rest: HtmlElement) -> HtmlElement:
    row = element("tr")
    row.extend([*(cell.node for cell in cells[:kept]), rest])
    for node in row:
        node.tail = None
    return row


def _told(cells: Sequence[Cell], titles: Sequence[str]) -> HtmlElement:
    """One cell that says what several say, each with the title of its column."""
    told = element("td")
    for cell, title in zip(cells, titles, strict=True):
        if not cell.text and not len(cell.node):
            continue
        inline = is_inline(cell.node)
        line = element("p")
        told.append(line)
        append_text(line, f"{title}: " if title else "")
        move_content(cell.node, line if inline else told)
    return told
