"""Headings of a page at their level in the paper: none skipped, none deeper than six."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from klarplan.articles.nodes import HEADINGS, NO_HEADING_IN, move_content, replace, words
from klarplan.papers.job import Page
from klarplan.papers.links import label_of
from klarplan.papers.markup import block, escaped, is_note, literal
from klarplan.papers.text import breakable

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Title:
    """One heading of the paper: its level and text, and its label if it stands in the contents."""

    level: int
    text: str
    label: str = ""
    place: str = ""
    """The label of a heading inside a page."""
    number: str = ""
    """What the entry is cited by that it opens."""


@dataclass(slots=True)
class Outline:
    """Gives levels to headings in the order of the paper."""

    placed: set[str]
    """Labels that exist, shared with the links."""
    lang: str
    """The language of the paper, whose syllables its longest words have."""
    last: int = 0
    """The level of the heading before."""
    titles: list[Title] = field(default_factory=list)

    def level(self, wanted: int) -> int:
        """The level a heading gets: at most one below the heading before it."""
        self.last = max(1, min(wanted, self.last + 1, DEEPEST))
        return self.last

    def opening(
        self, level: int, title: str, label: str, number: str = "", colour: str = ""
    ) -> str:
        """The Typst of an entry's heading that has no page, or whose page has no heading."""
        given = self.level(level)
        self.titles.append(Title(given, title, label, number=number))
        self.placed.add(label)
        shown = escaped(breakable(title, self.lang))
        return f"#entry-heading({given}, {_marked(colour)}[{shown}], <{label}>)\n"

    def put(self, article: HtmlElement, page: Page) -> str:
        """Sets all headings of a page; returns the heading that the page itself lacks, if any."""
        entry, found = page.entry, []
        for node in list(article.iter(*HEADINGS)):
            if not words(node) and not any(True for _ in node.iter("img", "svg")):
                node.drop_tree()
            elif any(True for _ in node.iterancestors(*NO_HEADING_IN)):
                node.tag = "strong"
            else:
                found.append(node)
        first = next((node for node in found if node.tag == "h1"), None)
        missing = ""
        if first is not None:
            first.text = entry.with_number(first.text or "")
        else:
            missing = self.opening(entry.level, entry.cited, page.slug, entry.number, entry.colour)
        base = self.last if first is None else entry.level
        for node in found:
            if node is first:
                base = self.level(entry.level)
                self._set(node, base, page, label=page.slug)
            else:
                depth = int(str(node.tag)[1]) - 1
                self._set(node, self.level(base + max(depth, 1)), page)
        return missing

    def _set(self, node: HtmlElement, level: int, page: Page, label: str = "") -> None:
        _flatten(node)
        text, listed = _title(node), label
        name = "entry-heading" if label else "part-heading"
        own = label_of(page.slug, node.get("id", "")) if node.get("id") else ""
        # Links to the id of a page's heading end at the page: its label is that heading's.
        label = label or own
        if label in self.placed:
            label = ""
        if label:
            self.placed.add(label)
        place, number = ("", page.entry.number) if listed else (label, "")
        self.titles.append(Title(level, text, listed, place, number))
        marked = _marked(page.entry.colour) if name == "entry-heading" and listed else ""
        made = block(f"#{name}({level}, {marked}[", f"], <{label}>)" if label else "])")
        move_content(node, made)
        replace(node, made)


def _marked(colour: str) -> str:
    return f"colour: {literal(colour)}, " if colour else ""


def _title(node: HtmlElement) -> str:
    """The words of a heading without its footnotes."""
    if not any(map(is_note, node.iter("span"))):
        return words(node)
    bare = copy.deepcopy(node)
    for note in [part for part in bare.iter("span") if is_note(part)]:
        note.drop_tree()
    return words(bare)


def _flatten(node: HtmlElement) -> None:
    """A heading is one line: breaks become spaces, blocks their text."""
    for part in list(node.iterdescendants()):
        if part.tag == "br":
            part.tail = " " + (part.tail or "")
            part.drop_tree()
        elif part.tag in ("p", "div", "ul", "ol", "li", "table", "pre"):
            part.drop_tag()
