"""What a cell says to its column, to other columns, and what no column can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from klarplan.importer.dates import Edge, OutsideError, When, read_when
from klarplan.importer.horizons import is_horizon, no_day
from klarplan.importer.turned import is_surely_turned, number_before
from klarplan.importer.turned import told as turned
from klarplan.importer.vague import without_vague
from klarplan.importer.values import UnreadableError, line, read_value
from klarplan.messages import Text
from klarplan.strategy.schema import Column
from klarplan.strategy.time_spans import PRECISION_COLUMNS, Precision
from klarplan.words.catalogue import GERMAN

_NUMBERS = ("number", "integer")
_DATES = ("begin", "end")
_EXACT: Mapping[str, Text] = {
    "day": Text("auf den Tag", "to the day"),
    "month": Text("auf den Monat", "to the month"),
    "quarter": Text("auf das Quartal", "to the quarter"),
    "half": Text("auf das Halbjahr", "to the half-year"),
    "year": Text("auf das Jahr", "to the year"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell; ``also`` holds what it says to other columns of its row."""

    value: str = ""
    precision: Precision | None = None
    also: Mapping[str, tuple[str, Precision | None]] = field(default_factory=dict)
    remarks: tuple[Text, ...] = ()
    """What was decided, and words that are not taken over."""
    currency: str = ""
    """The currency of an amount, where cell, header or mapping name one."""
    one_day: bool = False
    """Whether it is a date of which nothing says that it is a beginning or an end."""


def other_end(column: str, columns: Mapping[str, Column]) -> str | None:
    """The column that holds the other end of a stretch of time, such as the planned end."""
    for one, two in (("_start", "_end"), ("_end", "_start")):
        if column.endswith(one) and (other := column.removesuffix(one) + two) in columns:
            return other
    return None


def precision_column(column: str, columns: Mapping[str, Column]) -> str | None:
    """The column that says how exact a date is meant."""
    name = PRECISION_COLUMNS.get(column)
    return name if name in columns else None


def _ignored(words: tuple[str, ...], text: str) -> Text:
    listed = ", ".join(f"„{word}“" for word in words)
    listed_en = ", ".join(f"“{word}”" for word in words)
    return Text(
        f"„{text}“: {listed} lässt sich in der Tabelle nicht ausdrücken und fällt weg.",
        f"“{text}”: {listed_en} can't be expressed in the table and is dropped.",
    )


def _permanent(text: str, columns: Mapping[str, Column]) -> dict[str, tuple[str, None]]:
    column = columns.get("type")
    if column is None or "permanent" not in dict(column.categories):
        raise UnreadableError(
            Text(
                f"„{text}“ nennt kein Datum, und diese Tabelle kennt keine Daueraufgaben.",
                f"“{text}” names no date, and this table knows no permanent tasks.",
            ),
            Text("Nennen Sie ein Datum oder leeren Sie die Zelle.", "Name a date or clear it."),
        )
    return {"type": ("permanent", None)}


def _only(text: str, *, begin: bool) -> UnreadableError:
    told, needed = ("einen Beginn", "ein Ende") if begin else ("ein Ende", "einen Beginn")
    told_en, needed_en = ("a beginning", "an end") if begin else ("an end", "a beginning")
    return UnreadableError(
        Text(
            f"„{text}“ nennt nur {told}; hier gehört {needed} hin.",
            f"“{text}” names only {told_en}; {needed_en} is needed here.",
        ),
        Text(
            "Schreiben Sie den Tag, oder nennen Sie die Bedeutung unter „values“.",
            "Write the day, or name the meaning under “values”.",
        ),
    )


def _when(text: str) -> When:
    try:
        return read_when(text)
    except OutsideError as error:
        raise UnreadableError(
            Text(
                f"„{text}“ nennt nicht den Tag, sondern einen davor oder danach.",
                f"“{text}” does not name the day, but one before or after it.",
            ),
            Text(
                "Schreiben Sie zum Beispiel „bis 2025“ statt „vor 2026“ und „ab 2025“ statt "
                "„nach 2024“.",
                "Write for example “until 2025” instead of “before 2026”.",
            ),
        ) from error


