"""Foreign keys: every reference names a row that exists (Table Schema, ``foreignKeys``).

Done here and not by Frictionless, which reads each target table again for every key. What many
rows name is probably missing there rather than mistyped here, and told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from klarplan.check import spreadsheet
from klarplan.check.frictionless_errors import Part, cell_finding
from klarplan.check.odd_letters import odd_letters, plain
from klarplan.check.rules import cells
from klarplan.check.rules.subject import shown
from klarplan.messages import NOTHING, Finding, Fix, Place, Text, did_you_mean, first_of
from klarplan.strategy.committed import committed
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded, other_file

GUESSES = 50
"""For so many unknown ids the nearest known one is looked for, which takes time."""
MISSING = 3
"""What so many rows name is missing in the table that they refer to."""
LISTED = 5
"""So many ids or lines are listed."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference that names no row."""

    part: Part
    target: Part
    line: int
    columns: tuple[str, ...]
    named: tuple[str, ...]
    """The columns of the target."""
    values: tuple[str, ...]

    @property
    def place(self) -> Place:
        assert self.part.table is not None
        column = ", ".join(self.columns)
        return Place(self.part.table.file, self.line, column, None, ", ".join(self.values))


def unknown_references(
    loaded: Loaded, parts: Mapping[str, Part], told: Sequence[Finding]
) -> Iterator[Finding]:
    """References of all tables to rows that don't exist, one finding for each missing row.

    ``told`` is what is known to be wrong already: a faulty id makes no missing row. Where a whole
    table is missing or empty, that is told once. Where it is there but can't be read, nothing is
    told here.
    """
    groups: dict[tuple[str, ...], list[_Reference]] = {}
    faulty = {(f.file, f.column) for f in told if f.severity == "error" and f.column}
    for part in parts.values():
        for key in part.schema.descriptor["schema"].get("foreignKeys", ()):
            target = parts[key["reference"].get("resource") or part.schema.name]
            columns, named = _names(key["fields"]), _names(key["reference"]["fields"])
            empty = target.table is None or not target.table.records
            if any((_path(target), column) in faulty for column in named):
                continue  # an id that is wrong there is the cause
            for line, values in _unknown(
                loaded, part, target, list(zip(columns, named, strict=True))
            ):
                found = _Reference(part, target, line, tuple(columns), tuple(named), values)
                cause = (target.schema.name, *(() if empty else values))
                groups.setdefault(cause, []).append(found)
    for number, (cause, references) in enumerate(groups.items()):
        if len(cause) == 1:
            yield _no_rows(loaded, references)
        elif len(references) < MISSING or len(_same(references[0])) == 1:
            yield from (_mistyped(r, guess=number < GUESSES) for r in references)
        else:
            yield _missing(loaded, references)


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields


