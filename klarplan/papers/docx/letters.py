"""How wide the letters of tables are in a template, compared with ours.

What the style of text says of letters counts more than the style of tables (ECMA-376, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Mapping

from klarplan.papers.docx.parts import STYLES, A, parse, w
from klarplan.papers.docx.styles import Styles

IN_CELLS = ("compact", "body text", "normal")
"""The styles of text in cells, each based on the next."""
SIZE = 20
"""The size of letters in our tables, in half-points."""
AS_OURS = ("Calibri", "Carlito")
WIDER, WIDEST = 1.12, 1.28
"""Digits of most other typefaces, and those of the widest in use, as parts of ours."""
WIDE = ("Verdana", "DejaVu Sans", "Lucida Sans", "Courier New")
THEME = "word/theme/theme1.xml"


def letters_of(template: Mapping[str, bytes]) -> float:
    """How many times wider than ours the letters of tables are."""
    styles = Styles(template[STYLES])
    size = styles.letters(IN_CELLS, "sz")
    wide = 1.0 if size is None else max(float(size.get(w("val"), SIZE)) / SIZE, 0.5)
    font = _font(template, styles)
    if font in WIDE:
        return wide * WIDEST
    return wide if not font or font in AS_OURS else wide * WIDER


def _font(template: Mapping[str, bytes], styles: Styles) -> str:
    """The typeface of text, by its style, by what all styles have in common, or by the theme."""
    given = styles.letters(IN_CELLS, "rFonts")
    if given is None:
        given = parse(template[STYLES]).find(f"{w('docDefaults')}//{w('rFonts')}")
    if given is None:
        return ""
    if given.get(w("asciiTheme")) is None:
        return str(given.get(w("ascii"), ""))
    if THEME not in template:
        return ""
    kind = "minorFont" if str(given.get(w("asciiTheme"))).startswith("minor") else "majorFont"
    found = parse(template[THEME]).find(f".//{{{A}}}{kind}/{{{A}}}latin")
    return "" if found is None else str(found.get("typeface", ""))
