"""Reading the sheets of an Excel workbook (Office Open XML, ECMA-376) as text."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from klarplan.importer.colours import Colours
from klarplan.importer.grid import Marks, Sheet, SheetRow
from klarplan.importer.number_format import shown
from klarplan.importer.open_document import SAVE, is_open_document
from klarplan.importer.sheet_parts import SheetParts, adds_up, read_parts
from klarplan.importer.symbol_fonts import as_symbols, font_of
from klarplan.importer.unseen import Unseen
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


def refuse_unsafe(path: Path) -> None:
    """Raise ``KlarplanError`` for what is no workbook, protected, or too large to be read."""
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
            if is_open_document(archive):
                raise _refuse(
                    path.name,
                    Text(
                        "Die Datei ist eine Tabelle im Format ODS (LibreOffice), auch wenn sie "
                        f"auf „{path.suffix}“ endet.",
                        "The file is a table in the format ODS (LibreOffice), though it ends in "
                        f"“{path.suffix}”.",
                    ),
                    SAVE,
                )
            size = sum(part.file_size for part in parts)
            tangled = len(parts) > MAX_PARTS or (size <= MAX_UNPACKED and _is_tangled(archive))
    except KlarplanError:
        raise
    except Exception as error:  # whatever a parser throws: a stranger may have made the file
        raise broken(path) from error
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


def broken(path: Path) -> KlarplanError:
    """The error of a file that can't be read as a workbook."""
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


_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SET_OFF = {"superscript": _RAISED, "subscript": _LOWERED}


def _shown_in(text: str, font: Any) -> str:
    name = font_of(font)
    return as_symbols(text, name) if name else text


def _part(text: str, font: Any) -> str:
    """A part of a text; a raised or lowered one with signs of its own, so that 250¹ is not 2501."""
    how = _SET_OFF.get(getattr(font, "vertAlign", None) or "")
    text = _shown_in(text, font)
    return text.translate(how) if how else text


def _has_decimals(value: Any) -> bool:
    return isinstance(value, float) and not value.is_integer()


def _is_struck(font: Any) -> bool:
    return bool(font is not None and (getattr(font, "strike", None)))


