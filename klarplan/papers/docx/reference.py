"""The reference document: pandoc's own, with our styles, on A4, with a header and a footer.

Calibri is in every Office; where it is missing, Carlito or Liberation Sans stand in, which are as
wide or nearly so. Sizes are half-points, distances twentieths of a point.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from functools import cache
from xml.sax.saxutils import escape

import pypandoc
from lxml import etree

from klarplan.papers.docx.bare import bare
from klarplan.papers.docx.lists import STEP
from klarplan.papers.docx.parts import (
    DECLARED,
    STYLES,
    TYPES,
    fragment,
    packed,
    parse,
    unpacked,
    w,
    written,
)
from klarplan.papers.docx.styles import Styles
from klarplan.words.catalogue import Words

FONT, STAND_IN = "Calibri", "Carlito"
QUIET = "#555555"
LINE = "B8BEC4"
TEXT_WIDTH = 11906 - 1418 - 1134
TEXT_HEIGHT = 16838 - 1418 - 1304
"""A4 without the margins of DIN 5008: 25 mm on the left, 20 mm on the right."""
HEADINGS = {1: (32, 360, 120), 2: (26, 280, 80), 3: (23, 240, 60), 4: (22, 200, 40)}
"""Size of each level of heading, and the room above and below it."""

CUSTOM = ' w:customStyle="1"'
PAGE = """
    <w:headerReference w:type="default" r:id="rIdHeader"/>
    <w:footerReference w:type="default" r:id="rIdFooter"/>
    <w:pgSz w:w="11906" w:h="16838"/>
    <w:pgMar w:top="1418" w:right="1134" w:bottom="1304" w:left="1418"
      w:header="680" w:footer="567" w:gutter="0"/>
"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@cache
def pandoc_default() -> Mapping[str, bytes]:
    """The parts of pandoc's own reference document."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - fixed arguments
    return unpacked(done.stdout)


def reference(words: Words, primary: str, accent: str, head: str, foot: str) -> bytes:
    """The reference document in two colours ``#rrggbb``, with the texts of header and footer."""
    parts = dict(pandoc_default())
    parts[STYLES] = _styles(words.tag, parts[STYLES], primary[1:], accent[1:])
    parts["word/document.xml"] = _page(parts["word/document.xml"])
    parts["word/fontTable.xml"] = _fonts(parts["word/fontTable.xml"])
    parts["word/header1.xml"] = _margin("hdr", "Header", f"{_text(head)}")
    parts["word/footer1.xml"] = _margin(
        "ftr",
        "Footer",
        f"{_text(foot)}<w:r><w:tab/></w:r>{_page_of(words)}",
    )
    parts["word/_rels/document.xml.rels"] = _related(parts["word/_rels/document.xml.rels"])
    parts[TYPES] = _typed(parts[TYPES])
    return packed(parts)


def with_own_styles(
    template: Mapping[str, bytes], words: Words, primary: str, accent: str
) -> bytes:
    """A town's template as reference document: its styles, page, header and footer.

    What it has no style for gets ours; its text stays behind.
    """
    parts = bare(template)
    default = pandoc_default()
    styles = Styles(parts[STYLES])
    styles.complete(_styles(words.tag, default[STYLES], primary[1:], accent[1:]))
    parts[STYLES] = styles.written()
    for name in ("word/settings.xml", "word/fontTable.xml", "word/numbering.xml"):
        parts.setdefault(name, default[name])
    return packed(parts)


def _page_of(words: Words) -> str:
    """The number of a page and of all, which Word puts in."""
    fields = {"\1": _field("PAGE"), "\2": _field("NUMPAGES")}
    said = re.split("([\1\2])", words("print.page_of", page="\1", pages="\2"))
    return "".join(fields.get(part) or _text(part) for part in said if part)


def _text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _margin(tag: str, style: str, content: str) -> bytes:
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'
    return written(parse(f"<w:{tag} {DECLARED}>{paragraph}</w:{tag}>".encode()))


def _page(part: bytes) -> bytes:
    tree = parse(part)
    body = tree[0]
    for old in body.findall(w("sectPr")):
        body.remove(old)
    body.extend(fragment(f"<w:sectPr>{PAGE}</w:sectPr>"))
    return written(tree)


def _fonts(part: bytes) -> bytes:
    tree = parse(part)
    for font in tree:
        if font.get(w("name")) == FONT:
            font[:0] = fragment(f'<w:altName w:val="{STAND_IN}"/>')
    return written(tree)


def _related(part: bytes) -> bytes:
    tree = parse(part)
    space = tree.nsmap[None]
    for name, target in (("Header", "header1.xml"), ("Footer", "footer1.xml")):
        made = tree.makeelement(f"{{{space}}}Relationship")
        made.set("Id", f"rId{name}")
        made.set("Type", RELATION + name.lower())
        made.set("Target", target)
        tree.append(made)
    return written(tree)


def _typed(part: bytes) -> bytes:
    tree = parse(part)
    space = tree.nsmap[None]
    for name in ("header", "footer"):
        made = tree.makeelement(f"{{{space}}}Override")
        made.set("PartName", f"/word/{name}1.xml")
        made.set("ContentType", f"{CONTENT}{name}+xml")
        tree.append(made)
    return written(tree)


def _letters(size: int = 0, colour: str = "", *, bold: bool = False) -> str:
    """Properties of letters, in the order of the schema."""
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    )


