"""What the words, symbols and numbers of a list mean as statuses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from klarplan.importer.abbreviations import spelled_out
from klarplan.importer.grid import plain
from klarplan.importer.legends import explained
from klarplan.importer.status_words import STATUS_WORDS
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.usual_statuses import USUAL

_NAMES = ("id", "label", "label_en")
PERMANENT = ("fortlaufend", "dauerhaft", "daueraufgabe", "dauernd", "kontinuierlich", "ständig")
USUAL_MEANING = "geraten: übliche Bedeutung"
UNKNOWN = "unknown"
_FINAL = ("done", "stopped")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_MONTH = (
    r"(?:(?:jan|feb|mär|mrz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\.?"
    r"|anfang|mitte|ende|frühjahr|frühling|sommer|herbst|winter|jahr|kw|quartal|halbjahr)"
)
_SETTLED = re.compile(
    rf"(?:(?:am|im|in|seit|stand:?|siehe|s\.|vgl\.)\s.*|(?:{_MONTH}\s*)?[\d./\s-]+|100\s*%|)"
)
"""What may stand in brackets behind “erledigt” without saying that only a part is done."""
_PARTLY = re.compile(
    r"^noch\b|\b(?:bis|ab|zum)\s+(?:\S+\s+)?\S*\d|(?<!\d)(?!100\b)\d{1,3}\s*(?:%|prozent)"
)
"""Words that leave something to be done: “umgesetzt ab 2027”, “fertig (50 %)”."""
_BEFORE = re.compile(r"^(?:noch\s+|aktuell\s+|derzeit\s+|bereits\s+|[^\w(]+|\d+\s*[-–.:)=]\s*)")
_SIGNS = re.compile(r"^[^\w(\[]+|[^\w)\].%]+$")
_DAY = re.compile(r"\s+[\d./]+$")
_NOT = re.compile(r"(?<!\w)n\.(?=\s\w)")
_COLOURS = ("grau", "schwarz", "weiß", "lila", "violett", "ohne farbe", "farblos")
"""Colours that mean nothing by themselves; what stands in brackets behind them counts."""
_AFTER = re.compile(
    rf"[\s,;:(]*(?:(?:am|seit|bis|zum|im|in|ab)\s+)?(?:{_MONTH}\s+)?"
    r"[\d.,/%\s-]*\d[\d.,/%\s-]*(?:prozent)?\)?$|[\s.!*,;:)]+$"
)


def has(status: str, statuses: Table | None) -> bool:
    """Whether a strategy's table of statuses has one with this id."""
    position = statuses.column("id") if statuses else None
    if statuses is None or position is None:
        return False
    return any(row[position] == status for row in statuses.records if position < len(row))


def meaning(text: str) -> str:
    """The id of the usual status that a word or colour names; ``unknown`` where it names none.

    What stands around the word does not count: a number or symbol before it, a date, a share or
    brackets after it, as in “2 – in Arbeit (50 %)”. But what leaves something to be done, such as
    “erledigt (Teil 1)” or “umgesetzt ab 2027”, is neither done nor stopped, and brackets that name
    another status make both doubtful.
    """
    found = _named(text)
    word = plain(text)
    aside = _BRACKETS.findall(word)
    if len(signs := _signs(word)) > 1 or (signs and found != UNKNOWN and found not in signs):
        return UNKNOWN  # the word says one thing, the sign another
    if found == UNKNOWN and len(aside) == 1 and _BRACKETS.sub(" ", word).strip() in _COLOURS:
        return _named(aside[0])
    if found in _FINAL and (_PARTLY.search(word) or not all(map(_SETTLED.fullmatch, aside))):
        return UNKNOWN
    return UNKNOWN if any(_named(part) not in (found, UNKNOWN) for part in aside) else found


@cache
def _meanings_of_words() -> Mapping[str, frozenset[str]]:
    """The usual words for statuses, each with the id that it means."""
    return {word: frozenset([id_]) for id_, words in STATUS_WORDS.items() for word in words}


