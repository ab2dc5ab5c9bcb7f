"""The numbers of pages that links lead to: forms painted in their links, filled when all is set.

A link that is empty room gets a form as its content (ISO 32000-1, 8.10 and 14.7.4), so that the
number is text of the paper. What the form shows is written when all volumes are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from klarplan.papers.links import NUMBER

FORM = "/Number"
"""How the names of the forms begin."""
CAPITALS, DESCENT = 0.66, 0.3
"""The height of a room, and what letters reach below it, in sizes of type."""


@dataclass(frozen=True, slots=True)
class Room:
    """Room for the number of a page: the place it belongs to, its width and its size of type."""

    label: str
    width: float
    size: float


def tag_numbers(pdf: pikepdf.Pdf) -> None:
    """Makes every empty link for a number show a form, as content of its own."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums
    places = {int(listed[at]): at + 1 for at in range(0, len(listed), 2)}
    for page in pdf.pages:
        notes = [note for note in page.get("/Annots", ()) if _label(note)]
        if not notes:
            continue
        at = places[int(page.obj.StructParents)]
        marked = listed[at]
        forms = Dictionary()
        content = b""
        for note in notes:
            mark, name = len(marked), f"{FORM}{len(forms)}"
            left, bottom, right, top = (float(value) for value in note.Rect)
            link = listed[places[int(note.StructParent)]]
            held = link.get("/K", Array())
            link.K = Array([mark, *(held if isinstance(held, Array) else [held])])
            link.Pg = page.obj
            marked.append(link)
            size = (top - bottom) / CAPITALS
            room = Dictionary(Label=String(_label(note)), Width=right - left, Size=size)
            forms[name] = pdf.make_indirect(room)
            content += b"/Span << /MCID %d >> BDC q 1 0 0 1 %.3f %.3f cm %b Do Q EMC\n" % (
                mark,
                left,
                bottom - DESCENT * size,
                name.encode(),
            )
        held = page.get("/Resources", Dictionary())
        shown = {**dict(held.get("/XObject", Dictionary()).items()), **dict(forms.items())}
        page.Resources = Dictionary({**dict(held.items()), "/XObject": Dictionary(shown)})
        before, after = pdf.make_stream(b"q\n"), pdf.make_stream(b"\nQ\n" + content)
        own = page.Contents
        page.Contents = Array([before, *(own if isinstance(own, Array) else [own]), after])


def _label(note: Object) -> str:
    address = str(note.A.get("/URI", "")) if "/A" in note else ""
    return address.removeprefix(NUMBER) if address.startswith(NUMBER) else ""


def numbers_on(page: pikepdf.Page) -> Iterator[tuple[Object, Room]]:
    """The forms of a page that show numbers, each with its room."""
    for name, form in page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).items():
        if name.startswith(FORM) and form.get("/Type") != Name.XObject:
            yield form, Room(str(form.Label), float(form.Width), float(form.Size))
