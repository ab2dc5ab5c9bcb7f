"""A page twice: its lines as they were written, and its text as readers see it."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from klarplan.messages import Fix, Severity, Text
from klarplan.pages.calls import Call

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from klarplan.check.texts import Page

Kind = Literal[
    "list",
    "nesting",
    "number",
    "table",
    "cells",
    "link",
    "emphasis",
    "heading",
    "code",
    "rest",
    "vanished",
]

GAP = "\ufffc"
"""Stands for code and for what macros make: signs in them are meant."""

_CODE = ("code", "pre", "kbd", "samp", "script", "style")
_TEXT = ("article", "aside", "blockquote", "details", "div", "figure", "p", "section")
_PARTS = (
    "caption",
    "dd",
    "dl",
    "dt",
    "figcaption",
    "footer",
    "header",
    "li",
    "ol",
    "summary",
    "ul",
)
_TABLE = ("table", "tbody", "td", "tfoot", "th", "thead", "tr")
_BLOCKS = frozenset((*_TEXT, *_PARTS, *_TABLE, "h1", "h2", "h3", "h4", "h5", "h6"))
_QUOTED = re.compile(r"\A(?: {0,3}> ?)+")
_MARKS = re.compile(r"[\s*_\\`~]+")
_LENGTHS = (30, 16, 8)


@dataclass(frozen=True, slots=True)
class Slip:
    """One place where Markdown is not read as its author meant it; ``line`` is of the file."""

    kind: Kind
    line: int
    value: str
    problem: Text
    cure: Text
    fix: Fix | None = None
    severity: Severity = "warning"


class Line(NamedTuple):
    """A line of the page outside fenced code: its number in the file, and as it was written."""

    number: int
    written: str
    plain: str
    """The same with a sign for each call of a macro, and spaces for tabs."""


class Shown(NamedTuple):
    """The own text of an element as readers see it, code and macros left out."""

    tag: str
    text: str
    node: LexborNode

    @property
    def lines(self) -> list[str]:
        """The text line by line, as it was written."""
        return [line.strip() for line in self.text.split("\n")]


def squashed(text: str) -> str:
    """A text without blanks and marks of emphasis, to be looked for."""
    return _MARKS.sub("", html.unescape(text)).replace("{}", GAP).split(GAP)[0]


@dataclass
class View:
    """A page for those who look for slips; ``told`` are the lines that need no second message."""

    page: Page
    told: set[int] = field(default_factory=set)

    def slip(  # noqa: PLR0913 (as a slip)
        self,
        kind: Kind,
        line: Line,
        problem: Text,
        cure: Text,
        fix: Fix | None = None,
        *,
        value: str | None = None,
        severity: Severity = "warning",
    ) -> Slip:
        """A slip on a line, which needs no second message then; ``value`` is usually all of it."""
        self.told.add(line.number)
        shown = line.plain.strip() if value is None else value
        return Slip(kind, line.number, shown, problem, cure, fix, severity)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines outside fenced code."""
        source = self.page.source
        masked = "".join("{}" if isinstance(p, Call) else p for p in source.pieces.parts)
        plain = masked.split("\n")
        first = self.page.first_line
        written = source.body.split("\n")
        kept = {number for number, _ in self.page.numbered_lines}
        return [
            Line(number, written[number - first], text.expandtabs(4))
            for number, text in enumerate(plain, first)
            if number in kept
        ]

    @cached_property
    def blocks(self) -> list[list[Line]]:
        """Lines without an empty one between them; a heading stands for itself."""
        found: list[list[Line]] = [[]]
        for line in self.lines:
            last = found[-1][-1].number if found[-1] else line.number
            heading = re.match(r"#{1,6}[^#]", line.plain)
            if not line.plain.strip() or heading or line.number > last + 1:
                found.append([])
            if heading:
                found[-1:] = [[line], []]
            elif line.plain.strip():
                found[-1].append(line)
        return [block for block in found if block]

    @cached_property
    def by_number(self) -> dict[int, Line]:
        """The lines by their numbers."""
        return {line.number: line for line in self.lines}

    @cached_property
    def _squashed(self) -> list[tuple[int, str, str]]:
        return [(n, plain, squashed(_QUOTED.sub("", plain))) for n, _, plain in self.lines]

    def locate(self, text: str, after: int = 0, form: re.Pattern[str] | None = None) -> int | None:
        """The line that a line of the shown text was written on, beyond ``after`` if possible.

        It has the form, signs of quotations and lists aside, that is asked for.
        """
        key, sign = squashed(text), "" if text[:1].isalnum() else text[:1].replace(GAP, "")
        for length in (*_LENGTHS, 2):
            start = key[:length]
            if not start or (length < len(key) and length == 2 and start.isalnum()):
                return None
            places = [
                n
                for n, line, bare in self._squashed
                if start in bare
                and sign in line
                and (form is None or form.match(line.lstrip(" >")) or form.search(line, 2))
            ]
            if places:
                return next((n for n in places if n > after), places[0])
        return None

    def find(self, snippet: str, but: Container[int] = ()) -> Line | None:
        """The line, not told yet, that holds a text as it stands; escaped signs are meant."""
        if not snippet:
            return None
        for line in self.lines:
            at = line.plain.find(snippet)
            if line.number in but or line.number in self.told:
                continue
            if at >= 0 and line.plain[at - 1 : at] != "\\":
                return line
        return None

    @cached_property
    def shown(self) -> list[Shown]:
        """The elements with text of their own, in the order in which they end; none where something
        is not allowed: that is told first."""
        return list(self._shown())

    def _shown(self) -> Iterator[Shown]:
        seen = self.page.seen
        if seen is not None and not seen.faults:
            token = re.compile(f"{re.escape(self.page.renderer().seal.word)}n[0-9]+n")
            for tag, text, node in _own_texts(seen.article, []):
                if said := token.sub(GAP, text).strip():
                    yield Shown(tag, said, node)


def _own_texts(node: LexborNode, texts: list[str]) -> Iterator[Shown]:
    """The texts of a block and of those within it; the gate has seen that they aren't deep."""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if child.is_text_node:
            texts.append(child.text_content or "")
        elif tag in _CODE:
            texts.append(GAP)
        elif tag in _BLOCKS:
            yield from _own_texts(child, [])
        elif child.is_element_node and child.attributes.get("class") != "headerlink":
            yield from _own_texts(child, texts)
    if node.tag in _BLOCKS:
        yield Shown(node.tag or "", "".join(texts), node)
