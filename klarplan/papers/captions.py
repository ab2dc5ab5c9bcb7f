"""Captions of a paper: figures and tables count each for themselves, and a key stands once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lxml.html import HtmlElement

from klarplan.articles.nodes import with_class, words
from klarplan.words.catalogue import Words

Kind = Literal["figure", "table"]
LONG_KEY = 50
"""A key with more characters is not told again."""
TITLE = "chart__title"
"""Marks what a chart shows, before the key in its caption."""


@dataclass(slots=True)
class Counts:
    """How many figures and tables with a caption a paper has so far."""

    figures: int = 0
    tables: int = 0
    keys: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Keys of charts: where each stands, as the slug of its page and the number of its figure."""

    def next(self, kind: Kind) -> int:
        """The number of the next figure or table."""
        if kind == "figure":
            self.figures += 1
            return self.figures
        self.tables += 1
        return self.tables

    def key_of(self, caption: HtmlElement, slug: str) -> tuple[str, int]:
        """Where the key of the last figure, a chart, stands first."""
        title = title_of(caption)
        key = words(caption).removeprefix("" if title is None else words(title))
        here = slug, self.figures
        return here if len(key) <= LONG_KEY else self.keys.setdefault(key, here)


def numbered(kind: Kind, number: int | str, said: Words) -> tuple[str, str]:
    """What a caption begins with: its label with the number, as others name it, and a mark."""
    name = "print.figure_number" if kind == "figure" else "print.table_number"
    before, _, after = said(name, number="\0").partition("\0")
    return f"{before}{number}", after


def title_of(caption: HtmlElement) -> HtmlElement | None:
    """What says in the caption of a chart what it shows, before the key."""
    return next(iter(with_class(caption, TITLE)), None)


def put_same_key(caption: HtmlElement, link: HtmlElement, said: Words) -> None:
    """Puts a link to the figure with the same key in place of the key of a chart."""
    title = title_of(caption)
    before, _, link.tail = said("print.same_key", figure="\0").partition("\0")
    caption[:] = [link] if title is None else [title, link]
    if title is None:
        caption.text = before
    else:
        title.tail = f" {before}"
