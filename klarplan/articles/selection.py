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
APART = ("blockquote", "aside", "details", "hr")
BOXES = frozenset({"admonition"})
"""Elements and classes of what stands beside a text: a quotation, a box, a rule."""
LISTED = ("ul", "ol", "dl", "table", "div", "figure", "pre", "blockquote")
"""What words without a full stop lead to."""
ENDS, LEADING = ".!?…", ":,;–"
CLOSING = "\"'“”’»«›‹)]* "
"""Signs behind the last of a sentence."""
MORE = 1.5
"""So many times the characters may stand in a paper where less would say nothing."""
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
    """How many of the first paragraphs fit, so that what they say is complete; all, or none, too.

    What is complete first stays if it is half as long again, or however long it is as a paragraph.
    """
    if not most or not text:
        return 0
    used = 0
    first = next(n for n in range(1, len(text) + 1) if _ends(text, n))
    opening = [node for node in text[:first] if node.tag not in HEADINGS]
    short = sum(map(_length, opening)) <= most * MORE
    fitting = first if short or len(opening) == 1 else 0
    for number, node in enumerate(text, 1):
        used += _length(node)
        if used > most:
            break
        if _ends(text, number):
            fitting = number
    return fitting


def _ends(text: list[HtmlElement], number: int) -> bool:
    """Whether a text may end behind so many of its parts.

    It may not with a heading, a quotation or a box, which what follows explains, nor with words
    that lead to what follows.
    """
    if number == len(text):
        return True
    node = text[number - 1]
    if node.tag in (*HEADINGS, *APART) or classes(node) & BOXES:
        return False
    told = words(node).rstrip(CLOSING)
    if node.tag != "p" or not told:
        return True
    return told[-1] in ENDS or not (told[-1] in LEADING or text[number].tag in LISTED)


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
