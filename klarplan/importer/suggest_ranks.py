"""Ranks in numbers, which some lists count from the top and Klarplan from the bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klarplan.importer.grid import plain

HIGHEST = 5
_FIRST = re.compile(r"\b1\s*(?:=|:|–|-)?\s*(?:sehr\s)?(?:hoch|höchste|wichtig|dringend|high)")
_LAST = re.compile(r"\b[345]\s*(?:=|:|–|-)?\s*(?:sehr\s)?(?:hoch|höchste|wichtig|dringend|high)")


def turned_ranks(title: str, texts: Sequence[str]) -> dict[str, str]:
    """The rank of Klarplan for each number, where the header says that 1 is the highest."""
    numbers = sorted({int(text) for text in texts if text.strip().isdecimal()})
    fits = bool(numbers) and numbers[0] >= 1 and numbers[-1] <= HIGHEST
    if not fits or not _FIRST.search(plain(title)):
        return {}
    lowest = max(numbers[-1], 3)
    step = (HIGHEST - 1) / (lowest - 1)
    return {str(number): str(round(HIGHEST - (number - 1) * step)) for number in numbers}


def rank_doubt(title: str, texts: Sequence[str]) -> str:
    """What to look at where numbers rank and nothing says which is the highest; else empty."""
    if _LAST.search(plain(title)) or not any(text.strip().isdecimal() for text in texts):
        return ""
    return (
        f"„{title}“: In Klarplan ist {HIGHEST} das Höchste und 1 das Niedrigste; zählt Ihre Liste "
        "andersherum, ergänzen Sie values."
    )
