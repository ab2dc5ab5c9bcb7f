"""What is wrong with a cell that is not of its column's type, and what may have been meant."""

from __future__ import annotations

import datetime as dt
import re

from klarplan.check import spreadsheet
from klarplan.messages import Text
from klarplan.strategy.time_spans import YEARS

_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_AMBIGUOUS = re.compile(r"^[^.]*\d,\d{3}\D*$")
"""1,234 is a number with decimals in German, and a thousand and more in English."""
_ISO_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Message = tuple[Text, Text, str | None]
"""Problem, cure, and the value where only one can be meant."""


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


def _date(value: str) -> Message:
    problem = Text(f"„{value}“ ist kein Datum.", f"“{value}” is not a date.")
    no_such_day = Text(f"Den Tag „{value}“ gibt es nicht.", f"There is no day “{value}”.")
    german = _GERMAN_DATE.fullmatch(value)
    if german:
        day, month, year = (int(part) for part in german.groups())
        year += 2000 if year < 100 else 0
        try:
            iso = dt.date(year, month, day).isoformat()
        except ValueError:
            cure = Text(
                "Prüfen Sie Tag und Monat und schreiben Sie das Datum als Jahr-Monat-Tag, "
                "zum Beispiel 2026-03-31.",
                "Check day and month and write the date as year-month-day, e.g. 2026-03-31.",
            )
            return no_such_day, cure, None
        return problem, _write(iso), iso
    loose = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value)
    if loose and not _ISO_SHAPE.fullmatch(value):
        iso = "-".join(f"{int(part):02}" for part in loose.groups())
        return problem, _write(iso), iso
    cure = _no_date_cure(value)
    if _ISO_SHAPE.fullmatch(value) and int(value[:4]) not in YEARS:
        problem = Text(
            f"Das Jahr von „{value}“ liegt nicht zwischen {YEARS[0]} und {YEARS[-1]}.",
            f"The year of “{value}” is not between {YEARS[0]} and {YEARS[-1]}.",
        )
        cure = _year_cure(value)
    elif _ISO_SHAPE.fullmatch(value):
        problem, cure = no_such_day, Text("Prüfen Sie Tag und Monat.", "Check day and month.")
    return problem, cure, None


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
        "Wie genau er gemeint ist, sagen bei Maßnahmen start_precision und end_precision.",
        "Needed is a full day as year-month-day, for example 2026-03-31. "
        "How exactly it is meant say start_precision and end_precision of measures.",
    )


def _write(value: str) -> Text:
    return Text(f"Schreiben Sie {value}.", f"Write {value}.")


def _plain_number(value: str) -> str | None:
    bare = re.sub(r"[\s€%']|EUR", "", value)
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", bare):
        return bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[+-]?\d+(,\d+)?", bare):
        return bare.replace(",", ".")
    if re.fullmatch(r"[+-]?\d+\.\d+", bare):
        return bare
    return None


def _number(value: str, whole: bool) -> Message:
    de, en = ("keine ganze Zahl", "not a whole number") if whole else ("keine Zahl", "not a number")
    plain = _plain_number(value)
    new = None
    if plain is not None and plain != value and not (whole and "." in plain):
        new = None if _AMBIGUOUS.search(value) else plain
        cure = Text(
            f"Schreiben Sie {plain}: Punkt statt Komma, keine Tausenderpunkte, keine Einheit.",
            f"Write {plain}: digits only, a decimal point, no thousands separator and no unit.",
        )
    elif spreadsheet.is_lost(value):
        cure = spreadsheet.LOST
    elif whole:
        cure = Text("Nötig ist eine ganze Zahl, zum Beispiel 40.", "Needed is an integer, e.g. 40.")
    else:
        cure = Text(
            "Nötig ist eine Zahl mit Punkt, zum Beispiel 1234.5.",
            "Needed is a number with a decimal point, for example 1234.5.",
        )
    return Text(f"„{value}“ ist {de}.", f"“{value}” is {en}."), cure, new


def mistyped(kind: str, format_: str, value: str) -> Message:
    """What to say of a value that is not of a type of Table Schema."""
    if kind == "date":
        return _date(value)
    if kind in ("integer", "number", "year"):
        return _number(value, whole=kind != "number")
    if kind == "boolean":
        meant = {"ja": "true", "j": "true", "x": "true", "yes": "true", "wahr": "true"}
        meant |= {"nein": "false", "n": "false", "no": "false", "falsch": "false"}
        word = meant.get(value.lower())
        return (
            Text(f"„{value}“ ist kein Wahrheitswert.", f"“{value}” is not a boolean."),
            _write(word)
            if word
            else Text("Möglich sind true und false.", "Possible are true and false."),
            word,
        )
    if format_ == "uri":
        return (
            Text(
                f"„{value}“ ist keine vollständige Internetadresse.",
                f"“{value}” is not a full URL.",
            ),
            Text("Beginnen Sie mit https://.", "Begin with https://."),
            None,
        )
    if format_ == "email":
        return (
            Text(f"„{value}“ ist keine E-Mail-Adresse.", f"“{value}” is not an e-mail address."),
            Text(
                "Nötig ist eine Adresse wie rathaus@stadt.example.",
                "Needed is an address such as rathaus@stadt.example.",
            ),
            None,
        )
    return (
        Text(f"„{value}“ passt nicht zum Typ „{kind}“.", f"“{value}” is not of type “{kind}”."),
        Text(
            "Welche Werte möglich sind, beschreibt data/datapackage.json.",
            "Possible values are described in data/datapackage.json.",
        ),
        None,
    )
