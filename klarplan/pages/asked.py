"""The section of a report that says what a council is asked to decide, told by its heading."""

from __future__ import annotations

import re
from collections.abc import Callable

from klarplan.words.catalogue import ENGLISH, GERMAN, Words

KEYS = ("report.asked.plain", "report.asked.official", "report.asked.recommended")
ANY = "…"
"""Stands in a sentence of the catalogue for any words."""


def asks(words: Words) -> Callable[[str], bool]:
    """Whether a heading is one above what is to be decided, in the words of the site, else ours."""
    told = {each(key) for each in (words, GERMAN, ENGLISH) for key in KEYS}
    patterns = [".+".join(map(re.escape, sentence.split(ANY))) for sentence in sorted(told)]
    known = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda heading: known.fullmatch(" ".join(heading.strip("*_ :").split())) is not None
