"""Words of a chart in lines: as wide as there is room, long ones parted at their syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.look.letter_widths import pixels
from klarplan.words.catalogue import Words
from klarplan.words.hyphens import SHORTEST, SOFT_HYPHEN, softened

SPACES = re.compile("[ \t\n\r\f]+")
"""Where lines may end; a protected space is no such place."""


def lines_of(words: Words, text: str, room: float) -> list[str]:
    """A text in lines of at most so many pixels; an empty one is one line.

    Nothing of it is lost: a word that is wider than a line goes on in the next, behind a hyphen
    where it has syllables.
    """
    lines: list[str] = []
    line = ""
    for word in SPACES.split(text.strip()):
        longer = f"{line} {word}" if line else word
        if pixels(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(words, word, room)
        lines += whole
    return [*lines, line]


def _pieces(words: Words, word: str, room: float) -> Iterator[str]:
    """A word in pieces that fit, one where it fits itself."""
    piece = ""
    syllables = softened(word, words.lang, SHORTEST).split(SOFT_HYPHEN)
    for number, syllable in enumerate(syllables):
        hyphen = "-" if number + 1 < len(syllables) else ""
        if pixels(piece + syllable + hyphen) <= room:
            piece += syllable
            continue
        if piece:
            yield f"{piece}-"
        piece = ""
        for letter in syllable:
            if pixels(piece + letter + hyphen) > room and piece:
                yield piece
                piece = ""
            piece += letter
    yield piece
