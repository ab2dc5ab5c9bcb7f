"""Typst calls as wrappers in HTML: pandoc carries them through, its Lua filter unwraps them.

An element with the attribute ``data-typst`` becomes that Typst code, its content, and the code in
``data-typst-end``. Authors can't write such attributes: ``clean`` drops every one it does not know.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import Element, HtmlElement

from klarplan.articles.nodes import append_text, is_inline, move_content, words

OPENING = "data-typst"
CLOSING = "data-typst-end"

NOTE = "footnote["
IN_HEADING = ("#context [#", "]")
"""Round a note of a heading: the typesetter makes bookmarks of what needs no context to be set."""

PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
"""All that Typst could take for its own; the filter escapes the same."""

SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space of HTML, which shows as one space; a protected space is none."""


def is_note(node: HtmlElement) -> bool:
    """Whether an element has become a footnote."""
    return (node.get(OPENING) or "").startswith((f"#{NOTE}", f"{IN_HEADING[0]}{NOTE}"))


def literal(text: str) -> str:
    """A Typst string with this text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("\n", "\\n").replace("\r", "").replace("\0", "")


@lru_cache(5000)
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
