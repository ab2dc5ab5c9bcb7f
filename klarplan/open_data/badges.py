"""Badges: a small picture of how a measure stands, for other pages (SVG, light and dark)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lxml import etree

from klarplan.look.colour import legible
from klarplan.open_data.xml_text import fit
from klarplan.strategy import derive
from klarplan.strategy.addresses import BADGE, slug
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import Measure

SVG = "http://www.w3.org/2000/svg"
HEIGHT, GAP, LETTER = 28, 10, 7.6
"""Height and gap in pixels, and how wide a letter is at most in this size of letters."""
_DARK = "#1e2129"
_GREY = "#4a5568"


def badges(loaded: Loaded, as_of: dt.date) -> dict[str, bytes]:
    """A badge for each measure of a *public* strategy, by its place below the site.

    It tells number and status in words and by the status's symbol; title and description are for
    screen readers. Colours follow the reader's choice of light or dark; no script is needed.
    """
    return {
        BADGE.format(slug(measure.id)): _badge(loaded, measure, as_of)
        for measure in loaded.strategy.measures
    }


def _badge(loaded: Loaded, measure: Measure, as_of: dt.date) -> bytes:
    strategy = loaded.strategy
    words, settings = strategy.words, strategy.settings
    known = derive.status_of(strategy, measure, as_of)
    status = strategy.status_by_id.get(known or "")
    symbol = f"{status.symbol} " if status and status.symbol else ""
    name = measure.number
    unreported = words("status.in_parts" if known == derive.IN_PARTS else "status.none")
    state = status.label if status else unreported
    right, colour = f"{symbol}{state}", (status.colour if status else None) or _GREY
    widths = [GAP * 2 + LETTER * len(text) for text in (name, right)]
    total = sum(widths)
    usual: Any = {None: SVG}
    svg = etree.Element(f"{{{SVG}}}svg", nsmap=usual)
    for key, value in (
        ("width", f"{total:.0f}"),
        ("height", str(HEIGHT)),
        ("viewBox", f"0 0 {total:.0f} {HEIGHT}"),
        ("role", "img"),
        ("aria-labelledby", "t d"),
        ("lang", words.lang),
    ):
        svg.set(key, value)
    _put(svg, "title", f"{name}: {state}", id="t")
    day = words.day(as_of)
    about = words("data.badge.text", measure=measure.title or measure.id, status=state, day=day)
    _put(svg, "desc", f"{about} {settings.title}", id="d")
    _put(svg, "style", _style(colour))
    box = {"height": str(HEIGHT), "y": "0"}
    _put(svg, "rect", x="0", width=f"{widths[0]:.0f}", **box, **{"class": "g"})
    _put(svg, "rect", x=f"{widths[0]:.0f}", width=f"{widths[1]:.0f}", **box, **{"class": "s"})
    _put(svg, "text", name, x=str(GAP), y="19", **{"class": "n"})
    _put(svg, "text", right, x=f"{widths[0] + GAP:.0f}", y="19", **{"class": "w"})
    return etree.tostring(svg, encoding="UTF-8", xml_declaration=True) + b"\n"


def _style(colour: str) -> str:
    """The colours: white letters on the status's colour, however light that is."""
    return (
        "text{font:600 13px system-ui,sans-serif}"
        f".g{{fill:#e8eef4}}.n{{fill:#1b1f24}}.s{{fill:{legible(colour)}}}.w{{fill:#fff}}"
        f"@media (prefers-color-scheme:dark){{.g{{fill:{_DARK}}}.n{{fill:#f1f4f8}}}}"
    )


def _put(above: etree._Element, name: str, text: str = "", **attributes: str) -> None:
    element = etree.SubElement(above, f"{{{SVG}}}{name}")
    for key, value in attributes.items():
        element.set(key, value)
    element.text = fit(text) or None
