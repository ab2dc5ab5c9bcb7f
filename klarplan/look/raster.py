"""How large a picture of pixels is, told by its first bytes, before any program unpacks it.

A file of some kilobytes may hold thousands of millions of pixels, all alike.
"""

from __future__ import annotations

import struct

MOST_PIXELS = 50_000_000
"""So many a picture may have: a camera's, or a page scanned with 600 dots per inch."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that begin a frame and tell its size (ITU-T T.81, table B.1)."""


def pixels(content: bytes) -> int:
    """The pixels of a PNG, JPEG, GIF or WebP, as it tells them; 0 where it does not."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _area(struct.unpack_from(">II", content, 16))
        if content.startswith(b"GIF8"):
            return max(_area(struct.unpack_from("<HH", content, 6)), _gif_frame(content))
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError):
        pass
    return 0


def _area(sides: tuple[int, ...]) -> int:
    return sides[0] * sides[1]


def _gif_frame(content: bytes) -> int:
    """The first frame, which may be larger than the picture (GIF 89a, section 20)."""
    at = 13 + (3 << ((content[10] & 7) + 1) if content[10] & 0x80 else 0)
    while content[at] == 0x21:
        at += 2
        while content[at]:
            at += content[at] + 1
        at += 1
    return _area(struct.unpack_from("<HH", content, at + 5)) if content[at] == 0x2C else 0


def _jpeg(content: bytes) -> int:
    at, most = 2, 0
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        marker = content[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            most = max(most, _area(struct.unpack_from(">HH", content, at + 5)))
        at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return most


def _webp(content: bytes) -> int:
    at, most = 12, 0
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        body = at + 8
        if kind == b"VP8X":
            wide, high = (
                int.from_bytes(content[body + n : body + n + 3], "little") for n in (4, 7)
            )
            most = max(most, (wide + 1) * (high + 1))
        elif kind == b"VP8L":
            bits = int.from_bytes(content[body + 1 : body + 5], "little")
            most = max(most, ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1))
        elif kind == b"VP8 ":
            wide, high = struct.unpack_from("<HH", content, body + 6)
            most = max(most, (wide & 0x3FFF) * (high & 0x3FFF))
        at = body + size + size % 2
    return most
