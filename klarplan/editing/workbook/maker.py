"""The sheets of an editors' workbook: which columns and rows of a table, and how they are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from klarplan.editing.kept_end import EXPECTED, PLAN
from klarplan.editing.kept_end import TABLE as REPORTS
from klarplan.editing.workbook import base as kept
from klarplan.editing.workbook.base import HINT, MARK, Held, HeldColumn
from klarplan.editing.workbook.book import EditColumn
from klarplan.editing.workbook.values import shown
from klarplan.messages import NOTHING, Lang, Text
from klarplan.open_data.workbook.sheets import SheetTable
from klarplan.strategy.choices import TRUTH, Labels, lists
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded
from klarplan.strategy.public import public
from klarplan.strategy.schema import TableSchema

KEPT = Text(
    f"Bleibt es in einer neuen Zeile leer, gilt weiter, was zuletzt gemeldet ist. Gilt wieder der "
    f"Plan, schreiben Sie: {PLAN.de}.",
    f"Where it stays empty in a new row, what was reported last still holds. Where the plan holds "
    f"again, write: {PLAN.en}.",
)
"""What is said of the expected end of a report."""
INTERNAL = Text("intern, nicht veröffentlichen", "internal, not to be published")
"""How columns and rows are marked that are published nowhere."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that people edit: how it looks, and what is kept of it."""

    table: SheetTable
    held: Held


class Maker:
    """Makes the sheets of one workbook, of all rows or of those of some measures."""

    def __init__(
        self, loaded: Loaded, as_of: dt.date, lang: Lang, measures: Sequence[str] | None = None
    ) -> None:
        self.loaded, self.as_of, self.lang = loaded, as_of, lang
        self.measures = None if measures is None else frozenset(measures)
        shown_tables = public(loaded).strategy.tables
        self.public_lines = {name: frozenset(table.lines) for name, table in shown_tables.items()}
        tables = loaded.strategy.tables
        if measures is not None:
            tables = {name: self._without_others(table) for name, table in tables.items()}
        self._internal = f" ({INTERNAL.in_(lang)})"
        self.lists = lists(loaded.descriptor, tables, lang)

    def _without_others(self, table: Table) -> Table:
        """A table without the internal rows that are not of these measures.

        What is internal and another office's concern is not in the lists to choose from.
        """
        lines = self.public_lines.get(table.name, frozenset())
        own = [
            table.name == "measures" and self.belongs(table, n) for n in range(len(table.records))
        ]
        return table.only([line in lines or o for line, o in zip(table.lines, own, strict=True)])

    def belongs(self, table: Table, row: int) -> bool:
        """Whether a row of a table goes into the workbook."""
        if self.measures is None:
            return True
        position = table.column("id" if table.name == "measures" else "measure")
        record = table.records[row]
        found = record[position] if position is not None and position < len(record) else ""
        return found in self.measures

    def sheet(self, name: str) -> Sheet:
        """The sheet of a table."""
        schema = self.loaded.descriptor.tables[name]
        table = self.loaded.strategy.tables[name]
        rows = [n for n in range(len(table.records)) if self.belongs(table, n)]
        columns = [*self.columns(schema, table)]
        held_columns = tuple(self.held(column) for column in columns)
        texts = tuple(_texts(table, n, held_columns) for n in rows)
        hints = [self.hint(name, table.lines[n]) for n in rows]
        shown_rows = [
            [as_shown(text, c, self.lists) for text, c in zip(row, held_columns, strict=True)]
            for row in texts
        ]
        columns, shown_rows = self.marked(columns, shown_rows, hints)
        made = SheetTable(
            name=name,
            title=schema.said(self.lang).title or name,
            columns=columns,
            rows=shown_rows,
        )
        return Sheet(made, Held(table=name, sheet="", columns=held_columns, rows=texts))

    def hint(self, table: str, line: int) -> str:
        """What is said of the row on a line of a table: whether it is internal."""
        if line in self.public_lines.get(table, ()):
            return ""
        return INTERNAL.in_(self.lang)

    def marked(
        self, columns: Sequence[EditColumn], rows: Sequence[list[str]], hints: Sequence[str]
    ) -> tuple[list[EditColumn], list[list[str]]]:
        """The same after columns that say which row it is and, if any is, what is internal."""
        first = [EditColumn(name=MARK, title="", locked=True)]
        if any(hints):
            title = Text("Hinweis", "Note").in_(self.lang)
            first.append(EditColumn(name=HINT, title=title, locked=True))
        made = [[kept.mark(n), hint][: len(first)] for n, hint in enumerate(hints)]
        return [*first, *columns], [[*m, *row] for m, row in zip(made, rows, strict=True)]

    def columns(self, schema: TableSchema, table: Table) -> Iterator[EditColumn]:
        """The columns of a table's file: those described in their order, then the others."""
        described = [name for name in schema.columns if name in table.header]
        for name in dict.fromkeys([*described, *filter(None, table.header)]):
            yield self.column(schema, table, name)

    def column(self, schema: TableSchema, table: Table, name: str) -> EditColumn:
        """A column with its explanation and its choices."""
        described = schema.columns.get(name)
        column = described.said(self.lang) if described else None
        target = schema.target_of(name)
        choices = next(
            (c for c in (f"{schema.name}.{name}", target) if c in self.lists),
            TRUTH if column and column.type == "boolean" else "",
        )
        internal = not schema.is_public(name) or schema.internal
        limits = schema.field(name).get("constraints", {})
        title = column.title if column else name
        at = table.header.index(name)
        texts = [record[at] for record in table.records if len(record) > at]
        labels = self.lists.get(choices, {}).values()
        of_the_end = (schema.name, name) == (REPORTS, EXPECTED)
        return EditColumn(
            name=name,
            title=title + self._internal if internal else title,
            kind=column.type if column and not choices else "string",
            note=_note(
                column.description if column else "",
                KEPT if of_the_end else NOTHING,
                required=bool(limits.get("required")),
                lang=self.lang,
            ),
            choices=choices,
            strict=(not target or choices != target) and not of_the_end,
            locked=name == "id",
            internal=internal,
            width=max(map(len, labels or texts), default=0),
            bounds=(_bound(limits.get("minimum")), _bound(limits.get("maximum"))),
        )

    def held(self, column: EditColumn) -> HeldColumn:
        """What is kept of a column."""
        kind = "boolean" if column.choices == TRUTH else column.kind
        title = column.title.removesuffix(self._internal)
        return HeldColumn(name=column.name, kind=kind, choices=column.choices, title=title)


def as_shown(text: str, column: HeldColumn, lists: Mapping[str, Labels]) -> str:
    """The text that a cell is made from: a label where there is one."""
    value = shown(text, column, lists.get(column.choices, {}))
    return value if isinstance(value, str) else text


def _texts(table: Table, row: int, columns: Sequence[HeldColumn]) -> tuple[str, ...]:
    cells = dict(zip(table.header, table.records[row], strict=False))
    return tuple(cells.get(column.name, "") for column in columns)


def _note(description: str, more: Text, *, required: bool, lang: Lang) -> str:
    must = Text("Muss ausgefüllt sein.", "Must be filled in.").in_(lang) if required else ""
    return "\n".join(filter(None, (description, more.in_(lang), must)))


def _bound(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
