"""The workbook for people (XLSX): a sheet for each table, the same bytes for the same tables."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.open_data.changes import Changes
from klarplan.open_data.offers import attribution_of
from klarplan.open_data.workbook.cells import cell_of
from klarplan.open_data.workbook.saved import saved
from klarplan.open_data.workbook.sheets import HEAD, LINK, Book, SheetColumn, SheetTable
from klarplan.strategy.addresses import on_web
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded
from klarplan.strategy.schema import TableSchema


def workbook(loaded: Loaded, changes: Changes) -> bytes:
    """All tables of a *public* strategy as one workbook (ECMA-376), with a sheet of contents."""
    settings, words = loaded.strategy.settings, loaded.strategy.words
    tables = tuple(
        sheet_table(table, loaded.descriptor.tables[name], words("data.workbook.shortened"))
        for name, table in loaded.strategy.tables.items()
    )
    book = Book(tables=tables)
    book.workbook.properties.title = words("download.data_of", strategy=settings.title)
    book.workbook.properties.creator = settings.municipality
    _contents(book, loaded, changes)
    for table in tables:
        book.add(table)
    return saved(book.workbook, changes.last)


def sheet_table(table: Table, schema: TableSchema, shortened: str) -> SheetTable:
    """A table as it stands in a workbook: the columns that the schema describes, in its order."""
    targets = {key.column: key.table for key in schema.foreign_keys}
    columns = [
        SheetColumn(
            name=column.name,
            title=column.title or column.name,
            kind=column.type,
            target=targets.get(column.name, ""),
        )
        for column in schema.columns.values()
        if column.name in table.header
    ]
    at = [table.header.index(column.name) for column in columns]
    rows = [[record[n] if n < len(record) else "" for n in at] for record in table.records]
    return SheetTable(
        name=schema.name,
        title=schema.title or schema.name,
        columns=columns,
        rows=rows,
        shortened=shortened,
    )


def _contents(book: Book, loaded: Loaded, changes: Changes) -> None:
    """The first sheet: what this is, who publishes it, and a link to each table."""
    settings, words = loaded.strategy.settings, loaded.strategy.words
    sheet = book.workbook.create_sheet(words("data.workbook.contents"))
    for letter, width in (("A", 34), ("B", 80), ("C", 10)):
        sheet.column_dimensions[letter].width = width
    title = cell_of(sheet, words("download.data_of", strategy=settings.title))
    title.font = HEAD
    sheet.append([title])
    for line in _about(loaded, changes):
        sheet.append([cell_of(sheet, line)])
    sheet.append([])
    heads = [cell_of(sheet, words(f"data.workbook.{name}")) for name in ("table", "about", "rows")]
    for head in heads:
        head.font = HEAD
    sheet.append(heads)
    for table in book.tables:
        name = cell_of(sheet, table.title)
        name.hyperlink, name.font = book.link(table.name), LINK
        about = cell_of(sheet, loaded.descriptor.tables[table.name].description)
        sheet.append([name, about, cell_of(sheet, len(table.rows))])


def _about(loaded: Loaded, changes: Changes) -> Iterator[str]:
    settings, words = loaded.strategy.settings, loaded.strategy.words
    yield words("data.workbook.publisher")
    yield words(
        "data.workbook.licence", licence=settings.licence_name, address=settings.licence_url
    )
    if attribution := attribution_of(loaded):
        yield words("data.named", attribution=attribution)
    if settings.site_url:
        yield words("data.workbook.source", address=on_web(settings.site_url, ""))
    if changes.last:
        yield words("data.workbook.modified", day=changes.last)
    yield words("data.workbook.headings")
