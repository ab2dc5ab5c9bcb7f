"""A table while it is being filled: existing rows, new rows, and finding them again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from klarplan.importer.grid import label_of, plain
from klarplan.messages import KlarplanError, Text
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.new_ids import NEVER, Used, bare_beginning, counted
from klarplan.strategy.readings import COLUMNS, Readings
from klarplan.strategy.schema import TableSchema

_PREFIXES: Mapping[str, tuple[str, int]] = {
    "fields_of_action": ("HF-", 2),
    "goals": ("Z-", 2),
    "measures": ("M-", 3),
    "milestones": ("MS-", 3),
    "indicators": ("K-", 2),
    "organisations": ("ORG-", 2),
    "bodies": ("G-", 2),
    "decisions": ("B-", 2),
    "stakeholders": ("BG-", 2),
    "participation": ("BT-", 2),
    "feedback": ("FB-", 2),
    "assessment": ("A-", 2),
    "maturity": ("EG-", 2),
    "risks": ("R-", 2),
    "documents": ("DOK-", 2),
    "pictures": ("BILD-", 2),
}
_NUMBERED = re.compile(r"([A-Za-z][A-Za-z-]*)(\d+)")

Row = dict[str, str]


def usual_prefix(table: str) -> str:
    """How ids of a table begin, such as M- for measures."""
    return _PREFIXES[table][0] if table in _PREFIXES else f"{table[:3].upper()}-"


def _comparable(column: str, text: str) -> str:
    """A value for comparing; a number of an entry is the same label with comma and with point."""
    return label_of(plain(text)) if column == "official_id" else plain(text)


class Target:
    """The rows of one table; new rows go to the end, existing ones are changed in place."""

    def __init__(self, schema: TableSchema, table: Table | None, used: Used = NEVER) -> None:
        """``used`` are the ids that are not given again."""
        self.schema = schema
        self.used = used
        self.rows: list[Row] = []
        self._header: tuple[str, ...] = table.header if table else ()
        self._edits = 0
        self._last: dict[str, int] = {}
        self._widths: dict[str, int] = {}
        self._highest: dict[str, int] = {}
        self._indexes: dict[tuple[str, ...], dict[tuple[str, ...], list[Row]]] = {}
        self._readings: tuple[int, Readings] | None = None
        if table:
            self._read(table)

    def _read(self, table: Table) -> None:
        names = [name for name in table.header if name]
        if len(set(names)) < len(names) or len(names) < len(table.header):
            raise self._unusable(table.file, table.header_line)
        for cells, line in zip(table.records, table.lines, strict=True):
            if len(cells) > len(names):
                raise self._unusable(table.file, line)
            row = dict(zip(names, (*cells, *[""] * len(names)), strict=False))
            self.rows.append(row)
            self._count(row)

    @staticmethod
    def _unusable(file: str, line: int) -> KlarplanError:
        return KlarplanError(
            Text(
                "Köpfe oder Zellen dieser Tabelle sind nicht eindeutig; so lässt sie sich nicht "
                "ergänzen.",
                "Headers or cells of this table are ambiguous; it can't be added to like this.",
            ),
            Text("Beheben Sie zuerst, was „klarplan check“ meldet.", "Run “klarplan check” first."),
            file=file,
            line=line,
        )

    def claim(self, columns: Sequence[str]) -> None:
        """Begin the file of a table that has none with these columns, though it has no rows."""
        if not self._header:
            self._header = tuple(columns)
            self._edits += 1

    def find(self, columns: Sequence[str], values: Sequence[str]) -> list[Row]:
        """The rows that have these values; case, white space and Unicode form do not count."""
        key = tuple(columns)
        if key not in self._indexes:
            index: dict[tuple[str, ...], list[Row]] = defaultdict(list)
            for row in self.rows:
                index[self._values(row, key)].append(row)
            self._indexes[key] = index
        return self._indexes[key].get(tuple(map(_comparable, columns, values)), [])

    def readings(self) -> Readings:
        """The rows by their numbers."""
        if self._readings is None or self._readings[0] != self._edits:
            self._readings = self._edits, Readings(self.rows)
        return self._readings[1]

    @staticmethod
    def _values(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_comparable(column, row.get(column, "")) for column in columns)

    def add(self, row: Row) -> None:
        """Append a row."""
        self.rows.append(row)
        self._count(row)
        self._edits += 1
        for columns, index in self._indexes.items():
            index.setdefault(self._values(row, columns), []).append(row)

    def remove_last(self) -> None:
        """Take back the row that was added last, its id included."""
        row = self.rows.pop()
        self._edits -= 1
        self._readings = None
        for columns, index in self._indexes.items():
            index[self._values(row, columns)].pop()
        self._widths.clear()
        self._highest.clear()
        for other in self.rows:
            self._count(other)

    def set(self, row: Row, column: str, value: str) -> None:
        """Give a cell of one of the rows another value."""
        touched = [columns for columns in self._indexes if column in columns]
        for columns in touched:
            same = self._indexes[columns][self._values(row, columns)]
            same[:] = [other for other in same if other is not row]
        row[column] = value
        self._edits += 1
        if column in COLUMNS:
            self._count(row)
        for columns in touched:
            self._indexes[columns].setdefault(self._values(row, columns), []).append(row)

    def _count(self, row: Row) -> None:
        match = _NUMBERED.fullmatch(row.get("id", ""))
        if match:
            self._widths[match[1]] = max(self._widths.get(match[1], 0), len(match[2]))
        for beginning, number in filter(None, (counted(row.get(name, "")) for name in COLUMNS)):
            self._highest[beginning] = max(self._highest.get(beginning, 0), number)

    @property
    def prefix(self) -> str:
        """How new ids begin."""
        usual, known = usual_prefix(self.schema.name), self._widths
        return usual if usual in known or not known else next(reversed(known))

    def new_id(self) -> str:
        """The next free id, in the manner of those that exist, such as M-055 after M-054.

        It lies behind all official numbers that look like ids.
        """
        prefix = self.prefix
        width = self._widths.get(prefix, _PREFIXES.get(self.schema.name, ("", 2))[1])
        highest = max(self._highest.get(bare_beginning(prefix), 0), self._before(prefix))
        return f"{prefix}{highest + 1:0{width}}"

    def _before(self, prefix: str) -> int:
        """The highest number that was given with a prefix before, asked for only once."""
        if prefix not in self._last:
            self._last[prefix] = self.used.last(self.schema.name, prefix)
        return self._last[prefix]

    def key(self, row: Row) -> str:
        """The primary key of a row in words."""
        columns = self.schema.row_key or tuple(self.schema.columns)[:1]
        return " · ".join(row.get(column, "") for column in columns if row.get(column))

    def content(self) -> bytes | None:
        """The table as canonical CSV, or ``None`` where nothing changed.

        Columns of the schema come first, in its order, then the file's own.
        """
        if not self._edits:
            return None
        used = set(self._header).union(*(row.keys() for row in self.rows))
        if not self._header:
            used |= set(self.schema.columns)
        header = [name for name in self.schema.columns if name in used]
        header += [name for name in self._header if name not in self.schema.columns]
        return table_bytes(header, ([row.get(name, "") for name in header] for row in self.rows))
