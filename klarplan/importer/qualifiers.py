"""Words in headers that say which of several columns is meant: Ist, Soll, alt, neu, Vorjahr."""

from __future__ import annotations

import re
from typing import Literal

_FORMER = frozenset(
    (
        *("alt", "alte", "alter", "altes", "vorjahr", "vorjahres", "vormonat", "vorquartal"),
        *("vorperiode", "vorher", "vorherig", "vorherige", "vorheriger", "früher", "frühere"),
        *("früherer", "ehemals", "ehemalige", "ursprünglich", "ursprüngliche", "veraltet"),
        *("old", "previous", "former"),
    )
)
_NOW = frozenset(
    (
        *("neu", "neue", "neuer", "neues", "aktuell", "aktuelle", "aktueller", "aktuelles"),
        *("derzeit", "derzeitig", "derzeitige", "derzeitiger", "heute", "current", "new", "now"),
    )
)
_ACTUAL = frozenset(
    (
        *("ist", "tatsächlich", "tatsächliche", "tatsächlicher", "tatsächliches", "real"),
        *("effektiv", "effektive", "effektiver", "actual"),
    )
)
_PLANNED = frozenset(
    (
        *("soll", "plan", "geplant", "geplante", "geplanter", "geplantes", "vorgesehen"),
        *("planned", "scheduled"),
    )
)
_AHEAD = frozenset(("prognose", "soll", "ziel", "zielwert", "forecast", "target", "planned"))
_SENTENCE = re.compile(r"\bist\b(?=.*\b(?:geplant|vorgesehen|soll)\b)")

Kind = Literal["actual", "planned", "both", ""]


def _tokens(key: str) -> list[str]:
    return re.findall(r"[^\W_]+", _SENTENCE.sub(" ", key))


def is_former(key: str) -> bool:
    """Whether a header tells of something that no longer counts: “Status Vorjahr”."""
    return not _FORMER.isdisjoint(_tokens(key))


def is_ahead(key: str) -> bool:
    """Whether a header tells what is to be or may become: “Fortschritt Soll”."""
    return not _AHEAD.isdisjoint(_tokens(key))


def kind_of(key: str) -> Kind:
    """Whether a header tells the plan or what came of it."""
    tokens = _tokens(key)
    actual, planned = not _ACTUAL.isdisjoint(tokens), not _PLANNED.isdisjoint(tokens)
    if actual and planned:
        return "both"
    return "actual" if actual else "planned" if planned else ""


def unqualified(key: str) -> str:
    """A header without the words that only say which of several columns it is."""
    said = _ACTUAL | _PLANNED | _NOW
    return " ".join(token for token in _tokens(key) if token not in said)
