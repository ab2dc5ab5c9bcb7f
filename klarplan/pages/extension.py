"""The Markdown extension of Klarplan's pages; check and site generator run the same.

It holds out what macros made, sets links that are right in the repository to the pages of the
site, and looks at the result before the macros' blocks go back: a page that holds what it may not
hold is refused. A page that people wrote begins with the mark that names its file.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, render_inner_html, strip_tags
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from klarplan.pages.gate import Fault, Seen, look, scheme
from klarplan.pages.glossary import Term, Terms, explained, read_glossary
from klarplan.pages.numbers import NumberLinks, read_numbers
from klarplan.pages.spoken import Languages
from klarplan.strategy.addresses import PICTURES, anchor, page_url, relative
from klarplan.strategy.paper_list import GLOSSARY_PAGE
from klarplan.words.hyphens import HEADING, LONGEST, SHORTEST, softened, softened_markup
from macros.seal import Seal

FIRST_OF_ALL = 31
"""Before white space is normalised (30): long lines are looked through letter by letter there."""
FIRST = 200
"""Before all other blocks: HTML (105), those within lists (95 and less)."""
COMMENTS = 19
"""After inline marks (20), which find the last pieces of HTML."""
LINKS = 7
"""After attribute lists (8), before the table of contents (5) and the generator's links (0)."""
TITLES = 6
"""After links, before the table of contents."""
HYPHENS = 1
"""After the table of contents (5), whose entries and anchors are free of soft hyphens."""
LAST = -100
EMPTY_COMMENT = "<!-- -->"
_TAG = re.compile(r"<([a-z0-9]+)")
_LEAST = {"td": SHORTEST, "th": SHORTEST} | {f"h{level}": HEADING for level in range(1, 7)}
"""The letters of the shortest words that may need a hyphen, where elements may be narrow."""


def _any_token(seal: Seal) -> str:
    """A pattern for all tokens, whose group is the number."""
    return re.escape(seal.token(0)).replace("n0n", r"n(\d+)n")


class RefusedError(Exception):
    """A page holds what it may not hold; its file and what was found."""


class Reading:
    """What is known of the page that is being read."""

    def __init__(self, seal: Seal, places: Mapping[str, str], *, check: bool) -> None:
        self.seal = seal
        self.places = places
        self.check = check
        self.source = ""
        self.blocks: list[str] = []
        self.seen: Seen | None = None

    def begin(self) -> None:
        """Forget the page before."""
        self.source = ""
        self.blocks = []
        self.seen = None

    def target(self, address: str) -> str:
        """Where an address of this page leads on the site, seen from the page as it is baked."""
        path, mark, goal = address.partition("#")
        bare = not path or path.startswith(("/", "\\")) or scheme(address) is not None
        if not self.source or bare or AMP_SUBSTITUTE in address:
            return address
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), unquote(path)))
        place = self._place(file)
        here = self._place(self.source)
        if place is None or here is None:
            return address
        return posixpath.relpath(place, posixpath.dirname(here) or ".") + mark + goal

    def keep(self, markup: str) -> str:
        """Keep markup of ours; the token that stands for it meanwhile."""
        self.blocks.append(markup)
        return self.seal.token(len(self.blocks) - 1)

    def page_of(self, file: str) -> str:
        """Where the page of a file is, seen from this page."""
        here, there = (self._place(name) or "" for name in (self.source, file))
        return relative(page_url(here), page_url(there))

    def glossary(self, term: Term) -> str:
        """Where the glossary has a term, seen from this page."""
        here = self._place(self.source) or ""
        return f"{relative(page_url(here), GLOSSARY_PAGE)}#{term.anchor}"

    def _place(self, file: str) -> str | None:
        if file in self.places:
            return self.places[file]
        for folder, prefix in (("docs/", ""), ("strategy/", PICTURES)):
            if file.startswith(folder):
                return prefix + file.removeprefix(folder)
        return None


