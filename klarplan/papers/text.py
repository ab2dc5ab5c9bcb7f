"""The text of a page as paper needs it: glyphs that exist, words that break, units held."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from klarplan.look.glyphs import Glyphs
from klarplan.words.catalogue import ENGLISH, GERMAN
from klarplan.words.hyphens import SHORTEST, SOFT_HYPHEN, softened

LONGEST = 28
"""Longer words break at their syllables wherever they stand, also where no other word does."""
STEP = 10
"""What has no syllables breaks after so many characters."""
CODE_LINE = 70
"""Longer words in code may break; shorter ones stay as they are, for those who copy them."""
ADDRESS = 17
"""Words of so many characters may break behind marks inside them, as addresses do."""

NO_HYPHEN = "\u200b"
"""Where a line may end without a hyphen."""

RECENT = 5000
"""So many texts are remembered: names and labels come again on page after page."""

LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:-[a-zA-Z]{4})?(?:-([a-zA-Z]{2}))?(?:-.*)?\Z")
_WORD = re.compile(rf"[^\s\u200b\u00ad]{{{ADDRESS},}}")
_NOT_SHORT = re.compile(rf"[^\s\u200b\u00ad]{{{SHORTEST},}}")
_ENDS = ".,:;!?)]»“”’'\""
AFTER_MARK = re.compile(r"(?<=[/?&=._@-])(?=[^\W\d_])")
_POINT = re.compile("[ \u00a0]·[ \u00a0]")
"""A point between two parts of a line, which ends a line and never begins one."""
_BEFORE_UNIT = re.compile(
    rf"(?<=\d) (?=[%€])|(?<=\d\.) (?=(?:{'|'.join(GERMAN.months)}|Halbjahr|Quartal)\b)"
    rf"|(?<=\d) (?=(?:{'|'.join(ENGLISH.months)})\b)"
)


def language_of(tag: str) -> tuple[str, str]:
    """Language and region of a tag (BCP 47): ``en-GB`` is ``en`` and ``GB``; both may be empty."""
    found = LANGUAGE.match(tag)
    return (found[1].lower(), (found[2] or "").upper()) if found else ("", "")


@lru_cache(RECENT)
def breakable(text: str, lang: str) -> str:
    """Text whose longest words have places to break, and units that none parts (``held``).

    An address breaks behind its marks (U+200B), any other sign or number after every ``STEP``
    characters; a word of letters breaks with a hyphen (U+00AD), at its syllables if it has some.
    """
    whole = _POINT.sub("\u00a0· ", held(text))
    return _WORD.sub(lambda found: _marked(found.group(), lang, LONGEST), whole)


def held(text: str) -> str:
    """Text with no break before %, €, the name of a month, and what „1.“ counts of a year."""
    return _BEFORE_UNIT.sub("\u00a0", text)


@lru_cache(RECENT)
def breakable_anywhere(text: str, lang: str) -> str:
    """Text with such places in all but short words, for who looks which of them are needed."""
    return _NOT_SHORT.sub(lambda found: _marked(found.group(), lang, SHORTEST - 1), held(text))


def _marked(token: str, lang: str, longest: int) -> str:
    """A word with places to break in each part of more than ``longest`` characters."""
    is_address = bool(re.search(r"[\d/@:?&=._]", token.rstrip(_ENDS)))
    pieces: list[str] = []
    for part in AFTER_MARK.split(token):
        if len(part) <= longest:
            pieces.append(part)
        elif not is_address:
            pieces.append(_with_hyphens(part, lang))
        else:
            pieces += (part[at : at + STEP] for at in range(0, len(part), STEP))
    return NO_HYPHEN.join(pieces)


def _with_hyphens(part: str, lang: str) -> str:
    """Letters with soft hyphens, none further from the last than twice ``STEP``."""
    pieces: list[str] = []
    for syllable in softened(part, lang).split(SOFT_HYPHEN):
        if len(syllable) > 2 * STEP:
            pieces += (syllable[at : at + STEP] for at in range(0, len(syllable), STEP))
        else:
            pieces.append(syllable)
    return SOFT_HYPHEN.join(pieces)


def without_breaks(text: str) -> str:
    """A text without the breaks inside words that print added."""
    return text.replace(NO_HYPHEN, "").replace(SOFT_HYPHEN, "")


def breakable_code(text: str) -> str:
    """Code whose lines fit on the page."""
    return re.sub(rf"\S{{{CODE_LINE}}}(?=\S)", "\\g<0>\u200b", text)


def polish(article: HtmlElement, glyphs: Glyphs, lang: str) -> list[str]:
    """Makes all text of an article printable; returns the characters that were lost."""
    texts: list[str] = []
    for node in article.iter():
        texts += (node.text or "", node.tail or "")
    characters = set("".join(texts))
    glyphs.learn(characters)
    table = glyphs.changes(characters)
    _hold_points(article)
    for node in article.iter():
        if node.text:
            text = node.text.translate(table)
            code = node.tag in ("code", "pre")
            node.text = breakable_code(text) if code else breakable(text, lang)
        if node.tail:
            node.tail = breakable(node.tail.translate(table), lang)
    return glyphs.lost(characters)


def _hold_points(article: HtmlElement) -> None:
    """Binds a point that begins an element to what stands before it (``_POINT``)."""
    for node in article.iter("span"):
        if not (node.text or "").startswith(("· ", "·\u00a0")):
            continue
        before, parent = node.getprevious(), node.getparent()
        if before is not None:
            before.tail = _bound(before.tail)
        elif parent is not None:
            parent.text = _bound(parent.text)
        node.text = f"· {(node.text or '')[2:]}"


def _bound(text: str | None) -> str | None:
    """A text whose last space holds its line together."""
    return f"{text[:-1]}\u00a0" if text and text.endswith(" ") else text
