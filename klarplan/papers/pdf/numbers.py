"""The numbers of pages that links lead to: forms painted in their links, filled when all is set.

The room at the end of a link gets a form as its content (ISO 32000-1, 8.10 and 14.7.4), so that the
number is text of the link. What the form shows is written when all volumes are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from klarplan.papers.inner_links import NUMBER
from klarplan.papers.pdf.link_lines import Link, parent
from klarplan.papers.pdf.objects import Amended

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


def tag_numbers(amended: Amended, links: Sequence[Link]) -> None:
    """Makes every link that ends in room for a number show a form there, as its last words."""
    numbered: dict[int, list[Link]] = {}
    for link in links:
        if link.target.startswith(NUMBER):
            numbered.setdefault(link.page, []).append(link)
    if not numbered:
        return
    pdf = amended.pdf
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums
    for at, shown in numbered.items():
        page = pdf.pages[at]
        marks = parent(listed, int(page.obj.StructParents))
        forms: dict[str, int] = {}
        content = b""
        for link in shown:
            mark, name = len(marks), f"{FORM}{len(forms)}"
            left, bottom, right, top = link.last
            told = Dictionary(Type=Name.MCR, Pg=page.obj, MCID=mark)
            link.element.K = Array([*link.element.K, told])
            amended.change(link.element)
            marks.append(link.element)
            size = (top - bottom) / CAPITALS
            room = Dictionary(
                Label=String(link.target.removeprefix(NUMBER)), Width=right - left, Size=size
            )
            forms[name] = amended.add(room.unparse())
            content += b"/Span << /MCID %d >> BDC q 1 0 0 1 %.3f %.3f cm %b Do Q EMC\n" % (
                mark,
                left,
                bottom - DESCENT * size,
                name.encode(),
            )
        amended.change(marks)
        amended.paint(at, forms, content)


def numbers_on(page: pikepdf.Page) -> Iterator[tuple[Object, Room]]:
    """The forms of a page that show numbers, each with its room."""
    for name, form in page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).items():
        if name.startswith(FORM) and form.get("/Type") != Name.XObject:
            yield form, Room(str(form.Label), float(form.Width), float(form.Size))
