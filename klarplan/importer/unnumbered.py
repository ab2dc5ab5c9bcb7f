"""Rows without a number in a list whose other rows have one: perhaps they are no entries."""

from __future__ import annotations

from collections.abc import Sequence

from klarplan.importer.draft import Drafting
from klarplan.importer.outcome import Place
from klarplan.importer.row_facts import MOSTLY
from klarplan.importer.state import Run
from klarplan.importer.target import Row
from klarplan.messages import Text

FEWEST = 3
"""So many numbers make a list one whose entries are numbered."""


def tell_unnumbered(run: Run, drafting: Drafting, taken: Sequence[tuple[Row, Place]]) -> None:
    """Remark the entries taken over without a number, where nearly all others have one."""
    position = drafting.position_of("official_id")
    if position is None or drafting.source.table != "measures":
        return
    numbers = {row.number: row.at(position).strip() for row in drafting.entries}
    bare = [(row, place) for row, place in taken if not numbers.get(place.row)]
    numbered = len(taken) - len(bare)
    if numbered < max(FEWEST, MOSTLY * len(taken)):
        return
    for row, place in bare:
        if place.row in drafting.source.keep:
            continue
        title = row.get("title", "")
        run.remark(
            Place(sheet=place.sheet, row=place.row, column=drafting.header.name(position)),
            Text(
                f"„{title}“ hat keine Nummer, die übrigen haben eine. Es ist als eigene Maßnahme "
                "angelegt. Setzt die Zeile nur die darüber fort, schreiben Sie sie unter „skip“; "
                "ist sie eine Maßnahme, unter „keep“.",
                f"“{title}” has no number, the others have one. It is taken for a measure of its "
                "own. If the row only continues the one above, write it under “skip”; if it is a "
                "measure, under “keep”.",
            ),
        )
