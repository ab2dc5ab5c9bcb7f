"""What a report says of itself where a council votes on it: number, who deals with it when, costs.

The settings hold it for each period; everything in it is optional.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from klarplan.messages import NOTHING, Text, did_you_mean

FACTS = ("number", "office", "costs", "climate")
"""What is said in a text of one line."""
KNOWN = ("number", "office", "sequence", "costs", "climate")
"""Everything that may be said, in the order in which it is shown."""

Line = Callable[[Any], str | None]
"""Reads a text of one line; nothing where it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The frame of the report on a period."""

    period: str
    """The label of the period, as the reports name it."""
    number: str = ""
    """Under which the council knows it: „2026/117“."""
    office: str = ""
    """Who drew it up: an office, no person."""
    sequence: tuple[tuple[dt.date, str], ...] = ()
    """The days on which bodies deal with it, in order, each with the name or id of a body."""
    costs: str = ""
    climate: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit: where it stands among the values, what was written, and the cure."""

    path: tuple[str | int, ...]
    value: str
    problem: Text
    cure: Text = NOTHING


def read_proposals(value: Any, line: Line) -> tuple[Proposal, ...] | None:
    """The frames of reports by period; nothing where one does not fit (``faults``)."""
    if value in ("", []):
        return ()
    if not isinstance(value, Mapping) or any(True for _ in faults(value, line)):
        return None
    return tuple(_read(period, told or {}) for period, told in value.items())


def _read(period: str, told: Mapping[str, Any]) -> Proposal:
    facts = {name: (told.get(name) or "").strip() for name in FACTS}
    days = ((dt.date.fromisoformat(day), body.strip()) for day, body in _days(told.get("sequence")))
    return Proposal(period=" ".join(period.split()), sequence=tuple(sorted(days)), **facts)


def _days(sequence: Any) -> Iterator[tuple[str, str]]:
    for entry in sequence or ():
        yield from entry.items()


def faults(value: Mapping[str, Any], line: Line) -> Iterator[Fault]:
    """What does not fit in the frames of reports, each with where it stands."""
    for period, told in value.items():
        if line(period) in (None, "") or not isinstance(told, Mapping | None):
            yield Fault((period,), _shown(told) or period, _NO_FACTS, _FACTS_NEEDED)
            continue
        for name, fact in (told or {}).items():
            if name not in KNOWN:
                guess = did_you_mean(name, KNOWN)
                cure = guess if guess != NOTHING else _NAMES
                yield Fault((period, name), name, _unknown(name), cure)
            elif name == "sequence":
                yield from _sequence_faults((period, name), fact, line)
            elif fact is not None and line(fact) is None:
                yield Fault((period, name), _shown(fact), _no_line(name), _LINE)


def _sequence_faults(path: tuple[str, str], fact: Any, line: Line) -> Iterator[Fault]:
    if fact is None or fact == "":
        return
    if not isinstance(fact, list):
        yield Fault(path, _shown(fact), _NO_LIST, _ENTRY)
        return
    for number, entry in enumerate(fact):
        if not isinstance(entry, Mapping) or len(entry) != 1:
            yield Fault((*path, number), _shown(entry), _NO_ENTRY, _ENTRY)
            continue
        ((day, body),) = entry.items()
        if not line(body):
            yield Fault((*path, number), _shown(body) or day, _NO_BODY, _ENTRY)
        elif _day(day) is None:
            yield Fault((*path, number), day, _no_day(day), _meant(day, body))


def _day(written: str) -> dt.date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _meant(written: str, body: str) -> Text:
    """The entry with a day as Germans write it turned into one; else how it is written."""
    found = re.fullmatch(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})", written.strip())
    day = _day(f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}") if found else None
    entry = f"- {day}: {body}"
    return Text(f"Schreiben Sie: {entry}", f"Write: {entry}") if day else _ENTRY


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(map(str, value))
    text = ", ".join(map(_shown, value)) if isinstance(value, list) else str(value or "")
    return "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)[:200]


def _unknown(name: str) -> Text:
    name = _shown(name)
    return Text(
        f"Eine Angabe „{name}“ gibt es bei der Vorlage eines Berichts nicht.",
        f"There is no fact “{name}” of a report that is voted on.",
    )


def _no_line(name: str) -> Text:
    return Text(f"„{name}“ ist kein Text in einer Zeile.", f"“{name}” is no text on one line.")


def _no_day(day: str) -> Text:
    day = _shown(day)
    return Text(f"„{day}“ ist kein Tag wie 2026-09-15.", f"“{day}” is no day like 2026-09-15.")


_NO_FACTS = Text(
    "Unter proposals fehlt ein Zeitraum mit eingerückten Angaben.",
    "A period with indented facts is missing below proposals.",
)
_FACTS_NEEDED = Text(
    'Schreiben Sie „2026-H1:“ und darunter eingerückt zum Beispiel „number: "2026/117"“.',
    'Write “2026-H1:” and indented below it for example “number: "2026/117"”.',
)
_NAMES = Text(f"Möglich sind: {', '.join(KNOWN)}.", f"Possible: {', '.join(KNOWN)}.")
_LINE = Text("Setzen Sie ihn in Anführungszeichen.", "Put it into quotation marks.")
_NO_LIST = Text("„sequence“ ist keine Liste.", "“sequence” is no list.")
_NO_ENTRY = Text(
    "Dieser Punkt der Beratungsfolge nennt nicht genau einen Tag und ein Gremium.",
    "This item of the sequence does not name exactly one day and one body.",
)
_NO_BODY = Text("Hinter dem Tag fehlt das Gremium.", "The body is missing behind the day.")
_ENTRY = Text(
    "Schreiben Sie je Sitzung eine Zeile wie „- 2026-09-30: Rat“.",
    "Write a line for each meeting, like “- 2026-09-30: Council”.",
)
