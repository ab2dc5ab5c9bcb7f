"""How the lines of a PDF end: words parted, headings left alone, paragraphs said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from klarplan.words.hyphens import SOFT_HYPHEN
from tests.support.print_reading import Piece, Tag, read

INLINE = frozenset({"Span", "Link", "Em", "Strong", "Reference", "Quote", "NonStruct", "Annot"})
"""Elements inside a line; all others end it."""
HEADING = re.compile(r"H[1-6]")
SHORT = 5
"""Words of no more letters stay whole."""
SAME = 80
"""So many letters make a paragraph that is known again."""
NEW_LINE = 3
"""Points by which a line stands below another; raised numbers of notes stand less."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its text, the elements around it from the outermost, page and place."""

    text: str
    kinds: tuple[str, ...]
    block: int
    page: int
    base: float


def lines(file: Path) -> list[Line]:
    """All lines of a PDF in reading order."""
    found: list[Line] = []
    text, place = "", (-1, -1, 0.0)
    kinds: tuple[str, ...] = ()
    ahead = ""
    for piece, around, block in _pieces(read(file), (), [0]):
        if not piece.run.size:
            ahead += piece
            continue
        page, base = piece.page, piece.run.base
        same = place[:2] == (block, page) and abs(base - place[2]) < NEW_LINE
        if not same:
            if text.strip():
                found.append(Line(text, kinds, *place))
            text, kinds, place = "", around, (block, page, base)
        text += ahead + piece
        ahead = ""
    if text.strip():
        found.append(Line(text, kinds, *place))
    return found


def _pieces(
    tag: Tag, around: tuple[str, ...], count: list[int]
) -> Iterator[tuple[Piece, tuple[str, ...], int]]:
    """The text of an element piece by piece, with the kinds around it and the number of its block.

    A block inside a block ends the line before it.
    """
    kinds = (*around, tag.kind)
    if tag.kind not in INLINE:
        count[0] += 1
    for part in tag.parts:
        if isinstance(part, Piece):
            yield part, kinds, count[0]
        elif isinstance(part, Tag):
            yield from _pieces(part, kinds, count)
            if part.kind not in INLINE:
                count[0] += 1


def line_faults(file: Path) -> list[str]:
    """Words parted wrongly, and headings at the foot of a page."""
    found = lines(file)
    return [*_parted(found), *_headings_alone(found)]


def _parted(found: list[Line]) -> Iterator[str]:
    for line, after in pairwise(found):
        if line.block != after.block or {"Code", "Figure"} & {*line.kinds}:
            continue
        end, begin = re.search(r"\S*\Z", line.text), re.match(r"\S*", after.text)
        assert end is not None
        assert begin is not None
        hyphen = end.group()[-1:] == SOFT_HYPHEN
        token, rest = (side.group().replace(SOFT_HYPHEN, "") for side in (end, begin))
        if not token or not rest:
            continue
        told = f"page {line.page + 1}: {{}}: {token}|{rest}"
        letters, others = re.search(r"[^\W\d_]+\Z", token), re.match(r"[^\W\d_]+", rest)
        if re.search(r"[/@:_\d]|\w\.\w", token + rest):
            if re.fullmatch(r"[\d.,]+", token) and re.match(r"[.,]?\d", rest):
                yield told.format("number parted")
        elif letters and others and not hyphen:
            yield told.format("parted without hyphen")
        elif letters and others and len(letters.group() + others.group()) <= SHORT:
            yield told.format("short word parted")


def _headings_alone(found: list[Line]) -> Iterator[str]:
    lowest: dict[int, Line] = {}
    for line in found:
        if line.page not in lowest or line.base < lowest[line.page].base:
            lowest[line.page] = line
    last = max(lowest, default=0)
    for page, line in lowest.items():
        if page != last and any(map(HEADING.fullmatch, line.kinds)):
            yield f"page {page + 1}: heading at the foot: {line.text}"


def said_again(file: Path) -> list[str]:
    """Paragraphs, captions and entries of lists that come twice in a paper; tables may repeat."""
    told: dict[int, tuple[int, str]] = {}
    for line in lines(file):
        if not {"Table", "TOC"} & {*line.kinds} and not any(map(HEADING.fullmatch, line.kinds)):
            page, text = told.get(line.block, (line.page, ""))
            told[line.block] = (page, text + line.text)
    begun: dict[str, list[int]] = {}
    for page, text in told.values():
        begin = re.sub(r"[\W\d_]+", "", text)[:SAME]
        if len(begin) == SAME:
            begun.setdefault(begin, []).append(page + 1)
    return [
        f"pages {pages}: said again: {begin}" for begin, pages in begun.items() if len(pages) > 1
    ]
