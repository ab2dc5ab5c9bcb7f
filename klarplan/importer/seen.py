"""What an editor sees of a sheet: without hidden rows and columns and without text that is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

from klarplan.importer.grid import Sheet, SheetRow, plain

PARTS = ("rows", "columns", "sheets", "struck")
"""What can be hidden; ``struck`` is text that is struck through or that can't be seen."""
COLOURED = ("fill", "font")
"""What of a cell may have a colour."""
FEW = 2
CHOICES = ("leave", "take", "internal")


def seen(sheet: Sheet, hidden: Mapping[str, str]) -> Sheet:
    """The sheet without what is hidden, but for the parts that a mapping takes in.

    ``hidden`` says ``take`` or ``internal`` for some of ``PARTS``; all others are left out.
    Row numbers and positions stay the same.
    """
    marks = sheet.marks

    def left(part: str) -> bool:
        return hidden.get(part, "leave") == "leave"

    rows = []
    moved = _shown_elsewhere(sheet) if left("rows") else {}
    for row in sheet.rows:
        if row.number in marks.hidden_rows and left("rows"):
            continue
        cells = list(row.cells)
        for position, text in moved.get(row.number, {}).items():
            cells += [""] * (position + 1 - len(cells))
            cells[position] = cells[position] or text
        for position in range(len(cells)):
            if left("struck"):
                cells[position] = marks.kept.get((row.number, position), cells[position])
            if position in marks.hidden_columns and left("columns"):
                cells[position] = ""
        if any(cell.strip() for cell in cells):
            rows.append(SheetRow(row.number, tuple(cells)))
    return replace(sheet, rows=tuple(rows))


def merged_top(sheet: Sheet, number: int, position: int | None = None) -> int | None:
    """The first row of merged cells that a row continues, at a position or anywhere."""
    for top, bottom, left, right in sheet.marks.merged:
        if top < number <= bottom and (position is None or left <= position <= right):
            return top
    return None


def _shown_elsewhere(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Texts of merged cells whose first row is hidden: they show in the first row that is not."""
    hidden = sheet.marks.hidden_rows
    texts = {row.number: row for row in sheet.rows}
    found: dict[int, dict[int, str]] = {}
    for top, bottom, left, _ in sheet.marks.merged:
        if top in hidden and top in texts:
            shown = next((n for n in range(top, bottom + 1) if n not in hidden), None)
            if shown is not None and texts[top].at(left):
                found.setdefault(shown, {})[left] = texts[top].at(left)
    return found


def is_internal(sheet: Sheet, number: int, hidden: Mapping[str, str]) -> bool:
    """Whether a row is to be taken over for internal use only, because it or a text was hidden."""
    marks = sheet.marks
    return (
        (marks.hidden and hidden.get("sheets") == "internal")
        or (number in marks.hidden_rows and hidden.get("rows") == "internal")
        or (hidden.get("struck") == "internal" and any(row == number for row, _ in marks.kept))
    )


def coloured(sheet: Sheet, how: str) -> Mapping[tuple[int, int], str]:
    """The colours of the cells of a sheet (``fill``) or of their texts (``font``)."""
    return sheet.marks.fills if how == "fill" else sheet.marks.inks


def inks(sheet: Sheet, entries: Collection[int]) -> dict[tuple[int, int], str]:
    """The colours of texts of entries that may mean something besides the colour of their cell."""
    filled = shades(sheet, entries)
    found = shades(sheet, entries, "font")
    return {place: colour for place, colour in found.items() if place not in filled}


def shades(sheet: Sheet, entries: Collection[int], how: str = "fill") -> dict[tuple[int, int], str]:
    """The colours of cells of entries that may mean something, or those of their texts.

    Left out are columns that have one colour throughout, colours that only repeat the text of
    their cell, and bands: rows that are coloured in turn so that they are easier to read. Rows
    that are coloured as a whole are named by their first cell.
    """
    fills = {place: c for place, c in coloured(sheet, how).items() if place[0] in entries}
    found = {}
    columns: dict[int, dict[int, str]] = {}
    for (row, position), colour in fills.items():
        columns.setdefault(position, {})[row] = colour
    patterns: list[dict[int, str]] = []
    ordered = sorted(entries)
    texts = {row.number: row for row in sheet.rows}
    for position, marked in sorted(columns.items()):
        told = [n for n in ordered if how == "fill" or texts[n].at(position).strip()]
        colours = [marked.get(number, "") for number in told]
        bands = all(one != two for one, two in pairwise(colours)) and len(set(colours)) == FEW
        if _repeat_text({n: plain(texts[n].at(position)) for n in ordered}, marked):
            continue
        if len(set(colours)) == 1 or (bands and len(columns) > 1) or marked in patterns:
            continue
        patterns.append(marked)
    for position, marked in columns.items():
        if any(marked is pattern for pattern in patterns):
            found.update({(row, position): colour for row, colour in marked.items()})
    return found


def _repeat_text(texts: Mapping[int, str], marked: Mapping[int, str]) -> bool:
    """Whether each colour of a column stands for one text, so that the text says it all.

    ``texts`` are those of all entries; one that stands without colour as well is no such text.
    """
    words = {texts[row] for row in marked}
    pairs = {(text, marked.get(row, "")) for row, text in texts.items() if text in words}
    return "" not in words and len(words) == len(pairs) and len(words) < max(FEW, len(marked))
