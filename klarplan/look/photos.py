"""Pictures as they are published: without the place where they were taken, and not too heavy.

Cameras write place, time and device into a picture; none of it is for the public. Which way is up
stays, and so do the names of author and licence holder (UrhG, section 95c).
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator

MOST_BYTES = 8_000_000
"""Heavier pictures are made smaller."""
LONGEST_SIDE = 2_400
"""So many pixels their longer side has then: enough for a page of A4."""

SHRINKABLE = (".jpg", ".jpeg", ".png", ".webp")
"""The kinds of pictures that can be made smaller."""

_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_LYING = 4
"""Orientations above this one turn a picture by a quarter (EXIF 2.32, tag 274)."""
_EXIF = b"Exif\x00\x00"
_KINDS = ("JPEG", "PNG", "WEBP")
_PNG = b"\x89PNG\r\n\x1a\n"


def published(content: bytes) -> bytes:
    """The picture in a file, as it goes onto the site; other files stay as they are.

    A picture that can't be read is given back as it is: the check refuses it.
    """
    try:
        bare = _bare(content)
        return _smaller(bare) if len(content) > MOST_BYTES else bare
    except (struct.error, IndexError, ValueError):
        return content


def _bare(content: bytes) -> bytes:
    """The picture without what the camera wrote beside it; what is shown keeps its bytes."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return content


def _jpeg(content: bytes) -> bytes:
    """A JPEG without EXIF, XMP, further pictures and what stands behind its end."""
    kept, exif, dropped = [], b"", False
    for start, end in _segments(content):
        segment = content[start:end]
        told = segment[4:]
        if segment[1] == 0xE1 or (segment[1] == 0xE2 and told.startswith(b"MPF\x00")):
            exif = told if told.startswith(_EXIF) else exif
            dropped = True
        else:
            kept.append(segment)
        last = end
    if not dropped and last == len(content):
        return content
    few = _few(exif)
    own = b"\xff\xe1" + struct.pack(">H", len(few) + 2) + few if few else b""
    return b"\xff\xd8" + own + b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of all segments behind the first, the data of scans with theirs."""
    at = 2
    while True:
        marker = content[at + 1]
        if content[at] != 0xFF:
            raise IndexError(at)
        if marker == 0xD9:
            yield at, at + 2
            return
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2
        if not (0xD0 <= marker <= 0xD8 or marker == 0x01):
            end += struct.unpack_from(">H", content, at + 2)[0]
        if marker == 0xDA:
            end = content.index(b"\xff", end)
            while content[end + 1] == 0 or 0xD0 <= content[end + 1] <= 0xD7:
                end = content.index(b"\xff", end + 2)
        yield at, end
        at = end


def _png(content: bytes) -> bytes:
    kept, at, dropped = [_PNG], len(_PNG), False
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        at += 12 + length
        data = chunk[8:-4]
        if kind == b"eXIf":
            dropped = True
            if few := _few(_EXIF + data)[len(_EXIF) :]:
                kept.append(_chunk(kind, few))
        elif kind in (b"iTXt", b"zTXt", b"tEXt") and data.startswith(
            (b"XML:com.adobe.xmp", b"Raw profile type")
        ):
            dropped = True
        else:
            kept.append(chunk)
    return b"".join(kept) if dropped else content


def _chunk(kind: bytes, data: bytes) -> bytes:
    told = kind + data
    return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))


def _webp(content: bytes) -> bytes:
    kept, at, dropped = [], 12, False
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + size + size % 2]
        at += 8 + size + size % 2
        if kind == b"EXIF":
            dropped = True
            data = chunk[8 : 8 + size].removeprefix(_EXIF)
            if few := _few(_EXIF + data)[len(_EXIF) :]:
                kept.append(kind + struct.pack("<I", len(few)) + few + b"\x00" * (len(few) % 2))
        elif kind == b"XMP ":
            dropped = True
        else:
            kept.append(chunk)
    if not dropped:
        return content
    flags = 0x08 if any(chunk.startswith(b"EXIF") for chunk in kept) else 0
    kept = [
        chunk[:8] + bytes([chunk[8] & ~0x0C | flags]) + chunk[9:]
        if chunk.startswith(b"VP8X")
        else chunk
        for chunk in kept
    ]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _few(exif: bytes) -> bytes:
    """EXIF with orientation, author and licence holder only; empty where it has none of them."""
    from PIL import Image  # noqa: PLC0415 (slow import)

    if not exif:
        return b""
    read, few = Image.Exif(), Image.Exif()
    try:
        with warnings.catch_warnings(action="ignore"):
            read.load(exif)
        for tag in (_ORIENTATION, _ARTIST, _COPYRIGHT):
            if read.get(tag) and (tag, read[tag]) != (_ORIENTATION, 1):
                few[tag] = read[tag]
        return few.tobytes() if len(few) else b""
    except Exception:  # whatever is written there: a stranger may have made the picture
        return b""


def _smaller(content: bytes) -> bytes:
    """The picture with at most ``LONGEST_SIDE`` pixels on its longer side; moving ones stay."""
    return min(_fitted(content, (LONGEST_SIDE, LONGEST_SIDE)), content, key=len)


def sides(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture as it is seen, turned the right way up; of a JPEG, PNG or WebP.

    ``None`` for what can't be read, and for moving pictures.
    """
    from PIL import Image  # noqa: PLC0415 (slow import)

    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as opened:
            if getattr(opened, "n_frames", 1) > 1:
                return None
            wide, high = opened.size
            return (high, wide) if opened.getexif().get(_ORIENTATION, 1) > _LYING else (wide, high)
    except Exception:  # whatever a decoder throws: a stranger may have made the picture
        return None


def scaled(content: bytes, width: int) -> bytes:
    """The picture so many pixels wide, turned the right way up; one that can't be read stays.

    One that is so wide and stands upright keeps its bytes.
    """
    wide, high = sides(content) or (width, 0)
    return _fitted(content, (width, high * width // wide + 1))


def _fitted(content: bytes, box: tuple[int, int]) -> bytes:
    """The picture so small that it fits into width and height, and upright.

    As it is where that changes nothing, or where it can't be read.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 (slow import)

    written = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as opened:
            kind = opened.format
            if getattr(opened, "n_frames", 1) > 1:
                return content
            before = opened.size
            opened.draft(None, box)
            profile, exif = opened.info.get("icc_profile"), opened.getexif()
            picture = ImageOps.exif_transpose(opened)
            turned = exif.pop(_ORIENTATION, 1) != 1
            if picture.mode == "P":
                picture = picture.convert("RGBA")
            picture.thumbnail(box)
            if picture.size == before and not turned:
                return content
            options = {"optimize": True} if kind == "PNG" else {"quality": 85}
            picture.save(written, kind, icc_profile=profile, exif=exif.tobytes(), **options)
    except Exception:  # whatever a decoder throws: a stranger may have made the picture
        return content
    return written.getvalue()
