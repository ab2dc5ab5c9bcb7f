"""The sign € in tables of money, which stands for the code EUR that data packages ask for."""

from __future__ import annotations

from dataclasses import replace

from klarplan.strategy.csv_reader import Table

COLUMN = "currency"
_EURO = frozenset(("€", "euro", "eur"))


def with_codes(table: Table) -> Table:
    """The same table with EUR for each €, so that all that is made of it has one code (ISO 4217).

    The file of the town stays as it is.
    """
    position = table.column(COLUMN)
    if position is None:
        return table
    return replace(
        table,
        records=tuple(
            (*record[:position], "EUR", *record[position + 1 :])
            if len(record) > position and record[position].strip().casefold() in _EURO
            else record
            for record in table.records
        ),
    )
