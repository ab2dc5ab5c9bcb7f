"""The data dictionary: every table, column and code in words, in German and in English."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.strategy.addresses import DICTIONARY, SCHEMA_CHANGES
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema_changes import schema_changes
from klarplan.words.catalogue import ENGLISH, GERMAN, Words

COLUMNS = ("file", "table", "column", "title", "description", "type", "required", "values", "key")
CHANGES = ("version", "date", "file", "column", "change", "description")


def dictionaries(loaded: Loaded) -> dict[str, bytes]:
    """The dictionary of the public tables as a table itself, in each language, by its place.

    Beside it stands how these tables have changed from version to version.

    What has no English title or description keeps its German one.
    """
    both = (GERMAN, ENGLISH)
    return {
        **{DICTIONARY[words.lang]: _dictionary(loaded, words) for words in both},
        **{SCHEMA_CHANGES[words.lang]: _changes(loaded, words) for words in both},
    }


def _dictionary(loaded: Loaded, words: Words) -> bytes:
    header = [words(f"data.dictionary.{name}") for name in COLUMNS]
    return table_bytes(header, _rows(loaded, words))


def _changes(loaded: Loaded, words: Words) -> bytes:
    """The changes of the tables that this strategy has, the newest first."""
    header = [words(f"data.dictionary.{name}") for name in CHANGES]
    rows = [
        [
            change.version,
            change.date,
            loaded.descriptor.tables[change.table].path,
            change.column,
            words(f"data.dictionary.changes.{change.change}"),
            change.told.en if words.lang == "en" else change.told.de,
        ]
        for change in schema_changes()
        if change.table in loaded.strategy.tables
    ]
    return table_bytes(header, sorted(rows, key=lambda row: row[1], reverse=True))


def _rows(loaded: Loaded, words: Words) -> Iterator[list[str]]:
    tables = {
        name: loaded.descriptor.tables[name].said(words.lang) for name in loaded.strategy.tables
    }
    affirmed = words("data.dictionary.affirmed")
    for name, schema in tables.items():
        header = loaded.strategy.tables[name].header
        targets = {key.column: key.table for key in schema.foreign_keys if key.table in tables}
        for column in schema.columns.values():
            if column.name not in header:
                continue
            key = affirmed if column.name in schema.primary_key else ""
            if target := targets.get(column.name):
                key = words("data.dictionary.points_at", table=tables[target].title)
            codes = "; ".join(f"{value} = {label}" for value, label in column.categories)
            yield [
                schema.path,
                schema.title,
                column.name,
                column.title,
                column.description,
                column.type,
                affirmed if column.required else "",
                codes,
                key,
            ]
