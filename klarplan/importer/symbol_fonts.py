"""Letters in fonts of symbols: what “ü” in Wingdings shows, which is a tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WINGDINGS = {
    "\u00fc": "✓",
    "\u00fb": "✗",
    "\u00fe": "☑",
    "\u00fd": "☒",
    "o": "☐",
    "\u00a8": "☐",
    "x": "☒",
    "l": "●",
    "\u00a1": "○",
    "m": "❍",
    "n": "■",
    "q": "❑",
    "u": "◆",
    "t": "◆",
    "J": "☺",
    "K": "😐",
    "L": "☹",
    "\u00e0": "→",
    "\u00e8": "→",
    "\u00e9": "↑",
    "\u00ea": "↓",
}
_WINGDINGS_2 = {
    "P": "✓",
    "O": "✗",
    "R": "☑",
    "Q": "☒",
    "S": "☒",
    "T": "☒",
    "\u00a3": "☐",
    "\u2014": "●",
    "\u0097": "●",
    "\u0098": "●",
}
_WEBDINGS = {"a": "✓", "r": "✗", "n": "●", "g": "■", "c": "□", "=": "●"}
FONTS: Mapping[str, Mapping[str, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
}
"""By the name of a font, folded, what its characters show."""
_PRIVATE = 0xF000
"""Files may store the characters of such fonts from here on (Unicode's private use area)."""


def font_of(font: Any) -> str:
    """The name of a font of symbols, folded; empty for all other fonts."""
    name = getattr(font, "name", None) or getattr(font, "rFont", None) or ""
    return name.casefold() if isinstance(name, str) and name.casefold() in FONTS else ""


def as_symbols(text: str, font: str) -> str:
    """What a text in a font of symbols shows; characters that are not known stay as they are."""
    plain = [chr(ord(c) - _PRIVATE) if _PRIVATE <= ord(c) < _PRIVATE + 256 else c for c in text]
    return "".join(FONTS[font].get(char, char) for char in plain)
