"""Whether a file has the columns of its table, and each record a cell for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klarplan.check.odd_rows import header_below, header_in_one
from klarplan.check.places import letters
from klarplan.check.rules.lost_columns import LOST, known_columns
from klarplan.check.rules.registry import declare
from klarplan.check.rules.row_shapes import misshapen, swallowed
from klarplan.check.rules.subject import shown
from klarplan.messages import NOTHING, Finding, Fix, Text, did_you_mean, near
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


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the described columns stand in the file, and which lines are not usable."""

    positions: dict[str, int]
    malformed: frozenset[int]
    findings: tuple[Finding, ...]
    readable: bool = True
    """Whether the table may be asked for; else an error of ``findings`` is the cause."""


def layout(table: Table, schema: TableSchema) -> Layout:
    """Compare header and records of a file with its schema; one cause, one finding."""
    positions = {name: table.header.index(name) for name in schema.columns if name in table.header}
    if fault := _no_header(table, schema) or _absent(table, schema) or swallowed(table):
        return Layout(positions, frozenset(), (fault,), readable=False)
    header = [*_header(table, schema)]
    cells = [*misshapen(table, schema)]
    malformed = frozenset(f.line for f in cells if f.line is not None)
    return Layout(positions, malformed, (*header, *cells))


def _no_header(table: Table, schema: TableSchema) -> Finding | None:
    """The error of a file whose first line names no column at all."""
    former = FORMER_COLUMNS.get(table.name, {})
    if any(name in schema.columns or name in former for name in table.header):
        return None
    told = header_below(table, schema) or header_in_one(table, schema)
    begin = shown(" ".join(", ".join(name for name in table.header if name).split())[:60])
    problem, cure = told or (
        Text(
            f"Die erste Zeile nennt keine Spalten, sondern „{begin}“.",
            f"The first line names no columns, but “{begin}”.",
        ),
        _header_again(table, schema),
    )
    return Finding(
        rule=MISSING,
        file=table.file,
        line=table.header_line,
        value=shown(table.header[0][:60]) if told else begin,
        problem=problem,
        cure=cure,
    )


def _header_again(table: Table, schema: TableSchema) -> Text:
    """The cure of a first line that holds titles, or a row of the table."""
    titles = {column.title.casefold(): name for name, column in schema.columns.items()}
    named = [titles.get(name.casefold()) for name in table.header]
    if sum(map(bool, named)) * 2 > len(named):
        line = ",".join(new or old for new, old in zip(named, table.header, strict=True))
        return Text(
            f"Die Titel gehören nicht in die Datei. Schreiben Sie dafür: {line}.",
            f"Titles don't belong into the file. Write instead: {line}.",
        )
    if len(schema.columns) == len(table.header):
        line = ",".join(schema.columns)
        return Text(
            f"Fügen Sie darüber die Zeile mit den Spaltennamen wieder ein: {line}",
            f"Insert above it the line with the names of the columns: {line}",
        )
    needed = ", ".join(name for name, column in schema.columns.items() if column.required)
    return Text(
        f"Fügen Sie die Zeile mit den Spaltennamen wieder ein (nötig sind {needed}). "
        f"Wie sie zuletzt hieß, zeigt: git show HEAD:{table.file}",
        f"Insert the line with the names of the columns again (needed are {needed}). "
        f"What it was is shown by: git show HEAD:{table.file}",
    )


def _absent(table: Table, schema: TableSchema) -> Finding | None:
    """The one error of a file that lacks columns which must not be empty."""
    absent = [n for n, c in schema.columns.items() if c.required and n not in table.header]
    if not absent:
        return None
    unknown = _unknown(table, schema)
    instead = [_meant(name, schema, unknown) for name in absent]
    cures = [
        Text(f"Benennen Sie „{shown(old)}“ um in „{name}“.", f"Rename “{shown(old)}” to “{name}”.")
        if old
        else Text(
            f"Fügen Sie „{name}“ mit ihren Werten wieder ein; die letzte Fassung zeigt: git show "
            f"HEAD:{table.file}.",
            f"Put “{name}” with its values back; the last version is shown by: git show "
            f"HEAD:{table.file}.",
        )
        for name, old in zip(absent, instead, strict=True)
    ]
    one = len(absent) == 1
    told = ", ".join(f"„{name}“ ({schema.title_of(name)})" for name in absent)
    told_en = ", ".join(f"“{name}” ({schema.titles_of(name).en})" for name in absent)
    there = ", ".join(name for name in table.header if name)
    old = instead[0] if one else None
    return Finding(
        rule=MISSING,
        file=table.file,
        line=table.header_line,
        column=old or absent[0],
        value=old or ", ".join(absent),
        problem=Text(
            f"In der ersten Zeile {'fehlt die Spalte' if one else 'fehlen die Spalten'} {told}. "
            f"Vorhanden sind: {there}.",
            f"The first line lacks the {'column' if one else 'columns'} {told_en}. "
            f"There are: {there}.",
        ),
        cure=Text(" ".join(c.de for c in cures), " ".join(c.en for c in cures)),
        fix=Fix(old, absent[0]) if old else None,
    )


