"""Numbers that stand at several entries of a list by mistake: the title tells these apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from klarplan.importer.grid import SheetRow, plain
from klarplan.importer.outcome import Place
from klarplan.importer.row_words import DASHES
from klarplan.importer.state import Run
from klarplan.importer.target import Row, Target
from klarplan.messages import Text

NUMBER_AND_TITLE = ("official_id", "title")
"""The columns of ``match`` by which the title counts only where a number stands several times."""
FEWEST = 4
"""At most one row in so many may repeat a number for that to be a mistake."""
_CUT = re.compile(r"\d+[.,]\d")


def rows_by_number(rows: Sequence[SheetRow], position: int) -> dict[str, list[int]]:
    """The rows in which each number of a list stands, by the number as ``plain``."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        number = plain(row.at(position))
        if number not in DASHES:
            found[number].append(row.number)
    return dict(found)


def is_mistake(rows: Mapping[str, Sequence[int]]) -> bool:
    """Whether so few numbers of a list stand several times that they are no numbering anew."""
    total = sum(map(len, rows.values()))
    return (total - len(rows)) * FEWEST <= total


def meant(
    target: Target, number: str, title: str, taken: Collection[int], *, once: bool
) -> Row | None:
    """The entry that number and title of a row mean; ``None`` for a new one.

    ``once`` says that the number stands once in the list; ``taken`` are the entries, by ``id``,
    that other rows of the list mean.
    """
    rows = target.find(["official_id"], [number]) if number else []
    same = [row for row in rows if plain(row.get("title", "")) == plain(title)]
    if same or (once and len(rows) == 1):
        return (same or rows)[0]
    named = [] if rows else target.find(["title"], [title])
    free = [row for row in named if not row.get("official_id") and id(row) not in taken]
    return next(iter(free), None)


def tell_repeated(run: Run, place: Place, rows: Mapping[str, Sequence[int]]) -> None:
    """Remark the numbers of a list that stand several times."""
    for number, where in rows.items():
        if len(where) < 2:
            continue
        listed = ", ".join(map(str, where))
        cut, cut_en = "", ""
        if _CUT.fullmatch(number):
            longer = number.replace(",", ".") + "0"
            cut = (
                f" Vielleicht war eine davon {longer}, und die Tabellenkalkulation hat sie "
                "gekürzt; formatieren Sie die Spalte als Text und schreiben Sie die Nummer neu."
            )
            cut_en = f" Perhaps one of them was {longer}, cut short by the spreadsheet program."
        run.remark(
            Place(sheet=place.sheet, row=where[0], column=place.column),
            Text(
                f"Die Nummer „{number}“ steht in den Zeilen {listed}; dort zählt auch der Titel."
                + cut,
                f"The number “{number}” is in the rows {listed}; there the title counts as well."
                + cut_en,
            ),
        )
