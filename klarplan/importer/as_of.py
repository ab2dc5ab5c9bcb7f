"""The day for which a list speaks: “Stand: …” above the table, else what the mapping says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from klarplan.importer.dates import read_when
from klarplan.importer.grid import Sheet, SheetRow
from klarplan.importer.headers import Header
from klarplan.importer.mapping import Source
from klarplan.importer.outcome import Place
from klarplan.importer.values import line
from klarplan.messages import KlarplanError, Text

_WORDS = re.compile(
    r"(?<!\w)(?:stand|datenstand|stichtag|berichtsstand|berichtsstichtag|as of|état au|status per)"
    r"(?: vom| am| zum| per| der daten| der liste)?(?!\w)[:.]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_END = re.compile(r"\s*[)\];|·,].*$|(?<=\d)\s+[^\W\d].*$")


def day_in(text: str) -> dt.date | None:
    """The last day that a text such as “Maßnahmenliste (Stand: 30.06.2025)” names."""
    for match in [_WORDS.search(line(text)[:400])]:
        if match is None:
            continue
        rest = match["rest"]
        for wanted in (rest, _END.sub("", rest)):
            try:
                end = read_when(wanted.rstrip(" .")).end
            except ValueError:
                continue
            if end is not None:
                return end.day
    return None


def _texts(rows: Iterable[SheetRow]) -> Iterable[tuple[int, str]]:
    for row in rows:
        cells = [line(cell) for cell in row.cells if cell.strip()]
        yield from ((row.number, cell) for cell in cells)
        if len(cells) > 1:
            yield row.number, " ".join(cells)


def stated(header: Header) -> tuple[int, str, dt.date] | None:
    """Row, text and day of a “Stand: …” above or within the headers."""
    titles = SheetRow(header.row, header.titles)
    for number, text in _texts((*header.above, titles)):
        if (day := day_in(text)) is not None:
            return number, text, day
    return None


class AsOf:
    """The day that reports without a date of their own speak for."""

    def __init__(self, source: Source, sheet: Sheet, header: Header, today: dt.date) -> None:
        self.source = source
        self.sheet = sheet
        self.row: int | None = None
        self.day: dt.date | None = source.as_of
        if self.day is None and (found := stated(header)) is not None and found[2] <= today:
            self.row, self.text, self.day = found

    @property
    def remark(self) -> tuple[Place, Text] | None:
        """Where the day was found, to tell it; ``None`` where the mapping says it."""
        if self.row is None or self.day is None:
            return None
        day = self.day.isoformat()
        return Place(sheet=self.sheet.label, row=self.row), Text(
            f"Meldungen ohne eigenes Datum gelten für den {day} („{self.text}“).",
            f"Reports without a date of their own are dated {day} (“{self.text}”).",
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