def _unknown(table: Table, schema: TableSchema) -> list[str]:
    former = FORMER_COLUMNS.get(table.name, {})  # the rule KP026 tells of them
    known = [*schema.columns, *former]
    return [name for name in dict.fromkeys(table.header) if name and name not in known]


def _meant(name: str, schema: TableSchema, unknown: list[str]) -> str | None:
    """The column of the file that was probably meant to be ``name``."""
    title = schema.title_of(name)
    same = [old for old in unknown if old.casefold() in (name.casefold(), title.casefold())]
    return next(iter(same or near(name, unknown) or near(title, unknown)), None) or (
        unknown[0] if len(unknown) == 1 else None
    )


def _header(table: Table, schema: TableSchema) -> Iterator[Finding]:
    if unknown := _unknown(table, schema):
        yield _undescribed(table, schema, unknown)
    for name in dict.fromkeys(table.header):
        free = ", ".join(c for c in schema.columns if c not in table.header)
        places = [f"{letters(n)}1" for n, other in enumerate(table.header) if other == name]
        if name and len(places) > 1:
            yield Finding(
                rule=TWICE,
                file=table.file,
                line=table.header_line,
                column=shown(name),
                cell=places[-1],
                value=shown(name),
                problem=Text(
                    f"Die Spalte „{shown(name)}“ kommt {len(places)}-mal vor: {', '.join(places)}.",
                    f"The column “{shown(name)}” occurs {len(places)} times: {', '.join(places)}.",
                ),
                cure=Text(
                    f"Benennen Sie die in {places[-1]} um"
                    + (f" ({free} fehlt)" if free else "")
                    + ", oder löschen Sie sie, wenn sie dasselbe enthält.",
                    f"Rename the one in {places[-1]}"
                    + (f" ({free} is missing)" if free else "")
                    + ", or delete it if it holds the same.",
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
    meant = [found for name in unknown for found in near(name, free)]
    names = ", ".join(f"„{shown(name)}“" for name in unknown)
    names_en = ", ".join(f"“{shown(name)}”" for name in unknown)
    one = len(unknown) == 1
    engine = known_columns().get(table.name, ())
    usual = [name for name in unknown if name in engine]
    instead = [name for name in free if name not in engine]
    field = f'{{"name": "{shown(unknown[0])}", "title": "…", "type": "string"}}'
    guess, guess_en = ("".join(f"{g[n]} " for g in guesses) for n in (0, 1))
    if VISIBILITY in unknown:
        cure = Text(
            f"Zeilen mit „internal“ bleiben trotzdem intern; löschen Sie „{VISIBILITY}“ nicht, "
            "denn sonst würden sie öffentlich. Beschreiben Sie die Spalte in "
            f"data/datapackage.json bei „{table.name}“ wie bei „measures“.",
            f"Rows with “internal” stay internal all the same; don't delete “{VISIBILITY}”, since "
            "they would become public. Describe the column in data/datapackage.json at "
            f"“{table.name}” as at “measures”.",
        )
    elif usual and len(instead) == 1:
        cure = Text(
            f"In data/datapackage.json heißt sie wohl „{instead[0]}“: Schreiben Sie dort bei "
            f'„{table.name}“ wieder "name": "{usual[0]}".',
            f"data/datapackage.json probably calls it “{instead[0]}”: write there at "
            f'“{table.name}” again "name": "{usual[0]}".',
        )
    elif usual:
        cure = Text(
            f"Klarplan kennt „{usual[0]}“; ihre Beschreibung fehlt in data/datapackage.json bei "
            f"„{table.name}“ oder heißt dort anders. „klarplan migrate“ ergänzt sie.",
            f"Klarplan knows “{usual[0]}”; its description is missing in data/datapackage.json at "
            f"“{table.name}”, or is called otherwise. “klarplan migrate” adds it.",
        )
    else:
        cure = Text(
            f"{guess}Soll sie erscheinen, beschreiben Sie sie in data/datapackage.json bei "
            f"„{table.name}“ unter „fields“: {field}. Soll sie intern bleiben, ergänzen Sie dort "
            f'"{VISIBILITY}": "internal". Sonst löschen Sie sie.',
            f"{guess_en}To show it, describe it in data/datapackage.json at “{table.name}” below "
            f'“fields”: {field}. To keep it internal, add "{VISIBILITY}": "internal" there. '
            "Otherwise delete it.",
        )
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
        cure=cure,
        cause=(LOST, table.file, meant[0]) if meant else None,
    )