def _unknown(
    loaded: Loaded, part: Part, target: Part, columns: list[tuple[str, str]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and values of each reference that names no row."""
    if part.table is None or any(c not in part.layout.positions for c, _ in columns):
        return
    if target.table is None:
        if target.unread or (loaded.root / "data" / target.schema.path).exists():
            return
        known = set()
    elif any(c not in target.layout.positions for _, c in columns):
        return
    else:
        known = {_values(r, target, [c for _, c in columns]) for r in target.table.records}
    hidden = _hidden(target)
    for record, line in zip(part.table.records, part.table.lines, strict=True):
        values = _values(record, part, [c for c, _ in columns])
        if not all(values) or values in known or line in part.layout.malformed:
            continue
        if not any(all(value in text for value in values) for text in hidden):
            yield line, values


def _hidden(target: Part) -> list[str]:
    """The texts of rows that can't be read rightly: an id may be hidden in them."""
    if target.table is None or not target.layout.malformed:
        return []
    rows = zip(target.table.records, target.table.lines, strict=True)
    return ["\n".join(r) for r, line in rows if line in target.layout.malformed]


def _values(record: tuple[str, ...], part: Part, columns: list[str]) -> tuple[str, ...]:
    positions = (part.layout.positions[c] for c in columns)
    return tuple(record[p] if p < len(record) else "" for p in positions)


def _mistyped(found: _Reference, *, guess: bool) -> Finding:
    """A reference that few rows make: the finding stands at the row."""
    target, value = found.target, ", ".join(found.values)
    assert target.table is not None
    same = _same(found)
    problem = Text(
        f"„{shown(value)}“ gibt es in {_file(target)} nicht.",
        f"“{shown(value)}” is not in {_file(target)}.",
    )
    odd = odd_letters(value, same[0] if same else "")
    if odd != NOTHING:
        problem = Text(f"{problem.de} {odd.de}", f"{problem.en} {odd.en}")
    if len(same) == 1:
        cure = Text(f"Schreiben Sie {same[0]}.", f"Write {same[0]}.")
    elif spreadsheet.is_lost(value):
        cure = spreadsheet.LOST
    else:
        cure = _nearest(target.table, found.named[0], value if guess else "")
    fault = cells.Fault(cells.REFERENCE, problem, cure)
    finding = cell_finding(found.part, found.line, found.columns, value, fault)
    fix = Fix(value, same[0]) if len(same) == 1 and len(found.columns) == 1 else None
    return replace(finding, cause=("id", value), fix=fix)


def _same(found: _Reference) -> list[str]:
    """The known ids that read like the one that is named: „hf-01“ like HF-01."""
    assert found.target.table is not None
    value = plain(", ".join(found.values))
    return [known for known in _ids(found.target.table, found.named[0]) if plain(known) == value]


def _missing(loaded: Loaded, found: Sequence[_Reference]) -> Finding:
    """A row that many others name: the finding stands at the table that lacks it."""
    target, value = found[0].target, ", ".join(found[0].values)
    assert target.table is not None
    column = found[0].named[0]
    taken = {reference.part.schema.name for reference in found}
    problem = Text(
        f"„{shown(value)}“ fehlt in {_file(target)}; {len(found)} Zeilen nennen es.",
        f"“{shown(value)}” is missing in {_file(target)}; {len(found)} rows name it.",
    )
    free = [i for i in _ids(target.table, column) if i not in _named(found)]
    if free and (before := committed(loaded.root, _path(target))):
        free = [i for i in free if i not in _ids(before, column)]  # new, so perhaps a new name
    if 0 < len(free) <= LISTED:
        listed = ", ".join(f"„{shown(i)}“" for i in free)
        listed_en = ", ".join(f"“{shown(i)}”" for i in free)
        cure = Text(
            f"Wurde die Kennung dort umbenannt? Bisher nennt keine Zeile: {listed}. "
            f"Machen Sie es rückgängig, oder fügen Sie die Zeile „{shown(value)}“ wieder ein.",
            f"Was the id renamed there? No row names so far: {listed_en}. "
            f"Undo it, or insert the row “{shown(value)}” again.",
        )
    else:
        where, where_en = ("dieser Tabelle", "this table") if len(taken) == 1 else (
            "diesen Tabellen", "these tables"
        )  # fmt: skip
        cure = Text(
            "Fügen Sie die Zeile dort wieder ein (den letzten Stand zeigt: "
            f"git show HEAD:{_path(target)}), oder ändern Sie die Zeilen in {where}.",
            f"Insert the row there again (git show HEAD:{_path(target)} shows what it was), "
            f"or change the rows in {where_en}.",
        )
    return Finding(
        rule=cells.REFERENCE,
        file=_path(target),
        column=", ".join(found[0].named),
        value=shown(value),
        problem=problem,
        cure=cure,
        cause=("id", value),
        also=tuple(reference.place for reference in found),
    )


def _named(found: Sequence[_Reference]) -> set[str]:
    """What the columns that refer to a missing row name."""
    named = set()
    for part, column in {(r.part.schema.name, r.columns[0]): r for r in found}.items():
        table = column.part.table
        assert table is not None
        position = column.part.layout.positions[part[1]]
        named |= {record[position] for record in table.records if position < len(record)}
    return named


def _no_rows(loaded: Loaded, found: Sequence[_Reference]) -> Finding:
    """A table that is missing or has no row, though others refer to its rows."""
    target = found[0].target
    count = len(found)
    there = target.table is not None
    problem = Text(
        f"{_file(target)} {'hat keine Zeilen' if there else 'fehlt'}; "
        f"{count} {'Zeile nennt' if count == 1 else 'Zeilen nennen'} Einträge daraus.",
        f"{_file(target)} {'has no rows' if there else 'is missing'}; "
        f"{count} {'row names' if count == 1 else 'rows name'} entries of it.",
    )
    columns = list(dict.fromkeys(f"{r.part.schema.path} {r.columns[0]}" for r in found))
    listed = "; ".join(columns[:LISTED]) + "; …" * (len(columns) > LISTED)
    renamed = None if there else other_file(loaded.root, loaded.descriptor, target.schema.path)
    if renamed:
        cure = Text(
            f"Benennen Sie data/{renamed} um in {target.schema.path}.",
            f"Rename data/{renamed} to {target.schema.path}.",
        )
    elif not ((before := committed(loaded.root, _path(target))) and before.records):
        cure = Text(
            f"Ergänzen Sie die Einträge in {_path(target)}, oder leeren Sie die Spalten {listed}.",
            f"Add the entries to {_path(target)}, or empty the columns {listed}.",
        )
    else:
        cure = Text(
            "Stellen Sie die Tabelle wieder her (den letzten Stand zeigt: "
            f"git show HEAD:{_path(target)}), oder leeren Sie die Spalten {listed}.",
            f"Restore the table (git show HEAD:{_path(target)} shows what it was), "
            f"or empty the columns {listed}.",
        )
    return Finding(
        rule=cells.REFERENCE,
        file=_path(target),
        value=target.schema.name,
        problem=problem,
        cure=cure,
        cause=("file", f"data/{renamed}") if renamed else None,
        also=tuple(reference.place for reference in found),
    )


def _path(part: Part) -> str:
    return f"data/{part.schema.path}"


def _file(part: Part) -> str:
    return part.schema.path


def _ids(table: Table, column: str) -> list[str]:
    position = table.column(column)
    if position is None:
        return []
    return [r[position] for r in table.records if len(r) > position]


def _is_another(value: str, known: str) -> bool:
    """Whether two ids of one form have other numbers: K-99 is not K-09 mistyped."""
    parts = [re.fullmatch(r"(\D*)(\d+)", text) for text in (value, known)]
    one, other = parts
    if one is None or other is None or one[1].casefold() != other[1].casefold():
        return False
    return len(one[2]) == len(other[2]) and sorted(one[2]) != sorted(other[2])


def _nearest(table: Table, column: str, value: str) -> Text:
    """The cure of an unknown id: the nearest known one, also by the title of its row."""
    position = table.column(column)
    if position is None:
        return NOTHING
    ids = _ids(table, column)
    guess = did_you_mean(value, [known for known in ids if not _is_another(value, known)])
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
    listed = first_of(ids, LISTED)
    if guess != NOTHING:
        return guess
    if not ids:
        return Text(f"{table.file} hat noch keine Einträge.", f"{table.file} has no rows yet.")
    return Text(
        f"Verwenden Sie eine Kennung aus {table.file} ({listed}) oder ergänzen Sie sie dort.",
        f"Use an id of {table.file} ({listed}) or add it there.",
    )
