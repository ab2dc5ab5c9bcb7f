"""Figures: a picture with its caption; tables and boxes of a figure follow it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from klarplan.articles.nodes import move_content, replace, words
from klarplan.papers.markup import OPENING, block, element, move_line
from klarplan.words.catalogue import Words

CAPTION = "caption: ["
"""Begins the caption of a figure and of a table."""
APART = ("table", "pre", "ul", "ol", "dl")


@dataclass(slots=True)
class Counts:
    """How many figures and tables with a caption a paper has so far."""

    figures: int = 0
    tables: int = 0


def number_captions(article: HtmlElement, counts: Counts, words: Words) -> None:
    """Numbers the captions of an article's figures and tables, each kind through the paper."""
    for caption in article.iter("div"):
        if caption.get(OPENING) != CAPTION:
            continue
        holder = caption.getparent()
        if holder is not None and (holder.get(OPENING) or "").startswith("#illustration("):
            counts.figures += 1
            number = words("print.figure_number", number=str(counts.figures))
        else:
            counts.tables += 1
            number = words("print.table_number", number=str(counts.tables))
        caption.text = f"{number} {caption.text or ''}".replace("  ", " ")


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
        made = block("#illustration(", ")")
        if caption is not None:
            head = element("div", CAPTION, "],")
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
    return sum(1 for n in node.iter("span") if (n.get(OPENING) or "").startswith("#picture("))


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
