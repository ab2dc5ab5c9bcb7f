"""Finding the row with the headers, below titles and across merged cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from klarplan.importer.grid import Sheet, SheetRow, letter, plain

SEARCHED_ROWS = 60
"""How many filled rows at the top of a sheet may be the header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The headers of a list: where they stand and what they are called."""

    row: int
    """The number of the row; of the lower one where headers take two."""
    titles: tuple[str, ...]
    """By position; the second of two equal headers is called “Name (2)”."""
    above: tuple[SheetRow, ...]
    """Rows with text above the header."""
    body: tuple[SheetRow, ...]
    """Rows below the header."""

    def position(self, title: str) -> int | None:
        """Where a header stands; ``title`` is ``plain``; “spalte c” is column C without header."""
        for position, known in enumerate(self.titles):
            if known and plain(known) == title:
                return position
        nameless = (p for p, known in enumerate(self.titles) if not known)
        return next((p for p in nameless if plain(self.name(p)) == title), None)

    def name(self, position: int) -> str:
        """The header at a position, or its letter where it has none."""
        if position < len(self.titles) and self.titles[position]:
            return self.titles[position]
        return f"Spalte {letter(position)}"


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    titles = []
    for text in texts:
        title = " ".join(text.split())
        seen[plain(title)] += 1
        number = seen[plain(title)]
        titles.append(f"{title} ({number})" if title and number > 1 else title)
    return tuple(titles)


def titles_of(sheet: Sheet, index: int, *, two: bool) -> tuple[str, ...]:
    """The headers in the row at ``index``, with ``two`` filled up from the row above it."""
    cells = list(sheet.rows[index].cells)
    if two and index > 0 and sheet.rows[index - 1].number == sheet.rows[index].number - 1:
        above = sheet.rows[index - 1].cells
        cells += [""] * (len(above) - len(cells))
        cells = [
            cell if cell.strip() else (above[n] if n < len(above) else "")
            for n, cell in enumerate(cells)
        ]
    return _distinct(cells)


def header_at(sheet: Sheet, index: int, titles: tuple[str, ...], *, two: bool = False) -> Header:
    """The header in the row at ``index``."""
    return Header(
        row=sheet.rows[index].number,
        titles=titles,
        above=sheet.rows[: index - 1 if two else index],
        body=sheet.rows[index + 1 :],
    )


def find_header(sheet: Sheet, wanted: Iterable[str], row: int | None = None) -> Header | None:
    """The row that has most of the wanted headers (``plain``), or the row with a given number.

    ``None`` where no row has any of them.
    """
    names = set(wanted)
    best: tuple[int, Header] | None = None
    for index, candidate in enumerate(sheet.rows):
        if row is None and index >= SEARCHED_ROWS:
            break
        if row is not None and candidate.number != row:
            continue
        for two in (False, True):
            titles = titles_of(sheet, index, two=two)
            found = len(names & {plain(title) for title in titles if title})
            if found and (best is None or found > best[0]):
                best = found, header_at(sheet, index, titles, two=two)
    return best[1] if best else None
