"""Lines of a table that are no rows of it: names of columns again, sums, notes, rows in quotes."""

from __future__ import annotations

from collections.abc import Sequence

from klarplan.messages import Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import TableSchema

_SUMS = frozenset(("summe", "gesamt", "gesamtsumme", "insgesamt", "total", "σ", "∑"))
_NOTES = ("#", "//", "*", "stand:", "quelle:", "hinweis:", "anmerkung:")
_LOOKED_AT = 5
"""The names of the columns are looked for in so many rows below the first."""

Told = tuple[Text, Text]
"""What is wrong, and the cure."""


def no_row(record: Sequence[str], table: Table, schema: TableSchema) -> Told | None:
    """Why a record is no row of its table, where that is plain to see."""
    if tuple(record) == table.header:
        return Text(
            "Hier stehen die Namen der Spalten ein zweites Mal.",
            "The names of the columns stand here a second time.",
        ), Text("Löschen Sie die Zeile.", "Delete the line.")
    names = {"id", *schema.primary_key, *(key.column for key in schema.foreign_keys)}
    if not record or table.header[0] not in names:
        return None
    first = record[0].strip().casefold()
    filled = sum(1 for cell in record if cell.strip())
    if first.rstrip(": ") in _SUMS:
        return Text(
            "Das ist eine Summe und keine Zeile der Tabelle; Summen rechnet die Website selbst.",
            "This is a sum and no row of the table; the website adds up by itself.",
        ), Text("Löschen Sie die Zeile.", "Delete the line.")
    if first.startswith(_NOTES) and filled == 1:
        return Text(
            "Das ist eine Anmerkung und keine Zeile der Tabelle.",
            "This is a note and no row of the table.",
        ), Text(
            "Löschen Sie die Zeile; für Anmerkungen ist in Tabellen kein Platz.",
            "Delete the line; tables have no place for notes.",
        )
    return None


def header_below(table: Table, schema: TableSchema) -> Told | None:
    """Where the names of the columns stand, if not in the first line."""
    rows = zip(table.records[:_LOOKED_AT], table.lines, strict=False)
    for record, line in rows:
        known = sum(cell.strip() in schema.columns for cell in record)
        if known > 1 and known * 2 > sum(map(bool, record)):
            return Text(
                f"Die Namen der Spalten stehen erst in Zeile {line}; darüber steht etwas anderes.",
                f"The names of the columns stand only in line {line}; something else is above.",
            ), Text(
                f"Löschen Sie, was über Zeile {line} steht.", f"Delete what is above line {line}."
            )
    return None


def header_in_one(table: Table, schema: TableSchema) -> Told | None:
    """What is wrong if all names of columns stand in the first cell."""
    first = table.header[0] if table.header else ""
    for sign in ",|":
        known = sum(name.strip() in schema.columns for name in first.split(sign))
        if known < 2:
            continue
        if sign == "|":
            return Text(
                "Die Zellen sind mit | getrennt; nötig ist ein Komma.",
                "The cells are delimited with |; a comma is needed.",
            ), Text(
                "Speichern Sie die Tabelle neu, mit dem Komma als Trennzeichen.",
                "Save the table again, with the comma as delimiter.",
            )
        return Text(
            "Jede Zeile steht als Ganzes in Anführungszeichen und gälte als eine einzige Zelle.",
            "Each line is in quotation marks as a whole and would be a single cell.",
        ), Text(
            "Löschen Sie am Anfang und am Ende jeder Zeile das Anführungszeichen, und schreiben "
            'Sie statt "" nur ".',
            'Delete the quotation mark at the beginning and the end of each line, and write only " '
            'for "".',
        )
    return None
