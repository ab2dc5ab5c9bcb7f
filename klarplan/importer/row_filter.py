"""Reading only the rows of a list that have a certain value in a column."""

from __future__ import annotations

from collections import Counter

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.headers import Header
from klarplan.importer.mapping import Source
from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.importer.values import line
from klarplan.messages import KlarplanError, Text, did_you_mean


class RowFilter:
    """The rows that a source reads by “only”, and those that it passes over."""

    def __init__(self, run: Run, source: Source, sheet: Sheet, header: Header) -> None:
        self.run = run
        self.sheet = sheet
        self.header = header
        self._wanted: dict[int, tuple[str, ...]] = {}
        self._skipped: Counter[tuple[int, str]] = Counter()
        for title, words in source.only.items():
            position = header.position(title)
            if position is None:
                guess = did_you_mean(title, [plain(name) for name in header.titles if name])
                raise KlarplanError(
                    Text(
                        f"In „{sheet.label}“ gibt es keine Spalte „{title}“ für „only“.",
                        f"There is no column “{title}” in “{sheet.label}” for “only”.",
                    ),
                    guess,
                    file=run.mapping.file,
                    line=source.line,
                )
            self._wanted[position] = words

    def reads(self, row: SheetRow) -> bool:
        """Whether a row has one of the wanted values in each of the columns."""
        for position, words in self._wanted.items():
            text = row.at(position)
            if plain(text) not in words:
                self._skipped[position, line(text)] += 1
                return False
        return True

    def tell(self) -> None:
        """Remark how many rows were passed over, by their value."""
        for position, words in self._wanted.items():
            found = {text: n for (p, text), n in self._skipped.items() if p == position}
            if not found:
                continue
            listed = ", ".join(f"„{text}“ ({n})" for text, n in found.items())
            listed_en = ", ".join(f"“{text}” ({n})" for text, n in found.items())
            self.run.remark(
                Place(
                    sheet=self.sheet.label, row=self.header.row, column=self.header.name(position)
                ),
                Text(
                    f"Nur Zeilen mit „{'“ oder „'.join(words)}“ gehören zu dieser Quelle; "
                    f"ausgelassen sind {listed}.",
                    f"Only rows with “{'” or “'.join(words)}” are read here; "
                    f"passed over are {listed_en}.",
                ),
            )
