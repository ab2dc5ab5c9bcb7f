"""Offices, fields, goals and places that are still linked to measures whose list names others."""

from __future__ import annotations

from klarplan.importer.identity import more
from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.importer.target import Row
from klarplan.importer.values import line
from klarplan.messages import Text

LINKS = ("responsibilities", "measure_fields", "measure_goals", "measure_places")
"""The tables that hold several rows for a measure, of which a list names all."""


def tell_left_links(run: Run, table: str, seen: set[int], place: Place) -> None:
    """Remark what is still linked to measures of the lists, though they name something else.

    ``seen`` are the rows, by ``id``, that the lists have. Offices are compared within the roles
    that the lists have; a measure of which the lists say nothing keeps what it has.
    """
    target = run.targets[table]
    told = [row for row in target.rows if id(row) in seen]
    measures = {row.get("measure") for row in told}
    roles = {row.get("role", "") for row in told}
    left = [
        row
        for row in target.rows
        if id(row) not in seen
        and row.get("measure") in measures
        and row.get("role", "") in roles
        and not run.is_new(table, row)
    ]
    if not left:
        return
    names = [_named(run, table, row) for row in left]
    run.remark(
        place,
        Text(
            f"Noch in „{target.schema.title}“, aber nicht mehr in der Liste ({len(left)}): "
            f"{more(names, 'de')}. Was nicht mehr gilt, löschen Sie in data/{table}.csv.",
            f"Still in “{table}”, but no longer in the list ({len(left)}): {more(names, 'en')}. "
            f"Delete what is no longer right from data/{table}.csv.",
        ),
    )


def _named(run: Run, table: str, row: Row) -> str:
    """A row with the names of what it refers to, measures by their ids."""
    words = []
    for column in run.descriptor.tables[table].row_key:
        value = row.get(column, "")
        keys = run.descriptor.tables[table].foreign_keys
        other = next((key.table for key in keys if key.column == column), "")
        found = run.targets[other].find(["id"], [value]) if other and column != "measure" else []
        name = next((found[0][n] for n in ("title", "name") if found and found[0].get(n)), value)
        words.append(line(name))
    return " · ".join(word for word in words if word)
