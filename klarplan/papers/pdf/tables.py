"""Tables for the typesetter, and a note of their heads for the tags of the PDF."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from klarplan.articles.nodes import classes, move_content, replace, words
from klarplan.papers.grid import (
    PORTRAIT,
    Cell,
    Grid,
    alignments,
    given_widths,
    lines,
    read_grid,
    weigh,
)
from klarplan.papers.markup import OPENING, block, element, move_line
from klarplan.papers.pdf.facts import pair_facts
from klarplan.papers.pdf.lines import line
from klarplan.papers.pdf.tags import Place, Rows

WIDE = 6
"""From so many columns a table may turn the page."""
LONG_TURNS, SHORT_TURNS, SHORT = 1.1, 1.6, 14
"""How much wider than the page a table must be to turn it; one of few rows leaves it half empty."""
TALL_CELL = 500
"""A cell with more characters may break over pages; a row with less stays together."""
SMALL, SMALL_FACTS = 16, 30
"""A table of no more lines stays on one page, and one of facts, which opens a page's sheet."""


FACTS = {2: [3.0, 7.0], 4: [3.6, 3.4, 3.6, 3.4]}
"""The columns of a table of facts, the same on every page; with two facts to a row, four."""


def put_tables(article: HtmlElement) -> list[Rows]:
    """Sets all tables of an article; returns their heads in the order of the document."""
    pair_facts(article)
    found: list[tuple[HtmlElement, Grid]] = []
    for table in list(article.iter("table")):
        grid = read_grid(table)
        if not grid.columns or not any(words(c.node) or len(c.node) for c in grid.cells):
            table.drop_tree()
        else:
            found.append((table, grid))
    # A table inside a cell is set first, so that the outer one moves it as a whole.
    for table, grid in reversed(found):
        _set(table, grid)
    return [_heads(grid) for _, grid in found]


def _set(table: HtmlElement, grid: Grid) -> None:
    kinds = classes(table)
    weighed, need = weigh(grid)
    if "facts" in kinds:
        weighed = FACTS.get(grid.columns, weighed)
    widths = given_widths(table, grid.columns) or weighed
    places = alignments(grid, numbers="numbers" in kinds)
    settings = f"columns: ({', '.join(f'{width:g}fr' for width in widths)},), "
    settings += f"align: ({', '.join(place or 'left' for place in places)},), "
    settings += f"rows-together: {str(_rows_together(grid)).lower()}, "
    small = lines(grid, widths) <= (SMALL_FACTS if "facts" in kinds else SMALL)
    settings += f"whole: {str(small).lower()}, "
    if need > PORTRAIT:
        settings += "dense: true, "
    made = block(f"#data-table({settings}", ")")
    if table.get("class"):
        made.set("class", table.get("class", ""))
    caption = next((c for c in table if c.tag == "caption"), None)
    if caption is not None and words(caption):
        title = element("div", "caption: [", "],")
        move_line(caption, title)
        made.append(title)
    if grid.head_rows:
        head = element("div", "head: (", "),")
        head.extend(_cells(c for c in grid.cells if c.row < grid.head_rows))
        made.append(head)
    made.extend(_cells(c for c in grid.cells if c.row >= grid.head_rows))
    turns = need > PORTRAIT * (SHORT_TURNS if grid.rows <= SHORT else LONG_TURNS)
    before = table.getprevious() if grid.columns >= WIDE and turns and _may_turn(table) else table
    replace(table, made)
    if before is not table:
        _turn(made, before)


def _turn(table: HtmlElement, before: HtmlElement | None) -> None:
    """Puts a table on a page across, together with a heading right before it."""
    page = block("#page(flipped: true)[", "]")
    replace(table, page)
    if before is not None and (before.get(OPENING) or "").startswith("#part-heading("):
        page.append(before)
    page.append(table)


def _cells(cells: Iterable[Cell]) -> list[HtmlElement]:
    """The cells as wrappers; runs of plain text are written out, which spares pandoc most work."""
    made: list[HtmlElement] = []
    plain = ""
    for cell in cells:
        opening = _opening(cell)
        written = line(cell.node)
        if written is not None:
            plain += f"{opening}{written.strip()}], "
            continue
        target = element("div", plain + opening, "],")
        plain = ""
        move_content(cell.node, target)
        made.append(target)
    if plain:
        made.append(block(plain))
    return made


def _opening(cell: Cell) -> str:
    settings = []
    if cell.columns > 1:
        settings.append(f"colspan: {cell.columns}")
    if cell.rows > 1:
        settings.append(f"rowspan: {cell.rows}")
    if cell.head:
        return f"{cell.head}-head({', '.join(settings)})["
    return f"table.cell({', '.join(settings)})[" if settings else "["


def _rows_together(grid: Grid) -> bool:
    return all(len(cell.text) <= TALL_CELL for cell in grid.cells)


def _may_turn(table: HtmlElement) -> bool:
    """Whether a table may have a page of its own: only outside of lists, boxes and tables."""
    for ancestor in table.iterancestors():
        if ancestor.tag == "article":
            return True
        if ancestor.tag not in ("section", "div", "figure") or ancestor.get(OPENING):
            return False
    return True


def _heads(grid: Grid) -> Rows:
    rows: list[list[Place]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append((cell.column, cell.rows, cell.columns, cell.head))
    return rows
