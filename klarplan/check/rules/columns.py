"""Whether a file has the columns of its table, and each record a cell for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klarplan.check.rules.registry import declare
from klarplan.check.rules.subject import shown
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import FORMER_COLUMNS, VISIBILITY, TableSchema

MISSING = declare(
    "KP020",
    Text("Spalte fehlt", "Column missing"),
    Text(
        "Eine Spalte, die nicht leer sein darf, fehlt in der Datei.",
        "A column that must not be empty is missing from the file.",
    ),
)
UNKNOWN = declare(
    "KP021",
    Text("Spalte unbekannt", "Column unknown"),
    Text(
        "Eine Spalte der Datei ist in data/datapackage.json nicht beschrieben; "
        "sie wird nirgends veröffentlicht.",
        "A column of the file is not described in data/datapackage.json; it is published nowhere.",
    ),
    "warning",
)
TWICE = declare(
    "KP022",
    Text("Spalte doppelt", "Column twice"),
    Text("Zwei Spalten haben denselben Namen.", "Two columns have the same name."),
)
UNNAMED = declare(
    "KP023",
    Text("Spalte ohne Namen", "Column without name"),
    Text("Eine Spalte mit Inhalt hat keinen Namen.", "A column with content has no name."),
)
SHORT = declare(
    "KP024",
    Text("Zu wenige Zellen", "Too few cells"),
    Text("Eine Zeile hat weniger Zellen als Spalten.", "A row has fewer cells than columns."),
)
LONG = declare(
    "KP025",
    Text("Zu viele Zellen", "Too many cells"),
    Text("Eine Zeile hat mehr Zellen als Spalten.", "A row has more cells than columns."),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the described columns stand in the file, and which lines are not usable."""

    positions: dict[str, int]
    malformed: frozenset[int]
    findings: tuple[Finding, ...]


def layout(table: Table, schema: TableSchema) -> Layout:
    """Compare header and records of a file with its schema; one cause, one finding."""
    header = [*_header(table, schema)]
    cells = [*_cells(table)]
    positions = {name: table.header.index(name) for name in schema.columns if name in table.header}
    malformed = frozenset(f.line for f in cells if f.line is not None)
    return Layout(positions, malformed, (*header, *cells))


def _header(table: Table, schema: TableSchema) -> Iterator[Finding]:
    known = list(schema.columns)
    former = FORMER_COLUMNS.get(table.name, {})  # the rule KP026 tells of them
    unknown = [n for n in dict.fromkeys(table.header) if n and n not in known and n not in former]
    there = ", ".join(name for name in table.header if name)
    for name in schema.columns:
        column = schema.columns[name]
        if name in table.header or not column.required:
            continue
        guess = did_you_mean(name, unknown)
        instead = guess if guess != NOTHING else did_you_mean(column.title, unknown)
        yield Finding(
            rule=MISSING,
            file=table.file,
            line=table.header_line,
            column=column.title,
            value=name,
            problem=Text(
                f"Die Spalte „{name}“ ({column.title}) fehlt. Vorhanden sind: {there}.",
                f"The column “{name}” is missing. There are: {there}.",
            ),
            cure=Text(
                f"Ergänzen Sie „{name}“ in der ersten Zeile. {instead.de}".strip(),
                f"Add “{name}” to the first line. {instead.en}".strip(),
            ),
        )
    if unknown:
        yield _undescribed(table, schema, unknown)
    for name in dict.fromkeys(table.header):
        if name and table.header.count(name) > 1:
            yield Finding(
                rule=TWICE,
                file=table.file,
                line=table.header_line,
                column=schema.title_of(name),
                value=shown(name),
                problem=Text(
                    f"Die Spalte „{shown(name)}“ kommt {table.header.count(name)}-mal vor.",
                    f"The column “{shown(name)}” occurs {table.header.count(name)} times.",
                ),
                cure=Text(
                    "Benennen Sie eine davon um oder löschen Sie sie.",
                    "Rename one of them or delete it.",
                ),
            )
    for position, name in enumerate(table.header):
        if not name and any(len(r) > position and r[position] for r in table.records):
            yield Finding(
                rule=UNNAMED,
                file=table.file,
                line=table.header_line,
                value=None,
                problem=Text(
                    f"Die {position + 1}. Spalte hat Inhalt, aber keinen Namen.",
                    f"Column {position + 1} has content, but no name.",
                ),
                cure=Text(
                    "Geben Sie ihr in der ersten Zeile einen Namen oder löschen Sie sie.",
                    "Give it a name in the first line or delete it.",
                ),
            )


def _undescribed(table: Table, schema: TableSchema, unknown: list[str]) -> Finding:
    """One finding on all columns of a file that nobody described, however many these are."""
    free = [name for name in schema.columns if name not in table.header]
    guesses = [g for name in unknown if (g := did_you_mean(name, free)) != NOTHING]
    names = ", ".join(f"„{shown(name)}“" for name in unknown)
    names_en = ", ".join(f"“{shown(name)}”" for name in unknown)
    one = len(unknown) == 1
    field = f'{{"name": "{shown(unknown[0])}", "title": "…", "type": "string"}}'
    guess, guess_en = ("".join(f"{g[n]} " for g in guesses) for n in (0, 1))
    return Finding(
        rule=UNKNOWN,
        severity="warning",
        file=table.file,
        line=table.header_line,
        column=shown(unknown[0]) if one else None,
        value=shown(", ".join(unknown)),
        problem=Text(
            f"{'Die Spalte' if one else 'Die Spalten'} {names} "
            f"{'ist' if one else 'sind'} nicht beschrieben und "
            f"{'wird' if one else 'werden'} nirgends veröffentlicht.",
            f"The {'column' if one else 'columns'} {names_en} {'is' if one else 'are'} not "
            "described and published nowhere.",
        ),
        cure=Text(
            f"{guess}Soll sie erscheinen, beschreiben Sie sie in data/datapackage.json bei "
            f"„{table.name}“ unter „fields“: {field}. Soll sie intern bleiben, ergänzen Sie dort "
            f'"{VISIBILITY}": "internal". Sonst löschen Sie sie.',
            f"{guess_en}To show it, describe it in data/datapackage.json at “{table.name}” below "
            f'“fields”: {field}. To keep it internal, add "{VISIBILITY}": "internal" there. '
            "Otherwise delete it.",
        ),
    )


def _cells(table: Table) -> Iterator[Finding]:
    width = max((n for n, name in enumerate(table.header, start=1) if name), default=0)
    for record, line in zip(table.records, table.lines, strict=True):
        few = len(record) < width
        if not few and not any(record[len(table.header) :]):
            continue
        yield Finding(
            rule=SHORT if few else LONG,
            file=table.file,
            line=line,
            value=shown(record[-1] if few else record[len(table.header)]) or None,
            problem=Text(
                f"Die Zeile hat {len(record)} Zellen, nötig sind {width}.",
                f"The row has {len(record)} cells, needed are {width}.",
            ),
            cure=Text(
                "Auch leere Zellen brauchen ein Trennzeichen."
                if few
                else "Meist fehlen Anführungszeichen um einen Text, der ein Trennzeichen enthält.",
                "Empty cells need a delimiter, too."
                if few
                else "Mostly quotation marks are missing around a text that has a delimiter in it.",
            ),
        )
