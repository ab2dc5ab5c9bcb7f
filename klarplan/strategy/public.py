"""The part of a strategy that the public may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded, strategy_from
from klarplan.strategy.schema import VISIBILITY, Descriptor, TableSchema, table_schema


def _internal(table: Table, schema: TableSchema) -> list[bool]:
    """Which rows are to be kept back; so is a row with a visibility that is not known."""
    if schema.internal:
        return [True] * len(table.records)
    position = table.column(VISIBILITY)
    if position is None:
        return [False] * len(table.records)
    return [len(r) > position and r[position] not in ("", "public") for r in table.records]


def _cut(table: Table, schema: TableSchema) -> Table:
    """The table without the columns that are not public."""
    shown = [n for n, name in enumerate(table.header) if schema.is_public(name)]
    if len(shown) == len(table.header):
        return table
    return replace(
        table,
        header=tuple(table.header[n] for n in shown),
        records=tuple(tuple(r[n] for n in shown if n < len(r)) for r in table.records),
    )


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields


def _resource(schema: TableSchema, tables: Mapping[str, TableSchema]) -> dict[str, Any]:
    """What the descriptor says of a public table, without a word on what is internal."""
    described = dict(schema.descriptor["schema"])
    described["fields"] = [f for f in described["fields"] if schema.is_public(f["name"])]
    if not all(map(schema.is_public, schema.primary_key)):
        del described["primaryKey"]
    if "uniqueKeys" in described:
        described["uniqueKeys"] = [
            key for key in described["uniqueKeys"] if all(map(schema.is_public, _names(key)))
        ]
    keys = []
    for key in described.pop("foreignKeys", ()):
        target = tables.get(key["reference"].get("resource") or schema.name)
        aims = _names(key["reference"]["fields"])
        if target and all(map(schema.is_public, _names(key["fields"]))):
            keys += [key] if all(map(target.is_public, aims)) else []
    if keys:
        described["foreignKeys"] = keys
    return {**schema.descriptor, "schema": described}


def _public_descriptor(descriptor: Descriptor) -> Descriptor:
    tables = {name: schema for name, schema in descriptor.tables.items() if not schema.internal}
    resources = [_resource(schema, tables) for schema in tables.values()]
    return replace(
        descriptor,
        package={**descriptor.package, "resources": resources},
        tables={resource["name"]: table_schema(resource) for resource in resources},
    )


def _blank(table: Table, hits: set[tuple[int, int]]) -> Table:
    if not hits:
        return table
    return replace(
        table,
        records=tuple(
            tuple("" if (n, c) in hits else cell for c, cell in enumerate(record))
            for n, record in enumerate(table.records)
        ),
    )


def _references(schema: TableSchema) -> list[tuple[str, str, bool]]:
    return [
        (key.column, key.table, key.table != schema.name or schema.columns[key.column].required)
        for key in schema.foreign_keys
        if schema.is_public(key.column)
    ]


def _gone(texts: Mapping[str, Table], keep: Mapping[str, list[bool]]) -> dict[str, set[str]]:
    gone: dict[str, set[str]] = {}
    for name, table in texts.items():
        position = table.column("id")
        if position is not None:
            gone[name] = {
                r[position]
                for r, k in zip(table.records, keep[name], strict=True)
                if not k and len(r) > position
            }
    return gone


def _owner(table: Table, record: tuple[str, ...]) -> tuple[str, str]:
    owner, kind = table.column("owner"), table.column("owner_table")
    if owner is None or kind is None or len(record) <= max(owner, kind):
        return "", ""
    return record[kind], record[owner]


def public(loaded: Loaded) -> Loaded:
    """The same without what is internal or described nowhere, and without what belongs to it.

    Left out are columns that the descriptor does not describe, columns and tables that it marks as
    internal, with their description, and rows with ``visibility`` = ``internal``, in every table
    that has such a column. A row that refers to a left-out row of another table is left out too,
    and so on; a reference within the same table (a superseded measure) is emptied. Documents
    follow their owner.
    """
    texts = dict(loaded.strategy.tables)
    schemas = loaded.descriptor.tables
    secret = {name for name, schema in schemas.items() if schema.internal}
    keep = {
        name: [not hit for hit in _internal(table, schemas[name])] for name, table in texts.items()
    }
    blank: dict[str, set[tuple[int, int]]] = {name: set() for name in texts}
    changed = bool(secret) or any(not all(flags) for flags in keep.values())
    while changed:
        changed = False
        gone = _gone(texts, keep)
        for name, table in texts.items():
            references = [
                (position, target, must)
                for column, target, must in _references(schemas[name])
                if (position := table.column(column)) is not None
            ]
            for n, record in enumerate(table.records):
                if not keep[name][n]:
                    continue
                kind, owner = _owner(table, record)
                drop = kind in secret or (bool(owner) and owner in gone.get(kind, ()))
                for position, target, must in references:
                    cell = record[position] if position < len(record) else ""
                    if cell and cell in gone.get(target, ()):
                        drop = drop or must
                        blank[name].add((n, position))
                if drop:
                    keep[name][n] = False
                    changed = True
    shown = {
        name: _cut(_blank(table, blank[name]).only(keep[name]), schemas[name])
        for name, table in texts.items()
        if name not in secret
    }
    descriptor = _public_descriptor(loaded.descriptor)
    strategy = strategy_from(loaded.strategy.settings, shown, descriptor, loaded.strategy.words)
    return replace(loaded, strategy=strategy, descriptor=descriptor)


def internal_ids(loaded: Loaded, shown: Loaded) -> frozenset[str]:
    """Ids that are in the strategy but not in its public part ``shown``."""

    def ids(tables: object) -> set[str]:
        found: set[str] = set()
        assert isinstance(tables, dict)
        for table in tables.values():
            position = table.column("id")
            if position is not None:
                found |= {r[position] for r in table.records if len(r) > position}
        return found

    return frozenset(ids(loaded.strategy.tables) - ids(shown.strategy.tables))
