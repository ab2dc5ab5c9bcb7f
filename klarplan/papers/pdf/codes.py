"""QR codes of a page: drawn beside the words that name an address."""

from __future__ import annotations

import base64

from lxml.html import HtmlElement

from klarplan.articles.nodes import classes, move_content, replace, with_class
from klarplan.look import qr_code
from klarplan.papers.markup import block, element, inline, literal, wrap_content
from klarplan.words.catalogue import Words

WIDTH = 83
"""How wide a code is, in pixels: 22 mm."""


SMALL = 57
"""The same on a card: 15 mm."""
CARD = "tile__foot"
"""The class of the last line of a card."""


def put_codes(article: HtmlElement, words: Words) -> None:
    """Puts the code of its address beside every element with ``data-qr``; its words lead there.

    Both stand to the right of the lead of a page, if that comes next.
    """
    for node in article.xpath("descendant::*[@data-qr]"):
        address = node.get("data-qr")
        drawing = qr_code.qr_svg(address)
        if not drawing:
            continue
        source = base64.b64encode(drawing.encode()).decode()
        picture = element("img")
        picture.set("src", f"data:image/svg+xml;base64,{source}")
        picture.set("alt", words("print.code", address=qr_code.short(address)))
        picture.set("width", str(WIDTH))
        if CARD in classes(node):
            _beside_foot(node, picture)
            continue
        for named in with_class(node, "short-address"):
            wrap_content(named, inline(f"#to({literal(address)})[", "]"))
        code, beneath = block("[", "],"), block("[", "],")
        code.append(picture)
        move_content(node, beneath)
        made = block("#live-page(", ")")
        made.extend((code, beneath))
        lead = node.getnext()
        replace(node, made)
        if lead is not None and "lead" in classes(lead):
            beside = block("[", "]")
            made.append(beside)
            beside.append(lead)


def _beside_foot(foot: HtmlElement, picture: HtmlElement) -> None:
    """Puts a small code to the right of the last line of a card."""
    picture.set("width", str(SMALL))
    code, words = block("[", "],"), block("[", "],")
    code.append(picture)
    move_content(foot, words)
    made = block("#card-foot(", ")")
    made.extend((words, code))
    replace(foot, made)
