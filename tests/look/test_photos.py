"""Pictures are published without place and camera, heavy ones smaller, and upright all the same."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from klarplan.check.run import check
from klarplan.look import photos
from klarplan.look.photos import LONGEST_SIDE, MOST_BYTES, published
from klarplan.look.raster import is_whole
from klarplan.pages.files import beside_pages
from tests.support.klein import DAY, copied

MODEL, PLACE, ORIENTATION, ARTIST, COPYRIGHT = 0x0110, 0x8825, 0x0112, 0x013B, 0x8298


def exif(orientation: int = 6, author: str = "A. Beispiel") -> Image.Exif:
    """What a camera writes, with the place."""
    told = Image.Exif()
    told[ORIENTATION], told[MODEL] = orientation, "Kamera X"
    if author:
        told[ARTIST], told[COPYRIGHT] = author, "CC BY 4.0"
    told.get_ifd(PLACE)[1] = "N"
    told.get_ifd(PLACE)[2] = (51.0, 30.0, 0.0)
    return told


def written(
    picture: Image.Image, kind: str, told: Image.Exif | None = None, **more: object
) -> bytes:
    """A picture as a file."""
    buffer = io.BytesIO()
    options = {} if told is None else {"exif": told.tobytes()}
    picture.save(buffer, kind, **options, **more)
    return buffer.getvalue()


def noise(wide: int, high: int) -> Image.Image:
    """A picture that no program makes much smaller."""
    return Image.frombytes("RGB", (wide, high), random.Random(wide).randbytes(3 * wide * high))


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_taken_out(kind: str) -> None:
    """Place and camera go, orientation and author stay, and no pixel changes."""
    content = written(noise(60, 40), kind, exif())
    made = published(content)

    before, after = opened(content), opened(made)
    told = after.getexif()
    assert before.getexif().get_ifd(PLACE)
    assert (dict(told.get_ifd(PLACE)), told.get(MODEL)) == ({}, None)
    assert (told[ORIENTATION], told[ARTIST], told[COPYRIGHT]) == (6, "A. Beispiel", "CC BY 4.0")
    assert before.tobytes() == after.tobytes()
    assert is_whole(made)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_holds_nothing_of_the_kind_keeps_its_bytes(kind: str) -> None:
    """A picture without such data is published byte for byte."""
    content = written(noise(60, 40), kind)
    assert published(content) == content
    assert published(b"no picture") == b"no picture"


def test_nothing_is_left_where_nothing_has_to_stay() -> None:
    """An upright picture without author has no EXIF any more, and a profile of colours stays."""
    told = exif(1, author="")
    content = written(noise(60, 40), "JPEG", told, icc_profile=b"profil", progressive=True)
    made = opened(published(content))
    assert "exif" not in made.info
    assert made.info["icc_profile"] == b"profil"


def test_what_stands_behind_the_end_goes() -> None:
    """Films and second pictures that telephones hang on are not published."""
    content = written(noise(60, 40), "JPEG", progressive=True)
    assert published(content + b"ftypmp4" + b"\xff\xd8 geheim") == content


def test_descriptions_of_programs_go() -> None:
    """XMP in a PNG is taken out, other texts stay."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x>geheim</x>")
    info.add_text("Title", "Rathaus")
    made = published(written(noise(20, 20), "PNG", pnginfo=info))
    assert b"geheim" not in made
    assert opened(made).info["Title"] == "Rathaus"


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (3000, 2000)), ("PNG", (2600, 1400))])
def test_heavy_pictures_are_made_smaller(
    kind: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A heavy picture has fewer pixels, stands upright without being told, and keeps its author."""
    monkeypatch.setattr(photos, "MOST_BYTES", 1_000_000)
    content = written(noise(*size), kind, exif())
    assert len(content) > 1_000_000

    made = opened(published(content))
    assert max(made.size) == LONGEST_SIDE
    assert made.size[0] < made.size[1]  # turned by a quarter
    told = made.getexif()
    assert (told.get(ORIENTATION), told.get(MODEL), told[ARTIST]) == (None, None, "A. Beispiel")
    assert not told.get_ifd(PLACE)


def test_a_heavy_picture_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    """The check names the file in a notice; what is published is lighter, the file the same."""
    root = copied(tmp_path)
    content = written(noise(2900, 1000), "PNG")
    assert len(content) > MOST_BYTES
    (root / "docs/rathaus.png").write_bytes(content)

    (told,) = (f for f in check(root, DAY) if f.rule == "KP747")
    assert (told.file, told.severity) == ("docs/rathaus.png", "notice")
    (found,) = (f for f in beside_pages(root, "") if f.place == "rathaus.png")
    assert len(found.content()) < len(content)
    assert found.path.read_bytes() == content


def test_a_heavy_picture_that_moves_is_a_warning(tmp_path: Path) -> None:
    """A GIF is not made smaller, so that people are asked to."""
    root = copied(tmp_path)
    gif = written(Image.new("RGB", (20, 20)), "GIF")
    comment = b"\x21\xfe" + (b"\xff" + b"x" * 255) * 32_000 + b"\x00"
    (root / "docs/film.gif").write_bytes(gif[:-1] + comment + b"\x3b")
    (told,) = (f for f in check(root, DAY) if f.rule == "KP747")
    assert (told.file, told.severity) == ("docs/film.gif", "warning")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_any_beginning_of_a_picture_is_read_without_an_error(kind: str) -> None:
    """A file that ends anywhere is given back, be it heavy or not."""
    content = written(noise(30, 20), kind, exif())
    for length in range(len(content)):
        assert isinstance(published(content[:length]), bytes)
