"""Colours of cells: reading them from a workbook, and what people call them."""

from __future__ import annotations

import colorsys
import re
from typing import Any

_THEME = re.compile(
    r"<a:(dk1|lt1|dk2|lt2|accent[1-6]|hlink|folHlink)>\s*<a:(?:srgbClr val|sysClr[^>]*lastClr)="
    r'"([0-9A-Fa-f]{6})"'
)
_ORDER = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5"),
    *("accent6", "hlink", "folHlink"),
)
_LINKS = (10, 11)
"""Where the colours of links stand in ``_ORDER``."""
_OFFICE = {
    "lt1": "FFFFFF",
    "dk1": "000000",
    "lt2": "EEECE1",
    "dk2": "1F497D",
    "accent1": "4F81BD",
    "accent2": "C0504D",
    "accent3": "9BBB59",
    "accent4": "8064A2",
    "accent5": "4BACC6",
    "accent6": "F79646",
    "hlink": "0000FF",
    "folHlink": "800080",
}
WHITE = "#ffffff"


def _tinted(colour: str, tint: float) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


class Colours:
    """Resolves the fills of one workbook to colours."""

    def __init__(self, theme: bytes | None) -> None:
        text = theme.decode("utf-8", "replace") if theme else ""
        self._theme = {**_OFFICE, **dict(_THEME.findall(text))}
        self._known: dict[int, tuple[Any, str]] = {}

    def of(self, fill: Any) -> str:
        """The colour of a fill such as ``#00b050``; empty for none and for white."""
        if fill is None:
            return ""
        known = self._known.get(id(fill))
        if known is None:
            known = self._known[id(fill)] = fill, self._resolved(fill)
        return known[1]

    def of_text(self, font: Any) -> str:
        """The colour of a text by its font; empty for black, white, and links."""
        colour = getattr(font, "color", None)
        if colour is None or getattr(font, "u", None):
            return ""
        if colour.type == "theme" and colour.theme in _LINKS:
            return ""
        known = self._known.get(id(colour))
        if known is None:
            base = self._rgb(colour).lower()
            seen = f"#{base}" if base and name_of(f"#{base}") not in ("schwarz", "weiß") else ""
            known = self._known[id(colour)] = colour, seen
        return known[1]

    def ink(self, font: Any) -> str:
        """The colour of a text as six hex digits; black where none is named."""
        colour = getattr(font, "color", None)
        return (self._rgb(colour) if colour is not None else "") or "000000"

    def ground(self, fill: Any) -> str | None:
        """The colour behind a text as six hex digits; ``None`` for patterns and unknown ones."""
        kind = getattr(fill, "fill_type", None)
        if kind in (None, "none"):
            return "FFFFFF"
        colour = getattr(fill, "fgColor", None) if kind == "solid" else None
        return (self._rgb(colour) if colour is not None else "") or None

    def _resolved(self, fill: Any) -> str:
        if getattr(fill, "fill_type", None) in (None, "none"):
            return ""
        solid = fill.fill_type == "solid"
        colour = getattr(fill, "fgColor", None) if solid else getattr(fill, "bgColor", None)
        found = "#" + self._rgb(colour).lower() if colour is not None else ""
        return "" if found in ("#", WHITE) else found

    def _rgb(self, colour: Any) -> str:
        from openpyxl.styles.colors import COLOR_INDEX  # noqa: PLC0415

        base = ""
        if colour.type == "rgb" and re.fullmatch("[0-9A-Fa-f]{6,8}", str(colour.rgb)):
            base = str(colour.rgb)[-6:]
        elif colour.type == "theme" and colour.theme < len(_ORDER):
            base = self._theme[_ORDER[colour.theme]]
        elif colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
            base = COLOR_INDEX[colour.indexed][-6:]
        return _tinted(base, colour.tint) if base and colour.tint else base


_HUES = (
    *((15, "rot"), (42, "orange"), (70, "gelb"), (170, "grün"), (200, "türkis"), (255, "blau")),
    *((290, "violett"), (345, "rosa"), (361, "rot")),
)
_GREY = 0.15


def name_of(colour: str) -> str:
    """What people call a colour such as ``#00b050``: a word of traffic lights, grey, or another."""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.96:
        return "weiß"
    if light < 0.08:
        return "schwarz"
    if saturation < _GREY:
        return "grau"
    return next(word for limit, word in _HUES if hue * 360 < limit)
