"""Colours that people can read: contrast by WCAG 2.2, and the nearest colour that has enough.

Lightness is changed in OKLCH, where equal steps look equal and the hue stays what it was
(Björn Ottosson, „A perceptual color space for image processing“, 2020). What a screen can't show
loses colourfulness, never hue.
"""

from __future__ import annotations

import math
import re

NEEDED = 4.5
"""Contrast of text (WCAG 2.2, success criterion 1.4.3)."""

WHITE = "#ffffff"

LEAST_CHROMA = 0.09
"""So colourful a colour must be that tells a group from another."""

HEX = re.compile(r"#[0-9a-fA-F]{6}")
SHORT_HEX = re.compile(r"#[0-9a-fA-F]{3}")

Lch = tuple[float, float, float]
"""Lightness from 0 to 1, chroma from 0, hue as an angle."""


def _linear(colour: str) -> tuple[float, float, float]:
    if not HEX.fullmatch(colour):
        raise ValueError(f"no colour: {colour}")
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance of a colour ``#rrggbb``, from 0 (black) to 1 (white)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def to_lch(colour: str) -> Lch:
    """A colour ``#rrggbb`` in OKLCH."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def from_lch(lightness: float, chroma: float, hue: float) -> str:
    """The colour ``#rrggbb`` for a place in OKLCH, less colourful where no screen can show it."""
    lightness = min(max(lightness, 0.0), 1.0)
    low, high = 0.0, chroma
    if not _shown(lightness, chroma, hue):
        for _ in range(16):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(lightness, middle, hue) else (low, middle)
        chroma = low
    shares = (min(max(share, 0.0), 1.0) for share in _channels(lightness, chroma, hue))
    encoded = (
        12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055
        for share in shares
    )
    return "#" + "".join(f"{round(share * 255):02x}" for share in encoded)


def _shown(lightness: float, chroma: float, hue: float) -> bool:
    return all(-1e-4 <= share <= 1 + 1e-4 for share in _channels(lightness, chroma, hue))


def readable(colour: str, ground: str = WHITE, needed: float = NEEDED) -> str:
    """The nearest colour of the same hue that stands out from ``ground`` enough.

    The colour itself where it does. Darker on a light ground, lighter on a dark one; black or white
    where no colour of that hue is enough.
    """
    if contrast(colour, ground) >= needed:
        return colour
    lightness, chroma, hue = to_lch(colour)
    end = 0.0 if contrast("#000000", ground) >= contrast(WHITE, ground) else 1.0
    near, far = lightness, end
    for _ in range(16):
        middle = (near + far) / 2
        enough = contrast(from_lch(middle, chroma, hue), ground) >= needed
        near, far = (near, middle) if enough else (middle, far)
    return from_lch(far, chroma, hue)


def legible(colour: str, fallback: str = "#333333") -> str:
    """The nearest readable colour on white paper.

    Takes ``#rgb`` and ``#rrggbb``; anything else gives the fallback.
    """
    if not SHORT_HEX.fullmatch(colour) and not HEX.fullmatch(colour):
        return fallback
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return readable(f"#{digits.lower()}")


def tone(colour: str, lightness: float, most: float) -> str:
    """A colour of the same hue with a given lightness, and colourful at ``most`` so much."""
    _, chroma, hue = to_lch(colour)
    return from_lch(lightness, min(chroma, most), hue)


def shades(colour: str, number: int) -> list[str]:
    """So many colours that differ in hue, white text on each readable; the first is ``colour``.

    Neighbours lie far apart on the circle of hues: each is turned by the golden angle, and circles
    after the first are darker.
    """
    first = legible(colour)
    lightness, chroma, hue = to_lch(first)
    turn = math.pi * (3 - math.sqrt(5))
    others = [
        readable(
            from_lch(lightness - 0.06 * (n // 6 % 3), max(chroma, LEAST_CHROMA), hue + n * turn)
        )
        for n in range(1, number)
    ]
    return [first, *others][:number]
