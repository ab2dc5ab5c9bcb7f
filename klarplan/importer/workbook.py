"""Reading the sheets of an Excel workbook (Office Open XML, ECMA-376) as text."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from klarplan.importer.grid import Sheet, SheetRow
from klarplan.messages import KlarplanError, Text

MAX_UNPACKED = 200_000_000
"""Bytes that all parts of a workbook may have when unpacked."""
MAX_CELLS = 1_000_000
"""Cells that a workbook may have, empty ones between filled ones included."""
MAX_PARTS = 5_000
"""Files within a workbook."""
MAX_MARKS = 8_000_000
MAX_OTHER_MARKS = 500_000
"""Angle brackets of sheets and their texts, and of all else (formats, names, relations)."""
MAX_SHEETS = 200
CELLS = ("xl/worksheets/sheet", "xl/sharedStrings.xml")

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
NO_RESULT = Text(
    "Die Zelle enthält eine Formel, aber die Datei kein Ergebnis dazu.",
    "The cell holds a formula, but the file has no result of it.",
)
FAULT = Text(
    "Die Zelle zeigt einen Fehler der Tabellenkalkulation.",
    "The cell shows an error of the spreadsheet program.",
)


def _refuse(file: str, problem: Text, cure: Text) -> KlarplanError:
    return KlarplanError(problem, cure, file=file)


def _check(path: Path) -> None:
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refuse(
            path.name,
            Text(
                "Die Arbeitsmappe ist mit einem Kennwort geschützt oder im alten Format XLS.",
                "The workbook is protected by a password or in the old format XLS.",
            ),
            Text("Speichern Sie sie ohne Kennwort als XLSX.", "Save it without password as XLSX."),
        )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            tangled = len(parts) > MAX_PARTS or (size <= MAX_UNPACKED and _is_tangled(archive))
    except Exception as error:  # whatever a parser throws: a stranger may have made the file
        raise _broken(path) from error
    if tangled:
        raise _refuse(
            path.name,
            Text(
                "Die Arbeitsmappe enthält zu viele Zeilen, Blätter, Formate oder Namen "
                f"(höchstens {MAX_SHEETS} Blätter, {MAX_CELLS} Zellen und {MAX_OTHER_MARKS} andere "
                "Angaben).",
                "The workbook holds too many rows, sheets, formats or names "
                f"(at most {MAX_SHEETS} sheets, {MAX_CELLS} cells and {MAX_OTHER_MARKS} other "
                "entries).",
            ),
            Text(
                "Kopieren Sie nur die Werte der nötigen Blätter in eine neue Arbeitsmappe.",
                "Copy only the values of the sheets you need into a new workbook.",
            ),
        )
    if size > MAX_UNPACKED:
        raise _refuse(
            path.name,
            Text(
                f"Die Arbeitsmappe ist ausgepackt {size // 1_000_000} MB groß; "
                f"gelesen werden höchstens {MAX_UNPACKED // 1_000_000} MB.",
                f"The workbook is {size // 1_000_000} MB when unpacked; "
                f"at most {MAX_UNPACKED // 1_000_000} MB are read.",
            ),
            Text(
                "Kopieren Sie die nötigen Blätter in eine neue Arbeitsmappe.",
                "Copy the sheets you need into a new workbook.",
            ),
        )


def _is_tangled(archive: zipfile.ZipFile) -> bool:
    """Whether there is more in a workbook than can be read in reasonable time."""
    left = {True: MAX_MARKS, False: MAX_OTHER_MARKS}
    sheets = 0
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        of_cells = part.filename.startswith(CELLS)
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                left[of_cells] -= piece.count(b"<")
                sheets += 0 if of_cells else piece.count(b"sheetId=")
                if left[of_cells] < 0 or sheets > MAX_SHEETS:
                    return True
    return False


def _broken(path: Path) -> KlarplanError:
    return _refuse(
        path.name,
        Text(
            "Die Datei lässt sich nicht als Arbeitsmappe (XLSX) lesen.",
            "The file can't be read as a workbook (XLSX).",
        ),
        Text(
            "Öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie neu als XLSX.",
            "Open it in your spreadsheet program and save it again as XLSX.",
        ),
    )


def _date(value: dt.datetime | dt.date, number_format: str) -> str:
    codes = _LITERAL.sub("", number_format.split(";", maxsplit=1)[0].lower())
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{value:%d.%m.%Y %H:%M}" + (f":{value:%S}" if value.second else "")
    if "d" not in codes and "t" not in codes and "y" in codes:
        return f"{value:%m/%Y}" if "m" in codes else f"{value:%Y}"
    return f"{value:%d.%m.%Y}"


def _number(value: int | float, number_format: str) -> str:
    code = _LITERAL.sub("", number_format.split(";", maxsplit=1)[0])
    percent = "%" in code
    text = f"{value * 100 if percent else value:.15g}"
    if "e" in text:
        text = f"{Decimal(text):f}"
    if re.fullmatch(r"0{2,}", code) and text.isdigit():
        text = text.zfill(len(code))
    if fixed := re.fullmatch(r"0\.(0+)", code):
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals.ljust(len(fixed[1]), '0')}"
    return text.replace(".", ",") + ("%" if percent else "")


def shown(value: Any, number_format: str) -> str:
    """A value of a cell as a German spreadsheet program saves it to CSV.

    Numbers have a decimal comma and no points between thousands; dates that show only month or
    year (by their number format) are written so.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, number_format)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def _sheet(path: Path, values: Any, formulas: Any, budget: list[int]) -> Sheet:
    rows: list[SheetRow] = []
    lost: dict[tuple[int, int], Text] = {}
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (cells, sources) in enumerate(pairs, start=1):
        budget[0] -= len(cells) + 1
        if budget[0] < 0:
            raise _refuse(
                path.name,
                Text(
                    f"Das Blatt „{values.title}“ reicht zu weit (mehr als {MAX_CELLS} Zellen).",
                    f"The sheet “{values.title}” reaches too far (more than {MAX_CELLS} cells).",
                ),
                Text(
                    "Löschen Sie leere Zeilen und Spalten rechts und unterhalb der Liste.",
                    "Delete empty rows and columns to the right of and below the list.",
                ),
            )
        texts: list[str] = []
        for position, (cell, source) in enumerate(zip(cells, sources, strict=True)):
            if cell.data_type == "e":
                lost[number, position] = FAULT
                texts.append(str(cell.value))
            elif source.data_type == "f" and cell.value is None and cell.data_type == "n":
                lost[number, position] = NO_RESULT
                texts.append(str(getattr(source.value, "text", source.value)))
            else:
                texts.append("" if cell.value is None else shown(cell.value, cell.number_format))
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            rows.append(SheetRow(number, tuple(texts)))
    return Sheet(file=path.name, name=values.title, rows=tuple(rows), unreadable=lost)


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of a workbook, in their order.

    Raises ``KlarplanError`` for files that are no workbook, protected, or too large.
    """
    _check(path)
    return list(_sheets(path))


def _sheets(path: Path) -> Iterator[Sheet]:
    import openpyxl  # noqa: PLC0415 (0.3 s that other commands need not wait for)

    budget = [MAX_CELLS]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values = openpyxl.load_workbook(path, read_only=True, data_only=True)
            formulas = openpyxl.load_workbook(path, read_only=True, data_only=False)
            for sheet in values.worksheets:
                yield _sheet(path, sheet, formulas[sheet.title], budget)
            values.close()
            formulas.close()
        except KlarplanError:
            raise
        except Exception as error:
            raise _broken(path) from error
