"""What pandoc leaves to do in a document: tables, pictures, settings and properties."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from klarplan.papers.docx.parts import (
    PIC,
    WP,
    fragment,
    moment,
    packed,
    parse,
    unpacked,
    w,
    written,
)
from klarplan.papers.docx.reference import TEXT_WIDTH
from klarplan.words.catalogue import Words

CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</cp:coreProperties>
"""
APP = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>Klarplan</Application></Properties>
"""
EARLY = ("zoom", "embedSystemFonts", "proofState", "stylePaneFormatFilter", "doNotTrackMoves")
"""Settings that the schema puts before hyphenation, as far as pandoc writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the document says of itself."""

    title: str
    author: str
    subject: str
    description: str
    keywords: tuple[str, ...]
    day: dt.date
    """When it was made, as far as readers are told."""
    words: Words
    """What it speaks in."""


def finish(document: bytes, properties: Properties) -> bytes:
    """The document with heads of tables repeated, rows unbroken, words hyphenated, dated."""
    parts = unpacked(document)
    parts["word/document.xml"] = _body(parts["word/document.xml"], properties.words)
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"], properties.words.tag)
    parts["docProps/core.xml"] = _core(properties)
    parts["docProps/app.xml"] = APP
    return packed(parts)


def _body(part: bytes, words: Words) -> bytes:
    tree = parse(part)
    width = _text_width(tree)
    for table in tree.iter(w("tbl")):
        _table(table, width)
    for number, holder in enumerate(tree.iter(f"{{{WP}}}inline"), start=1):
        _picture(holder, number, words)
    return written(tree)


def _text_width(tree: etree._Element) -> int:
    """The room between the margins, as the town's own template may have them."""
    pages = [*tree.iter(w("sectPr"))][-1:]
    size, margins = (pages[0].find(w(name)) if pages else None for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return TEXT_WIDTH
    try:
        sides = (int(margins.get(w(side), "0")) for side in ("left", "right", "gutter"))
        width = int(size.get(w("w"), "0")) - sum(sides)
    except ValueError:
        return TEXT_WIDTH
    return width if width > 0 else TEXT_WIDTH


def _picture(holder: etree._Element, number: int, words: Words) -> None:
    """Gives a picture its number, no room around it, and its text in place of its source."""
    for side in "TBLR":
        holder.set(f"dist{side}", "0")
    shown = holder.find(f"{{{WP}}}docPr")
    alternative = shown.get("descr", "") if shown is not None else ""
    for node in (shown, holder.find(f".//{{{PIC}}}cNvPr")):
        if node is not None:
            node.attrib.pop("title", "")
            node.set("id", str(number))
            node.set("name", words("print.picture", number=str(number)))
            node.set("descr", alternative)


def _table(table: etree._Element, room: int) -> None:
    """Repeats the head on every page, keeps rows whole, says what is a head."""
    for row in table.findall(w("tr")):
        given = row.find(w("trPr"))
        if given is None:
            given = fragment("<w:trPr/>")[0]
            row.insert(0, given)
        if given.find(w("cantSplit")) is None:
            head = given.find(w("tblHeader"))
            made = fragment("<w:cantSplit/>")
            if head is None:
                given.extend(made)
            else:
                head.addprevious(made[0])
    _stretch(table, room)
    look = table.find(f"{w('tblPr')}/{w('tblLook')}")
    if look is not None:
        look.attrib.clear()
        shown: dict[str, tuple[int, bool]] = {
            "firstRow": (0x20, table.find(f".//{w('tblHeader')}") is not None),
            "lastRow": (0x40, False),
            "firstColumn": (0x80, _heads_rows(table)),
            "lastColumn": (0x100, False),
            "noHBand": (0x200, True),
            "noVBand": (0x400, True),
        }
        bits = sum(bit * wanted for bit, wanted in shown.values())
        look.set(w("val"), f"{bits:04X}")
        for name, (_, wanted) in shown.items():
            look.set(w(name), str(int(wanted)))


def _stretch(table: etree._Element, room: int) -> None:
    """Lets the columns share the whole width between the margins."""
    columns = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    widths = [int(column.get(w("w"), "0")) for column in columns]
    total = sum(widths)
    whole = table.find(f"{w('tblPr')}/{w('tblW')}")
    if not total or whole is None:
        return
    for column, width in zip(columns, widths, strict=True):
        column.set(w("w"), str(width * room // total))
    whole.set(w("type"), "dxa")
    whole.set(w("w"), str(room))


def _heads_rows(table: etree._Element) -> bool:
    """Whether the first column holds the heads of the rows, which are bold throughout."""
    rows = [row for row in table.findall(w("tr")) if row.find(f".//{w('tblHeader')}") is None]
    firsts = [cell for row in rows for cell in row.findall(w("tc"))[:1]]
    runs = [run for cell in firsts for run in cell.iter(w("r"))]
    return bool(runs) and all(run.find(f"{w('rPr')}/{w('b')}") is not None for run in runs)


def _settings(part: bytes, tag: str) -> bytes:
    tree = parse(part)
    for name in ("autoHyphenation", "themeFontLang"):
        for old in tree.findall(w(name)):
            tree.remove(old)
    place = max(
        (number for number, node in enumerate(tree, 1) if node.tag in map(w, EARLY)), default=0
    )
    tree[place:place] = fragment("<w:autoHyphenation/>")
    before = tree.find(w("clrSchemeMapping"))
    language = fragment(f'<w:themeFontLang w:val="{tag}"/>')
    if before is not None:
        before.addprevious(language[0])
    else:
        tree.extend(language)
    return written(tree)


def _core(properties: Properties) -> bytes:
    texts = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:keywords": ", ".join(properties.keywords),
        "dc:description": properties.description,
        "dc:language": properties.words.tag,
    }
    inside = "".join(
        f"<{name}>{escape(' '.join(text.split()))}</{name}>" for name, text in texts.items() if text
    )
    day = moment(properties.day)
    for name in ("created", "modified"):
        inside += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>'
    return CORE.format(inside).encode()
