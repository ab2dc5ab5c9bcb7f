"""A page of the site as HTML that pandoc turns into a good Word document.

What has a meaning in Word gets a style of the reference document by ``data-custom-style``; what
only a screen shows becomes text.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace

from lxml.html import HtmlElement, tostring

from klarplan.articles.article import ECHO
from klarplan.articles.nodes import (
    HEADINGS,
    INLINE,
    NO_HEADING_IN,
    append_text,
    classes,
    move_content,
    with_class,
    words,
)
from klarplan.articles.nodes import replace as put_in_place
from klarplan.articles.promised import TERM
from klarplan.look.letter_widths import width_of
from klarplan.papers.captions import Counts, Kind, numbered, put_same_key
from klarplan.papers.columns import groups, shared_out
from klarplan.papers.docx.fields import place_of
from klarplan.papers.docx.images import Image
from klarplan.papers.folded import folded
from klarplan.papers.grid import Grid, alignments, read_grid
from klarplan.papers.job import Page
from klarplan.papers.links import Links
from klarplan.papers.markup import element
from klarplan.papers.text import held
from klarplan.papers.widths import BOLD, GUTTER, PORTRAIT, Asked, asked_by, fitted, given_widths
from klarplan.words.catalogue import Words

STYLE = "data-custom-style"
STYLES = {"late": "Verzug", "quiet": "Nebentext"}
"""Classes of the site to styles of the document."""
TEXT_ONLY = ("iframe", "object", "embed", "video", "audio", "canvas", "map", "math")
CELL_MARGIN, CELL_EDGES = 6.0, 1.2
"""The room around the text of a cell where there is enough, and its edges, in characters."""
DEEPEST = 4
"""The deepest level of headings that the reference document has a look for."""


def _status(badge: HtmlElement) -> HtmlElement:
    """A status as its word; its symbol only where it explains those of a chart."""
    symbols = [n for n in badge.iterdescendants() if n.get("aria-hidden") == "true"]
    symbol = " ".join(filter(None, map(words, symbols)))
    for node in symbols:
        node.drop_tree()
    made = element("span")
    made.set(STYLE, "Status")
    made.text = words(badge)
    if symbol and any(True for _ in badge.iterancestors("figcaption")):
        made.text = f"{symbol}\u00a0{made.text}"
    elif badge.getprevious() is not None:
        made.text = f"– {made.text}"
    return made


def put_texts(article: HtmlElement) -> None:
    """Makes text of what is only seen: statuses, bars, boxes; drops what is hidden from readers.

    The symbol of a status repeats its word, and nothing in Word would keep it from being read out.
    """
    _put_keys(article)
    for badge in with_class(article, "badge"):
        put_in_place(badge, _status(badge))
    for node in article.xpath("descendant::*[@aria-hidden='true'] | descendant::input"):
        checked = "☒ " if node.get("checked") is not None else "☐ "
        if node.get("type") == "checkbox":
            node.tail = checked + (node.tail or "")
        if node.getparent() is not None:
            node.drop_tree()
    for node in [*article.iter(*TEXT_ONLY, "progress", "meter")]:
        made = element("span")
        made.text = words(node) or node.get("title") or node.get("aria-label") or ""
        put_in_place(node, made)
    for node in [*with_class(article, "admonition-title"), *article.iter("summary")]:
        node.tag = "p"
        title = element("strong")
        title.text = words(node)
        node.text = None
        node[:] = [title]
    for node in article.iter("details"):
        node.tag = "div"
    for node in with_class(article, *STYLES):
        style = next(STYLES[name] for name in STYLES if name in classes(node))
        holder = node
        if node.tag != "span":
            if node.tag not in ("p", "td", "th", "li"):
                continue
            holder = element("span")
            move_content(node, holder)
            node.append(holder)
        holder.set(STYLE, style)
    _put_languages(article)


def _put_keys(article: HtmlElement) -> None:
    """Statuses with their numbers are a list in words: commas, and nothing where a colour was."""
    for pair in with_class(article, "nowrap"):
        after = pair.getnext()
        if after is not None and "nowrap" in classes(after):
            append_text(pair, ",")
    for swatch in with_class(article, "chart__swatch"):
        swatch.tail = (swatch.tail or "").lstrip()


def _put_languages(article: HtmlElement) -> None:
    """Names the language of text on spans, where pandoc keeps it."""
    for node in list(article.xpath("descendant::*[@lang]")):
        language = node.attrib.pop("lang")
        if node.tag == "span":
            node.set("lang", language)
        elif node.tag in INLINE or node.tag in ("p", "li", "td", "th", *HEADINGS):
            if all(child.tag in INLINE for child in node.iterdescendants()):
                holder = element("span")
                holder.set("lang", language)
                move_content(node, holder)
                node.append(holder)
        elif node.tag == "div":
            node.set("lang", language)


def hold_units(article: HtmlElement) -> None:
    """Keeps a day with its month and a number with its unit, as in print; code stays as it is."""
    for node in article.iter():
        if node.text and node.tag not in ("code", "pre"):
            node.text = held(node.text)
        if node.tail:
            node.tail = held(node.tail)


def put_headings(article: HtmlElement) -> str:
    """Takes out the page's title and returns it; the others move up, and none is skipped."""
    title, last = "", 0
    for node in list(article.iter(*HEADINGS)):
        if not words(node):
            node.drop_tree()
        elif any(True for _ in node.iterancestors(*NO_HEADING_IN)):
            node.tag = "strong"
        elif node.tag == "h1" and not title:
            title = words(node)
            node.drop_tree()
        else:
            last = max(1, min(int(str(node.tag)[1]) - 1, last + 1, DEEPEST))
            node.tag = f"h{last}"
    return title


