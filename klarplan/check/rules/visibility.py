"""Rules on what is kept from the public: by the schemas, and with the row it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text
from klarplan.strategy.load import kinds, required_columns
from klarplan.strategy.model import REQUIRED_TABLES
from klarplan.strategy.schema import DESCRIPTOR, VISIBILITY, TableSchema


@rule(
    "KP045",
    title=Text("Kann nicht intern sein", "Can't be internal"),
    de="Eine Spalte oder Tabelle ist „public“ oder „internal“; intern ist nichts, "
    "ohne das Klarplan keine Seite schreiben kann.",
)
def needed_but_internal(subject: Subject) -> Iterator[Finding]:
    """A column or table is “public” or “internal”, and nothing that pages need is internal."""
    for table, schema in subject.loaded.descriptor.tables.items():
        marks = [(None, schema.descriptor.get(VISIBILITY), table in REQUIRED_TABLES)]
        for field in schema.descriptor["schema"]["fields"]:
            marks.append((field["name"], field.get(VISIBILITY), _needed(schema, field["name"])))
        for column, mark, needed in marks:
            if mark in (None, "public") or (mark == "internal" and not needed):
                continue
            place = f"Spalte „{column}“ der Tabelle „{table}“" if column else f"Tabelle „{table}“"
            place_en = f"column “{column}” of table “{table}”" if column else f"table “{table}”"
            problem = Text(
                f"{place}: „{shown(str(mark))}“ gibt es als „{VISIBILITY}“ nicht.",
                f"{place_en}: there is no “{VISIBILITY}” “{shown(str(mark))}”.",
            )
            cure = Text("Möglich sind public und internal.", "Possible are public and internal.")
            if mark == "internal":
                problem = Text(
                    f"{place}: Ohne sie kann Klarplan keine Seite schreiben; "
                    "sie kann nicht intern sein.",
                    f"{place_en}: without it Klarplan can't write a page; it can't be internal.",
                )
                cure = Text(
                    f"Löschen Sie „{VISIBILITY}“ an dieser Stelle. Einzelne Zeilen können intern "
                    f"sein, mit einer Spalte „{VISIBILITY}“.",
                    f"Delete “{VISIBILITY}” there. Single rows can be internal, with a column "
                    f"“{VISIBILITY}”.",
                )
            yield Finding(
                rule="",
                file=DESCRIPTOR,
                column=column,
                value=table,
                problem=problem,
                cure=cure,
            )


@rule(
    "KP220",
    title=Text("Teil von Internem", "Part of what is internal"),
    de="Was zu einer internen Zeile derselben Tabelle gehört, ist ebenfalls intern: Öffentlich "
    "bliebe es ohne den Verweis.",
    severity="warning",
)
def part_of_internal(subject: Subject) -> Iterator[Finding]:
    """What is part of an internal row of its own table is internal, too.

    It would be published without the reference.
    """
    for name, table in subject.strategy.tables.items():
        own = table.column("id")
        keys = subject.loaded.descriptor.tables[name].foreign_keys
        within = [key.column for key in keys if key.table == name]
        for column in within if own is not None else ():
            at = table.column(column)
            for record, line in zip(table.records, table.lines, strict=True):
                if at is None or len(record) <= max(at, own or 0):
                    continue
                identifier, whole = record[own or 0], record[at]
                if whole not in subject.internal or identifier in subject.internal:
                    continue
                yield subject.cell(
                    name,
                    line,
                    column,
                    Text(
                        f"{identifier} gehört zu {whole}. {whole} ist intern, {identifier} aber "
                        "erscheint; nur der Verweis entfällt.",
                        f"{identifier} is part of {whole}. {whole} is internal, yet {identifier} "
                        "is published; only the reference is left out.",
                    ),
                    Text(
                        f"Soll {identifier} intern bleiben, schreiben Sie in dieser Zeile "
                        f"„internal“ unter „{VISIBILITY}“; fehlt die Spalte, ergänzen Sie sie. "
                        "Sonst leeren Sie die Zelle, oder beantworten Sie die Warnung.",
                        f"To keep {identifier} internal, write “internal” under “{VISIBILITY}” in "
                        "this row; add the column if it is missing. Otherwise empty the cell, or "
                        "answer the warning.",
                    ),
                )


def _needed(schema: TableSchema, column: str) -> bool:
    """Whether no row can be shown without its value in this column."""
    known = column in kinds().get(schema.name, {})
    return column in required_columns(schema.name) or (known and schema.columns[column].required)