def _signs(text: str) -> set[str]:
    """The statuses that the signs beside the words of a text mean."""
    signs = re.findall(r"[^\w\s]", text) if re.search(r"\w", text) else []
    return {id_ for sign in signs for id_, words in STATUS_WORDS.items() if sign in words}


def _named(text: str) -> str:
    """The id of the usual status that the words of a text name, whatever stands around them."""
    word = _NOT.sub("nicht", plain(text))
    bare = _BRACKETS.sub(" ", word).strip()
    ends = _AFTER.sub("", bare)
    forms = [word, bare, ends, _BEFORE.sub("", ends), _SIGNS.sub("", ends), _SIGNS.sub("", bare)]
    forms += [
        spelled_out(form, _meanings_of_words(), fewest=1)
        for form in (*forms[:2], forms[5], _DAY.sub("", bare))
    ]
    for form in filter(None, forms):
        for id_, row in USUAL.items():
            if form in {plain(row[name]) for name in _NAMES if row.get(name)}:
                return id_
        for id_, words in STATUS_WORDS.items():
            if form in map(plain, words):
                return id_
    return UNKNOWN


def is_word(text: str) -> bool:
    """Whether a text is a word or sign for a status, and says nothing else."""
    word = plain(text)
    names = {plain(row[name]) for row in USUAL.values() for name in _NAMES if row.get(name)}
    return word in names or any(word in map(plain, words) for words in STATUS_WORDS.values())


def _years(text: str) -> int:
    """The latest year that a text names; 0 for none."""
    return max(map(int, re.findall(r"(?<!\d)20\d\d(?!\d)", text)), default=0)


class Meanings:
    """What words of a list mean as statuses of a strategy."""

    def __init__(
        self, statuses: Table | None, legends: Sequence[str] = (), today: dt.date | None = None
    ) -> None:
        self.statuses = statuses
        self.today = today
        """The day after which nothing is done yet."""
        self.legends = legends
        """The texts of a workbook that may explain its symbols."""

    def is_known(self, text: str) -> bool:
        """Whether a strategy has a status with this id or label."""
        table = self.statuses
        if table is None:
            return False
        places = [p for name in _NAMES if (p := table.column(name)) is not None]
        word = plain(text)
        return any(plain(row[p]) == word for row in table.records for p in places if p < len(row))

    def of(self, text: str) -> tuple[str, str]:
        """The id of the status that a text means, and why it is thought to mean that."""
        told = explained(text, self.legends)
        if told and (status := meaning(told)) != UNKNOWN:
            return status, f"geraten: Legende „{told}“"
        status = meaning(text)
        if status in _FINAL and self.today and _years(text) > self.today.year:
            status = UNKNOWN
        return status, USUAL_MEANING if status != UNKNOWN else ""

    def says_more(self, text: str) -> bool:
        """Whether a text says more than a status: “in Arbeit, 50 %”, “Ausschreibung läuft”."""
        return not (self.is_known(text) or is_word(text) or explained(text, self.legends))

    def values(self, texts: Iterable[str]) -> tuple[dict[str, object], dict[str, str]]:
        """The words that the strategy does not know with the status of each, and the reasons."""
        words = list(dict.fromkeys(" ".join(t.split()) for t in texts))
        read = {word: self.of(word) for word in words if not self.is_known(word)}
        reasons = {word: why for word, (_, why) in read.items() if why}
        return {word: status for word, (status, _) in read.items()}, reasons

    def are_statuses(self, texts: Sequence[str]) -> bool:
        """Whether most cells of a column are words or symbols for a status."""
        known = sum(self.is_known(text) or self.of(text)[0] != UNKNOWN for text in texts)
        return bool(texts) and known > len(texts) / 2


def are_grades(title: str, texts: Sequence[str]) -> bool:
    """Whether the numbers of a column seem to be grades, such as a traffic light of 1 to 3."""
    digits = all(re.fullmatch(r"\s*[0-9]\s*", text) for text in texts)
    return digits and any(text.strip() != "0" for text in texts) and "%" not in title


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
