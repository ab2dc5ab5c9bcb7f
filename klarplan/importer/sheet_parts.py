"""What the XML of a sheet says about rows, columns, formulas and comments (ECMA-376, 18.3)."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from klarplan.importer.page_margins import texts_of

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TABLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)")
_ADDS = re.compile(r"(?:SUM|SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)


@dataclass(slots=True)
class SheetParts:
    """Marks of one sheet; cells are named by (row number, position)."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    rich: dict[tuple[int, int], Any] = field(default_factory=dict)
    """Texts with formats that stand in the sheet itself."""
    hidden_rows: dict[int, str] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    outline: dict[int, int] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    conditions: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Areas that rules colour or mark by their values."""
    styled: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Heads of tables, whose colours stand with the style of the table."""
    margins: list[str] = field(default_factory=list)
    """Texts at the top and bottom of printed pages."""


def adds_up(formula: str, row: int) -> bool:
    """Whether a formula in a row adds up cells of several rows, or single ones of others."""
    if _ADDS.search(formula):
        return any(
            int(match[2]) != int(match[4]) or int(match[2]) != row
            for match in _RANGE.finditer(formula)
        )
    added = re.fullmatch(r"=\s*\+?\$?[A-Z]+\$?[0-9]+(?:\s*\+\s*\$?[A-Z]+\$?[0-9]+)+", formula)
    return bool(added) and all(int(n) != row for n in re.findall(r"[0-9]+", formula))


def _position(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(reference: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", reference)
    return (int(match[2]), _position(match[1])) if match else None


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    begin, end = _cell(first), _cell(last or first)
    return (begin[0], end[0], begin[1], end[1]) if begin and end else None


def _flag(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _is_zero(size: str | None) -> bool:
    return size is not None and float(size) == 0


def _is_shown(rule: Any) -> bool:
    """Whether a rule of conditional formatting colours cells or gives them a bar or an icon."""
    kinds = ("colorScale", "dataBar", "iconSet")
    return rule.get("dxfId") is not None or any(rule.find(_NS + k) is not None for k in kinds)


class _Reader:
    def __init__(self) -> None:
        self.found = SheetParts()
        self.filter: tuple[int, int, int, int] | None = None
        self.row = 0

    def end(self, element: Any) -> bool:
        """Take note of an element; whether its content is done with."""
        kind = element.tag.removeprefix(_NS)
        if kind == "row":
            self._row(element)
        elif kind == "col" and (_flag(element.get("hidden")) or (_is_zero(element.get("width")))):
            first, last = int(element.get("min")), int(element.get("max"))
            self.found.hidden_columns |= set(range(first - 1, min(last, 16_384)))
        elif kind == "mergeCell" and (area := _area(element.get("ref", ""))):
            self.found.merged.append(area)
        elif kind == "autoFilter" and len(element):
            self.filter = _area(element.get("ref", ""))
        elif kind == "conditionalFormatting" and any(map(_is_shown, element)):
            areas = [_area(reference) for reference in element.get("sqref", "").split()]
            self.found.conditions += [area for area in areas if area]
        elif kind == "headerFooter":
            texts = [text for part in element for text in texts_of(part.text or "")]
            self.found.margins = list(dict.fromkeys(texts))
        return kind in ("row", "sheetData", "conditionalFormatting", "dataValidations", "extLst")

    def _row(self, element: Any) -> None:
        number = self.row = int(float(element.get("r", self.row + 1)))
        if _flag(element.get("hidden")) or _is_zero(element.get("ht")):
            self.found.hidden_rows[number] = "hidden"
        if (level := element.get("outlineLevel")) and int(level):
            self.found.outline[number] = int(level)
        position = -1
        for cell in element:
            place = _cell(cell.get("r", ""))
            position = place[1] if place else position + 1
            formula = cell.find(f"{_NS}f")
            if formula is not None:
                self.found.formulas[number, position] = f"={formula.text or ''}"
            inline = cell.find(f"{_NS}is")
            if inline is not None and inline.find(f"{_NS}r") is not None:
                from openpyxl.cell.rich_text import CellRichText  # noqa: PLC0415

                self.found.rich[number, position] = CellRichText.from_tree(inline)

    def result(self) -> SheetParts:
        """What was found in the whole sheet."""
        if self.filter is not None:
            first, last = self.filter[:2]
            for number in self.found.hidden_rows:
                if first < number <= last:
                    self.found.hidden_rows[number] = "filtered"
        return self.found


def read_parts(archive: zipfile.ZipFile, part: str) -> SheetParts:
    """The marks of the sheet that is stored as ``part`` of a workbook."""
    from openpyxl.comments.comment_sheet import CommentSheet  # noqa: PLC0415
    from openpyxl.packaging.relationship import get_dependents, get_rels_path  # noqa: PLC0415
    from openpyxl.xml.constants import COMMENTS_NS  # noqa: PLC0415
    from openpyxl.xml.functions import fromstring, iterparse  # noqa: PLC0415

    reader = _Reader()
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            if reader.end(element):
                element.clear()
    found = reader.result()
    relations: str = get_rels_path(part)  # type: ignore[no-untyped-call]
    if relations in archive.namelist():
        related = get_dependents(archive, relations)
        for relation in related.find(_TABLE):
            table: Any = fromstring(archive.read(relation.target))
            if area := _area(table.get("ref", "")):
                first, last, left, right = area
                found.styled += [(first, first, left, right), (last, last, left, right)]
        for relation in related.find(COMMENTS_NS):
            tree: Any = fromstring(archive.read(relation.target))
            sheet: Any = CommentSheet.from_tree(tree)
            for reference, comment in sheet.comments:
                if place := _cell(reference):
                    found.comments[place] = comment.text.strip()
    return found