def _date(text: str, column: str, form: str, columns: Mapping[str, Column]) -> Reading:
    try:
        when = _when(text)
    except ValueError:
        if is_horizon(text):
            raise no_day(text) from None
        return Reading(read_value(text, columns[column], form))
    mine, other = (when.begin, when.end) if form == "begin" else (when.end, when.begin)
    partner = other_end(column, columns)
    also: dict[str, tuple[str, Precision | None]] = {}
    remarks: list[Text] = []
    if when.permanent:
        also.update(_permanent(text, columns))
    if other is not None and (when.range or mine is None):
        if partner is not None:
            also[partner] = other.day.isoformat(), other.precision
        elif mine is None:
            raise _only(text, begin=form == "end")
        else:
            remarks.append(_half(text, mine, other))
    if mine is not None:
        vague_day = precision_column(column, columns) is None and mine.precision != "day"
        if when.chosen or (vague_day and not when.range):
            remarks.append(_chosen(text, mine))
    elif when.chosen and other is not None:
        remarks.append(_chosen(text, other))
    if when.vague:
        remarks.append(_ignored(when.vague, text))
    return Reading(
        *(mine.day.isoformat() if mine else "", mine.precision if mine else None),
        also=also,
        remarks=tuple(remarks),
        one_day=when.is_one_day,
    )


def either_end(text: str) -> UnreadableError:
    """Why a single day is not taken from a column that tells beginning and end."""
    return UnreadableError(
        Text(
            f"„{text}“ ist ein einzelner Tag in einer Spalte für Beginn und Ende; ob er Beginn "
            "oder Ende ist, sagt die Zelle nicht.",
            f"“{text}” is a single day in a column for beginning and end; the cell does not say "
            "which of them it is.",
        ),
        Text(
            f"Schreiben Sie „ab {text}“ oder „bis {text}“ in die Zelle, oder nennen Sie es in der "
            f"Zuordnung unter „values“: „{text}: bis {text}“.",
            f"Write “from {text}” or “until {text}” into the cell, or say so in the mapping under "
            f"“values”: “{text}: until {text}”.",
        ),
    )


def _chosen(text: str, edge: Edge) -> Text:
    exact = _EXACT[edge.precision]
    return Text(
        f"„{text}“ ist als {GERMAN.short_day(edge.day)} gelesen ({exact.de} genau).",
        f"“{text}” is read as {edge.day.isoformat()} (exact {exact.en}).",
    )


def _half(text: str, mine: Edge, other: Edge) -> Text:
    return Text(
        f"„{text}“ nennt Beginn und Ende; eingetragen ist nur {GERMAN.short_day(mine.day)}, "
        f"nicht {GERMAN.short_day(other.day)}.",
        f"“{text}” names beginning and end; only {mine.day.isoformat()} is taken over, "
        f"not {other.day.isoformat()}.",
    )


def read_cell(text: str, column: Column, form: str, columns: Mapping[str, Column]) -> Reading:
    """What the text of a cell says to a column among the ``columns`` of its table.

    Raises ``UnreadableError`` where the text can't be read.
    """
    if column.categories:
        return Reading(read_value(text, column, form))
    if form in _DATES:
        return _date(line(text), column.name, form, {**columns, column.name: column})
    if form in _NUMBERS:
        if is_surely_turned(text):
            raise UnreadableError(*turned(line(text)))
        value = read_value(text, column, form)
        _, words = without_vague(line(text))
        return Reading(value, remarks=(_ignored(words, line(text)),) if words else ())
    value = read_value(text, column, form)
    if column.name == "official_id" and number_before(value) is not None:
        if is_surely_turned(value):
            raise UnreadableError(*turned(value))
        return Reading(value, remarks=(turned(value)[0],))
    return Reading(value)
