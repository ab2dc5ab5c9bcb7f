"""Rows as JSON: each cell with the type of its column, an empty one as null."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from klarplan.strategy.load import CAST, Loaded
from klarplan.strategy.schema import TableSchema

Row = Mapping[str, Any]


def as_json(value: object) -> object:
    """A day as ISO 8601 has it, a number as JSON has it: whole where it is."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value))


def _cast(text: str, kind: str) -> Any:
    cast = CAST.get(kind)
    if not text:
        return None
    try:
        return cast(text) if cast else text
    except (ValueError, InvalidOperation):
        return None


class Rows:
    """The rows of every public table, read once, each with what ``more`` adds to it."""

    def __init__(self, loaded: Loaded, more: Callable[[str, Row], Row]) -> None:
        self._loaded = loaded
        self._more = more
        self.of = cache(self._of)
        self._referring = cache(self._find_referring)

    def _of(self, name: str) -> tuple[Row, ...]:
        schema, table = self._loaded.descriptor.tables[name], self._loaded.strategy.tables[name]
        columns = [(c.name, c.type, table.column(c.name)) for c in schema.columns.values()]
        shown = [(column, kind, at) for column, kind, at in columns if at is not None]
        rows = (
            {column: _cast(r[at] if at < len(r) else "", kind) for column, kind, at in shown}
            for r in table.records
        )
        return tuple({**row, **self._more(name, row)} for row in rows)

    def referring(self, target: str, identifier: str) -> dict[str, list[Row]]:
        """The rows of other tables that refer to a row, by table, in the descriptor's order."""
        return {
            table: rows[identifier]
            for table, rows in self._referring(target).items()
            if identifier in rows
        }

    def _find_referring(self, target: str) -> dict[str, dict[str, list[Row]]]:
        found: dict[str, dict[str, list[Row]]] = {}
        for table in self._loaded.strategy.tables:
            columns = referring_columns(self._loaded.descriptor.tables[table], target)
            by_id: defaultdict[str, list[Row]] = defaultdict(list)
            for row in self.of(table) if columns else ():
                for identifier in {row[c]: None for c in columns if row.get(c)}:
                    by_id[identifier].append(row)
            if columns:
                found[table] = by_id
        return found


def referring_columns(schema: TableSchema, target: str) -> list[str]:
    """The columns of a table that hold ids of another one."""
    return [
        k.column for k in schema.foreign_keys if k.table == target and k.column in schema.columns
    ]
