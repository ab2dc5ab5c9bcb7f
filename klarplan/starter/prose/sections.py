"""What of a text becomes which page: titles, chapters, and the levels of headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from klarplan.starter.prose.chapter_titles import chapter_of
from klarplan.starter.prose.parsed import Node, inlines, plain

HIGHEST = 2
"""The level of the highest headings below the title of a page."""
LOWEST = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text that becomes a page: its title, the chapter it is, and its blocks."""

    title: str
    chapter: str
    blocks: Sequence[Node]
    name: str = ""
    """What its own heading is called in links, where it had one."""


def sections(blocks: Sequence[Node], title: str, stem: str, *, whole: bool) -> list[Section]:
    """The pages that a text becomes.

    ``title`` is told beside the text, else the only heading of the highest level is it, else the
    ``stem`` of the file's name. A part whose title is that of a chapter becomes a page of its own;
    unless the text is kept ``whole`` otherwise, so does each part of the highest level, and what it
    is divided into may be chapters.
    """
    blocks, title, name = _titled(blocks, title, stem)
    own = chapter_of(title)
    level = min((_level(block) for block in blocks if block["t"] == "Header"), default=0)
    heads = [n for n, b in enumerate(blocks) if b["t"] == "Header" and _level(b) == level]
    titles = [_words(blocks[n]) for n in heads]
    if own or not heads or (whole and not any(map(chapter_of, titles))):
        return [Section(title, own, _shifted(blocks), name)]
    named = Counter(chapter_of(_words(block)) for block in blocks if block["t"] == "Header")
    once = {chapter for chapter, times in named.items() if chapter and times == 1}
    rest = [*blocks[: heads[0]]]
    found: list[Section] = []
    for begin, end, told in zip(heads, [*heads[1:], len(blocks)], titles, strict=True):
        chapter = chapter_of(told)
        if whole and not chapter:
            rest += blocks[begin:end]
            continue
        inner = blocks[begin + 1 : end]
        below: list[Section] = []
        if not chapter:
            inner, below = _chapters_below(inner, once)
        if inner or not below:
            found.append(Section(told or title, chapter, _shifted(inner), _name(blocks[begin])))
        found += below
    first = [Section(title, "", _shifted(rest), name)] if rest else []
    return [*first, *found]


def _chapters_below(
    blocks: Sequence[Node], once: Container[str]
) -> tuple[Sequence[Node], list[Section]]:
    """What stays of a part that is no chapter, and the chapters below it: „1.1 Vision“.

    There are at least two, of ``once``: those that a text has only once. What each field of action
    repeats stays where it is.
    """
    level = min((_level(block) for block in blocks if block["t"] == "Header"), default=0)
    heads = [n for n, b in enumerate(blocks) if b["t"] == "Header" and _level(b) == level]
    rest = [*blocks[: heads[0]]] if heads else []
    found: list[Section] = []
    for begin, end in pairwise([*heads, len(blocks)]):
        title = _words(blocks[begin])
        if (chapter := chapter_of(title)) in once:
            inner = _shifted(blocks[begin + 1 : end])
            found.append(Section(title, chapter, inner, _name(blocks[begin])))
        else:
            rest += blocks[begin:end]
    return (rest, found) if len(found) > 1 else (blocks, [])


def _titled(blocks: Sequence[Node], title: str, stem: str) -> tuple[Sequence[Node], str, str]:
    """The blocks without the heading that is the title, the title, and what links call it."""
    heads = [block for block in blocks if block["t"] == "Header"]
    highest = [h for h in heads if _level(h) == min(map(_level, heads))]
    first = next((n for n, block in enumerate(blocks) if block["t"] == "Header"), 0)
    only = len(highest) == 1 and highest[0] is heads[0] and (len(heads) > 1 or not first)
    same = bool(heads) and title and _words(heads[0]).casefold() == title.casefold()
    if same or (only and not title and _words(heads[0])):
        told = _words(heads[0])
        return [*blocks[:first], *blocks[first + 1 :]], title or told, _name(heads[0])
    return blocks, title or _readable(stem), ""


def _readable(stem: str) -> str:
    """The name of a file as a title: ``02_unsere-ziele`` is ``Unsere ziele``."""
    text = " ".join(re.sub(r"[_-]+", " ", re.sub(r"^\d+[._ -]+", "", stem)).split())
    return text[:1].upper() + text[1:] or stem


def _level(block: Node) -> int:
    return int(block["c"][0])


def _name(block: Node) -> str:
    return str(block["c"][1][0])


def _words(block: Node) -> str:
    return plain(block["c"][2])


def _shifted(blocks: Sequence[Node]) -> list[Node]:
    """Blocks whose headings begin at the highest level below a title and leave none out."""
    open_levels: list[int] = []
    made: list[Node] = []
    for block in blocks:
        if block["t"] != "Header":
            made.append(block)
            continue
        while open_levels and open_levels[-1] >= _level(block):
            open_levels.pop()
        level = min(HIGHEST + len(open_levels), LOWEST)
        open_levels.append(_level(block))
        made.append({**block, "c": [level, *block["c"][1:]]})
    return made


def headings(blocks: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """What links call each heading, and what it says."""
    for block in blocks:
        if block["t"] == "Header":
            yield _name(block), _words(block)


def without_contents(blocks: Sequence[Node]) -> tuple[list[Node], bool]:
    """The blocks of a Word document without its own table of contents, and whether it had one."""
    kept = [block for block in blocks if not _is_entry(block) and not _is_its_heading(block)]
    return kept, len(kept) < len(blocks)


_CONTENTS = ("inhalt", "inhaltsverzeichnis", "inhaltsübersicht", "contents", "table of contents")


def _is_its_heading(block: Node) -> bool:
    return block["t"] == "Header" and _words(block).casefold().strip(" :.") in _CONTENTS


def _is_entry(block: Node) -> bool:
    """Whether a paragraph is but a link to a heading, as Word's tables of contents are."""
    if block["t"] not in ("Para", "Plain"):
        return False
    nodes = [node for node in block["c"] if node["t"] not in ("Space", "SoftBreak")]
    return bool(nodes) and all(
        node["t"] == "Link" and str(node["c"][2][0]).startswith("#_Toc") and inlines(node)
        for node in nodes
    )
