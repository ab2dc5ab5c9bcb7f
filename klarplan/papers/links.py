"""Links and anchors: to a place in the print, to the web, or no link where there is neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from klarplan.articles.article import page_path
from klarplan.articles.nodes import classes, words
from klarplan.articles.promised import TERM
from klarplan.papers.inner_links import NUMBER, PLACE
from klarplan.papers.job import Page
from klarplan.papers.markup import OPENING, block, inline, is_note, literal

BASE = "https://site.invalid/"
"""Stands for the site's own address while links are resolved (RFC 6761: never a real host)."""
QUIET = ("h1", "h2", "h3", "h4", "h5", "h6", "th", "caption", "figcaption", "summary")
QUIET_CLASS = "no-notes"
"""Where a link prints no address: a footnote would be repeated or run into the contents."""
NUMBERED_CALL = ", numbered: true)["
"""How the call of such a link goes on behind its target."""
ENTRY = "#entry-anchor("
"""Begins a place in a list of terms, which other pages may lead to as they do to headings."""
NO_NUMBER = frozenset({"caption", "figcaption", "summary"})
NO_NUMBER_IN = ("heading(", "#figures(")
"""Where type is large and a number behind it would be, too."""
AN_ADDRESS = re.compile(r"^\S+[@/]\S*\.\S+$|^\S+://\S+$|^www\.\S+$")
"""Text of a link that is itself an address, which no hyphen may enter."""
NUMBERED = frozenset({"directory", "cases"})
"""Lists that are looked things up in: each link has its number."""
SCHEMES = ("http", "https", "mailto", "tel")


def label_of(slug: str, fragment: str = "") -> str:
    """The label of a place: the page's slug, then the id; different ids give different labels."""
    if not fragment:
        return slug
    clean = re.sub(r"[^a-zA-Z0-9-]", lambda match: f"_{ord(match.group()):x}_", fragment)
    return f"{slug}--{clean}"


@dataclass(slots=True)
class Links:
    """Rewrites links of pages and remembers which places exist and which were wanted."""

    address: str
    """The site's address on the web, or nothing."""
    slugs: Mapping[str, str]
    """Pages in the print: path to slug."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Pages in another volume: path to what tells a reader where."""
    home_is_told: bool = False
    """Whether the paper names the site once for all, so that no link to it prints its address."""
    placed: set[str] = field(default_factory=set)
    """Labels that exist so far."""
    wanted: dict[str, str] = field(default_factory=dict)
    """Labels on other pages to the label of their page, which stands in where one is missing."""
    explained: set[str] = field(default_factory=set)
    """The places of the glossary that a term has led to."""

    def put(self, article: HtmlElement, page: Page) -> None:
        """Makes every link of a page right for paper; its headings and anchors are in place."""
        shown: set[str] = set()
        for link in list(article.iter("a")):
            href = " ".join((link.get("href") or "").split())
            where = self.resolve(href, page) if href else None
            volume = self._volume(href, page)
            if TERM in classes(link) and not self._is_new_term(where):
                link.drop_tag()
            elif where is None:
                if volume and volume not in shown:
                    shown.add(volume)
                    _tell(link, volume)
                _unlink(link)
            elif where.startswith("<"):
                _call(link, f"#to({where})[", "]")
            elif where.startswith(PLACE) and _has_number(link, where, shown):
                numbered = literal(NUMBER + where.removeprefix(PLACE))
                _call(link, f"#to({numbered}{NUMBERED_CALL}", "]")
            elif where.startswith(PLACE):
                _call(link, f"#to({literal(where)})[", "]")
            else:
                self._outward(link, where, shown, volume)

    def _volume(self, href: str, page: Page) -> str:
        """What tells where a page of the site is in another volume; nothing of any other."""
        if not self.beside:
            return ""
        try:
            local = self._local(urlsplit(urljoin(BASE + page.path, href)))
        except ValueError:
            return ""
        return self.beside.get(page_path(unquote(local)), "") if local else ""

    def _is_new_term(self, where: str | None) -> bool:
        """Whether the glossary is in the print, and nothing yet has led to this place of it."""
        if where is None or not where.startswith(PLACE) or where in self.explained:
            return False
        self.explained.add(where)
        return True

    def resolve(self, href: str, page: Page) -> str | None:
        """Where a link leads on paper.

        ``<label>`` on the same page, ``place:label`` on another page in the print, an address for
        any other, nothing where there is none.
        """
        try:
            target = urlsplit(urljoin(BASE + page.path, href))
        except ValueError:
            return None
        local = self._local(target)
        if local is None:
            return target.geturl() if target.scheme in SCHEMES else None
        path = unquote(local)
        slug = None if _is_file(path) else self.slugs.get(page_path(path))
        if slug is None:
            rest = target._replace(scheme="", netloc="", path=local).geturl()
            return f"{self.address.rstrip('/')}/{rest.lstrip('/')}" if self.address else None
        label = label_of(slug, unquote(target.fragment))
        if slug == page.slug:
            return f"<{label if label in self.placed else slug}>"
        self.wanted[label] = slug
        return PLACE + label

    def _local(self, target: SplitResult) -> str | None:
        """The path inside the site, or nothing for an address elsewhere."""
        home = urlsplit(self.address.rstrip("/") + "/")
        if target.netloc not in (urlsplit(BASE).netloc, home.netloc):
            return None
        if target.path.startswith(home.path):
            return target.path[len(home.path) :]
        return target.path.lstrip("/") if target.netloc != home.netloc else None

    def _outward(self, link: HtmlElement, where: str, shown: set[str], volume: str) -> None:
        scheme, _, bare = where.partition(":")
        text = " ".join(str(link.text_content()).replace("\u200b", "").split())
        if scheme == "mailto" or AN_ADDRESS.search(text):
            _call(link, f"#to({literal(where)}, address[", "])")
        else:
            _call(link, f"#to({literal(where)})[", "]")
        plain = bare.strip("/").lower()
        told = plain in text.lower() or (volume or where) in shown
        quiet = _in_note(link) or any(
            a.tag in QUIET or QUIET_CLASS in classes(a) for a in link.iterancestors()
        )
        quiet |= self.home_is_told and bool(self.address) and where.startswith(self.address)
        if scheme == "tel" or told or quiet:
            return
        shown.add(volume or where)
        if scheme == "mailto" or volume:
            _tell(link, volume or unquote(bare.partition("?")[0]))
            return
        note = inline("#footnote[", "]")
        # The note's own link is left out where it would only repeat the one in the text.
        note.text = where
        note.tail, link.tail = link.tail, None
        link.addnext(note)

    def anchors(self, article: HtmlElement, page: Page) -> None:
        """Puts a place that links can point to wherever an element has an id."""
        for node in article.xpath("descendant::*[@id]"):
            label = label_of(page.slug, node.get("id", ""))
            if label in self.placed or node.tag in ("svg", "col", "colgroup"):
                continue
            self.placed.add(label)
            _anchor(node, label)