class _Marks(Preprocessor):
    """Takes the mark of the page's file, and puts tokens for what macros made."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        seal = reading.seal
        self._reading = reading
        self._file = seal.source("")

    def run(self, lines: list[str]) -> list[str]:
        reading = self._reading
        kept = []
        for line in lines:
            if line.startswith(self._file) and not reading.source:
                reading.source = line.removeprefix(self._file)
            else:
                kept.append(self._held(line))
        return kept

    def _held(self, line: str) -> str:
        """A line with tokens in place of what macros made."""
        seal, blocks = self._reading.seal, self._reading.blocks
        text, *made = line.split(seal.begin)
        for part in made:
            block, _, behind = part.partition(seal.end)
            text += seal.token(len(blocks)) + behind
            blocks.append(block.replace(STX, "").replace(ETX, ""))
        return text


class _Made(BlockProcessor):
    """Makes a paragraph of a token that stands alone, which no other step need look into."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md.parser)
        self._token = re.compile(_any_token(reading.seal))

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the base's name
        """Whether a block is a token, and not in a list, where it need not be a paragraph."""
        return bool(self._token.fullmatch(block)) and not self.parser.state.isstate("list")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the block."""
        SubElement(parent, "p").text = AtomicString(blocks.pop(0))


class _Comments(Treeprocessor):
    """Empties comments, which editors write for one another; those in other HTML the gate refuses.

    The empty comment keeps the place, so that nothing round it reads otherwise.
    """

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self._word = reading.seal.word

    def run(self, root: Element) -> None:  # noqa: ARG002 - the base's name
        pieces = self.md.htmlStash.rawHtmlBlocks
        for number, piece in enumerate(pieces):
            if isinstance(piece, str) and _is_comment(piece) and self._word not in piece:
                pieces[number] = EMPTY_COMMENT


def _is_comment(piece: str) -> bool:
    """Whether a piece of HTML is one comment and nothing else."""
    piece = piece.strip()
    return piece.startswith("<!--") and piece.find("-->") == len(piece) - 3


class _Links(Treeprocessor):
    """Sets links and pictures; the check wants them as they were written, and known from HTML."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self._reading = reading

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            address = element.get(name) if name else None
            if name and address and self._reading.check:
                element.set(self._reading.seal.attribute, "")
            elif name and address:
                element.set(name, self._reading.target(address))


class _Titles(Treeprocessor):
    """Drops a heading of the first level that only says again what the page is called."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self._word = reading.seal.word

    def run(self, root: Element) -> None:
        titles = list(root.iter("h1"))
        if len(titles) < 2:
            return
        words = self._words(titles[0])
        same = [h for h in titles[1:] if self._is_plain(h) and self._words(h) == words]
        for parent in list(root.iter()) if same else ():
            for heading in same:
                if heading in list(parent):
                    parent.remove(heading)

    def _is_plain(self, heading: Element) -> bool:
        """Whether nothing but words would be lost."""
        return not len(heading) and self._word not in (heading.text or "")

    def _words(self, heading: Element) -> str:
        markup = render_inner_html(heading, self.md)
        return " ".join(html.unescape(strip_tags(markup)).split())


class _Tables(Treeprocessor):
    """Puts each table into a region that can be moved sideways, named after its heading."""

    def __init__(self, md: Markdown, label: str) -> None:
        super().__init__(md)
        self._label = label

    def run(self, root: Element) -> None:
        named = ""
        for parent in list(root.iter()):
            for place, element in enumerate(list(parent)):
                if re.fullmatch(r"h[1-6]", element.tag):
                    named = "".join(_own_words(element))
                elif element.tag == "table":
                    parent[place] = self._region(element, " ".join(named.split()))

    def _region(self, table: Element, named: str) -> Element:
        label = self._label.format(heading=named).strip(": ")
        region = Element(
            "div",
            {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": label},
        )
        region.tail, table.tail = table.tail, None
        region.append(table)
        return region


def _own_words(heading: Element) -> Iterator[str]:
    """The words of a heading without those of the sign that links to it."""
    yield heading.text or ""
    for child in heading:
        if child.get("class") != "headerlink":
            yield from child.itertext()
        yield child.tail or ""


class _Hyphens(Treeprocessor):
    """Puts soft hyphens into long words of headings and cells, and into the longest of all."""

    def __init__(self, md: Markdown, reading: Reading, lang: str) -> None:
        super().__init__(md)
        self._word = reading.seal.word
        self._lang = lang

    def run(self, root: Element) -> None:
        self._soften(root, LONGEST)

    def _soften(self, element: Element, least: int) -> None:
        if element.tag in ("code", "kbd") or element.get("lang"):
            return
        least = min(least, _LEAST.get(element.tag, LONGEST))
        element.text = self._softened(element.text, least)
        for child in element:
            self._soften(child, least)
            child.tail = self._softened(child.tail, least)

    def _softened(self, text: str | None, least: int) -> str | None:
        if not text or self._word in text or isinstance(text, AtomicString):
            return text
        return softened(text, self._lang, least)


class _End(Treeprocessor):
    """Marks the end, so that postprocessors know a whole page from a part."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self._mark = reading.seal.source("")

    def run(self, root: Element) -> None:
        SubElement(root, "p").text = self._mark


