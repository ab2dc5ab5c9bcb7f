"""Tables for the typesetter, and a note of their heads for the tags of the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from klarplan.articles.article import ECHO
from klarplan.articles.nodes import classes, move_content, replace, words
from klarplan.papers.columns import groups, shared_out
from klarplan.papers.folded import folded
from klarplan.papers.grid import Cell, Grid, alignments, read_grid
from klarplan.papers.markup import OPENING, block, element, move_line
from klarplan.papers.pdf.facts import COLUMNS, pair_facts
from klarplan.papers.pdf.figures import CAPTION
from klarplan.papers.pdf.lines import line
from klarplan.papers.pdf.tags import Place, Rows
from klarplan.papers.widths import (
    ACROSS,
    DENSE,
    GUTTER,
    PORTRAIT,
    Asked,
    Fit,
    asked_by,
    fitted,
    given_widths,
    heights,
    parted_from,
    roomy,
)

WIDE = 6
"""From so many columns a table of words may turn the page."""
TURNS = 1.5
"""How much wider than the page a table of words must be to turn it; its words break else."""
TOWER = 10
"""A row of more lines turns it as well: a long text beside columns that stay empty."""
FULL_ACROSS = 24
"""So many lines fill a page across; a shorter table that fits upright would leave it half empty."""
ACROSS_PAGE = "#page(flipped: true)["
HOLDERS = ("section", "div", "figure")
"""Elements that may stand between the article and a table with a page of its own."""
SHORT = 500
"""So many letters of text go with a table to its page."""
TALL_ROW = 14
"""A row of more lines may break over pages; others stay together."""
SMALL, SMALL_FACTS = 10, 30
"""A table of no more lines stays on one page, and one of facts, which opens a page's sheet.

