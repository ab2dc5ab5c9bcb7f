"""Days that were written in another way than year-month-day: which one is meant, if only one."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

from klarplan.check import spreadsheet
from klarplan.messages import Text
from klarplan.strategy.time_spans import YEARS, month_number

_ISO_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:T| )0{1,2}:00(?::00)?(?:\.0+)?Z?$")
"""Midnight, which spreadsheet programs and databases add to a day."""
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.–—‑]\s?(\d{1,2})\s?[-/.–—‑]\s?(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[.\-–]\s?(\d{1,2})[.\-–]\s?(\d{4}|\d{2})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s*([A-Za-zä]{3,9})\.?\s*(\d{4})")

Told = tuple[Text, Text, str | None]
"""Problem, cure, and the day where only one can be meant."""


def date_told(value: str) -> Told:
    """What is wrong with a value that is no day of the form year-month-day."""
    problem = Text(f"„{value}“ ist kein Datum.", f"“{value}” is not a date.")
    if _ISO_SHAPE.fullmatch(value):
        return _odd_iso(value)
    parts = _parts(value)
    days = list(dict.fromkeys(day for p in parts if (day := _day(*p)) is not None))
    if len(days) == 1:
        return problem, Text(f"Schreiben Sie {days[0]}.", f"Write {days[0]}."), days[0]
    if days:
        return (
            problem,
            Text(
                f"Gemeint ist {days[0]} oder {days[1]}; schreiben Sie den richtigen Tag.",
                f"It means {days[0]} or {days[1]}; write the right day.",
            ),
            None,
        )
    if parts:
        return (
            Text(f"Den Tag „{value}“ gibt es nicht.", f"There is no day “{value}”."),
            Text(
                "Prüfen Sie Tag und Monat und schreiben Sie das Datum als Jahr-Monat-Tag, "
                "zum Beispiel 2026-03-31.",
                "Check day and month and write the date as year-month-day, e.g. 2026-03-31.",
            ),
            None,
        )
    return problem, _no_date_cure(value), None


def _parts(value: str) -> list[tuple[int, int, int]]:
    """Year, month and day as a value can be read; both ways where day and month may be swapped."""
    bare = _TIME.sub("", value.strip())
    if found := _YEAR_FIRST.fullmatch(bare):
        return [(int(found[1]), int(found[2]), int(found[3]))]
    if found := _DAY_FIRST.fullmatch(bare):
        year = int(found[3])
        return [(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))]
    if found := _SLASHES.fullmatch(bare):
        one, two, year = (int(part) for part in found.groups())
        return [(year, two, one), (year, one, two)]
    if (found := _WORDS.fullmatch(bare)) and (month := month_number(found[2])):
        return [(int(found[3]), month, int(found[1]))]
    return []


def _day(year: int, month: int, day: int) -> str | None:
    with suppress(ValueError):
        return dt.date(year, month, day).isoformat()
    return None


def _odd_iso(value: str) -> Told:
    if int(value[:4]) not in YEARS:
        return (
            Text(
                f"Das Jahr von „{value}“ liegt nicht zwischen {YEARS[0]} und {YEARS[-1]}.",
                f"The year of “{value}” is not between {YEARS[0]} and {YEARS[-1]}.",
            ),
            _year_cure(value),
            None,
        )
    return (
        Text(f"Den Tag „{value}“ gibt es nicht.", f"There is no day “{value}”."),
        Text("Prüfen Sie Tag und Monat.", "Check day and month."),
        None,
    )


def _year_cure(value: str) -> Text:
    """The cure for a year that is none, such as 0207: the first of our time with its digits."""
    left = value[:4].lstrip("0")
    for year in range(2020, 2040) if len(left) == 3 else ():
        digits = iter(str(year))
        if all(digit in digits for digit in left):
            day = f"{year}{value[4:]}"
            return Text(
                f"Im Jahr fehlt eine Ziffer. Meinten Sie {day}?",
                f"The year lacks a digit. Did you mean {day}?",
            )
    return Text("Prüfen Sie die Jahreszahl.", "Check the year.")


def _no_date_cure(value: str) -> Text:
    if serial := spreadsheet.day_of_serial(value):
        return Text(
            "Das ist wohl ein Datum, das eine Tabellenkalkulation als Zahl speichert: "
            f"{serial.isoformat()}. Prüfen Sie es, und schreiben Sie den Tag.",
            "That is probably a date that a spreadsheet program stores as a number: "
            f"{serial.isoformat()}. Check it, and write the day.",
        )
    if spreadsheet.is_lost(value):
        return spreadsheet.LOST
    return Text(
        "Nötig ist ein voller Tag als Jahr-Monat-Tag, zum Beispiel 2026-03-31. "
        "Ist er nur ungefähr bekannt, sagt das die Spalte daneben, die auf „_precision“ endet.",
        "Needed is a full day as year-month-day, for example 2026-03-31. "
        "If it is known roughly only, the column beside it that ends in “_precision” says so.",
    )
