"""Pages of a built site with their addresses, and links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

from klarplan.strategy.addresses import EMBEDDED

BASE = "https://site.example/"


def pages_of(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Every page with its address on a made-up host."""
    for path in sorted(site.rglob("*.html")):
        url = urljoin(BASE, path.relative_to(site).as_posix().removesuffix("index.html"))
        if path.name == "404.html":
            continue
        yield url, html.parse(str(path)).getroot()


def whole_pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """The same but the overview for frames of other sites, which has neither head nor foot."""
    return ((url, page) for url, page in pages_of(site) if url != BASE + EMBEDDED)


def dead_links(site: Path) -> list[str]:
    """Internal links and embedded files that lead nowhere, anchors included."""
    anchors: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    for url, page in pages_of(site):
        anchors[url] = {*page.xpath("//@id"), *page.xpath("//a/@name"), "", "__skip"}
        for link in page.xpath("//a/@href | //link/@href | //img/@src | //script/@src"):
            target, anchor = urldefrag(urljoin(url, link))
            if target.startswith(BASE):
                wanted.append((url, target, unquote(anchor)))
    dead = []
    for url, target, anchor in wanted:
        path = unquote(urlsplit(target).path).lstrip("/")
        file = site / path / "index.html" if path.endswith("/") or not path else site / path
        if not file.is_file() or (target in anchors and anchor not in anchors[target]):
            dead.append(f"{url} -> {target}#{anchor}")
    return dead
