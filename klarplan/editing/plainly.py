"""What somebody plainly means by a day or a number, and what is to be said where nobody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from klarplan.check.cell_types import type_fault
from klarplan.messages import Text, together, was_meant
from klarplan.strategy.derive import span
from klarplan.strategy.load import CAST
from klarplan.strategy.time_spans import Precision, Span, read_span


class Plain(NamedTuple):
    """The text of a table that is meant, and how exact a day is where that is not the day."""

    text: str
    precision: Precision | None = None


class Unclear(NamedTuple):
    """Why nobody knows what is meant, and the cure."""

    problem: Text
    cure: Text


def plainly(field: Mapping[str, Any], text: str, *, exact: bool) -> Plain | Unclear:
    """What a text means in a column that is described by ``field``; most are what they say.

    A month, quarter, half-year or year is a day only where a column tells how ``exact`` it is: its
    first day where something begins, else its last.
    """
    kind = field.get("type", "string")
    if kind not in CAST or _is_a(kind, text):
        return Plain(text)
    fault = type_fault(field, text)
    if fault.new is not None and _is_a(kind, fault.new):
        return Plain(fault.new)
    if kind != "date":
        return Unclear(fault.problem, fault.cure)
    found = _stretch(text)
    if found is None:
        needed = _SPANS if exact else _DAY
        return Unclear(fault.problem, together(was_meant(_meant(field, text, exact)), needed))
    if not exact:
        problem = Text(f"„{text}“ ist kein einzelner Tag.", f"“{text}” is no single day.")
        return Unclear(problem, _DAY)
    day = found.begin if field["name"].endswith("start") else found.end
    return Plain(day.isoformat(), found.precision)


_DAY = Text("Nötig ist ein Tag, zum Beispiel 31.12.2027.", "Needed is a day such as 2027-12-31.")
_SPANS = Text(
    "Nötig ist ein Tag (31.12.2027), ein Monat (Dezember 2027), ein Quartal (4. Quartal 2027), ein "
    "Halbjahr (2. Halbjahr 2027) oder ein Jahr (2027).",
    "Needed is a day (2027-12-31), a month (2027-12), a quarter (2027-Q4), a half-year (2027-H2) "
    "or a year (2027).",
)


def _stretch(text: str) -> Span | None:
    """The month, quarter, half-year or year that a text names; nothing for any other range."""
    try:
        found = read_span(text)
    except ValueError:
        return None
    whole = span(found.end, found.precision) == (found.begin, found.end)
    return found if whole and found.precision != "day" else None


def _meant(field: Mapping[str, Any], text: str, exact: bool) -> str:
    """The day or stretch that a text with further words can only mean; empty where none is.

    The end of a year is the year where a column asks for an end, and nothing where for a begin.
    """
    bare = _ASIDE.sub("", " ".join(text.split()))
    words = _EDGE[field["name"].endswith("start")] if exact else _BEFORE
    bare = words.sub("", bare).rstrip(".,; ")
    if bare == text:
        return ""
    fault = type_fault(field, bare)
    day = bare if _is_a("date", bare) else fault.new or ""
    return bare if day or (exact and _stretch(bare)) else ""


_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
"""What somebody says of a day behind it."""
_WORDS = (
    "bis|ab|zum|zur|am|im|vom|seit|voraussichtlich|spätestens|vsl\\.?|by|until|on|in|from|since"
)
_BEFORE = re.compile(rf"^(?:(?:{_WORDS})\s+)+", re.IGNORECASE)
_EDGE = {
    False: re.compile(rf"^(?:(?:{_WORDS}|ende|end of)\s+)+", re.IGNORECASE),
    True: re.compile(rf"^(?:(?:{_WORDS}|anfang|beginn|beginning of)\s+)+", re.IGNORECASE),
}
"""What stands before a day or a stretch, by whether something begins then."""


def _is_a(kind: str, text: str) -> bool:
    try:
        CAST[kind](text)
    except (ValueError, ArithmeticError):
        return False
    return True
