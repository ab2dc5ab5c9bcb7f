"""Which rows of a table came, went and changed between two states."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from klarplan.comparison.state import Cells, State
from klarplan.messages import Lang
from klarplan.strategy.former_ids import TITLES

Key = Callable[[Cells], Hashable]
"""What rows are paired by; rows of which it makes ``None`` are not."""

Renumbered = Mapping[str, Mapping[str, str]]
"""The ids that rows have now, by table and the id that they had."""

ALSO: Mapping[str, tuple[str, ...]] = {"status_reports": ("measure", "period")}
"""By what rows are paired whose key has changed: a report keeps its period when its date moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row that came (``before`` is empty), went (``after`` is empty) or changed."""

    table: str
    before: Cells
    after: Cells

    @property
    def came(self) -> bool:
        """Whether the row is new."""
        return not self.before

    @property
    def went(self) -> bool:
        """Whether the row is gone."""
        return not self.after

    @property
    def row(self) -> Cells:
        """The row as it is, or was."""
        return self.after or self.before

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose cells differ."""
        return tuple(filter(self.differs, dict.fromkeys([*self.after, *self.before])))

    def differs(self, column: str) -> bool:
        """Whether a cell differs; a column that is absent holds empty cells."""
        return self.before.get(column, "") != self.after.get(column, "")


def renumbered(before: State, after: State, tables: Iterable[str]) -> Renumbered:
    """The ids of rows that have another one now, in those tables in which there are any."""
    found = {}
    for table in tables:
        moved = {
            change.before["id"]: change.after["id"]
            for change in changed_rows(before, after, table)
            if change.before.get("id") and change.after.get("id") and change.differs("id")
        }
        if moved:
            found[table] = moved
    return found


def changed_rows(
    before: State, after: State, table: str, ids: Renumbered | None = None
) -> Iterator[RowChange]:
    """All rows of a table that differ: changed and new ones in their order, then those gone.

    The order of rows and columns does not count. Equal rows are paired first, then those that are
    equal but for their id or have a title that no other has, then those with the same key
    (``row_key``), then those that are equal but for the key. What names a row by an id that has
    been ``renumbered`` is no change.
    """
    old, new = list(before.rows(table)), list(after.rows(table))
    if ids:
        old = [_renamed(before, table, row, ids) for row in old]
    origin: dict[int, int] = {}
    for key in _keys(before, after, table, _own_titles(old, new)):
        pair(old, new, key, origin)
    for position, row in enumerate(new):
        if position not in origin:
            yield RowChange(table=table, before={}, after=row)
        elif filled(old[origin[position]]) != filled(row):
            yield RowChange(table=table, before=old[origin[position]], after=row)
    kept = set(origin.values())
    for position, row in enumerate(old):
        if position not in kept:
            yield RowChange(table=table, before=row, after={})


def _renamed(before: State, table: str, row: Cells, ids: Renumbered) -> Cells:
    """A row that names others by the ids that they have now."""
    schema = before.schema(table)
    moved = {
        key.column: ids[key.table][row[key.column]]
        for key in (schema.foreign_keys if schema else ())
        if row.get(key.column, "") in ids.get(key.table, ())
    }
    return {**row, **moved} if moved else row


def title_of(row: Cells, lang: Lang = "de") -> str:
    """What a row is called in a language, as far as it has such a title; empty without any."""
    title = next((name for name in TITLES if row.get(name)), "")
    return (lang == "en" and row.get(f"{title}_en")) or row.get(title, "")


def _own_titles(old: Sequence[Cells], new: Sequence[Cells]) -> Collection[str]:
    """The titles that just one row has on either side."""
    once = [
        {t for t, n in Counter(map(title_of, rows)).items() if t and n == 1} for rows in (old, new)
    ]
    return once[0] & once[1]


def _keys(before: State, after: State, table: str, titles: Collection[str]) -> Iterator[Key]:
    schema = after.schema(table) or before.schema(table)
    named = schema.row_key if schema and schema.row_key else ("id",)
    yield filled
    if named == ("id",):
        # Whoever renumbers gives the id of one row to another.
        yield lambda row: rest if len(rest := filled(row, named)) > 1 else None
        yield lambda row: title if (title := title_of(row)) in titles else None
    yield lambda row: cells(row, named)
    if also := ALSO.get(table):
        yield lambda row: cells(row, also)
    # Something must be left that tells rows apart: a link between two ids is its key.
    yield lambda row: rest if len(rest := filled(row, named)) > 1 else None


def filled(row: Cells, without: Sequence[str] = ()) -> frozenset[tuple[str, str]]:
    """The cells that hold something, with their columns; a key by which equal rows are paired."""
    return frozenset((n, cell) for n, cell in row.items() if cell and n not in without)


def cells(row: Cells, names: Sequence[str]) -> tuple[str, ...] | None:
    """The cells of some columns, a key by which rows are paired; ``None`` where all are empty."""
    found = tuple(row.get(name, "") for name in names)
    return found if any(found) else None


def pair(old: Sequence[Cells], new: Sequence[Cells], key: Key, origin: dict[int, int]) -> None:
    """Pair rows with the same key that have no pair yet, in their order.

    ``origin`` gets the place in ``old`` for each place in ``new``.
    """
    kept = set(origin.values())
    free: dict[Hashable, list[int]] = defaultdict(list)
    for position, row in enumerate(old):
        if position not in kept and (made := key(row)) is not None:
            free[made].append(position)
    for positions in free.values():
        positions.reverse()
    for position, row in enumerate(new):
        if position not in origin and free.get(key(row)):
            origin[position] = free[key(row)].pop()
