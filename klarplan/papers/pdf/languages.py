"""The language of words inside a line, told by an element of the structure.

The typesetter tells it of marked content alone (ISO 32000-1, 14.9.2.2), which some programs that
read out pass over; the element around the words gets it as well.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

SPOKEN = "#spoken("
"""Begins words in another language, in an element of their own."""


def lift_languages(pdf: pikepdf.Pdf) -> list[Object]:
    """Give every element of words in one other language that language (ISO 32000-1, 14.9.2).

    Returns those elements.
    """
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums
    holders = {int(listed[at]): listed[at + 1] for at in range(0, len(listed), 2)}
    found: dict[tuple[int, int], set[str]] = {}
    elements = {}
    for page in pdf.pages:
        if "/StructParents" not in page:
            continue
        marks = holders[int(page.obj.StructParents)]
        for instruction in pikepdf.parse_content_stream(page, "BDC"):
            given = instruction.operands[1]
            if not isinstance(given, Dictionary) or "/MCID" not in given:
                continue
            element = marks[int(given["/MCID"])]
            if element.get("/S") == Name.Span:
                elements[element.objgen] = element
                found.setdefault(element.objgen, set()).add(str(given.get("/Lang", "")))
    lifted = []
    for place, languages in found.items():
        (language, *others), element = sorted(languages), elements[place]
        kids = element.K if isinstance(element.K, Array) else [element.K]
        nested = any(isinstance(kid, Dictionary) and "/S" in kid for kid in kids)
        if language and not others and not nested:
            element.Lang = String(language)
            lifted.append(element)
    return lifted
