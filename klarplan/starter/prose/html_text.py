"""Raw HTML as text and pictures: nothing else of it is taken over."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from klarplan.starter.prose.parsed import Node

_DROPPED = frozenset(
    ("script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "head")
)
_BREAKING = frozenset(
    (
        *("address", "article", "aside", "blockquote", "details", "div", "dl", "dt", "dd"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tr", "ul", "br"),
    )
)
DEEPEST = 100
"""So many elements may lie within one another; what lies deeper is left out."""


def paragraphs(markup: str, line: int | None) -> list[Node]:
    """Paragraphs with the words and pictures of a piece of HTML."""
    body = LexborHTMLParser(f"<body>{markup}").body
    found: list[list[Node]] = [[]]
    if body is not None:
        for piece in _pieces(body, line, 0):
            if piece is None:
                found.append([])
            else:
                found[-1].append(piece)
    return [
        {"t": "Para", "c": nodes, "line": line}
        for nodes in found
        if any(node["t"] == "Image" or str(node["c"]).strip() for node in nodes)
    ]


def _pieces(node: LexborNode, line: int | None, depth: int) -> Iterator[Node | None]:
    """Words and pictures in their order; ``None`` where a paragraph ends."""
    child = node.child
    while child is not None:
        if child.is_text_node:
            text = " ".join(f".{child.text_content or ''}.".split())[1:-1]
            yield {"t": "Str", "c": text, "line": line}
        elif child.is_element_node and child.tag == "img":
            alt = {"t": "Str", "c": child.attributes.get("alt") or "", "line": line}
            target = [child.attributes.get("src") or "", child.attributes.get("title") or ""]
            yield {"t": "Image", "c": [["", [], []], [alt], target], "line": line}
        elif child.is_element_node and child.tag not in _DROPPED and depth < DEEPEST:
            breaking = child.tag in _BREAKING
            if breaking:
                yield None
            yield from _pieces(child, line, depth + 1)
            if breaking:
                yield None
            elif child.tag in ("td", "th"):
                yield {"t": "Str", "c": " ", "line": line}
        child = child.next
