"""What Excel makes of a workbook that it saves, written into the parts of the file itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
NAMES = {"m": MAIN}

Parts = dict[str, bytes]


def rewritten(path: Path, change: Callable[[Parts], None]) -> Path:
    """The file with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def with_shared_strings(parts: Parts) -> None:
    """Each text once, in a part of its own; every second one in runs of rich text, with a reading
    aid that is no text, and line ends as Windows writes them."""
    found: dict[str, int] = {}
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        root = etree.fromstring(parts[name])
        for cell in root.iterfind(".//m:c[@t='inlineStr']", NAMES):
            text = "".join(cell.itertext())
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "s")
            etree.SubElement(cell, _tag("v")).text = str(found.setdefault(text, len(found)))
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    table = etree.Element(_tag("sst"), nsmap={None: MAIN})
    for text, number in found.items():
        entry = etree.SubElement(table, _tag("si"))
        pieces = (text[: len(text) // 2], text[len(text) // 2 :]) if number % 2 else (text,)
        for piece in pieces:
            place = entry
            if len(pieces) > 1:
                place = etree.SubElement(entry, _tag("r"))
                etree.SubElement(etree.SubElement(place, _tag("rPr")), _tag("b"))
            written = etree.SubElement(place, _tag("t"))
            written.text = piece.replace("\n", "_x000D_\n")
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if len(pieces) > 1:
            aid = etree.SubElement(entry, _tag("rPh"), sb="0", eb="1")
            etree.SubElement(aid, _tag("t")).text = "LESEHILFE"
    parts["xl/sharedStrings.xml"] = etree.tostring(table, xml_declaration=True, encoding="UTF-8")
    _declare(
        parts,
        "/xl/sharedStrings.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    )
    _relate(parts, f"{KINDS}/sharedStrings", "sharedStrings.xml")


def with_macros(parts: Parts) -> None:
    """The same as XLSM, with a program in it."""
    parts["xl/vbaProject.bin"] = b"Sub Auto_Open()"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        SHEET.encode(), WITH_MACROS.encode()
    )
    _declare(parts, "/xl/vbaProject.bin", "application/vnd.ms-office.vbaProject")
    _relate(
        parts,
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
    )


def of_1904(parts: Parts) -> None:
    """Days counted from 1904, as in old workbooks of a Mac."""
    root = etree.fromstring(parts["xl/workbook.xml"])
    settings = root.find("m:workbookPr", NAMES)
    assert settings is not None
    settings.set("date1904", "1")
    parts["xl/workbook.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    styles = etree.fromstring(parts["xl/styles.xml"])
    codes = {n.get("numFmtId"): n.get("formatCode") for n in styles.iterfind(".//m:numFmt", NAMES)}
    formats = styles.findall("m:cellXfs/m:xf", NAMES)
    days = {
        str(number)
        for number, style in enumerate(formats)
        if "yy" in codes.get(style.get("numFmtId", ""), "")
    }
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        root = etree.fromstring(parts[name])
        for cell in root.iterfind(".//m:c", NAMES):
            value = cell.find("m:v", NAMES)
            if cell.get("s") in days and value is not None and cell.get("t", "n") == "n":
                value.text = str(int(float(value.text or "0")) - 1462)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def with_outside_links(parts: Parts) -> None:
    """A link to another workbook, as one that was copied from leaves behind."""
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{MAIN}" xmlns:r="{KINDS}"><externalBook r:id="rId1"/></externalLink>'
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{KINDS}/externalLinkPath" Target="file:///C:/geheim.xlsx"/></Relationships>'
    ).encode()
    _declare(
        parts,
        "/xl/externalLinks/externalLink1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
    )
    _relate(parts, f"{KINDS}/externalLink", "externalLinks/externalLink1.xml")


PARTS: Mapping[str, Callable[[Parts], None]] = {
    "shared strings and rich text": with_shared_strings,
    "macros": with_macros,
    "days from 1904": of_1904,
    "links to other workbooks": with_outside_links,
}


def _declare(parts: Parts, name: str, kind: str) -> None:
    root = etree.fromstring(parts["[Content_Types].xml"])
    if not any(one.get("PartName") == name for one in root):
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName=name, ContentType=kind)
    parts["[Content_Types].xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _relate(parts: Parts, kind: str, target: str) -> None:
    root = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    if not any(one.get("Type") == kind for one in root):
        relation = {"Id": f"rId9{len(root)}", "Type": kind, "Target": target}
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", relation)
    parts["xl/_rels/workbook.xml.rels"] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8"
    )
