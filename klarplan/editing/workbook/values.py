"""What a text of a table is in a cell for people, and which text a cell means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from klarplan.check.cell_types import type_fault
from klarplan.editing.workbook.base import HeldColumn
from klarplan.letters import without_unseen
from klarplan.open_data.workbook.cells import LONGEST, Value, value_of
from klarplan.strategy.choices import Labels
from klarplan.strategy.load import CAST, as_number
from klarplan.strategy.time_spans import usual_label

DIGITS = 15
"""So many digits of a number spreadsheets keep; what follows comes from counting in twos."""
PERIOD = "period"
"""The column that names a stretch of time."""
_ALIKE = str.maketrans(
    {**dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("„“”«»", '"'), **dict.fromkeys("‚‘’", "'")}
)
"""Dashes and quotation marks that programs put in place of those that are typed."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def shown(text: str, column: HeldColumn, labels: Labels) -> Value:
    """What a cell shows for a text: a label where there is one, a date, a number, or the text."""
    if text in labels:
        return labels[text]
    return value_of(text if len(text) <= LONGEST else text[: LONGEST - 2] + " …", column.kind)


def by_label(labels: Labels, also: Iterable[tuple[str, str]] = ()) -> Mapping[str, str]:
    """The values by their labels as they are read, and as they may be typed instead of chosen.

    ``also`` are further words with the value of each; one for two values means none.
    """
    exact = {clean(label): value for value, label in labels.items()}
    return {**_once(also), **_once(exact.items()), **exact}


def _once(words: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The values by words as they may be typed, if one means a single value."""
    typed: dict[str, set[str]] = {}
    for word, value in words:
        typed.setdefault(_typed_label(clean(word)), set()).add(value)
    return {word: min(values) for word, values in typed.items() if len(values) == 1}


def _typed_label(label: str) -> str:
    """A label without what people and programs type another way: case, dashes, quotes, spaces."""
    return " ".join(label.translate(_ALIKE).casefold().split())


def meant(
    value: object, column: HeldColumn, values: Mapping[str, str], number_format: str = ""
) -> str:
    """The text of a table that the value of a cell means, in one form for all programs.

    ``values`` are those that people choose from, by label. Dates are ISO, numbers have a point and
    no more digits than they need. What can't be read as the column's type stays as it is, for the
    check to tell.
    """
    # Half a post is 0.5, also where it is shown as 50 %.
    text = _plain(value, "" if column.name.endswith("fte") else number_format)
    if not text:
        return ""
    if values:
        found = values.get(text) or values.get(_typed_label(text))
        if found:
            return found
    if column.name == PERIOD:
        return usual_label(text)
    return _typed(text, column) if column.kind in CAST else text


def clean(text: str) -> str:
    """A text without what programs add or drop: spaces at ends of lines, what nobody sees."""
    text = without_unseen(unescaped(text).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def unescaped(text: str) -> str:
    """A text with the letters that a workbook writes as their numbers."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _plain(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        at_midnight = value.time() == dt.time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, float | int | Decimal):
        number = Decimal(f"{value:.{DIGITS}g}") if isinstance(value, float) else Decimal(value)
        return _number(number * 100 if "%" in number_format else number)
    if isinstance(value, dt.date):
        return value.isoformat()
    return clean(str(value))


def _number(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _typed(text: str, column: HeldColumn) -> str:
    """A text as its type writes it, where only one value can be meant."""
    field: Mapping[str, str] = {"name": column.name, "type": column.kind}
    cast = CAST[column.kind]
    try:
        value = cast(text)
    except (ValueError, ArithmeticError):
        told = type_fault(field, text).new
        if told is None:
            return text
        try:
            value = cast(told)
        except (ValueError, ArithmeticError):
            return text
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else _number(as_number(str(value)))
