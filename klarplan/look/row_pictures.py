"""Pictures of measures, fields of action and events, in the sizes that screens ask for.

The table ``pictures`` names files of one folder; of nothing else there is a size made. What is
made has no place, time or device in it, and is kept from one build to the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import etree

from klarplan.look.drawing import DrawingError, cleaned
from klarplan.look.kept import kept
from klarplan.look.photos import published, scaled, sides
from klarplan.strategy.model import Picture

PICTURE_FOLDER = "strategy/pictures"
"""Where the files are, in the repository."""
PLACE = "assets/bilder/eigene/"
"""Where their sizes are, below the site."""
PHOTOS, DRAWING = (".jpg", ".jpeg", ".png", ".webp"), ".svg"
KINDS = (*PHOTOS, DRAWING)
"""The endings of files that can be shown in several sizes, and of drawings, which fit any."""
WIDTHS = (400, 800, 1200, 1600)
"""So many pixels wide are the sizes of a photo; none is wider than the photo itself."""
USUAL = 800
"""The width for browsers and papers that do not choose."""
ROOM = (800, 600)
"""Wider or higher than this no picture is shown; papers take it at its word."""
DRAWN = (600, 400)
"""The sides of a drawing that does not tell its own."""

_NUMBER = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)(?:px)?\s*")


@dataclass(frozen=True, slots=True)
class Sizes:
    """One picture as it is published: the sides that it is shown with, and all its files."""

    width: int
    height: int
    place: str
    """The file of its usual size, below the site."""
    places: tuple[tuple[int, str], ...]
    """Every size by its width, the narrowest first; a drawing has one only."""


def picture_file(root: Path, name: str) -> Path | None:
    """The file that a row names; nothing where it is missing or lies anywhere else."""
    path = root / PICTURE_FOLDER / name
    plain = Path(name).name == name and "\\" not in name and not path.is_symlink()
    return path if plain and path.suffix.lower() in KINDS and path.is_file() else None


def picture_sizes(root: Path, pictures: Iterable[Picture]) -> dict[str, Sizes]:
    """The sizes of pictures by their id; those whose file can't be read are left out."""
    found = {}
    for picture in pictures:
        file = picture_file(root, picture.file)
        if file and (sizes := _sizes(file, f"{PLACE}{picture.id}")):
            found[picture.id] = sizes
    return found


def picture_contents(root: Path, pictures: Iterable[Picture], cache: Path) -> dict[str, bytes]:
    """The files of all sizes by their place below the site; made where ``cache`` lacks them."""
    pictures = tuple(pictures)
    found = picture_sizes(root, pictures)
    made: dict[str, bytes] = {}
    for picture in pictures:
        file = picture_file(root, picture.file)
        if file is None or picture.id not in found:
            continue
        content, ending = file.read_bytes(), file.suffix.lower()
        places = found[picture.id].places
        if ending == DRAWING:
            made[places[0][1]] = cleaned(content)
            continue
        widths = [width for width, _ in places]
        key = hashlib.sha256(content).hexdigest()[:16]
        names = [f"{key}-{width}{ending}" for width in widths]
        contents = kept(cache, names, partial(_made, content, widths))
        made |= {place: each for (_, place), each in zip(places, contents, strict=True)}
    return made


def _made(content: bytes, widths: Iterable[int]) -> list[bytes]:
    bare = published(content)
    return [scaled(bare, width) for width in widths]


def _sizes(file: Path, place: str) -> Sizes | None:
    """The sizes of a file at a place, which lacks width and ending; nothing if it can't be read."""
    content, ending = file.read_bytes(), file.suffix.lower()
    if ending == DRAWING:
        try:
            width, height = _drawn(cleaned(content))
        except DrawingError:
            return None
        place += ending
        return Sizes(*_shown(width, height), place, ((width, place),))
    found = sides(content)
    if found is None:
        return None
    wide, high = found
    widths = [width for width in WIDTHS if width < wide]
    if wide <= WIDTHS[-1]:
        widths.append(wide)
    places = tuple((width, f"{place}-{width}{ending}") for width in widths)
    _, usual = max((each for each in places if each[0] <= USUAL), default=places[0])
    return Sizes(*_shown(wide, high), usual, places)


def _shown(wide: int, high: int) -> tuple[int, int]:
    """The sides of a picture made so small that it fits into the room."""
    share = min(1.0, ROOM[0] / wide, ROOM[1] / high)
    return max(round(wide * share), 1), max(round(high * share), 1)


def _drawn(content: bytes) -> tuple[int, int]:
    """Width and height of a drawing: its own, else those of its view."""
    root = etree.fromstring(content)
    own = [_NUMBER.fullmatch(root.get(side) or "") for side in ("width", "height")]
    view = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())[2:]
    for found in (own, [_NUMBER.fullmatch(part) for part in view]):
        match [round(float(side[1])) for side in found if side]:
            case [width, height] if width and height:
                return width, height
    return DRAWN
