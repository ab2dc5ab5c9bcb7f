"""Figures: a picture with its caption; tables and boxes of a figure follow it."""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.pdf.markup import OPENING, block, element, move_content, replace, words

APART = ("table", "pre", "ul", "ol", "dl")


def put_figures(article: HtmlElement) -> None:
    """Sets the figures of an article; a figure without a picture gives its caption to its table."""
    for figure in list(article.iter("figure"))[::-1]:
        caption = next((c for c in figure.iter("figcaption")), None)
        title = words(caption) if caption is not None else ""
        if caption is not None and _pictures(caption) == 0:
            caption.drop_tree()
        if not _pictures(figure):
            _caption_table(figure, title)
            continue
        after = figure
        for part in list(figure):
            if (part.tag in APART or any(True for _ in part.iter(*APART))) and not _pictures(part):
                after.addnext(part)
                after = part
        made = block("#illustration(", ")")
        if title:
            head = element("div", "caption: [", "],")
            head.text = title
            made.append(head)
        body = element("div", "[", "]")
        move_content(figure, body)
        made.append(body)
        replace(figure, made)


def _pictures(node: HtmlElement) -> int:
    return sum(1 for n in node.iter("span") if (n.get(OPENING) or "").startswith("#picture("))


def _caption_table(figure: HtmlElement, title: str) -> None:
    table = next(iter(figure.iter("table")), None)
    if title and table is not None and table.find("caption") is None:
        caption = element("caption")
        caption.text = title
        table.insert(0, caption)
    elif title:
        paragraph = element("p")
        paragraph.text = title
        figure.append(paragraph)
    figure.tag = "div"
