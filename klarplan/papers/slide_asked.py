"""What is to be voted on, on slides: each point in its order, with the number that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from klarplan.articles.nodes import HEADINGS, NOTES, classes, is_inline
from klarplan.articles.nodes import words as text_of
from klarplan.pages.asked import asks
from klarplan.papers.pptx import Points, Row, Slide
from klarplan.papers.pptx.slides import fitted
from klarplan.papers.text import language_of
from klarplan.words.catalogue import Words
from macros.excerpt import excerpt

ROOM = range(1150, 139, -30)
"""So much room each point may have, the most and the least."""
HELD = ("article", "blockquote", "center", "details", "div", "section")
"""Elements that hold paragraphs and lists."""
LISTS = ("ol", "ul")
START = re.compile(r"[1-9][0-9]{0,3}")


def asked_slides(words: Words, article: HtmlElement, most: int) -> list[Slide]:
    """At most so many slides with what stands below headings of what is asked.

    Items of lists are its points, or its paragraphs where there is no list; what else is said, such
    as what leads to a list, has no mark. A text that is too long ends behind a sentence, with a
    mark. What else there is, and what has no room, the slides say. Without such a section, or with
    nothing in it, there is no slide.
    """
    asked = asks(words)
    heads = [head for head in article.iter("h2") if asked(text_of(head).strip("¶ "))]
    if not heads:
        return []
    title = text_of(heads[0]).strip("¶ ")
    below = [node for head in heads for node in (head, *_below(head))][1:]
    listed = any(node.tag in LISTS or node.xpath(".//ol|.//ul") for node in below)
    told = list(_told(words, below, listed=listed))
    rows = [row for row in told if row]
    if not rows:
        return []
    slide = Slide(title=title, content=(), section=title)
    for room in ROOM:
        short = [replace(row, texts=(excerpt(row.texts[0], room),)) for row in rows]
        cut = len(rows) < len(told) or short != rows
        slide = replace(slide, content=(Points(rows=short),), cut=cut)
        if not fitted(slide).left:
            break
    slides: list[Slide] = []
    while (left := fitted(slide).left) and len(slides) + 1 < most:
        slides.append(replace(slide, content=(Points(rows=short[: -len(left)]),)))
        short = list(left)
        slide = replace(slide, content=(Points(rows=short),))
    return [*slides, slide]


def _below(head: HtmlElement) -> Iterator[HtmlElement]:
    node = head.getnext()
    while node is not None and node.tag != "h2":
        if isinstance(node.tag, str) and NOTES not in classes(node):
            yield node
        node = node.getnext()


def _told(words: Words, nodes: Sequence[HtmlElement], *, listed: bool) -> Iterator[Row | None]:
    """What is said, in its order; nothing stands for what is no text, such as a table."""
    for node in nodes:
        text = text_of(node) if isinstance(node.tag, str) else ""
        if not text:
            continue
        if node.tag in LISTS:
            start = START.fullmatch(node.get("start", ""))
            first = int(start[0]) if start else 1
            for place, item in enumerate(node.iterchildren("li"), first):
                if text := text_of(item):
                    yield _row(words, item, text, place if node.tag == "ol" else None)
        elif node.tag in HELD and not is_inline(node):
            yield from _told(words, list(node), listed=listed)
        elif node.tag in HEADINGS:
            yield replace(_row(words, node, text.strip("¶ ")), bare=True)
        elif node.tag != "p" and node.tag not in HELD:
            yield None
        else:
            yield replace(_row(words, node, text), bare=listed)


def _row(words: Words, node: HtmlElement, text: str, place: int | None = None) -> Row:
    foreign = tuple(
        (said, tag)
        for each in node.xpath(".//*[@lang]")
        if (said := text_of(each)) and (tag := _other_language(words, each.get("lang", "")))
    )
    return Row((text,), foreign=foreign, place=place)


def _other_language(words: Words, tag: str) -> str:
    """The tag of a language that is not that of the slides, else nothing."""
    language, region = language_of(tag)
    return "" if language == words.lang else "-".join(filter(None, (language, region)))
