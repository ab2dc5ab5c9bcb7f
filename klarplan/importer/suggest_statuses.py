"""What the words of a list mean as statuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from klarplan.importer.grid import plain
from klarplan.importer.vocabulary import STATUS_WORDS
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.usual_statuses import USUAL

_NAMES = ("id", "label", "label_en")
PERMANENT = ("fortlaufend", "dauerhaft", "daueraufgabe", "dauernd", "kontinuierlich", "ständig")
USUAL_MEANING = "geraten: übliche Bedeutung"


def _is_known(word: str, statuses: Table | None) -> bool:
    if statuses is None:
        return False
    places = [p for name in _NAMES if (p := statuses.column(name)) is not None]
    return any(plain(row[p]) == word for row in statuses.records for p in places if p < len(row))


def has(status: str, statuses: Table | None) -> bool:
    """Whether a strategy's table of statuses has one with this id."""
    position = statuses.column("id") if statuses else None
    if statuses is None or position is None:
        return False
    return any(row[position] == status for row in statuses.records if position < len(row))


def meaning(text: str) -> str:
    """The id of the usual status that a word or colour names; ``unknown`` where it names none."""
    word = plain(text)
    for id_, row in USUAL.items():
        if word in {plain(row[name]) for name in _NAMES if row.get(name)}:
            return id_
    return next((i for i, words in STATUS_WORDS.items() if word in map(plain, words)), "unknown")


def status_values(texts: Iterable[str], statuses: Table | None) -> dict[str, object]:
    """The words that the strategy's statuses don't know, with the status that each means."""
    words = dict.fromkeys(" ".join(text.split()) for text in texts)
    return {word: meaning(word) for word in words if not _is_known(plain(word), statuses)}


def are_statuses(texts: Sequence[str], statuses: Table | None) -> bool:
    """Whether most cells of a column are words for a status."""
    known = sum(_is_known(plain(text), statuses) or meaning(text) != "unknown" for text in texts)
    return bool(texts) and known > len(texts) / 2


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether most cells of a column are numbers or shares, as in “Umsetzungsstand in %”."""
    numbers = sum(
        re.fullmatch(r"[\d.,]+\s*(?:%|Prozent)?", text.strip()) is not None for text in texts
    )
    return bool(texts) and numbers > len(texts) / 2


def permanent_words(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of a column of statuses that mean a permanent task, and all others."""
    words = list(dict.fromkeys(" ".join(text.split()) for text in texts))
    permanent = [word for word in words if plain(word) in PERMANENT]
    return permanent, [word for word in words if word not in permanent]
