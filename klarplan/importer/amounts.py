"""In which unit the numbers of a column are to be read, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from klarplan.importer.mapping import Rule
from klarplan.importer.units import (
    UnclearUnitError,
    Unit,
    read_unit,
    split_amount,
    unit_of_heading,
    unit_of_list,
)
from klarplan.importer.vague import without_vague
from klarplan.importer.values import UnreadableError, decimal
from klarplan.messages import Text
from klarplan.strategy.schema import Column, TableSchema

CELL = "cell"
"""The value of ``unit`` by which each cell is read by its own unit."""
PERCENT = 100


def is_percent(schema: TableSchema, column: Column) -> bool:
    """Whether a column counts in percent: its numbers lie between 0 and 100."""
    limits = schema.field(column.name).get("constraints", {})
    return bool(limits.get("minimum") == 0 and limits.get("maximum") == PERCENT)


def is_money(schema: TableSchema, column: Column) -> bool:
    """Whether a column holds amounts of money: its table has a currency."""
    counted = column.name.startswith("staff") or column.name == "year"
    return column.type == "number" and "currency" in schema.columns and not counted


def unit_in(text: str) -> Unit | None:
    """The unit that stands beside the number in a cell."""
    return split_amount(without_vague(text)[0])[1]


def are_shares(texts: Iterable[str]) -> bool:
    """Whether numbers without a unit look like shares of one: 0,25 and 1, none above."""
    numbers = []
    for text in texts:
        bare, unit = split_amount(without_vague(text)[0])
        if unit is None:
            try:
                numbers.append(decimal(bare))
            except UnreadableError:
                continue
    return any(0 < n < 1 for n in numbers) and all(n <= 1 for n in numbers)


@dataclass(frozen=True, slots=True)
class ColumnUnit:
    """The unit of a column, from the mapping or from its heading."""

    unit: Unit | None
    heading: str
    by_mapping: bool
    by_cell: bool
    percent: bool
    money: bool

    def factor(self, text: str) -> Decimal:
        """By what the number in a cell is to be multiplied besides its own unit.

        Raises ``UnreadableError`` where the unit of the cell and that of the column differ.
        """
        own, unit = unit_in(text), self.unit
        if own is not None and own.percent and self.money:
            raise _misfit(text, "Geld", "money")
        if own is not None and self.percent and (own.is_money or own.factor > 1):
            raise _misfit(text, "Prozent", "percent")
        if unit is None:
            return Decimal(1)
        if unit.share:
            return Decimal(1 if own is not None and own.percent else PERCENT)
        if own is None:
            return Decimal(unit.factor)
        foreign = bool(own.currency and unit.currency and own.currency != unit.currency)
        if not foreign and own.factor == unit.factor:
            return Decimal(1)
        if self.by_cell or (not foreign and unit.factor == 1):
            return Decimal(1)
        if not foreign and self.by_mapping and own.factor == 1:
            return Decimal(unit.factor)
        raise self._conflict(own, unit)

    def currency(self, text: str) -> str:
        """The currency of a cell; empty where neither cell nor column names one."""
        own = unit_in(text)
        return (own.currency if own else "") or (self.unit.currency if self.unit else "")

    def _conflict(self, own: Unit, unit: Unit) -> UnreadableError:
        where = "der Zuordnung" if self.by_mapping else f"der Überschrift „{self.heading}“"
        where_en = "the mapping" if self.by_mapping else f"the header “{self.heading}”"
        cures = Text(
            f"Berichtigen Sie die Zelle, oder schreiben Sie bei dieser Spalte „unit: {CELL}“ "
            "(die Zelle gilt)",
            f"Correct the cell, or write “unit: {CELL}” for this column (the cell counts)",
        )
        both = not self.by_mapping and own.factor == 1
        return UnreadableError(
            Text(
                f"In {where} steht „{unit.name}“, in der Zelle „{own.name}“; eines von beiden "
                "stimmt nicht.",
                f"There is “{unit.name}” in {where_en}, but “{own.name}” in the cell; one of them "
                "is wrong.",
            ),
            Text(
                cures.de + (f" oder „unit: {unit.name}“ (die Überschrift gilt)." if both else "."),
                cures.en + (f" or “unit: {unit.name}” (the header counts)." if both else "."),
            ),
        )


def _misfit(text: str, kind: str, kind_en: str) -> UnreadableError:
    return UnreadableError(
        Text(
            f"„{text}“ passt nicht in eine Spalte, die {kind} zählt.",
            f"“{text}” does not fit a column that counts {kind_en}.",
        ),
        Text("Berichtigen Sie die Zelle oder die Zuordnung.", "Correct the cell or the mapping."),
    )


def _refused(heading: str, told: Text, example: str) -> UnreadableError:
    return UnreadableError(
        Text(
            f"{told.de} Die Spalte „{heading}“ wird deshalb nicht übernommen.",
            f"{told.en} So the column “{heading}” is not taken over.",
        ),
        Text(
            f"Schreiben Sie in der Zuordnung bei dieser Spalte, was gilt, zum Beispiel "
            f"„unit: {example}“.",
            f"Write in the mapping for this column what is right, for example “unit: {example}”.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Around:
    """Where else a unit may be named."""

    over: str = ""
    """The header that spans this column and others."""
    beside: Sequence[str] = ()
    """The lines above and below the list, for amounts of money."""


def column_unit(
    schema: TableSchema,
    column: Column,
    rule: Rule,
    texts: Iterable[str],
    around: Around,
) -> ColumnUnit:
    """The unit in which the cells of a column are counted; ``texts`` are its filled cells.

    What stands ``around`` counts where the header itself names no unit.
    Raises ``UnreadableError`` where it is unclear, with the key that the mapping needs.
    """
    heading = rule.column or ""
    percent, money = is_percent(schema, column), is_money(schema, column)
    stated = rule.unit is not None and rule.unit != CELL
    try:
        if stated:
            unit = read_unit(rule.unit or "")
        else:
            unit = unit_of_heading(heading) or (
                unit_of_heading(around.over) if around.over else None
            )
            if money and (unit is None or (not unit.is_money and unit.factor == 1)):
                unit = unit_of_list(around.beside) or unit
    except UnclearUnitError as error:
        example = "%" if percent else "T€" if money else CELL
        if rule.unit == CELL:
            return ColumnUnit(
                unit=None,
                heading=heading,
                by_mapping=False,
                by_cell=True,
                percent=percent,
                money=money,
            )
        raise _refused(
            heading,
            Text(
                f"Die Einheit „{error.text}“ ist nicht eindeutig.",
                f"The unit “{error.text}” is not clear.",
            ),
            example,
        ) from error
    if unit is not None and (
        (percent and (unit.is_money or unit.factor > 1)) or (money and unit.percent)
    ):
        told = Text(
            f"„{unit.name}“ passt nicht zu „{column.title}“.",
            f"“{unit.name}” does not fit “{column.name}”.",
        )
        raise _refused(heading, told, "%" if percent else "€")
    if percent and rule.unit is None and are_shares(texts):
        told = Text(
            "Ihre Zahlen liegen zwischen 0 und 1: Es kann sich um Anteile handeln (0,5 für 50 %).",
            "Its numbers lie between 0 and 1: they may be shares (0.5 for 50 %).",
        )
        raise _refused(heading, told, "Anteil")
    return ColumnUnit(
        unit=unit,
        heading=heading,
        by_mapping=stated,
        by_cell=rule.unit == CELL,
        percent=percent,
        money=money,
    )


UNIT_EXAMPLES = ("€", "T€", "Mio. €", "CHF", "Tsd.", "%", "Anteil", CELL)
