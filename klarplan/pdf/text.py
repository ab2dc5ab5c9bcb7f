"""The text of a page as paper needs it: glyphs that exist, words that break, numbers held together."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from klarplan.pdf.glyphs import Glyphs

LONGEST = 28
"""Longer words may break after every ``STEP`` characters; German seldom needs more."""
STEP = 10
ADDRESS = 17
"""Words of so many characters may break behind marks inside them, as addresses do."""

_WORD = re.compile(r"[^\s\u200b\u00ad]{%d,}" % ADDRESS)
AFTER_MARK = re.compile(r"(?<=[/?&=._@-])(?=[^\W\d_])")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%€])")


def breakable(text: str) -> str:
    """Text whose longest words have places to break (U+200B), and no break before % and €.

    An address breaks behind its marks; anything else after every ``STEP`` characters.
    """

    def cut(match: re.Match[str]) -> str:
        pieces: list[str] = []
        for part in AFTER_MARK.split(match.group()):
            step = STEP if len(part) > LONGEST else LONGEST
            pieces += (part[at : at + step] for at in range(0, len(part), step))
        return "\u200b".join(pieces)

    return _WORD.sub(cut, _BEFORE_UNIT.sub("\u00a0", text))


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
