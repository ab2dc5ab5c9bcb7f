"""Columns that name several fields of action in one cell: what separates them, what stays whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from klarplan.importer.grid import SheetRow, plain
from klarplan.importer.guess import Guess, key_of
from klarplan.importer.mapping_text import scalar
from klarplan.importer.several import (
    ALWAYS,
    OFTEN,
    likely_separators,
    parts_of,
    without_leads,
    without_mark,
)
from klarplan.importer.suggest_layout import LISTED, listed
from klarplan.importer.values import line
from klarplan.importer.vocabulary import HEADER_WORDS

MARKS = (*ALWAYS, *OFTEN)
_FURTHER = re.compile(r"(?:weiter|ander|sonstig|zusätzlich|berührt|tangiert|neben)(?:e[srn]?)?")
FEW = 2
LONGEST = 120
"""So many characters of a cell are shown."""


@dataclass(slots=True)
class FieldParts:
    """How the cells of a column are to be taken apart."""

    split: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    """Titles that stay whole, and the titles of numbers."""
    doubts: list[str] = field(default_factory=list)
    """What may be several, in words."""


def numbered_fields(lists: Sequence[Guess]) -> dict[str, str]:
    """The titles of fields of action that lists of them name, by title and by number; ``plain``."""
    titles: dict[str, str] = {}
    words = {key_of(word) for word in HEADER_WORDS["measures"]["official_id"]}
    for found in lists:
        if found.table != "fields_of_action":
            continue
        numbers = [p for p, title in enumerate(found.header.titles) if key_of(title) in words]
        for row in found.header.body:
            title = line(row.at(found.positions["title"]))
            for text in (title, *(row.at(position) for position in numbers)):
                if title and text.strip():
                    titles.setdefault(plain(text), title)
    return titles


def names_further(title: str) -> bool:
    """Whether a column names fields of action besides the leading one."""
    first, _, rest = key_of(title).partition(" ")
    return _FURTHER.fullmatch(first) is not None and any(
        rest.startswith(key_of(word)) for word in HEADER_WORDS["measures"]["field"]
    )


def _separators(text: str, known: Collection[str]) -> list[str]:
    """What separates the fields in a cell, where it names several that are all known."""
    bare, _ = without_leads(text, ())
    marks = [mark for mark in MARKS if len(parts_of(bare, [mark])) > 1]
    if not marks:
        return []
    others = set(known) - {plain(text)}
    parts = parts_of(bare, marks, others)
    if len(parts) < FEW or any(plain(without_mark(part)[0]) not in others for part in parts):
        return []
    less = {mark: [other for other in marks if other != mark] for mark in marks}
    return [m for m in marks if not less[m] or parts_of(bare, less[m], others) != parts]


def field_parts(rows: Sequence[SheetRow], position: int, titles: Mapping[str, str]) -> FieldParts:
    """How the cells of a column of fields are to be taken apart.

    Cells are parted only where each part stands alone in another cell or is among the ``titles``
    that ``numbered_fields`` gives.
    """
    cells: dict[str, list[int]] = {}
    for row in rows:
        if text := row.at(position).strip():
            cells.setdefault(text, []).append(row.number)
    known = {plain(without_mark(text)[0]) for text in cells} | titles.keys()
    apart = {text: marks for text in cells if (marks := _separators(text, known))}
    found = FieldParts(split=[m for m in MARKS if any(m in marks for marks in apart.values())])
    parts = [text for text in cells if text not in apart]
    if found.split:
        whole = [text for text in parts if len(parts_of(text, found.split)) > 1]
        found.values |= {line(text): line(text) for text in whole}
        parts += [p for text in apart for p in parts_of(text, found.split, set(map(plain, whole)))]
    for part in map(line, parts):
        if (title := titles.get(plain(part))) and title != part:
            found.values[part] = title
    found.doubts = list(_doubts({t: n for t, n in cells.items() if t not in apart}, titles))
    return found


def _doubts(cells: Mapping[str, Sequence[int]], titles: Collection[str]) -> Iterator[str]:
    doubtful = [
        (text, rows, marks)
        for text, rows in cells.items()
        if plain(text) not in titles and (marks := likely_separators(text))
    ]
    for text, rows, marks in doubtful[:LISTED]:
        split = ", ".join(scalar(mark) for mark in marks)
        yield (
            f"„{shorten(line(text), LONGEST)}“ ({listed(rows)}) gilt als ein Handlungsfeld; "
            f"sind es mehrere, hilft „split: [{split}]“, auch in einer Quelle für „measure_fields“."
        )
    if more := [number for _, rows, _ in doubtful[LISTED:] for number in rows]:
        yield f"Ebenso {len(doubtful) - LISTED} weitere ({listed(sorted(more))})."
