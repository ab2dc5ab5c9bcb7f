"""Pictures of pixels as their bytes tell of them, before any program unpacks them.

How many pixels: a file of some kilobytes may hold thousands of millions, all alike. Whether the
file is whole: of one that was cut off, browsers show a part, and typesetters nothing.
"""

from __future__ import annotations

import struct
import zlib

MOST_PIXELS = 50_000_000
"""So many a picture may have: a camera's, or a page scanned with 600 dots per inch."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that begin a frame and tell its size (ITU-T T.81, table B.1)."""


_SIGNS: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "PNG"),
    (b"\xff\xd8\xff", 0, "JPG"),
    (b"GIF8", 0, "GIF"),
    (b"WEBP", 8, "WEBP"),
    (b"ftypheic", 4, "HEIC"),
    (b"ftypheix", 4, "HEIC"),
    (b"ftypmif1", 4, "HEIC"),
    (b"ftypavif", 4, "AVIF"),
    (b"II*\x00", 0, "TIFF"),
    (b"MM\x00*", 0, "TIFF"),
    (b"BM", 0, "BMP"),
    (b"%PDF-", 0, "PDF"),
)
"""By what a file tells its kind: bytes, their place, the kind."""


def kind_of(head: bytes) -> str:
    """The kind of picture or document that a file begins like; empty where nobody knows it."""
    return next((kind for sign, at, kind in _SIGNS if head[at:].startswith(sign)), "")


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


def is_whole(content: bytes) -> bool:
    """Whether a PNG, JPEG, GIF or WebP has its end, and a PNG all its parts unharmed."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _whole_png(content)
        if content.startswith(b"GIF8"):
            return content.rstrip(b"\x00").endswith(b"\x3b")
        if content.startswith(b"\xff\xd8"):
            return content.find(b"\xff\xd9", _scan(content)) > 0
        if content.startswith(b"RIFF"):
            return len(content) >= 8 + int.from_bytes(content[4:8], "little")
    except (struct.error, IndexError):
        return False
    return True


def _whole_png(content: bytes) -> bool:
    """Each chunk has its length, its type, its data and a check sum (PNG, 5.3)."""
    at, drawn = 8, False
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        (told,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(content[at + 4 : at + 8 + length]) != told:
            return False
        if kind == b"IEND":
            return drawn
        drawn = drawn or kind == b"IDAT"
        at += 12 + length


def _scan(content: bytes) -> int:
    """Where the first scan of a JPEG begins, behind all that may hold a picture of its own."""
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        marker = content[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return at if content[at] == 0xFF else len(content)
