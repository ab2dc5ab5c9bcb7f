"""A rule on columns that are described and no longer there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.committed import committed
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.renewal import engine_package


@cache
def known_columns() -> dict[str, frozenset[str]]:
    """The columns by table that Klarplan describes itself: few towns need all of them."""
    return {
        resource["name"]: frozenset(field["name"] for field in resource["schema"]["fields"])
        for resource in engine_package()["resources"]
    }


LOST = "column"
"""The cause of findings on columns whose values are gone; file and column follow."""


def lost(root: Path, finding: Finding) -> bool:
    """Whether a finding tells of a column whose values are gone, or stand under another name.

    A column of one's own that is only called alike is none: the last version in git tells.
    """
    if finding.cause is None or finding.cause[0] != LOST:
        return False
    _, file, column = finding.cause
    before = committed(root, file)
    return before is None or column in before.header


@rule(
    "KP027",
    title=Text("Beschriebene Spalte fehlt", "Described column is missing"),
    de="Eine Spalte, die Ihre Kommune in data/datapackage.json beschreibt oder die in der letzten "
    "Fassung im Repository stand, fehlt nicht ohne ein Wort.",
    severity="warning",
)
def lost_column(subject: Subject) -> Iterator[Finding]:
    """A column that the town describes, or that the last commit had, is not missing unnoticed."""
    root = subject.loaded.root
    for name, table in subject.strategy.tables.items():
        schema = subject.loaded.descriptor.tables[name]
        absent = [c for c in schema.columns.values() if c.name not in table.header]
        absent = [column for column in absent if not column.required]
        renamed = any(column and column not in schema.columns for column in table.header)
        if not absent or renamed:
            continue  # another finding tells of the name that nobody knows
        before = committed(root, table.file)
        own = [c.name for c in absent if c.name not in known_columns().get(name, ())]
        gone = [c.name for c in absent if before and c.name in before.header]
        for lost in dict.fromkeys([*own, *gone]):
            yield _finding(table, lost, schema.titles_of(lost), was=lost in gone)


def _finding(table: Table, column: str, title: Text, *, was: bool) -> Finding:
    if was:
        problem = Text(
            f"Die Spalte „{column}“ ({title.de}) stand in der letzten Fassung im Repository und "
            "fehlt jetzt mit allen ihren Werten.",
            f"The column “{column}” ({title.en}) was in the last committed version and is missing "
            "now with all its values.",
        )
        cure = Text(
            f"Fügen Sie sie wieder ein; die letzte Fassung zeigt: git show HEAD:{table.file}. "
            "Soll sie wegfallen, übernehmen Sie die Änderung (commit).",
            f"Insert it again; the last version is shown by: git show HEAD:{table.file}. If it is "
            "to go, commit the change.",
        )
    else:
        problem = Text(
            f"Die Spalte „{column}“ ({title.de}) ist in data/datapackage.json beschrieben, steht "
            "aber nicht in der Tabelle.",
            f"The column “{column}” ({title.en}) is described in data/datapackage.json, but not in "
            "the table.",
        )
        cure = Text(
            "Fügen Sie sie in die Tabelle ein, oder löschen Sie dort ihre Beschreibung.",
            "Insert it into the table, or delete its description there.",
        )
    return Finding(
        rule="",
        file=table.file,
        line=table.header_line,
        value=column,
        problem=problem,
        cure=cure,
        cause=(LOST, table.file, column) if was else None,
    )
