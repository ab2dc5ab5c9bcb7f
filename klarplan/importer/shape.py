"""How a list is laid out: its entries, sections, tree, blocks and colours, as guessed from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from klarplan.importer.grid import Sheet, SheetRow, plain
from klarplan.importer.guess import Guess, guess
from klarplan.importer.headers import titles_of
from klarplan.importer.list_rows import Columns, RowKinds
from klarplan.importer.row_facts import ALIKE
from klarplan.importer.row_kinds import read_rows
from klarplan.importer.row_words import DASHES, is_amount
from klarplan.importer.seen import coloured
from klarplan.importer.side_lists import beside
from klarplan.importer.times_in_names import without_time
from klarplan.importer.tree import indent_of, parents
from klarplan.strategy.schema import TableSchema

FEW = 2
_SIGNS = " =:–-●■•⬤\n"
"""What stands before or after the words of a legend."""
_NAMELESS = re.compile(
    r"(?:tabelle|sheet|blatt|table|feuil)?\s*\d*|(?:19|20)\d\d|maßnahmen\w*|massnahmen\w*|projekte?"
    r"|liste|gesamt\w*|übersicht|.*\.(?:csv|tsv|txt)"
    r"|(?:(?:sach|umsetzungs|bearbeitungs|daten)?stand|status|berichte?|monitoring|meldungen"
    r"|maßnahmen\w*|liste|jahr|version|fassung)?"
    r"[ _(-]*(?:vom|zum|per|des|der)?[ _)-]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A list with the guess what it holds; the body of its header has entries only."""

    found: Guess
    rows: RowKinds
    sections: tuple[int, ...]
    """Row numbers of sections of the outermost level."""

    @property
    def sheet(self) -> Sheet:
        """The sheet as its editor sees it."""
        return self.found.sheet


def _columns(found: Guess) -> Columns:
    ids = {found.positions[t] for t in ("official_id", "id", "measure") if t in found.positions}
    title = found.positions.get("title", found.positions.get("name"))
    return Columns(ids=frozenset(ids), title=title)


def _rows(found: Guess, columns: Columns) -> RowKinds:
    """The kinds of rows; single cells count as sections where they head groups of entries."""
    strict = read_rows(found.sheet, found.header, columns)
    if "field" in found.positions or found.table != "measures":
        return strict
    loose = read_rows(found.sheet, found.header, replace(columns, sections=True))
    more = {n for n, kind in loose.kinds.items() if kind == "section"} - set(strict.kinds)
    entries = [row for row in found.header.body if row.number not in loose.kinds]
    if not more or not entries:
        return strict
    full = sum(sum(bool(cell.strip()) for cell in row.cells) >= FEW for row in entries)
    title = columns.title or 0
    deeper = all(
        any(indent_of(found.sheet, e, title) > indent_of(found.sheet, r, title) for e in entries)
        for r in found.header.body
        if r.number in more
    )
    first = min(n for n, kind in loose.kinds.items() if kind == "section")
    heads = first < entries[0].number and full == len(entries)
    return loose if heads and (deeper or len(more) >= FEW) else strict


def _shape(found: Guess, ends: frozenset[int], *, blocks: bool) -> Shape:
    columns = replace(_columns(found), ends=ends, blocks=blocks)
    rows = _rows(found, columns)
    entries = tuple(row for row in found.header.body if row.number not in rows.kinds)
    outer = tuple(n for n, level in rows.levels.items() if level == 1)
    return Shape(
        found=replace(found, header=replace(found.header, body=entries)),
        rows=rows,
        sections=outer,
    )


def _is_header(sheet: Sheet, index: int) -> bool:
    """Whether a row below a list could be the header of another: words only, after a break."""
    row = sheet.rows[index]
    cells = [cell for cell in row.cells if cell.strip()]
    before = sheet.rows[index - 1]
    apart = before.number < row.number - 1 or sum(bool(c.strip()) for c in before.cells) == 1
    return apart and len(cells) > FEW and not any(is_amount(cell) for cell in cells)


