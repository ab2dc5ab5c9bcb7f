"""Less of a text: its opening paragraphs, its first sentence, as much as fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

import markdown
from lxml import html
from lxml.html import HtmlElement

from klarplan.words.room import cut, room
from macros.cell_text import in_one_line

WORDS = 120
"""So many words an opening may have."""
SIGNS = 1000
"""So much room it may take, whatever its words are like."""
READ = 20_000
"""So many characters of a text are looked at."""
EXTENSIONS = ("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "tables")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORT = """
    Abb Abg Abs Abschn Abt Anl Anm Apr Aug Az Bgm Bsp Buchst Dez Dipl Dr Drs Drucks Feb Hr Hrn Ing
    Jan Mio Mrd Nov Nr Nrn Okt Prof Rn Sept St Str Tel Tsd Ziff
    abzgl bspw bzgl bzw ca einschl entspr evtl exkl gem geb ggf inkl insb lfd lit mtl sog vgl zzgl
    Dec Fig Mr Mrs Ms Oct approx cf vs
"""
_COUNTED = "Art Bd Kap No Nos Pos Sec Tab max mind para pp rd"
"""Words as well, and abbreviations where a number follows."""
_GOES_ON = "".join(
    rf"(?<!\b[{word[0]}{word[0].upper()}]{word[1:]}\.{behind})"
    for words, behind in ((_SHORT, ""), (_COUNTED, r"(?=\s\d)"))
    for word in words.split()
)
SENTENCE_END = re.compile(rf"(?<=[^\W\d_]{{2}}[.!?]){_GOES_ON}(?=[“\"»)]*\s+[„\"«(]?[A-ZÄÖÜ0-9])")
"""Behind a full stop that ends a sentence, not „z. B.“, „1. Mai“ or „Nr. 5“."""


def split(text: str) -> list[str]:
    """The sentences of a text, each in one line; none of an empty one."""
    line = " ".join(text.split())
    return [part.strip() for part in SENTENCE_END.split(line)] if line else []


def first_sentence(text: str, most: int) -> str:
    """The first sentence of a text as a whole; nothing where it takes more room than ``most``."""
    return sentences(text, most, 1)


def sentences(text: str, most: int, number: int | None = None) -> str:
    """The first sentences of a text that fit into ``most``, all whole, at most ``number`` of them.

    Nothing where the first does not fit.
    """
    parts = split(text)[:number]
    sizes = accumulate(room(part) + 1 for part in parts)
    return " ".join(part for part, size in zip(parts, sizes, strict=True) if size <= most + 1)


def excerpt(text: str, most: int) -> str:
    """As many whole sentences of a text as ``most`` has room for, „[…]“ behind them if it goes on.

    A first sentence that takes more room alone is cut behind a word, with „…“.
    """
    line = in_one_line(text)
    whole = sentences(line, most)
    return whole if whole == line else f"{whole}\u00a0[…]" if whole else cut(line, most)


def opening(text: str) -> tuple[str, ...]:
    """The first paragraphs of a Markdown text, without markup: whole ones, 120 words at most.

    They end at the first heading behind them. A first paragraph that is too long is cut behind a
    sentence. Lists, tables, boxes and paragraphs that call macros are left out.
    """
    kept: list[str] = []
    words = signs = 0
    for paragraph in _paragraphs(text):
        words, signs = words + len(paragraph.split()), signs + room(paragraph)
        if words > WORDS or signs > SIGNS:
            return tuple(kept) or (_sentences(paragraph),)
        kept.append(paragraph)
    return tuple(kept)


def _sentences(paragraph: str) -> str:
    """As many sentences of a paragraph as an opening may have; the first is cut if need be."""
    kept: list[str] = []
    words = signs = 0
    for sentence in SENTENCE_END.split(paragraph):
        words, signs = words + len(sentence.split()), signs + room(sentence)
        if words > WORDS or signs > SIGNS:
            break
        kept.append(sentence.strip())
    return " ".join(kept) or cut(" ".join(paragraph.split()[:WORDS]) + " …", SIGNS)


def _paragraphs(text: str) -> Iterator[str]:
    rendered = markdown.markdown(text[:READ], extensions=list(EXTENSIONS))
    found = False
    for node in html.fragment_fromstring(rendered, create_parent="div"):
        if found and node.tag in HEADINGS:
            return
        if node.tag == "p" and (line := _plain(node)) and "{{" not in line and "{%" not in line:
            found = True
            yield line


def _plain(node: HtmlElement) -> str:
    for note in node.xpath(".//sup[contains(@id, 'fnref')]"):
        note.drop_tree()
    for line_end in node.iter("br"):
        line_end.tail = " " + (line_end.tail or "")
    return " ".join(str(node.text_content()).split())
