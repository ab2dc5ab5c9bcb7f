"""From the text of a cell to the value of a column, by the rule of the mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from klarplan.importer.amounts import ColumnUnit
from klarplan.importer.grid import plain
from klarplan.importer.mapping import Rule
from klarplan.importer.own_tables import as_written
from klarplan.importer.reading import Reading, read_cell
from klarplan.importer.state import Run
from klarplan.importer.units import Unit, split_amount
from klarplan.importer.vague import without_vague
from klarplan.importer.values import (
    NOTHING_WORDS,
    UnreadableError,
    line,
    read_value,
    usual_format,
    without_markup,
)
from klarplan.messages import KlarplanError, Text
from klarplan.strategy.schema import Column, TableSchema

NUMBERS = ("number", "integer")
DATES = ("begin", "end")
_EITHER = re.compile(r"[+-]?\d{1,3},\d{3}")
"""Thousands in English, three decimals in German."""
THOUSAND = 1000
_BRACKETED = re.compile(r"[(\[]\s*(.*?)\s*[)\]]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Converter:
    """Reads cells for one column of a table."""

    run: Run
    table: str
    rule: Rule
    column: Column
    refers_to: str | None
    """The table that the column refers to."""
    format: str
    own: bool = False
    """Whether cells stand as in our tables."""
    unit: ColumnUnit | None = None
    """What the numbers of the column are counted in."""

    @property
    def refers_to_itself(self) -> bool:
        """Whether the column refers to rows of its own table."""
        return self.refers_to == self.table

    @property
    def creates(self) -> bool:
        """Whether an entry that the other table lacks is created; fields of action always are."""
        if self.rule.create is None:
            return self.refers_to == "fields_of_action" and not self.own
        return self.rule.create

    def _reference(self, table: str, text: str) -> str:
        by = self.rule.by
        if by is None and self.own and self.run.targets[table].find(["id"], [text]):
            by = "id"
        return self.run.reference(table, text, by, create=self.creates)

    def is_empty(self, text: str) -> bool:
        """Whether the text of a cell says nothing."""
        if self.own:
            return not text.strip()
        word = plain(text)
        if word in self.rule.values:
            return False
        loose = (
            self.column.name == "official_id"
            or self.format not in ("text", "line")
            or bool(self.column.categories)
        )
        return (
            not plain(line(text))
            or word in self.rule.empty
            or (word in NOTHING_WORDS and (loose or self.refers_to is not None))
        )

    def read(self, text: str) -> Reading:
        """What the text of a cell says; nothing where it is empty.

        Raises ``UnreadableError`` where the text can't be read or is not allowed.
        """
        if self.rule.html:
            text = without_markup(text)
        if self.rule.brackets and (match := _BRACKETED.fullmatch(text.strip())):
            text = match[1]
        if self.is_empty(text):
            return Reading()
        text = self.rule.values.get(plain(text), text)
        if not text:
            return Reading()
        if self.refers_to is not None:
            return Reading(self._reference(self.refers_to, line(text)))
        if self.own and (value := as_written(text, self.column)) is not None:
            self.run.meets(self.table, self.column.name, value)
            return Reading(value)
        reading = self._scaled(text)
        if reading.value:
            self.run.meets(self.table, self.column.name, reading.value)
        return reading

    def _scaled(self, text: str) -> Reading:
        columns = self.run.descriptor.tables[self.table].columns
        if self.unit is None or self.format not in NUMBERS:
            return read_cell(text, self.column, self.format, columns)
        self._not_either(text)
        factor = self.unit.factor(text)
        form = self.format if factor == 1 else "number"
        reading = read_cell(text, self.column, form, columns)
        if factor != 1 and reading.value:
            value = f"{Decimal(reading.value) * factor:f}".replace(".", ",")
            reading = replace(reading, value=read_value(value, self.column, self.format))
        if (currency := self.unit.currency(text)) and "currency" in columns:
            reading = replace(reading, currency=currency)
        return reading

    def _not_either(self, text: str) -> None:
        """Refuse an amount such as “1,000”: one thousand in English, one in German.

        Euros have no three decimals, thousands of euros may have them, but seldom end in 0 then.
        """
        assert self.unit is not None
        bare, own = split_amount(without_vague(text)[0])
        factor = max(unit.factor for unit in (own, self.unit.unit, Unit()) if unit)
        if not self.unit.money or factor > THOUSAND or not _EITHER.fullmatch(bare):
            return
        if factor == THOUSAND and not bare.endswith("0"):
            return
        thousands, decimals = bare.replace(",", ""), bare.rstrip("0").rstrip(",")
        raise UnreadableError(
            Text(
                f"„{text}“ ist zweideutig: {thousands} oder {decimals}.",
                f"“{text}” is ambiguous: {thousands} or {decimals.replace(',', '.')}.",
            ),
            Text(
                "Schreiben Sie Tausender mit Punkt (1.000) oder ohne (1000).",
                "Write thousands as 1.000 or 1000.",
            ),
        )

    def check(self, text: str) -> None:
        """Raise ``KlarplanError`` where what the mapping says a word means is not allowed.

        A date may be anything that a cell may say: “laufend”, “ab 2026”.
        """
        if self.format not in DATES:
            self.fixed(text)
            return
        try:
            read_cell(
                text, self.column, self.format, self.run.descriptor.tables[self.table].columns
            )
        except UnreadableError as error:
            raise KlarplanError(
                error.problem, error.cure, file=self.run.mapping.file, line=self.rule.line
            ) from error

    def fixed(self, text: str) -> str:
        """A value that the mapping names; ``KlarplanError`` where it is not allowed."""
        try:
            if self.refers_to is not None:
                return self._reference(self.refers_to, text)
            value = read_value(text, self.column, self.format)
            self.run.meets(self.table, self.column.name, value)
        except UnreadableError as error:
            raise KlarplanError(
                error.problem, error.cure, file=self.run.mapping.file, line=self.rule.line
            ) from error
        return value


def converter(run: Run, schema: TableSchema, rule: Rule, *, own: bool) -> Converter:
    """The converter for a rule; checks the words that the rule names itself.

    Raises ``KlarplanError`` with the line of the mapping where a word means nothing known.
    """
    column = schema.columns.get(rule.target) or Column(
        name=rule.target, title=rule.target, description="", type="string", required=False
    )
    keys = {key.column: key.table for key in schema.foreign_keys}
    refers_to = keys.get(rule.target)
    made = Converter(
        run=run,
        table=schema.name,
        rule=rule,
        column=column,
        refers_to=refers_to,
        format=rule.format or usual_format(column, refers=refers_to is not None),
        own=own,
    )
    if not made.refers_to_itself and not made.creates:
        for word in rule.values.values():
            if word:
                made.check(word)
    return made