class _SheetReader:
    """Reads one sheet: texts of cells, and marks that carry meaning."""

    unseen: Unseen

    def __init__(self, path: Path, colours: Colours, budget: list[int]) -> None:
        self.path = path
        self.colours = colours
        self.budget = budget

    def _ink(self, value: Any, font: Any) -> str:
        """The colour of a text; that of the only coloured part where its parts have fonts."""
        if not isinstance(value, list):
            return self.colours.of_text(font)
        fonts = [getattr(part, "font", None) or font for part in value if str(part).strip()]
        found = {colour for one in fonts if (colour := self.colours.of_text(one))}
        return found.pop() if len(found) == 1 else ""

    def _text(self, value: Any, cell: Any, place: tuple[int, int]) -> tuple[str, str]:
        """What a cell holds, and what of it is seen and not struck through."""

        def gone(font: Any) -> bool:
            return _is_struck(font) or self.unseen.is_unseen(font, cell, place)

        if isinstance(value, list):  # rich text
            fonts = [getattr(part, "font", None) or cell.font for part in value]
            texts = [_part(str(part), one) for part, one in zip(value, fonts, strict=True)]
            whole = shown("".join(texts), "")
            kept = [text for text, one in zip(texts, fonts, strict=True) if not gone(one)]
            rest = shown("".join(kept), "")
        else:
            whole = rest = shown(value, cell.number_format)
            if isinstance(value, str):
                whole = rest = _shown_in(whole, cell.font)
            if not whole and isinstance(value, int | float):
                return shown(value, "General"), ""
        if _is_struck(cell.font) or self.unseen.is_blanked(value, cell.number_format):
            return whole, ""
        if not isinstance(value, list) and gone(cell.font):
            return whole, ""
        return whole, rest

    def read(self, values: Any, parts: SheetParts) -> Sheet:
        """The sheet whose cells are ``values``."""
        self.unseen = Unseen(self.colours, (*parts.conditions, *parts.styled))
        rows: list[SheetRow] = []
        lost: dict[tuple[int, int], Text] = {}
        kept: dict[tuple[int, int], str] = {}
        fills: dict[tuple[int, int], str] = {}
        inks: dict[tuple[int, int], str] = {}
        indents: dict[tuple[int, int], int] = {}
        decimals: set[tuple[int, int]] = set()
        values.reset_dimensions()
        for number, cells in enumerate(values.iter_rows(), start=1):
            self.budget[0] -= len(cells) + 1
            if self.budget[0] < 0:
                raise too_far(self.path, values.title)
            texts: list[str] = []
            for position, cell in enumerate(cells):
                place = number, position
                text = ""
                if cell.data_type == "e":
                    lost[place] = FAULT
                    text = str(cell.value)
                elif cell.value is None and cell.data_type == "n" and place in parts.formulas:
                    lost[place] = NO_RESULT
                    text = parts.formulas[place]
                elif cell.value is not None:
                    value = parts.rich.get(place, cell.value)
                    text, rest = self._text(value, cell, place)
                    if rest != text:
                        kept[place] = rest
                    decimals.update([place] if _has_decimals(cell.value) else [])
                    if rest.strip() and (ink := self._ink(value, cell.font)):
                        inks[place] = ink
                    if cell.alignment is not None and cell.alignment.indent:
                        indents[place] = int(cell.alignment.indent)
                texts.append(text)
                if colour := self.colours.of(cell.fill):
                    fills[place] = colour
            while texts and not texts[-1].strip():
                texts.pop()
            if texts:
                rows.append(SheetRow(number, tuple(texts)))
        numbers = {row.number for row in rows}
        marks = Marks(
            hidden=values.sheet_state != "visible",
            hidden_rows={n: why for n, why in parts.hidden_rows.items() if n in numbers},
            hidden_columns=frozenset(parts.hidden_columns),
            kept=kept,
            fills={place: colour for place, colour in fills.items() if place[0] in numbers},
            inks={place: colour for place, colour in inks.items() if place[0] in numbers},
            comments=parts.comments,
            merged=tuple(parts.merged),
            conditions=tuple(parts.conditions),
            indents=indents,
            decimals=frozenset(decimals),
            margins=tuple(parts.margins),
            outline=parts.outline,
            sums=frozenset(p for p, formula in parts.formulas.items() if adds_up(formula, p[0])),
        )
        return Sheet(
            file=self.path.name, name=values.title, rows=tuple(rows), unreadable=lost, marks=marks
        )


def too_far(path: Path, title: str) -> KlarplanError:
    """The error of a sheet with too many cells."""
    return _refuse(
        path.name,
        Text(
            f"Das Blatt „{title}“ reicht zu weit (mehr als {MAX_CELLS} Zellen).",
            f"The sheet “{title}” reaches too far (more than {MAX_CELLS} cells).",
        ),
        Text(
            "Löschen Sie leere Zeilen und Spalten rechts und unterhalb der Liste.",
            "Delete empty rows and columns to the right of and below the list.",
        ),
    )


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of a workbook, in their order, hidden ones included.

    Raises ``KlarplanError`` for files that are no workbook, protected, or too large.
    """
    refuse_unsafe(path)
    return list(_sheets(path))


def _sheets(path: Path) -> Iterator[Sheet]:
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 (0.3 s others need not wait for)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = ExcelReader(
                path, read_only=True, data_only=True, keep_links=False, rich_text=True
            )
            book.read()
            parts = {sheet.name: rel.target for sheet, rel in book.parser.find_sheets()}
            reader = _SheetReader(path, Colours(book.wb.loaded_theme), [MAX_CELLS])
            for sheet in book.wb.worksheets:
                yield reader.read(sheet, read_parts(book.archive, parts[sheet.title]))
            book.wb.close()
        except KlarplanError:
            raise
        except Exception as error:
            raise broken(path) from error
