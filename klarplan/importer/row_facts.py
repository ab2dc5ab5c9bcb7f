"""What can be told of the rows below the headers of a list before it is said what each one is."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.headers import Header
from klarplan.importer.list_rows import Columns, RowKinds
from klarplan.importer.row_words import DASHES, is_label, is_note, is_total, tells_total

MOSTLY = 0.8
"""The share of rows that makes a rule of a column, such as “every entry has a number”."""
ALIKE = 0.6
"""The share of cells of a row that must be headers for it to be a row of headers."""
FEW = 2


class RowFacts:
    """The rows of one list, and what its columns have in common."""

    def __init__(self, sheet: Sheet, header: Header, columns: Columns) -> None:
        self.sheet = sheet
        self.header = header
        self.columns = columns
        self.titles = [plain(title) for title in header.titles]
        self.found = RowKinds()
        self.ids = columns.ids - {columns.title}
        self.rows = list(self._within())
        titled = [row for row in self.rows if self._has_title(row)]
        numbers = [text for row in titled or self.rows for text in self._ids(row)]
        digits = sum(any(char.isdigit() for char in text) for text in numbers)
        self.digits = bool(numbers) and digits >= MOSTLY * len(numbers)
        with_id = sum(bool(self._ids(row)) for row in titled)
        self.numbered = bool(self.ids) and with_id > 0 and with_id >= len(titled) / 2
        self.chapters = {
            re.split(r"[.\-]", text.strip(), maxsplit=1)[0]
            for row in self.rows
            for text in self._ids(row)
            if re.search(r"\d[.\-]\w", text)
        }
        self.heads = {
            row.number
            for row, below in pairwise(self.rows)
            if self._repeats_header(below) and not self._repeats_header(row)
        }
        self.labelled = sum(map(bool, self.titles)) == FEW and all(
            is_label(row.at(self._first(row))) for row in self.rows
        )
        """Whether the list has nothing but labels and names: “HF 1” beside “Mobilität”."""
        counts = [len(self._filled(row)) for row in self.rows]
        self.usual = median([n for n in counts if n > 1] or [1])
        self.usual_fill = (
            Counter(
                sheet.marks.fills.get((row.number, self._first(row)), "") for row in self.rows
            ).most_common(1)[0][0]
            if self.rows
            else ""
        )

    def _within(self) -> list[SheetRow]:
        rows = []
        for row in self.header.body:
            if row.number in self.columns.ends:
                break
            if row.number not in self.columns.keep and self._is_other_header(row):
                self.found.other_list = row.number
                break
            rows.append(row)
        inside = {row.number for row in rows}
        for row in self.header.body:
            if row.number not in inside:
                self.found.kinds[row.number] = "list"
        return rows

    def _is_other_header(self, row: SheetRow) -> bool:
        cells = self._filled(row)
        known = [plain(t) in self.titles for _, t in cells]
        same = sum(self._title_at(p) == plain(t) for p, t in cells)
        enough = len(cells) > FEW and sum(known) >= ALIKE * len(cells) and sum(known) > FEW
        return enough and same < sum(known) / 2

    def _title_at(self, position: int) -> str:
        return self.titles[position] if position < len(self.titles) else ""

    @staticmethod
    def _filled(row: SheetRow) -> list[tuple[int, str]]:
        return [(p, text) for p, text in enumerate(row.cells) if text.strip()]

    @staticmethod
    def _first(row: SheetRow) -> int:
        return next((p for p, text in enumerate(row.cells) if text.strip()), 0)

    def _ids(self, row: SheetRow) -> list[str]:
        return [row.at(p) for p in self.ids if plain(row.at(p)) not in DASHES]

    def _has_title(self, row: SheetRow) -> bool:
        return self.columns.title is not None and plain(row.at(self.columns.title)) not in DASHES

    def _is_id(self, text: str) -> bool:
        if is_total(text) or is_note(text) or tells_total(text) or is_label(text):
            return False
        return any(char.isdigit() for char in text) or not self.digits

    def _has_id(self, row: SheetRow) -> bool:
        return any(self._is_id(text) for text in self._ids(row))

    def _repeats_header(self, row: SheetRow) -> bool:
        cells = self._filled(row)
        same = sum(bool(plain(t)) and self._title_at(p) == plain(t) for p, t in cells)
        if same >= FEW and same >= ALIKE * len(cells):
            return True
        words = [plain(cell) for cell in row.cells if cell.strip()]
        return any(
            words == [plain(cell) for cell in above.cells if cell.strip()]
            for above in self.header.above
        )

    def _width(self, row: SheetRow, position: int) -> int:
        for top, bottom, left, right in self.sheet.marks.merged:
            if top <= row.number <= bottom and left <= position <= right:
                return right - left + 1
        return 1
