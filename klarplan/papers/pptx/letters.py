"""How wide text is on slides: in bold Calibri, whose letters are a little wider than the others.

Measured on Carlito, which is as wide as Calibri; widths are rounded up, by 3 % on average.
"""

from __future__ import annotations

from functools import lru_cache

from klarplan.look.letter_widths import by_letter, is_wide

_WIDTHS = by_letter(
    {
        0.0: "\u200b\u00ad",
        0.23: " \u00a0",
        0.28: "ijlI.,:;'‚‘’·",
        0.325: "f-()[]",
        0.37: "rtJ!°",
        0.42: "csz",
        0.45: 'L/"„“”',
        0.48: "gkvxyFSZ?|",
        0.51: "aeäET0123456789–€§+=_*#<>×",
        0.54: "bdhnopquöüCPY",
        0.57: "ßBKRX",
        0.61: "AVÄ",
        0.64: "DGH",
        0.69: "NOQUÖÜ",
        0.75: "w…&%",
        0.83: "m",
        0.91: "MW—@",
    }
)
OTHER, WIDE = 0.69, 1.0
"""The width of all other letters, and of those that take the room of two."""


def width_of(text: str) -> float:
    """How wide a text is, in the size of its letters."""
    return sum(map(_width, text))


@lru_cache(4096)
def _width(letter: str) -> float:
    return _WIDTHS.get(letter, WIDE if is_wide(letter) else OTHER)