def _further(
    found: Guess, tables: Mapping[str, TableSchema]
) -> Iterator[tuple[Guess, frozenset[int]]]:
    """The list that was found, and others with other columns below it on the same sheet."""
    sheet = found.sheet
    start = next((n for n, row in enumerate(sheet.rows) if row.number == found.header.row), 0)
    titles = [plain(title) for title in found.header.titles]
    for index in range(start + FEW, len(sheet.rows)):
        row = sheet.rows[index]
        again = [plain(title) for title in titles_of(sheet, index, two=False)]
        if not _is_header(sheet, index) or again == titles[: len(again)]:
            continue
        known = [plain(cell) in titles for cell in row.cells if cell.strip()]
        alike = sum(known) > FEW and sum(known) >= ALIKE * len(known)
        among = {found.table: tables[found.table]} if alike else tables
        other = guess(replace(sheet, rows=sheet.rows[index:]), among)
        if other is None or other.header.row != row.number:
            continue
        if alike or len(other.positions) > FEW:
            yield found, frozenset({row.number})
            header = replace(other.header, above=sheet.rows[start + 1 : index])
            yield from _further(replace(other, sheet=sheet, header=header), tables)
            return
    yield found, frozenset()


def shapes(found: Guess, tables: Mapping[str, TableSchema]) -> list[Shape]:
    """The lists of a sheet, of which ``found`` is the first."""
    lists = list(_further(found, tables))
    return [
        _shape(part, ends, blocks=len(lists) > 1)
        for one, ends in lists
        for part in beside(one, tables)
    ]


def tree_of(shape: Shape) -> tuple[str, int, int] | None:
    """By what entries lie below each other, in which column, and how many do."""
    entries = shape.found.header.body
    positions = shape.found.positions
    places = [("number", positions.get("official_id", positions.get("id")))]
    places += [("indent", positions.get("title")), ("outline", positions.get("title"))]
    for tree, position in places:
        if position is not None and (below := parents(shape.sheet, entries, position, tree)):
            return tree, position, len(below)
    return None


def is_block(shape: Shape, position: int) -> str:
    """Why empty cells of a column mean the same as those above; empty where they don't.

    Either the cells are merged, or the column tells a value only where a new one begins.
    """
    entries = shape.found.header.body
    gaps = [row for row in entries if not row.at(position).strip()]
    if not entries or not gaps:
        return ""
    merged = [
        (top, bottom)
        for top, bottom, left, right in shape.sheet.marks.merged
        if bottom > top and left <= position <= right
    ]
    if all(any(top < row.number <= bottom for top, bottom in merged) for row in gaps):
        return "verbundene Zellen"
    told = [plain(row.at(position)) for row in entries if row.at(position).strip()]
    if (
        gaps[0] is not entries[0]
        and len(gaps) >= FEW
        and len(set(told)) == len(told)
        and len(gaps) >= len(told) / FEW
    ):
        return f"nur {len(told)} von {len(entries)} Zeilen gefüllt, jeder Wert einmal"
    return ""


def is_nameless(sheet: Sheet) -> bool:
    """Whether the name of a sheet says nothing about what its entries have in common."""
    name = plain(without_time(sheet.name))
    return not sheet.name or any(map(_NAMELESS.fullmatch, (name, plain(sheet.name))))


def repeats(shapes_: Sequence[Shape]) -> str:
    """Which number or title stands at several entries, so that it names none; else empty."""
    for target in ("official_id", "title"):
        texts: Counter[str] = Counter()
        for shape in shapes_:
            position = shape.found.positions.get(target)
            if position is None:
                continue
            texts.update(
                plain(row.at(position))
                for row in shape.found.header.body
                if plain(row.at(position)) not in DASHES
            )
        if texts:
            return next((text for text, times in texts.items() if times > 1), "")
    return ""


def colours_of(shape: Shape, position: int) -> tuple[str, dict[str, int]]:
    """The colours of entries in a column that says nothing else, and how many cells have each.

    First is told what has the colours: cells without text or with one sign throughout (``fill``),
    or that sign (``font``).
    """
    rows: Sequence[SheetRow] = shape.found.header.body
    texts = {plain(row.at(position)) for row in rows} - {""}
    if len(texts) > 1 or any(map(str.isalnum, "".join(texts))):
        return "fill", {}
    for how in ("font", "fill"):
        colours = coloured(shape.sheet, how)
        counts = Counter(c for row in rows if (c := colours.get((row.number, position))))
        if counts:
            break
    return how, dict(counts)


def legend(shape: Shape, colour: str, how: str) -> str:
    """What a legend on the sheet says about a colour: the text in or beside such a cell."""
    entries = {row.number for row in shape.found.header.body}
    for row in shape.sheet.rows:
        if row.number in entries or row.number == shape.found.header.row:
            continue
        for position in range(len(row.cells)):
            if coloured(shape.sheet, how).get((row.number, position)) == colour:
                own = row.at(position).strip(_SIGNS)
                if text := own or row.at(position + 1).strip(_SIGNS):
                    return text
    return ""