def _has_number(link: HtmlElement, where: str, shown: set[str]) -> bool:
    """Whether a link tells the number of its page: the first one to it does; in an index, each.

    Not in headings, nor in the columns of a list beside its first, where it would crowd the cells.
    """
    above = list(link.iterancestors())
    listed = any(a.tag == "td" for a in above) and any(a.find("thead") is not None for a in above)
    titled = any(
        a.tag in NO_NUMBER or any(call in (a.get(OPENING) or "") for call in NO_NUMBER_IN)
        for a in above
    )
    named = any(a.tag == "th" or classes(a) & NUMBERED for a in above)
    if (where in shown and not named) or listed or titled:
        return False
    shown.add(where)
    return True


def _tell(link: HtmlElement, where: str) -> None:
    """Tells where a page is behind a link to it, without what the link says itself."""
    link.tail = f" ({where.removesuffix(f' {words(link)}')}){link.tail or ''}"


def _is_file(path: str) -> bool:
    last = path.rpartition("/")[2]
    return "." in last and last != "index.html"


def _in_note(link: HtmlElement) -> bool:
    return any(map(is_note, link.iterancestors()))


def _call(link: HtmlElement, opening: str, closing: str) -> None:
    link.tag = "span"
    made = inline(opening, closing)
    for name, value in made.attrib.items():
        link.set(name, value)


def _unlink(link: HtmlElement) -> None:
    if link.get("id"):
        link.tag = "span"
    else:
        link.drop_tag()


def _anchor(node: HtmlElement, label: str) -> None:
    """Puts the place into the element, or into the first part of it that can hold text."""
    holders = {"table": "th td", "thead": "th td", "tbody": "th td", "tr": "th td"}
    holders |= {"ul": "li", "ol": "li", "dl": "dt dd"}
    target = node
    if node.tag in holders:
        parts = list(node.iter(*holders[str(node.tag)].split()))
        if not parts:
            return
        target = parts[0]
    made = inline(f"{ENTRY}{literal(label)})" if node.tag == "dt" else f"#anchor(<{label}>)")
    if node.tag in ("img", "hr", "br", "pre", "input"):
        before = block(f"#anchor(<{label}>)") if node.tag in ("pre", "hr") else made
        node.addprevious(before)
        return
    made.tail, target.text = target.text, None
    target.insert(0, made)
