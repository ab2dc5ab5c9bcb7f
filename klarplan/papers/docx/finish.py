"""What pandoc leaves to do in a document: tables, pictures, settings and properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from lxml import etree

from klarplan.papers.docx.drawings import put_drawings
from klarplan.papers.docx.fields import put_fields
from klarplan.papers.docx.lists import CONTINUE, Lists
from klarplan.papers.docx.parts import (
    BODY_PART,
    LISTS_PART,
    PIC,
    STYLES,
    WP,
    A,
    fragment,
    moment,
    packed,
    parse,
    unpacked,
    w,
    written,
)
from klarplan.papers.docx.reference import TEXT_HEIGHT, TEXT_WIDTH
from klarplan.papers.docx.styles import Styles
from klarplan.papers.job import PaperJob
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
EMU = 635
"""So many of the units of drawings are a twentieth of a point."""
PICTURE_CAPTION = "image caption"
CAPTION_ROOM = 1700
"""The room that a picture leaves on its page for its caption, in twentieths of a point: 30 mm."""
BELOW_TABLE = 200
"""The room below a table, in twentieths of a point."""
WITHIN_ENTRY = 40
"""The room between the first paragraph of an entry of a list and what it goes on with."""
BEHIND_SPACING = ("ind", "contextualSpacing", "mirrorIndents", "jc", "outlineLvl", "rPr", "sectPr")
"""What the schema puts behind it among the properties of a paragraph, as far as pandoc writes."""
NARROWEST = 2000
"""A page of a template with less room than that, in twentieths of a point, can't be meant."""
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


def properties_of(job: PaperJob, title: str) -> Properties:
    """What a paper says of itself, under a title."""
    return Properties(
        title=title,
        author=job.publisher,
        subject=job.subtitle,
        description=job.description,
        keywords=job.keywords,
        day=job.as_of,
        words=job.words,
    )


def finish(
    document: bytes,
    properties: Properties,
    drawings: Mapping[bytes, bytes],
) -> bytes:
    """The document with styles of lists, heads of tables repeated, rows unbroken, dated.

    ``drawings`` holds the SVG of each PNG that stands in for one.
    """
    parts = unpacked(document)
    tree = parse(parts[BODY_PART])
    styles = Styles(parts[STYLES])
    lists = Lists(parts[LISTS_PART], styles)
    lists.put(tree)
    _body(tree, styles, properties.words)
    put_fields(tree, properties.words)
    put_drawings(parts, BODY_PART, tree, drawings)
    parts[BODY_PART] = written(tree)
    parts[STYLES], parts[LISTS_PART] = styles.written(), lists.written()
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"], properties.words)
    parts["docProps/core.xml"] = core_properties(properties)
    parts["docProps/app.xml"] = APP
    return packed(parts)


def _body(tree: etree._Element, styles: Styles, words: Words) -> None:
    width = text_width(tree)
    for table in tree.iter(w("tbl")):
        _table(table, width)
    for number, holder in enumerate(tree.iter(f"{{{WP}}}inline"), start=1):
        _picture(holder, number, words)
        _fit(holder, width, text_height(tree) - CAPTION_ROOM)
    _keep_together(tree, styles)
    _part_from_tables(tree, styles)


def text_width(tree: etree._Element) -> int:
    """The room between the margins, in twentieths of a point.

    It is that of the last section of a template, which is the one that its text leaves behind.
    """
    return _room(tree, "w", ("left", "right", "gutter"), TEXT_WIDTH)


def text_height(tree: etree._Element) -> int:
    """The room between head and foot, in twentieths of a point, as ``text_width``."""
    return _room(tree, "h", ("top", "bottom"), TEXT_HEIGHT)


def _room(tree: etree._Element, side: str, margins_of: Sequence[str], usual: int) -> int:
    section = tree[0].find(w("sectPr"))
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return usual
    outer = [int(float(margins.get(w(each), "0"))) for each in margins_of]
    if side == "h":  # below nought it is a margin that head and foot do not move
        outer = list(map(abs, outer))
    room = int(size.get(w(side), "0")) - sum(outer)
    return room if room > NARROWEST else usual


