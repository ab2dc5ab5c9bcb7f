"""Numbers of measures in the prose of a page: each is the one number, and a link to its measure."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from klarplan.strategy.addresses import prose_file
from klarplan.strategy.model import Strategy
from klarplan.strategy.numbers import CITED, split

NO_PROSE = frozenset(("code", "kbd", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "button"))


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a measure, and the file of the repository that its page comes from."""

    number: str
    source: str


Numbers = Mapping[str, Number]
"""By each word that means the measure."""


def written(strategy: Strategy) -> str:
    """The numbers of a strategy as the site generator gets them."""
    rows = {
        word: (measure.number, prose_file("measures", measure.id))
        for word, measure in strategy.measure_by_number.items()
    }
    return json.dumps(rows, ensure_ascii=False)


@lru_cache(maxsize=2)
def read_numbers(file: str) -> Numbers:
    """The numbers that ``bake`` wrote into a file; none without a file."""
    rows = json.loads(Path(file).read_text("utf-8")) if file else {}
    return {word: Number(number, source) for word, (number, source) in rows.items()}


class NumberLinks(Treeprocessor):
    """Makes each number in the prose of a page a link to its measure.

    ``begun`` tells the file of the page, ``address`` where the page of a file is, seen from it, and
    ``kept`` keeps markup of ours and returns its token.
    """

    def __init__(
        self,
        md: Markdown,
        numbers: Numbers,
        begun: Callable[[], str],
        address: Callable[[str], str],
        kept: Callable[[str], str],
    ) -> None:
        super().__init__(md)
        self._numbers = numbers
        self._begun = begun
        self._address = address
        self._kept = kept

    def run(self, root: Element) -> None:
        """Put tokens for numbers into the tree; a link that is called by one gets the number."""
        source = self._begun()
        if self._numbers and source and not source.startswith("docs/handbuch/"):
            self._walk(root, source)

    def _walk(self, element: Element, source: str) -> None:
        if element.tag == "a":
            found = self._numbers.get(element.text or "")
            if found and not len(element):
                element.text = found.number
                element.set("class", f"{element.get('class', '')} {CITED}".strip())
            return
        if element.tag in NO_PROSE:
            return
        element.text = self._marked(element.text, source)
        for child in element:
            self._walk(child, source)
            child.tail = self._marked(child.tail, source)

    def _marked(self, text: str | None, source: str) -> str | None:
        if not text or isinstance(text, AtomicString):
            return text
        return "".join(self._pieces(text, source))

    def _pieces(self, text: str, source: str) -> Iterator[str]:
        for word, is_number in split(text, self._numbers):
            if not is_number:
                yield word
                continue
            found = self._numbers[word]
            number = html.escape(found.number)
            here = found.source == source
            to = html.escape(self._address(found.source))
            yield number if here else self._kept(f'<a class="{CITED}" href="{to}">{number}</a>')
