"""Finding the row with the headers, below titles and across merged cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from klarplan.check.places import letters
from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.units import read_unit

_WRAPPED = re.compile(r"[\[(]?(?:in )?(.*?)[\])]?")
_AGAIN = re.compile(r" \(\d+\)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
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
    over: Mapping[int, str] = field(default_factory=dict)
    """Headers in the row above that span several columns, by position: “Kosten” over two years."""

    bare: tuple[str, ...] = ()
    """The headers without the units of the row below them; empty where there is no such row."""

    def position(self, title: str) -> int | None:
        """Where a header stands; ``title`` is ``plain``; “spalte c” is column C without header."""
        for position, known in enumerate(self.titles):
            if known and plain(known) == title:
                return position
        for position, upper in self.over.items():
            if plain(f"{upper} {self.name(position)}") == title:
                return position
        for position, known in enumerate(self.bare):
            if known and plain(known) == title:
                return position
        lower = f" ({title})"
        for position, known in enumerate(self.titles if self.over else ()):
            if plain(known).endswith(lower):
                return position
        nameless = (p for p, known in enumerate(self.titles) if not known)
        return next((p for p in nameless if plain(self.name(p)) == title), None)

    def full(self, position: int) -> str:
        """The header at a position after the one that spans it: “Kosten 2026”."""
        title = self.titles[position] if position < len(self.titles) else ""
        over = self.over.get(position, "")
        return title if not over or over == title else f"{over} {title}".strip()

    def name(self, position: int) -> str:
        """The header at a position, or its letter where it has none."""
        if position < len(self.titles) and self.titles[position]:
            return self.titles[position]
        return f"Spalte {letters(position)}"


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    titles = []
    for text in texts:
        title = " ".join(text.split())
        seen[plain(title)] += 1
        number = seen[plain(title)]
        titles.append(f"{title} ({number})" if title and number > 1 else title)
    return tuple(titles)


def bare_title(title: str) -> str:
    """A header without the number that tells it from an equal one: “Name” for “Name (2)”."""
    return _AGAIN.sub("", title)


def titles_of(sheet: Sheet, index: int, *, two: bool) -> tuple[str, ...]:
    """The headers in the row at ``index``, with ``two`` filled up from the row above it."""
    cells = list(sheet.rows[index].cells)
    if two and index > 0 and sheet.rows[index - 1].number == sheet.rows[index].number - 1:
        above = sheet.rows[index - 1].cells
        cells += [""] * (len(above) - len(cells))
        heads = [above[n] if n < len(above) else "" for n in range(len(cells))]
        joined = is_completed(sheet, index)
        over = spanning(sheet, index) if joined else {}
        for n, (cell, head) in enumerate(zip(cells, heads, strict=True)):
            if not cell.strip():
                cells[n] = head
            elif joined and head.strip() and n not in over:
                cells[n] = f"{head} ({_unwrapped(cell.strip())})"
    return _distinct(cells)


def spanning(sheet: Sheet, index: int) -> dict[int, str]:
    """The headers that span several columns in the row above the one at ``index``."""
    row, above = sheet.rows[index], sheet.rows[index - 1] if index else None
    if above is None or above.number != row.number - 1:
        return {}
    found = {}
    merged = {
        (left, right)
        for top, bottom, left, right in sheet.marks.merged
        if top == bottom == above.number and right > left
    }
    width = max(len(row.cells), len(above.cells))
    for left, right in merged:
        found.update(dict.fromkeys(range(left, right + 1), above.at(left).strip()))
    if not merged:
        last = ""
        for position in range(width):
            last = above.at(position).strip() or (last if row.at(position).strip() else "")
            spans = not above.at(position + 1).strip() and row.at(position + 1).strip()
            if last and row.at(position).strip() and (spans or not above.at(position).strip()):
                found[position] = last
    return {position: text for position, text in found.items() if text}


def is_completed(sheet: Sheet, index: int) -> bool:
    """Whether the row at ``index`` is the lower half of a header.

    It tells what spans several columns; below other headers it has a few words, such as a unit,
    and nothing below the first one.
    """
    over = spanning(sheet, index) if index else {}
    cells = [(p, text.strip()) for p, text in enumerate(sheet.rows[index].cells) if text.strip()]
    above = sheet.rows[index - 1]
    words = all(not text.replace(",", "").isdigit() or _YEAR.fullmatch(text) for _, text in cells)
    alone = [p for p, text in enumerate(above.cells) if text.strip() and p not in over]
    told = [p for p, _ in cells if p in alone]
    few = not told or (2 * len(told) <= len(alone) and alone[0] not in told)
    return bool(over and alone) and words and few and any(p in over for p, _ in cells)


def _unwrapped(text: str) -> str:
    found = _WRAPPED.fullmatch(text)
    return found[1] if found else text


def _units(sheet: Sheet, index: int) -> dict[int, str]:
    """The units in the row below the one at ``index``, by position, where it has nothing else."""
    if index + 1 >= len(sheet.rows):
        return {}
    below = sheet.rows[index + 1]
    cells = {p: text.strip() for p, text in enumerate(below.cells) if text.strip()}
    units = {p: text for p, text in cells.items() if read_unit(_unwrapped(text))}
    return units if units == cells else {}


def header_at(sheet: Sheet, index: int, titles: tuple[str, ...], *, two: bool = False) -> Header:
    """The header in the row at ``index``; a row of units below it belongs to it."""
    units = _units(sheet, index)
    if units:
        whole = [
            f"{title} ({_unwrapped(units[p])})" if title and p in units else title
            for p, title in enumerate(titles)
        ]
        below = header_at(replace(sheet, rows=sheet.rows[: index + 1]), index, titles, two=two)
        body = sheet.rows[index + 2 :]
        return replace(below, titles=tuple(whole), bare=titles, body=body)
    return Header(
        row=sheet.rows[index].number,
        titles=titles,
        above=sheet.rows[: index - 1 if two else index],
        over=spanning(sheet, index) if two else {},
        body=sheet.rows[index + 1 :],
    )


def find_header(sheet: Sheet, wanted: Iterable[str], row: int | None = None) -> Header | None:
    """The row that has most of the wanted headers (``plain``), or the row with a given number.

    ``None`` where no row has any of them.
    """
    names = set(wanted)
    best: tuple[tuple[int, bool], Header] | None = None
    for index, candidate in enumerate(sheet.rows):
        if row is None and index >= SEARCHED_ROWS:
            break
        if row is not None and candidate.number != row:
            continue
        for two in (False, True):
            titles = titles_of(sheet, index, two=two)
            found = len(names & {plain(title) for title in titles if title})
            rank = found, two and is_completed(sheet, index)
            if found and (best is None or rank > best[0]):
                best = rank, header_at(sheet, index, titles, two=two)
    return best[1] if best else None