def put_links(article: HtmlElement, page: Page, links: Links) -> None:
    """Makes links absolute; one that leads nowhere outside of the site becomes text."""
    for term in with_class(article, TERM):
        term.drop_tag()  # there is no glossary in it
    ids = {node.get("id") for node in article.iter() if node.get("id")}
    for link in list(article.iter("a")):
        href = " ".join((link.get("href") or "").split())
        if href.startswith("#") and href[1:] in ids:
            continue
        where = links.resolve(href, page) if href and not href.startswith("#") else None
        if where is None:
            link.drop_tag()
        else:
            link.set("href", where)


def put_tables(article: HtmlElement, lang: str, room: float = PORTRAIT) -> None:
    """Gives tables the widths and alignments that they have in print.

    Where ``room`` characters side by side are too few for a table, what stands behind the name of a
    row stands in one column, or the columns are shared out to several tables.
    """
    for table in list(article.iter("table")):
        if any(True for _ in table.iter("table") if _ is not table):
            continue
        for old in list(table.iter("colgroup", "col")):
            old.drop_tree()
        for part in _fitting(table, lang, room):
            _put_table(part, lang, room)
    for holder in with_class(article, "table-scroll"):
        holder.drop_tag()


def _fitting(table: HtmlElement, lang: str, room: float) -> list[HtmlElement]:
    """A table, or what takes its place where words would be parted between any two letters."""
    grid = read_grid(table)
    asked = _asked(grid, lang)
    inner = room - CELL_EDGES * grid.columns
    if sum(asked.usual) <= inner:
        return [table]
    narrow = folded(table, grid)
    if narrow is not None:
        put_in_place(table, narrow)
        return [narrow]
    if sum(asked.floors) <= inner:
        return [table]
    floors = [floor + CELL_EDGES for floor in asked.floors]
    parts = shared_out(table, grid, groups(grid, floors, room))
    for part in parts:
        table.addprevious(part)
    table.drop_tree()
    return parts


