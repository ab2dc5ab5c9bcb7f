"""Calendars as iCalendar (RFC 5545, RFC 7986): events of whole days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

_OCTETS = 75
"""A line may be so long (RFC 5545, 3.1)."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happens on a day; ``stamp`` is the day on which that was last told."""

    uid: str
    stamp: dt.date
    day: dt.date
    title: str
    description: str = ""
    url: str = ""


def event(of: Event) -> str:
    """An event of a whole day, which takes nobody's time."""
    return _lines(
        "BEGIN:VEVENT",
        f"UID:{of.uid}",
        f"DTSTAMP:{of.stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{of.day:%Y%m%d}",
        f"SUMMARY:{_text(of.title)}",
        f"DESCRIPTION:{_text(of.description)}" if of.description else "",
        f"URL:{of.url}" if of.url else "",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def calendar(title: str, lang: str, events: Iterable[str]) -> bytes:
    """A calendar of events under a title."""
    head = _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Klarplan//{lang.upper()}",
        "METHOD:PUBLISH",
        f"NAME:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    )
    return f"{head}{''.join(events)}END:VCALENDAR\r\n".encode()


def _text(value: str) -> str:
    """A text as a value (RFC 5545, 3.3.11), without control characters."""
    plain = "".join(c for c in value if c == "\n" or c >= " ")
    return plain.translate(_ESCAPED)


def _lines(*lines: str) -> str:
    """Content lines, folded where they are too long; empty ones are left out."""
    return "".join(f"{_folded(line)}\r\n" for line in lines if line)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends within a letter."""
    if len(line.encode()) <= _OCTETS:
        return line
    pieces, piece, length = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > _OCTETS:
            pieces.append(piece)
            piece, length = " ", 1
        piece += letter
        length += octets
    return "\r\n".join([*pieces, piece])
