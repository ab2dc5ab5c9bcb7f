"""Tells the language of a text on its blocks, so that it is read out right (WCAG 3.1.2).

The text stands between lines that only the build can write (``Seal.spoken``). Templates and macros
round it speak the site's language; so does what a macro makes within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from klarplan.pages.languages import RIGHT_TO_LEFT
from macros.seal import Seal

_STASHED = HTML_PLACEHOLDER.partition("%")[0]
"""How the place of a block begins that Markdown keeps aside: code, HTML."""
_HOLDERS = ("ul", "ol", "dl", "table", "thead", "tbody", "tr")


class Languages(Treeprocessor):
    """Sets ``lang``, and ``dir`` where a script runs to the left."""

    def __init__(self, md: Markdown, seal: Seal) -> None:
        super().__init__(md)
        self._mark = seal.language_mark
        self._token = re.compile(re.escape(seal.token(0)).replace("n0n", r"n\d+n"))

    def run(self, root: Element) -> None:
        """Take the marks out, and tell the language of what stands between them."""
        language = spoken = ""
        for block in list(root):
            text = (block.text or "").strip() if block.tag == "p" else ""
            if text.startswith(self._mark):
                language = text.removeprefix(self._mark)
                root.remove(block)
            elif language and not self._token.fullmatch(text) and _STASHED not in text:
                spoken = language
                for part in _parts(block):
                    _tell(part, language)
            elif spoken and block.get("class") == "footnote":
                for note in block.iter("p"):
                    _tell(note, spoken)

    def without_marks(self, text: str) -> str:
        """A text without marks: one may have become part of a block of code."""
        return re.sub(f"{self._mark}[A-Za-z0-9-]*", "", text) if self._mark in text else text


def _parts(block: Element) -> Iterator[Element]:
    """The block whose words have a language: of lists and tables the items and cells."""
    if block.tag not in _HOLDERS:
        yield block
        return
    for child in block:
        yield from _parts(child)


def _tell(part: Element, language: str) -> None:
    part.set("lang", language)
    if language.partition("-")[0] in RIGHT_TO_LEFT:
        part.set("dir", "rtl")
