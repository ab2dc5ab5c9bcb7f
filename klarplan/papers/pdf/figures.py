"""Figures: a picture with its caption; tables and boxes of a figure follow it.

The key of a chart stands once in a paper; later charts with the same one refer to it.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.articles.article import ECHO
from klarplan.articles.nodes import classes, move_content, replace, words
from klarplan.papers.captions import Counts, Kind, numbered, put_same_key
from klarplan.papers.inner_links import NUMBER
from klarplan.papers.links import NUMBERED_CALL, Links, label_of
from klarplan.papers.markup import OPENING, block, element, inline, literal, move_line
from klarplan.papers.pictures import PARTED
from klarplan.words.catalogue import Words

CAPTION = "caption: ["
"""Begins the caption of a figure and of a table."""
KEY = "data-key"
"""Marks the caption of a chart, which explains its signs."""
APART = ("table", "pre", "ul", "ol", "dl")


def number_captions(
    article: HtmlElement, counts: Counts, said: Words, links: Links, slug: str
) -> None:
    """Numbers the captions of an article's figures and tables, each kind through the paper.

    A caption that says the heading above it again is its number alone.
    """
    for caption in list(article.iter("div")):
        if caption.get(OPENING) != CAPTION:
            continue
        holder = caption.getparent()
        pictured = holder is not None and _calls(holder, "#illustration(")
        kind: Kind = "figure" if pictured else "table"
        number = counts.next(kind)
        if caption.get(KEY) is not None:
            _tell_key_once(caption, counts, said, links, slug)
        if caption.get(ECHO) is not None:
            caption[:], caption.text = [], numbered(kind, number, said)[0]
            continue
        caption.text = f"{''.join(numbered(kind, number, said))} {caption.text or ''}".replace(
            "  ", " "
        )


def _tell_key_once(
    caption: HtmlElement, counts: Counts, said: Words, links: Links, slug: str
) -> None:
    """Puts a link to the figure whose key says the same, or a place that others may lead to."""
    page, number = counts.key_of(caption, slug)
    label = label_of(page, f"figure-{number}")
    if number == counts.figures:
        anchor = inline(f"#anchor(<{label}>)")
        anchor.tail, caption.text = caption.text, None
        caption.insert(0, anchor)
        return
    if page == slug:
        link = inline(f"#to(<{label}>)[", "]")
    else:
        links.wanted[label] = page
        link = inline(f"#to({literal(NUMBER + label)}{NUMBERED_CALL}", "]")
    link.text = said("print.figure", number=str(number))
    put_same_key(caption, link, said)


def put_figures(article: HtmlElement) -> None:
    """Sets the figures of an article; a figure without a picture gives its caption to its table."""
    for figure in list(article.iter("figure"))[::-1]:
        caption = _caption(figure)
        if not _pictures(figure):
            _caption_table(figure, caption)
            continue
        after = figure
        for part in list(figure):
            if (part.tag in APART or any(True for _ in part.iter(*APART))) and not _pictures(part):
                after.addnext(part)
                after = part
        parted = any(_calls(node, f"#{PARTED}") for node in figure.iter("span"))
        made = block("#illustration(parted:true," if parted else "#illustration(", ")")
        if caption is not None:
            head = element("div", CAPTION, "],")
            if "chart" in classes(figure):
                head.set(KEY, "")
            move_line(caption, head)
            made.append(head)
        body = element("div", "[", "]")
        move_content(figure, body)
        made.append(body)
        replace(figure, made)


def _caption(figure: HtmlElement) -> HtmlElement | None:
    """The caption of a figure, taken out of it; one that holds a picture stays in its place."""
    caption = next(iter(figure.iter("figcaption")), None)
    if caption is None or _pictures(caption):
        return None
    caption.drop_tree()
    return caption if words(caption) else None


def _pictures(node: HtmlElement) -> int:
    return sum(1 for n in node.iter("span") if _calls(n, "#picture("))


def _calls(node: HtmlElement, call: str) -> bool:
    return (node.get(OPENING) or "").startswith(call)


def _caption_table(figure: HtmlElement, caption: HtmlElement | None) -> None:
    table = next(iter(figure.iter("table")), None)
    figure.tag = "div"
    if caption is None:
        return
    if table is not None and table.find("caption") is None:
        caption.tag = "caption"
        table.insert(0, caption)
    else:
        caption.tag = "p"
        figure.append(caption)
