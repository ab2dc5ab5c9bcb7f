"""Lines of text as Typst: written out here, so that pandoc has only the blocks to arrange."""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.papers.markup import CLOSING, OPENING, element, escaped, literal

BREAK = "#new-line;"
CALLS = {
    "strong": "#strong[",
    "b": "#strong[",
    "em": "#emph[",
    "i": "#emph[",
    "sub": "#sub[",
    "sup": "#super[",
    "del": "#strike[",
    "s": "#strike[",
    "u": "#underline[",
    "ins": "#underline[",
}
_PLAIN = "span mark small cite dfn var bdi bdo time data label output font"
PLAIN = frozenset(_PLAIN.split())
RAW = frozenset(("code", "kbd", "samp", "tt"))
BLOCKS = ("div", "p", "ul", "ol")
HOLDERS = ("p", "li", "dt", "dd", "div", "td", "th")


def line(node: HtmlElement) -> str | None:
    """What an element holds as one line of Typst, or nothing where it holds more than a line."""
    parts = [escaped(node.text or "")]
    for child in node:
        tag = child.tag
        if tag == "br":
            parts.append(BREAK)
        elif tag in RAW:
            if len(child):
                return None
            parts.append(f"#raw({literal(' '.join((child.text or '').split()))});")
        elif tag in CALLS or tag in PLAIN:
            inner = line(child)
            if inner is None:
                return None
            opening = child.get(OPENING)
            if opening is not None:
                parts.append(opening + inner + (child.get(CLOSING) or ""))
            elif tag in CALLS:
                parts.append(f"{CALLS[tag]}{inner}];")
            else:
                parts.append(inner)
        else:
            return None
        if child.tail:
            parts.append(escaped(child.tail))
    return "".join(parts)


def write_lines(article: HtmlElement) -> None:
    """Writes out every paragraph, item and cell of an article that is a line."""
    for node in list(article.iter(*HOLDERS)):
        if node.getparent() is None or not (len(node) or (node.text or "").strip()):
            continue
        written = line(node)
        if written is None:
            continue
        opening, closing = node.get(OPENING), node.get(CLOSING) or ""
        for child in list(node):
            node.remove(child)
        node.text = None
        if opening is None:
            node.append(element("span", written.strip() or "#none;"))
        else:
            node.set(OPENING, opening + written + closing)
            node.attrib.pop(CLOSING, "")


def fold_calls(article: HtmlElement) -> None:
    """Writes every call whose arguments are ready as code, and takes off wrappers of blocks."""
    for node in reversed(list(article.iter("div"))):
        opening = node.get(OPENING)
        if opening is None:
            if _holds_blocks_only(node):
                node.drop_tag()
        elif len(node) and (node.get(CLOSING) or "").startswith(")") and all(map(_ready, node)):
            parts = [(kid.get(OPENING) or "") + (kid.get(CLOSING) or "") for kid in node]
            node.set(OPENING, "".join((opening, *parts, node.get(CLOSING) or "")))
            del node.attrib[CLOSING]
            node[:] = []
    _join_ready(article)


def _join_ready(article: HtmlElement) -> None:
    """Makes one of calls that stand right behind each other, so that pandoc has less to read."""
    first = None
    for node in list(article):
        if not _ready(node) or CLOSING in node.attrib:
            first = None
        elif first is None:
            first = node
        else:
            first.set(OPENING, f"{first.get(OPENING)}\n{node.get(OPENING)}")
            article.remove(node)


def _ready(node: HtmlElement) -> bool:
    """Whether an element is nothing but code."""
    return (
        node.tag == "div"
        and node.get(OPENING) is not None
        and not len(node)
        and not (node.text or "").strip()
        and not (node.tail or "").strip()
    )


def _holds_blocks_only(node: HtmlElement) -> bool:
    return not (node.text or "").strip() and all(
        kid.tag in BLOCKS and not (kid.tail or "").strip() for kid in node
    )
