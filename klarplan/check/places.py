"""Where a finding stands, in words that an editor's spreadsheet knows: "H2", "Geplantes Ende"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from klarplan.messages import Finding, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded


def located(loaded: Loaded, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same findings with title of the column and cell of the spreadsheet, where there are."""
    tables = {table.file: table for table in loaded.strategy.tables.values()}
    schemas = {f"data/{schema.path}": schema for schema in loaded.descriptor.tables.values()}
    rows: dict[str, Mapping[int, int]] = {}

    def cell(file: str, line: int | None, column: str) -> str | None:
        table = tables.get(file)
        name = column.split(", ", maxsplit=1)[0]
        if table is None or not line or name not in table.header:
            return None
        if file not in rows:
            rows[file] = _rows(table)
        row = rows[file].get(line)
        return f"{letters(table.header.index(name))}{row}" if row else None

    for finding in findings:
        also = tuple(
            place._replace(cell=cell(place.file, place.line, place.column or ""))
            for place in finding.also
        )
        schema, column = schemas.get(finding.file), finding.column
        if not column or schema is None:
            yield replace(finding, also=also) if also else finding
            continue
        titles = [schema.titles_of(name) for name in column.split(", ")]
        title = Text(", ".join(t.de for t in titles), ", ".join(t.en for t in titles))
        where = finding.cell or cell(finding.file, finding.line, column)
        yield replace(finding, title=title, cell=where, also=also)


def _rows(table: Table) -> dict[int, int]:
    """The row of a spreadsheet for each line on which a record begins.

    A line break within a cell begins a new line of the file, but no new row.
    """
    found = {table.header_line: table.header_line}
    within = 0
    for line, record in zip(table.lines, table.records, strict=True):
        found[line] = line - within
        within += sum(cell.count("\n") for cell in record)
    return found


def letters(position: int) -> str:
    """What spreadsheets call the column at a position from 0: A, B, … Z, AA, …"""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
