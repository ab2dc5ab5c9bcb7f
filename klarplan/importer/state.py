"""The state of one import: the tables being filled, and what happened to them so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from klarplan.importer.constraints import meet
from klarplan.importer.mapping import ImportMapping
from klarplan.importer.outcome import Change, LeftOut, Place, TableCount
from klarplan.importer.target import Row, Target
from klarplan.importer.values import UnreadableError, line
from klarplan.messages import KlarplanError, Text, did_you_mean
from klarplan.strategy.choices import number_of
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.new_ids import NEVER, Used
from klarplan.strategy.readings import COLUMNS, unclear
from klarplan.strategy.schema import Descriptor
from klarplan.strategy.usual_statuses import USUAL

_NAMES = ("official_id", "id", "title", "name", "label", "label_en")


class Run:
    """Tables, counts and remarks of one import."""

    def __init__(
        self,
        descriptor: Descriptor,
        tables: Mapping[str, Table],
        mapping: ImportMapping,
        today: dt.date,
        used: Used = NEVER,
    ) -> None:
        self.descriptor = descriptor
        self.mapping = mapping
        self.today = today
        self.targets = {
            name: Target(schema, tables.get(name), used)
            for name, schema in descriptor.tables.items()
        }
        self.fields: dict[str, dict[str, Mapping[str, object]]] = {
            name: {field["name"]: field for field in schema.descriptor["schema"]["fields"]}
            for name, schema in descriptor.tables.items()
        }
        self.left_out: list[LeftOut] = []
        self.remarks: dict[tuple[str, Text], Place] = {}
        self.notes: list[tuple[Place, Text]] = []
        self._first: set[tuple[str, str]] = set()
        self.made: dict[tuple[str, str, int], Row] = {}
        """The row of a table that a row of a sheet made, by table, sheet and row number."""
        self.refused: set[tuple[str, int]] = set()
        """Rows of sheets that made no measure because they were refused, which was told."""
        self._added: list[tuple[str, Row]] = []
        self._touched: dict[str, dict[int, Row]] = {name: {} for name in descriptor.tables}
        self._new: dict[str, dict[int, Row]] = {name: {} for name in descriptor.tables}
        self._before: dict[tuple[int, str], str] = {}
        self._changes: dict[str, list[Change]] = {name: [] for name in descriptor.tables}

    def leave(
        self, place: Place, value: str, problem: Text, cure: Text, *, whole_row: bool = False
    ) -> None:
        """Note something that is not taken over, once for each cell and reason."""
        item = LeftOut(place=place, value=value, problem=problem, cure=cure, whole_row=whole_row)
        if item not in self.left_out[-20:]:
            self.left_out.append(item)

    def remark(self, place: Place, text: Text) -> None:
        """Note a decision, once per sheet."""
        self.remarks.setdefault((place.sheet, text), place)

    def remark_first(self, place: Place, text: Text) -> None:
        """Note a decision that many cells of a column need, with the first of them as example."""
        key = place.sheet, place.column or ""
        if key not in self._first:
            self._first.add(key)
            self.remark(place, text)

    def note(self, place: Place, text: Text) -> None:
        """Note how a cell was read, or what of it no column can hold; for every cell."""
        if (place, text) not in self.notes[-20:]:
            self.notes.append((place, text))

    def add(self, table: str, row: Row) -> None:
        """Add a new row."""
        self.targets[table].add(row)
        self._added.append((table, row))
        self._new[table][id(row)] = row
        self._touched[table][id(row)] = row

    def mark(self) -> tuple[int, int]:
        """A mark to which the adding of rows and notes can be undone."""
        return len(self._added), len(self.notes)

    def undo(self, mark: tuple[int, int]) -> None:
        """Take back the rows and notes that were added since the mark."""
        added, notes = mark
        del self.notes[notes:]
        while len(self._added) > added:
            table, row = self._added.pop()
            self.targets[table].remove_last()
            del self._new[table][id(row)]
            del self._touched[table][id(row)]

    def touch(self, table: str, row: Row) -> None:
        """Note that a row was found again."""
        self._touched[table][id(row)] = row

    def is_new(self, table: str, row: Row) -> bool:
        """Whether this import added a row."""
        return id(row) in self._new[table]

    def is_known(self, table: str, text: str) -> bool:
        """Whether a table had an entry with this id or name before this import."""
        target = self.targets[table]
        rows = [row for name in _NAMES for row in target.find([name], [text])]
        return any(not self.is_new(table, row) for row in rows)

    def before(self, table: str, row: Row, column: str) -> str:
        """What a cell held before this import; empty for new rows."""
        if self.is_new(table, row):
            return ""
        return self._before.get((id(row), column), row.get(column, ""))

    def change(self, table: str, row: Row, column: str, value: str) -> None:
        """Give a cell of a row a new value."""
        if id(row) not in self._new[table]:
            self._changes[table].append(
                Change(
                    key=self.targets[table].key(row),
                    column=self.descriptor.tables[table].titles_of(column),
                    old=row.get(column, ""),
                    new=value,
                )
            )
        self._before.setdefault((id(row), column), row.get(column, ""))
        self.targets[table].set(row, column, value)

    def counts(self) -> tuple[TableCount, ...]:
        """What happened to each table that was touched."""
        found = []
        for name, touched in self._touched.items():
            if touched:
                target, changes = self.targets[name], self._changes[name]
                count = TableCount(
                    name=name,
                    title=target.schema.title,
                    new=[_described(target, row) for row in self._new[name].values()],
                    changes=changes,
                )
                count.unchanged = len(touched) - len(count.new) - count.changed
                found.append(count)
        return tuple(found)

    def meets(self, table: str, column: str, value: str) -> None:
        """Raise ``UnreadableError`` where a value breaks the constraints of a column."""
        meet(value, self.fields[table].get(column, {}))

    def reference(self, table: str, text: str, by: str | None, *, create: bool) -> str:
        """The id of the row of ``table`` that a text names; ``create`` adds it where there is none.

        Raises ``UnreadableError`` where none or more than one is named.
        """
        target = self.targets[table]
        known = [name for name in _NAMES if name in target.schema.columns]
        columns = [by] if by else known
        if not by:
            self._refuse_unclear(target, text)
        for column in columns:
            rows = target.find([column], [text])
            if len(rows) > 1:
                raise UnreadableError(
                    Text(
                        f"„{text}“ gibt es in „{target.schema.title}“ mehrmals.",
                        f"There are several “{text}” in “{table}”.",
                    ),
                    Text("Nennen Sie stattdessen die Kennung.", "Name the id instead."),
                )
            if rows:
                if create:
                    self.touch(table, rows[0])
                return rows[0].get("id", "")
        if create:
            return self._created(table, text)
        names = [row[c] for row in target.rows for c in columns if row.get(c)]
        guess = did_you_mean(text, names)
        raise UnreadableError(
            Text(
                f"„{text}“ gibt es in „{target.schema.title}“ nicht.",
                f"There is no “{text}” in “{table}”.",
            ),
            Text(
                f"{guess.de} Berichtigen Sie die Zelle oder nennen Sie die Bedeutung "
                "in der Zuordnung unter „values“.".strip(),
                f"{guess.en} Correct the cell or name the meaning in the mapping "
                "under “values”.".strip(),
            ),
        )

    @staticmethod
    def _refuse_unclear(target: Target, text: str) -> None:
        if not {*COLUMNS} <= {*target.schema.columns}:
            return
        if several := target.readings().several(text):
            labels = {row["id"]: f"{number_of(row)} {row.get('title', '')}" for row in target.rows}
            raise UnreadableError(
                unclear(text, several, labels),
                Text(
                    "Schreiben Sie in der Zuordnung zur Spalte „by: official_id“ (amtliche Nummer) "
                    "oder „by: id“ (Kennung).",
                    "Write “by: official_id” or “by: id” to the column in the mapping.",
                ),
            )

    def _created(self, table: str, text: str) -> str:
        target = self.targets[table]
        columns = target.schema.columns
        name = next((n for n in ("title", "name", "label") if n in columns), None)
        needed = [n for n, c in columns.items() if c.required and n not in ("id", name)]
        if name is None or needed:
            raise KlarplanError(
                Text(
                    f"In „{table}“ kann der Import keine Einträge allein aus einem Namen anlegen.",
                    f"The import can't create entries of “{table}” from a name alone.",
                ),
                Text("Nehmen Sie „create“ heraus.", "Remove “create”."),
                file=self.mapping.file,
            )
        self.meets(table, name, line(text))
        row = {"id": target.new_id(), name: line(text)}
        if "order" in columns:
            orders = [int(r["order"]) for r in target.rows if r.get("order", "").isdigit()]
            row["order"] = str(max(orders, default=0) + 1)
        self.add(table, row)
        return row["id"]

    def add_statuses(self) -> None:
        """Add the statuses that the mapping defines and the table lacks."""
        target = self.targets["statuses"]
        for status in self.mapping.statuses:
            rows = target.find(["id"], [status["id"]])
            if rows:
                self.touch("statuses", rows[0])
            else:
                self.add("statuses", dict(status))

    def unknown_status(self) -> str:
        """The id of the status that stands for no rating, added where there is none."""
        rows = self.targets["statuses"].find(["category"], ["unknown"])
        if not rows:
            rows = [dict(USUAL["unknown"])]
            self.add("statuses", rows[0])
        return rows[0]["id"]

    def files(self) -> dict[str, bytes]:
        """The content of every table that changes, by file name."""
        contents = {t.schema.path: t.content() for t in self.targets.values()}
        return {path: content for path, content in contents.items() if content is not None}


def _described(target: Target, row: Row) -> str:
    name = next((row[n] for n in ("title", "name", "label", "period") if row.get(n)), "")
    key = target.key(row)
    return f"{key}: {name}" if name else key
