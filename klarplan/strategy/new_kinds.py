"""What can be begun, and what is asked of it: its own columns, and cells of other tables with it.

Commands, the form on the own computer and the forms for issues ask the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from klarplan.messages import Lang, Text
from klarplan.strategy.choices import TRUTH, Labels, lists, other_words
from klarplan.strategy.csv_editor import Edits
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Column, Descriptor, TableSchema

Tables = Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Beside:
    """A cell of another table that is told with a new row: of a row for it, or of its measure."""

    table: str
    column: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    """What else stands in a row for it."""
    title: Text | None = None
    """What it is called; without it, as its column."""
    about: Text | None = None
    """What is explained of it; without it, as of its column."""
    own: str = "measure"
    """The column that names the new row in a row for it."""
    lacks: str = ""
    """The rule of the check that tells where nobody has told it."""

    @property
    def changes(self) -> bool:
        """Whether it changes the measure that the new row is about."""
        return self.table == "measures"


@dataclass(frozen=True, slots=True)
class NewKind:
    """What can be begun: the table of its row, and what is asked beside what it must have."""

    table: str
    asked: tuple[str, ...]
    beside: Mapping[str, Beside] = field(default_factory=dict)
    """What else can be told with it, by the name for it."""


LEAD = Beside(
    "responsibilities",
    "organisation",
    {"role": "lead"},
    Text("Federführung", "Lead"),
    Text(
        "Wer die Maßnahme verantwortet und antwortet, wenn jemand fragt.",
        "Who is responsible for the measure, and answers when somebody asks.",
    ),
    lacks="KP208",
)
REPLACES = Beside(
    "successions",
    "from",
    title=Text("Löst ab", "Replaces"),
    about=Text(
        "Welche bisherige Maßnahme in dieser aufgeht. Deren Seite, Nummer und Meldungen bleiben.",
        "Which former measure this one takes over. Its page, number and reports stay.",
    ),
    own="to",
)
KINDS: Mapping[str, NewKind] = {
    "measure": NewKind(
        "measures",
        ("summary", "planned_start", "planned_end", "lead", "goal"),
        {
            "lead": LEAD,
            "goal": Beside("measure_goals", "goal", lacks="KP209"),
            "replaces": REPLACES,
        },
    ),
    "goal": NewKind("goals", ("summary", "level", "parent", "field")),
    "indicator": NewKind("indicators", ("definition", "unit", "direction", "goal")),
    "report": NewKind(
        "status_reports",
        ("progress", "text", "obstacles", "expected_end"),
        {name: Beside("measures", name) for name in ("actual_start", "actual_end")},
    ),
    "decision": NewKind("decisions", ("body", "summary", "measure")),
    "contribution": NewKind("feedback", ("date", "participation", "measure", "answer", "outcome")),
}
"""What can be begun, by the word for it on the command line."""
KIND_OF: Mapping[str, str] = {kind.table: name for name, kind in KINDS.items()}
"""The same words by table."""


class Askable:
    """What can be told of a new row, by names: its columns, then what is told beside it.

    ``tables`` are those that have a file.
    """

    def __init__(self, kind: NewKind, descriptor: Descriptor, tables: Tables, lang: Lang) -> None:
        self.kind, self.lang = kind, lang
        self.described = descriptor.tables
        """Every table that the strategy describes."""
        self.schema: TableSchema = descriptor.tables[kind.table]
        self.tables, self._lists = tables, lists(descriptor, tables, lang)
        self.table = tables.get(kind.table)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that can be filled, as the file has them; of a new file all of them."""
        described = self.schema.columns
        return tuple(n for n in described if self.table is None or n in self.table.header)

    @property
    def beside(self) -> Mapping[str, Beside]:
        """What can be told of other tables: nothing that the row has itself, or nobody has."""
        own = {*self.schema.columns, *(self.table.header if self.table else ())}
        return {
            name: one
            for name, one in self.kind.beside.items()
            if name not in own and self._has(one)
        }

    def _has(self, one: Beside) -> bool:
        schema, table = self.described.get(one.table), self.tables.get(one.table)
        if schema is None or one.column not in schema.columns:
            return False
        target = schema.target_of(one.column)
        if target and target not in self.described:
            return False  # nothing could ever be chosen
        return one.column in table.header if table else not one.changes

    @property
    def names(self) -> tuple[str, ...]:
        """All that can be told."""
        return (*self.columns, *self.beside)

    def required(self) -> tuple[str, ...]:
        """The columns that must be filled; the id is given."""
        return tuple(n for n in self.columns if n != "id" and self.schema.columns[n].required)

    def _place(self, name: str) -> tuple[TableSchema, str]:
        """The table and the column of a name."""
        one = self.beside.get(name)
        return (self.described[one.table], one.column) if one else (self.schema, name)

    def column(self, name: str) -> Column:
        """A column with its title and description."""
        schema, own = self._place(name)
        found, title = schema.columns[own].said(self.lang), self.titles(name).in_(self.lang)
        one = self.beside.get(name)
        about = one.about.in_(self.lang) if one and one.about else found.description
        return replace(found, title=title, description=about)

    def titles(self, name: str) -> Text:
        """What a column is called in both languages."""
        one = self.beside.get(name)
        schema, own = self._place(name)
        return one.title if one and one.title else schema.titles_of(own)

    def field(self, name: str) -> Mapping[str, Any]:
        """What is described of a column."""
        schema, own = self._place(name)
        return schema.field(own)

    def target(self, name: str) -> str:
        """The table whose rows the values of a column name; empty where they name none."""
        schema, own = self._place(name)
        return schema.target_of(own)

    def choices(self, name: str) -> Labels:
        """What the value of a column is chosen from; empty where it is free."""
        return self._lists.get(self._list(name), {})

    def other_words(self, name: str) -> Sequence[tuple[str, str]]:
        """What a value may be called beside what it is chosen by."""
        table = self.table_of(name)
        return [*other_words(table, self.lang)] if table else []

    def table_of(self, name: str) -> Table | None:
        """The table whose rows the value of a column is chosen from."""
        return self.tables.get(self._list(name))

    def _list(self, name: str) -> str:
        """The list that the value of a column is chosen from; empty where it is free."""
        schema, own = self._place(name)
        truth = TRUTH if schema.columns[own].type == "boolean" else ""
        found = (f"{schema.name}.{own}", self.target(name), truth)
        return next((key for key in found if key in self._lists), "")

    def name_of_lack(self, rule: str) -> str:
        """What should have been told beside the row, by the rule that tells of its lack."""
        return next((name for name, one in self.beside.items() if one.lacks == rule != ""), "")

    def edits_beside(self, cells: Mapping[str, str]) -> Mapping[str, Edits]:
        """What changes in other tables with a row that has these cells, by their names.

        ``cells`` are those of the row, with its id, and what is told beside it.
        """
        found: dict[str, Edits] = {}
        for name, one in self.beside.items():
            if not (value := cells.get(name)):
                continue
            edits = found.setdefault(one.table, Edits())
            if one.changes:
                edits.cells |= {(place, one.column): value for place in self._measure(cells)}
            else:
                edits.added.append({one.own: cells["id"], one.column: value, **one.fixed})
        return found

    def name_beside(
        self, cell: tuple[str, int | None, str | None], then: Tables, cells: Mapping[str, str]
    ) -> str:
        """What a cell beside the row was told by: file, line and column in the tables ``then``.

        Empty where it is none of those that are told with a row that has these ``cells``.
        """
        file, line, column = cell
        for name, one in self.beside.items():
            table = then.get(one.table)
            if not cells.get(name) or table is None or table.file != file:
                continue
            if line not in table.lines or (one.changes and column != one.column):
                continue
            record = table.records[table.lines.index(line)]
            there = dict(zip(table.header, record, strict=False))
            wanted = (
                {"id": cells.get("measure", "")}
                if one.changes
                else {one.own: cells.get("id", ""), one.column: cells[name], **one.fixed}
            )
            if wanted.items() <= there.items():
                return name
        return ""

    def _measure(self, cells: Mapping[str, str]) -> Iterator[int]:
        """The place of the measure that the row is about."""
        table = self.tables["measures"]
        position = table.column("id")
        if position is None:
            return
        for place, record in enumerate(table.records):
            if record[position : position + 1] == (cells.get("measure", ""),):
                yield place
