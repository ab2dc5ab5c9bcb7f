"""The text of a page as paper needs it: glyphs that exist, words that break, numbers held together."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from klarplan.pdf.glyphs import Glyphs

LONGEST = 28
"""Longer words may break after every ``STEP`` characters; German seldom needs more."""
STEP = 10

_LONG_WORD = re.compile(r"[^\s\u200b\u00ad]{%d,}" % (LONGEST + 1))
_AFTER_MARK = re.compile(r"(?<=[/?&=._-])(?=[^/?&=._-])")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%€])")


def breakable(text: str) -> str:
    """Text whose longest words have places to break (U+200B), and no break before % and €.

    An address breaks behind its marks; anything else after every ``STEP`` characters.
    """

    def cut(match: re.Match[str]) -> str:
        parts = _AFTER_MARK.split(match.group())
        return "\u200b".join(
            part[at : at + STEP] if len(part) > LONGEST else part
            for part in parts
            for at in (range(0, len(part), STEP) if len(part) > LONGEST else (0,))
        )

    return _LONG_WORD.sub(cut, _BEFORE_UNIT.sub("\u00a0", text))


def polish(article: HtmlElement, glyphs: Glyphs) -> list[str]:
    """Makes all text of an article printable; returns the characters that were lost."""
    texts: list[str] = []
    for node in article.iter():
        texts += (node.text or "", node.tail or "")
    characters = set("".join(texts))
    glyphs.learn(characters)
    table = str.maketrans(glyphs.changes(characters))
    for node in article.iter():
        if node.text:
            node.text = breakable(node.text.translate(table))
        if node.tail:
            node.tail = breakable(node.tail.translate(table))
    return glyphs.lost(characters)
