"""How wide letters are beside each other, in the typefaces that come along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from unicodedata import category, east_asian_width


def by_letter(widths: Mapping[float, str]) -> dict[str, float]:
    """The width of each letter, of those that are as wide."""
    return {letter: width for width, letters in widths.items() for letter in letters}


def is_wide(letter: str) -> bool:
    """Whether it takes the room of two: East Asian characters, most emoji (UAX 11)."""
    return east_asian_width(letter) in "WF"


_WIDTHS = by_letter(
    {
        0.0: "\u200b",
        0.5: ".,:;!'| \u00a0\u202f",
        0.56: "ijlI",
        0.75: "frtJ()[]",
        0.78: "-\u00ad",
        0.97: "szcvxyFL„“",
        1.05: "aäegkETZ",
        1.12: "ACSVXYÄ0123456789",
        1.19: "BKPR",
        1.32: "DGHNOQUÖÜ",
        1.5: "wM&…—",
        1.62: "mW%",
    }
)
"""Measured on both weights of Fira Sans, the wider one of the two."""
USUAL = 1.14
"""The width of all other letters."""
WIDE = 1.9
"""The width of East Asian characters and of most emoji (UAX 11: wide and fullwidth)."""
SYMBOL = 1.5
"""The width of other symbols, such as a tick, which come from other typefaces."""
SIZE_14 = 7.65
"""Pixels of an average character where letters are 14 pixels high, bold ones as well: no word of
Fira Sans or Source Sans is wider than this says."""


def width_of(text: str) -> float:
    """How wide a text is, in average characters."""
    return sum(map(_width, text))


@lru_cache(4096)
def _width(letter: str) -> float:
    return _WIDTHS[letter] if letter in _WIDTHS else _other(letter)


def _other(letter: str) -> float:
    if is_wide(letter):
        return WIDE
    return SYMBOL if category(letter) == "So" else USUAL


@lru_cache(4096)
def pixels(text: str) -> float:
    """How wide a text in letters of 14 pixels is at most."""
    return width_of(text) * SIZE_14
