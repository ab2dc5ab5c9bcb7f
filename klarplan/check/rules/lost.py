"""Rules on what was there in the last committed version and is gone: git gives it back."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.processes import git
from klarplan.strategy.committed import committed
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
