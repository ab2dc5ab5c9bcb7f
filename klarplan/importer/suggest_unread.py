"""Why columns of a list are not assigned, and how a mapping takes them in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from klarplan.importer.guess import READABLE, Guess, key_of
from klarplan.importer.horizons import is_horizon
from klarplan.importer.row_words import is_amount
from klarplan.importer.suggest_ends import unread_end
from klarplan.importer.suggest_money import cumulated, whole, wide, without_year
from klarplan.importer.values import line

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_BASELINE = re.compile(r"(?:ausgangs|basis|start)wert|baseline|basisjahr|nullwert")
_AIM = re.compile(r"(?:ziel|soll)(?:wert|größe|marke|zahl)?|target(?: value)?")
_VALUE = re.compile(r"(?:ist ?|mess|aktueller |letzter )?wert|iststand|kennwert|value|actual value")
_INDICATOR = re.compile(r"indikator\w*|kennzahl\w*|messgröße\w*|indicators?|kpis?")
_PART = re.compile(r"(?:davon|hiervon|darunter|of which)\b.*")
LISTED = 8


def horizons(texts: Sequence[str], target: str = "planned_end") -> str:
    """Which words without a day a column has, how often, and the key to date them; else empty."""
    counts = Counter(line(text) for text in texts if is_horizon(text))
    if not counts:
        return ""
    words = ", ".join(f"„{word}“ {times}-mal" for word, times in counts.most_common(LISTED))
    example = ", ".join(f"{word}: JJJJ" for word, _ in counts.most_common(LISTED))
    return f"{words}; als „{target}“ mit „values: {{{example}}}“ lassen sie sich lesen"


_BARE = re.compile(r"|ist|soll|plan|stand|jahr|actual")
"""What stands beside a year above values in a list of indicators."""


def _indicator(title: str, texts: Sequence[str], *, listed: bool = False) -> str:
    """How to take in a column with values of an indicator, or their names.

    ``listed`` says that the list is one of indicators.
    """
    years = _YEAR.findall(title)
    key = key_of(re.sub(r"[(\[].*?[)\]]", " ", _YEAR.sub(" ", title)))
    if _INDICATOR.fullmatch(key):
        return " (Kennzahl: eine Quelle mit „table: indicators“ liest sie als „title“)"
    if not all(map(is_amount, texts)):
        return ""
    day = f"{years[0]}-12-31" if len(years) == 1 else "JJJJ-MM-TT"
    if _BASELINE.fullmatch(key):
        return (
            " (Wert einer Kennzahl: eine Quelle mit „table: indicators“ liest ihn als "
            f"„baseline_value“ mit „baseline_date: {{value: {day}}}“)"
        )
    aim = _AIM.fullmatch(key) is not None
    aim = aim or (listed and key in ("soll", "plan"))
    named = _VALUE.fullmatch(key) or (listed and years and _BARE.fullmatch(key))
    if not (aim or named):
        return ""
    table = "indicator_targets" if aim else "indicator_values"
    return (
        f" (Wert einer Kennzahl: eine Quelle mit „table: {table}“ liest ihn als „value“ mit "
        f"„indicator“ und „date: {{value: {day}}}“)"
    )


def why_unread(found: Guess, position: int, title: str) -> str:
    """Why a column is not assigned, and how it can be; empty where nothing is known."""
    texts = found.texts(position)
    if is_horizon(title):
        return (
            " (Kreuze je Zeitraum? „planned_end“ mit „marked“ liest solche Spalten, mit "
            f"„values: {{{line(title)}: JJJJ}}“)"
        )
    if found.table == "indicators":
        return _indicator(title, texts, listed=True)
    words = sum(map(is_horizon, texts))
    if words and words >= READABLE * len(texts):
        return f" ({horizons(texts)})"
    if _PART.fullmatch(key_of(title)):
        return (
            " (Teil eines anderen Betrags: in „budget“ zählte er doppelt; liest ihn eine eigene "
            "Quelle, muss der Rest davon abgezogen sein)"
        )
    return (
        wide(found, position)
        or cumulated(title)
        or whole(found.header.full(position))
        or without_year(title)
        or unread_end(title)
        or _indicator(title, texts)
    )
