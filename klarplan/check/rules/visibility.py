"""Rules on what is kept from the public: by the schemas, and with the row it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.load import kinds, required_columns
from klarplan.strategy.model import REQUIRED_TABLES, Strategy
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
            cure = Text(
                "Möglich sind „public“ und „internal“.", "Possible are “public” and “internal”."
            )
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


@rule(
    "KP222",
    title=Text("Durch Internes verborgen", "Hidden by something internal"),
    de="Nennt eine öffentliche Zeile eine interne einer anderen Tabelle, fehlt auf der Website, "
    "was beide verbindet: zum Beispiel, wer zuständig ist.",
    severity="warning",
)
def hidden_by_internal(subject: Subject) -> Iterator[Finding]:
    """What links a public row with an internal one of another table is missing on the site.

    Nothing else would tell why, for example, nobody is responsible there. A row that links others
    belongs to the one that its first reference names; rows with an id are hidden as a whole.
    What names an internal measure belongs to it, and so is not missed.
    """
    hidden = {
        name: _ids(subject.strategy, name) - _ids(subject.public.strategy, name)
        for name in subject.strategy.tables
    }
    for name, table in subject.strategy.tables.items():
        schema = subject.loaded.descriptor.tables[name]
        keys = [
            (key, at)
            for key in schema.foreign_keys
            if schema.is_public(key.column) and (at := table.column(key.column)) is not None
        ]
        linking = table.column("id") is None
        if schema.internal or (len(keys) < 2 if linking else name not in ROW_CHAPTERS):
            continue
        owners, named = (keys[:1], keys[1:]) if linking else ([], keys)
        marked = table.column(VISIBILITY)
        for record, line in zip(table.records, table.lines, strict=True):
            cells = dict(enumerate(record))
            if marked is not None and cells.get(marked) == "internal":
                continue
            if any(cells.get(at) in hidden.get(key.table, ()) for key, at in owners):
                continue
            for key, at in named:
                whole = cells.get(at, "")
                other = key.table not in (name, "measures")
                if not other or whole not in hidden.get(key.table, ()):
                    continue
                one = cells.get(owners[0][1] if linking else table.column("id") or 0, "")
                title = schema.titles_of(key.column)
                what = Text(
                    f"fehlt bei {one}: {title.de}" if linking else f"fehlt {one}",
                    f"{one} lacks: {title.en}" if linking else f"{one} is missing",
                )
                yield subject.cell(
                    name,
                    line,
                    key.column,
                    Text(
                        f"{whole} ist intern; deshalb {what.de} auf der Website.",
                        f"{whole} is internal; so on the site {what.en}.",
                    ),
                    Text(
                        f"Soll es erscheinen, machen Sie {whole} öffentlich, oder nennen Sie einen "
                        "öffentlichen Eintrag. Sonst beantworten Sie die Warnung.",
                        f"To show it, make {whole} public, or name a public entry. Otherwise "
                        "answer the warning.",
                    ),
                )


def _ids(strategy: Strategy, name: str) -> frozenset[str]:
    table = strategy.tables.get(name)
    at = table.column("id") if table else None
    if table is None or at is None:
        return frozenset()
    return frozenset(record[at] for record in table.records if len(record) > at)


def _needed(schema: TableSchema, column: str) -> bool:
    """Whether no row can be shown without its value in this column."""
    known = column in kinds().get(schema.name, {})
    return column in required_columns(schema.name) or (known and schema.columns[column].required)
