"""From the prepared HTML of pages to Typst, by pandoc."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pypandoc
from lxml import etree
from lxml.html import HtmlElement, tostring

from klarplan.messages import KlarplanError, Text
from klarplan.papers.pdf.markup import CLOSING, OPENING

FILTER = "filter.lua"
KEPT = {OPENING, CLOSING}
KEPT_OF_LISTS = KEPT | {"start", "type"}


def plain_html(article: HtmlElement) -> str:
    """An article as HTML with nothing left but what the filter and pandoc read."""
    for node in article.iter():
        if not node.attrib:
            continue
        kept = KEPT_OF_LISTS if node.tag == "ol" else KEPT
        for name in list(node.attrib):
            if name not in kept:
                del node.attrib[name]
    etree.strip_tags(article, "abbr", "font", "bdi", "bdo", "time", "data", "label", "output")
    return str(tostring(article, encoding="unicode", with_tail=False))


def to_typst(pages: Sequence[str], template: Path) -> list[str]:
    """The Typst of each page; raises ``KlarplanError`` where pandoc gives up."""
    marked = "\n".join(
        f'<div {OPENING}="//page {number}"></div>\n{html}' for number, html in enumerate(pages)
    )
    try:
        typst = pypandoc.convert_text(
            marked,
            "typst-smart",
            format="html",
            extra_args=["--wrap=none", f"--lua-filter={template / FILTER}"],
            sandbox=True,
        )
    except (RuntimeError, OSError) as error:
        raise KlarplanError(
            Text(
                f"pandoc konnte die Seiten nicht umwandeln: {str(error)[:500]}",
                f"pandoc could not convert the pages: {str(error)[:500]}",
            ),
            Text(
                "Prüfen Sie eigene Änderungen in overrides/print.",
                "Check changes of your own in overrides/print.",
            ),
        ) from error
    pieces = re.split(r"^//page \d+$", typst, flags=re.MULTILINE)[1:]
    assert len(pieces) == len(pages)
    return [piece.strip() + "\n" for piece in pieces]
