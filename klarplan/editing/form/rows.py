"""The rows of a table as people look for them: by what they are called, not by their ids."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from klarplan.editing.workbook.base import HeldColumn
from klarplan.editing.workbook.maker import Maker, as_shown
from klarplan.letters import plain_letters
from klarplan.strategy.choices import bare_key, number_of, without_noughts
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.former_ids import TITLES
from klarplan.strategy.schema import TableSchema
from klarplan.words.catalogue import spoken
from klarplan.words.room import cut

PAGE = 50
"""So many rows stand on a page."""
MOST_OF_TITLE = 140
"""So much room a title takes in a list, in average letters."""
TELLING = 3
"""So many cells tell of a row that has neither a title nor a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """A row to choose."""

    number: int
    """Its place in the table, from 0."""
    cells: Mapping[str, str]
    title: str
    detail: str
    """What tells it from others of that title: its number, or what else its key names."""
    internal: bool
    searched: str
    keys: frozenset[str]
    """Its cells that look like keys, as they are looked for: the whole cell is the key."""

    @property
    def told(self) -> str:
        """Its title, cut where it is long; the whole one stands where the row is opened."""
        return cut(self.title, MOST_OF_TITLE)


def listed(maker: Maker, schema: TableSchema, table: Table) -> Iterator[ListedRow]:
    """All rows of a table in their order."""
    columns = [maker.held(column) for column in maker.columns(schema, table)]
    for number, record in enumerate(table.records):
        cells = dict(zip(table.header, record, strict=False))
        shown = {c.name: told_cell(cells.get(c.name, ""), c, maker) for c in columns}
        title, detail = _called(schema, columns, shown, maker.lang)
        yield ListedRow(
            number=number,
            cells=cells,
            title=title or detail or f"{number + 1}",
            detail=detail if title else "",
            internal=bool(maker.hint(schema.name, table.lines[number])),
            searched=_searched(" ".join([*shown.values(), *cells.values()])),
            keys=frozenset(
                bare_key(cell) for cell in cells.values() if _KEY.fullmatch(cell.strip())
            ),
        )


def title_of(maker: Maker, schema: TableSchema, cells: Mapping[str, str]) -> str:
    """What a row with these cells is called."""
    only = Table(
        name=schema.name,
        file="",
        header=tuple(cells),
        records=(tuple(cells.values()),),
        lines=(0,),
    )
    return next(listed(maker, schema, only)).title


def found(rows: Sequence[ListedRow], asked: str) -> list[ListedRow]:
    """The rows in which every word stands that was asked for; „ue“ and „u“ find „ü“.

    Noughts before a number make no difference: „M-28“ finds M-028. What is a whole key of one of
    them finds those that have it, and not what begins alike.
    """
    hits = [*rows]
    for word in asked.split():
        key, plain = bare_key(word), plain_letters(word)
        number = re.compile(rf"{re.escape(without_noughts(plain))}(?!\d)")
        whole = _KEY.fullmatch(word) and any(key in row.keys for row in rows)
        hits = [
            row
            for row in hits
            if (key in row.keys if whole else plain in row.searched or number.search(row.searched))
        ]
    return hits


def _called(
    schema: TableSchema, columns: Sequence[HeldColumn], shown: Mapping[str, str], lang: str
) -> tuple[str, str]:
    names = [n for t in TITLES for n in ((f"{t}_en", t) if lang == "en" else (t,))]
    title = next((shown[n] for n in names if shown.get(n)), "")
    if title:
        return title, number_of(shown)
    key = [shown[n] for n in schema.row_key if n != "id" and shown.get(n)]
    told = key or [t for c in columns if c.name != "id" and (t := shown[c.name])][:TELLING]
    return " · ".join(told), number_of(shown)


def _searched(text: str) -> str:
    """A text in which words are looked for: with „ue“ for „ü“, and once more with „u“."""
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    found = f"{plain_letters(text)} {plain_letters(''.join(bare))}"
    return f"{found} {without_noughts(found)}"


_KEY = re.compile(r"(?=.{2,40}$)(?=.*[^\W\d_])\S*\d\S*")
"""A word with a letter and a digit."""


def told_cell(text: str, column: HeldColumn, maker: Maker) -> str:
    """What a cell says on one line; a day as people write it."""
    if column.kind == "date":
        with suppress(ValueError):
            return spoken(maker.lang).short_day(dt.date.fromisoformat(text))
    return _one_line(as_shown(text, column, maker.lists))


def _one_line(text: str) -> str:
    return " ".join(text.split())
