"""How changes are told: values, things and spans of time in the words of one language."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import InvalidOperation

from klarplan.comparison.rows import title_of
from klarplan.comparison.state import Cells, State
from klarplan.messages import Lang
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.choices import number_of
from klarplan.strategy.derive import span
from klarplan.strategy.load import CAST, as_date, as_number
from klarplan.strategy.schema import Column, TableSchema
from klarplan.strategy.slips import distance, gap_in_words
from klarplan.words.catalogue import spoken
from klarplan.words.formats import NBSP
from klarplan.words.room import cut

EXACT_BY = {
    "planned_start": "start_precision",
    "planned_end": "end_precision",
    "expected_end": "expected_end_precision",
}
"""Columns with a date, and the column that says how exact it is."""
LONGEST = 90
"""Longer texts are told in the part that differs."""
AROUND = 4
"""So many words before and after what differs are shown."""
MOST_WORDS = 30
"""So many words of a text that differs are shown."""


class Speech:
    """Tells of the rows of a state in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.words = spoken(lang)

    def either(self, de: str, en: str) -> str:
        """One of two sentences that mean the same."""
        return en if self.lang == "en" else de

    def quoted(self, text: str) -> str:
        """A text in quotation marks."""
        return self.either(f"„{text}“", f"“{text}”")

    def table(self, schema: TableSchema | None, name: str) -> str:
        """What a table is called."""
        return schema.said(self.lang).title or name if schema else name

    def column(self, schema: TableSchema | None, name: str) -> str:
        """What a column is called."""
        known = schema.columns.get(name) if schema else None
        return known.said(self.lang).title or name if known else name

    def title(self, row: Cells) -> str:
        """What a row is called; empty where it has no title."""
        return title_of(row, self.lang)

    def thing(self, state: State, table: str, identifier: str) -> str:
        """A row by number and title: „M-014 „Digitaler Bauantrag““; an unknown one by its id."""
        row = state.row(table, identifier) or {}
        number, title = number_of(row) or identifier, self.title(row)
        return f"{number} {self.quoted(title)}" if title else number

    def value(self, state: State, table: str, column: str, row: Cells) -> str:
        """A cell as people say it: dates, numbers, titles of what it points at."""
        cell = row.get(column, "")
        if not cell:
            return self.either("leer", "empty")
        schema = state.schema(table)
        known = schema.columns.get(column) if schema else None
        if schema is None or known is None:
            return self.quoted(cell)
        if target := next((k.table for k in schema.foreign_keys if k.column == column), ""):
            row_there = state.row(target, cell) or {}
            # An id that no page shows says nothing to people.
            unsaid = target not in ROW_CHAPTERS and self.title(row_there)
            return self.quoted(unsaid) if unsaid else self.thing(state, target, cell)
        return self._typed(cell, known, row.get(EXACT_BY.get(column, ""), ""))

    def _typed(self, cell: str, column: Column, precision: str) -> str:
        if column.categories:
            return column.label(cell, self.lang)
        with suppress(ValueError, InvalidOperation):
            if column.type == "date":
                return self.words.day(as_date(cell), precision or "day")
            if column.type == "boolean":
                return (
                    self.either("ja", "yes") if CAST["boolean"](cell) else self.either("nein", "no")
                )
            if column.type in ("number", "integer") and column.name != "year":
                return self.words.number(as_number(cell))
        return cell if column.type in ("date", "integer", "number") else self.quoted(cell)

    def measured(self, value: str, unit: str) -> str:
        """A value of an indicator with its unit."""
        with suppress(ValueError):
            return self.words.with_unit(as_number(value), unit or None)
        return value or self.either("leer", "empty")

    def beginning(self, text: str) -> str:
        """The beginning of a text, as long as a title."""
        return cut(text, LONGEST).replace(NBSP, " ")

    def moved(self, column: str, before: Cells, after: Cells) -> str:
        """How much later or earlier the date of a column is: „6 Monate später“; else nothing.

        A quarter begins with its first day and ends with its last.
        """
        with suppress(ValueError):
            old, new = (_day(column, row) for row in (before, after))
            exact = after.get(EXACT_BY.get(column, "")) or "day"
            gap = distance(min(old, new), max(old, new), exact)
            if told := gap_in_words(self.words, gap):
                later, earlier = self.either("später", "later"), self.either("früher", "earlier")
                return f"{told} {later if new > old else earlier}"
        return ""

    def texts(self, before: str, after: str) -> str:
        """Two texts, or the part of them that differs with a few words around it."""
        if len(before) <= LONGEST and len(after) <= LONGEST:
            return f"{self.quoted(before)} → {self.quoted(after)}"
        old, new = before.split(), after.split()
        same = _same(old, new)
        behind = _same(old[same:][::-1], new[same:][::-1])
        begin = max(0, same - AROUND)
        parts = []
        for words in (old, new):
            end = min(len(words), len(words) - behind + AROUND)
            shown = words[begin:end]
            long = len(shown) > MOST_WORDS
            text = " ".join(shown[:MOST_WORDS])
            parts.append(f"{'… ' if begin else ''}{text}{' …' if long or end < len(words) else ''}")
        return f"{self.quoted(parts[0])} → {self.quoted(parts[1])}"


def _day(column: str, row: Cells) -> dt.date:
    """The day that a date stands for; ``ValueError`` where it is none."""
    first, last = span(as_date(row.get(column, "")), row.get(EXACT_BY.get(column, "")))
    return first if column.endswith("start") else last


def _same(one: list[str], other: list[str]) -> int:
    """With how many equal words two texts begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def is_text(schema: TableSchema, column: Column) -> bool:
    """Whether a column holds words of people: neither a choice nor what another table has."""
    pointing = {key.column for key in schema.foreign_keys}
    return column.type == "string" and not column.categories and column.name not in pointing