def _keep_together(tree: etree._Element, styles: Styles) -> None:
    """Lets headings, captions and words that announce a list or a table stay with what follows."""
    heads = {styles.id_of(f"heading {level}") for level in range(1, 7)}
    for paragraph in tree.iter(w("p")):
        identifier = _style(paragraph)
        follows = _behind(paragraph)
        goes_on = (
            follows is not None and _is_listed(paragraph, styles) and _goes_on(follows, styles)
        )
        announces = follows is not None and (
            follows.tag == w("tbl")
            or (
                paragraph.find(f".//{w('drawing')}") is not None
                and _style_of(follows, styles) == PICTURE_CAPTION
            )
            or (_ends_open(paragraph) and _is_listed(follows, styles))
            or goes_on
        )
        if goes_on:
            _space(paragraph, "after", WITHIN_ENTRY)
        if announces or identifier in heads:
            _keep(paragraph, styles, identifier)
        if styles.name(identifier) == PICTURE_CAPTION:
            _properties(paragraph).insert(1, fragment("<w:keepLines/>")[0])
    for head in tree.iter(w("tblHeader")):
        row = next(head.iterancestors(w("tr")))
        for paragraph in row.iter(w("p")):
            _keep(paragraph, styles, "")


def _behind(node: etree._Element) -> etree._Element | None:
    """What follows behind a paragraph or a table, but for marks of places."""
    follows = node.getnext()
    while follows is not None and follows.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        follows = follows.getnext()
    return follows


def _goes_on(paragraph: etree._Element, styles: Styles) -> bool:
    """Whether a paragraph is a further one of an entry of a list."""
    return _style_of(paragraph, styles).startswith(CONTINUE.lower())


def _style(paragraph: etree._Element) -> str:
    """The id of a paragraph's style; nothing where it has none."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val"), ""))


def _style_of(paragraph: etree._Element, styles: Styles) -> str:
    """The name of a paragraph's style."""
    return styles.name(_style(paragraph))


def _part_from_tables(tree: etree._Element, styles: Styles) -> None:
    """Leaves room between a table and text or a picture below it."""
    for table in tree.iter(w("tbl")):
        below = _behind(table)
        if below is None or below.tag != w("p"):
            continue
        name = _style_of(below, styles)
        if name.startswith("heading") or name == "table caption":
            continue
        _space(below, "before", BELOW_TABLE)


def _space(paragraph: etree._Element, side: str, room: int) -> None:
    """Leaves so much room before or after a paragraph, whatever its style says."""
    properties = _properties(paragraph)
    made = properties.find(w("spacing"))
    if made is None:
        made = fragment("<w:spacing/>")[0]
        behind = [properties.find(w(mark)) for mark in BEHIND_SPACING]
        place = next((each for each in behind if each is not None), None)
        if place is None:
            properties.append(made)
        else:
            place.addprevious(made)
    made.set(w(side), str(room))


def _properties(paragraph: etree._Element) -> etree._Element:
    """What is said of a paragraph, which may be nothing yet."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = fragment("<w:pPr/>")[0]
        paragraph.insert(0, properties)
    return properties


def _ends_open(paragraph: etree._Element) -> bool:
    return "".join(map(str, paragraph.itertext())).rstrip().endswith(":")


def _is_listed(paragraph: etree._Element, styles: Styles) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and bool(styles.number(str(style.get(w("val"), ""))))


def _keep(paragraph: etree._Element, styles: Styles, identifier: str) -> None:
    if identifier and styles.has(identifier, "keepNext"):
        return
    properties = _properties(paragraph)
    if properties.find(w("keepNext")) is None:
        style = properties.find(w("pStyle"))
        properties.insert(0 if style is None else 1, fragment("<w:keepNext/>")[0])


def _fit(holder: etree._Element, width: int, height: int) -> None:
    """Makes a picture no wider than the text, and so high that its caption stays on its page."""
    for size in holder.iter(f"{{{WP}}}extent", f"{{{A}}}ext"):
        across, down = int(size.get("cx", "0")), int(size.get("cy", "0"))
        if across > width * EMU or down > height * EMU:
            share = min(width * EMU / across, height * EMU / down)
            size.set("cx", str(int(across * share)))
            size.set("cy", str(int(down * share)))


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


def _table(table: etree._Element, width: int) -> None:
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
    _stretch(table, width)
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


def _settings(part: bytes, words: Words) -> bytes:
    tree = parse(part)
    tag = words.tag
    for name, mark in zip(("decimalSymbol", "listSeparator"), _marks(words), strict=True):
        for node in tree.findall(w(name)):
            node.set(w("val"), mark)
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


def _marks(words: Words) -> tuple[str, str]:
    """What stands before the decimals of a number, and between the values of a list."""
    decimal = words.number(Decimal("0.5"))[1:2]
    return decimal, ";" if decimal == "," else ","


def core_properties(properties: Properties) -> bytes:
    """The part that says what a document is, by whom and of when."""
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
