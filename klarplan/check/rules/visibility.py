"""The rule on what the schemas keep from the public."""

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


def _needed(schema: TableSchema, column: str) -> bool:
    """Whether no row can be shown without its value in this column."""
    known = column in kinds().get(schema.name, {})
    return column in required_columns(schema.name) or (known and schema.columns[column].required)
