"""The text of a page as paper needs it: glyphs that exist, words that break, units held."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from klarplan.look.glyphs import Glyphs
from klarplan.words.catalogue import ENGLISH, GERMAN

LONGEST = 28
"""Longer words may break after every ``STEP`` characters; German seldom needs more."""
STEP = 10
CODE_LINE = 70
"""Longer words in code may break; shorter ones stay as they are, for those who copy them."""
ADDRESS = 17
"""Words of so many characters may break behind marks inside them, as addresses do."""

RECENT = 5000
"""So many texts are remembered: names and labels come again on page after page."""

_WORD = re.compile(rf"[^\s\u200b\u00ad]{{{ADDRESS},}}")
AFTER_MARK = re.compile(r"(?<=[/?&=._@-])(?=[^\W\d_])")
_BEFORE_UNIT = re.compile(
    rf"(?<=\d) (?=[%€])|(?<=\d\.) (?=(?:{'|'.join(GERMAN.months)})\b)"
    rf"|(?<=\d) (?=(?:{'|'.join(ENGLISH.months)})\b)"
)


@lru_cache(RECENT)
def breakable(text: str) -> str:
    """Text whose longest words have places to break (U+200B), and no break before %, €
    and the name of a month.

    An address breaks behind its marks; anything else after every ``STEP`` characters.
    """

    def cut(match: re.Match[str]) -> str:
        pieces: list[str] = []
        for part in AFTER_MARK.split(match.group()):
            step = STEP if len(part) > LONGEST else LONGEST
            pieces += (part[at : at + step] for at in range(0, len(part), step))
        return "\u200b".join(pieces)

    return _WORD.sub(cut, _BEFORE_UNIT.sub("\u00a0", text))


def breakable_code(text: str) -> str:
    """Code whose lines fit on the page."""
    return re.sub(rf"\S{{{CODE_LINE}}}(?=\S)", "\\g<0>\u200b", text)


def polish(article: HtmlElement, glyphs: Glyphs) -> list[str]:
    """Makes all text of an article printable; returns the characters that were lost."""
    texts: list[str] = []
    for node in article.iter():
        texts += (node.text or "", node.tail or "")
    characters = set("".join(texts))
    glyphs.learn(characters)
    table = glyphs.changes(characters)
    for node in article.iter():
        if node.text:
            cut = breakable_code if node.tag in ("code", "pre") else breakable
            node.text = cut(node.text.translate(table))
        if node.tail:
            node.tail = breakable(node.tail.translate(table))
    return glyphs.lost(characters)
