"""A Word document as its parts: XML files in a ZIP file, the same bytes for the same content.

Part names and elements are those of ECMA-376 (Office Open XML).
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from klarplan.zip_files import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
DECLARED = f'xmlns:w="{W}" xmlns:r="{R}"'

TYPES = "[Content_Types].xml"
STYLES = "word/styles.xml"
BODY_PART = "word/document.xml"
LISTS_PART = "word/numbering.xml"


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def parse(part: bytes) -> etree._Element:
    """A part as a tree; nothing from outside is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(part, parser)


def fragment(xml: str) -> list[etree._Element]:
    """Elements of WordprocessingML from their text, in which ``w:`` and ``r:`` are known."""
    return list(parse(f"<all {DECLARED}>{xml}</all>".encode()))


def written(tree: etree._Element) -> bytes:
    """A tree as a part."""
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def unpacked(document: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The document of its parts, in one order and without the time of day."""
    names = sorted(parts, key=lambda name: (name != TYPES, name))
    return zipped({name: parts[name] for name in names})


def moment(day: dt.date) -> str:
    """The beginning of a day as the properties of a document write it (W3CDTF)."""
    return f"{day.isoformat()}T00:00:00Z"