def _asked(grid: Grid, lang: str) -> Asked:
    """What columns ask for; the words of heads stay whole, since not every program parts them."""
    asked = asked_by(grid, lang)
    usual = list(asked.usual)
    for cell in grid.cells:
        if cell.head == "column" and cell.columns == 1:
            widest = max(map(width_of, cell.text.split()), default=0.0)
            usual[cell.column] = max(usual[cell.column], widest * BOLD)
    least = [max(pair) for pair in zip(asked.least, usual, strict=True)]
    return replace(asked, usual=usual, least=least)


def _put_table(table: HtmlElement, lang: str, room: float) -> None:
    """Sets the widths and alignments of a table, and what is a head."""
    grid = read_grid(table)
    if not grid.columns:
        return
    asked = _asked(grid, lang)
    if sum(asked.usual) <= room - CELL_EDGES * grid.columns:
        asked = replace(asked, floors=asked.usual)
    fit = fitted(asked, room - CELL_EDGES * grid.columns + GUTTER * (grid.columns - 1))
    roomy_widths = [width + CELL_MARGIN for width in fit.widths]
    scale = room / sum(roomy_widths)
    tight = any(
        width * scale < least + CELL_EDGES
        for width, least in zip(roomy_widths, fit.usual, strict=True)
    )
    needed = [width + CELL_EDGES for width in fit.floors]
    weighed = given_widths(table, needed, room, 0) or (
        [width + CELL_EDGES for width in fit.widths] if tight else roomy_widths
    )
    columns = element("colgroup")
    for width in weighed:
        column = element("col")
        column.set("style", f"width: {100 * width / sum(weighed):.1f}%")
        columns.append(column)
    places = alignments(grid, numbers="numbers" in classes(table))
    for cell in grid.cells:
        if cell.columns == 1 and places[cell.column] in ("right", "center"):
            cell.node.set("style", f"text-align: {places[cell.column]}")
    for cell in grid.cells:
        if cell.head == "row" and words(cell.node):
            strong = element("strong")
            move_content(cell.node, strong)
            cell.node.append(strong)
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, columns)
    for foot in table.findall("tfoot"):
        foot.tag = "tbody"


def put_numbers(article: HtmlElement, said: Words) -> None:
    """Numbers the captions of pictures and of tables, as the PDF does; a key is told once.

    A label is a place that links lead to: Word gets fields of both (``fields``).
    """
    counts = Counts()
    for caption in [*article.iter("caption", "figcaption")]:
        if not words(caption):
            continue
        holder = next(caption.iterancestors("figure"), None)
        pictured = (
            caption.tag == "figcaption"
            and holder is not None
            and (holder.find(".//img") is not None)
        )
        kind: Kind = "figure" if pictured else "table"
        number = counts.next(kind)
        if pictured and "chart" in classes(holder):
            first = counts.key_of(caption, "")[1]
            if first != number:
                link = element("a")
                link.set("href", f"#{place_of(kind, first)}")
                link.text = numbered(kind, first, said)[0]
                put_same_key(caption, link, said)
        label = element("span")
        label.set("id", place_of(kind, number))
        label.text, mark = numbered(kind, number, said)
        if caption.get(ECHO) is not None:
            caption[:], caption.text = [label], None
            continue
        label.tail, caption.text = f"{mark} {(caption.text or '').lstrip()}", None
        caption.insert(0, label)


def put_images(images: Mapping[HtmlElement, Image | None]) -> None:
    """Puts pictures in place; one that can't be read becomes its alternative text."""
    for node, image in images.items():
        if node.getparent() is None:
            continue
        if image is None:
            made = element("em")
            made.text = node.get("alt") or ""
        else:
            made = element("img")
            content = base64.b64encode(image.content).decode()
            made.set("src", f"data:image/{image.kind};base64,{content}")
            made.set("alt", image.alt)
            made.set("width", f"{image.width:.1f}mm")
        put_in_place(node, made)


def as_html(article: HtmlElement) -> str:
    """The article as text for pandoc."""
    return str(tostring(article, encoding="unicode", with_tail=False))
