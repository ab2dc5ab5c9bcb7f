"""Rules on what was there in the last committed version and is gone: git gives it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from klarplan.check.rules.lost_columns import LOST
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.processes import git
from klarplan.strategy.committed import committed
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import DESCRIPTOR

FEW = 3
"""Fewer rows may have been deleted on purpose, one by one."""


@rule(
    "KP051",
    title=Text("Beschreibung der Tabellen gelöscht", "Description of tables deleted"),
    de="data/datapackage.json ist da, wenn die letzte Fassung in git sie hat.",
)
def descriptor_deleted(subject: Subject) -> Iterator[Finding]:
    """data/datapackage.json is there if the last version in git has it."""
    root = subject.loaded.root
    if (root / DESCRIPTOR).is_file() or git(root, "cat-file", "-e", f"HEAD:./{DESCRIPTOR}") is None:
        return
    yield Finding(
        rule="",
        file=DESCRIPTOR,
        problem=Text(
            "Die Beschreibung der Tabellen fehlt; eigene Spalten und Tabellen gäbe es nicht mehr.",
            "The description of the tables is missing; own columns and tables would be gone.",
        ),
        cure=Text(
            f"Holen Sie sie aus der letzten Fassung zurück: git checkout HEAD -- {DESCRIPTOR}",
            f"Get it back from the last version: git checkout HEAD -- {DESCRIPTOR}",
        ),
    )


@rule(
    "KP028",
    title=Text("Alle Zeilen gelöscht", "All rows deleted"),
    de="Eine Tabelle, die in der letzten Fassung in git Zeilen hat, besteht nicht nur aus ihrer "
    "Kopfzeile.",
    severity="warning",
)
def rows_deleted(subject: Subject) -> Iterator[Finding]:
    """A table that has rows in the last version in git is more than its header."""
    faulty = {file for file, _ in subject.broken}
    for table in subject.strategy.tables.values():
        if table.records or table.file in faulty:
            continue
        before = committed(subject.loaded.root, table.file)
        count = len(before.records) if before else 0
        if count >= FEW:
            yield Finding(
                rule="",
                file=table.file,
                problem=Text(
                    f"Die Tabelle hat nur noch ihre Kopfzeile; in der letzten Fassung hatte sie "
                    f"{count} Zeilen.",
                    f"Only the header of the table is left; the last version has {count} rows.",
                ),
                cure=Text(
                    f"Holen Sie die Zeilen zurück: git checkout HEAD -- {table.file}",
                    f"Get the rows back: git checkout HEAD -- {table.file}",
                ),
            )


@rule(
    "KP052",
    title=Text("Alle Werte einer Spalte gelöscht", "All values of a column deleted"),
    de="Eine Spalte, die in der letzten Fassung in git Werte hat, ist nicht ganz leer.",
    severity="warning",
)
def column_emptied(subject: Subject) -> Iterator[Finding]:
    """A column that has values in the last version in git is not wholly empty."""
    faulty = {file for file, _ in subject.broken}
    bare = {
        table.file: (name, columns)
        for name, table in subject.strategy.tables.items()
        if table.file not in faulty and (columns := _empty(table))
    }
    for file in subject.changed_tables if bare else ():
        before = committed(subject.loaded.root, file) if file in bare else None
        if before is None:
            continue
        name, columns = bare[file]
        table, schema = subject.strategy.tables[name], subject.loaded.descriptor.tables[name]
        for column in columns:
            count = _values(before, column)
            if count < FEW:
                continue
            yield Finding(
                rule="",
                file=file,
                line=table.header_line,
                column=column,
                problem=Text(
                    f"Die Spalte „{schema.title_of(column)}“ ist ganz leer; in der letzten Fassung "
                    f"standen darin {count} Werte.",
                    f"The column “{column}” is wholly empty; in the last version it has {count} "
                    "values.",
                ),
                cure=Text(
                    f"Holen Sie die Werte zurück; die letzte Fassung zeigt: git show HEAD:{file}. "
                    "Sollen sie wegfallen, übernehmen Sie die Änderung (commit).",
                    f"Get the values back; the last version is shown by: git show HEAD:{file}. If "
                    "they are to go, commit the change.",
                ),
                cause=(LOST, file, column),
            )


def _empty(table: Table) -> list[str]:
    """The columns in which no row has a value, of a table with rows."""
    filled = {n for record in table.records for n, cell in enumerate(record) if cell.strip()}
    return [c for n, c in enumerate(table.header) if n not in filled] if table.records else []


def _values(table: Table, column: str) -> int:
    """How many rows have a value in a column."""
    if column not in table.header:
        return 0
    at = table.header.index(column)
    return sum(len(record) > at and bool(record[at].strip()) for record in table.records)


@rule(
    "KP054",
    title=Text("Spaltennamen vertauscht", "Names of columns turned"),
    de="Stehen die Namen der Spalten anders als in der letzten Fassung in git, sind auch die Werte "
    "darunter mitgewandert.",
)
def names_turned(subject: Subject) -> Iterator[Finding]:
    """Where names of columns changed places since the last version in git, so did their values."""
    tables = {table.file: table for table in subject.strategy.tables.values()}
    for file in subject.changed_tables:
        table = tables.get(file)
        before = committed(subject.loaded.root, file) if table else None
        if table is None or before is None or table.header == before.header:
            continue
        if sorted(table.header) != sorted(before.header):
            continue
        turned = [n for n, name in enumerate(table.header) if name != before.header[n]]
        if len(table.records) < FEW or not all(_stayed(table, before, n) for n in turned):
            continue
        names = " und ".join(f"„{table.header[n]}“" for n in turned[:3])
        yield Finding(
            rule="",
            file=file,
            line=table.header_line,
            column=table.header[turned[0]],
            value=", ".join(table.header[n] for n in turned),
            problem=Text(
                f"{names} stehen in anderer Reihenfolge als in der letzten Fassung, die Werte "
                "darunter aber nicht.",
                "The names of these columns have changed places since the last version, but the "
                "values below have not.",
            ),
            cure=Text(
                f"Schreiben Sie in die erste Zeile wieder: {','.join(before.header)}",
                f"Write into the first line again: {','.join(before.header)}",
            ),
            cause=(LOST, file, table.header[turned[0]]),
        )


def _stayed(table: Table, before: Table, position: int) -> bool:
    """Whether the cells at a position are mostly those that were there before."""
    now, then = (
        [record[position] for record in some.records if len(record) > position]
        for some in (table, before)
    )
    same = sum((Counter(now) & Counter(then)).values())
    return same * 10 >= max(len(now), len(then)) * 9
