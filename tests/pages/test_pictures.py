"""Broken pictures are told for the website, with the path that the editor knows."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from tests.support.klein import copied, errors


def image(kind: str) -> bytes:
    """A picture of some hundred bytes."""
    written = io.BytesIO()
    Image.frombytes("RGB", (40, 30), random.Random(1).randbytes(3600)).save(written, kind)
    return written.getvalue()


BROKEN = {
    "png cut off": ("foto.png", image("PNG")[:-200], "beschädigt"),
    "png changed": ("foto.png", image("PNG").replace(b"IDAT", b"IDAT\x00"), "beschädigt"),
    "jpeg cut off": ("foto.jpg", image("JPEG")[:-200], "beschädigt"),
    "webp cut off": ("foto.webp", image("WEBP")[:-20], "beschädigt"),
    "gif cut off": ("foto.gif", image("GIF")[:-20] + b"\x01", "beschädigt"),
    "heic called jpg": ("foto.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "vom Typ HEIC"),
    "png called jpg": ("foto.jpg", image("PNG"), "vom Typ PNG"),
    "jpeg called png": ("foto.PNG", image("JPEG"), "vom Typ JPG"),
    "pdf called jpg": ("foto.jpg", b"%PDF-1.7\n", "vom Typ PDF"),
    "empty": ("foto.png", b"", "leer"),
    "pointer": ("foto.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
    "page": ("foto.png", b"<html></html>", "passt nicht zu ihrer Endung"),
}  # fmt: skip


@pytest.mark.parametrize("folder", ["docs", "strategy/fields"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_is_told_with_its_path(name: str, folder: str, tmp_path: Path) -> None:
    """A picture that browsers would not show is an error that names file, cause and cure."""
    file, content, word = BROKEN[name]
    root = copied(tmp_path)
    (root / folder).mkdir(exist_ok=True)
    (root / folder / file).write_bytes(content)
    (found,) = errors(root)
    assert (found.rule, found.file) == ("KP742", f"{folder}/{file}")
    assert word in found.problem.de
    assert found.cure.de
