"""Money in a list of measures: which columns hold it, and for which year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from klarplan.check.places import letters
from klarplan.importer.confidential import is_confidential
from klarplan.importer.guess import Guess, fit_of, key_of
from klarplan.importer.money_words import told_amounts
from klarplan.importer.qualifiers import is_former
from klarplan.importer.row_words import is_amount
from klarplan.importer.vocabulary import MONEY

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NO_MONEY = frozenset(
    {
        "wert",
        "werte",
        "stand",
        "zahl",
        "anzahl",
        "menge",
        "quote",
        "grad",
        "termin",
        "datum",
        "nutzen",
    }
)
"""Words of headers that count something else than money: “Ist-Wert”, “Ist-Stand”."""
_UNTIL = re.compile(
    r"\b(?:bis(?:\s+(?:zum|ende|einschl\w*|inkl\w*))?|stand(?:\s+vom)?|per|zum|seit\s+\w+|kumul\w*"
    r"|aufgelaufen\w*|bisher\w*|bislang|until|to date|cumulative)(?!\w)"
    r"|\b(?P<total>insgesamt|gesamt|total)\b",
    re.IGNORECASE,
)
"""Words of headers of amounts that add up over years."""
_TOTAL = re.compile(r"\b(?:ins)?gesamt(?!\w)|\bges\.|\btotal\b|\bsumme\b", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{1,2}\.\s?\d{1,2}\.\s?)?(?<!\d)(?:19|20)\d\d(?!\d)")
_SEVERAL = 2
_YEARS = ("jahr", "haushaltsjahr", "year", "budgetjahr")


@dataclass(frozen=True, slots=True)
class Money:
    """A column with amounts: its place, the column of the budget, and from where its year comes."""

    position: int
    target: str
    year: Mapping[str, object] | None
    """``None`` where the list does not tell it."""


def _target(title: str) -> str | None:
    if is_confidential(title) or is_former(key_of(title)):
        return None
    key = key_of(_YEAR.sub(" ", re.sub(r"[(\[].*?[)\]]", " ", title)))
    if _NO_MONEY & set(key.split()):
        return None
    told = told_amounts(title)
    if told and not any(fit_of(key, map(key_of, listed)) > 0 for listed in MONEY.values()):
        return None
    if told:
        return told[0] if len(told) == 1 else None
    scores = {target: fit_of(key, map(key_of, words)) for target, words in MONEY.items()}
    best = max(scores, key=lambda target: scores[target])
    return best if scores[best] > 1 else None


def money_of(found: Guess, free: set[int]) -> list[Money]:
    """The columns with money among those at the ``free`` positions of a list of measures.

    The year is open only for one column each of a list that names no year at all.
    """
    titles = found.header.titles
    column = next((title for title in titles if key_of(title) in _YEARS), None)
    full = [found.header.full(position) for position in range(len(titles))]
    dated = any(_target(full[p]) and _YEAR.search(full[p]) for p in free if full[p])
    made: list[Money] = []
    for position, title in enumerate(full):
        target = _target(title) if position in free and title else None
        if target is not None and (wide(found, position) or _until_day(title)):
            continue
        if target is None or not any(re.search(r"\d", text) for text in found.texts(position)):
            continue
        if (years := _YEAR.findall(title)) and len(set(years)) == 1:
            made.append(Money(position, target, {"value": years[0]}))
        elif column is not None:
            made.append(Money(position, target, {"column": column}))
        elif not dated and target not in {money.target for money in made}:
            made.append(Money(position, target, None))
    return made


def open_year(title: str) -> list[str]:
    """Comments that ask for the year of a column with money."""
    summed = "; sie laufen über mehrere Jahre auf" if cumulated(title) else ""
    return [
        f"Für welches Jahr gelten die Beträge? „{' '.join(title.split())}“ nennt keines{summed}.",
        "Bitte ergänzen, sonst übernimmt der Import sie nicht; Gesamtbeträge: Quelle löschen.",
        "year: {value: JJJJ}",
    ]


def wide(found: Guess, position: int) -> str:
    """Why a column with money is not assigned, being one of several below its header."""
    titles = found.header.titles
    width = max((len(row.cells) for row in found.header.body), default=0)
    titles += ("",) * (width - len(titles))
    end = position + 1
    while end < width and not titles[end]:
        end += 1
    filled = [p for p in range(position, end) if found.texts(p)]
    amounts = [p for p in filled if all(map(is_amount, found.texts(p)))]
    if _target(titles[position]) is None or len(amounts) < _SEVERAL:
        return ""
    columns = ", ".join(letters(p) for p in filled)
    return f" (steht über den Spalten {columns}; was jede bedeutet, sagt keine Überschrift)"


def cumulated(title: str) -> str:
    """Why a column with money that adds up over years is not assigned; empty for other columns."""
    target = _target(re.sub(_UNTIL, " ", _DAY.sub(" ", title)))
    until = _UNTIL.search(title) if target else None
    if until is None or (target != "spent" and until["total"]):
        return ""
    return (
        " (aufgelaufen, nicht der Betrag eines Jahres; ist es doch einer, liest ihn eine Quelle "
        "für „budget“ mit „year: {value: JJJJ}“)"
    )


def whole(title: str) -> str:
    """Why a column with totals over all years is not assigned; empty for other columns."""
    if not _TOTAL.search(title) or _target(_TOTAL.sub(" ", title)) is None:
        return ""
    return (
        " (Gesamtbetrag ohne Jahr; „budget“ zählt nach Jahren, neben Beträgen der Jahre zählte er "
        "doppelt. Seiten sagen deshalb, für welche Jahre eine Summe gilt)"
    )


def _until_day(title: str) -> bool:
    """Whether a header names the day up to which its amounts add up."""
    return bool(cumulated(title) and _DAY.search(title))


def without_year(title: str) -> str:
    """What a column with money lacks to be assigned; empty for other columns."""
    if _target(title) is None:
        return ""
    return " (ohne Jahr; als Quelle für „budget“ mit „year: {value: JJJJ}“ lässt es sich lesen)"