def _room(before: int, after: int, line: int = 259) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _styles(tag: str, part: bytes, primary: str, accent: str) -> bytes:
    quiet = QUIET[1:]
    edge = f'<w:bottom w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/>'
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    given: dict[str, tuple[str, str]] = {
        "BodyText": (_room(0, 120), ""),
        "FirstParagraph": ("", ""),
        "Compact": (_room(20, 20, 240), ""),
        "Title": ("<w:keepNext/>" + _room(240, 60, 240), _letters(48, primary, bold=True)),
        "Subtitle": ("<w:keepNext/>" + _room(0, 240, 240), _letters(28)),
        "Author": (_room(0, 40), _letters(24, bold=True)),
        "Date": (_room(0, 200), _letters(22)),
        "Caption": (_room(160, 60, 240), _letters(20, quiet, bold=True)),
        "TableCaption": ("<w:keepNext/>", ""),
        "ImageCaption": (_room(40, 160, 240), _letters(20, quiet)),
        "FootnoteText": (_room(0, 40, 240), _letters(20)),
        "Hyperlink": ("", _letters(0, primary) + '<w:u w:val="single"/>'),
    }
    for level, (size, before, after) in HEADINGS.items():
        border = (
            f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="{accent}"/></w:pBdr>'
            if level == 1
            else ""
        )
        given[f"Heading{level}"] = (
            f"<w:keepNext/><w:keepLines/>{border}{_room(before, after, 240)}"
            f'<w:outlineLvl w:val="{level - 1}"/>',
            _letters(size, primary, bold=True),
        )
    made = {
        "Kontakt": ("paragraph", "BodyText", _room(0, 240), ""),
        "Header": ("paragraph", "Normal", f"<w:pBdr>{edge}</w:pBdr>", _letters(20, quiet)),
        "Footer": ("paragraph", "Normal", tab, _letters(20, quiet)),
        "Status": ("character", "DefaultParagraphFont", "", _letters(0, "", bold=True)),
        "Verzug": ("character", "DefaultParagraphFont", "", _letters(0, accent, bold=True)),
        "Nebentext": ("character", "DefaultParagraphFont", "", _letters(0, quiet)),
    }
    for level in (1, 2, 3):
        behind = "" if level == 1 else str(level)
        step = f'<w:ind w:left="{STEP * level}"/>'
        for kind in ("List Bullet", "List Number"):
            name = f"{kind}{' ' * bool(behind)}{behind}"
            made[name] = ("paragraph", "BodyText", _room(40, 40, 252), "")
        name = f"List Continue{' ' * bool(behind)}{behind}"
        made[name] = ("paragraph", "BodyText", _room(0, 60, 252) + step, "")
    tree = parse(part)
    _defaults(tag, tree)
    for style in tree.findall(w("style")):
        name = style.get(w("styleId"), "")
        plain = name.removesuffix("Char")
        if name == "Table":
            _table_style(style, primary)
        elif plain in given and plain != "BodyText":
            paragraph, letters = given[plain]
            _set(style, paragraph if name == plain else "", letters)
        elif name == "BodyText":
            _set(style, *given[name])
        for gone in (*style.findall(w("semiHidden")), *style.findall(f".//{w('rFonts')}")):
            if name != "VerbatimChar" or gone.tag != w("rFonts"):
                gone.getparent().remove(gone)  # type: ignore[union-attr]  # found below the style
    for name, (kind, base, paragraph, letters) in made.items():
        own = "" if name in ("Header", "Footer") or name.startswith("List ") else CUSTOM
        shown = name.lower() if name in ("Header", "Footer") else name
        tree.extend(
            fragment(
                f'<w:style w:type="{kind}"{own} w:styleId="{name.replace(" ", "")}">'
                f'<w:name w:val="{shown}"/>'
                f'<w:basedOn w:val="{base}"/><w:qFormat/></w:style>'
            )
        )
        _set(tree[-1], paragraph, letters)
    return written(tree)


def _set(style: etree._Element, paragraph: str, letters: str) -> None:
    """Gives a style its properties in place of those it had."""
    for old in (*style.findall(w("pPr")), *style.findall(w("rPr"))):
        style.remove(old)
    if paragraph:
        style.extend(fragment(f"<w:pPr>{paragraph}</w:pPr>"))
    if letters:
        style.extend(fragment(f"<w:rPr>{letters}</w:rPr>"))


def _defaults(tag: str, tree: etree._Element) -> None:
    letters = tree.find(f".//{w('rPrDefault')}/{w('rPr')}")
    assert letters is not None
    letters[:] = fragment(
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/>'
    )


def _table_style(style: etree._Element, primary: str) -> None:
    """Lines between rows, bold heads of columns and rows; no colour is needed to read it."""
    for old in style.findall(w("tblPr")) + style.findall(w("tblStylePr")):
        style.remove(old)

    def line(name: str, size: int, colour: str) -> str:
        return f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    head = _letters(0, primary, bold=True)
    style.extend(
        fragment(
            f"<w:rPr>{_letters(20)}</w:rPr>"
            "<w:tblPr><w:tblBorders>"
            f"{line('top', 8, primary)}{line('bottom', 4, LINE)}{line('insideH', 4, LINE)}"
            "</w:tblBorders><w:tblCellMar>"
            + "".join(
                f'<w:{side} w:w="{room}" w:type="dxa"/>'
                for side, room in (("top", 20), ("left", 60), ("bottom", 20), ("right", 60))
            )
            + "</w:tblCellMar></w:tblPr>"
            f'<w:tblStylePr w:type="firstRow"><w:rPr>{head}</w:rPr>'
            f"<w:tcPr><w:tcBorders>{line('bottom', 8, primary)}</w:tcBorders>"
            '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
            f'<w:tblStylePr w:type="firstCol"><w:rPr>{_letters(0, "", bold=True)}</w:rPr>'
            "</w:tblStylePr>"
        )
    )
