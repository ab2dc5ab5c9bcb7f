"""What is wrong with single cells: the messages of Frictionless in plain words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from klarplan.check import spreadsheet
from klarplan.check.rules.registry import declare
from klarplan.messages import Text, did_you_mean
from klarplan.strategy.time_spans import YEARS

TYPE = declare(
    "KP030",
    Text("Wert passt nicht zur Spalte", "Value does not fit the column"),
    Text(
        "Jeder Wert hat die Art seiner Spalte: Datum, Zahl, ganze Zahl, Wahrheitswert, Adresse.",
        "Each value is of its column's type: date, number, integer, boolean, address.",
    ),
)
REQUIRED = declare(
    "KP031",
    Text("Angabe fehlt", "Value missing"),
    Text("Pflichtfelder sind ausgefüllt.", "Required cells are filled."),
)
ENUM = declare(
    "KP032",
    Text("Wert nicht in der Liste", "Value not in the list"),
    Text(
        "Spalten mit fester Auswahl enthalten nur Werte aus ihrer Liste.",
        "Columns with a fixed choice hold only values of their list.",
    ),
)
PATTERN = declare(
    "KP033",
    Text("Schreibweise falsch", "Wrong notation"),
    Text(
        "Kennungen, Farben und Kürzel folgen ihrem Muster.",
        "Ids, colours and codes follow their pattern.",
    ),
)
RANGE = declare(
    "KP034",
    Text("Wert außerhalb der Grenzen", "Value out of bounds"),
    Text(
        "Zahlen liegen in den Grenzen ihrer Spalte, Fortschritt zum Beispiel von 0 bis 100.",
        "Numbers keep to the bounds of their column, progress for example to 0 to 100.",
    ),
)
LENGTH = declare(
    "KP035",
    Text("Länge falsch", "Wrong length"),
    Text(
        "Texte sind so lang, wie ihre Spalte es verlangt.",
        "Texts are as long as their column asks for.",
    ),
)
DUPLICATE = declare(
    "KP036",
    Text("Eintrag doppelt", "Duplicate row"),
    Text("Jeder Schlüssel kommt nur einmal vor.", "Each key occurs once."),
)
REFERENCE = declare(
    "KP037",
    Text("Kennung unbekannt", "Unknown id"),
    Text(
        "Jeder Verweis nennt die Kennung einer Zeile, die es gibt.",
        "Each reference names the id of a row that exists.",
    ),
)
OTHER = declare(
    "KP039",
    Text("Angabe nicht zulässig", "Value not allowed"),
    Text(
        "Zellen erfüllen alle weiteren Bedingungen ihres Schemas.",
        "Cells meet all further constraints of their schema.",
    ),
)

_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_AMBIGUOUS = re.compile(r"^[^.]*\d,\d{3}\D*$")
"""1,234 is a number with decimals in German, and a thousand and more in English."""
_ISO_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID_PATTERN = "^[A-Za-z][A-Za-z0-9-]{0,39}$"

_Message = tuple[Text, Text, str | None]
"""Problem, cure, and the value where only one can be meant."""


class Fault(NamedTuple):
    """What is wrong with a cell: the rule that it breaks, the problem, the cure.

    ``new`` is the value that belongs there, where only one can be meant.
    """

    rule: str
    problem: Text
    cure: Text
    new: str | None = None


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


def _date(value: str) -> _Message:
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


def _number(value: str, whole: bool) -> _Message:
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


def type_fault(kind: str, format_: str, value: str) -> Fault:
    """The fault of a value that is not of its column's type."""
    return Fault(TYPE, *_type(kind, format_, value))


def _type(kind: str, format_: str, value: str) -> _Message:
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


