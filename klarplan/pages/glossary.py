"""Terms of the glossary: explained where prose uses them first on a page.

The page ``docs/glossar.md`` is a list of definitions. What stands in brackets behind a term is
another name of it: „Künstliche Intelligenz (KI)“.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from lxml.etree import _Element
from lxml.html import fragment_fromstring
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from klarplan.strategy.addresses import anchor
from klarplan.strategy.paper_list import GLOSSARY

PROSE = frozenset(("p", "li", "dd", "blockquote", "em", "strong"))
"""Elements whose own words are prose; links, headings, heads of tables and code are not."""
ENDINGS = "(?:n|en|e|es|s)?"
"""What German adds to a noun where it declines it."""
_NAMES = re.compile(r"(.+?)\s*\((.+)\)")
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A term, what it is called in a text, its place on its page, and what it means."""

    title: str
    names: tuple[str, ...]
    anchor: str
    meaning: str


def term_anchor(title: str) -> str:
    """Where a term stands on the page of the glossary."""
    return f"begriff-{anchor(title)}"


def _names(title: str) -> tuple[str, ...]:
    found = _NAMES.fullmatch(title)
    several = found.groups() if found else (title,)
    return tuple(name.strip() for name in several if len(name.strip()) >= SHORTEST)


def _words(node: _Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())


def terms_of(source: str) -> tuple[Term, ...]:
    """The terms of a page with a list of definitions; of each the first paragraph."""
    markup = Markdown(extensions=["def_list", "sane_lists"]).convert(source)
    found: list[Term] = []
    titles: list[str] = []
    for node in fragment_fromstring(markup, create_parent=True).iter("dt", "dd"):
        if node.tag == "dt":
            titles.append(_words(node))
        elif titles:
            paragraph = node.find("p")
            meaning = _words(node if paragraph is None else paragraph)
            found += [Term(t, _names(t), term_anchor(t), meaning) for t in titles]
            titles = []
    return tuple(found)


def written(terms: Sequence[Term]) -> str:
    """The terms as the site generator gets them."""
    rows = [[t.title, list(t.names), t.anchor, t.meaning] for t in terms]
    return json.dumps(rows, ensure_ascii=False)


class Glossary:
    """The terms of a site, and where a text uses one of them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._by_name = {name: term for term in terms for name in term.names}
        longest = sorted(map(re.escape, self._by_name), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])({'|'.join(longest)}){ENDINGS}(?![\w-])")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to explain."""
        return not self._by_name

    def split(self, text: str, told: set[str]) -> Iterator[tuple[str, Term | None]]:
        """The pieces of a text in order; those that use a term for the first time come with it.

        ``told`` holds the titles of terms explained already, and gets more.
        """
        end = 0
        for found in self._pattern.finditer(text):
            term = self._by_name[found[1]]
            if term.title in told:
                continue
            told.add(term.title)
            yield text[end : found.start()], None
            yield found.group(), term
            end = found.end()
        yield text[end:], None


@lru_cache(maxsize=2)
def read_glossary(file: str) -> Glossary:
    """The terms that ``bake`` wrote into a file; none without a file."""
    rows = json.loads(Path(file).read_text("utf-8")) if file else []
    return Glossary([Term(title, tuple(names), place, told) for title, names, place, told in rows])


def explained(word: str, term: Term, url: str, more: str) -> str:
    """A word of prose with its explanation, which opens on a click, a touch or by keyboard.

    It needs no script (``popover``, HTML Living Standard 6.12).
    """
    said, meaning = html.escape(word), html.escape(term.meaning)
    return (
        f'<button type="button" class="term" popovertarget="{term.anchor}">{said}</button>'
        f'<span class="term__meaning no-print" id="{term.anchor}" popover '
        'data-pagefind-ignore="all">'
        f"<strong>{html.escape(term.title)}</strong> {meaning} "
        f'<a href="{html.escape(url)}">{html.escape(more)}</a></span>'
    )


class Terms(Treeprocessor):
    """Explains each term where the prose of a page uses it first; gives the glossary its anchors.

    ``begun`` tells the file of the page; ``kept`` keeps markup of ours and returns its token.
    """

    def __init__(
        self,
        md: Markdown,
        glossary: Glossary,
        begun: Callable[[], str],
        kept: Callable[[Term, str], str],
    ) -> None:
        super().__init__(md)
        self._glossary = glossary
        self._begun = begun
        self._kept = kept

    def run(self, root: Element) -> None:
        """Put tokens for terms into the tree."""
        source = self._begun()
        if source == GLOSSARY:
            for term in root.iter("dt"):
                term.set("id", term_anchor(" ".join("".join(term.itertext()).split())))
            return
        if self._glossary.is_empty or not _is_prose(source):
            return
        told: set[str] = set()
        for element in root:
            self._explain(element, told, inside=False)

    def _explain(self, element: Element, told: set[str], *, inside: bool) -> None:
        prose = element.tag in PROSE and "class" not in element.attrib and not element.get("lang")
        if prose or (inside and element.tag in PROSE):
            element.text = self._marked(element.text, told)
        for child in element:
            if child.tag in (*PROSE, "ul", "ol", "dl", "div"):
                self._explain(child, told, inside=prose)
            if prose:
                child.tail = self._marked(child.tail, told)

    def _marked(self, text: str | None, told: set[str]) -> str | None:
        if not text or isinstance(text, AtomicString):
            return text
        pieces = self._glossary.split(text, told)
        return "".join(word if term is None else self._kept(term, word) for word, term in pieces)


def _is_prose(source: str) -> bool:
    """Whether a page is written for citizens in everyday language."""
    return source.startswith("strategy/") or (
        source.startswith("docs/")
        and not source.startswith(("docs/handbuch/", "docs/leichte-sprache"))
    )
