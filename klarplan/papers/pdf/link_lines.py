"""Links as one thing each: an element of the structure, with one annotation for each of its lines.

The typesetter makes an annotation of every run of letters where it is not asked for PDF/UA. A
program that reads out would tell a link of three words as three (ISO 32000-1, 12.5.6.5 and
14.8.4.4.2). Lines stay apart: many viewers know a link by the rectangle around it alone.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object

from klarplan.papers.pdf.objects import Amended

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
SHARED = 0.5
"""So much of its height a run shares with the others of its line."""


@dataclass(slots=True)
class Link:
    """A link: its element, where it leads, and the page and place of its last run."""

    element: Object
    target: str
    page: int
    last: Rect


def join_lines(amended: Amended) -> list[Link]:
    """Leaves one annotation of each line of a link; returns the links in the order they stand."""
    pdf = amended.pdf
    if "/StructTreeRoot" not in pdf.Root:
        return []
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums
    links: dict[tuple[int, int], Link] = {}
    spare: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for number, page in enumerate(pdf.pages):
        lines: dict[tuple[int, int], tuple[Object, Rect]] = {}
        kept = []
        notes = page.get("/Annots", ())
        for note in notes:
            if note.Subtype != Name.Link:
                kept.append(note)
                continue
            element = parent(listed, int(note.StructParent))
            rect = _rect(note)
            target = str(note.A.get("/URI", "")) if "/A" in note else ""
            links[element.objgen] = Link(element, target, number, rect)
            line = lines.get(element.objgen)
            if line is not None and _side_by_side(line[1], rect):
                first, around = line[0], _around(line[1], rect)
                first.Rect = Array(around)
                amended.change(first)
                lines[element.objgen] = (first, around)
                spare.setdefault(element.objgen, set()).add(note.objgen)
            else:
                lines[element.objgen] = (note, rect)
                kept.append(note)
        if len(kept) < len(notes):
            page.Annots = Array(kept)
            amended.change(page.obj)
    for key, dropped in spare.items():
        element = links[key].element
        element.K = Array(kid for kid in element.K if not _is_of(kid, dropped))
        amended.change(element)
    return list(links.values())


def parent(listed: Object, key: int) -> Object:
    """What the tree of parents tells for a key; its keys stand in order (ISO 32000-1, 7.9.7)."""
    at = bisect_left(range(0, len(listed), 2), key, key=lambda place: int(listed[place]))
    return listed[2 * at + 1]


def _rect(note: Object) -> Rect:
    left, bottom, right, top = (float(value) for value in note.Rect)
    return left, bottom, right, top


def _side_by_side(line: Rect, run: Rect) -> bool:
    shared = min(line[3], run[3]) - max(line[1], run[1])
    return run[2] >= line[2] and shared >= SHARED * min(line[3] - line[1], run[3] - run[1])


def _around(line: Rect, run: Rect) -> Rect:
    return line[0], min(line[1], run[1]), max(line[2], run[2]), max(line[3], run[3])


def _is_of(kid: object, dropped: set[tuple[int, int]]) -> bool:
    """Whether a kid of an element refers to an annotation that is dropped."""
    return (
        isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR and kid.Obj.objgen in dropped
    )
