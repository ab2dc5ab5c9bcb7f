"""The rule against tables as an earlier version of Klarplan wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.schema import FORMER_COLUMNS

CURE = Text(
    "Rufen Sie „klarplan migrate“ auf: Der Befehl schreibt Tabellen und Beschreibung um und "
    "behält Ihre eigenen Spalten.",
    "Call “klarplan migrate”: it rewrites tables and their description and keeps your own columns.",
)


@rule(
    "KP026",
    title=Text("Spalten einer früheren Fassung", "Columns of an earlier version"),
    de="Keine Tabelle hat noch Spalten, die Klarplan früher kannte; „klarplan migrate“ schreibt "
    "sie um.",
)
def former_columns(subject: Subject) -> Iterator[Finding]:
    """No table has columns that Klarplan knew earlier; "klarplan migrate" rewrites them."""
    there = dict(subject.strategy.tables.items())  # those that can be read
    described = subject.loaded.descriptor
    for name, columns in FORMER_COLUMNS.items():
        table = there.get(name)
        schema = described.tables.get(name)
        held = [c for c in columns if table and c in table.header]
        listed = held or [c for c in columns if schema and c in schema.columns]
        if not listed:
            continue
        names = ", ".join(f"„{c}“" for c in listed)
        names_en = ", ".join(f"“{c}”" for c in listed)
        yield Finding(
            rule="",
            file=table.file if table and held else described.file,
            line=table.header_line if table and held else None,
            value=", ".join(listed),
            problem=Text(
                f"Die Tabelle ist von einer früheren Fassung von Klarplan: {names}."
                if held
                else f"Die Beschreibung der Tabelle „{name}“ ist von einer früheren Fassung von "
                f"Klarplan: {names}.",
                f"The table is of an earlier version of Klarplan: {names_en}."
                if held
                else f"The description of table “{name}” is of an earlier version of Klarplan: "
                f"{names_en}.",
            ),
            cure=CURE,
        )
        return
