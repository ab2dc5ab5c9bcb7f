"""How tables are written: in the form of the repository, and as the committed version has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path

from klarplan.messages import Place, Text
from klarplan.strategy import csv_reader
from klarplan.strategy.committed import committed
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import as_line, replace_files, table_bytes
from klarplan.strategy.load import CAST
from klarplan.strategy.schema import TableSchema, read_descriptor


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, what stood there, what stands there now; or how a file is written."""

    place: Place
    old: str
    new: str
    form: Text | None = None


def uniform(root: Path, wanted: frozenset[str] | None) -> Iterator[Change]:
    """Write tables as the repository has them: UTF-8, commas, quotation marks where needed."""
    for name, schema in read_descriptor(root).tables.items():
        file = f"data/{schema.path}"
        path = root / file
        if (wanted is not None and file not in wanted) or not path.is_file():
            continue
        table, _ = csv_reader.read(path, name, file)
        if table is None:
            continue
        before = path.read_bytes()
        content = content_of(table, table.records)
        if content is None or content == before:
            continue
        replace_files({path: content})
        text, notices = csv_reader.decode(before, file)
        here = Place(file, None, None, None, None)
        delimiter = csv_reader.sniff_delimiter(text or "")
        said = False
        if notices:
            said = True
            yield Change(here, "Windows-1252", "UTF-8", Text("Zeichensatz", "Encoding"))
        if delimiter != ",":
            said = True
            sign = {";": ("Semikolon", "semicolon"), "\t": ("Tabulator", "tab")}[delimiter]
            yield Change(here, sign[0], "Komma", Text("Trennzeichen", "Delimiter"))
        if not said:
            form = Text(
                "Leerzeichen, leere Zeilen und Anführungszeichen, die nichts bedeuten",
                "Blanks, blank lines and quotation marks without meaning",
            )
            yield Change(here, "", "", form)


def as_committed(root: Path, copy: Path, wanted: frozenset[str] | None) -> Iterator[Change]:
    """Write cells as the committed version has them where they mean the same: 5 for 5.0."""
    for name, schema in read_descriptor(copy).tables.items():
        file = f"data/{schema.path}"
        if (wanted is not None and file not in wanted) or not (copy / file).is_file():
            continue
        now, _ = csv_reader.read(copy / file, name, file)
        before = committed(root, file)
        if (
            now is None
            or before is None
            or (copy / file).read_bytes() == table_bytes(before.header, before.records)
        ):
            continue
        rows = {_key(schema, before, record): record for record in before.records}
        records, count = [], 0
        for record in now.records:
            old = rows.get(_key(schema, now, record), ())
            cells = [*record]
            for position, column in enumerate(now.header[: len(cells)]):
                place = before.column(column)
                cell = old[place] if place is not None and place < len(old) else cells[position]
                if cell != cells[position] and _same(schema, column, cell, cells[position]):
                    cells[position] = cell
                    count += 1
            records.append(tuple(cells))
        content = content_of(now, records) if count else None
        if content is not None:
            replace_files({copy / file: content})
            one = count == 1
            form = Text(
                f"{count} {'Zelle' if one else 'Zellen'} mit gleicher Bedeutung: geschrieben wie "
                "in der gesicherten Fassung",
                f"{count} {'cell' if one else 'cells'} of the same meaning: written as in the "
                "committed version",
            )
            yield Change(Place(file, None, None, None, None), "", "", form)


def _key(schema: TableSchema, table: Table, record: Sequence[str]) -> tuple[str, ...]:
    """What tells a row from others; the whole row where nothing does."""
    places = [table.column(name) for name in schema.row_key]
    key = tuple(record[p] for p in places if p is not None and p < len(record))
    return key if any(key) else tuple(record)


def _same(schema: TableSchema, column: str, one: str, other: str) -> bool:
    """Whether two cells mean the same number, truth value or day."""
    described = schema.columns.get(column)
    cast = CAST.get(described.type) if described else None
    if cast is None or not one or not other:
        return False
    try:
        return bool(cast(one) == cast(other))
    except (ValueError, InvalidOperation):
        return False


def content_of(table: Table, records: Sequence[Sequence[str]]) -> bytes | None:
    """A table in canonical form; ``None`` where a row has more cells than the header."""
    width = len(table.header)
    if any(any(record[width:]) for record in records):
        return None
    needed = max((n for n, name in enumerate(table.header, start=1) if name), default=0)
    if all(len(record) >= needed for record in records):
        return table_bytes(table.header, [record[:width] for record in records])
    # Which cells a short row lacks is not known; it stays as it is.
    return "".join(f"{as_line(row)}\n" for row in (table.header, *records)).encode("utf-8")
