"""Finds the HTML element that is not closed, or closed too often, to name it and its line."""

from __future__ import annotations

import contextlib
from html.parser import HTMLParser
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("area base br col embed hr img input link meta source track wbr")
"""Elements that have no end tag."""
UNCLOSED = _words("p li dt dd td th tr thead tbody tfoot colgroup rt rp")
"""Elements whose end tag may be left out."""


class Alone(NamedTuple):
    """An element without its counterpart; an end tag has a slash before its name."""

    name: str
    line: int


class _Open(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[Alone] = []
        self.alone: Alone | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base's name
        if tag not in VOID:
            self.open.append(Alone(tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.name for element in self.open):
            while (left := self.open.pop()).name != tag:
                self.alone = self.alone or (None if left.name in UNCLOSED else left)
        elif tag not in VOID:
            self.alone = self.alone or Alone(f"/{tag}", self.getpos()[0])


def unmatched(text: str, *, also_unclosed: bool = True) -> Alone | None:
    """The first element of a text without its counterpart.

    Of elements that are open at its end, those whose end tag may be left out count only with
    ``also_unclosed``.
    """
    reader = _Open()
    # Before Python 3.14 the reader stops at a section such as “<![x]”; what it saw names the place.
    with contextlib.suppress(AssertionError):
        reader.feed(text)
    left = (e for e in reader.open if also_unclosed or e.name not in UNCLOSED)
    return reader.alone or next(left, None)