class _Gate(Postprocessor):
    """Looks at a whole page, then puts back what macros made.

    The table of contents runs postprocessors on each heading too; there only tokens are answered.
    """

    def __init__(self, md: Markdown, reading: Reading, languages: Languages, lang: str) -> None:
        super().__init__(md)
        seal = reading.seal
        self._lang = lang
        self._reading = reading
        self._end = f"<p>{seal.source('')}</p>"
        self._languages = languages
        token = _any_token(seal)
        self._tokens = re.compile(f"<p>{token}</p>\n?|{token}")

    def run(self, text: str) -> str:
        seal = self._reading.seal
        text = self._languages.without_marks(text)
        if self._end in text:
            text = text.replace(self._end, "").rstrip("\n")
            self._look(text)
        if seal.word not in text:
            return text
        if self._reading.check:
            return seal.without_tokens(text)
        return self._tokens.sub(self._made, text)

    def _made(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return self._reading.blocks[int(found[2])]
        block = softened_markup(self._reading.blocks[int(found[1])], self._lang)
        tag = _TAG.match(block)
        if block and not (tag and self.md.is_block_level(tag[1])):
            return f"<p>{block}</p>\n"
        return f"{block}\n" if block else ""

    def _look(self, text: str) -> None:
        reading = self._reading
        seen = look(text, reading.seal.word)
        shown = Counter(seen.tokens)
        for number in range(len(reading.blocks)):
            if shown[reading.seal.token(number)] != 1 and not seen.faults:
                seen = replace(seen, faults=(Fault("lost", str(number)),))
        reading.seen = seen
        if seen.faults and not reading.check:
            raise RefusedError(f"{reading.source}: {seen.faults[0]}")


@lru_cache(maxsize=1)
def _places(file: str) -> Mapping[str, str]:
    read: Mapping[str, str] = json.loads(Path(file).read_text("utf-8")) if file else {}
    return read


class PagesExtension(Extension):
    """The extension; ``seal`` is the word of the build, ``places`` the file that ``bake`` wrote."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "seal": ["", "The word that only this build knows."],
            "places": ["", "A file that tells where texts of the repository are on the site."],
            "lang": ["de", "The language of the site."],
            "terms": ["", "A file with the terms of the glossary."],
            "numbers": ["", "A file with the numbers of measures."],
            "more": ["", "The words of the link from an explanation to the glossary."],
            "table": ["", "What a table is called; {heading} stands for the heading above it."],
        }
        super().__init__(**options)
        self.reading: Reading | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the base's name
        """Register the steps."""
        reading = self.reading
        if reading is None:
            word = str(self.getConfig("seal"))
            seal = Seal(word) if word else Seal.drawn()
            reading = Reading(seal, _places(str(self.getConfig("places"))), check=False)
        self.reading = reading
        md.registerExtension(self)
        if "toc" in md.treeprocessors:
            contents = md.treeprocessors["toc"]
            assert isinstance(contents, TocTreeprocessor)
            contents.slugify = anchor
        md.preprocessors.register(_Marks(md, reading), "klarplan_marks", FIRST_OF_ALL)
        md.parser.blockprocessors.register(_Made(md, reading), "klarplan_made", FIRST)
        md.treeprocessors.register(_Comments(md, reading), "klarplan_comments", COMMENTS)
        md.treeprocessors.register(_Links(md, reading), "klarplan_links", LINKS)
        languages = Languages(md, reading.seal)
        md.treeprocessors.register(languages, "klarplan_languages", TITLES - 0.5)
        md.treeprocessors.register(_Titles(md, reading), "klarplan_titles", TITLES)
        md.treeprocessors.register(_End(md, reading), "klarplan_end", LAST)
        lang = str(self.getConfig("lang"))
        if not reading.check:
            numbers = NumberLinks(
                md,
                read_numbers(str(self.getConfig("numbers"))),
                lambda: reading.source,
                reading.page_of,
                reading.keep,
            )
            md.treeprocessors.register(numbers, "klarplan_numbers", HYPHENS)
            glossary = read_glossary(str(self.getConfig("terms")))
            more = str(self.getConfig("more"))
            terms = Terms(
                md,
                glossary,
                lambda: reading.source,
                lambda term, word: reading.keep(
                    explained(word, term, reading.glossary(term), more)
                ),
            )
            md.treeprocessors.register(terms, "klarplan_terms", HYPHENS)
            tables = _Tables(md, str(self.getConfig("table")))
            md.treeprocessors.register(tables, "klarplan_tables", HYPHENS)
            md.treeprocessors.register(_Hyphens(md, reading, lang), "klarplan_hyphens", HYPHENS)
        md.postprocessors.register(_Gate(md, reading, languages, lang), "klarplan_gate", LAST)

    def reset(self) -> None:
        """Forget the page before."""
        if self.reading:
            self.reading.begin()


def makeExtension(**options: Any) -> PagesExtension:  # noqa: N802 - Python-Markdown asks for it
    """The extension, as Python-Markdown looks for it by module name."""
    return PagesExtension(**options)
