"""Whether each record of a table has a cell for each column, and what shifted them if not."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import pairwise

from klarplan.check.odd_rows import no_row
from klarplan.check.realigned import Columns, Realigned
from klarplan.check.rules.registry import declare
from klarplan.check.rules.subject import shown
from klarplan.messages import Finding, Fix, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import as_line
from klarplan.strategy.schema import TableSchema

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
QUOTE = "KP005"
MOST = 20
"""For so many rows of a table it is tried where a cell was left out."""
_OPENING, _CLOSING = "„“”«»", "“”«»"


def misshapen(table: Table, schema: TableSchema) -> Iterator[Finding]:
    """An error for each record that has too few cells, too many, or wrongly bounded ones."""
    width = max((n for n, name in enumerate(table.header, start=1) if name), default=0)
    columns = Columns(table, width)
    halves = _halves(table, width)
    told = 0
    for record, line in zip(table.records, table.lines, strict=True):
        few = len(record) < width
        fits = not few and not any(record[len(table.header) :])
        cut = no_row(record, table, schema) or _cut_wrongly(record, width)
        if fits and not cut:
            continue
        right = columns.realigned(record) if not cut and told < MOST else None
        told += 1
        moved = _moved(right, table, schema, few=few) if right else None
        if line in halves:
            cut = _parted(*halves[line])
        problem, cure = cut or moved or _width(record, table.header, width)
        whole = record[0] if len(record) == 1 and "\n" not in record[0] else None
        rows = [] if whole is None else _cut_again(whole, width)
        yield Finding(
            rule=SHORT if few else LONG,
            file=table.file,
            line=line,
            value=None if fits else shown(record[-1] if few else record[len(table.header)]) or None,
            problem=problem,
            cure=cure,
            fix=Fix(as_line([whole or ""]), as_line(rows[0])) if len(rows) == 1 else None,
            cause=("cut", table.file, problem.en) if len(rows) == 1 or line in halves else None,
        )


def _halves(table: Table, width: int) -> dict[int, tuple[int, int]]:
    """The lines of a row that a line break has cut in two, by each of the two."""
    found: dict[int, tuple[int, int]] = {}
    rows = zip(table.records, table.lines, strict=True)
    for (first, one), (second, other) in pairwise(rows):
        short = len(first) < width and len(second) < width
        if short and len(first) + len(second) - 1 == width and one not in found:
            found |= dict.fromkeys((one, other), (one, other))
    return found


def _parted(one: int, other: int) -> tuple[Text, Text]:
    """The message on both halves of a row."""
    return Text(
        f"Ein Zeilenumbruch teilt die Zeile {one}; sie geht in Zeile {other} weiter.",
        f"A line break cuts line {one} in two; it goes on in line {other}.",
    ), Text(
        f"Hängen Sie Zeile {other} an Zeile {one} an, mit einem Leerzeichen dazwischen.",
        f"Join line {other} to line {one}, with a blank between.",
    )


def _moved(right: Realigned, table: Table, schema: TableSchema, *, few: bool) -> tuple[Text, Text]:
    """The message on a row of which one cell was left out, or one is too many and empty."""
    line = shown(as_line(right.cells))
    if not few:
        return Text(
            "In der Zeile steht ein Trennzeichen zu viel; was dahinter steht, ist um eine Spalte "
            "verrutscht.",
            "The row has a delimiter too many; what is behind it has moved by a column.",
        ), Text(f"Schreiben Sie {line}", f"Write {line}")
    names = [table.header[position] for position in right.positions]
    titles = [schema.titles_of(name) for name in names]
    de = ", ".join(f"„{n}“ ({t.de})" for n, t in zip(names, titles, strict=True))
    en = ", ".join(f"“{n}” ({t.en})" for n, t in zip(names, titles, strict=True))
    one, last = len(names) == 1, len(right.cells) - len(names)
    behind = right.positions[0] < last
    return Text(
        f"In der Zeile {'fehlt die Zelle' if one else 'fehlen die Zellen'} {de}"
        f"{'; was dahinter steht, ist verrutscht' if behind else ''}.",
        f"The row lacks the {'cell' if one else 'cells'} {en}"
        f"{'; what is behind has moved' if behind else ''}.",
    ), Text(
        f"Schreiben Sie „{line}“, mit dem Wert an seiner Stelle; auch eine leere Zelle braucht "
        "ihr Trennzeichen.",
        f"Write “{line}”, with the value in its place; an empty cell needs its delimiter, too.",
    )


def _width(record: Sequence[str], header: Sequence[str], width: int) -> tuple[Text, Text]:
    few, columns = len(record) < width, shown(",".join(header[:width]))
    count = len(record)
    one = count == 1
    return Text(
        f"Die Zeile hat {count} {'Zelle' if one else 'Zellen'}, nötig sind {width}.",
        f"The row has {count} {'cell' if one else 'cells'}, needed are {width}.",
    ), Text(
        f"Auch leere Zellen brauchen ein Trennzeichen. Die Spalten sind {columns}"
        if few
        else "Meist fehlen Anführungszeichen um einen Text, der ein Trennzeichen enthält.",
        f"Empty cells need a delimiter, too. The columns are {columns}"
        if few
        else "Mostly quotation marks are missing around a text that has a delimiter in it.",
    )


def _cut_wrongly(record: Sequence[str], width: int) -> tuple[Text, Text] | None:
    """The message on a row whose cells are delimited or quoted in another way than the others."""
    if len(record) == 1 and _cut_again(record[0], width):
        if _cut_again(record[0], width, ","):
            return Text(
                "Die ganze Zeile steht in Anführungszeichen und gälte als eine einzige Zelle.",
                "The whole line is in quotation marks and would be a single cell.",
            ), Text(
                "Löschen Sie das Anführungszeichen am Anfang und am Ende, und schreiben Sie statt "
                '"" nur ".',
                'Delete the quotation mark at the beginning and at the end, and write only " for '
                '"".',
            )
        semicolons = bool(_cut_again(record[0], width, ";"))
        de = "Semikolon" if semicolons else "Tabulator"
        en = "semicolons" if semicolons else "tabs"
        return Text(
            f"Diese Zeile trennt ihre Zellen mit {de}, die erste Zeile der Datei nicht.",
            f"This row delimits its cells with {en}, the first line of the file does not.",
        ), Text(
            "Verwenden Sie in allen Zeilen dasselbe Trennzeichen, am besten das Komma.",
            "Use the same delimiter in all rows, best the comma.",
        )
    opened = next((n for n, cell in enumerate(record) if _opens(cell)), len(record))
    if any(_closes(cell) for cell in record[opened + 1 :]):
        begin = shown(record[opened])
        return Text(
            f"Die Zelle ab {begin} steht in typografischen Anführungszeichen; als Grenze "
            "einer Zelle gelten nur gerade.",
            f"The cell from {begin} on is in typographic quotation marks; only straight "
            "ones bound a cell.",
        ), Text(
            'Schreiben Sie am Anfang und am Ende der Zelle das gerade Zeichen ".',
            'Write the straight mark " at the beginning and at the end of the cell.',
        )
    return None


def _opens(cell: str) -> bool:
    """Whether a cell begins a quotation that it does not end."""
    return cell[:1] in _OPENING and not _closes(cell[1:]) if cell else False


def _closes(cell: str) -> bool:
    """Whether a cell ends a quotation that it does not begin."""
    return bool(cell) and cell[-1] in _CLOSING and not any(c in _OPENING for c in cell[:-1])


def _cut_again(text: str, width: int, delimiters: str = ",;\t") -> list[list[str]]:
    """The cells of a row that is delimited in another way, if they are as many as needed."""
    for delimiter in delimiters:
        if delimiter in text:
            rows = [[*cells] for cells in csv.reader([text], delimiter=delimiter)]
            if len(rows) == 1 and len(rows[0]) == width:
                return rows
    return []


def swallowed(table: Table) -> Finding | None:
    """The error of a quotation mark that closes too late, so that a cell swallows whole rows."""
    width = len(table.header)
    ends = [*table.lines[1:], None][: len(table.lines)]
    for record, begin, end in zip(table.records, table.lines, ends, strict=True):
        long = [cell for cell in record if "\n" in cell]
        if len(record) == width or not long:
            continue
        lines = long[0].split("\n")
        if any(line.count(",") >= max(1, width // 2) for line in lines[1:]):
            last = (end or begin + sum(c.count("\n") for c in record) + 1) - 1
            return Finding(
                rule=QUOTE,
                file=table.file,
                line=begin,
                value=shown(lines[0]),
                problem=Text(
                    f"Ein Anführungszeichen in dieser Zeile schließt erst in Zeile {last}; "
                    "was dazwischen steht, gälte als eine einzige Zelle.",
                    f"A quotation mark in this line closes only in line {last}; "
                    "all between would be a single cell.",
                ),
                cure=Text(
                    f"Setzen Sie das schließende Anführungszeichen hinter „{shown(lines[0])}“.",
                    f"Put the closing quotation mark behind “{shown(lines[0])}”.",
                ),
            )
    return None
