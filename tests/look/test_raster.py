"""Pictures of very many pixels are refused by what their first bytes tell."""

from __future__ import annotations

import base64
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from klarplan.look.drawing import DrawingError, cleaned
from klarplan.look.logo import logo_content
from klarplan.look.raster import MOST_PIXELS, pixels
from klarplan.pages.file_kinds import KINDS, ContentError


def image(kind: str, **options: object) -> bytes:
    """A picture of 30 × 20 pixels as programs write it."""
    written = BytesIO()
    Image.new("RGB", (30, 20), "red").save(written, kind, **options)
    return written.getvalue()


KNOWN = {
    "png": image("PNG"),
    "gif": image("GIF"),
    "jpeg": image("JPEG"),
    "progressive jpeg": image("JPEG", progressive=True, comment=b"x" * 999),
    "webp": image("WEBP"),
    "lossless webp": image("WEBP", lossless=True),
    "webp with a profile": image("WEBP", icc_profile=b"x" * 9),
}


@pytest.mark.parametrize("content", KNOWN.values(), ids=KNOWN.keys())
def test_size(content: bytes) -> None:
    """The number of pixels is told from the beginning of a file of each kind."""
    assert pixels(content) == 600


@pytest.mark.parametrize("content", KNOWN.values(), ids=KNOWN.keys())
def test_cut_off(content: bytes) -> None:
    """A file that ends anywhere is read without an error."""
    assert all(pixels(content[:length]) <= 600 for length in range(min(len(content), 200)))


def huge(kind: str) -> bytes:
    """A picture whose size is written as 60,000 × 60,000 pixels, the most that GIF can tell."""
    if kind == "png":
        return KNOWN["png"][:16] + struct.pack(">II", 60_000, 60_000) + KNOWN["png"][24:]
    if kind == "gif":  # a small picture with a large frame
        at = KNOWN["gif"].index(b"\x2c", 13)
        sides = struct.pack("<HH", 60_000, 60_000)
        return KNOWN["gif"][: at + 5] + sides + KNOWN["gif"][at + 9 :]
    at = KNOWN["jpeg"].index(b"\xff\xc0")
    return KNOWN["jpeg"][: at + 5] + struct.pack(">HH", 60_000, 60_000) + KNOWN["jpeg"][at + 9 :]


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg"])
def test_too_many_pixels(tmp_path: Path, kind: str) -> None:
    """A small file of very many pixels is refused, whatever its kind."""
    path = tmp_path / f"x.{kind}"
    path.write_bytes(huge(kind))
    assert pixels(huge(kind)) > MOST_PIXELS
    with pytest.raises(ContentError):
        KINDS[f".{kind}"](path)


def test_logo_of_too_many_pixels(tmp_path: Path) -> None:
    """No program is given such a logo to draw, for pages are made while the check is at work."""
    path = tmp_path / "x.png"
    path.write_bytes(huge("png"))
    assert logo_content(path) is None


@pytest.mark.parametrize(("kind", "taken"), [("png", True), ("png", False), ("jpeg", False)])
def test_pictures_within_drawings(kind: str, taken: bool) -> None:
    """The same holds for pictures that a drawing holds."""
    content = base64.b64encode(KNOWN[kind] if taken else huge(kind)).decode()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<image href="data:image/{kind};base64,{content}"/></svg>'
    )
    if taken:
        assert b"<image" in cleaned(drawing.encode())
    else:
        with pytest.raises(DrawingError):
            cleaned(drawing.encode())
