"""The part of a strategy that the public may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded, strategy_from
from klarplan.strategy.schema import TableSchema


def _internal(table: Table) -> list[bool]:
    position = table.column("visibility")
    if position is None:
        return [False] * len(table.records)
    return [len(r) > position and r[position] == "internal" for r in table.records]


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
        if key.column in schema.columns
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
    """The same without internal rows and without what belongs to them.

    A row with ``visibility`` = ``internal`` is left out, in every table that has such a column.
    A row that refers to a left-out row of another table is left out too, and so on; a reference
    within the same table (a superseded measure) is emptied. Documents follow their owner.
    """
    texts = dict(loaded.strategy.tables)
    keep = {name: [not hit for hit in _internal(table)] for name, table in texts.items()}
    blank: dict[str, set[tuple[int, int]]] = {name: set() for name in texts}
    changed = any(not all(flags) for flags in keep.values())
    while changed:
        changed = False
        gone = _gone(texts, keep)
        for name, table in texts.items():
            references = [
                (position, target, must)
                for column, target, must in _references(loaded.descriptor.tables[name])
                if (position := table.column(column)) is not None
            ]
            for n, record in enumerate(table.records):
                if not keep[name][n]:
                    continue
                kind, owner = _owner(table, record)
                drop = bool(owner) and owner in gone.get(kind, ())
                for position, target, must in references:
                    cell = record[position] if position < len(record) else ""
                    if cell and cell in gone.get(target, ()):
                        drop = drop or must
                        blank[name].add((n, position))
                if drop:
                    keep[name][n] = False
                    changed = True
    shown = {name: _blank(table, blank[name]).only(keep[name]) for name, table in texts.items()}
    strategy = strategy_from(loaded.strategy.settings, shown, loaded.descriptor)
    return replace(loaded, strategy=strategy)


def internal_ids(loaded: Loaded) -> frozenset[str]:
    """Ids that are in the strategy but not in its public part."""

    def ids(tables: object) -> set[str]:
        found: set[str] = set()
        assert isinstance(tables, dict)
        for table in tables.values():
            position = table.column("id")
            if position is not None:
                found |= {r[position] for r in table.records if len(r) > position}
        return found

    return frozenset(ids(loaded.strategy.tables) - ids(public(loaded).strategy.tables))