def duplicate_fault(value: str, line: int | None) -> Fault:
    """The fault of a key that an earlier line already has."""
    where, where_en = (f"in Zeile {line}", f"in line {line}") if line else ("weiter oben", "above")
    return Fault(
        DUPLICATE,
        Text(f"„{value}“ steht schon {where}.", f"“{value}” is already {where_en}."),
        Text(
            "Jeder Schlüssel gilt für eine Zeile: Vergeben Sie einen neuen oder löschen Sie eine "
            "der Zeilen.",
            "Each key stands for one row: choose a new one or delete one of the rows.",
        ),
    )


def _listed(values: Iterable[str]) -> str:
    words = [str(v) for v in values]
    return ", ".join(words[:12]) + (", …" if len(words) > 12 else "")


def constraint_fault(field: dict[str, Any], name: str, value: str) -> Fault:
    """The fault of a value that breaks the constraint ``name`` of its field."""
    title = field.get("title", field.get("name", ""))
    limit = field.get("constraints", {}).get(name)
    if name == "required":
        return Fault(
            REQUIRED,
            Text(f"„{title}“ darf nicht leer sein.", f"“{title}” must not be empty."),
            Text("Tragen Sie einen Wert ein.", "Enter a value."),
        )
    if name == "enum":
        values = [str(v) for v in limit or ()]
        labels = {str(c["label"]).lower(): str(c["value"]) for c in _categories(field)}
        label = labels.get(value.lower())
        guess = did_you_mean(label or value, values)
        return Fault(
            ENUM,
            Text(f"„{value}“ steht nicht zur Auswahl.", f"“{value}” is not an option."),
            Text(
                f"{guess.de} Möglich sind: {_listed(values)}.".strip(),
                f"{guess.en} Possible are: {_listed(values)}.".strip(),
            ),
            label,
        )
    if name == "pattern":
        example = field.get("example")
        cure = Text(
            f"Schreiben Sie es in dieser Form: {example}.", f"Write it in this form: {example}."
        )
        if not example:
            cure = Text(
                "Vergleichen Sie es mit anderen Zeilen; welche Form nötig ist, steht in "
                "data/datapackage.json.",
                "Compare it with other rows; data/datapackage.json tells which form is needed.",
            )
        if limit == _ID_PATTERN:
            cure = Text(
                "Eine Kennung beginnt mit einem Buchstaben und besteht aus höchstens 40 Buchstaben "
                "(ohne Umlaute), Ziffern und Bindestrichen, zum Beispiel M-012.",
                "An id begins with a letter and has at most 40 letters (A to Z), digits and "
                "hyphens, for example M-012.",
            )
        problem = Text(f"„{value}“ ist so nicht erlaubt.", f"“{value}” is not allowed.")
        return Fault(PATTERN, problem, cure)
    bounds = {
        "minimum": ("mindestens", "at least"),
        "maximum": ("höchstens", "at most"),
        "exclusiveMinimum": ("mehr als", "more than"),
        "exclusiveMaximum": ("weniger als", "less than"),
    }
    if name in bounds:
        de, en = bounds[name]
        return Fault(
            RANGE,
            Text(f"{value} liegt außerhalb der Grenzen.", f"{value} is out of bounds."),
            Text(f"Möglich ist {de} {limit}.", f"Possible is {en} {limit}."),
        )
    if name in ("minLength", "maxLength"):
        de, en = bounds["minimum" if name == "minLength" else "maximum"]
        return Fault(
            LENGTH,
            Text(f"Der Text hat {len(value)} Zeichen.", f"The text has {len(value)} characters."),
            Text(f"Nötig sind {de} {limit}.", f"Needed are {en} {limit}."),
        )
    return Fault(
        OTHER,
        Text(
            f"„{value}“ erfüllt die Bedingung „{name}“ nicht.",
            f"“{value}” does not meet the constraint “{name}”.",
        ),
        Text(f"Verlangt ist: {limit}.", f"Required is: {limit}."),
    )


def _categories(field: dict[str, Any]) -> list[dict[str, Any]]:
    found = field.get("categories") or []
    return [c for c in found if isinstance(c, dict) and "value" in c and "label" in c]
