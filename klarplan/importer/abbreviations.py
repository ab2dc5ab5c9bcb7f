"""Words that lists cut short with a stop, by the words that they may stand for: “fed. Amt”."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence

from klarplan.importer.grid import plain

FEWEST = 3
"""Some word of a text must have so many letters before its stop."""
_TOKEN = re.compile(r"([^\W_]+)(\.?)")


def is_cut_short(text: str) -> bool:
    """Whether a word of a text ends with a stop, other than at the end of a sentence."""
    return any(match[2] for match in _TOKEN.finditer(text))


def _fits(tokens: Sequence[tuple[str, str]], words: Sequence[str]) -> bool:
    """Whether each word begins as the token does that is cut short, or is the same as it."""
    if len(tokens) != len(words):
        return False
    pairs = zip(tokens, words, strict=True)
    return all(word.startswith(bare) if stop else word == bare for (bare, stop), word in pairs)


def spelled_out(text: str, known: Mapping[str, Iterable[Hashable]], *, fewest: int = FEWEST) -> str:
    """The known words that a text with words cut short stands for; empty where that is not clear.

    ``known`` are words with what they mean: if several fit, they must mean one thing or begin with
    the shortest of them, which is the answer.
    """
    tokens = [(match[1], match[2]) for match in _TOKEN.finditer(plain(text))]
    if not any(stop and len(bare) >= fewest for bare, stop in tokens):
        return ""
    fitting = [words for words in known if _fits(tokens, re.findall(r"[^\W_]+", plain(words)))]
    if not fitting:
        return ""
    shortest = min(fitting, key=len)
    shared = set.intersection(*(set(known[words]) for words in fitting))
    within = all(plain(words).startswith(plain(shortest)) for words in fitting)
    return shortest if shared or within else ""
