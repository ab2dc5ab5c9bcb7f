"""Which parts of an article stand in which paper: the book, its annex, or one of the page alone.

A page says it in the attribute ``data-papers``: the kinds of papers in which an element stands.
What says nothing stands in the book and in a paper of its own, but not in the annex. Where sheets
of half a page are wanted, „half“ says what stands on them of what else the book has.
"""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import Literal, cast

from lxml import etree
from lxml.html import HtmlElement

from klarplan.articles.nodes import (
    HEADINGS,
    NOTES,
    above,
    classes,
    drop_with_titles,
    with_class,
    words,
)

Kind = Literal["book", "half", "annex", "single"]

ATTRIBUTE = "data-papers"
OPENING = frozenset({"facts", "lead", "now", "paper-link", "pictures"})
"""Classes of what stands before the text of an author."""
PICTURE = 600
"""So many characters take the room of a picture."""
_MARKED = etree.XPath(f"descendant::*[@{ATTRIBUTE}]")


def _marked(article: HtmlElement) -> list[HtmlElement]:
    return cast("list[HtmlElement]", _MARKED(article))


def take(article: HtmlElement, kind: Kind, most: int | None = None) -> HtmlElement | None:
    """Leave of an article what stands in a kind of paper; an empty section has no heading.

    A text of an author with more than ``most`` characters is cut in the book: its first paragraphs
    stay there, with 0 none, and the whole stands in the annex. Returns what is the last before the
    cut.
    """
    text = _text(article) if most is not None else []
    fitting = _fitting(text, most or 0)  # without a limit, there is no text here
    long = fitting < len(text)
    last = None
    if long and kind in ("book", "half"):
        last = text[fitting - 1] if fitting else text[0].getprevious()
        for node in text[fitting:]:
            node.drop_tree()
    drop_with_titles([n for n in _marked(article) if kind not in n.get(ATTRIBUTE, "").split()])
    if kind == "annex":
        _keep(article, [*_marked(article), *(text if long else ())])
    for node in _marked(article):
        del node.attrib[ATTRIBUTE]
    return last


def holds(article: HtmlElement, kind: Kind) -> bool:
    """Whether the page of an article says that something stands in a kind of paper."""
    return any(kind in node.get(ATTRIBUTE, "").split() for node in _marked(article))


def _text(article: HtmlElement) -> list[HtmlElement]:
    """What an author wrote on the page of a row: from its opening to our first section."""
    title = article.find(".//h1")
    behind = [] if title is None else list(title.itersiblings())
    text = list(takewhile(_is_text, dropwhile(_opens, behind)))
    if text and text[-1].tag in HEADINGS:
        text.pop()  # that of our section
    return text


def _is_text(node: HtmlElement) -> bool:
    return ATTRIBUTE not in node.attrib and NOTES not in classes(node)


def _opens(node: HtmlElement) -> bool:
    return bool(classes(node) & OPENING)


def _fitting(text: list[HtmlElement], most: int) -> int:
    """How many of the first paragraphs fit, at least one where any shall; none that is a heading
    is the last.
    """
    if not most:
        return 0
    used = 0
    fitting = next((n for n, node in enumerate(text, 1) if node.tag not in HEADINGS), 1)
    for number, node in enumerate(text, 1):
        used += _length(node)
        if used > most:
            break
        if node.tag not in HEADINGS:
            fitting = max(fitting, number)
    return fitting


def _length(node: HtmlElement) -> int:
    """The characters of an element; a picture takes the room of many."""
    pictures = sum(1 for _ in node.iter("img", "svg"))
    return len(words(node)) + pictures * PICTURE


def _keep(article: HtmlElement, kept: list[HtmlElement]) -> None:
    """Drop everything but some elements, the heading above each, and that of the page."""
    wanted = {*article.iter("h1"), *with_class(article, NOTES), *kept}
    wanted |= {node for node in map(above, kept) if node is not None}
    for node in list(wanted):
        wanted.update(node.iterancestors())
        wanted.update(node.iterdescendants())
    for node in list(article.iterdescendants()):
        if node not in wanted and node.getparent() is not None:
            node.drop_tree()