The latter in large print as far as the page holds fewer lines: else what is above it would be left
on a page of its own.
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What tables are set on: how many characters stand side by side, and in which language."""

    upright: float
    across: float
    lang: str
    zoom: float = 1.0
    """How many times larger than usual they are printed."""


def put_tables(article: HtmlElement, lang: str, zoom: float = 1.0) -> list[Rows]:
    """Sets all tables of an article; returns their heads in the order of the document.

    ``zoom`` is how many times larger than usual they are printed.
    """
    sheet = Sheet(PORTRAIT / zoom, ACROSS / zoom, lang, zoom)
    pair_facts(article, sheet.upright)
    found: list[_Found] = []
    for table in list(article.iter("table")):
        grid = read_grid(table)
        if not grid.columns or not any(words(c.node) or len(c.node) for c in grid.cells):
            table.drop_tree()
        else:
            found += _parts(table, grid, sheet)
    # A table inside a cell is set first, so that the outer one moves it as a whole.
    for table, grid, asked in reversed(found):
        _set(table, grid, asked or asked_by(grid, lang), sheet)
    return [_heads(grid) for _, grid, _ in found]


_Found = tuple[HtmlElement, Grid, Asked | None]
"""A table, its grid, and what its columns ask for if that is known before those inside are set."""


def _parts(table: HtmlElement, grid: Grid, sheet: Sheet) -> list[_Found]:
    """A table with its grid, or those that share its columns, where no page is wide enough."""
    if any(inner is not table for inner in table.iter("table")):
        return [(table, grid, None)]
    asked = asked_by(grid, sheet.lang)
    if sheet.zoom > 1 and _turns(grid, fitted(asked, sheet.upright), sheet):
        narrow = folded(table, grid)
        if narrow is not None:
            replace(table, narrow)
            return _parts(narrow, read_grid(narrow), sheet)
    fit = fitted(asked, sheet.across)
    room = sheet.across if _may_turn(table) else sheet.upright
    if fit.floor <= room:
        return [(table, grid, asked)]
    parts = shared_out(table, grid, groups(grid, fit.floors, room))
    for part in parts:
        table.addprevious(part)
    table.drop_tree()
    return [(part, read_grid(part), None) for part in parts]


def _set(table: HtmlElement, grid: Grid, asked: Asked, sheet: Sheet) -> None:
    kinds = classes(table)
    facts = "facts" in kinds
    fit = fitted(asked, sheet.upright)
    room, dense = sheet.upright, fit.need > sheet.upright
    widths = given_widths(table, fit.floors, room) or fit.widths
    if (
        facts
        and grid.columns in COLUMNS
        and roomy(COLUMNS[grid.columns], fit.floors, sheet.upright)
    ):
        widths = COLUMNS[grid.columns]
    turns = _turns(grid, fit, sheet) and _may_turn(table)
    if turns:
        fit = fitted(asked, sheet.across)
        room, dense, widths = sheet.across, fit.need > sheet.across, fit.widths
    places = alignments(grid, numbers="numbers" in kinds)
    tall = heights(grid, widths, room)
    settings = f"columns: ({', '.join(f'{width:g}fr' for width in widths)},), "
    settings += f"align: ({', '.join(place or 'left' for place in places)},), "
    settings += f"rows: {grid.rows}, sums: {grid.foot_rows}, "
    settings += f"rows-together: {str(max(tall) <= TALL_ROW).lower()}, "
    small = SMALL_FACTS / sheet.zoom**2 if facts else SMALL
    settings += f"whole: {str(sum(tall) <= small).lower()}, "
    settings += f"parted-from: {parted_from(asked, widths, room, DENSE if dense else GUTTER)}, "
    if dense:
        settings += "dense: true, "
    if "right" in places:
        settings += "numbers: true, "
    made = block(f"#data-table({settings}", ")")
    if table.get("class"):
        made.set("class", table.get("class", ""))
    caption = next((c for c in table if c.tag == "caption"), None)
    if caption is not None and words(caption):
        title = element("div", CAPTION, "],")
        if caption.get(ECHO) is not None:
            title.set(ECHO, "")
        move_line(caption, title)
        made.append(title)
    if grid.head_rows:
        head = element("div", "head: (", "),")
        head.extend(_cells(c for c in grid.cells if c.row < grid.head_rows))
        made.append(head)
    last = grid.rows - grid.foot_rows
    made.extend(_cells((c for c in grid.cells if c.row >= grid.head_rows), last))
    replace(table, made)
    if turns:
        _turn(made)


def _turns(grid: Grid, fit: Fit, sheet: Sheet) -> bool:
    """Whether a table is too wide for a page upright."""
    if fit.floor > sheet.upright or grid.columns < WIDE:
        return fit.floor > sheet.upright
    tall = heights(grid, fit.widths, sheet.upright)
    parted = fit.need > sheet.upright * TURNS or max(tall) > TOWER
    return parted and sum(tall) > FULL_ACROSS


def _turn(table: HtmlElement) -> None:
    """Puts a table on a page across, with the heading and the short text that belong to it.

    Tables that follow each other share their pages.
    """
    page = block(ACROSS_PAGE, "]")
    whole = _alone(table)
    opening, closing = _before(whole), _after(whole)
    replace(whole, page)
    page.extend([*opening, table, *closing])
    after = page.getnext()
    if after is not None and after.get(OPENING) == ACROSS_PAGE and not (page.tail or "").strip():
        page.extend(list(after))
        page.tail = after.tail
        after.tail = None
        after.drop_tree()


def _alone(table: HtmlElement) -> HtmlElement:
    """The outermost element that holds a table and nothing else."""
    outer = table.getparent()
    while (
        outer is not None
        and outer.tag in HOLDERS
        and not outer.get(OPENING)
        and len(outer) == 1
        and not (outer.text or "").strip() + (table.tail or "").strip()
    ):
        table, outer = outer, outer.getparent()
    return table


def _before(node: HtmlElement) -> list[HtmlElement]:
    """The headings before a table and the short paragraphs between; nothing without heading."""
    found: list[HtmlElement] = []
    before = _previous(node)
    headed = False
    while before is not None and not (before.tail or "").strip():
        heading = "-heading(" in (before.get(OPENING) or "")
        if headed and not heading:
            break
        if not heading and not _short([before, *found]):
            return []
        headed |= heading
        found.insert(0, before)
        before = before.getprevious()
    return found if headed else []


def _previous(node: HtmlElement) -> HtmlElement | None:
    """What stands before a node, or before the element that the node begins."""
    outer = node.getparent()
    while (
        node.getprevious() is None
        and outer is not None
        and outer.tag in HOLDERS
        and not outer.get(OPENING)
        and not (outer.text or "").strip()
    ):
        node, outer = outer, outer.getparent()
    return node.getprevious()


def _after(node: HtmlElement) -> list[HtmlElement]:
    """The short paragraphs that end the section of a table; nothing where there is more."""
    found: list[HtmlElement] = []
    after = None if (node.tail or "").strip() else node.getnext()
    while after is not None and not _begins_section(after):
        found.append(after)
        if not _short(found) or (after.tail or "").strip():
            return []
        after = after.getnext()
    return found


def _begins_section(node: HtmlElement) -> bool:
    opening = node.get(OPENING) or ""
    return "-heading(" in opening or opening == ACROSS_PAGE


def _short(nodes: Sequence[HtmlElement]) -> bool:
    """Whether nodes are paragraphs of few letters."""
    return all(node.tag == "p" for node in nodes) and sum(len(words(n)) for n in nodes) <= SHORT


def _cells(cells: Iterable[Cell], sums: int | None = None) -> list[HtmlElement]:
    """The cells as wrappers; runs of plain text are written out, which spares pandoc most work.

    From the row ``sums`` on they are sums.
    """
    made: list[HtmlElement] = []
    plain = ""
    for cell in cells:
        opening = _opening(cell, in_sum=sums is not None and cell.row >= sums)
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


def _opening(cell: Cell, *, in_sum: bool) -> str:
    settings = []
    if cell.columns > 1:
        settings.append(f"colspan: {cell.columns}")
    if cell.rows > 1:
        settings.append(f"rowspan: {cell.rows}")
    if cell.head:
        return f"{cell.head}-head({', '.join(settings)})["
    if in_sum:
        return f"sum-cell({', '.join(settings)})["
    return f"table.cell({', '.join(settings)})[" if settings else "["


def _may_turn(table: HtmlElement) -> bool:
    """Whether a table may have a page of its own: only outside of lists, boxes and tables."""
    for ancestor in table.iterancestors():
        if ancestor.tag == "article":
            return True
        if ancestor.tag not in HOLDERS or ancestor.get(OPENING):
            return False
    return True


def _heads(grid: Grid) -> Rows:
    rows: list[list[Place]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append((cell.column, cell.rows, cell.columns, cell.head))
    return rows
