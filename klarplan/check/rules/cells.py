"""What is wrong with single cells: the messages of Frictionless in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from klarplan.check.rules.registry import declare
from klarplan.messages import Text, did_you_mean, first_of, near
from klarplan.strategy.patterns import PatternError, matcher

MOST_VALUES = 12
"""So many values of a choice are named."""
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

_ID_PATTERN = "^[A-Za-z][A-Za-z0-9-]{0,39}$"


class Fault(NamedTuple):
    """What is wrong with a cell: the rule that it breaks, the problem, the cure.

    ``new`` is the value that belongs there, where only one can be meant.
    """

    rule: str
    problem: Text
    cure: Text
    new: str | None = None


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
        if {"public", "internal"} == set(values):
            labels |= dict.fromkeys(_INTERNAL, "internal")
            values = ["internal", "public"]  # nothing may become public by taking the first
        label = labels.get(value.lower())
        guess = did_you_mean(label or _option(value, labels, values), values)
        return Fault(
            ENUM,
            Text(f"„{value}“ steht nicht zur Auswahl.", f"“{value}” is not an option."),
            Text(
                f"{guess.de} Möglich sind: {first_of(values, MOST_VALUES)}.".strip(),
                f"{guess.en} Possible are: {first_of(values, MOST_VALUES)}.".strip(),
            ),
            label,
        )
    if name == "pattern":
        return _pattern_fault(field, str(limit), value)
    bounds = {
        "minimum": ("mindestens", "at least"),
        "maximum": ("höchstens", "at most"),
        "exclusiveMinimum": ("mehr als", "more than"),
        "exclusiveMaximum": ("weniger als", "less than"),
    }
    if name in bounds:
        de, en = bounds[name]
        cure = Text(f"Möglich ist {de} {limit}.", f"Possible is {en} {limit}.")
        if limit == 0 and name == "minimum" and re.fullmatch(r"-[\d.]+", value):
            cure = Text(
                f"Meinten Sie {value[1:]}? {cure.de}", f"Did you mean {value[1:]}? {cure.en}"
            )
        if field.get("type") == "year" or field.get("name") == "year":
            years = {value[:n] + value[n + 1 :] for n in range(len(value))}
            meant = sorted(y for y in years if re.fullmatch("20[0-9]{2}", y))
            if len(value) == 5 and meant:
                listed = " oder ".join(meant)
                cure = Text(f"Meinten Sie {listed}?", f"Did you mean {' or '.join(meant)}?")
        return Fault(
            RANGE,
            Text(f"{value} liegt außerhalb der Grenzen.", f"{value} is out of bounds."),
            cure,
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


GOALS = 17
"""The sustainable development goals of the United Nations."""


def _no_goals(value: str) -> str:
    """The numbers in a cell that no sustainable development goal has."""
    return ", ".join(n for n in re.findall(r"\d+", value) if not 1 <= int(n[:3]) <= GOALS)


def _pattern_fault(field: Mapping[str, Any], pattern: str, value: str) -> Fault:
    """The fault of a value that does not have the form of its column."""
    if other := _of_form(pattern, value):
        return Fault(
            PATTERN,
            Text(f"„{value}“ ist so nicht erlaubt.", f"“{value}” is not allowed."),
            Text(f"Schreiben Sie {other}.", f"Write {other}."),
            other,
        )
    if field.get("name") == "sdgs" and (odd := _no_goals(value)):
        return Fault(
            PATTERN,
            Text(
                f"Die Nachhaltigkeitsziele haben die Nummern 1 bis {GOALS}; {odd} gibt es nicht.",
                f"The sustainable development goals are numbered 1 to {GOALS}; there is no {odd}.",
            ),
            Text("Berichtigen oder löschen Sie die Nummer.", "Correct or delete the number."),
        )
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
    if pattern == _ID_PATTERN:
        cure = Text(
            "Eine Kennung beginnt mit einem Buchstaben und besteht aus höchstens 40 Buchstaben "
            "(ohne Umlaute), Ziffern und Bindestrichen, zum Beispiel M-012.",
            "An id begins with a letter and has at most 40 letters (A to Z), digits and "
            "hyphens, for example M-012.",
        )
    problem = Text(f"„{value}“ ist so nicht erlaubt.", f"“{value}” is not allowed.")
    return Fault(PATTERN, problem, cure)


_INTERNAL = (
    *("geheim", "privat", "vertraulich", "nicht öffentlich", "nichtöffentlich", "nicht-öffentlich"),
    *("n. ö.", "nö", "nein", "n", "no", "false", "falsch", "0", "private", "secret"),
    *("confidential", "not public", "non-public", "verborgen", "ausblenden", "gesperrt"),
)
"""What people write in place of “internal”."""
_NEGATED = re.compile(r"(?:nicht|kein|keine|ohne|nie|not|no|non|never)\b|un(?=[a-zäöü]{4})")
"""A word that denies what follows is not near to what it denies."""
BEGINNING = 5
"""Words that begin with so many of the same letters mean the same: Pilotprojekt, pilot."""


def _option(value: str, labels: Mapping[str, str], values: Sequence[str]) -> str:
    """The option whose own name or label is nearest to a value; else the value itself."""
    named = {option.lower(): option for option in values} | dict(labels)
    word = value.lower()
    named = {name: option for name, option in named.items() if _may_mean(word, name)}
    begun = [
        name for name in named if len(name) >= BEGINNING and name[:BEGINNING] == word[:BEGINNING]
    ]
    found = begun or near(word, named)
    return named[found[0]] if found else ("" if _NEGATED.match(word) else value)


def _may_mean(word: str, name: str) -> bool:
    """Whether a name can be what a word was meant to be.

    A word that denies is no name that doesn't; „Vorhaben“ alone is no „Modellvorhaben“.
    """
    denied = _NEGATED.match(word) is not None and _NEGATED.match(name) is None
    return not denied and not (name != word and name.endswith(word) and name[0] != word[0])


def _of_form(pattern: str, value: str) -> str | None:
    """A value written a little differently, so that it has the form that its column asks for."""
    with suppress(PatternError):
        fits = matcher(pattern)
        listed = re.sub(r"\s*[,;/]\s*|\s+", " ", value.strip())
        for other in (f"#{value.strip()}", listed, value.strip()):
            if other != value and fits(other):
                return other
    return None


def _categories(field: dict[str, Any]) -> list[dict[str, Any]]:
    found = field.get("categories") or []
    return [c for c in found if isinstance(c, dict) and "value" in c and "label" in c]
