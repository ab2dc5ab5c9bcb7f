"""A CSV file as it stands, to be changed in places and written as it was saved."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from klarplan.messages import KlarplanError
from klarplan.strategy import csv_reader

UTF8 = "utf-8"


@dataclass(slots=True, kw_only=True)
class RawTable:
    """All rows of a file, the header first, with the way in which the file is written."""

    rows: list[list[str]]
    delimiter: str = ","
    line_end: str = "\n"
    encoding: str = UTF8
    mark: bool = False
    """Whether the file begins with a byte order mark."""
    separator_line: str = ""
    """A first line ``sep=;`` as spreadsheets write it, with its end."""
    all_quoted: bool = False

    @property
    def header(self) -> list[str]:
        """The names of the columns; without them the table is empty."""
        return self.rows[0] if self.rows else []

    def column(self, name: str) -> int | None:
        """The position of a column, or ``None`` where the file lacks it."""
        names = [cell.strip() for cell in self.header]
        return names.index(name) if name in names else None

    def cell(self, row: list[str], name: str) -> str:
        """A cell without spaces around it; empty where row or table have none."""
        position = self.column(name)
        return row[position].strip() if position is not None and position < len(row) else ""

    def alike(self, rows: list[list[str]]) -> RawTable:
        """Another table that is written in the same way."""
        return RawTable(rows=rows, delimiter=self.delimiter, line_end=self.line_end, mark=self.mark)

    def content(self) -> bytes:
        """The file: what was not changed reads as before."""
        lines = (self.delimiter.join(map(self.written, row)) for row in self.rows)
        text = self.separator_line + "".join(line + self.line_end for line in lines)
        mark = "\ufeff" if self.mark else ""
        return (mark + text).encode(self.encoding)

    def written(self, cell: str) -> str:
        """A cell as this file writes it, in quotation marks where it needs them."""
        if self.all_quoted or not {self.delimiter, '"', "\r", "\n"}.isdisjoint(cell):
            return '"' + cell.replace('"', '""') + '"'
        return cell


def read_raw(path: Path, file: str) -> RawTable:
    """A file with its delimiter, line ends, encoding and quotes.

    Raises ``KlarplanError`` with file and line where the check can't read it either.
    """
    _, findings = csv_reader.read(path, path.stem, file)
    for finding in findings:
        if finding.severity == "error":
            raise KlarplanError(finding.problem, finding.cure, file=file, line=finding.line)
    raw = path.read_bytes()
    text, notices = csv_reader.decode(raw, file)
    assert text is not None
    first, end, rest = text.partition("\n")
    separator = first + end if first[:4].lower() == "sep=" else ""
    text = rest if separator else text
    delimiter = csv_reader.sniff_delimiter(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    while rows and not any(cell.strip() for cell in rows[0]):
        del rows[0]
    header_end = next((line for line in text.splitlines(keepends=True) if line.strip()), "")
    header = header_end.rstrip("\r\n")
    names = next(iter(rows), [])
    return RawTable(
        rows=rows,
        delimiter=delimiter,
        line_end="\r\n" if header_end.endswith("\r\n") else "\n",
        encoding="cp1252" if notices else UTF8,
        mark=raw.startswith(b"\xef\xbb\xbf"),
        separator_line=separator,
        all_quoted=bool(names) and header == delimiter.join(f'"{name}"' for name in names),
    )
