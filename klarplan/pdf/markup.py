"""Typst calls as wrappers in HTML: pandoc carries them through, its Lua filter unwraps them.

An element with the attribute ``data-typst`` becomes that Typst code, its content, and the code in
``data-typst-end``. Authors can't write such attributes: ``clean`` drops every one it does not know.
"""

from __future__ import annotations

import re

from lxml.html import Element, HtmlElement

OPENING = "data-typst"
CLOSING = "data-typst-end"

PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
"""All that Typst could take for its own; the filter escapes the same."""

SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space of HTML, which shows as one space; a protected space is none."""

_INLINE = """
    a abbr b bdi bdo br cite code data del dfn em font i img ins kbd label mark meter output
    progress q rp rt ruby s samp small span strike strong sub sup svg time tt u var wbr
"""
INLINE = frozenset(_INLINE.split())
"""Elements that stand in a line of text (HTML Standard: phrasing content that may occur here)."""


def literal(text: str) -> str:
    """A Typst string with this text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("\n", "\\n").replace("\r", "").replace("\0", "")


def escaped(text: str) -> str:
    """Typst markup that shows this text and nothing else, in one line."""
    line = PUNCTUATION.sub(r"\\\g<0>", SPACE.sub(" ", text))
    return line.replace("\u200b", "#h(0.01pt);")


def element(tag: str, opening: str = "", closing: str = "") -> HtmlElement:
    """A new empty element that stands for Typst code."""
    made = Element(tag)
    if opening:
        made.set(OPENING, opening)
    if closing:
        made.set(CLOSING, closing)
    return made


def inline(opening: str, closing: str = "") -> HtmlElement:
    """Typst code in a line of text; ``;`` ends it, so that text may follow at once."""
    return element("span", opening, closing + ";")


def block(opening: str, closing: str = "") -> HtmlElement:
    """Typst code that stands alone."""
    return element("div", opening, closing)


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


def wrap_content(holder: HtmlElement, wrapper: HtmlElement) -> None:
    """Puts all that an element holds into a wrapper inside it."""
    move_content(holder, wrapper)
    holder.append(wrapper)


def move_line(source: HtmlElement, target: HtmlElement) -> None:
    """Moves the content of a caption, which must be a line; of anything else only the text."""
    if is_inline(source):
        move_content(source, target)
    else:
        append_text(target, words(source))


def replace(old: HtmlElement, new: HtmlElement) -> None:
    """Puts one element in another's place; the text behind it stays."""
    new.tail, old.tail = old.tail, None
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)


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
    wanted = frozenset(names)
    found = root.xpath("descendant::*[@class]")
    return [node for node in found if not wanted.isdisjoint(node.get("class", "").split())]
