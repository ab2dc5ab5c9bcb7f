"""Foreign keys: every reference names a row that exists (Table Schema, ``foreignKeys``).

Done here and not by Frictionless, which reads each target table again for every key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from klarplan.check.frictionless_errors import Part, cell_finding
from klarplan.check.rules import cells
from klarplan.check.rules.subject import shown
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded

GUESSES = 50
"""For so many unknown ids of a table the nearest known one is looked for, which takes time."""


def unknown_references(loaded: Loaded, parts: Mapping[str, Part]) -> Iterator[Finding]:
    """References of all tables to rows that don't exist.

    Where a whole table is missing, that is told once for each column that refers to it. Where it
    is there but can't be read, nothing is told here.
    """
    for part in parts.values():
        guesses = GUESSES
        for key in part.schema.descriptor["schema"].get("foreignKeys", ()):
            target = parts[key["reference"].get("resource") or part.schema.name]
            columns, named = _names(key["fields"]), _names(key["reference"]["fields"])
            for line, values in _unknown(
                loaded, part, target, list(zip(columns, named, strict=True))
            ):
                yield _finding(part, target, line, columns, (named[0], values, guesses > 0))
                guesses -= 1
                if target.table is None:
                    break


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields


def _unknown(
    loaded: Loaded, part: Part, target: Part, columns: list[tuple[str, str]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and values of each reference that names no row."""
    if part.table is None or any(c not in part.layout.positions for c, _ in columns):
        return
    if target.table is None:
        if (loaded.root / "data" / target.schema.path).exists():
            return
        known = set()
    elif any(c not in target.layout.positions for _, c in columns):
        return
    else:
        known = {_values(r, target, [c for _, c in columns]) for r in target.table.records}
    for record, line in zip(part.table.records, part.table.lines, strict=True):
        values = _values(record, part, [c for c, _ in columns])
        if all(values) and values not in known and line not in part.layout.malformed:
            yield line, values


def _values(record: tuple[str, ...], part: Part, columns: list[str]) -> tuple[str, ...]:
    positions = (part.layout.positions[c] for c in columns)
    return tuple(record[p] if p < len(record) else "" for p in positions)


def _finding(
    part: Part,
    target: Part,
    line: int,
    columns: list[str],
    looked: tuple[str, tuple[str, ...], bool],
) -> Finding:
    name, values, guess = looked
    value = ", ".join(values)
    problem = Text(
        f"„{shown(value)}“ gibt es in „{target.schema.title}“ nicht.",
        f"“{shown(value)}” is not in table “{target.schema.name}”.",
    )
    if target.table is None:
        cure = Text(
            f"Die Datei data/{target.schema.path} fehlt. Legen Sie sie an, oder lassen Sie diese "
            "Spalte in allen Zeilen leer.",
            f"The file data/{target.schema.path} is missing. Create it, "
            "or leave this column empty in all rows.",
        )
    else:
        cure = near(target.table, name, value if guess else "")
    return cell_finding(part, line, columns, value, cells.Fault(cells.REFERENCE, problem, cure))


def near(table: Table, column: str, value: str) -> Text:
    """The cure of an unknown id: the nearest known one, also by the title of its row."""
    position = table.column(column)
    if position is None:
        return NOTHING
    ids = [r[position] for r in table.records if len(r) > position]
    guess = did_you_mean(value, ids)
    if guess == NOTHING:
        for label in ("title", "label", "name"):
            spot = table.column(label)
            if spot is not None:
                named = {
                    r[spot].lower(): r[position]
                    for r in table.records
                    if len(r) > max(spot, position)
                }
                if value.lower() in named:
                    guess = did_you_mean(named[value.lower()], ids)
    listed = ", ".join(ids[:8]) + (", …" if len(ids) > 8 else "")
    if guess != NOTHING:
        return guess
    if not ids:
        return Text(f"{table.file} hat noch keine Einträge.", f"{table.file} has no rows yet.")
    return Text(
        f"Verwenden Sie eine Kennung aus {table.file} ({listed}) oder ergänzen Sie sie dort.",
        f"Use an id of {table.file} ({listed}) or add it there.",
    )
