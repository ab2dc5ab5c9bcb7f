"""Drawings of a document as SVG, with the PNG that stands in for it where SVG is not known.

The element is ``svgBlip`` of Microsoft's extension of DrawingML ([MS-ODRAWXML], 2.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from klarplan.papers.docx.parts import TYPES, A, R, parse, written

SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
FONTS = "Calibri, Carlito, 'Liberation Sans', Arial, sans-serif"
"""Typefaces of offices; all are narrower than the one that the drawing was laid out for."""
ACROSS = ("x", "x1", "x2", "cx", "dx", "width")


def for_office(drawing: bytes) -> bytes:
    """A drawing in the typefaces of offices, and without lengths in per cent."""
    root = parse(drawing)
    view = [float(part) for part in (root.get("viewBox") or "").replace(",", " ").split()]
    root.set("font-family", FONTS)
    for node in root.iter(etree.Element):
        for name in ACROSS if len(view) == 4 and node is not root else ():
            found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)%\s*", node.get(name) or "")
            if found:
                node.set(name, f"{float(found[1]) * view[2] / 100:g}")
    return written(root)


def put_drawings(
    parts: dict[str, bytes], body: str, body_tree: etree._Element, drawings: Mapping[bytes, bytes]
) -> None:
    """Put the drawing beside each PNG that stands in for it; ``body`` is the part that shows it."""
    folder, _, name = body.rpartition("/")
    place = f"{folder}/_rels/{name}.rels"
    relations = parse(parts[place])
    space = relations.nsmap[None]
    targets = {r.get("Id", ""): f"{folder}/{r.get('Target', '')}" for r in relations}
    known: dict[str, str] = {}
    for blip in body_tree.iter(f"{{{A}}}blip"):
        shown = targets.get(blip.get(f"{{{R}}}embed", ""), "")
        drawing = drawings.get(parts.get(shown, b""))
        if drawing is None:
            continue
        if shown not in known:
            file = f"{shown.rpartition('.')[0]}.svg"
            parts[file] = drawing
            known[shown] = f"rIdDrawing{len(known) + 1}"
            made = etree.SubElement(relations, f"{{{space}}}Relationship")
            made.set("Id", known[shown])
            made.set("Type", RELATION)
            made.set("Target", file.removeprefix(f"{folder}/"))
        _extend(blip, known[shown])
    if known:
        parts[place] = written(relations)
        parts[TYPES] = _typed(parts[TYPES])


def _extend(blip: etree._Element, relation: str) -> None:
    for old in blip.findall(f"{{{A}}}extLst"):
        blip.remove(old)
    listed = etree.SubElement(blip, f"{{{A}}}extLst")
    extension = etree.SubElement(listed, f"{{{A}}}ext", uri=EXTENSION)
    shown = etree.SubElement(extension, f"{{{SVG}}}svgBlip", nsmap={"asvg": SVG})
    shown.set(f"{{{R}}}embed", relation)


def _typed(part: bytes) -> bytes:
    types = parse(part)
    space = types.nsmap[None]
    if not any(each.get("Extension") == "svg" for each in types):
        made = etree.Element(f"{{{space}}}Default", Extension="svg", ContentType="image/svg+xml")
        types.insert(0, made)
    return written(types)
