"""Which rows below the headers are entries, and what the others are: totals, sections, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from statistics import median

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.headers import Header
from klarplan.importer.list_rows import Columns, RowKinds
from klarplan.importer.row_facts import FEW, RowFacts
from klarplan.importer.row_words import (
    DASHES,
    depth,
    is_amount,
    is_label,
    is_note,
    is_placeholder,
    is_sum,
    is_total,
    tells_total,
)
from klarplan.importer.sections import Section, paths

LONGEST_ID = 12
"""A longer text of several words is no number of an entry."""


class _Reader(RowFacts):
    def read(self) -> RowKinds:
        """The kinds of all rows."""
        templates = [r for r in self.rows if self.columns.title is not None]
        blank = [row for row in templates if not self._has_title(row)]
        defaults = Counter((p, plain(t)) for row in blank for p, t in self._filled(row))
        sections: list[Section] = []
        heading = self._names_next()
        for row in self.rows:
            kind = "list" if row.number == heading else self._kind(row, defaults)
            if kind == "section":
                sections.append(self._section(row))
            if kind:
                self.found.kinds[row.number] = kind
                self.found.texts[row.number] = " · ".join(t for _, t in self._filled(row)[:FEW])
        self._below(sections)
        self._reckon_on()
        again = bool(sections) and "header" in self.found.kinds.values()
        entries = [row.number for row in self.rows if row.number not in self.found.kinds]
        headed = bool(sections and entries) and sections[0].row < entries[0]
        first = self._above() if (again or self.columns.blocks) and not headed else None
        known = [*([first] if first else []), *sections]
        self.found.above = first.row if first else None
        self.found.sections, self.found.levels = paths(known, entries)
        return self.found

    def _kind(self, row: SheetRow, defaults: Counter[tuple[int, str]]) -> str:
        if row.number in self.columns.keep:
            return ""
        if row.number in self.columns.skip:
            return "skip"
        tests: tuple[tuple[str, Callable[[SheetRow], bool]], ...] = (
            ("header", self._repeats_header),
            ("struck", self._is_struck),
            ("total", self._is_total),
            ("note", self._is_note),
            ("section", self._is_section),
            ("template", lambda row: self._is_template(row, defaults)),
        )
        return next((kind for kind, test in tests if test(row)), "")

    def _is_struck(self, row: SheetRow) -> bool:
        """Whether nothing is left of the title because it is struck out."""
        place = row.number, -1 if self.columns.title is None else self.columns.title
        kept = self.sheet.marks.kept.get(place)
        return kept is not None and not kept.strip() and not self._has_title(row)

    def _is_total(self, row: SheetRow) -> bool:
        cells = self._filled(row)
        if self._has_id(row) or not cells:
            return False
        sums = {p for p, _ in cells if (row.number, p) in self.sheet.marks.sums}
        words = [(p, text) for p, text in cells if p not in sums and not is_amount(text)]
        if any(is_total(text) for _, text in words):
            last = self.columns.title if self.columns.title is not None else 1
            return len(words) == 1 or any(is_total(text) and p <= last for p, text in words)
        if len(words) == 1:
            text = words[0][1]
            if is_sum(text) or (tells_total(text) and len(cells) > 1):
                return True
        return bool(sums) and not words

    def _is_note(self, row: SheetRow) -> bool:
        cells = self._filled(row)
        if self._has_id(row) or len(cells) > 1 + FEW:
            return False
        return is_note(cells[0][1])

    def _is_section(self, row: SheetRow) -> bool:
        sums = self.sheet.marks.sums
        cells = [(p, text) for p, text in self._filled(row) if (row.number, p) not in sums]
        if self._is_chapter(row, cells):
            return True
        words = [(p, text) for p, text in cells if not is_amount(text)]
        titles = [p for p in (self.columns.title, *self.ids) if p is not None]
        if not words or words[0][0] > max(titles, default=0):
            return False
        if len(words) == FEW:  # “Handlungsfeld 1” beside its name
            labelled = is_label(words[0][1]) and not self.labelled
            return labelled and not self._has_id(row) and len(cells) == FEW
        if len(words) != 1:
            return False
        return self._heads(row, *words[0], alone=len(cells) == 1)

    def _heads(self, row: SheetRow, position: int, text: str, *, alone: bool) -> bool:
        """Whether the only text of a row, which may stand beside numbers, is a heading."""
        if row.number in self.heads:
            return True
        if self._width(row, position) > max(1, sum(map(bool, self.titles)) / 2):
            return True
        fill = self.sheet.marks.fills.get((row.number, position), "")
        marked = is_label(text) or (bool(fill) and fill != self.usual_fill)
        if not alone:
            return not self._has_id(row) and bool(fill) and fill != self.usual_fill
        if position in self.ids:
            words = len(text.split()) > 1 and len(text) > LONGEST_ID
            return marked or (self.digits and (words or not any(map(str.isdigit, text))))
        if position == self.columns.title:
            return marked or self.numbered or self.columns.sections
        return self.columns.title is not None

    def _is_chapter(self, row: SheetRow, cells: list[tuple[int, str]]) -> bool:
        """Whether a row has just number and title, and the entries below continue its number."""
        title = self.columns.title
        ids = [row.at(p).strip() for p in self.ids if row.at(p).strip()]
        if title is None or len(ids) != 1 or len(cells) != FEW or self.usual <= FEW:
            return False
        number = ids[0].rstrip(".")
        if depth(number) != 1 or not self._has_title(row):
            return False
        return number in self.chapters

    def _section(self, row: SheetRow) -> Section:
        cells = [(p, t) for p, t in self._filled(row) if not is_amount(t)]
        title = self.columns.title
        if self._has_id(row) and title is not None and self._has_title(row):
            cells = [(title, row.at(title))]
        texts = [" ".join(text.split()) for _, text in cells]
        text = texts[0] if len(texts) == 1 else f"{texts[0].rstrip(':')}: {texts[1]}"
        place = row.number, self._first(row)
        marks = self.sheet.marks
        signature = (
            depth(texts[0]),
            place[1],
            marks.fills.get(place, ""),
            marks.indents.get(place, 0),
            marks.outline.get(row.number, 0),
        )
        return Section(row=row.number, text=text, signature=signature)

    def _is_template(self, row: SheetRow, defaults: Counter[tuple[int, str]]) -> bool:
        if self.columns.title is not None and is_placeholder(row.at(self.columns.title)):
            return True
        if self.columns.title is None or self._has_title(row) or self._is_merged_title(row):
            return False
        others = [(p, t) for p, t in self._filled(row) if p not in self.ids]
        return all(
            plain(t) in DASHES
            or (is_amount(t) and not any(c in "123456789" for c in t))
            or defaults[p, plain(t)] > 1
            for p, t in others
        )

    def _is_merged_title(self, row: SheetRow) -> bool:
        return any(
            top < row.number <= bottom and left <= (self.columns.title or 0) <= right
            for top, bottom, left, right in self.sheet.marks.merged
        )

    def _names_next(self) -> int | None:
        """The last row, where it is the heading of the next list on the sheet."""
        row = self.rows[-1] if self.rows and self.columns.ends else None
        if row is None or len(self._filled(row)) > 1:
            return None
        return row.number if row.number >= min(self.columns.ends) - FEW else None

    def _below(self, sections: list[Section]) -> None:
        """Sections that no entry follows are notes below the list; so is a legend after a note."""
        last = max(
            (row.number for row in self.rows if row.number not in self.found.kinds), default=0
        )
        for section in list(sections):
            if section.row > last:
                self.found.kinds[section.row] = "note"
                sections.remove(section)
        firm = [
            n
            for n, row in enumerate(self.rows)
            if row.number not in self.found.kinds and not self._is_tail(row)
        ]
        noted = False
        for row in self.rows[(firm[-1] + 1 if firm else len(self.rows)) :]:
            kind = self.found.kinds.get(row.number)
            noted = noted or kind == "note"
            if kind is None and noted:
                self.found.kinds[row.number] = "note"
                self.found.texts[row.number] = " · ".join(t for _, t in self._filled(row)[:FEW])

    def _reckon_on(self) -> None:
        """Rows with one text and amounts below the last total are totals too: “davon Förderung”.

        Only in lists whose entries have a number or say more, so that none is taken for a total.
        """
        tail: list[SheetRow] = []
        for row in reversed(self.rows):
            kind = self.found.kinds.get(row.number)
            if kind is None and not self._reckons(row):
                break
            tail.insert(0, row)
        totals = [row.number for row in tail if self.found.kinds.get(row.number) == "total"]
        above = [row for row in self.rows if row not in tail and row.number not in self.found.kinds]
        wordy = median([len(self._words(row)) for row in above] or [0]) > 1
        if not totals or not (self.numbered or wordy):
            return
        for row in tail:
            if row.number > totals[0] and row.number not in self.found.kinds:
                self.found.kinds[row.number] = "total"
                self.found.texts[row.number] = " · ".join(t for _, t in self._filled(row)[:FEW])

    def _words(self, row: SheetRow) -> list[str]:
        return [text for _, text in self._filled(row) if not is_amount(text)]

    def _reckons(self, row: SheetRow) -> bool:
        """Whether a row without number has nothing but one text and amounts."""
        alone = row.number not in self.columns.keep and not self._has_id(row)
        return alone and len(self._words(row)) == 1 and len(self._filled(row)) > 1

    def _is_tail(self, row: SheetRow) -> bool:
        """Whether a row after a note belongs to it: a legend such as “grün · im Plan”."""
        if self.numbered:
            return not self._has_id(row)
        return len(self._filled(row)) < self.usual

    def _above(self) -> Section | None:
        for row in reversed(self.header.above):
            cells = self._filled(row)
            if row.number >= self.header.row - FEW and len(cells) == 1:
                return self._section(row)
        return None


def read_rows(sheet: Sheet, header: Header, columns: Columns) -> RowKinds:
    """The kinds of all rows below a header."""
    return _Reader(sheet, header, columns).read()
