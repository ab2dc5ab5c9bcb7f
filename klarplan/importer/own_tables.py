"""Tables of Klarplan itself as a list: its own columns, ids, and values as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from klarplan.importer.grid import Sheet, plain
from klarplan.importer.headers import Header, header_at, titles_of
from klarplan.importer.target import usual_prefix
from klarplan.strategy.schema import Column, TableSchema

KNOWN = 0.6
"""The share of headers that must be names of columns."""
_LISTS = ("measures", "goals", "fields_of_action", "measure_fields", "measure_goals")
"""Tables that a list with German headers is only taken for if its ids look like ours."""
_WRITTEN = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "number": re.compile(r"-?\d+(?:\.\d+)?"),
    "integer": re.compile(r"-?\d+"),
    "year": re.compile(r"\d{4}"),
    "boolean": re.compile(r"true|false"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """A sheet that holds a table of Klarplan, and the position of each of its columns."""

    sheet: Sheet
    schema: TableSchema
    header: Header
    positions: Mapping[str, int]


def as_written(text: str, column: Column) -> str | None:
    """The value of a cell that stands as in our tables; ``None`` where it is written otherwise."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    if column.categories:
        return unix if unix in dict(column.categories) else None
    if column.type in _WRITTEN:
        return unix if _WRITTEN[column.type].fullmatch(unix) else None
    return unix


def _is_called(sheet: Sheet, schema: TableSchema) -> bool:
    name = plain(sheet.name or sheet.file.rpartition(".")[0])
    return name in (plain(schema.name), plain(schema.title), plain(schema.path.rpartition(".")[0]))


def _is_complete(schema: TableSchema, found: Mapping[str, int]) -> bool:
    """Whether all columns are there that a row needs."""
    return {name for name, column in schema.columns.items() if column.required} <= set(found)


def _has_our_ids(table: OwnTable) -> bool:
    """Whether rows have ids of ours, or refer to ids of ours where the table has none itself."""
    schema = table.schema
    keys = {key.column: key.table for key in schema.foreign_keys if key.column in schema.row_key}
    named = {"id": schema.name} if "id" in schema.columns else keys
    for column, name in named.items():
        position, prefix = table.positions.get(column), usual_prefix(name)
        if position is None:
            return False
        ids = [row.at(position) for row in table.header.body if row.at(position).strip()]
        if not ids or not all(re.fullmatch(rf"{re.escape(prefix)}\d+", text) for text in ids):
            return False
    return bool(named)


def own_table(sheet: Sheet, tables: Mapping[str, TableSchema]) -> OwnTable | None:
    """The table of Klarplan that a sheet holds, by names or German titles of columns, or ``None``.

    Tables with the same columns are told apart by the name of sheet or file.
    """
    if not sheet.rows:
        return None
    titles = titles_of(sheet, 0, two=False)
    header = header_at(sheet, 0, titles)
    filled = [title for title in titles if title]
    best: tuple[tuple[bool, bool, int, int], OwnTable] | None = None
    for schema in tables.values():
        german = {plain(column.title): name for name, column in schema.columns.items()}
        for names in ({name: name for name in schema.columns}, german):
            found = {
                names[key]: position
                for position, title in enumerate(titles)
                if (key := title if names is not german else plain(title)) in names
            }
            if not set(schema.row_key) <= set(found) or len(found) < KNOWN * len(filled):
                continue
            table = OwnTable(sheet=sheet, schema=schema, header=header, positions=found)
            doubtful = names is german and schema.name in _LISTS
            ours = _has_our_ids(table)
            if (doubtful or not _is_complete(schema, found)) and not ours:
                continue
            rank = _is_called(sheet, schema), ours, len(found), len(found) - len(schema.columns)
            if best is None or rank > best[0]:
                best = rank, table
    return best[1] if best else None
