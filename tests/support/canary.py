"""Compares the sites and papers that generators make of the same strategy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from klarplan.website.generator import GENERATORS, USUAL
from tests.support.links import dead_links, pages_of
from tests.support.project import build

SKIP = "__skip"
"""Where the theme leads those who skip the menu; each generator puts it elsewhere."""

OTHERS = tuple(name for name in GENERATORS if name != USUAL)


@dataclass(frozen=True)
class Article:
    """What must be the same of a page: its title, the words of its article, and its anchors."""

    title: str
    words: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A site that a generator made of a strategy."""

    generator: str
    site: Path
    articles: dict[str, Article] = field(hash=False)

    def differences(self, usual: Made) -> list[str]:
        """How it differs from the site of the usual generator; links may be dead in both."""
        found = [f"page {url}" for url in sorted(self.articles.keys() ^ usual.articles.keys())]
        for url in sorted(self.articles.keys() & usual.articles.keys()):
            mine, other = self.articles[url], usual.articles[url]
            found += [
                f"{name} of {url}"
                for name in ("title", "words", "anchors")
                if getattr(mine, name) != getattr(other, name)
            ]
        dead = sorted(set(dead_links(self.site)) - set(dead_links(usual.site)))
        return found + [f"dead link {link}" for link in dead]


def articles(site: Path) -> Iterator[tuple[str, Article]]:
    """The articles of a site by the address of their page."""
    for url, page in pages_of(site):
        article = page.find(".//article")
        yield (
            url,
            Article(
                title=" ".join(page.findtext(".//title").split()),
                words=" ".join(article.text_content().split()),
                anchors=tuple(name for name in article.xpath(".//@id") if name != SKIP),
            ),
        )


def make_with(generator: str, root: Path, folder: Path, *options: str) -> Made:
    """Build a strategy with a generator; its site is kept below ``folder``."""
    build(root, "--generator", generator, *options)
    site = folder / generator
    shutil.move(root / "site", site)
    return Made(generator, site, dict(articles(site)))


def paper_text(paper: Path) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(paper)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
