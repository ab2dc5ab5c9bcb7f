"""The day for which a list speaks: “Stand: …” above the table, else what the mapping says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from klarplan.importer.dates import read_when
from klarplan.importer.grid import Sheet, SheetRow
from klarplan.importer.headers import Header
from klarplan.importer.mapping import Source
from klarplan.importer.outcome import Place
from klarplan.importer.values import line
from klarplan.messages import KlarplanError, Text
from klarplan.words.catalogue import GERMAN

LONGEST = 400
"""A longer text is not searched to its end."""
ON_PAGES = 0
"""Stands for the header and footer of printed pages, which are in no row."""
_WORDS = re.compile(
    r"(?<!\w)(?:stand|datenstand|stichtag|berichtsstand|berichtsstichtag|as of|état au|status per"
    r"|updated|last updated|sachstandsbericht|statusbericht)"
    r"(?: vom| am| zum| per| der daten| der liste)?(?!\w)[:.]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_END = re.compile(r"\s*[)\];|·,].*$|(?<=\d)\s+[^\W\d].*$")


def day_in(text: str, today: dt.date) -> dt.date | None:
    """The last day, not after today, that “Maßnahmenliste (Stand: 30.06.2025)” names."""
    match = _WORDS.search(line(text)[:LONGEST])
    if match is None:
        return None
    for wanted in (match["rest"], _END.sub("", match["rest"])):
        try:
            when = read_when(wanted.rstrip(" ."))
        except ValueError:
            continue
        days = [edge.day for edge in (when.end, when.begin) if edge and edge.day <= today]
        if when.end and days:
            return days[0]
    return None


def _texts(rows: Iterable[SheetRow]) -> Iterator[tuple[int, str]]:
    for row in rows:
        cells = [line(cell) for cell in row.cells if cell.strip()]
        yield from ((row.number, cell) for cell in cells)
        yield from ((row.number, f"{one} {two}") for one, two in pairwise(cells))


def stated(sheet: Sheet, header: Header, today: dt.date) -> tuple[int, str, dt.date] | None:
    """Row, text and day of the only “Stand: …” above the headers, within them, or on each page.

    The row is ``ON_PAGES`` where it stands at the top or bottom of printed pages.
    """
    pages = SheetRow(ON_PAGES, sheet.marks.margins)
    for rows in (header.above, (SheetRow(header.row, header.titles),), (pages,)):
        found = [
            (number, text, day)
            for number, text in _texts(rows)
            if (day := day_in(text, today)) is not None
        ]
        if len({day for _, _, day in found}) == 1:
            return found[0]
    return None


class AsOf:
    """The day that reports without a date of their own speak for."""

    def __init__(self, source: Source, sheet: Sheet, header: Header, today: dt.date) -> None:
        self.source = source
        self.sheet = sheet
        self.row: int | None = None
        self.day: dt.date | None = source.as_of
        self._header_row = header.row
        if self.day is None and (found := stated(sheet, header, today)) is not None:
            self.row, self.text, self.day = found

    @property
    def remark(self) -> tuple[Place, Text] | None:
        """Where the day was found, to tell it; ``None`` where the mapping says it."""
        if self.row is None or self.day is None:
            return None
        where = Text("", "")
        if self.row == ON_PAGES:
            where = Text(
                " in der Kopf- oder Fußzeile der Seiten", " in the header or footer of the pages"
            )
        return Place(sheet=self.sheet.label, row=self.row or self._header_row), Text(
            f"Meldungen ohne eigenes Datum gelten für den {GERMAN.short_day(self.day)} "
            f"(„{self.text}“{where.de}).",
            f"Reports without a date of their own are dated {self.day} (“{self.text}”{where.en}).",
        )

    def asked(self, file: str) -> KlarplanError:
        """The error for a list of reports that tells no day at all."""
        return KlarplanError(
            Text(
                f"Die Meldungen in „{self.sheet.label}“ haben kein Datum, und über der Tabelle "
                "steht kein „Stand: …“.",
                f"The reports in “{self.sheet.label}” have no date, and there is no “Stand: …” "
                "above the table.",
            ),
            CURE,
            file=file,
            line=self.source.line,
        )


CURE = Text(
    "Schreiben Sie in der Zuordnung unter „table: status_reports“, für welchen Tag die Liste gilt, "
    "zum Beispiel „as_of: 2026-06-30“.",
    "Write the day that the list speaks for into the mapping below “table: status_reports”, "
    "for example “as_of: 2026-06-30”.",
)
