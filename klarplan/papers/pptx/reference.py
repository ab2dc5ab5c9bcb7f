"""What slides stand on: pandoc's own master and layouts, in the colours of the strategy.

Part names and elements are those of ECMA-376 (PresentationML).
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import cache

import pypandoc
from lxml import etree

from klarplan.papers.docx.parts import TYPES, A, parse, unpacked, written

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
MASTER = "ppt/slideMasters/slideMaster1.xml"
DROPPED = ("ppt/slides/", "ppt/notesSlides/", "ppt/notesMasters/", "ppt/theme/theme2.xml")
"""Parts of pandoc's that are examples, or for notes, which no slide has."""
TITLE_SIZE, TITLE_OF_FIRST = 24, 32


@cache
def pandoc_default() -> Mapping[str, bytes]:
    """The parts of pandoc's own presentation, without its slides and notes."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.pptx"]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - fixed arguments
    parts = unpacked(done.stdout)
    return {name: part for name, part in parts.items() if not name.startswith(DROPPED)}


def reference(tag: str, primary: str) -> dict[str, bytes]:
    """The parts that slides stand on, with a colour ``#rrggbb`` for titles."""
    parts = dict(pandoc_default())
    parts[TYPES] = _without(parts[TYPES], "PartName", DROPPED)
    name = "ppt/_rels/presentation.xml.rels"
    parts[name] = _without(parts[name], "Target", ("slides/", "notesMasters/"))
    for name, part in parts.items():
        if name.startswith(("ppt/slideMasters/s", "ppt/slideLayouts/s", "ppt/presentation")):
            parts[name] = _in_language(part, tag)
    parts[MASTER] = _master(parts[MASTER], primary[1:])
    return parts


def _without(part: bytes, attribute: str, begins: tuple[str, ...]) -> bytes:
    tree = parse(part)
    for node in list(tree):
        if (node.get(attribute) or "").lstrip("/").startswith(begins):
            tree.remove(node)
    return written(tree)


def _in_language(part: bytes, tag: str) -> bytes:
    tree = parse(part)
    for node in tree.iter(etree.Element):
        if node.get("lang"):
            node.set("lang", tag)
    return written(tree)


def _master(part: bytes, primary: str) -> bytes:
    """Titles to the left, bold, in a colour; smaller text than pandoc's, which is for few words."""
    tree = parse(part)
    style = tree.find(f".//{{{P}}}titleStyle/{{{A}}}lvl1pPr")
    assert style is not None
    style.set("algn", "l")
    letters = style.find(f"{{{A}}}defRPr")
    assert letters is not None
    letters.set("sz", str(TITLE_SIZE * 100))
    letters.set("b", "1")
    fill = letters.find(f"{{{A}}}solidFill")
    assert fill is not None
    fill[:] = [etree.Element(f"{{{A}}}srgbClr", val=primary)]
    for level, size in enumerate((16, 14, 12), 1):
        found = tree.find(f".//{{{P}}}bodyStyle/{{{A}}}lvl{level}pPr/{{{A}}}defRPr")
        assert found is not None
        found.set("sz", str(size * 100))
    return written(tree)
