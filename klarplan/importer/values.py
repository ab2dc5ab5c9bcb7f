"""Turning the text of a cell into the value of a column: numbers, dates, words of a list, texts."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from klarplan.importer.dates import is_bounded, read_when
from klarplan.importer.grid import plain
from klarplan.importer.units import split_amount
from klarplan.importer.vague import without_vague
from klarplan.messages import NOTHING, Text, did_you_mean, quoted
from klarplan.strategy.schema import Column
from klarplan.strategy.time_spans import read_span

FORMATS = ("text", "line", "number", "integer", "begin", "end", "period", "boolean")
"""How a cell can be read; which one is usual follows from the column of the schema."""

NOTHING_WORDS = frozenset({"-", "–", "—", "/", "./.", "k. a.", "k.a.", "keine angabe", "n/a"})
"""What counts as empty in cells that should hold a number, a date or a word of a list."""

_LINES = frozenset(
    (
        *("id", "title", "name", "label", "label_en", "official_id", "period", "reference"),
        *("programme", "format", "kind", "component", "icon", "symbol", "colour", "unit", "url"),
        *("result_url", "evidence_url", "functional_email", "author_role", "chair_role", "cycle"),
        *("source", "sdgs", "currency"),
    )
)
_BY_TYPE = {"number": "number", "integer": "integer", "year": "integer", "boolean": "boolean"}
_TRUE = frozenset({"ja", "j", "x", "wahr", "true", "1", "✓", "✔", "yes"})
_FALSE = frozenset({"nein", "n", "falsch", "false", "0", "✗", "no"})
_SPREAD = re.compile(
    r"(?:von|zwischen)?\s*[\d.,]*\d[^\d]{0,12}?\s*(?:-|–|—|\bbis\b|\bund\b)\s*[\d.,]*\d.*",
    re.IGNORECASE,
)
_LINES_OF_NUMBERS = re.compile(r"\d[^\S\n]*\n\s*\d")
_GAPS = r"[ \u00a0\u2009\u202f'’]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:{_GAPS}\d{{3}})+(?:[.,].*)?")
"""A number with gaps or apostrophes between its thousands; other gaps part two numbers."""
_GERMAN = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+|-+))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\.(\d+)")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\n\r\v\f]+")
_BREAKS = re.compile(r"\r\n|[\r\v\f\u2028\u2029]")
_TAG_BREAK = re.compile(r"\s*<(?:br|/p|/li|/div|/?ul|/?ol)\b[^<>]*>\s*", re.IGNORECASE)
_TAG_ITEM = re.compile(r"\s*<li\b[^<>]*>\s*", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|b|i|u|em|strong|span|div|font)\b[^<>]*>", re.IGNORECASE)


class UnreadableError(Exception):
    """A cell whose text is not what its column needs."""

    def __init__(self, problem: Text, cure: Text = NOTHING) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.cure = cure


def usual_format(column: Column, *, refers: bool = False) -> str:
    """How a column is read where the mapping does not say it."""
    if column.type == "date":
        return "begin" if column.name.endswith("_start") else "end"
    if column.type in _BY_TYPE:
        return _BY_TYPE[column.type]
    if column.name == "period":
        return "period"
    return "line" if refers or column.categories or column.name in _LINES else "text"


def without_markup(text: str) -> str:
    """A text with simple HTML turned into line breaks and list dashes, entities resolved."""
    text = _TAG_ITEM.sub("\n- ", _TAG_BREAK.sub("\n", text))
    return html_entities.unescape(_TAG.sub("", text))


def _printable(text: str) -> str:
    return _INVISIBLE.sub("", text)


def line(text: str) -> str:
    """A text on one line: white space collapsed, control characters dropped."""
    return _printable(_SPACES.sub(" ", _BREAKS.sub(" ", text))).strip()


def paragraphs(text: str) -> str:
    """A text with its line breaks: at most one blank line, nothing blank at the ends of lines."""
    unix = _printable(_BREAKS.sub("\n", text).replace("\t", " "))
    trimmed = "\n".join(part.rstrip() for part in unix.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", trimmed).strip()


def decimal(text: str) -> Decimal:
    """The number that a text is, with the unit that stands beside it: 50000 for “T€ 50”.

    Raises ``UnreadableError`` where the text is no single number.
    """
    bare, _ = without_vague(text)
    number, unit = ("", None) if _LINES_OF_NUMBERS.search(text) else split_amount(bare)
    spaced = number.strip()
    sign = -1 if spaced[:1] in ("-", "−") else 1
    spaced = spaced.lstrip("+-−").strip()
    compact = re.sub(_GAPS, "", spaced) if _GROUPED.fullmatch(spaced) else spaced
    if german := _GERMAN.fullmatch(compact):
        digits = german[1].replace(".", "") + "." + (german[2] or "0").replace("-", "0")
    elif english := _ENGLISH.fullmatch(compact):
        digits = english[1].replace(",", "") + "." + english[2]
    elif _SPREAD.fullmatch(bare.strip()) or _LINES_OF_NUMBERS.search(text):
        raise UnreadableError(
            Text(
                f"„{text}“ nennt zwei Zahlen; die Spalte nimmt nur eine.",
                f"“{text}” names two numbers; the column holds one only.",
            ),
            Text(
                "Entscheiden Sie sich für eine und schreiben Sie sie in die Zelle oder in der "
                f"Zuordnung unter „values“ („{text}“: …).",
                "Decide for one and write it into the cell or in the mapping under “values” "
                f"(“{text}”: …).",
            ),
        )
    else:
        raise UnreadableError(
            Text(f"„{text}“ ist keine lesbare Zahl.", f"“{text}” is not a readable number."),
            Text(
                "Schreiben Sie eine Zahl wie 1.234,56 oder nennen Sie die Bedeutung des Wortes "
                "in der Zuordnung unter „values“.",
                "Write a number like 1.234,56 or name the meaning of the word "
                "in the mapping under “values”.",
            ),
        )
    return sign * Decimal(digits) * (unit.factor if unit else 1)


def _number(text: str) -> str:
    value = decimal(text)
    shown = f"{value or 0:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"


def _integer(text: str) -> str:
    value = decimal(text)
    if value != value.to_integral_value():
        raise UnreadableError(
            Text(f"„{text}“ ist keine ganze Zahl.", f"“{text}” is not a whole number."),
            Text("Nötig ist eine Zahl ohne Komma.", "Needed is a number without decimals."),
        )
    return str(int(value))


def _undated(text: str) -> UnreadableError:
    return UnreadableError(
        Text(f"„{text}“ ist kein lesbares Datum.", f"“{text}” is not a readable date."),
        Text(
            "Lesbar sind zum Beispiel 31.12.2025, 12/2025, Q3 2025, 1. Halbjahr 2025, Ende 2025, "
            "2025, 2015/2016 und „ab 2025“.",
            "Readable are for example 31.12.2025, 12/2025, Q3 2025, 2025-H1, 2025, 2015/2016.",
        ),
    )


def _day(text: str, edge: str) -> str:
    try:
        found = getattr(read_when(text), edge)
    except ValueError as error:
        raise _undated(text) from error
    if found is None:
        raise _undated(text)
    return str(found.day.isoformat())


def _period(text: str) -> str:
    try:
        if is_bounded(text):
            raise ValueError(text)
        return read_span(text).name
    except ValueError as error:
        raise _undated(text) from error


def _boolean(text: str) -> str:
    word = plain(text)
    if word in _TRUE or word in _FALSE:
        return "true" if word in _TRUE else "false"
    raise UnreadableError(
        Text(f"„{text}“ heißt weder ja noch nein.", f"“{text}” means neither yes nor no."),
        Text(
            "Schreiben Sie „ja“ oder „nein“ oder nennen Sie die Bedeutung unter „values“.",
            "Write “ja” or “nein”, or name the meaning under “values”.",
        ),
    )


_READ: Mapping[str, Callable[[str], str]] = {
    "text": paragraphs,
    "line": line,
    "number": _number,
    "integer": _integer,
    "begin": lambda text: _day(text, "begin"),
    "end": lambda text: _day(text, "end"),
    "period": _period,
    "boolean": _boolean,
}


def word_of(text: str, column: Column) -> str:
    """The value of a category that a text names, by value or by label.

    Raises ``UnreadableError`` where it names none.
    """
    word = plain(text)
    for value, label in column.categories:
        if word in (plain(value), plain(label)):
            return value
    words = [label for _, label in column.categories]
    guess = did_you_mean(text, words)
    listed = quoted(*words)
    raise UnreadableError(
        Text(f"„{text}“ ist hier nicht vorgesehen.", f"“{text}” is not provided for here."),
        Text(
            f"{guess.de} Möglich sind {listed.de}; was ein anderes Wort bedeutet, "
            "sagen Sie in der Zuordnung unter „values“.".strip(),
            f"{guess.en} Possible are {listed.en}; say in the mapping under “values” "
            "what another word means.".strip(),
        ),
    )


def read_value(text: str, column: Column, form: str) -> str:
    """The canonical value of a column for the text of a cell; may be empty for blank text.

    Raises ``UnreadableError`` where the text can't be read.
    """
    return word_of(text, column) if column.categories else _READ[form](text)
