"""SVG pictures that people bring along, written anew from what a still picture needs.

Everything is an allow list: elements, attributes, functions in values, properties of styles. What
browsers would not show anyway (comments, notes of editors) is left out without a word; what could
run, move, load or link is refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from klarplan.look.raster import MOST_PIXELS, pixels
from klarplan.look.repeats import TooMuchError, limit
from klarplan.messages import Text

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
REFUSED_NAMESPACES = (
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/xml-events",
)
"""Languages that browsers understand within a picture; those of editors mean nothing to them."""

MOST_BYTES = 3_000_000
MOST_ELEMENTS = 100_000
"""So many elements a picture may have, each counted as often as it is drawn."""
DEEPEST = 60
"""So many elements may lie within one another."""
MOST_WITHIN = 2_000
"""So many attributes an element, calls a value and rules a style sheet may have."""
MOST_REPEATS = 5
"""A part that is named may name another one, and so on, so often."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    """
    circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
    feMorphology feOffset filter g image line linearGradient marker mask path pattern polygon
    polyline radialGradient rect stop style svg switch symbol text textPath title tspan use
    """
)
"""Elements of a still picture."""

DROPPED = _words("metadata view")
"""Elements of SVG that show nothing."""

TEXTS = _words("desc style text textPath title tspan")
"""Elements whose text counts."""

PROPERTIES = _words(
    """
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters direction display dominant-baseline fill fill-opacity fill-rule
    filter flood-color flood-opacity font font-family font-size font-stretch font-style
    font-variant font-weight isolation letter-spacing marker marker-end marker-mid marker-start
    mask mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width text-anchor text-decoration text-rendering transform
    transform-origin vector-effect visibility white-space word-spacing writing-mode
    """
)
"""What a style may say (SVG 2, appendix of properties); the rest of a style is left out."""

ATTRIBUTES = PROPERTIES | _words(
    """
    class clipPathUnits cx cy d dx dy fx fy fr filterUnits gradientTransform gradientUnits height
    id in in2 k1 k2 k3 k4 lang lengthAdjust markerHeight markerUnits markerWidth maskContentUnits
    maskUnits method mode offset operator orient pathLength patternContentUnits patternTransform
    patternUnits points preserveAspectRatio primitiveUnits r radius refX refY result role rotate rx
    ry side spacing spreadMethod startOffset stdDeviation systemLanguage tableValues
    textLength type values viewBox width x x1 x2 y y1 y2
    """
)
LINKING = _words("image linearGradient pattern radialGradient textPath use")
"""Elements whose ``href`` names another part of the same picture, or holds a picture itself."""

FUNCTIONS = _words(
    """
    calc circle ellipse hsl hsla inset matrix max min polygon rgb rgba rotate scale scalex scaley
    skewx skewy translate translatex translatey url var
    """
)
"""Functions that a value may call; ``url`` only with a part of the same picture."""

_DECLARED = re.compile(r"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")
_NAME = re.compile(r"[\w-]*\Z")
_OWN_PART = re.compile(r"url\(\s*([\"']?)#[\w.:-]+\1\s*\)", re.IGNORECASE)
_PART = re.compile(r"#[\w.:-]+")
_INSIDE = re.compile(r"data:image/(png|jpeg|jpg);base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_RULE = re.compile(r"\s*([\w.#,>*+~-][\w\s.#,>*+~-]*)\{([^{}]*)\}\s*")
_CURE = Text(
    "Speichern Sie es als einfaches SVG („Optimiertes SVG“) oder als PNG.",
    "Save it as a plain SVG (“optimised SVG”) or as PNG.",
)


class DrawingError(Exception):
    """A picture can't be shown safely; ``line`` counts from 1."""

    def __init__(self, line: int | None, problem: Text, cure: Text = _CURE) -> None:
        super().__init__(problem.en)
        self.line = line
        self.problem = problem
        self.cure = cure


def cleaned(content: bytes) -> bytes:
    """A picture written anew; the same bytes for the same content.

    Raises ``DrawingError`` where it holds what a still picture does not need.
    """
    root = _parsed(content)
    _bounded(root)
    made = _made(root, linked=_uses_xlink(root))
    etree.cleanup_namespaces(made)
    return bytes(etree.tostring(made, encoding="utf-8")) + b"\n"


