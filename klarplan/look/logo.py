"""The municipality's logo as pages need it: where it is and what shape it has."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from klarplan.look.drawing import DrawingError, cleaned
from klarplan.look.raster import MOST_PIXELS, pixels

KINDS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
"""What browsers show as a picture."""

SQUARE = (1.0, 1.0)


def logo_file(root: Path, logo: str) -> Path | None:
    """The file of the setting ``logo``; nothing where it is not set or no picture is there."""
    path = root / "docs" / logo
    return path if logo and path.suffix.lower() in KINDS and path.is_file() else None


def logo_content(path: Path) -> bytes | None:
    """What is shown of a logo: an SVG written anew; nothing where that can't be done.

    Nothing, too, where it has more pixels than programs should unpack.
    """
    content = path.read_bytes()
    if pixels(content) > MOST_PIXELS:
        return None
    try:
        return cleaned(content) if path.suffix.lower() == ".svg" else content
    except DrawingError:
        return None


def shape(path: Path) -> tuple[float, float]:
    """Width and height of an SVG or PNG in its own unit; a square where they can't be told."""
    content = path.read_bytes()
    size = _svg_shape(content) if path.suffix.lower() == ".svg" else _png_shape(content)
    return size if size and min(size) > 0 else SQUARE


def logo_width(path: Path | None, height: int = 48) -> int:
    """How wide the logo is when it is so high, but at most four times as wide as high."""
    if path is None:
        return 0
    width, tall = shape(path)
    return round(min(width / tall, 4) * height)


def _svg_shape(content: bytes) -> tuple[float, float] | None:
    try:
        drawing = defusedxml.ElementTree.fromstring(content)
    except (defusedxml.ElementTree.ParseError, DefusedXmlException, ValueError):
        return None
    numbers = re.findall(r"-?\d*\.?\d+", drawing.get("viewBox") or "")
    if len(numbers) == 4:
        return float(numbers[2]), float(numbers[3])
    sides = [re.match(r"\d*\.?\d+", drawing.get(name) or "") for name in ("width", "height")]
    return (float(sides[0].group()), float(sides[1].group())) if sides[0] and sides[1] else None


def _png_shape(content: bytes) -> tuple[float, float] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return float(width), float(height)
