"""Colours that can be read on white paper."""

from __future__ import annotations

import re

NEEDED = 4.5
"""Contrast of text (WCAG 2.2, success criterion 1.4.3)."""


def _luminance(red: int, green: int, blue: int) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def legible(colour: str, fallback: str = "#333333") -> str:
    """The colour, darkened until text in it stands out from white by 4.5 to 1.

    Takes ``#rgb`` and ``#rrggbb``; anything else gives the fallback.
    """
    if not re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", colour):
        return fallback
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    while 1.05 / (_luminance(red, green, blue) + 0.05) < NEEDED:
        red, green, blue = (int(channel * 0.95) for channel in (red, green, blue))
    return f"#{red:02x}{green:02x}{blue:02x}"
