"""What a workbook was made from, kept in a sheet that nobody sees."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from klarplan.editing.workbook.whose import Whose
from klarplan.messages import KlarplanError, Text
from klarplan.strategy.choices import Labels

SHEET = "_klarplan"
"""The name of the sheet, by which an editors' workbook is known."""
VERSION = 2
"""The form of what is kept; another one can't be read."""
MARK = "_zeile"
"""The technical name of the column that says which row of the table stands in a row."""
HINT = "_hinweis"
"""The technical name of the column that says which rows are internal."""
OURS = "_"
"""Technical names that begin so are columns for people, which are not read back."""
PIECE = 30_000
"""So many letters of the content stand in a cell."""
MOST_BYTES = 100_000_000
"""So long the content may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldColumn:
    """A column of a sheet: its name, its type, and the list that people choose its values from.

    ``title`` is what people read above it.
    """

    name: str
    kind: str
    choices: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a sheet held: texts of a table as they stood in its file."""

    table: str
    sheet: str
    columns: tuple[HeldColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    reports: bool = False
    """Whether its rows wait for new reports and are none yet; only the measure is filled in."""

    def title_of(self, name: str) -> str:
        """What a column is called; its name where it has no title."""
        return next((c.title for c in self.columns if c.name == name and c.title), name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The texts of a row by column."""
        return dict(zip(self.names, row, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """All that a workbook was made from."""

    lang: str
    whose: Whose
    sheets: tuple[Held, ...]
    lists: Mapping[str, Labels]

    def labels(self, column: HeldColumn) -> Labels:
        """What people choose the values of a column from; empty where they write them."""
        return self.lists.get(column.choices, {})


def mark(row: int) -> str:
    """What stands for a row of the base, counted from 0; no program counts it on when copied."""
    return f"#{row}#"


def marked(text: str) -> int | None:
    """The row that a mark stands for; ``None`` where it is none."""
    bare = text.strip().removeprefix("#").removesuffix("#")
    return (
        int(bare) if text.strip() == f"#{bare}#" and bare.isascii() and bare.isdecimal() else None
    )


def as_rows(base: Base) -> Iterator[list[str]]:
    """The rows of the hidden sheet: a first one with form and checksum, then the content.

    It is packed, so that no program changes spaces, line breaks or long texts in it.
    """
    content = {
        "lang": base.lang,
        "strategy": [base.whose.title, base.whose.municipality, base.whose.key],
        "lists": base.lists,
        "sheets": [
            {
                "table": held.table,
                "sheet": held.sheet,
                "reports": held.reports,
                "columns": [[c.name, c.kind, c.choices, c.title] for c in held.columns],
                "rows": held.rows,
            }
            for held in base.sheets
        ],
    }
    packed = base64.b64encode(zlib.compress(json.dumps(content).encode("ascii"), 9)).decode("ascii")
    yield ["klarplan", str(VERSION), _sum(packed)]
    for start in range(0, len(packed), PIECE):
        yield [packed[start : start + PIECE]]


def from_rows(file: str, rows: Sequence[Sequence[str]]) -> Base:
    """What the rows of a hidden sheet keep.

    Raises ``KlarplanError`` where they are of another version, or somebody has changed them.
    """
    first = [*rows[0], "", "", ""][:3] if rows else ["", "", ""]
    if first[0] == "klarplan" and first[1] != str(VERSION):
        raise KlarplanError(
            Text(
                "Die Arbeitsmappe stammt von einer anderen Fassung von Klarplan.",
                "The workbook was made by another version of Klarplan.",
            ),
            Text(
                "Erzeugen Sie eine neue mit „klarplan export“, und übertragen Sie Ihre Änderungen.",
                "Make a new one with “klarplan export”, and copy your changes into it.",
            ),
            file=file,
        )
    packed = "".join(row[0] for row in rows[1:] if row)
    try:
        if first[2] != _sum(packed):
            raise ValueError("checksum")
        return _unpacked(packed)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise KlarplanError(
            Text(
                f"Das verborgene Blatt „{SHEET}“ wurde verändert. Ohne seinen ursprünglichen "
                "Inhalt ist nicht zu erkennen, was Sie geändert haben.",
                f"The hidden sheet “{SHEET}” was changed. Without what it held it can't be told "
                "what you have changed.",
            ),
            Text(
                "Übertragen Sie Ihre Änderungen in eine neue Mappe aus „klarplan export“.",
                "Copy your changes into a new workbook from “klarplan export”.",
            ),
            file=file,
        ) from error


def _unpacked(packed: str) -> Base:
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(base64.b64decode(packed, validate=True), MOST_BYTES)
    if not unpacker.eof:
        raise ValueError("too long")
    content = json.loads(raw)
    sheets = []
    for held in content["sheets"]:
        columns = tuple(
            HeldColumn(name=str(n), kind=str(k), choices=str(c), title=str(t))
            for n, k, c, t in held["columns"]
        )
        rows = tuple(tuple(row) for row in held["rows"])
        texts = [held["table"], held["sheet"], *(text for row in rows for text in row)]
        if any(len(row) != len(columns) for row in rows) or not _all_texts(texts):
            raise ValueError("row")
        sheets.append(
            Held(
                table=held["table"],
                sheet=held["sheet"],
                columns=columns,
                rows=rows,
                reports=held["reports"],
            )
        )
    lists = {name: dict(labels) for name, labels in content["lists"].items()}
    title, municipality, key = content["strategy"]
    named = [content["lang"], title, municipality, key]
    if not _all_texts([*named, *(t for one in lists.values() for p in one.items() for t in p)]):
        raise ValueError("labels")
    of = Whose(title=title, municipality=municipality, key=key)
    return Base(lang=content["lang"], whose=of, sheets=tuple(sheets), lists=lists)


def _all_texts(values: Sequence[object]) -> bool:
    """Whether all of these are texts: what a stranger has packed may be anything."""
    return all(isinstance(value, str) for value in values)


def _sum(packed: str) -> str:
    return hashlib.sha256(packed.encode("ascii", "replace")).hexdigest()
