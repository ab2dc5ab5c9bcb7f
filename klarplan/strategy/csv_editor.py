"""Changing single cells and rows of a CSV file; every other byte stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_rewriter import RawTable, read_raw


@dataclass(slots=True, kw_only=True)
class Edits:
    """What shall change in a table; rows are known by their place among ``Table.records``."""

    cells: dict[tuple[int, str], str] = field(default_factory=dict)
    """New texts by row and column."""
    added: list[Mapping[str, str]] = field(default_factory=list)
    """New rows by column, for the end of the table."""
    removed: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.cells or self.added or self.removed)

    def add(self, others: Edits) -> None:
        """Change as well what others change."""
        self.cells |= others.cells
        self.added += others.added
        self.removed |= others.removed


def edited(path: Path, file: str, edits: Edits) -> bytes:
    """The file with these edits; only the cells and rows that they name read otherwise.

    Raises ``KlarplanError`` where the file can't be read, or its encoding lacks a letter.
    """
    form = read_raw(path, file)
    table, _ = csv_reader.read(path, path.stem, file)
    text, _ = csv_reader.decode(path.read_bytes(), file)
    assert table is not None
    assert text is not None
    text = text.removeprefix(form.separator_line)
    skipped = form.separator_line.count("\n")
    place = {line - skipped: row for row, line in enumerate(table.lines)}
    by_row: dict[int | None, dict[str, str]] = {}
    for (number, column), new in edits.cells.items():
        by_row.setdefault(number, {})[column] = new
    out, end = [], 0
    for begin, record in _records(text, form.delimiter):
        row = place.get(begin)
        if row not in edits.removed:
            cells = by_row.get(row)
            out.append(_changed(record, cells, table.header, form) if cells else record)
        if row is not None or begin == table.header_line - skipped:
            end = len(out)
    if edits.added and end and not out[end - 1].endswith(("\n", "\r")):
        out[end - 1] += form.line_end
    rows = ([row.get(name, "") for name in table.header] for row in edits.added)
    out[end:end] = [form.delimiter.join(map(form.written, row)) + form.line_end for row in rows]
    whole = ("\ufeff" if form.mark else "") + form.separator_line + "".join(out)
    try:
        return whole.encode(form.encoding)
    except UnicodeEncodeError as error:
        letter = whole[error.start]
        raise KlarplanError(
            Text(
                f"Die Datei ist in Windows-1252 gespeichert; darin gibt es „{letter}“ nicht.",
                f"The file is saved in Windows-1252, which has no “{letter}”.",
            ),
            Text(
                "Wandeln Sie sie zuerst um: klarplan repair --write.",
                "Convert it first: klarplan repair --write.",
            ),
            file=file,
        ) from error


def _records(text: str, delimiter: str) -> Iterator[tuple[int, str]]:
    """Each record as it is written, with its end and the line on which it begins."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    begin = 0
    for _ in reader:
        yield begin + 1, "".join(lines[begin : reader.line_num])
        begin = reader.line_num


def _changed(record: str, cells: Mapping[str, str], header: Sequence[str], form: RawTable) -> str:
    bare = record.rstrip("\r\n")
    pieces = [*_pieces(bare, form.delimiter)]
    for name, text in cells.items():
        position = header.index(name)
        pieces += [form.written("")] * (position + 1 - len(pieces))
        pieces[position] = form.written(text)
    return form.delimiter.join(pieces) + record[len(bare) :]


def _pieces(record: str, delimiter: str) -> Iterator[str]:
    """The cells of a record as they are written, with their quotation marks."""
    start, quoted = 0, False
    for place, letter in enumerate(record):
        if letter == '"' and record[start] == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            yield record[start:place]
            start = place + 1
    yield record[start:]
