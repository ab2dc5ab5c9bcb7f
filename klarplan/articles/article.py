"""The pages of the site that go to print: their main content, without what only a screen needs."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Iterable
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from klarplan.articles.nodes import HEADINGS, classes, drop_with_titles, with_class, words
from klarplan.articles.promised import MAIN_CONTENT, SCREEN_ONLY, TERM, THEME_ONLY
from klarplan.letters import plain_letters
from klarplan.messages import KlarplanError, Text
from klarplan.words.hyphens import without

SCREEN_ONLY_CLASSES = frozenset((*SCREEN_ONLY, *THEME_ONLY))
SCREEN_ONLY_TAGS = (
    "script",
    "style",
    "template",
    "noscript",
    "nav",
    "button",
    "select",
    "textarea",
    "form",
    "dialog",
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
NUMBERED = re.compile(r"&#(?!(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]);)")
"""A reference by number that may be a control character: any but those to printable ASCII."""
_KEPT = """
    alt aria-hidden aria-label aria-labelledby checked class colspan data-colour
    data-papers data-print-columns data-qr height href id lang max min reversed role rowspan scope
    src start style title type value width
"""
KEPT_ATTRIBUTES = frozenset(_KEPT.split())
ECHO = "data-echo"
"""Marks a caption that says no more than the heading above it."""


def page_path(path: str) -> str:
    """A page's path in its one spelling: ``massnahmen/m-001/``."""
    bare = path.strip("/").removesuffix("index.html").strip("/")
    return f"{bare}/" if bare else ""


def slug_of(path: str) -> str:
    """A page's path as the beginning of labels: ``massnahmen-m-001``."""
    return re.sub(r"[^a-z0-9]+", "-", plain_letters(path)).strip("-") or "start"


class Articles:
    """The articles of a built site; one that several papers are made from is read once.

    Others are not kept: a thousand of them would take some hundred megabytes.
    """

    def __init__(self, site: Path, shared: Iterable[str] = ()) -> None:
        self._site = site
        self._shared = frozenset(map(page_path, shared))
        self._kept: dict[str, HtmlElement] = {}
        self._lock = threading.Lock()

    def read(self, page: str) -> HtmlElement:
        """The article of a page, for the caller to change; raises as ``read_article`` does."""
        path = page_path(page)
        if path not in self._shared:
            return read_article(self._site, path)
        with self._lock:
            if path not in self._kept:
                self._kept[path] = read_article(self._site, path)
            article: HtmlElement = copy.deepcopy(self._kept[path])
            return article


def read_article(site: Path, page: str) -> HtmlElement:
    """The main content of a page, free of parts for the screen and of unknown attributes.

    Raises ``KlarplanError`` where the page is missing, can't be read or has no main content.
    """
    file = site / page / "index.html"
    try:
        # Bytes that are no UTF-8 become U+FFFD; the site itself was checked before it was built.
        text = without(file.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise KlarplanError(
            Text(
                f"Für das PDF fehlt die Seite „{page}“.",
                f"The page “{page}” is missing for the PDF.",
            ),
            Text(
                "Bauen Sie die Website neu, oder nehmen Sie das Kapitel aus „chapters“ heraus.",
                "Build the website again, or take the chapter out of “chapters”.",
            ),
            file=page,
        ) from error
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    # lxml asks Python for the class of every element, though all that matters here are the same.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    document: HtmlElement = document_fromstring(text or "<html></html>", parser=parser)
    found = with_class(document, MAIN_CONTENT)
    if not found:
        raise KlarplanError(
            Text(
                f"Die Seite „{page}“ hat keinen Hauptinhalt ({MAIN_CONTENT}).",
                f"The page “{page}” has no main content ({MAIN_CONTENT}).",
            ),
            Text(
                "Prüfen Sie die eigene Vorlage in overrides/.",
                "Check your own template in overrides/.",
            ),
            file=page,
        )
    article: HtmlElement = found[0]
    if CONTROL.search(text) or NUMBERED.search(text):
        _drop_controls(article)
    drop_screen_parts(article)
    return article


def is_bare(article: HtmlElement) -> bool:
    """Whether an article holds nothing but its title: no other word and no picture."""
    title = article.find(".//h1")
    said = "" if title is None else words(title)
    return words(article) == said and next(article.iter("img", "svg"), None) is None


def _drop_controls(article: HtmlElement) -> None:
    """Takes out control characters, which no text may hold (XML 1.0, section 2.2)."""
    for node in article.iter():
        node.text = CONTROL.sub("", node.text or "") or None
        node.tail = CONTROL.sub("", node.tail or "") or None
        for name, value in node.attrib.items():
            node.set(name, CONTROL.sub("", value))


def _drop_echoes(article: HtmlElement) -> None:
    """Takes out captions that repeat the title of the page, and marks those that repeat a heading.

    A screen shows a table alone; on paper, "Milestones: title" stands below both, on the sheet of
    its page. What only says the heading again is left to the paper, which numbers tables.
    """
    title = ""
    above = ""
    for node in list(article.iter(*HEADINGS, "caption")):
        if node.tag != "caption":
            above = words(node)
            title = above if node.tag == "h1" else title
        elif title and words(node).endswith(f": {title}"):
            node.drop_tree()
        elif words(node) == above:
            node.set(ECHO, "")


def _refer_to_glossary(article: HtmlElement) -> None:
    """Makes a link to the glossary of each term that a screen explains where it stands."""
    for term in article.xpath(f"descendant::button[@class='{TERM}']"):
        meaning = term.getnext()
        more = None if meaning is None else meaning.find(".//a")
        if more is None:
            term.drop_tag()  # its words belong to the text
            continue
        term.tag = "a"
        term.set("href", more.get("href", ""))


def drop_screen_parts(article: HtmlElement) -> None:
    """Takes out what paper has no use for, and every attribute that print does not know.

    A heading goes with what is for the screen only, if nothing else stood below it.
    """
    _refer_to_glossary(article)
    etree.strip_elements(article, *SCREEN_ONLY_TAGS, with_tail=False)
    gone = with_class(article, *SCREEN_ONLY_CLASSES)
    gone += article.xpath("descendant::*[@hidden and not(contains(@class, 'print-only'))]")
    sections = [node for node in gone if "screen-only" in classes(node)]
    for node in gone:
        if node not in sections and node.getparent() is not None:
            node.drop_tree()
    drop_with_titles(sections)
    drawn = {part for drawing in article.iter("svg") for part in drawing.iter()}
    for node in article.iter(etree.Element):
        if node not in drawn:
            for name, _ in node.items():
                if name not in KEPT_ATTRIBUTES:
                    del node.attrib[name]
    _drop_echoes(article)
