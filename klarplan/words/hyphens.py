"""Soft hyphens: where long words may be parted, for narrow columns, headings and badges.

They stand on pages only. What is searched, copied, printed or published as data is free of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from pyphen import LANGUAGES

SOFT_HYPHEN = "\u00ad"
SHORTEST = 10
"""Words with fewer letters fit wherever they stand."""
HEADING = 14
"""Words with fewer letters fit a line of a heading on the narrowest phone."""
LONGEST = 22
"""Words with fewer letters fit a line of text on the narrowest phone, in wide spacing too."""

LEAST = 3
"""So many letters stand before the first and behind the last hyphen."""

_DICTIONARIES = {"de": "de_DE", "en": "en_GB"}
_STEPS = re.compile(r"(\d?)(\D?)")
"""The steps of a pattern: a letter, and how much a hyphen is wanted (odd) before it or not."""
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_ADDRESS = re.compile(r"[@:_\\=]|\w\.\w|\d|//|^[^A-ZÄÖÜ]*/")
"""Signs of an address or an id; alternatives like "Dachform/Ausrichtung" begin with a capital."""
_PIECES = re.compile(
    r"(<(?:svg|code|pre|kbd|script|style|select|textarea|time)\b.*?</(?:svg|code|pre|kbd|script|style"
    r"|select|textarea|time)>|<[^>]*>|&[^\s;]+;)",
    re.DOTALL,
)


_ROOTS = re.compile("(?i:anpass|arbeit|freund)")
"""Words that the dictionary misses where they end another: ``klimaf-reundlich``."""
_VOWELS = frozenset("aeiouyäöüAEIOUYÄÖÜ")
_NARROW = re.compile(r"<(/?)(?:(h[1-6])|th|td|dt)\b")
"""Elements whose room may be narrow; headings, which have all of the page, are told apart."""


@lru_cache(maxsize=2)
def _dictionary(lang: str) -> Mapping[str, str]:
    """The patterns of a language by their letters (Liang's method, as TeX and Hunspell have it).

    Few of the 80,000 patterns are ever needed: ``_positions`` reads one where a word has it. Of two
    for the same letters, the last counts that has digits.
    """
    content = LANGUAGES[_DICTIONARIES[lang]].read_bytes()
    letters = content.translate(None, b"0123456789")
    encoding = content.partition(b"\n")[0].decode().strip()
    lines = zip(*(text.decode(encoding).split("\n") for text in (letters, content)), strict=True)
    return {word: pattern for word, pattern in lines if word != pattern}


@lru_cache(maxsize=2)
def _longest(lang: str) -> int:
    """How many letters a pattern has at most."""
    return max(map(len, _dictionary(lang)))


def _positions(word: str, lang: str) -> list[int]:
    """The places in a word at which the patterns part it, two letters from its begin or later."""
    patterns, most = _dictionary(lang), _longest(lang)
    edged = f".{word.lower()}."
    weights = [0] * (len(edged) + 1)
    for begin in range(len(edged)):
        for end in range(begin + 1, min(begin + most, len(edged)) + 1):
            if pattern := patterns.get(edged[begin:end]):
                for place, (digit, _) in enumerate(_STEPS.findall(pattern), begin):
                    if digit and int(digit) > weights[place]:
                        weights[place] = int(digit)
    found = (place - 1 for place, weight in enumerate(weights) if weight % 2)
    return [place for place in found if 2 <= place <= len(word) - LEAST]


def load_syllables(lang: str) -> None:
    """Load what a language needs before anything waits for it."""
    _dictionary(lang)


def _places(word: str, lang: str) -> list[int]:
    """Where a word may be parted.

    Where two words meet, the dictionary sometimes leaves a consonant alone (``Star-k-re-gen``,
    ``Treib-h-aus``). Before a vowel it begins the next syllable; before another consonant nobody
    can say, and there is no hyphen on either side of it.
    """
    places = set(_positions(word, lang))
    for place in tuple(places):
        if place + 1 in places and not _VOWELS.intersection(word[place : place + 2]):
            places -= {place, place + 1}
    for root in _ROOTS.finditer(word) if lang == "de" else ():
        start = root.start()
        places = places - {start - 1, start + 1} | {start}
    last = len(word) - LEAST
    return sorted(place for place in places if LEAST <= place <= last)


@lru_cache(maxsize=20_000)
def _parted(word: str, lang: str) -> str:
    parted, last = "", 0
    for place in _places(word, lang):
        if place - last > 1:  # a vowel of its own stays with the next syllable
            parted += word[last:place] + SOFT_HYPHEN
            last = place
    return parted + word[last:]


@lru_cache(maxsize=4)
def _softener(lang: str, shortest: int = SHORTEST) -> Callable[[str], str]:
    tokens = re.compile(rf"[^\s<>]{{{shortest},}}")

    def part(found: re.Match[str]) -> str:
        token = found.group()
        if SOFT_HYPHEN in token or _ADDRESS.search(token):
            return token
        return _WORD.sub(lambda word: _parted(word.group(), lang), token)

    # Much of what pages say in narrow places is on each of them.
    return lru_cache(maxsize=20_000)(lambda text: tokens.sub(part, text))


def softened(text: str, lang: str, shortest: int = SHORTEST) -> str:
    """A plain text with soft hyphens in its words of so many letters and more.

    Addresses, ids and whatever holds a digit stay whole.
    """
    return _softener(lang, shortest)(text)


def softened_markup(markup: str, lang: str) -> str:
    """Markup of our own templates with soft hyphens in its headings, cells and terms.

    Running text has room for all but the longest words. Tags, attributes, entities, drawings, code
    and fields of forms stay as they are. It is for markup in which every ``>`` of a value is
    written as an entity.
    """
    cell, heading, wide = (_softener(lang, least) for least in (SHORTEST, HEADING, LONGEST))
    pieces = _PIECES.split(markup)
    cells = headings = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            found = _NARROW.match(piece)
            step = (-1 if found[1] else 1) if found else 0
            cells += step if found and not found[2] else 0
            headings += step if found and found[2] else 0
        elif len(piece) >= SHORTEST:
            pieces[number] = (cell if cells else heading if headings else wide)(piece)
    return "".join(pieces)


def without(text: str) -> str:
    """A text without soft hyphens."""
    return text.replace(SOFT_HYPHEN, "")
