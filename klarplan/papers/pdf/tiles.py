"""Figures in a row, cards side by side, and the parts of a brochure, in their form on paper."""

from __future__ import annotations

from lxml.html import HtmlElement

from klarplan.articles.nodes import append_text, classes, move_content, replace, with_class, words
from klarplan.papers.markup import block, element, inline, wrap_content
from klarplan.papers.pictures import CARDS

PART = "brief__part"
"""The class of a part of a brochure."""
CARD, PICTURE = 280, 90
"""How wide a picture on a card is at most, and how high, in pixels: 74 and 24 mm."""


def put_tiles(article: HtmlElement) -> None:
    """Gives figures, cards, small print beside them and the parts of a brochure their form."""
    for glance in with_class(article, "glance"):
        for listed in list(glance.iter("dl")):
            _figures(listed)
    for kind in with_class(article, "tile__kind"):
        wrap_content(kind, inline("#kind[", "]"))
    for lead in with_class(article, "brief__lead"):
        wrap_content(lead, inline("#lead[", "]"))
    for held in with_class(article, "tile__picture"):
        for picture in held.iter("img"):
            picture.set("width", str(_narrow(picture)))
    for tiles in with_class(article, "tiles"):
        made = block(CARDS, ")")
        for tile in with_class(tiles, "tile"):
            made.append(_argument(tile))
        replace(tiles, made)
    for listed in with_class(article, "directory"):
        _in_line(listed)
    _brochure(article)


def _narrow(picture: HtmlElement) -> int:
    """How wide a picture on a card is, in pixels, so that it is no higher than wanted."""
    width, height = (int(picture.get(side) or 0) for side in ("width", "height"))
    return min(CARD, round(PICTURE * width / height)) if width and height else CARD


def _in_line(listed: HtmlElement) -> None:
    """A list of names becomes a line with commas, behind the words that stand above it."""
    made = element("p")
    made.set("class", "directory")
    role = listed.getprevious()
    if role is not None and "directory__role" in classes(role):
        head = element("strong")
        move_content(role, head)
        made.append(head)
        role.drop_tree()
    for number, item in enumerate(list(listed.iter("li"))):
        append_text(made, ", " if number else " " if len(made) else "")
        name = element("span")
        move_content(item, name)
        made.append(name)
    replace(listed, made)


def _figures(listed: HtmlElement) -> None:
    """A list of terms with one number each becomes the numbers, large, each above its term."""
    made = block("#figures(", ")")
    for term in list(listed.iter("dt")):
        number = term.getnext()
        if number is None or number.tag != "dd":
            return
        for link in list(number.iter("a")):
            # Who goes from link to link hears what a number counts, not the bare number.
            named = element("a")
            named.set("href", link.get("href") or "")
            link.drop_tag()
            wrap_content(term, named)
        made.append(_argument(number))
        made.append(_argument(term))
    replace(listed, made)


def _brochure(article: HtmlElement) -> None:
    parts = [part for part in with_class(article, PART) if words(part)]
    if not parts:
        return
    for part in parts:
        outer = next((a for a in part.iterancestors() if PART in classes(a)), None)
        if outer is not None:  # one that continues another begins behind it
            outer.addnext(part)
    made = block("#brochure(", ")")
    replace(parts[0], made)
    for part in parts:
        made.append(_argument(part))
        if part.getparent() is not None:
            part.drop_tree()
    for back in with_class(article, "brief__back"):
        made.append(_argument(back, "back: "))
        back.drop_tree()


def _argument(node: HtmlElement, name: str = "") -> HtmlElement:
    """What an element holds, as an argument of a call."""
    made = element("div", f"{name}[", "],")
    move_content(node, made)
    return made
