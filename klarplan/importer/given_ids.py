"""Ids for the new rows of a table: a list's own numbers where they look like ids, else the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from klarplan.importer.state import Run
from klarplan.importer.target import Row
from klarplan.importer.values import UnreadableError
from klarplan.strategy.new_ids import bare_beginning, counted
from klarplan.strategy.readings import COLUMNS


def give_ids(run: Run, table: str) -> None:
    """Give ids to all new rows without one, now that the lists of a table are read.

    A row with an official number such as “M-3” is called so, unless that means another row, too.
    The ids of the others lie behind all these numbers. Rows that have an id keep it.
    """
    target = run.targets[table]
    if target.schema.row_key != ("id",):
        return
    new = [row for row in target.rows if not row.get("id") and run.is_new(table, row)]
    for row, identifier in [*_own_numbers(run, table, new)]:
        target.set(row, "id", identifier)
    for row in new:
        if not row["id"]:
            target.set(row, "id", target.new_id())


def _own_numbers(run: Run, table: str, new: list[Row]) -> Iterator[tuple[Row, str]]:
    """The rows whose official number can be their id, each with that id."""
    target = run.targets[table]
    prefix, beginning = target.prefix, bare_beginning(target.prefix)
    found = [(row, counted(row.get("official_id", ""))) for row in new]
    alike = [(row, number) for row, number in found if number and number[0] == beginning]
    if not alike:
        return
    names = ({counted(row.get(name, "")) for name in COLUMNS} for row in target.rows)
    called = Counter(one for each in names for one in each)
    used = {*map(counted, target.used.adopted), *map(counted, target.used.former(table))}
    for row, number in alike:
        if called[number] > 1 or number in used:
            continue
        written = row["official_id"].strip()
        for identifier in (written, f"{prefix}{written[len(written.rstrip('0123456789')) :]}"):
            if _is_valid(run, table, identifier):
                yield row, identifier
                break


def _is_valid(run: Run, table: str, identifier: str) -> bool:
    try:
        run.meets(table, "id", identifier)
    except UnreadableError:
        return False
    return True
