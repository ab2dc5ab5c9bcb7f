"""Pictures of measures, fields and events: their sizes, and what is never published."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from klarplan.look.row_pictures import (
    PICTURE_FOLDER,
    PLACE,
    Sizes,
    picture_contents,
    picture_sizes,
)
from klarplan.strategy.model import Picture

ORIENTATION, MODEL, ARTIST = 0x0112, 0x0110, 0x013B
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" {}><rect width="9" height="9"/></svg>'


def put(root: Path, name: str, content: bytes) -> Picture:
    """A picture in its folder, and its row."""
    folder = root / PICTURE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return Picture(id="B-1", file=name)


def photo(wide: int, high: int, kind: str = "JPEG", turned: int = 1) -> bytes:
    """A photo with camera and maker; ``turned`` is its orientation."""
    told = Image.Exif()
    told[ORIENTATION], told[MODEL], told[ARTIST] = turned, "Kamera", "A. Beispiel"
    written = io.BytesIO()
    Image.linear_gradient("L").resize((wide, high)).convert("RGB").save(written, kind, exif=told)
    return written.getvalue()


def sizes(root: Path, picture: Picture) -> Sizes:
    """The sizes of the only picture."""
    return picture_sizes(root, [picture])[picture.id]


@pytest.mark.parametrize(
    ("wide", "high", "widths", "shown"),
    [
        (2400, 1200, [400, 800, 1200, 1600], (800, 400)),
        (1600, 900, [400, 800, 1200, 1600], (800, 450)),
        (1000, 2000, [400, 800, 1000], (300, 600)),
        (300, 200, [300], (300, 200)),
        (1, 1, [1], (1, 1)),
        (4000, 2, [400, 800, 1200, 1600], (800, 1)),
    ],
)
def test_a_photo_comes_in_sizes_that_screens_need(
    tmp_path: Path, wide: int, high: int, widths: Sequence[int], shown: tuple[int, int]
) -> None:
    """No size is wider than the photo or than a screen needs, and the shown sides fit a page."""
    picture = put(tmp_path, "Foto.JPG", photo(wide, high))
    found = sizes(tmp_path, picture)
    assert [width for width, _ in found.places] == widths
    assert (found.width, found.height) == shown
    made = picture_contents(tmp_path, [picture], tmp_path / "cache")
    assert [Image.open(io.BytesIO(made[place])).width for _, place in found.places] == widths


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_sizes_stand_upright_and_tell_no_camera(tmp_path: Path, kind: str, ending: str) -> None:
    """A photo taken sideways is turned, its camera left out and its maker kept, in every size."""
    picture = put(tmp_path, f"f.{ending}", photo(1600, 1200, kind, turned=6))
    found = sizes(tmp_path, picture)
    assert found.width < found.height
    for content in picture_contents(tmp_path, [picture], tmp_path / "cache").values():
        opened = Image.open(io.BytesIO(content))
        told = opened.getexif()
        assert opened.width < opened.height
        assert (told.get(MODEL), told.get(ORIENTATION, 1)) == (None, 1)
        assert told.get(ARTIST) == "A. Beispiel"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="200px" viewBox="0 0 9 9"', (300, 200)),
        ('viewBox="0 0 1600 800"', (800, 400)),
        ('width="100%" height="100%" viewBox="0,0,40,20"', (40, 20)),
        ('viewBox="0 0 0 0"', (600, 400)),
        ("", (600, 400)),
    ],
)
def test_a_drawing_is_written_anew_in_one_size(
    tmp_path: Path, told: str, shown: tuple[int, int]
) -> None:
    """An SVG has one file, cleaned, and the sides that it tells, else usual ones."""
    content = DRAWING.format(told).replace("<rect", "<metadata>geheim</metadata><rect")
    picture = put(tmp_path, "d.svg", content.encode())
    found = sizes(tmp_path, picture)
    assert (found.width, found.height) == shown
    assert [place for _, place in found.places] == [f"{PLACE}B-1.svg"]
    (made,) = picture_contents(tmp_path, [picture], tmp_path / "cache").values()
    assert b"geheim" not in made


@pytest.mark.parametrize(
    "name",
    ["../geheim.jpg", "unter/f.jpg", "/etc/f.jpg", "..\\geheim.jpg", "", ".", "f.gif", "f.pdf"],
)
def test_nothing_outside_its_folder_is_read(tmp_path: Path, name: str) -> None:
    """Names with folders and files of other kinds lead to no size and no file."""
    put(tmp_path, "f.jpg", photo(9, 9))
    for other in ("strategy/geheim.jpg", f"{PICTURE_FOLDER}/f.gif", f"{PICTURE_FOLDER}/f.pdf"):
        (tmp_path / other).write_bytes(photo(9, 9))
    picture = Picture(id="B-1", file=name)
    assert picture_sizes(tmp_path, [picture]) == {}
    assert picture_contents(tmp_path, [picture], tmp_path / "cache") == {}


def test_a_link_to_another_file_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link in the folder is no picture."""
    picture = put(tmp_path, "f.jpg", photo(9, 9))
    file = tmp_path / PICTURE_FOLDER / "f.jpg"
    file.rename(tmp_path / "geheim.jpg")
    file.symlink_to(tmp_path / "geheim.jpg")
    assert picture_sizes(tmp_path, [picture]) == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.svg", DRAWING.format("onload='x()'").encode()),
        ("f.svg", b"<svg"),
        ("f.jpg", b"\xff\xd8 kein Bild"),
        ("f.png", b""),
    ],
)
def test_what_cannot_be_shown_is_left_out(tmp_path: Path, name: str, content: bytes) -> None:
    """Hostile and damaged files have no size; the check tells of them."""
    picture = put(tmp_path, name, content)
    assert picture_sizes(tmp_path, [picture]) == {}
    assert picture_contents(tmp_path, [picture], tmp_path / "cache") == {}


def test_sizes_are_made_once(tmp_path: Path) -> None:
    """A second build takes the sizes from the first one, and a changed photo is made anew."""
    picture = put(tmp_path, "f.jpg", photo(900, 600))
    cache = tmp_path / "cache"
    before = picture_contents(tmp_path, [picture], cache)
    times = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert picture_contents(tmp_path, [picture], cache) == before
    assert times == {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    put(tmp_path, "f.jpg", photo(900, 700))
    assert picture_contents(tmp_path, [picture], cache) != before