def letters(content: bytes) -> dict[str, int]:
    """The characters that a picture shows, each with the line on which it stands first.

    Raises ``DrawingError`` as ``cleaned`` does.
    """
    found: dict[str, int] = {}
    for element in _parsed(content).iter(*(f"{{{SVG}}}{name}" for name in ("text", "textPath"))):
        for node in element.iter(etree.Element):
            line = _line(node) or 1
            before = "" if node is element else node.tail or ""
            for number, row in enumerate((node.text or "").split("\n")):
                for char in row:
                    found.setdefault(char, line + number)
            for char in before:
                found.setdefault(char, line)
    return found


def _parsed(content: bytes) -> etree._Element:
    if len(content) > MOST_BYTES:
        megabytes = MOST_BYTES // 1_000_000
        raise DrawingError(
            None,
            Text(
                f"Das Bild ist zu groß (mehr als {megabytes} MB).",
                f"The picture is too large (more than {megabytes} MB).",
            ),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _encoding(content.count(b"\n", 0, error.start) + 1) from error
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise _encoding(1)
    if "<!DOCTYPE" in text:
        raise DrawingError(
            text.count("\n", 0, text.index("<!DOCTYPE")) + 1,
            Text(
                "Das Bild hat eine Dokumenttyp-Angabe (<!DOCTYPE …>).",
                "The picture has a document type (<!DOCTYPE …>).",
            ),
            Text("Löschen Sie diese Angabe.", "Delete it."),
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        strip_cdata=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise DrawingError(
            line,
            Text("Die Datei ist kein gültiges XML.", "The file is not valid XML."),
        ) from error
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingError(
            _line(root),
            Text(
                'Das Bild beginnt nicht mit <svg xmlns="http://www.w3.org/2000/svg">.',
                'The picture does not begin with <svg xmlns="http://www.w3.org/2000/svg">.',
            ),
        )
    for beside in (*root.itersiblings(preceding=True), *root.itersiblings()):
        if isinstance(beside, etree._ProcessingInstruction):
            raise _refused(beside, str(beside))
    return root


def _bounded(root: etree._Element) -> None:
    """Refuse what grows beyond all bounds, alone or by repetition."""
    for number, element in enumerate(root.iter(), start=1):
        if number > MOST_ELEMENTS or len(element.attrib) > MOST_WITHIN:
            raise _too_much(element)
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise _too_much(element)
    try:
        limit(root, MOST_ELEMENTS, MOST_REPEATS)
    except TooMuchError as error:
        raise _too_much(error.element) from error


def _uses_xlink(root: etree._Element) -> bool:
    return any(f"{{{XLINK}}}href" in element.attrib for element in root.iter(etree.Element))


def _made(element: etree._Element, *, linked: bool) -> etree._Element:
    """An element with its attributes and all below it, made anew."""
    name = etree.QName(element).localname
    names: Any = {None: SVG, **({"xlink": XLINK} if linked else {})}
    made = etree.Element(f"{{{SVG}}}{name}", dict(_attributes(element)), nsmap=names)
    made.text = _text(element, element.text)
    last = None
    for child in element:
        if _is_shown(child):
            last = _made(child, linked=linked)
            last.tail = _text(element, child.tail)
            made.append(last)
        elif last is not None:
            last.tail = (last.tail or "") + (_text(element, child.tail) or "")
        else:
            made.text = (made.text or "") + (_text(element, child.tail) or "")
    if name == "style":
        made.text = _sheet(element, "".join(map(str, element.itertext())))
    return made


def _text(parent: etree._Element, text: str | None) -> str | None:
    """The text of an element; where text means nothing, only its white space."""
    if text is None or etree.QName(parent).localname in TEXTS:
        return text
    return "".join(letter for letter in text if letter.isspace())


def _is_shown(child: etree._Element) -> bool:
    """Whether a node goes into the picture; raises ``DrawingError`` where it may not be there."""
    if isinstance(child, etree._Comment):
        return False
    if not isinstance(child.tag, str):
        raise _refused(child, str(child.text or "")[:40])
    name = etree.QName(child)
    if name.namespace == SVG and name.localname in ELEMENTS:
        return True
    known = name.namespace == SVG and name.localname in DROPPED
    if known or name.namespace not in (SVG, None, *REFUSED_NAMESPACES):
        return False
    raise _refused(child, f"<{name.localname}>")


def _attributes(element: etree._Element) -> Iterable[tuple[str, str]]:
    name = etree.QName(element).localname
    for key, given in element.attrib.items():
        attribute, value = etree.QName(str(key)), str(given)
        plain = attribute.localname
        if attribute.namespace == XML and plain in ("lang", "space"):
            yield str(key), value
        elif plain == "href" and attribute.namespace in (None, XLINK):
            if name not in LINKING or not _leads_nowhere(name, value):
                raise _refused(element, f"href={value[:60]}")
            yield str(key), value.strip()
        elif attribute.namespace is not None:
            continue
        elif plain.lower().startswith("on"):
            raise _refused(element, plain)
        elif plain.startswith("aria-"):
            yield plain, value
        elif plain == "style":
            yield plain, _declarations(element, value)
        elif plain in ATTRIBUTES:
            _look_at(element, value)
            yield plain, value


def _leads_nowhere(element: str, address: str) -> bool:
    """Whether an address stays within the picture."""
    address = address.strip()
    if element != "image":
        return bool(_PART.fullmatch(address))
    inside = _INSIDE.fullmatch(address)
    if inside is None:
        return False
    try:
        content = base64.b64decode("".join(inside[2].split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return content.startswith(_PICTURES) and pixels(content) <= MOST_PIXELS


def _look_at(element: etree._Element, value: str) -> None:
    """Refuse a value that loads, runs, or hides what it does."""
    if value.count("(") > MOST_WITHIN:
        raise _too_much(element)
    rest = _OWN_PART.sub("", value)
    called = _called(rest)
    if "\\" in value or "/*" in value or "@" in value or called - FUNCTIONS or "url" in called:
        raise _refused(element, value.strip()[:60])


def _called(value: str) -> frozenset[str]:
    """The functions of a value; an empty name for a bracket without one."""
    names = set()
    at = value.find("(")
    while at >= 0:
        name = _NAME.search(value[max(0, at - 60) : at].rstrip())
        names.add(name[0].lower() if name else "")
        at = value.find("(", at + 1)
    return frozenset(names)


def _without_notes(style: str) -> str:
    parts = style.split("/*")
    return parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])


def _declarations(element: etree._Element, style: str) -> str:
    kept = []
    for declaration in _without_notes(style).split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in PROPERTIES:
            _look_at(element, value)
            kept.append(f"{name}:{value.strip()}")
        elif "\\" in declaration or "(" in declaration:
            raise _refused(element, declaration.strip()[:60])
    return ";".join(kept)


def _sheet(element: etree._Element, text: str) -> str:
    text = _without_notes(text).strip()
    if text.count("{") > MOST_WITHIN:
        raise _too_much(element)
    made, at = [], 0
    while at < len(text):
        rule = _RULE.match(text, at)
        if rule is None:
            raise _refused(element, text[at : at + 60])
        body = _declarations(element, rule[2])
        made.append(f"{' '.join(rule[1].split())}{{{body}}}")
        at = rule.end()
    return "\n".join(made)


def _encoding(line: int) -> DrawingError:
    return DrawingError(
        line,
        Text("Das Bild ist nicht in UTF-8 gespeichert.", "The picture is not saved in UTF-8."),
    )


def _line(node: etree._Element) -> int | None:
    line: Any = node.sourceline
    return line if isinstance(line, int) else None


def _refused(node: etree._Element, what: str) -> DrawingError:
    what = " ".join(what.split())
    return DrawingError(
        _line(node),
        Text(
            f"Das Bild enthält etwas, das ein Standbild nicht braucht: {what}",
            f"The picture holds what a still picture does not need: {what}",
        ),
    )


def _too_much(element: etree._Element) -> DrawingError:
    return DrawingError(
        _line(element),
        Text(
            f"Das Bild ist zu verwickelt (mehr als {MOST_ELEMENTS} Teile oder {DEEPEST} Ebenen).",
            f"The picture is too tangled (more than {MOST_ELEMENTS} parts or {DEEPEST} levels).",
        ),
    )
