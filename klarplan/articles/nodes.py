"""Small tools for the elements of an article."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

_INLINE = """
    a abbr b bdi bdo br cite code data del dfn em font i img ins kbd label mark meter output
    progress q rp rt ruby s samp small span strike strong sub sup svg time tt u var wbr
"""
INLINE = frozenset(_INLINE.split())
"""Elements that stand in a line of text (HTML Standard: phrasing content that may occur here)."""

NOTES = "footnote"
"""The class of what holds the notes of a page, at its end."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NO_HEADING_IN = ("table", "li", "dd", "figure")
"""Where a heading is bold text in a paper: it would not belong to the order of the chapters."""


def move_content(source: HtmlElement, target: HtmlElement) -> None:
    """Moves text and children of one element to the end of another."""
    append_text(target, source.text or "")
    source.text = None
    for child in list(source):
        target.append(child)


def append_text(target: HtmlElement, text: str) -> None:
    """Adds text behind what an element holds."""
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def replace(old: HtmlElement, new: HtmlElement) -> None:
    """Puts one element in another's place; the text behind it stays."""
    new.tail, old.tail = old.tail, None
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)


def above(node: HtmlElement) -> HtmlElement | None:
    """The heading of a section that stands directly before an element."""
    before = node.getprevious()
    return before if before is not None and before.tag in HEADINGS[1:] else None


def drop_with_titles(nodes: Iterable[HtmlElement]) -> None:
    """Drop elements, and each heading that stood above one if nothing else stood below it."""
    titles = []
    for node in nodes:
        title = above(node)
        if title is not None and not (node.tail or "").strip():
            titles.append(title)
        if node.getparent() is not None:
            node.drop_tree()
    for title in titles:
        after = title.getnext()
        ends = after is None or NOTES in classes(after)
        ends |= after is not None and after.tag in HEADINGS[1:] and after.tag <= title.tag
        if ends and title.getparent() is not None:
            title.drop_tree()


def is_inline(node: HtmlElement) -> bool:
    """Whether an element holds nothing but a line of text."""
    return all(child.tag in INLINE for child in node.iterdescendants())


def classes(node: HtmlElement) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((node.get("class") or "").split())


def words(node: HtmlElement) -> str:
    """The text of an element in one line."""
    return " ".join(str(node.text_content()).split())


def with_class(root: HtmlElement, *names: str) -> list[HtmlElement]:
    """All elements below that carry one of the classes, in their order."""
    found = cast("list[HtmlElement]", _holding(names)(root))
    return [node for node in found if not classes(node).isdisjoint(names)]


@cache
def _holding(names: tuple[str, ...]) -> etree.XPath:
    """What has one of some names in its class, be it a part of another name."""
    # Most elements have no class: asking the classes is three times as fast as asking all elements.
    tests = " or ".join(f"contains(., '{name}')" for name in names)
    return etree.XPath(f"descendant::*/@class[{tests}]/..")
