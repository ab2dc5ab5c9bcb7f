"""What HTML a page that people wrote may hold, looked at with a parser that reads as browsers do.

Everything is an allow list: elements, attributes, schemes, values. The gate refuses, it never
rewrites. What macros made is not looked at; tokens stand for it, and only where text may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from klarplan.pages.open_elements import unmatched
from klarplan.strategy.addresses import split

Kind = Literal[
    "element", "attribute", "value", "scheme", "foreign", "macro", "lost", "structure", "depth"
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    """
    a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup
    data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i
    img input ins kbd label li mark ol p picture pre q rp rt ruby s samp section small source
    span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr
    """
)
"""Elements that a page may have. ``input`` and ``label`` come from content tabs."""

ATTRIBUTES = _words(
    """
    abbr align alt checked cite class colspan controls datetime decoding default dir disabled
    download for headers height href hreflang id kind label lang loading media name open poster
    rel reversed role rowspan scope sizes span src srclang srcset start style tabindex target title
    translate type value width data-tabs
    """
)
LINKS = ("href", "cite")
EMBEDDED = ("src", "srcset", "poster")
SCHEMES = ("https", "http", "mailto", "tel")
STYLES = {
    "text-align": _words("left right center"),
    "vertical-align": _words("top middle bottom baseline"),
}
"""What a style may say: what Markdown's tables write."""

OURS = ("__", "kp-", "klarplan-")
"""So begin the ids that scripts of the site, the theme and the preview look for."""
OUR_CLASSES = ("kp-", "md-")
"""So begin the classes of the parts round a page."""

DEEPEST = 60
"""So many elements may lie within one another."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_TAB = re.compile(r"__tabbed_\d+(_\d+)?")
_NUMBERS = re.compile(r"-?\d+(:\d+)?")
_BEFORE = '<div class="md-container"><main class="md-main"><div><div><article>'
_BEHIND = "</article></div></div></main></div>"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a page may not hold; ``name`` is of the element or attribute."""

    kind: Kind
    name: str
    value: str = ""


def cleaned(address: str) -> str:
    """An address as browsers read it (URL standard): without tabs, line breaks, outer blanks."""
    inner = address.translate({9: None, 10: None, 13: None})
    return inner.strip("".join(map(chr, range(33)))).replace("\\", "/")


def scheme(address: str) -> str | None:
    """The scheme of an address in lower case; ``//host`` has that of the page, given as ``//``."""
    address = cleaned(address)
    found = _SCHEME.match(address)
    if found:
        return found[1].lower()
    return "//" if address.startswith("//") else None


def addresses(node: LexborNode) -> list[str]:
    """What an element embeds."""
    found = []
    for name in EMBEDDED:
        value = node.attributes.get(name) or ""
        if name == "srcset":
            found += [part.split()[0] for part in value.split(",") if part.split()]
        elif value:
            found.append(value)
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the gate saw it: its main content, and what may not be there."""

    article: LexborNode
    faults: tuple[Fault, ...]
    tokens: tuple[str, ...]
    """The tokens that stand where text may stand, in their order."""


def look(text: str, word: str = "") -> Seen:
    """Parse the HTML of a page's main content; tokens of macros begin with ``word``."""
    end = f"{word}end"
    parser = LexborHTMLParser(f'{_BEFORE}{text}<hr data-end="{end}">{_BEHIND}')
    article: LexborNode | None = parser.body
    while article is not None and article.tag != "article":
        article = article.child
    assert article is not None
    token = re.compile(f"{word}n[0-9]+n") if word else None
    faults: dict[Fault, None] = {}
    page = (parser.root, parser.body)
    if any(node is None or node.attributes for node in page):
        faults[Fault("element", "body")] = None
    if not _is_whole(article, end):
        alone = unmatched(text)
        faults[Fault("structure", alone.name if alone else "")] = None
    tokens: list[str] = []
    for depth, node in _nodes(article):
        if depth > DEEPEST:
            faults[Fault("depth", node.tag or "")] = None
            break
        if node.is_text_node:
            if token:
                tokens += token.findall(node.text_content or "")
        elif node.is_element_node:
            if not _is_end(node, end):
                faults.update(dict.fromkeys(_element(node, word)))
        elif node.is_comment_node:
            if (node.comment_content or "").strip():
                faults[Fault("element", "!--")] = None
        else:
            faults[Fault("element", "?")] = None
    return Seen(article, tuple(faults), tuple(tokens))


def _nodes(top: LexborNode) -> Iterator[tuple[int, LexborNode]]:
    """All nodes below one in their order, with how deep they lie."""
    depth, node = 0, top.child
    while node is not None:
        yield depth, node
        if node.child is not None and depth <= DEEPEST:
            depth, node = depth + 1, node.child
            continue
        while node is not None and node.next is None:
            node = node.parent
            depth -= 1
            if node is None or depth < 0:
                return
        node = node.next if node else None


def _is_end(node: LexborNode, end: str) -> bool:
    """Whether this is the mark at the end, not an unfinished tag of an author that took it in."""
    return node.tag == "hr" and node.attributes == {"data-end": end}


def _is_whole(article: LexborNode, end: str) -> bool:
    """Whether the page's own end tags close just what it opened: the end is where it should be."""
    last = article.last_child
    if last is None or not _is_end(last, end):
        return False
    node, names = article, []
    while node.parent is not None and node.tag != "body":
        if node.next is not None or node.prev is not None:
            return False
        names.append(node.tag)
        node = node.parent
    return names == ["article", "div", "div", "main", "div"]


def _element(node: LexborNode, word: str) -> Iterator[Fault]:
    name = node.tag or ""
    if name not in ELEMENTS:
        yield Fault("element", name)
        return
    for attribute, given in node.attributes.items():
        value = given or ""
        if word and attribute == f"data-{word}":
            continue
        if word and (word in value or word in attribute):
            yield Fault("macro", attribute, name)
        elif attribute not in ATTRIBUTES and not attribute.startswith("aria-"):
            yield Fault("attribute", attribute, name)
        elif attribute in LINKS:
            if scheme(value) not in (None, "//", *SCHEMES):
                yield Fault("scheme", attribute, value)
            elif split(cleaned(value)) is None:
                yield Fault("value", attribute, value)
        elif attribute in EMBEDDED:
            if any(scheme(address) is not None for address in addresses(node)):
                yield Fault("foreign", attribute, value)
        elif not _fits(name, attribute, value):
            yield Fault("value", attribute, value)


def _fits(element: str, attribute: str, value: str) -> bool:  # noqa: PLR0911 - a table in code
    if "<" in value or ">" in value:
        return attribute in ("alt", "title") and not re.search(r"<[a-z!/?]", value, re.IGNORECASE)
    match attribute:
        case "id":
            tab = element == "input" and bool(_TAB.fullmatch(value))
            return tab or not value.startswith(OURS)
        case "name" | "for":
            return element in ("input", "label") and bool(_TAB.fullmatch(value))
        case "class":
            return not any(name.startswith(OUR_CLASSES) for name in value.split())
        case "type":
            return element != "input" or value in ("radio", "checkbox")
        case "style":
            return all(_is_plain(part) for part in value.split(";") if part.strip())
        case "tabindex" | "data-tabs":
            return bool(_NUMBERS.fullmatch(value))
    return True


def _is_plain(declaration: str) -> bool:
    name, _, value = declaration.partition(":")
    return value.strip().lower() in STYLES.get(name.strip().lower(), ())
