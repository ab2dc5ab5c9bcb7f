"""What is wrong with a cell that is not of its column's type: date, number, truth, address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from klarplan.check import spreadsheet
from klarplan.check.cell_dates import date_told
from klarplan.check.rules.cells import TYPE, Fault, constraint_fault
from klarplan.messages import Text
from klarplan.strategy.addresses import is_host
from klarplan.strategy.model import SUMS
from klarplan.strategy.schema import engine_descriptor

_AMBIGUOUS = re.compile(r"^[^.]*\d,\d{3}\D*$")
"""1,234 is a number with decimals in German, and a thousand and more in English."""
_TRUTHS = {
    **dict.fromkeys(("ja", "j", "x", "yes", "wahr"), "true"),
    **dict.fromkeys(("nein", "n", "no", "falsch"), "false"),
}
_DIGITS = str.maketrans("OolI", "0011")
"""Letters that are typed in place of digits."""
_TIMES = {"t": 1000, "tsd": 1000, "k": 1000, "mio": 1_000_000, "mrd": 1_000_000_000}
_SCALED = re.compile(r"([\d.,]+)\s*(t|tsd|k|mio|mrd)\.?\s*(?:€|eur|euro)?", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=\d),[-–—]{1,2}$")
"""How people write that a sum has no cents: 12.000,-"""
_EURO = re.compile(r"€|euro?", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|Prozent|percent|v\.\s?H\.?)\s*$", re.IGNORECASE)
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\(ät\)|\{at\}|\s+at\s+)\s*", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_FILE = re.compile(r"(?:[\w. -]+/)*[\w. -]+\.[a-z]{2,4}\d?", re.IGNORECASE)
_IN_GROUPS = re.compile(r"[+-]?\s*\d{1,3}(?:[\s']+\d{3})+(?:\s*[.,]\s*\d+)?")
_UNKNOWN = re.compile(r"[^\d]*")

Message = tuple[Text, Text, str | None]
"""Problem, cure, and the value where only one can be meant."""


def type_fault(field: Mapping[str, Any], value: str) -> Fault:
    """The fault of a value that is not of the type of its column, described by ``field``."""
    return Fault(TYPE, *_type(field, value))


def _type(field: Mapping[str, Any], value: str) -> Message:
    kind, format_ = field.get("type", "string"), field.get("format", "default")
    if kind == "date":
        return _or_empty(field, value, date_told(value))
    if kind in ("integer", "number", "year"):
        return _or_empty(field, value, _number(field, value, whole=kind != "number"))
    if kind == "boolean":
        word = _TRUTHS.get(value.lower())
        return (
            Text(f"„{value}“ ist kein Wahrheitswert.", f"“{value}” is not a boolean."),
            _write(word)
            if word
            else Text("Möglich sind true und false.", "Possible are true and false."),
            word,
        )
    if format_ == "uri":
        return address_told(value)
    if format_ == "email":
        return _mail(value)
    return (
        Text(f"„{value}“ passt nicht zum Typ „{kind}“.", f"“{value}” is not of type “{kind}”."),
        Text(
            "Welche Werte möglich sind, beschreibt data/datapackage.json.",
            "Possible values are described in data/datapackage.json.",
        ),
        None,
    )


def _write(value: str) -> Text:
    return Text(f"Schreiben Sie {value}.", f"Write {value}.")


def _or_empty(field: Mapping[str, Any], value: str, told: Message) -> Message:
    """The message, and that a cell may stay empty, where a word says that nothing is known."""
    if not _UNKNOWN.fullmatch(value) or told[1] == spreadsheet.LOST:
        return told
    problem, cure, new = told
    if field.get("constraints", {}).get("required"):
        return (
            problem,
            Text(
                f"{cure.de} Ist noch nichts bekannt, löschen Sie die Zeile.",
                f"{cure.en} If nothing is known yet, delete the row.",
            ),
            new,
        )
    return (
        problem,
        Text(
            f"{cure.de} Was noch nicht bekannt ist, bleibt leer.",
            f"{cure.en} What is not known yet stays empty.",
        ),
        new,
    )


def _plain_number(value: str) -> str | None:
    """A number as tables write it; spaces part thousands: „8 4“ is none."""
    bare = _EURO.sub("", value).strip()
    if re.search(r"\d[\s']+\d", bare) and not _IN_GROUPS.fullmatch(bare):
        return None
    bare = _NO_CENTS.sub("", re.sub(r"[\s']", "", bare))
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", bare):
        return bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[+-]?\d+(,\d+)?", bare):
        return bare.replace(",", ".")
    if re.fullmatch(r"[+-]?\d+\.\d+", bare):
        return bare
    return None


def _number(  # noqa: PLR0911 - one for each slip
    field: Mapping[str, Any], value: str, *, whole: bool
) -> Message:
    de, en = ("keine ganze Zahl", "not a whole number") if whole else ("keine Zahl", "not a number")
    problem = Text(f"„{value}“ ist {de}.", f"“{value}” is {en}.")
    limits, name = field.get("constraints", {}), field.get("name", "")
    percent = limits.get("maximum") == 100
    # Half a hundredth would be no whole number: there, percent can only be counted in hundreds.
    bare = _PERCENT.sub("", value) if percent or whole else value
    plain = _plain_number(bare)
    if plain is not None and name in _counted() and _EURO.search(value):
        cure = Text(
            f"Hier steht kein Geld. Meinten Sie {plain}?",
            f"This is no money. Did you mean {plain}?",
        )
        return problem, cure, None
    if plain is not None and plain != value and not (whole and "." in plain):
        if end := beyond(limits, plain):
            return problem, constraint_fault(dict(field), end, plain).cure, None
        cure = Text(
            f"Schreiben Sie {plain}: Punkt statt Komma, keine Tausenderpunkte, keine Einheit.",
            f"Write {plain}: digits only, a decimal point, no thousands separator and no unit.",
        )
        if _AMBIGUOUS.search(value) and not whole:
            many = plain.replace(".", "")
            cure = Text(
                f"Schreiben Sie {many}, wenn das Komma Tausender trennt, sonst {float(plain)}: "
                "Ein Komma steht hier nie.",
                f"Write {many} if the comma separates thousands, else {float(plain)}: a comma "
                "never stands here.",
            )
            return problem, cure, None
        return problem, cure, plain
    if spreadsheet.is_lost(value):
        return problem, spreadsheet.LOST, None
    if whole and (same := _whole(limits, bare)) and not beyond(limits, same):
        return problem, _write(same), same
    share = name.endswith("fte")  # half a post is 0.5
    if meant := _meant(bare, percent=percent, whole=whole, share=share):
        if end := beyond(limits, meant):
            return problem, constraint_fault(dict(field), end, meant).cure, None
        return problem, Text(f"Meinten Sie {meant}?", f"Did you mean {meant}?"), None
    if whole and plain and not _is_year(limits) and not beyond(limits, plain):
        near = Decimal(plain).quantize(Decimal(1), ROUND_HALF_UP)
        cure = Text(
            f"Runden Sie auf eine ganze Zahl. Meinten Sie {near}?",
            f"Round it to a whole number. Did you mean {near}?",
        )
        return problem, cure, None
    return problem, _needed(limits, whole=whole), None


@cache
def _counted() -> frozenset[str]:
    """The columns of numbers that are no sums of money, as far as every strategy has them."""
    columns = (c for table in engine_descriptor().tables.values() for c in table.columns.values())
    return frozenset(c.name for c in columns if c.type in ("integer", "number")) - {*SUMS}


def beyond(limits: Mapping[str, Any], plain: str) -> str:
    """Which end of its range a number lies beyond; empty where it lies within."""
    least, most = limits.get("minimum"), limits.get("maximum")
    if isinstance(least, int | float) and float(plain) < least:
        return "minimum"
    return "maximum" if isinstance(most, int | float) and float(plain) > most else ""


def _whole(limits: Mapping[str, Any], value: str) -> str | None:
    """The whole number that a value can only stand for: 2024.0, or the year of a day."""
    if found := re.fullmatch(r"(\d+)[.,]0+", value):
        return found[1]
    if not _is_year(limits):
        return None
    found = re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d{4})|(\d{4})-\d\d-\d\d", value)
    return found[1] or found[2] if found else None


def _is_year(limits: Mapping[str, Any]) -> bool:
    least = limits.get("minimum")
    return isinstance(least, int) and least >= 1000


def _meant(value: str, *, percent: bool, whole: bool, share: bool) -> str | None:
    """The number that was probably meant; too unsure to be written without asking."""
    if scaled := _SCALED.fullmatch(value):
        plain = _plain_number(scaled[1])
        product = float(plain) * _TIMES[scaled[2].lower()] if plain else 0.5
        return f"{product:.0f}" if product.is_integer() else None
    if percent and (part := re.fullmatch(r"0[.,](\d{1,2})|1[.,]0+", value)):
        return str(int(f"{part[1]:0<2}")) if part[1] else "100"
    if not percent and not whole and _PERCENT.search(value):
        number = _plain_number(_PERCENT.sub("", value))
        return f"{float(number) / 100:g}" if number and share else number
    letters = value.translate(_DIGITS)
    if letters != value and any(c.isdigit() for c in value):
        plain = _plain_number(letters)
        return None if plain and whole and "." in plain else plain
    about = re.fullmatch(r"(?:ca\.?|circa|rund|etwa|~|≈|>|<)\s*([\d.,]+\s*(?:€|EUR)?)", value)
    return _plain_number(about[1]) if about else None


def _needed(limits: Mapping[str, Any], *, whole: bool) -> Text:
    if not whole:
        return Text(
            "Nötig ist eine Zahl mit Punkt, zum Beispiel 1234.5.",
            "Needed is a number with a decimal point, for example 1234.5.",
        )
    if _is_year(limits):
        return Text(
            "Nötig ist eine Jahreszahl, zum Beispiel 2026.", "Needed is a year, for example 2026."
        )
    least, most = limits.get("minimum"), limits.get("maximum")
    if least is not None and most is not None:
        return Text(
            f"Nötig ist eine ganze Zahl von {least} bis {most}.",
            f"Needed is an integer from {least} to {most}.",
        )
    return Text("Nötig ist eine ganze Zahl, zum Beispiel 40.", "Needed is an integer, e.g. 40.")


def address_told(value: str) -> Message:  # noqa: PLR0911 - one for each slip
    """What is wrong with an address on the web; for values that are none."""
    problem = Text(
        f"„{value}“ ist keine vollständige Internetadresse.", f"“{value}” is not a full URL."
    )
    if re.match(r"[A-Za-z]:[\\/]|\\\\|file:", value):
        return (
            Text(
                f"„{value}“ ist ein Pfad in Ihrem Haus; von außen führt er nirgendwohin.",
                f"“{value}” is a path of your office; from outside it leads nowhere.",
            ),
            Text(
                "Nötig ist eine Adresse, die alle öffnen können; sie beginnt mit https://.",
                "Needed is an address that everyone can open; it begins with https://.",
            ),
            None,
        )
    if re.match(r"https?://", value) and re.search(r"\S\s+\S", value):
        if len(re.findall(r"https?://", value)) > 1:
            return (
                problem,
                Text("Hier hat nur eine Adresse Platz.", "Only one address fits in here."),
                None,
            )
        right = re.sub(r"\s", "%20", value.strip())
        return (
            problem,
            Text(
                f"Leerzeichen heißen in Adressen %20; schreiben Sie {right}",
                f"Blanks are %20 in addresses; write {right}",
            ),
            None,
        )
    if slashes := re.fullmatch(r"(https?)(?::/{0,2}|//?|;//)(?!/)(\S+)", value):
        right = f"{slashes[1]}://{slashes[2]}"
        if right != value and _HOST.fullmatch(slashes[2]):
            return problem, _spelled(right), right
    if _FILE.fullmatch(value) and not is_host(value.partition("/")[0]):
        return (
            problem,
            Text(
                "Das ist eine Datei. Nötig ist die ganze Adresse, unter der sie im Web steht, zum "
                f"Beispiel https://www.stadt.example/{value.removeprefix('docs/')}",
                "This is a file. Needed is its full address on the web, for example "
                f"https://www.stadt.example/{value.removeprefix('docs/')}",
            ),
            None,
        )
    if _HOST.fullmatch(value) and is_host(re.split("[/?#]", value)[0]):
        right = f"https://{value}"
        return problem, _spelled(right), right
    return (
        problem,
        Text(
            "Nötig ist die ganze Adresse, wie sie im Browser steht, zum Beispiel "
            "https://www.stadt.example/seite.",
            "Needed is the full address as browsers show it, for example "
            "https://www.stadt.example/page.",
        ),
        None,
    )


def _spelled(value: str) -> Text:
    return Text(f"Schreiben Sie {value}", f"Write {value}")


def _mail(value: str) -> Message:
    problem = Text(f"„{value}“ ist keine E-Mail-Adresse.", f"“{value}” is not an e-mail address.")
    right = re.sub(r"^mailto:", "", _AT.sub("@", value.strip()), flags=re.IGNORECASE)
    if right != value and _MAIL.fullmatch(right):
        return problem, _spelled(right), right
    found = _MAIL.findall(value)
    if len(found) > 1:
        return (
            problem,
            Text(
                f"Hier hat nur eine Adresse Platz, zum Beispiel {found[0]}",
                f"Only one address fits in here, for example {found[0]}",
            ),
            None,
        )
    if len(found) == 1:
        return problem, _spelled(found[0]), None
    return (
        problem,
        Text(
            "Nötig ist eine Adresse wie rathaus@stadt.example.",
            "Needed is an address such as rathaus@stadt.example.",
        ),
        None,
    )
