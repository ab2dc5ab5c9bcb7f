"""Large print: a PDF whose pages are enlarged, with all that has a place on them."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from klarplan.papers.pdf.objects import write_whole

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
PLACES = ("/Rect", "/QuadPoints")
"""Where a note such as a link is on its page."""


def enlarge(file: Path, zoom: float) -> None:
    """Enlarge every page of a PDF in place: text, drawings, links, and where bookmarks lead."""
    factor = Decimal(str(zoom))
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            for name in BOXES:
                if name in page:
                    page[name] = _times(page[name], factor)
            page.contents_add(b"q %s 0 0 %s 0 0 cm\n" % ((str(zoom).encode(),) * 2), prepend=True)
            page.contents_add(b"\nQ")
            page.contents_coalesce()
            for note in page.get("/Annots", Array()):
                for name in PLACES:
                    if name in note:
                        note[name] = _times(note[name], factor)
        for held in list(pdf.objects):
            _move(held, factor)
        out = io.BytesIO()
        write_whole(pdf, out)
    file.write_bytes(out.getvalue())


def _move(held: Object, factor: Decimal) -> None:
    """Moves what an object says of places on pages: goals, and boxes of tagged pictures."""
    if isinstance(held, Array):
        if len(held) > 2 and held[1] == Name.XYZ:
            for at in (2, 3):
                if at < len(held) and held[at] is not None:
                    held[at] = Decimal(str(held[at])) * factor
        else:
            for item in held:
                _move_inner(item, factor)
    elif isinstance(held, Dictionary) and not isinstance(held, Stream):
        if "/BBox" in held and held.get("/O") == Name.Layout:
            held.BBox = _times(held.BBox, factor)
        for _, item in held.items():
            _move_inner(item, factor)


def _move_inner(item: object, factor: Decimal) -> None:
    """The same for what stands inside an object, not for what it refers to."""
    if isinstance(item, Array | Dictionary) and not item.is_indirect:
        _move(item, factor)


def _times(numbers: Object, factor: Decimal) -> Array:
    return Array([Decimal(str(number)) * factor for number in numbers])
