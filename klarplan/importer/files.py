"""Reading the files that are to be taken over: workbooks and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from klarplan.importer.grid import Sheet, SheetRow
from klarplan.importer.open_document import as_workbook
from klarplan.importer.workbook import read_workbook
from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import require_file
from klarplan.strategy import csv_reader

MAX_BYTES = 50_000_000
"""Size of a file that is read at most."""

SEARCHED_LINES = 30
"""In so many lines of a CSV file the delimiter is looked for."""

WORKBOOKS = (".xlsx", ".xlsm")
CONVERTED = (".ods", ".xls")
"""What LibreOffice makes workbooks of."""
TEXTS = (".csv", ".tsv", ".txt")


def _delimiter(text: str) -> str:
    """The delimiter of the first line that has one: a title above the list may stand alone."""
    rest = text
    for _ in range(SEARCHED_LINES):
        delimiter = csv_reader.sniff_delimiter(rest)
        first, _, rest = rest.lstrip("\r\n").partition("\n")
        if delimiter in first or not rest.strip():
            return delimiter if delimiter in first else csv_reader.sniff_delimiter(text)
    return csv_reader.sniff_delimiter(text)


def _csv(path: Path) -> Sheet:
    text, findings = csv_reader.decode(path.read_bytes(), path.name)
    if text is not None:
        _, more = csv_reader.parse(text, path.stem, path.name)
        findings = [*findings, *more]
    for finding in findings:
        if finding.severity == "error":
            raise KlarplanError(finding.problem, finding.cure, file=finding.file, line=finding.line)
    assert text is not None
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = tuple(
        SheetRow(number, tuple(cells))
        for number, cells in enumerate(reader, start=1)
        if any(cell.strip() for cell in cells)
    )
    return Sheet(file=path.name, name="", rows=rows)


def _refuse(path: Path, problem: Text, cure: Text) -> KlarplanError:
    return KlarplanError(problem, cure, file=path.name, exit_code=2)


def refuse_foreign(path: Path) -> None:
    """Raise ``KlarplanError`` (exit code 2) where a file is missing or of a kind nobody reads."""
    require_file(path)
    suffix = path.suffix.lower()
    if suffix not in WORKBOOKS + CONVERTED + TEXTS:
        raise _refuse(
            path,
            Text(
                f"Dateien der Art „{suffix or path.name}“ lassen sich nicht einlesen.",
                f"Files of the kind “{suffix or path.name}” can't be read.",
            ),
            Text(
                "Speichern Sie die Tabelle als XLSX; "
                "LibreOffice und Excel bieten das unter „Speichern unter“ an.",
                "Save the table as XLSX; LibreOffice and Excel offer that under “Save as”.",
            ),
        )


def _sheets(path: Path) -> list[Sheet]:
    refuse_foreign(path)
    suffix = path.suffix.lower()
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _refuse(
            path,
            Text(
                f"Die Datei ist {size // 1_000_000} MB groß; "
                f"gelesen werden höchstens {MAX_BYTES // 1_000_000} MB.",
                f"The file has {size // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} are read.",
            ),
            Text(
                "Kopieren Sie die nötigen Tabellen ohne Bilder in eine neue Datei.",
                "Copy the tables you need into a new file, without pictures.",
            ),
        )
    if suffix in CONVERTED:
        with as_workbook(path) as made:
            return [replace(sheet, file=path.name) for sheet in read_workbook(made)]
    return read_workbook(path) if suffix in WORKBOOKS else [_csv(path)]


def read_sheets(paths: Sequence[Path]) -> list[Sheet]:
    """All sheets of all files, in the order given; empty sheets are left out.

    Raises ``KlarplanError`` where a file is missing, too large or not readable.
    """
    return [sheet for path in paths for sheet in _sheets(path) if sheet.rows]
