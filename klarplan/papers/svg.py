"""Drawings inside a page as files of their own: XML without scripts, in the site's colours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement

from klarplan.articles.nodes import words
from klarplan.look.glyphs import Glyphs

NAMESPACE = "http://www.w3.org/2000/svg"
NAMESPACES: dict[str | None, str] = {None: NAMESPACE}

_CASED = """
    attributeName baseFrequency clipPath clipPathUnits diffuseConstant edgeMode feBlend
    feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset feTile
    feTurbulence filterUnits gradientTransform gradientUnits kernelMatrix lengthAdjust
    linearGradient markerHeight markerUnits markerWidth maskContentUnits maskUnits
    numOctaves pathLength patternContentUnits patternTransform patternUnits
    preserveAspectRatio primitiveUnits radialGradient refX refY spreadMethod startOffset
    stdDeviation stopColor tableValues textLength textPath viewBox
"""
CASED = {name.lower(): name for name in _CASED.split()}
"""Names with capitals, which reading HTML makes small (HTML Standard, section 13.2.6.5)."""

DROPPED = frozenset(
    ("script", "style", "foreignobject", "animate", "animatetransform", "set", "title", "desc")
)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*(?:\([^()]*\))?[^()]*))?\)")
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


def alternative(svg: HtmlElement) -> str:
    """What a drawing says to those who can't see it: its label or title, and its description."""
    label = " ".join((svg.get("aria-label") or "").split())
    if not label and svg.get("aria-labelledby"):
        root = svg.getroottree().getroot()
        found = [
            words(node)
            for name in svg.get("aria-labelledby", "").split()
            for node in root.xpath("descendant::*[@id=$name]", name=name)
        ]
        label = " ".join(found)
    if not label:
        label = " ".join(words(node) for node in svg.xpath("./title")[:1])
    description = " ".join(words(node) for node in svg.xpath("./desc")[:1])
    if description and description not in label:
        label = f"{label}: {description}" if label else description
    return label


def as_file(svg: HtmlElement, colours: Mapping[str, str], glyphs: Mapping[int, str]) -> bytes:
    """The drawing as an SVG file; ``colours`` are the values of CSS variables."""
    root = _copy(svg, colours, glyphs)
    if "viewBox" not in root.attrib and root.get("width") and root.get("height"):
        root.set("viewBox", f"0 0 {_number(root.get('width'))} {_number(root.get('height'))}")
    for name in ("width", "height"):
        if "%" in (root.get(name) or "") or not _number(root.get(name)):
            root.attrib.pop(name, "")
    root.set("font-family", "Source Sans 3")
    return etree.tostring(root, encoding="utf-8")


def printable(content: bytes, glyphs: Glyphs) -> tuple[bytes, list[str]]:
    """An SVG file whose letters can all be printed, and the characters that were lost.

    What is no XML stays as it is: the typesetter tells what is wrong with it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return content, []
    characters = set("".join(map(str, root.itertext())))
    glyphs.learn(characters)
    table = glyphs.changes(characters)
    if not table:
        return content, []
    for node in root.iter():
        if isinstance(node.tag, str):
            node.text = node.text and node.text.translate(table)
            node.tail = node.tail and node.tail.translate(table)
    return etree.tostring(root, encoding="utf-8"), glyphs.lost(characters)


def _number(value: str | None) -> str:
    match = re.match(r"\s*(\d+(?:\.\d+)?)", value or "")
    return match.group(1) if match else ""


def _copy(
    node: HtmlElement, colours: Mapping[str, str], glyphs: Mapping[int, str]
) -> etree._Element:
    tag = "g" if node.tag == "a" else str(node.tag)
    made = etree.Element(f"{{{NAMESPACE}}}{CASED.get(tag, tag)}", nsmap=NAMESPACES)  # type: ignore[arg-type]  # None is the default namespace
    for name, value in node.attrib.items():
        bare = name.rpartition(":")[2] if name.startswith("xlink:") else name
        if not re.fullmatch(r"[a-z][a-z0-9-]*", bare) or bare.startswith("on") or bare == "xmlns":
            continue
        if bare == "href" and not value.startswith("#"):
            continue
        plain = _plain(value, colours)
        if not OUTSIDE.search(plain):
            made.set(CASED.get(bare, bare), plain)
    made.text = (node.text or "").translate(glyphs)
    for child in node:
        if isinstance(child.tag, str) and child.tag not in DROPPED:
            copied = _copy(child, colours, glyphs)
            copied.tail = (child.tail or "").translate(glyphs)
            made.append(copied)
    return made


def _plain(value: str, colours: Mapping[str, str]) -> str:
    """An attribute without CSS variables: the colour they stand for, else their fallback."""
    for _ in range(3):
        value = VARIABLE.sub(
            lambda match: colours.get(match.group(1), (match.group(2) or "#333333").strip()), value
        )
    return value
