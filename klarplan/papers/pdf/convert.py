"""From the prepared HTML of pages to Typst: pandoc arranges blocks, ready code passes it by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypandoc
from lxml import etree
from lxml.html import HtmlElement, tostring

from klarplan.messages import KlarplanError, Text
from klarplan.papers.markup import CLOSING, OPENING

FILTER = "filter.lua"
KEPT = {OPENING, CLOSING}
KEPT_OF_LISTS = KEPT | {"start", "type"}
MARK = re.compile("\ue000(\\d+)\ue001")
"""Stands for code while pandoc works; texts hold no characters for private use, see ``glyphs``."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A page as HTML for pandoc, in which marks stand for the Typst code that is ready."""

    html: str
    codes: Sequence[str]


def plain_html(article: HtmlElement) -> Marked:
    """An article as HTML with nothing left but what the filter and pandoc read."""
    codes: list[str] = []
    for node in article.iter():
        attributes = node.attrib
        if not attributes:
            continue
        kept = KEPT_OF_LISTS if node.tag == "ol" else KEPT
        for name, value in attributes.items():
            if name not in kept:
                del attributes[name]
            elif name in KEPT:
                attributes[name] = f"\ue000{len(codes)}\ue001"
                codes.append(value)
    etree.strip_tags(article, "abbr", "font", "bdi", "bdo", "time", "data", "label", "output")
    return Marked(str(tostring(article, encoding="unicode", with_tail=False)), codes)


def to_typst(pages: Sequence[Marked], template: Path) -> list[str]:
    """The Typst of each page; raises ``KlarplanError`` where pandoc gives up."""
    marked = "\n".join(
        f'<div {OPENING}="//page {number}"></div>\n{page.html}' for number, page in enumerate(pages)
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
    return [
        MARK.sub(lambda found, codes=page.codes: codes[int(found[1])], piece).strip() + "\n"
        for piece, page in zip(pieces, pages, strict=True)
    ]
